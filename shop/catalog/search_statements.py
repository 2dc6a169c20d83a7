"""Which SQL does a listing send? One statement for its facets and total, one for its cards.

Statements are built once per shape (which filters are set, which order) and kept; values are
bound. A facet is counted with every filter but its own, so each branch has its own base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.elements import SQLColumnExpression
from sqlalchemy.sql.expression import bindparam, exists
from sqlalchemy.sql.selectable import CompoundSelect, FromClause

from shop.assay.policy import Mark
from shop.catalog.indexing import engine, shippable
from shop.catalog.models import Brand, Headline, Lot, Media, Product, SearchRow, Standing, Variant

_Select: TypeAlias = Select[*tuple[Any, ...]]
_Compound: TypeAlias = CompoundSelect[*tuple[Any, ...]]
_Term: TypeAlias = SQLColumnExpression[Any]
MATCH_LIMIT = 20_000  # matches of a text that are counted; beyond it a count is "at least"
BRANDS_SHOWN = 30
SORTS = ("documented", "relevance", "price", "-price", "name", "newest")
FILTERS = ("brand", "category", "concern", "price", "verification")


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the text of a statement depends on; two queries of one shape share theirs."""

    dialect: str
    filters: tuple[str, ...]
    has_text: bool
    has_code: bool
    sort: str


@lru_cache(maxsize=256)
def counts(shape: Shape) -> _Compound:
    """Rows of (kind, category, verification, price band, concern mask, slug, label, n).

    `all` rows count every combination under all filters; `brand` and `chosen_brand` rows count
    brands; a row named after another filter counts combinations without that filter.
    """
    full = _base(shape, but="")
    without = {name: _base(shape, but=name) for name in shape.filters}
    branches: list[_Select] = [_combinations("all", full)]
    branches += [_combinations(name, base) for name, base in without.items() if name != "brand"]
    branches.append(_top_brands(without.get("brand", full)))
    if "brand" in without:
        branches.append(_chosen_brands(without["brand"]))
        branches.append(_total("brand_total", without["brand"]))
    return union_all(*branches)


@lru_cache(maxsize=256)
def cards(shape: Shape) -> _Select:
    """One page of cards in order; binds `limit`, `offset` and `today` besides the filters."""
    order = _order(shape)
    page = (
        select(
            SearchRow.product_id,
            func.row_number().over(order_by=order).label("place"),
        )
        .where(*_conditions(shape, but=""))
        .order_by(*order)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
        .subquery("page")
    )
    return _CARDS.join(page, page.c.product_id == Product.id).order_by(page.c.place)


def _base(shape: Shape, *, but: str) -> FromClause:
    """What is counted. Matches of a text are collected once, and so many of them at most; else
    the database counts along ix_search_row_facets without touching the rows (measured: 4x).
    """
    name = f"base_{but or 'all'}"
    found = select(
        SearchRow.brand_id,
        SearchRow.category,
        SearchRow.verification,
        SearchRow.price_band,
        SearchRow.concern_mask,
    ).where(*_conditions(shape, but=but))
    return found.limit(MATCH_LIMIT).cte(name) if shape.has_text else found.subquery(name)


def _conditions(shape: Shape, *, but: str) -> list[ColumnElement[bool]]:
    found = [_FILTERS[name] for name in shape.filters if name != but]
    if shape.has_text:
        found.append(SearchRow.product_id.in_(engine().matching("asked")))
    return found


def _combinations(kind: str, base: FromClause) -> _Select:
    columns = (base.c.category, base.c.verification, base.c.price_band, base.c.concern_mask)
    return select(
        literal(kind).label("kind"),
        *columns,
        cast(literal(""), String).label("slug"),
        cast(literal(""), String).label("label"),
        func.count().label("n"),
    ).group_by(*columns)


def _top_brands(base: FromClause) -> _Select:
    counted = select(base.c.brand_id, func.count().label("n")).group_by(base.c.brand_id).subquery()
    top = (
        select(*_brand_row("brand"), counted.c.n)
        .join(counted, counted.c.brand_id == Brand.id)
        .order_by(counted.c.n.desc(), Brand.name)
        .limit(BRANDS_SHOWN)
        .subquery()
    )
    return select(top)


def _chosen_brands(base: FromClause) -> _Select:
    number = select(func.count()).where(base.c.brand_id == Brand.id).scalar_subquery()
    return select(*_brand_row("chosen_brand"), number.label("n")).where(
        Brand.slug.in_(bindparam("brand", expanding=True))
    )


def _total(kind: str, base: FromClause) -> _Select:
    empty = [cast(literal(""), String)] * 3
    blank = [cast(literal(""), String)] * 2
    return select(
        literal(kind), *empty, cast(literal(0), Integer), *blank, func.count()
    ).select_from(base)


