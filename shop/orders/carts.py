"""What does this browser want to buy, and could it, at this moment?

A cart is opened by the token in the browser's cookie. It is kept for 30 days after its last change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from shop.catalog.models import Brand, Product, Variant
from shop.orders import tokens
from shop.orders.models import MAX_QUANTITY, Cart, CartLine
from shop.orders.pricing import PricedLine
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound, Refused

KEPT = timedelta(days=30)
MAX_LINES = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of a cart with what the catalog says of it now."""

    variant_id: int
    variant_public_id: str
    product_id: int
    product: str
    product_slug: str
    brand: str
    sku: str
    size: str
    unit_minor: int | None  # None: it has no price, so it is not sold
    currency: str | None
    is_for_sale: bool
    quantity: int

    @property
    def priced(self) -> PricedLine | None:
        """None when it cannot be bought."""
        if not self.is_for_sale or self.unit_minor is None or self.currency is None:
            return None
        return PricedLine(self.unit_minor, self.quantity, self.currency)


_WANTED = (
    select(
        Variant.id.label("variant_id"),
        Variant.public_id.label("variant_public_id"),
        Product.id.label("product_id"),
        Product.name.label("product"),
        Product.slug.label("product_slug"),
        Brand.name.label("brand"),
        Variant.sku,
        Variant.size,
        Variant.price_minor.label("unit_minor"),
        Variant.currency,
        (Product.is_for_sale & Product.is_published).label("is_for_sale"),
        CartLine.quantity,
    )
    .join(CartLine, CartLine.variant_id == Variant.id)
    .join(Cart, Cart.id == CartLine.cart_id)
    .join(Product, Product.id == Variant.product_id)
    .join(Brand, Brand.id == Product.brand_id)
    .order_by(CartLine.id)
)


def add_to_cart(token: str | None, variant_public_id: str, quantity: int, *, at: datetime) -> str:
    """Put so many more of a variant into the cart; returns the cart's token.

    Opens a cart where there is none (or its time is over). Raises NotFound for an unknown variant,
    Refused for one that is not sold here, or when the cart would hold too many.
    """
    variant_id = _sellable_variant(variant_public_id)
    cart_id, token = _opened(token, at)
    line = db.session.scalar(
        select(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
    )
    wanted = quantity + (line.quantity if line else 0)
    _insist_sensible(quantity, low=1)
    _insist_sensible(wanted, low=1)
    if line is not None:
        line.quantity = wanted
    else:
        _insist_room(cart_id)
        db.session.add(
            CartLine(cart_id=cart_id, variant_id=variant_id, quantity=quantity, added_at=at)
        )
    db.session.flush()
    return token


def set_quantity(token: str, variant_public_id: str, quantity: int, *, at: datetime) -> None:
    """Make it exactly so many; 0 takes the line out, and the last line takes the cart along."""
    _insist_sensible(quantity, low=0)
    cart = _cart(token, at)
    line = db.session.scalar(
        select(CartLine)
        .join(Variant, Variant.id == CartLine.variant_id)
        .where(CartLine.cart_id == cart.id, Variant.public_id == variant_public_id)
    )
    if line is None:
        code = "orders.cart_line_missing"
        raise NotFound(code, "This is no longer in your cart.")
    if quantity:
        line.quantity = quantity
        cart.expires_at = at + KEPT
    else:
        db.session.delete(line)
    db.session.flush()
    _drop_if_empty(cart.id)


def count(token: str | None, *, at: datetime) -> int:
    """How many things are in the cart: the figure beside the word Cart."""
    if not token or not tokens.is_plausible(token):
        return 0
    found = db.session.scalar(
        select(func.sum(CartLine.quantity))
        .join(Cart, Cart.id == CartLine.cart_id)
        .where(Cart.token_hash == tokens.digest(token), Cart.expires_at > at)
    )
    return found or 0


def wanted_in(token: str | None, *, at: datetime) -> list[Wanted]:
    """The cart's lines in the order in which they were put in; none for no cart."""
    if not token or not tokens.is_plausible(token):
        return []
    rows = db.session.execute(
        _WANTED.where(Cart.token_hash == tokens.digest(token), Cart.expires_at > at)
    )
    return [Wanted(**row) for row in rows.mappings()]


def take_out(cart_hash: str, bought: Mapping[int, int]) -> None:
    """Take what was bought (variant id -> quantity) out of the cart that it came from."""
    lines = db.session.scalars(
        select(CartLine)
        .join(Cart, Cart.id == CartLine.cart_id)
        .where(Cart.token_hash == cart_hash, CartLine.variant_id.in_(bought))
    )
    cart_ids = set()
    for line in lines:
        cart_ids.add(line.cart_id)
        left = line.quantity - bought[line.variant_id]
        if left > 0:
            line.quantity = left
        else:
            db.session.delete(line)
    db.session.flush()
    for cart_id in cart_ids:
        _drop_if_empty(cart_id)


def drop_expired(*, at: datetime) -> int:
    """Forget carts whose 30 days are over; returns how many."""
    expired = select(Cart.id).where(Cart.expires_at <= at)
    db.session.execute(delete(CartLine).where(CartLine.cart_id.in_(expired)))
    return len(
        db.session.execute(delete(Cart).where(Cart.expires_at <= at).returning(Cart.id)).all()
    )


def _opened(token: str | None, at: datetime) -> tuple[int, str]:
    if token and tokens.is_plausible(token):
        cart = _locked(token, at)
        if cart is not None:
            cart.expires_at = at + KEPT
            return cart.id, token
    token = tokens.new_token()
    cart = Cart(token_hash=tokens.digest(token), created_at=at, expires_at=at + KEPT)
    db.session.add(cart)
    db.session.flush()
    return cart.id, token


def _cart(token: str, at: datetime) -> Cart:
    cart = _locked(token, at) if tokens.is_plausible(token) else None
    if cart is None:
        code = "orders.cart_missing"
        raise NotFound(code, "This cart is empty, or its 30 days are over.")
    return cart


def _locked(token: str, at: datetime) -> Cart | None:
    """The cart, for this transaction alone: two tabs may change it at the same moment."""
    return db.session.scalar(
        select(Cart)
        .where(Cart.token_hash == tokens.digest(token), Cart.expires_at > at)
        .with_for_update()
    )


def _drop_if_empty(cart_id: int) -> None:
    lines = select(CartLine.id).where(CartLine.cart_id == cart_id)
    db.session.execute(delete(Cart).where(Cart.id == cart_id, ~lines.exists()))


def _sellable_variant(public_id: str) -> int:
    row = db.session.execute(
        select(Variant.id, Variant.price_minor, Product.is_for_sale & Product.is_published)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.public_id == public_id)
    ).first()
    if row is None:
        code = "orders.variant_missing"
        raise NotFound(code, "There is no such product.")
    variant_id, price, is_for_sale = row
    if price is None or not is_for_sale:
        code = "orders.not_for_sale"
        raise Refused(code, "This product is listed for information and is not sold here.")
    return int(variant_id)


def _insist_sensible(quantity: int, *, low: int) -> None:
    if not low <= quantity <= MAX_QUANTITY:
        code = "orders.quantity"
        raise Refused(code, f"You can buy from 1 to {MAX_QUANTITY} of one product.")


def _insist_room(cart_id: int) -> None:
    held = db.session.scalar(select(func.count()).where(CartLine.cart_id == cart_id)) or 0
    if held >= MAX_LINES:
        code = "orders.cart_full"
        raise Refused(code, f"A cart holds up to {MAX_LINES} different products.")
