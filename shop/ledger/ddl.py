"""What keeps the record from being rewritten: triggers, for both databases.

SQLite's `INSERT OR REPLACE` deletes without firing a delete trigger, so an insert over a row that
is there is refused as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, event

Statements = Mapping[str, tuple[str, ...]]

_SQLITE_NO_UPDATE = """\
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_SQLITE_NO_DELETE = """\
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_SQLITE_NO_REPLACE = """\
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_POSTGRESQL_REFUSE = """\
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only',
    ERRCODE = 'integrity_constraint_violation';
END $$"""
_POSTGRESQL_NO_CHANGE = """\
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""
_POSTGRESQL_NO_TRUNCATE = """\
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""

# An entry's index is the number of entries before it: no gap, and no second history.
_SQLITE_GAPLESS = """\
CREATE TRIGGER ledger_entry_gapless BEFORE INSERT ON ledger_entry
WHEN NEW."index" <> (SELECT coalesce(max("index") + 1, 0) FROM ledger_entry)
BEGIN SELECT RAISE(ABORT, 'ledger_entry has no gaps'); END"""
_POSTGRESQL_REFUSE_GAP = """\
CREATE OR REPLACE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."index" <> (SELECT coalesce(max("index") + 1, 0) FROM ledger_entry) THEN
    RAISE EXCEPTION USING MESSAGE = 'ledger_entry has no gaps',
      ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$"""
_POSTGRESQL_GAPLESS = """\
CREATE TRIGGER ledger_entry_gapless BEFORE INSERT ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION refuse_gap()"""


def append_only(table: str, *keys: Sequence[str]) -> Statements:
    """Triggers that refuse to change or remove a row of `table`; `keys` are its unique ones.

    The names come from this source alone, never from input.
    """
    taken = " OR ".join(_same(key) for key in keys)
    return {
        "sqlite": tuple(
            text.format(table=table, taken=taken)
            for text in (_SQLITE_NO_UPDATE, _SQLITE_NO_DELETE, _SQLITE_NO_REPLACE)
        ),
        "postgresql": (
            _POSTGRESQL_REFUSE,
            _POSTGRESQL_NO_CHANGE.format(table=table),
            _POSTGRESQL_NO_TRUNCATE.format(table=table),
        ),
    }


def together(*parts: Statements) -> Statements:
    """All statements of several parts, in order."""
    return {
        dialect: tuple(statement for part in parts for statement in part[dialect])
        for dialect in ("sqlite", "postgresql")
    }


def attach(table: FromClause, statements: Statements) -> None:
    """Run the statements whenever the table is created without a migration."""

    def run(_target: object, connection: Connection, **_more: Any) -> None:  # noqa: ANN401 - the event's own
        for text in statements[connection.dialect.name]:
            connection.exec_driver_sql(text)

    event.listen(table, "after_create", run)


def _same(key: Sequence[str]) -> str:
    return "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"


BY_TABLE: Mapping[str, Statements] = {
    "ledger_entry": together(
        append_only("ledger_entry", ["index"]),
        {
            "sqlite": (_SQLITE_GAPLESS,),
            "postgresql": (_POSTGRESQL_REFUSE_GAP, _POSTGRESQL_GAPLESS),
        },
    ),
    "ledger_node": append_only("ledger_node", ["level", "position"]),
    "ledger_checkpoint": append_only("ledger_checkpoint", ["size"]),
}
STATEMENTS: Statements = together(*BY_TABLE.values())
