"""What is in the catalog? The changes to it stand in `editing` and are offered from here, too."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog.choices import CATEGORIES, CONCERNS
from shop.catalog.editing import (
    add_brand,
    add_lot,
    add_media,
    add_product,
    add_variant,
    rename_product,
    set_standing,
)
from shop.catalog.indexing import shippable
from shop.catalog.misreading import lots_like
from shop.catalog.models import Brand, Lot, Media, OldSlug, Product, Variant
from shop.catalog.naming import gtin14, lot_key
from shop.plumbing import clock
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound

__all__ = [
    "CATEGORIES",
    "CONCERNS",
    "add_brand",
    "add_lot",
    "add_media",
    "add_product",
    "add_variant",
    "brand_by_slug",
    "brands",
    "find_lot",
    "gtin14",
    "is_selling",
    "lot",
    "lot_key",
    "lot_to_ship",
    "lots_like",
    "lots_of",
    "media_by_blob",
    "media_of",
    "old_slug_target",
    "product",
    "product_by_slug",
    "product_ids",
    "rename_product",
    "set_standing",
    "variant",
    "variants_of",
]

_Thing = TypeVar("_Thing")
# An address or id of ours; anything else (a null, an emoji) is not even looked up.
_ADDRESS = re.compile(r"[a-z0-9-]{1,160}")
_WITH_BRAND = joinedload(Product.brand)
_WITH_STANDING = joinedload(Product.standing)
_WITH_PRODUCT = joinedload(Variant.product).joinedload(Product.brand)
_WITH_VARIANT = joinedload(Lot.variant).joinedload(Variant.product).joinedload(Product.brand)


def product_by_slug(slug: str) -> Product:
    """The published product at this address, with brand and standing. Raises NotFound."""
    here = Product.slug == _address(slug, "product")
    found = db.session.scalar(
        select(Product).options(_WITH_BRAND, _WITH_STANDING).where(here, Product.is_published)
    )
    return _found(found, "product")


def old_slug_target(slug: str) -> str | None:
    """The present address of a product that once had this one."""
    if not _ADDRESS.fullmatch(slug):
        return None
    return db.session.scalar(
        select(Product.slug)
        .join(OldSlug, OldSlug.product_id == Product.id)
        .where(OldSlug.slug == slug, Product.is_published)
    )


def product(public_id: str) -> Product:
    """With its brand, published or not. Raises NotFound."""
    here = Product.public_id == _address(public_id, "product")
    return _found(db.session.scalar(select(Product).options(_WITH_BRAND).where(here)), "product")


def variant(public_id: str) -> Variant:
    """With its product and brand. Raises NotFound."""
    here = Variant.public_id == _address(public_id, "variant")
    return _found(db.session.scalar(select(Variant).options(_WITH_PRODUCT).where(here)), "variant")


def lot(public_id: str) -> Lot:
    """With its variant, product and brand. Raises NotFound."""
    here = Lot.public_id == _address(public_id, "lot")
    return _found(db.session.scalar(select(Lot).options(_WITH_VARIANT).where(here)), "lot")


def variants_of(product_id: int) -> list[Variant]:
    """The variants of a product; the first is offered first."""
    mine = select(Variant).where(Variant.product_id == product_id)
    return list(db.session.scalars(mine.order_by(Variant.position, Variant.id)))


def lots_of(variant_ids: Iterable[int]) -> list[Lot]:
    """All lots of these variants, the newest first, whatever their status."""
    theirs = select(Lot).where(Lot.variant_id.in_(list(variant_ids)))
    return list(db.session.scalars(theirs.order_by(Lot.variant_id, Lot.id.desc())))


def lot_to_ship(variant_id: int) -> Lot | None:
    """The lot that the next bottle comes from: of those that may be sold, the first to expire."""
    return db.session.scalar(
        select(Lot)
        .where(Lot.variant_id == variant_id, shippable(clock.today()))
        .order_by(Lot.expires_on.is_(None), Lot.expires_on, Lot.made_on, Lot.id)
        .limit(1)
    )


def find_lot(code: str) -> list[Lot]:
    """Every lot with this printed code, however it is spaced; two brands may use the same."""
    key = lot_key(code)
    if not key:
        return []
    same = select(Lot).options(_WITH_VARIANT).where(Lot.code_key == key)
    return list(db.session.scalars(same.order_by(Lot.id)))


def media_of(product_ids: Iterable[int]) -> dict[int, list[Media]]:
    """The pictures of these products, each list in order; a product without any has no key."""
    found: dict[int, list[Media]] = {}
    theirs = select(Media).where(Media.product_id.in_(list(product_ids)))
    for picture in db.session.scalars(theirs.order_by(Media.position, Media.id)):
        found.setdefault(picture.product_id, []).append(picture)
    return found


def media_by_blob(blob: str) -> Media | None:
    """The picture with these bytes, if any product has it."""
    if not _ADDRESS.fullmatch(blob):
        return None
    return db.session.scalar(select(Media).where(Media.blob == blob).limit(1))


def is_selling() -> bool:
    """Whether the shop sells anything itself."""
    on_sale = select(Product.id).where(Product.is_for_sale).limit(1)
    return db.session.scalar(on_sale) is not None


def brands(limit: int | None = None) -> Sequence[Brand]:
    """All brands by name, or the first so many."""
    return db.session.scalars(select(Brand).order_by(Brand.slug).limit(limit)).all()


def brand_by_slug(slug: str) -> Brand:
    """Raises NotFound."""
    here = Brand.slug == _address(slug, "brand")
    return _found(db.session.scalar(select(Brand).where(here)), "brand")


def product_ids() -> Sequence[int]:
    """Every product's row id, the oldest first."""
    return db.session.scalars(select(Product.id).order_by(Product.id)).all()


def _address(text: str, what: str) -> str:
    if not _ADDRESS.fullmatch(text):
        code = f"catalog.no_{what}"
        raise NotFound(code)
    return text


def _found(thing: _Thing | None, what: str) -> _Thing:
    if thing is None:
        code = f"catalog.no_{what}"
        raise NotFound(code)
    return thing
