"""Which DDL of the catalog can SQLAlchemy not express? The full-text index of each database.

`search_text` has one row per listed product. On SQLite it is an FTS5 table whose rowid is the
product's id; on PostgreSQL a `tsvector` of the same words under weights (A title, B codes,
C category, D ingredients). Both are written by shop.catalog.indexing alone.
"""

from collections.abc import Mapping

STATEMENTS: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE VIRTUAL TABLE search_text USING fts5(
            title, codes, category, body, tokenize = 'unicode61 remove_diacritics 2'
        )""",
    ),
    "postgresql": (
        "CREATE TABLE search_text (product_id INTEGER PRIMARY KEY, document TSVECTOR NOT NULL)",
        "CREATE INDEX ix_search_text_document ON search_text USING gin (document)",
    ),
}
UNDO: Mapping[str, tuple[str, ...]] = {
    "sqlite": ("DROP TABLE IF EXISTS search_text",),
    "postgresql": ("DROP TABLE IF EXISTS search_text",),
}
