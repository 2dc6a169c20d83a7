"""Products, lots, carts and orders to try the checkout with."""

import itertools
from datetime import date

from shop.catalog.models import Brand, Lot, LotStatus, Product, Variant
from shop.orders import carts, paying, placing
from shop.orders.models import Order, OrderLine
from shop.orders.placing import Contact
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction

CONTACT = Contact(
    email="j.okafor@mail.example",
    name="J. Okafor",
    line1="12 Alder Street",
    city="Portland",
    region="OR",
    postal_code="97201",
    country="US",
)
_numbers = itertools.count(1)


def make_variant(
    *stock: int,
    name: str = "Rosemary Scalp Serum",
    price_minor: int | None = 3400,
    currency: str = "USD",
    is_for_sale: bool = True,
) -> Variant:
    """A variant with one released lot for each figure, the first to expire first."""
    number = next(_numbers)
    brand = Brand(slug=f"brand-{number}", name=f"Maren & Oak {number}")
    db.session.add(brand)
    db.session.flush()
    product = Product(
        brand_id=brand.id,
        slug=f"serum-{number}",
        name=name,
        category="serum",
        is_for_sale=is_for_sale,
    )
    db.session.add(product)
    db.session.flush()
    variant = Variant(
        product_id=product.id,
        sku=f"SKU-{number}",
        size="50 ml",
        price_minor=price_minor,
        currency=currency if price_minor is not None else None,
    )
    db.session.add(variant)
    db.session.flush()
    for position, on_hand in enumerate(stock):
        make_lot(variant, on_hand, expires_on=date(2030 + position, 1, 31))
    return variant


def make_lot(
    variant: Variant,
    on_hand: int,
    *,
    expires_on: date | None = None,
    status: LotStatus = LotStatus.RELEASED,
) -> Lot:
    code = f"MO-{next(_numbers)}"
    lot = Lot(
        variant_id=variant.id,
        code=code,
        code_key=code.replace("-", ""),
        expires_on=expires_on,
        on_hand=on_hand,
        status=status,
    )
    db.session.add(lot)
    db.session.flush()
    return lot


def stocked(*stock: int, **details) -> Variant:
    """The same, committed."""
    with transaction():
        variant = make_variant(*stock, **details)
        db.session.expunge(variant)
    return variant


def cart_of(*wanted: tuple[Variant, int]) -> str:
    """A committed cart; returns its token."""
    token = None
    with transaction():
        for variant, quantity in wanted:
            token = carts.add_to_cart(token, variant.public_id, quantity, at=now())
    assert token is not None
    return token


def place(cart_token: str | None, form_token: str = "", **more) -> Order:
    """A committed order (a draft) from the cart."""
    with transaction():
        return placing.place(
            form_token or placing.new_form_token(), cart_token, CONTACT, at=now(), **more
        )


def opened(cart_token: str, payments, form_token: str = "") -> tuple[Order, str]:
    """An order that awaits its payment, and its token."""
    form_token = form_token or placing.new_form_token()
    order = place(cart_token, form_token)
    token = placing.order_token(form_token)
    paying.open_session(token, payments=payments, transaction=transaction)
    db.session.refresh(order)
    return order, token


def reserved_of(variant: Variant | OrderLine) -> list[int]:
    """How much of each lot is promised, in the order of their ids."""
    variant_id = variant.variant_id if isinstance(variant, OrderLine) else variant.id
    db.session.rollback()
    rows = db.session.query(Lot.reserved).filter(Lot.variant_id == variant_id).order_by(Lot.id)
    return [row.reserved for row in rows]
