"""How does the catalog change? Every change brings the search index along.

Runs inside the caller's transaction. What cannot be accepted is `Refused` with a sentence that
says what to write instead; what exists already is a `Conflict`.
"""

import itertools
import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import ColumnElement, exists, or_, select

from shop.catalog import naming
from shop.catalog.choices import CATEGORIES, CONCERNS
from shop.catalog.indexing import index
from shop.catalog.models import (
    Brand,
    Lot,
    LotStatus,
    Media,
    OldSlug,
    Product,
    Standing,
    Variant,
)
from shop.catalog.money import exponent
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, Refused

_MAX_PRICE = 2_000_000_000
_MAX_COUNT = 1_000_000


def add_brand(name: str) -> Brand:
    """The brand of this name: the one on record if its name folds to the same, else a new one."""
    name = line(name, "brand name", 200)
    address = naming.slug(name)[:120] or _without_letters(name, "brand name")
    brand = db.session.scalar(select(Brand).where(Brand.slug == address))
    if brand is None:
        brand = Brand(name=name, slug=address)
        db.session.add(brand)
        db.session.flush()
    return brand


def add_product(
    *,
    brand: Brand,
    name: str,
    category: str,
    concerns: Sequence[str] = (),
    summary: str = "",
    ingredients: Sequence[Mapping[str, str]] = (),
    usage: Mapping[str, Any] | None = None,
    notice: str = "",
    is_published: bool = True,
    is_for_sale: bool = True,
    source: str | None = None,
    source_id: str | None = None,
) -> Product:
    """A product without variants yet."""
    name = line(name, "product name", 300)
    product = Product(
        slug=free_slug(product_address(brand.name, name)),
        brand_id=brand.id,
        name=name,
        category=_one_of(category, CATEGORIES, "category"),
        concerns=[_one_of(concern, CONCERNS, "concern") for concern in concerns],
        summary=summary,
        ingredients=[dict(each) for each in ingredients],
        usage=dict(usage or {}),
        notice=notice,
        is_published=is_published,
        is_for_sale=is_for_sale,
        source=source,
        source_id=source_id,
    )
    db.session.add(product)
    db.session.flush()
    index([product.id])
    return product


def add_variant(
    product: Product,
    *,
    sku: str,
    price_minor: int | None = None,
    currency: str | None = None,
    gtin: str | None = None,
    size: str = "",
    size_ml_or_g: float | None = None,
    position: int = 0,
) -> Variant:
    """A sellable unit. Without a price it is listed, not sold."""
    sku = line(sku, "SKU", 64)
    number = naming.gtin14(gtin) if gtin else None
    if (price_minor is None) != (currency is None):
        message = "Give a price and its currency, or neither."
        code = "catalog.price_invalid"
        raise Refused(code, message)
    if price_minor is not None and not 0 <= price_minor <= _MAX_PRICE:
        message = "A price must be at least 0 and at most 20 million."
        code = "catalog.price_invalid"
        raise Refused(code, message)
    if currency is not None:
        exponent(currency)  # refuses what is no currency
    _refuse_known(Variant.sku == sku, "sku", f"Another variant has the SKU {sku}.")
    if number:
        _refuse_known(Variant.gtin == number, "gtin", f"Another variant has the GTIN {number}.")
    variant = Variant(
        product_id=product.id,
        sku=sku,
        gtin=number,
        size=line(size, "size", 60) if size else "",
        size_ml_or_g=size_ml_or_g,
        price_minor=price_minor,
        currency=currency,
        position=position,
    )
    _keep(variant, product.id)
    return variant


def add_lot(
    variant: Variant,
    *,
    code: str,
    made_on: date | None = None,
    expires_on: date | None = None,
    on_hand: int = 0,
    status: LotStatus = LotStatus.RELEASED,
) -> Lot:
    """A production run, by the code printed on the pack."""
    code = line(code, "lot code", 40)
    key = naming.lot_key(code) or _without_letters(code, "lot code")
    if not 0 <= on_hand <= _MAX_COUNT:
        message = f"The number in stock must be from 0 to {_MAX_COUNT:,}."
        code = "catalog.stock_invalid"
        raise Refused(code, message)
    if made_on and expires_on and expires_on < made_on:
        message = "A lot cannot expire before it was made. Compare the two dates with the pack."
        code = "catalog.lot_dates"
        raise Refused(code, message)
    same = (Lot.variant_id == variant.id) & (Lot.code_key == key)
    _refuse_known(same, "lot", f"This variant has a lot {code} already.")
    lot = Lot(
        variant_id=variant.id,
        code=code,
        code_key=key,
        made_on=made_on,
        expires_on=expires_on,
        on_hand=on_hand,
        status=LotStatus(status),
    )
    _keep(lot, variant.product_id)
    return lot


