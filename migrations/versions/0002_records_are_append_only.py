"""Triggers that refuse to change or remove what is on record.

The text is the rooms' own (ledger/ddl.py and the like) as it stood; a test compares the two.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UP = {
    "sqlite": (
        """\
        CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
        WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE ("index" = NEW."index"))
        BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_entry_gapless BEFORE INSERT ON ledger_entry
        WHEN NEW."index" <> (SELECT coalesce(max("index") + 1, 0) FROM ledger_entry)
        BEGIN SELECT RAISE(ABORT, 'ledger_entry has no gaps'); END
        """,
        """\
        CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node
        BEGIN SELECT RAISE(ABORT, 'ledger_node is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node
        BEGIN SELECT RAISE(ABORT, 'ledger_node is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_node_no_replace BEFORE INSERT ON ledger_node
        WHEN EXISTS (SELECT 1 FROM ledger_node WHERE ("level" = NEW."level" AND "position" = NEW."position"))
        BEGIN SELECT RAISE(ABORT, 'ledger_node is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
        BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
        BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is append-only'); END
        """,
        """\
        CREATE TRIGGER ledger_checkpoint_no_replace BEFORE INSERT ON ledger_checkpoint
        WHEN EXISTS (SELECT 1 FROM ledger_checkpoint WHERE ("size" = NEW."size"))
        BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is append-only'); END
        """,
        """\
        CREATE TRIGGER verdict_no_update BEFORE UPDATE ON verdict
        BEGIN SELECT RAISE(ABORT, 'verdict is append-only'); END
        """,
        """\
        CREATE TRIGGER verdict_no_delete BEFORE DELETE ON verdict
        BEGIN SELECT RAISE(ABORT, 'verdict is append-only'); END
        """,
        """\
        CREATE TRIGGER verdict_no_replace BEFORE INSERT ON verdict
        WHEN EXISTS (SELECT 1 FROM verdict WHERE ("id" = NEW."id") OR ("public_id" = NEW."public_id") OR ("entry_index" = NEW."entry_index"))
        BEGIN SELECT RAISE(ABORT, 'verdict is append-only'); END
        """,
        """\
        CREATE TRIGGER claim_grade_no_update BEFORE UPDATE ON claim_grade
        BEGIN SELECT RAISE(ABORT, 'claim_grade is append-only'); END
        """,
        """\
        CREATE TRIGGER claim_grade_no_delete BEFORE DELETE ON claim_grade
        BEGIN SELECT RAISE(ABORT, 'claim_grade is append-only'); END
        """,
        """\
        CREATE TRIGGER claim_grade_no_replace BEFORE INSERT ON claim_grade
        WHEN EXISTS (SELECT 1 FROM claim_grade WHERE ("id" = NEW."id"))
        BEGIN SELECT RAISE(ABORT, 'claim_grade is append-only'); END
        """,
    ),
    "postgresql": (
        """\
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only',
            ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """\
        CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE OR REPLACE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW."index" <> (SELECT coalesce(max("index") + 1, 0) FROM ledger_entry) THEN
            RAISE EXCEPTION USING MESSAGE = 'ledger_entry has no gaps',
              ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """,
        """\
        CREATE TRIGGER ledger_entry_gapless BEFORE INSERT ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_gap()
        """,
        """\
        CREATE TRIGGER ledger_node_no_change BEFORE UPDATE OR DELETE ON ledger_node
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER ledger_node_no_truncate BEFORE TRUNCATE ON ledger_node
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER ledger_checkpoint_no_change BEFORE UPDATE OR DELETE ON ledger_checkpoint
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER ledger_checkpoint_no_truncate BEFORE TRUNCATE ON ledger_checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER verdict_no_change BEFORE UPDATE OR DELETE ON verdict
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER verdict_no_truncate BEFORE TRUNCATE ON verdict
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER claim_grade_no_change BEFORE UPDATE OR DELETE ON claim_grade
        FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """,
        """\
        CREATE TRIGGER claim_grade_no_truncate BEFORE TRUNCATE ON claim_grade
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
    ),
}
DOWN = {
    "sqlite": (
        "DROP TRIGGER ledger_entry_no_update",
        "DROP TRIGGER ledger_entry_no_delete",
        "DROP TRIGGER ledger_entry_no_replace",
        "DROP TRIGGER ledger_entry_gapless",
        "DROP TRIGGER ledger_node_no_update",
        "DROP TRIGGER ledger_node_no_delete",
        "DROP TRIGGER ledger_node_no_replace",
        "DROP TRIGGER ledger_checkpoint_no_update",
        "DROP TRIGGER ledger_checkpoint_no_delete",
        "DROP TRIGGER ledger_checkpoint_no_replace",
        "DROP TRIGGER verdict_no_update",
        "DROP TRIGGER verdict_no_delete",
        "DROP TRIGGER verdict_no_replace",
        "DROP TRIGGER claim_grade_no_update",
        "DROP TRIGGER claim_grade_no_delete",
        "DROP TRIGGER claim_grade_no_replace",
    ),
    "postgresql": (
        "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
        "DROP TRIGGER ledger_entry_no_truncate ON ledger_entry",
        "DROP TRIGGER ledger_entry_gapless ON ledger_entry",
        "DROP TRIGGER ledger_node_no_change ON ledger_node",
        "DROP TRIGGER ledger_node_no_truncate ON ledger_node",
        "DROP TRIGGER ledger_checkpoint_no_change ON ledger_checkpoint",
        "DROP TRIGGER ledger_checkpoint_no_truncate ON ledger_checkpoint",
        "DROP TRIGGER verdict_no_change ON verdict",
        "DROP TRIGGER verdict_no_truncate ON verdict",
        "DROP TRIGGER claim_grade_no_change ON claim_grade",
        "DROP TRIGGER claim_grade_no_truncate ON claim_grade",
        "DROP FUNCTION refuse_change()",
        "DROP FUNCTION refuse_gap()",
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    for statement in UP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in DOWN[connection.dialect.name]:
        connection.exec_driver_sql(statement)
