"""Products for tests, each with one variant and perhaps one lot."""

import itertools

from shop.catalog import service
from shop.catalog.models import Headline, Product

_NUMBERS = itertools.count(1)


def make_product(
    name="Rosemary Scalp Serum",
    *,
    brand="Maren & Oak",
    category="serum",
    concerns=(),
    ingredients=(),
    price=3400,
    currency="USD",
    sku="",
    gtin=None,
    lot="",
    on_hand=0,
    verification="",
    rank=0,
    **more,
) -> Product:
    number = next(_NUMBERS)
    product = service.add_product(
        brand=service.add_brand(brand),
        name=name,
        category=category,
        concerns=concerns,
        ingredients=[{"inci": inci, "function": ""} for inci in ingredients],
        **more,
    )
    variant = service.add_variant(
        product,
        sku=sku or f"TEST-{number}",
        price_minor=price,
        currency=None if price is None else currency,
        gtin=gtin,
        size="50 ml",
        size_ml_or_g=50.0,
    )
    if lot or on_hand:
        service.add_lot(variant, code=lot or f"L-{number}", on_hand=on_hand)
    if verification:
        stand(product, verification, rank=rank)
    return product


def stand(product, verification, *, rank=0):
    service.set_standing(
        product.id,
        verification=verification,
        headline=Headline.VERIFIED if verification == "ok" else Headline.NONE,
        certificate=verification,
        lot=verification,
        sellers="none",
        rank=rank,
    )
