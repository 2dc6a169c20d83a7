import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shop.ledger import audit
from shop.plumbing.db import db, transaction
from tests.ledger.factories import append, checkpoint

TABLES = ("ledger_entry", "ledger_node", "ledger_checkpoint")


def run(statement):
    with transaction():
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'withdrawn'",
        """UPDATE ledger_entry SET "index" = 7 WHERE "index" = 1""",
        "UPDATE ledger_node SET hash = hash",
        "UPDATE ledger_checkpoint SET note = ''",
        *(f"DELETE FROM {table}" for table in TABLES),  # noqa: S608 - the names above
    ],
)
def test_change_of_the_record_is_refused(app, statement):
    append(2)
    checkpoint()
    with pytest.raises(IntegrityError, match="append-only"):
        run(statement)
    assert audit.check().is_sound


@pytest.mark.parametrize(
    "copy",
    [
        """SELECT 0, kind, subject_kind, subject_public_id, verdict_sha256, record, body,
           leaf_hash, recorded_at FROM ledger_entry WHERE "index" = 1""",
        """SELECT 9, kind, subject_kind, subject_public_id, verdict_sha256, record, body,
           leaf_hash, recorded_at FROM ledger_entry WHERE "index" = 1""",
    ],
)
def test_entry_over_another_or_beyond_a_gap_is_refused(app, copy):
    append(2)
    columns = """("index", kind, subject_kind, subject_public_id, verdict_sha256, record, body,
                 leaf_hash, recorded_at)"""
    with pytest.raises(IntegrityError, match=r"append-only|no gaps"):
        run(f"INSERT INTO ledger_entry {columns} {copy}")


@pytest.mark.parametrize("table", TABLES)
def test_emptying_the_record_at_once_is_refused(app, table):
    append(2)
    checkpoint()
    if db.engine.dialect.name == "postgresql":
        with pytest.raises(IntegrityError, match="append-only"):
            run(f"TRUNCATE {table} CASCADE")
    else:  # SQLite's way around a delete trigger
        with pytest.raises(IntegrityError, match=r"append-only|no gaps"):
            run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - the names above
    assert audit.check().is_sound
