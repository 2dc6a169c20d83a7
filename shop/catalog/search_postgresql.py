"""How does PostgreSQL's `tsvector` answer the questions of search_text.Engine?

The vectors are written out here word by word instead of by `to_tsvector`, whose parser splits
words after the server's locale. So the same words are kept on both databases.
"""

from collections.abc import Sequence

from sqlalchemy import Integer, Select, column, delete, func, insert, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.expression import bindparam, cast

from shop.catalog.search_text import Document, Wanted
from shop.plumbing.db import db

_PRODUCT = column("product_id", Integer)
_DOCUMENT = column("document", TSVECTOR)
_TEXT = table("search_text", _PRODUCT, _DOCUMENT)
# Each place of a word has its weight, and a position because a weight needs one.
_TITLE, _CODES, _CATEGORY, _BODY = "1A", "2B", "3C", "4D"


class PostgresqlEngine:
    """Words are quoted in the bound expression, and hold nothing but letters and digits."""

    def anywhere(self, wanted: Wanted) -> str:
        begun = _every(wanted, last=":*")
        return f"({begun}) | '{wanted.code}':*B" if wanted.code else begun

    def in_title(self, wanted: Wanted) -> str:
        return _every(wanted, each=":A", last=":A")

    def title_begins(self, wanted: Wanted) -> str:
        return _every(wanted, each=":A", last=":*A")

    def has_code(self, code: str) -> str:
        return f"'{code}':B"

    def matching(self, bind: str) -> Select[int]:
        found = _DOCUMENT.op("@@")(cast(bindparam(bind), TSQUERY))
        return select(_PRODUCT).select_from(_TEXT).where(found)

    def replace(self, product_ids: Sequence[int], documents: Sequence[Document]) -> None:
        db.session.execute(delete(_TEXT).where(_PRODUCT.in_(product_ids)))
        if documents:
            written = insert(_TEXT).values(
                product_id=bindparam("id"), document=cast(bindparam("vector"), TSVECTOR)
            )
            db.session.execute(
                written,
                [{"id": each.product_id, "vector": _vector(each)} for each in documents],
            )

    def words_of(self, product_ids: Sequence[int]) -> list[set[str]]:
        kept = select(func.tsvector_to_array(_DOCUMENT)).where(_PRODUCT.in_(product_ids))
        return [set(row) for row in db.session.scalars(kept)]


def _vector(document: Document) -> str:
    places: dict[str, list[str]] = {}
    for words, place in (
        (document.title, _TITLE),
        (document.codes, _CODES),
        (document.category, _CATEGORY),
        (document.body, _BODY),
    ):
        for word in set(words):
            places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(found)}" for word, found in sorted(places.items()))


def _every(wanted: Wanted, *, each: str = "", last: str) -> str:
    *others, final = wanted.words
    return " & ".join([*(f"'{word}'{each}" for word in others), f"'{final}'{last}"])
