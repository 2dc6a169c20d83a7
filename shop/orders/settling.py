"""Was this order paid, and does everything about the money agree?

`settle` asks the provider outside every transaction and then writes in one. The page a shopper
comes back to, the provider's messages and the sweep all end here, in any order and any number.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from shop.orders import carts, letters, paying, receipts, stock, tokens
from shop.orders.inserting import insert_once
from shop.orders.models import Order, Payment, State
from shop.orders.payments import PaymentProvider, Session, SessionStatus
from shop.orders.states import CAPTURED, OPEN, advance
from shop.plumbing.clock import now
from shop.plumbing.db import db, new_public_id
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Transaction

# A draft that got no session in this time lost its shopper or its process.
DRAFT_LIFE = timedelta(minutes=5)
_log = structlog.get_logger()


def settle(session_id: str, *, payments: PaymentProvider, transaction: Transaction) -> State | None:
    """Bring the order of this session up to what the provider says; returns where it stands.

    None when the session belongs to no order of ours. Call with no transaction open. Raises
    NotFound or Unavailable as the provider does. Safe to call any number of times.
    """
    return _apply(payments.fetch(session_id), payments, transaction)


def close(
    public_id: str,
    *,
    payments: PaymentProvider,
    transaction: Transaction,
    into: State = State.EXPIRED,
) -> State:
    """End an unpaid order: first at the provider, then here. Paid meanwhile, it is settled.

    `into` is EXPIRED or CANCELLED. Call with no transaction open. An order that is not open any
    more is left as it is.
    """
    order = _by_public_id(public_id)
    order_id, state, session_id = order.id, State(order.state), order.session_id
    db.session.rollback()  # give the connection back: the provider may take its time
    if state not in OPEN:
        return state
    if session_id is not None:
        try:
            session = payments.expire(session_id)
        except NotFound:  # the provider never heard of it, so nobody can pay it
            _log.warning("orders.session_missing", order=public_id)
        else:
            return _apply(session, payments, transaction, into=into) or state
    with transaction():
        order = paying.locked(order_id)
        if order.state in OPEN and order.session_id == session_id:
            paying.let_go(order, into)
        return State(order.state)


def close_earlier(
    cart_token: str | None, form_token: str, *, payments: PaymentProvider, transaction: Transaction
) -> None:
    """Cancel the unpaid orders that came from this cart by another form, so that a shopper who
    went back and changed something does not compete with themselves for the last bottle.
    """
    if not cart_token:
        return
    found = db.session.scalars(
        select(Order.public_id).where(
            Order.cart_hash == tokens.digest(cart_token),
            Order.form_hash != tokens.digest(form_token),
            Order.state.in_(OPEN),
        )
    ).all()
    for public_id in found:
        close(public_id, payments=payments, transaction=transaction, into=State.CANCELLED)


def is_due(order: Order, *, at: datetime) -> bool:
    """Whether an open order's time is over."""
    if order.state == State.DRAFT:
        return order.created_at + DRAFT_LIFE <= at
    return order.state in OPEN and order.expires_at <= at


def _apply(
    session: Session,
    payments: PaymentProvider,
    transaction: Transaction,
    *,
    into: State = State.EXPIRED,
) -> State | None:
    with transaction():
        order = db.session.scalar(
            select(Order)
            .where(Order.public_id == session.order_public_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if order is None:
            _log.warning("orders.session_of_nobody", session=session.id)
            return None
        if session.is_paid:
            _take_money(order, session, payments)
        elif session.status is SessionStatus.EXPIRED and _is_its_session(order, session):
            paying.let_go(order, into)
        return State(order.state)


def _is_its_session(order: Order, session: Session) -> bool:
    return order.state == State.AWAITING_PAYMENT and order.session_id == session.id


def _take_money(order: Order, session: Session, payments: PaymentProvider) -> None:
    is_new = insert_once(
        Payment,
        Payment.session_id,
        {
            "public_id": new_public_id(),
            "order_id": order.id,
            "session_id": session.id,
            "provider_payment_id": session.payment_id,
            "amount_minor": session.amount_minor,
            "currency": session.currency,
            "livemode": session.livemode,
            "recorded_at": now(),
        },
    )
    if not is_new:
        return
    if order.state == State.DRAFT:  # paid before its session was written down
        order.session_id, order.livemode = session.id, payments.is_live
        advance(order, State.AWAITING_PAYMENT)
    problem = _disagreement(order, session) or _shortage(order)
    if problem:
        _needs_attention(order, problem)
    else:
        _paid(order, payments)
    db.session.flush()


def _disagreement(order: Order, session: Session) -> str:
    """How the money differs from the order; "" when they agree in everything."""
    if order.state in CAPTURED:
        return f"A second payment came, in session {session.id}."
    if session.id != order.session_id:
        return f"Paid in session {session.id}, which is not the order's own."
    if session.livemode is not order.livemode:
        return "Paid in test mode, or the other way round."
    if (session.amount_minor, session.currency) != (order.total_minor, order.currency):
        return (
            f"Paid {session.amount_minor} {session.currency} (minor units),"
            f" ordered for {order.total_minor} {order.currency}."
        )
    return ""


def _shortage(order: Order) -> str:
    """Late money takes its stock again; why that cannot be done, or ""."""
    if order.holds_stock:
        return ""
    if not stock.retake(receipts.lines_of(order.id), at=now()):
        return "Paid after its time was over, and the stock has gone to someone else."
    order.holds_stock = True
    return ""


def _paid(order: Order, payments: PaymentProvider) -> None:
    advance(order, State.PAID)
    order.paid_at = now()
    bought: dict[int, int] = {}
    for line in receipts.lines_of(order.id):
        bought[line.variant_id] = bought.get(line.variant_id, 0) + line.quantity
    carts.take_out(order.cart_hash, bought)
    letters.write_confirmation(order, base_url=payments.base_url)


def _needs_attention(order: Order, problem: str) -> None:
    _log.error("orders.needs_attention", order=order.public_id, problem=problem)
    order.attention = f"{order.attention}\n{problem}".strip()
    order.paid_at = order.paid_at or now()
    if order.state in CAPTURED - {State.PAID}:
        return  # it has gone further; the note stays for staff
    advance(order, State.PAID_NEEDS_ATTENTION)


def _by_public_id(public_id: str) -> Order:
    order = db.session.scalar(select(Order).where(Order.public_id == public_id))
    if order is None:
        code = "orders.missing"
        raise NotFound(code, "There is no such order.")
    return order
