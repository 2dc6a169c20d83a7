"""What may somebody with an order's link see? The order as it was placed, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from shop.orders import tokens
from shop.orders.models import Order, OrderLine, State
from shop.orders.pricing import Totals
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """So many of one lot, with names, certificate and verdict as they stood (see proof.py)."""

    names: Mapping[str, str]
    quantity: int
    unit_minor: int
    certificate: Mapping[str, Any] | None
    verdict: Mapping[str, Any] | None

    @property
    def total_minor(self) -> int:
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An order as its page shows it. `session_url` leads to the payment while one is open."""

    public_id: str
    state: State
    email: str
    name: str
    address: Mapping[str, str]
    totals: Totals
    lines: Sequence[ReceiptLine]
    session_id: str | None
    session_url: str | None
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None


def by_token(token: str) -> Receipt:
    """The order that this link opens. Raises NotFound; there is no other way in."""
    return receipt(order_by_token(token))


def order_by_token(token: str) -> Order:
    """The order's row, for services. Raises NotFound."""
    if tokens.is_plausible(token):
        digest = tokens.digest(token)
        order = db.session.scalar(
            select(Order).where(or_(Order.token_hash == digest, Order.letter_hash == digest))
        )
        if order is not None and (
            tokens.is_same(token, order.token_hash) or tokens.is_same(token, order.letter_hash)
        ):
            return order
    code = "orders.missing"
    raise NotFound(code, "There is no order under this address. Check that the link is whole.")


def receipt(order: Order) -> Receipt:
    return Receipt(
        public_id=order.public_id,
        state=State(order.state),
        email=order.email,
        name=order.name,
        address=order.address,
        totals=Totals(
            currency=order.currency,
            subtotal_minor=order.subtotal_minor,
            shipping_minor=order.shipping_minor,
            tax_minor=order.tax_minor,
            discount_minor=order.discount_minor,
        ),
        lines=[
            ReceiptLine(line.names, line.quantity, line.unit_minor, line.certificate, line.verdict)
            for line in lines_of(order.id)
        ],
        session_id=order.session_id,
        session_url=order.session_url,
        created_at=order.created_at,
        expires_at=order.expires_at,
        paid_at=order.paid_at,
    )


def lines_of(order_id: int) -> Sequence[OrderLine]:
    """The lines in the order of the cart."""
    return db.session.scalars(
        select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position)
    ).all()
