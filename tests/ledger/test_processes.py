"""Several processes append at once, or die while they do. The log stays whole."""

import subprocess
import sys
from pathlib import Path

from shop.ledger import audit, service
from shop.plumbing.db import db, transaction
from tests.ledger.factories import checkpoint

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path, database_url, name, count):
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [
            *(sys.executable, "-m", "tests.ledger.appender"),
            *(str(tmp_path), database_url, name, str(count)),
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def let_go(*processes):
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def acknowledged(lines):
    return {int(index): name for index, name in (line.split() for line in lines)}


def assert_kept(app, told):
    """Every acknowledged entry is where its process was told, and the log is whole."""
    db.session.rollback()
    entries = {entry.index: entry.subject_public_id for entry in service.entries(limit=10_000)}
    assert sorted(entries) == list(range(len(entries)))
    assert told.items() <= entries.items()
    checkpoint()
    assert audit.check().problems == ()
    return len(entries)


def test_processes_that_append_at_once_leave_no_gap(app, database_url, tmp_path):
    processes = [start(tmp_path, database_url, f"p{number}", 15) for number in range(4)]
    let_go(*processes)
    told = {}
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        told |= acknowledged(output.splitlines())

    assert len(told) == 60
    assert assert_kept(app, told) == 60


def test_killed_processes_leave_a_whole_log(app, database_url, tmp_path):
    told = {}
    for round_ in range(3):
        process = start(tmp_path, database_url, f"k{round_}", 100_000)
        let_go(process)
        lines = [process.stdout.readline() for _ in range(3 + 4 * round_)]
        process.kill()
        lines += process.stdout.readlines()
        process.stdout.close()
        process.stdin.close()
        process.wait()
        told |= acknowledged(line for line in lines if line.endswith("\n"))

    with transaction():  # nobody holds the lock any more
        service.lock()
    assert assert_kept(app, told) >= len(told)
