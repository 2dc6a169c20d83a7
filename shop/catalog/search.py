"""What does a listing show for this text, these filters and this order?

One interface over both databases. A listing is two SQL statements however many cards it has, four
when a misspelt text is corrected. No text and no filter value makes it raise.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from shop.catalog import indexing, search_text
from shop.catalog.choices import concern_mask
from shop.catalog.correcting import corrected
from shop.catalog.facets import Facet, read_facets
from shop.catalog.indexing import index
from shop.catalog.search_statements import FILTERS, SORTS, Shape, cards, counts
from shop.catalog.suggesting import Suggestion, suggest
from shop.plumbing import clock
from shop.plumbing.db import db

__all__ = ["CardRow", "Facet", "Query", "Results", "Suggestion", "find", "index", "suggest"]

COUNT_CAP = 2_000  # more is shown as "2,000+", and not paged through
MAX_PER_PAGE = 100
_MAX_VALUES = 50
_MAX_PRICE = 2**31 - 1
_VALUE = re.compile(r"[a-z0-9_-]{1,160}")


@dataclass(frozen=True, slots=True)
class Query:
    """What the shopper asks for. Prices are in cents; `prices` holds keys of price bands.

    An empty `sort` is the best for the case: relevance with a text, else best documented.
    """

    text: str = ""
    brands: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    sort: str = ""
    page: int = 1
    per_page: int = 24


class CardRow(NamedTuple):
    """What a product's card shows. `is_in_stock` is as of this moment."""

    slug: str
    name: str
    brand_name: str
    brand_slug: str
    price_minor: int | None
    currency: str | None
    size: str
    size_ml_or_g: float | None
    image_blob: str | None
    image_content_type: str | None
    image_alt: str
    verification: str
    headline: str
    details: Mapping[str, str] | None  # values for the headline's words
    certificate: str
    lot: str
    sellers: str
    claims_grade: int
    is_for_sale: bool
    is_in_stock: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One page. `corrected` is the text that was searched instead of what was typed."""

    cards: Sequence[CardRow]
    total: int
    total_is_capped: bool
    facets: Mapping[str, list[Facet]]
    corrected: str | None
    page: int
    pages: int
    sort: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query made safe: its statement's shape and the values to bind."""

    wanted: search_text.Wanted
    shape: Shape
    values: Mapping[str, Any]
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


def find(query: Query) -> Results:
    """The page of products for a query, with its facets."""
    has_text = bool(search_text.visible(query.text))
    wanted = search_text.read(query.text)
    if has_text and not wanted:
        return _nothing(query)  # a text without a single letter or digit
    asked = _ask(query, wanted)
    rows = db.session.execute(counts(asked.shape), asked.values).all()
    better = None
    if wanted and not any(row.kind == "all" for row in rows):
        better = corrected(wanted.words)
    if better is not None:
        asked = _ask(query, replace(wanted, words=better))
        rows = db.session.execute(counts(asked.shape), asked.values).all()
    return _page(query, asked, rows, " ".join(better) if better else None)


def _page(query: Query, asked: _Asked, rows: Sequence[Any], better: str | None) -> Results:
    counted = sum(row.n for row in rows if row.kind == "all")
    total = min(counted, COUNT_CAP)
    per_page = max(1, min(query.per_page, MAX_PER_PAGE))
    pages = max(1, -(-total // per_page))
    page = max(1, min(query.page, pages))
    return Results(
        cards=_cards(asked, limit=min(per_page, COUNT_CAP), offset=(page - 1) * per_page)
        if total
        else (),
        total=total,
        total_is_capped=counted > COUNT_CAP,
        facets=read_facets(rows, asked.chosen, has_text=bool(asked.wanted)),
        corrected=better,
        page=page,
        pages=pages,
        sort=asked.shape.sort,
    )


def _cards(asked: _Asked, *, limit: int, offset: int) -> list[CardRow]:
    values = {**asked.values, "limit": limit, "offset": offset, "today": clock.today()}
    return [CardRow._make(row) for row in db.session.execute(cards(asked.shape), values)]


def _nothing(query: Query) -> Results:
    chosen = _chosen(query)
    return Results((), 0, False, read_facets((), chosen), None, 1, 1, query.sort)  # noqa: FBT003 - by the field's place


def _ask(query: Query, wanted: search_text.Wanted) -> _Asked:
    chosen = _chosen(query)
    values: dict[str, Any] = {name: sorted(found) or [""] for name, found in chosen.items()}
    values["concern"] = concern_mask(tuple(chosen["concern"]))
    values["price_band"] = values.pop("price")
    values["has_no_band"] = int(not query.prices)
    values["price_min"] = _price(query.price_min, 0)
    values["price_max"] = _price(query.price_max, _MAX_PRICE)
    if wanted:
        values |= _text_values(wanted)
    sort = query.sort if query.sort in SORTS else ""
    if not wanted and sort in {"", "relevance"}:
        sort = "documented"
    shape = Shape(
        dialect=db.session.get_bind().dialect.name,
        filters=tuple(name for name in FILTERS if _is_set(query, name)),
        has_text=bool(wanted),
        has_code=bool(wanted.code),
        sort=sort or "relevance",
    )
    return _Asked(wanted, shape, values, chosen)


def _text_values(wanted: search_text.Wanted) -> dict[str, str]:
    engine = indexing.engine()
    values = {
        "asked": engine.anywhere(wanted),
        "in_title": engine.in_title(wanted),
        "title_begins": engine.title_begins(wanted),
        "name_key": " ".join(wanted.words),
    }
    if wanted.code:
        values["has_code"] = engine.has_code(wanted.code)
    return values


def _chosen(query: Query) -> dict[str, frozenset[str]]:
    """The filter values that could be one: what is none stays out of the database."""
    return {
        name: frozenset(value for value in given[:_MAX_VALUES] if _VALUE.fullmatch(value))
        for name, given in _given(query).items()
    }


def _is_set(query: Query, name: str) -> bool:
    has_price = query.price_min is not None or query.price_max is not None
    return bool(_given(query)[name]) or (name == "price" and has_price)


def _given(query: Query) -> dict[str, tuple[str, ...]]:
    return {
        "brand": query.brands,
        "category": query.categories,
        "concern": query.concerns,
        "price": query.prices,
        "verification": query.verification,
    }


def _price(price: int | None, default: int) -> int:
    return default if price is None else max(0, min(price, _MAX_PRICE))
