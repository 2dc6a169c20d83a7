"""A process that is killed in the middle of an import leaves nothing of it, and no lock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from shop.catalog import importing
from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from tests.catalog.files import make_file, make_row

ROOT = Path(__file__).parents[2]
ROWS = 1200  # three chunks


@pytest.mark.parametrize("stop_at", [1, ROWS], ids=["first chunk", "all but committed"])
def test_killed_import_leaves_nothing_and_can_be_run_again(app, database_url, tmp_path, stop_at):
    path = make_file(tmp_path, *(make_row(str(number)) for number in range(ROWS)))
    _kill_while_importing(path, stop_at, database_url, tmp_path / "other")

    assert {name: _count(name) for name in ("product", "variant", "brand", "search_row")} == {
        "product": 0,
        "variant": 0,
        "brand": 0,
        "search_row": 0,
    }
    assert (_count("search_text"), _count("search_word")) == (0, 0)
    assert not list(tmp_path.glob("*.summary.json"))

    summary = importing.run(path, folder=tmp_path, transaction=transaction)
    assert (summary.created, _count("variant"), _count("search_text")) == (ROWS, ROWS, ROWS)
    assert find(Query(text="oat wash 777")).total == 1


def _kill_while_importing(path, stop_at, database_url, folder):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ASSAY_DATABASE_URL": database_url,
        "ASSAY_DATA_DIR": str(folder),
    }
    script = Path(__file__).with_name("import_and_wait.py")
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), str(path), str(stop_at)],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "standing\n"
        process.kill()  # SIGKILL: no handler, no rollback of its own


def _count(table):
    return db.session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names above
