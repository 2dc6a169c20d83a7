import json

import pytest

from shop.catalog.models import Product
from shop.plumbing.db import db
from tests.catalog.files import make_file, make_row


@pytest.fixture
def flask(app, monkeypatch):
    monkeypatch.setattr("shop.cli.manners.need_tables", lambda: None)  # made without migrations
    return lambda *words: app.test_cli_runner().invoke(args=["catalog", "import", *map(str, words)])


def test_import_tells_what_it_did_and_ends_with_1_if_a_row_was_left_out(flask, tmp_path):
    path = make_file(tmp_path, make_row("1"), make_row("2", category="soap"))

    ended = flask(path)

    assert ended.exit_code == 1
    assert "2 rows; 1 created, 0 updated, 0 unchanged, 1 left out." in ended.output
    assert "line 3, category: There is no category 'soap'" in ended.output
    assert json.loads((tmp_path / "imports" / "goods.summary.json").read_text())["created"] == 1


def test_import_of_good_rows_ends_with_0_and_dry_run_writes_nothing(flask, tmp_path):
    path = make_file(tmp_path, make_row("1"))

    tried = flask(path, "--dry-run")
    assert (tried.exit_code, db.session.query(Product).count()) == (0, 0)
    assert "1 would be created" in tried.output
    assert not (tmp_path / "imports").exists()

    assert flask(path).exit_code == 0
    assert db.session.query(Product).count() == 1


def test_import_of_another_kind_of_file_is_one_sentence(flask, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"%PDF-1.7")

    ended = flask(path)

    assert ended.exit_code == 1
    assert "Error: Line 1 is not a line of column names." in ended.output
    assert "Traceback" not in ended.output


def test_import_of_a_file_that_is_not_there_is_a_usage_error(flask, tmp_path):
    assert flask(tmp_path / "no.csv").exit_code == 2
