"""Puts the demo's products into the catalog, each whole or not at all."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog import service as catalog
from shop.catalog.importing import Progress
from shop.catalog.models import Lot, LotStatus, Product
from shop.demo import art
from shop.demo.catalog import DemoBrand, DemoLot, DemoProduct, brands, dated
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db

Transaction = Callable[[], AbstractContextManager[None]]
SOURCE = "demo"
CURRENCY = "USD"


def anchor(today: date) -> date:
    """The day that all dates of the demo count from: that of its first loading, else today.

    Found again from the lots themselves, so that a load broken off yesterday goes on as it began.
    """
    stored = known()
    for brand in brands():
        for product in brand.products:
            if product.slug in stored:
                for lot in _lots(stored[product.slug]):
                    found = _anchor_of(lot, product)
                    if found is not None:
                        return found
    return today


def stock(
    day: date,
    *,
    store: BlobStore,
    transaction: Transaction,
    progress: Progress,
    only: Collection[str],
) -> int:
    """Add the products that are not there yet; returns how many were added."""
    wanted = [(b, p) for b in brands() for p in b.products if not only or p.slug in only]
    there = known()
    added = 0
    for done, (brand, product) in enumerate(wanted, 1):
        if product.slug not in there:
            with transaction():
                _add(brand, product, day, store)
            added += 1
        progress("Products", done, len(wanted))
    return added


def known(only: Collection[str] = ()) -> Mapping[str, Product]:
    """The demo's products on record, or some of them, by the address that they began with."""
    rows = select(Product).options(joinedload(Product.brand)).where(Product.source == SOURCE)
    if only:
        rows = rows.where(Product.source_id.in_(only))
    return {product.source_id or "": product for product in db.session.scalars(rows)}


def product(slug: str) -> Product | None:
    """One of them with its brand, as it stands in this transaction."""
    return known([slug]).get(slug)


def stored_lot(slug: str, lot: DemoLot, day: date) -> Lot | None:
    """The row of a lot; None where another edition of the demo stocked the product."""
    stored = product(slug)
    rows = _lots(stored) if stored is not None else []
    return next((row for row in rows if row.code == lot.code(day)), None)


def _add(brand: DemoBrand, item: DemoProduct, day: date, store: BlobStore) -> None:
    product = catalog.add_product(
        brand=catalog.add_brand(brand.name),
        name=item.name,
        category=item.category,
        concerns=item.concerns,
        summary=item.summary,
        ingredients=item.ingredients,
        usage=item.usage,
        notice=item.notice,
        is_for_sale=item.is_for_sale,
        source=SOURCE,
        source_id=item.slug,
    )
    shot = art.pack_shot(item)
    if shot is not None:
        catalog.add_media(
            product,
            blob=store.put(shot.content),
            content_type=art.CONTENT_TYPE,
            alt=shot.alt,
            width=art.WIDTH,
            height=art.HEIGHT,
        )
    for position, size in enumerate(item.sizes):
        variant = catalog.add_variant(
            product,
            sku=size.sku,
            price_minor=size.price_minor,
            currency=CURRENCY,
            gtin=size.gtin,
            size=size.size,
            size_ml_or_g=size.amount,
            position=position,
        )
        # The oldest first, as a shop would have taken them in.
        own = [lot for lot in item.lots if lot.size == position]
        for lot in sorted(own, key=lambda lot: -lot.made_days_ago):
            catalog.add_lot(
                variant,
                code=lot.code(day),
                made_on=lot.made_on(day),
                expires_on=lot.expires_on(day),
                on_hand=lot.stock,
                status=LotStatus(lot.status),
            )


def _lots(product: Product) -> list[Lot]:
    return catalog.lots_of([variant.id for variant in catalog.variants_of(product.id)])


def _anchor_of(lot: Lot, product: DemoProduct) -> date | None:
    if lot.made_on is None:
        return None
    for item in product.lots:
        if dated(item.code_pattern, lot.made_on) == lot.code:
            return lot.made_on + timedelta(days=item.made_days_ago)
    return None