def add_media(
    product: Product,
    *,
    blob: str,
    content_type: str,
    alt: str,
    width: int,
    height: int,
    position: int = 0,
) -> Media:
    """A picture; `blob` is its address in the blob store."""
    alt = line(alt, "text for people who do not see the picture", 300)
    if width < 1 or height < 1:
        message = "A picture needs its width and height."
        code = "catalog.media_invalid"
        raise Refused(code, message)
    picture = Media(
        product_id=product.id,
        blob=blob,
        content_type=content_type,
        alt=alt,
        width=width,
        height=height,
        position=position,
    )
    db.session.add(picture)
    db.session.flush()
    return picture


def rename_product(product: Product, new_name: str) -> Product:
    """Rename it. Its old address keeps leading to it, and is never given to another product."""
    new_name = line(new_name, "product name", 300)
    brand_name = db.session.scalar(select(Brand.name).where(Brand.id == product.brand_id)) or ""
    product.name = new_name
    address = product_address(brand_name, new_name)
    if product.slug != address and not re.fullmatch(re.escape(address) + "-[0-9]+", product.slug):
        own = db.session.get(OldSlug, address)
        if own is not None and own.product_id == product.id:
            db.session.delete(own)  # back to an address that it had
            db.session.flush()
        old, product.slug = product.slug, free_slug(address)
        db.session.add(OldSlug(slug=old, product_id=product.id))
    index([product.id])
    return product


def set_standing(
    product_id: int,
    *,
    verification: str,
    headline: str,
    details: Mapping[str, str] | None = None,
    certificate: str,
    lot: str,
    sellers: str,
    claims_grade: int = 0,
    rank: int = 0,
) -> Standing:
    """Keep what a listing shows of a product's verdicts. A higher rank is listed earlier."""
    standing = db.session.get(Standing, product_id) or Standing(product_id=product_id)
    standing.verification = verification
    standing.headline = headline
    standing.details = dict(details or {})
    standing.certificate = certificate
    standing.lot = lot
    standing.sellers = sellers
    standing.claims_grade = claims_grade
    standing.rank = rank
    db.session.add(standing)
    index([product_id])
    return standing


def product_address(brand_name: str, name: str) -> str:
    """The address that brand and name make; the brand is not said twice."""
    brand, own = naming.slug(brand_name), naming.slug(name)
    is_said = not brand or own == brand or own.startswith(f"{brand}-")
    return (own if is_said else naming.slug(f"{brand} {own}")) or "product"


def free_slug(address: str) -> str:
    """The address, or with the first number that no product has or had."""
    begun = or_(Product.slug == address, Product.slug.like(f"{address}-%"))
    taken = set(db.session.scalars(select(Product.slug).where(begun)))
    had = or_(OldSlug.slug == address, OldSlug.slug.like(f"{address}-%"))
    taken |= set(db.session.scalars(select(OldSlug.slug).where(had)))
    return numbered(address, taken)


def numbered(address: str, taken: Container[str]) -> str:
    """The address, or with -2, -3 and so on, whichever is free first."""
    if address not in taken:
        return address
    return next(f"{address}-{n}" for n in itertools.count(2) if f"{address}-{n}" not in taken)


def line(text: str, what: str, longest: int) -> str:
    """One line of text without control characters, of a length that fits. Raises Refused."""
    plain = " ".join(naming.printable(text).split())
    if not plain:
        message = f"Enter the {what}."
        code = "catalog.text_missing"
        raise Refused(code, message)
    if len(plain) > longest:
        message = f"The {what} has {len(plain):,} characters; {longest} is the most."
        code = "catalog.text_too_long"
        raise Refused(code, message)
    return plain


def _one_of(value: str, choices: Mapping[str, str], what: str) -> str:
    if value not in choices:
        message = f"There is no {what} {value[:40]!r}; choose from {', '.join(choices)}."
        code = f"catalog.{what}_unknown"
        raise Refused(code, message)
    return value


def _without_letters(text: str, what: str) -> NoReturn:
    message = f"The {what} {text[:40]!r} has no letter or digit that an address could be made of."
    code = "catalog.text_without_letters"
    raise Refused(code, message)


def _refuse_known(same: ColumnElement[bool], what: str, message: str) -> None:
    if db.session.scalar(select(exists().where(same))):
        code = f"catalog.{what}_taken"
        raise Conflict(code, message)


def _keep(thing: Variant | Lot, product_id: int) -> None:
    db.session.add(thing)
    db.session.flush()
    index([product_id])
