"""The full-text index: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UP = {
    "sqlite": (
        """\
        CREATE VIRTUAL TABLE search_text USING fts5(
                    title, codes, category, body, tokenize = 'unicode61 remove_diacritics 2'
                )
        """,
    ),
    "postgresql": (
        """\
        CREATE TABLE search_text (product_id INTEGER PRIMARY KEY, document TSVECTOR NOT NULL)
        """,
        """\
        CREATE INDEX ix_search_text_document ON search_text USING gin (document)
        """,
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    for statement in UP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    op.execute("DROP TABLE search_text")
