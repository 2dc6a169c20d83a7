"""What does an import change, and how is it written? In bulk, inside one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from shop.catalog import naming
from shop.catalog.editing import add_brand, numbered, product_address, rename_product
from shop.catalog.import_rows import Draft
from shop.catalog.indexing import index
from shop.catalog.models import Brand, OldSlug, Product, Variant
from shop.plumbing.db import db

_CHUNK = 500
Key = tuple[str, str]


@dataclass(slots=True)
class Plan:
    """What stands to be done for the drafts of a file, compared with the catalog."""

    to_create: list[Draft] = field(default_factory=list)
    to_update: dict[int, Draft] = field(default_factory=dict)  # by product id
    unchanged: int = 0


def plan(drafts: Sequence[Draft]) -> Plan:
    """Compare with what earlier imports left. What staff changed since is no difference."""
    known = _known(Product.source.in_({draft.source for draft in drafts}))
    found = Plan()
    for draft in drafts:
        product_id, digest = known.get((draft.source, draft.source_id), (None, None))
        if product_id is None:
            found.to_create.append(draft)
        elif digest != draft.digest:
            found.to_update[product_id] = draft
        else:
            found.unchanged += 1
    return found


def write(plan: Plan, progress: Callable[[int], None]) -> None:
    """Carry a plan out. Calls `progress` with the number of products done so far."""
    brands = _brands(draft.brand for draft in (*plan.to_create, *plan.to_update.values()))
    taken = _addresses()
    remaining = iter(plan.to_create)
    done = 0
    while chunk := list(islice(remaining, _CHUNK)):
        _create(chunk, brands, taken)
        done += len(chunk)
        progress(done)
    for product_id, draft in plan.to_update.items():
        _update(product_id, draft, brands)
        done += 1
        progress(done)
    index(plan.to_update)


def _known(condition: ColumnElement[bool]) -> dict[Key, tuple[int, str | None]]:
    """Product id and digest of what was imported before."""
    rows = db.session.execute(
        select(Product.source, Product.source_id, Product.id, Product.source_digest).where(
            Product.source.is_not(None), Product.source_id.is_not(None), condition
        )
    )
    return {(row[0] or "", row[1] or ""): (row[2], row[3]) for row in rows}


def _brands(names: Iterable[str]) -> dict[str, Brand]:
    """The brand for every name; names that fold to one address share theirs."""
    known = {brand.slug: brand for brand in db.session.scalars(select(Brand))}
    found: dict[str, Brand] = {}
    for name in names:
        if name not in found:
            address = naming.slug(name)[:120]
            if address not in known:
                known[address] = add_brand(name)
            found[name] = known[address]
    return found


def _addresses() -> set[str]:
    """Every address that a product has or had: one query instead of two for every row."""
    now = db.session.scalars(select(Product.slug))
    once = db.session.scalars(select(OldSlug.slug))
    return {*now, *once}


def _create(drafts: Sequence[Draft], brands: Mapping[str, Brand], taken: set[str]) -> None:
    db.session.execute(insert(Product), [_product(each, brands, taken) for each in drafts])
    ids = _known(Product.source_id.in_([draft.source_id for draft in drafts]))
    used = Variant.sku.in_([draft.sku for draft in drafts])
    skus = set(db.session.scalars(select(Variant.sku).where(used)))
    made = []
    for draft in drafts:
        product_id, _ = ids[draft.source, draft.source_id]
        sku = numbered(draft.sku, skus)
        made.append({"product_id": product_id, "sku": sku, **_size(draft), **_price(draft)})
    db.session.execute(insert(Variant), made)
    index(variant["product_id"] for variant in made)


def _product(draft: Draft, brands: Mapping[str, Brand], taken: set[str]) -> dict[str, Any]:
    brand = brands[draft.brand]
    slug = numbered(product_address(brand.name, draft.name), taken)
    taken.add(slug)
    return {
        "slug": slug,
        "name": draft.name,
        "is_for_sale": False,  # no lot of it is here; staff put it on sale
        "source": draft.source,
        "source_id": draft.source_id,
        **_described(draft, brand),
    }


def _described(draft: Draft, brand: Brand) -> dict[str, Any]:
    return {
        "brand_id": brand.id,
        "category": draft.category,
        "concerns": list(draft.concerns),
        "summary": draft.summary,
        "ingredients": [{"inci": inci, "function": ""} for inci in draft.ingredients],
        "source_digest": draft.digest,
    }


def _size(draft: Draft) -> dict[str, Any]:
    return {"size": draft.size, "size_ml_or_g": draft.size_ml_or_g}


def _price(draft: Draft) -> dict[str, Any]:
    return {"price_minor": draft.price_minor, "currency": draft.currency}


def _update(product_id: int, draft: Draft, brands: Mapping[str, Brand]) -> None:
    """Take the row over again. What is on sale keeps its price: staff set it."""
    product = db.session.get_one(Product, product_id)
    described = _described(draft, brands[draft.brand])
    changes = _size(draft) | ({} if product.is_for_sale else _price(draft))
    for name, value in described.items():
        setattr(product, name, value)
    if product.name != draft.name:
        rename_product(product, draft.name)
    mine = Variant.product_id == product_id
    first = select(Variant).where(mine).order_by(Variant.position, Variant.id).limit(1)
    variant = db.session.scalars(first).one()
    for name, value in changes.items():
        setattr(variant, name, value)
