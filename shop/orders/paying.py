"""Where does the shopper go to pay for an order that was placed?

The provider is asked between two transactions. The address of the payment leaves the house only
after its session is written down, so a session that we do not know of can never be paid.
"""

from contextlib import suppress

import structlog
from sqlalchemy import select

from shop.orders import receipts, stock
from shop.orders.models import Order, State
from shop.orders.payments import Bill, PaymentProvider, Session
from shop.orders.placing import GRACE
from shop.orders.states import advance
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, Refused, ShopError
from shop.plumbing.jobs import Transaction

_log = structlog.get_logger()


def open_session(token: str, *, payments: PaymentProvider, transaction: Transaction) -> str:
    """The address at which this order is paid; call with no transaction open.

    Asked again (a form sent twice, an answer lost on the way), it gives the same address. Raises
    Unavailable when the provider does not answer: the order stays, the same form may be sent
    again. Raises Refused when the provider says no: the order is cancelled and its stock is free.
    Raises Conflict when the order is paid already or its time is over.
    """
    order = receipts.order_by_token(token)
    if order.state == State.AWAITING_PAYMENT and order.session_url:
        return order.session_url
    _insist_draft(order)
    bill, key, order_id = _bill(order, token), f"order-{order.public_id}-{order.attempt}", order.id
    db.session.rollback()  # give the connection back: the provider may take its time
    try:
        session = payments.create_session(bill, idempotency_key=key)
    except Refused:
        with transaction():
            _cancel_draft(order_id)
        raise
    with transaction():
        is_recorded = _record(order_id, session, is_live=payments.is_live)
    if not is_recorded:
        with suppress(ShopError):  # nobody has its address, so it runs out unpaid by itself
            payments.expire(session.id)
        _over()
    return session.url


def locked(order_id: int) -> Order:
    """The order as it is now, for this transaction alone."""
    return db.session.execute(
        select(Order)
        .where(Order.id == order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def let_go(order: Order, into: State) -> None:
    """Close an order that was not paid, and free what it held."""
    advance(order, into)
    if order.holds_stock:
        stock.release(receipts.lines_of(order.id))
        order.holds_stock = False
    db.session.flush()


def _record(order_id: int, session: Session, *, is_live: bool) -> bool:
    order = locked(order_id)
    if order.state == State.DRAFT:
        order.session_id, order.session_url = session.id, session.url
        order.livemode = is_live
        advance(order, State.AWAITING_PAYMENT)
        db.session.flush()
    return order.session_id == session.id and order.state == State.AWAITING_PAYMENT


def _cancel_draft(order_id: int) -> None:
    order = locked(order_id)
    if order.state == State.DRAFT:
        let_go(order, State.CANCELLED)


def _bill(order: Order, token: str) -> Bill:
    return Bill(
        order_public_id=order.public_id,
        amount_minor=order.total_minor,
        currency=order.currency,
        expires_at=order.expires_at - GRACE,
        pay_path=f"/pay/{token}",
        paid_path=f"/pay/{token}/return",
        back_path=f"/orders/{token}",
    )


def _insist_draft(order: Order) -> None:
    if order.state != State.DRAFT:
        _over()


def _over() -> None:
    code = "orders.payment_over"
    message = "This order is paid already, or its time to pay is over. Open your order to see."
    raise Conflict(code, message)
