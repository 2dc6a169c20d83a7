"""What was put into a cart, ordered, paid and paid back? Money is integer minor units.

An order line keeps its lot, certificate and verdict as they stood when the order was placed. The
unguessable tokens that open carts and orders are kept as SHA-256 only.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id

MAX_QUANTITY = 10  # of one variant in one cart


class State(StrEnum):
    """Where an order stands. The moves between them are the table in states.py."""

    DRAFT = "draft"  # stock is held; the payment provider has not answered yet
    AWAITING_PAYMENT = "awaiting_payment"
    EXPIRED = "expired"  # not paid in time; the stock is free again
    CANCELLED = "cancelled"
    PAID = "paid"
    PAID_NEEDS_ATTENTION = "paid_needs_attention"  # money came, and something does not add up
    FULFILLED = "fulfilled"
    REFUNDED = "refunded"


class RefundState(StrEnum):
    """A refund is pending until the provider has said yes or no."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"


class Cart(Model):
    """What one browser put together. An empty cart has no row."""

    __tablename__ = "cart"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class CartLine(Model):
    """A variant and how many of it."""

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint(f"quantity BETWEEN 1 AND {MAX_QUANTITY}", name="quantity_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    quantity: Mapped[int] = mapped_column()
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Order(Model):
    """A shopper's order. `form_hash` makes one form one order, `token_hash` opens its page."""

    __tablename__ = "shop_order"
    __table_args__ = (
        CheckConstraint(
            "subtotal_minor >= 0 AND shipping_minor >= 0 AND tax_minor >= 0"
            " AND discount_minor >= 0 AND total_minor >= 0",
            name="money_not_negative",
        ),
        CheckConstraint(
            "total_minor = subtotal_minor + shipping_minor + tax_minor - discount_minor",
            name="total_adds_up",
        ),
        CheckConstraint("attempt >= 1", name="attempt_counts_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    form_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    letter_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # the mail's own link
    cart_hash: Mapped[str] = mapped_column(String(64), index=True)  # the cart it came from
    state: Mapped[str] = mapped_column(String(24), default=State.DRAFT, index=True)
    attention: Mapped[str] = mapped_column(Text, default="")  # what staff should look at
    holds_stock: Mapped[bool] = mapped_column(default=True)  # its lots count it as reserved

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[dict[str, str]] = mapped_column(Document)

    currency: Mapped[str] = mapped_column(String(3))
    subtotal_minor: Mapped[int] = mapped_column(BigInteger)
    shipping_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    discount_minor: Mapped[int] = mapped_column(BigInteger)
    total_minor: Mapped[int] = mapped_column(BigInteger)
    shipping_method: Mapped[str] = mapped_column(String(20))  # a key of pricing.SHIPPING

    attempt: Mapped[int] = mapped_column(default=1)  # part of the provider's idempotency key
    session_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    session_url: Mapped[str | None] = mapped_column(Text)
    livemode: Mapped[bool | None] = mapped_column()  # of the session that was opened

    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)  # how long stock is held
    paid_at: Mapped[datetime | None] = mapped_column(Moment)


class OrderLine(Model):
    """So many of one lot, with price, names, certificate and verdict as they stood."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "lot_id"),
        CheckConstraint(f"quantity BETWEEN 1 AND {MAX_QUANTITY}", name="quantity_sensible"),
        CheckConstraint("unit_minor >= 0", name="price_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    position: Mapped[int] = mapped_column()
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    quantity: Mapped[int] = mapped_column()
    unit_minor: Mapped[int] = mapped_column(BigInteger)
    names: Mapped[dict[str, str]] = mapped_column(Document)
    # `names`: product, product_slug, brand, size, sku, lot, lot_expires_on ("" unless printed)
    certificate: Mapped[dict[str, Any] | None] = mapped_column(Document)  # see proof.py
    verdict: Mapped[dict[str, Any] | None] = mapped_column(Document)


class Payment(Model):
    """Money that the provider says it has taken. One per session, so never counted twice."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    session_id: Mapped[str] = mapped_column(String(255), unique=True)
    provider_payment_id: Mapped[str] = mapped_column(String(255))  # what a refund names
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    livemode: Mapped[bool] = mapped_column()
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Refund(Model):
    """Money going back. The row comes first, so that the provider is asked with a lasting key."""

    __tablename__ = "refund"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, ... within its order
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=RefundState.PENDING, index=True)
    provider_refund_id: Mapped[str] = mapped_column(String(255), default="")
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class PaymentEvent(Model):
    """The inbox: what the provider sent, as sent, kept before anything is done about it."""

    __tablename__ = "payment_event"

    id: Mapped[str] = mapped_column(String(255), primary_key=True)  # the provider's own id
    kind: Mapped[str] = mapped_column(String(100))
    session_id: Mapped[str] = mapped_column(String(255), default="")  # "" for other subjects
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    processed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    outcome: Mapped[str] = mapped_column(String(40), default="")
