"""How does SQLite's FTS5 answer the questions of search_text.Engine?"""

from collections.abc import Sequence

from sqlalchemy import Integer, Select, column, delete, insert, literal_column, select, table
from sqlalchemy.sql.expression import bindparam

from shop.catalog.search_text import Document, Wanted
from shop.plumbing.db import db

_COLUMNS = ("title", "codes", "category", "body")
_ROWID = column("rowid", Integer)
_TEXT = table("search_text", _ROWID, *map(column, _COLUMNS))


class SqliteEngine:
    """Words are bound as quoted strings, in which FTS5 knows no operator."""

    def anywhere(self, wanted: Wanted) -> str:
        begun = f"({_every(wanted)} *)"
        return f'{begun} OR codes : "{wanted.code}" *' if wanted.code else begun

    def in_title(self, wanted: Wanted) -> str:
        return f"title : ({_every(wanted)})"

    def title_begins(self, wanted: Wanted) -> str:
        return f"title : ({_every(wanted)} *)"

    def has_code(self, code: str) -> str:
        return f'codes : "{code}"'

    def matching(self, bind: str) -> Select[int]:
        found = literal_column("search_text").op("MATCH")(bindparam(bind))
        return select(_ROWID.label("product_id")).select_from(_TEXT).where(found)

    def replace(self, product_ids: Sequence[int], documents: Sequence[Document]) -> None:
        db.session.execute(delete(_TEXT).where(_ROWID.in_(product_ids)))
        if documents:
            db.session.execute(insert(_TEXT), [_row(document) for document in documents])

    def words_of(self, product_ids: Sequence[int]) -> list[set[str]]:
        kept = select(*(_TEXT.c[name] for name in _COLUMNS)).where(_ROWID.in_(product_ids))
        return [set(" ".join(row).split()) for row in db.session.execute(kept)]


def _row(document: Document) -> dict[str, str | int]:
    return {
        "rowid": document.product_id,
        "title": " ".join(document.title),
        "codes": " ".join(document.codes),
        "category": " ".join(document.category),
        "body": " ".join(document.body),
    }


def _every(wanted: Wanted) -> str:
    return " AND ".join(f'"{word}"' for word in wanted.words)