def _brand_row(kind: str) -> Sequence[ColumnElement[Any]]:
    return (
        literal(kind).label("kind"),
        cast(literal(""), String).label("category"),
        cast(literal(""), String).label("verification"),
        cast(literal(""), String).label("price_band"),
        cast(literal(0), Integer).label("concern_mask"),
        Brand.slug.label("slug"),
        Brand.name.label("label"),
    )


def _order(shape: Shape) -> list[_Term]:
    row = SearchRow
    last: list[_Term] = [row.name_key, row.product_id]
    price: list[_Term] = [row.is_flagged, row.price_minor.is_(None)]
    match shape.sort:
        case "relevance":
            return [
                _tier(shape),
                row.is_flagged,
                row.is_available.desc(),
                row.placing,
                func.length(row.name_key),
                *last,
            ]
        case "price":
            return [*price, row.price_minor, *last]
        case "-price":
            return [*price, row.price_minor.desc(), *last]
        case "name":
            return [row.is_flagged, *last]
        case "newest":
            return [row.is_flagged, row.product_id.desc()]
        case _:
            return [row.placing, *last]


def _tier(shape: Shape) -> ColumnElement[int]:
    """0 its code, 1 its whole name, 2 in name or brand, 3 begun there, 4 somewhere else."""
    matching = engine().matching
    tiers: list[tuple[ColumnElement[bool], int]] = [
        (SearchRow.name_key == bindparam("name_key"), 1),
        (SearchRow.product_id.in_(matching("in_title")), 2),
        (SearchRow.product_id.in_(matching("title_begins")), 3),
    ]
    if shape.has_code:
        tiers.insert(0, (SearchRow.product_id.in_(matching("has_code")), 0))
    return case(*tiers, else_=4)


_FILTERS: dict[str, ColumnElement[bool]] = {
    "brand": SearchRow.brand_id.in_(
        select(Brand.id).where(Brand.slug.in_(bindparam("brand", expanding=True)))
    ),
    "category": SearchRow.category.in_(bindparam("category", expanding=True)),
    "verification": SearchRow.verification.in_(bindparam("verification", expanding=True)),
    "concern": SearchRow.concern_mask.op("&")(bindparam("concern", type_=Integer)) != 0,
    "price": and_(
        SearchRow.price_minor >= bindparam("price_min", type_=Integer),
        SearchRow.price_minor <= bindparam("price_max", type_=Integer),
        or_(
            bindparam("has_no_band", type_=Integer) == 1,
            SearchRow.price_band.in_(bindparam("price_band", expanding=True)),
        ),
    ),
}
_FIRST_VARIANT = (
    select(Variant.id)
    .where(Variant.product_id == Product.id)
    .order_by(Variant.position, Variant.id)
    .limit(1)
    .correlate(Product)
    .scalar_subquery()
)
_FIRST_PICTURE = (
    select(Media.id)
    .where(Media.product_id == Product.id)
    .order_by(Media.position, Media.id)
    .limit(1)
    .correlate(Product)
    .scalar_subquery()
)
_OF_PRODUCT = Variant.__table__.alias("of_product")
_HAS_STOCK = (
    exists()
    .where(
        _OF_PRODUCT.c.product_id == Product.id,
        Lot.variant_id == _OF_PRODUCT.c.id,
        shippable(bindparam("today", type_=Date)),
    )
    .correlate(Product)
)
# In the order of search.CardRow.
_CARDS = (
    select(
        Product.slug,
        Product.name,
        Brand.name.label("brand_name"),
        Brand.slug.label("brand_slug"),
        Variant.price_minor,
        Variant.currency,
        func.coalesce(Variant.size, "").label("size"),
        Variant.size_ml_or_g,
        Media.blob,
        Media.content_type,
        func.coalesce(Media.alt, "").label("image_alt"),
        func.coalesce(Standing.verification, Mark.NONE).label("verification"),
        func.coalesce(Standing.headline, Headline.NONE).label("headline"),
        Standing.details,
        func.coalesce(Standing.certificate, Mark.NONE).label("certificate"),
        func.coalesce(Standing.lot, Mark.NONE).label("lot"),
        func.coalesce(Standing.sellers, Mark.NONE).label("sellers"),
        func.coalesce(Standing.claims_grade, 0).label("claims_grade"),
        and_(Product.is_for_sale, Variant.price_minor.is_not(None)).label("is_for_sale"),
        _HAS_STOCK.label("is_in_stock"),
    )
    .join(Brand, Brand.id == Product.brand_id)
    .outerjoin(Standing, Standing.product_id == Product.id)
    .outerjoin(Variant, Variant.id == _FIRST_VARIANT)
    .outerjoin(Media, Media.id == _FIRST_PICTURE)
)
