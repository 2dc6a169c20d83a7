"""What might they be typing? A few products, brands and lots that begin that way."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.sql.expression import bindparam

from shop.catalog import naming, search_text
from shop.catalog.correcting import corrected
from shop.catalog.indexing import engine
from shop.catalog.models import Brand, Lot, Product, SearchRow
from shop.plumbing.db import db

MAX_SUGGESTIONS = 20
_SHORTEST_LOT = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is product, brand or lot; `slug` is its address (a lot's is its key)."""

    kind: str
    text: str
    slug: str
    note: str = ""  # a product's brand
    is_flagged: bool = False


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """At most `limit` suggestions, at most four statements; empty for a text without words."""
    wanted = search_text.read(text)
    limit = max(1, min(limit, MAX_SUGGESTIONS))
    if not wanted:
        return []
    found = [*_brands(text), *_lots(text)]
    products = _products(wanted, limit)
    better = corrected(wanted.words) if not (products or found) else None
    if better:
        products = _products(replace(wanted, words=better), limit)
    room = max(limit - len(found), 1)
    return [*products[:room], *found][:limit]


def _products(wanted: search_text.Wanted, limit: int) -> list[Suggestion]:
    values = {
        "asked": engine().anywhere(wanted),
        "title_begins": engine().title_begins(wanted),
        "limit": limit,
    }
    dialect = db.session.get_bind().dialect.name
    return [
        Suggestion("product", row.name, row.slug, row.brand_name, row.is_flagged)
        for row in db.session.execute(_product_statement(dialect), values)
    ]


@lru_cache(maxsize=2)
def _product_statement(dialect: str) -> Select[*tuple[Any, ...]]:
    """Titles that begin so before other hits; `dialect` is what the engine answers for."""
    del dialect
    is_title = SearchRow.product_id.in_(engine().matching("title_begins"))
    return (
        select(Product.name, Product.slug, SearchRow.is_flagged, Brand.name.label("brand_name"))
        .join(SearchRow, SearchRow.product_id == Product.id)
        .join(Brand, Brand.id == Product.brand_id)
        .where(SearchRow.product_id.in_(engine().matching("asked")))
        .order_by(
            case((is_title, 0), else_=1),
            SearchRow.placing,
            func.length(SearchRow.name_key),
            SearchRow.name_key,
            SearchRow.product_id,
        )
        .limit(bindparam("limit"))
    )


def _brands(text: str) -> list[Suggestion]:
    begun = naming.slug(text[: search_text.MAX_TEXT])
    if not begun:
        return []
    found = db.session.execute(_BRANDS, {"begins": f"{begun}%", "inside": f"%-{begun}%"})
    return [Suggestion("brand", row.name, row.slug) for row in found]


def _lots(text: str) -> list[Suggestion]:
    key = naming.lot_key(text[: search_text.MAX_TEXT])
    if len(key) < _SHORTEST_LOT:
        return []
    found = db.session.execute(_LOTS, {"begins": f"{key}%"})
    return [Suggestion("lot", row.code, row.code_key) for row in found]


_BRANDS = (
    select(Brand.name, Brand.slug)
    .where(
        or_(Brand.slug.like(bindparam("begins")), Brand.slug.like(bindparam("inside"))),
        exists().where(SearchRow.brand_id == Brand.id),
    )
    .order_by(case((Brand.slug.like(bindparam("begins")), 0), else_=1), Brand.slug)
    .limit(2)
)
_LOTS = (
    select(Lot.code, Lot.code_key)
    .distinct()
    .where(Lot.code_key.like(bindparam("begins")))
    .order_by(Lot.code_key, Lot.code)
    .limit(3)
)
