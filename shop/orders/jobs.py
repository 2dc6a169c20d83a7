"""What do orders need done later, and what is due now?

Rows are the truth: an open order whose time is over, a message not dealt with, a refund not yet
answered, a cart whose 30 days are over. `ring_for_due` rings for each; running twice changes
nothing.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import and_, exists, or_, select

from shop.orders import carts, events, refunds, settling
from shop.orders.models import Cart, Order, PaymentEvent, Refund, RefundState, State
from shop.orders.payments import PaymentProvider
from shop.orders.settling import DRAFT_LIFE
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Handler, Transaction, enqueue

CLOSE = "order.close"
CARTS = "carts.drop"
_AT_ONCE = 500
# A bell rung with its row needs this long to be answered before the sweep rings again.
_PATIENCE = timedelta(minutes=1)


def handlers(payments: PaymentProvider) -> Mapping[str, Handler]:
    """What runs for each kind of job of this room."""

    def process_event(event_id: str, transaction: Transaction) -> None:
        events.process(event_id, payments=payments, transaction=transaction)

    def close_order(public_id: str, transaction: Transaction) -> None:
        if _is_due(public_id):
            settling.close(public_id, payments=payments, transaction=transaction)

    def ask_refund(public_id: str, transaction: Transaction) -> None:
        refunds.carry_out(public_id, payments=payments, transaction=transaction)

    def drop_carts(_: str, transaction: Transaction) -> None:
        with transaction():
            carts.drop_expired(at=now())

    return {
        events.JOB: Handler(process_event),
        CLOSE: Handler(close_order),
        refunds.JOB: Handler(ask_refund),
        CARTS: Handler(drop_carts),
    }


def ring_for_due() -> None:
    """Ring for everything of this room that is due (the sweep), in the caller's transaction."""
    moment = now()
    due = select(Order.public_id).where(
        or_(
            and_(Order.state == State.DRAFT, Order.created_at <= moment - DRAFT_LIFE),
            and_(Order.state == State.AWAITING_PAYMENT, Order.expires_at <= moment),
        )
    )
    unprocessed = select(PaymentEvent.id).where(
        PaymentEvent.processed_at.is_(None), PaymentEvent.received_at <= moment - _PATIENCE
    )
    pending = select(Refund.public_id).where(
        Refund.state == RefundState.PENDING, Refund.asked_at <= moment - _PATIENCE
    )
    for kind, statement in ((CLOSE, due), (events.JOB, unprocessed), (refunds.JOB, pending)):
        for key in db.session.scalars(statement.limit(_AT_ONCE)):
            enqueue(kind, key)
    if db.session.scalar(select(exists().where(Cart.expires_at <= moment))):
        enqueue(CARTS, "all")


def _is_due(public_id: str) -> bool:
    order = db.session.scalar(select(Order).where(Order.public_id == public_id))
    if order is None:
        code = "orders.missing"
        raise NotFound(code, "There is no such order.")
    return settling.is_due(order, at=now())
