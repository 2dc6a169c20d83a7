"""How does money go back? Never more than came, and never twice.

The refund's row is written first; its number makes the key under which the provider is asked, so
that asking again after a lost answer is still the same refund.
"""

from collections.abc import Iterable

from sqlalchemy import func, select

from shop.orders import paying, receipts, stock
from shop.orders.models import Order, Payment, Refund, RefundState, State
from shop.orders.payments import PaymentProvider
from shop.orders.states import CAPTURED, advance
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, new_public_id
from shop.plumbing.errors import NotFound, Refused

JOB = "refund.ask"
# What counts against the money that came: given back, or asked for.
_COUNTED = (RefundState.PENDING, RefundState.DONE)


def ask(order_public_id: str, amount_minor: int | None = None, *, reason: str) -> str:
    """Write down a refund of so much (all that is left, when None) and ring for it.

    Runs in the caller's transaction; returns the refund's public id. Raises Refused when nothing
    was paid, or when less is left than asked for.
    """
    order_id = db.session.scalar(select(Order.id).where(Order.public_id == order_public_id))
    if order_id is None:
        code = "orders.missing"
        raise NotFound(code, "There is no such order.")
    order = paying.locked(order_id)
    payment, left = _refundable(order)
    amount = left if amount_minor is None else amount_minor
    if not 0 < amount <= left:
        code = "orders.refund_too_much"
        raise Refused(code, "That is more than is left of this payment.", left_minor=left)
    refund = Refund(
        public_id=new_public_id(),
        order_id=order.id,
        payment_id=payment.id,
        number=1 + _count(order.id),
        amount_minor=amount,
        currency=payment.currency,
        reason=reason,
        state=RefundState.PENDING,
        asked_at=now(),
    )
    db.session.add(refund)
    db.session.flush()
    jobs.enqueue(JOB, refund.public_id)
    return refund.public_id


def carry_out(
    public_id: str, *, payments: PaymentProvider, transaction: jobs.Transaction
) -> RefundState:
    """Ask the provider, then write down what it said. Safe to run twice."""
    row = db.session.execute(
        select(Refund, Payment.provider_payment_id, Order.public_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.public_id == public_id)
    ).one()
    refund, provider_payment_id, order_public_id = row
    if refund.state != RefundState.PENDING:
        return RefundState(refund.state)
    order_id, amount, key = (
        refund.order_id,
        refund.amount_minor,
        f"{order_public_id}-{refund.number}",
    )
    db.session.rollback()  # give the connection back: the provider may take its time
    try:
        receipt = payments.refund(
            provider_payment_id,
            amount,
            order_public_id=order_public_id,
            idempotency_key=f"refund-{key}",
        )
        told, provider_refund_id = receipt.state, receipt.id
    except (Refused, NotFound):
        told, provider_refund_id = RefundState.REFUSED, ""
    with transaction():
        _write_down(order_id, public_id, told, provider_refund_id)
    return told


def _write_down(order_id: int, public_id: str, told: RefundState, provider_id: str) -> None:
    order = paying.locked(order_id)
    refund = db.session.execute(
        select(Refund)
        .where(Refund.public_id == public_id)
        .execution_options(populate_existing=True)
    ).scalar_one()
    if refund.state != RefundState.PENDING:
        return
    refund.provider_refund_id = provider_id
    refund.state = told
    if told is RefundState.PENDING:
        return
    refund.settled_at = now()
    if told is RefundState.REFUSED:
        order.attention = f"{order.attention}\nRefund {refund.number} was refused.".strip()
    db.session.flush()
    _close_if_all_is_back(order)


def _close_if_all_is_back(order: Order) -> None:
    if order.state == State.REFUNDED or _sum_of_refunds(order.id, (RefundState.DONE,)) < _paid(
        order.id
    ):
        return
    if order.state != State.FULFILLED and order.holds_stock:
        stock.release(receipts.lines_of(order.id))
        order.holds_stock = False
    advance(order, State.REFUNDED)
    db.session.flush()


def _refundable(order: Order) -> tuple[Payment, int]:
    """The payment that still has the most to give back, and how much that is."""
    payments = db.session.scalars(
        select(Payment).where(Payment.order_id == order.id).order_by(Payment.id)
    ).all()
    if not payments or order.state not in CAPTURED:
        code = "orders.nothing_paid"
        raise Refused(code, "Nothing was paid for this order, so nothing can be paid back.")
    left = {payment: payment.amount_minor - _given_back(payment.id) for payment in payments}
    payment = max(payments, key=lambda payment: left[payment])
    return payment, left[payment]


def _given_back(payment_id: int) -> int:
    counted = select(func.sum(Refund.amount_minor)).where(
        Refund.payment_id == payment_id, Refund.state.in_(_COUNTED)
    )
    return int(db.session.scalar(counted) or 0)


def _paid(order_id: int) -> int:
    paid = select(func.sum(Payment.amount_minor)).where(Payment.order_id == order_id)
    return int(db.session.scalar(paid) or 0)


def _sum_of_refunds(order_id: int, states: Iterable[RefundState]) -> int:
    counted = select(func.sum(Refund.amount_minor)).where(
        Refund.order_id == order_id, Refund.state.in_(tuple(states))
    )
    return int(db.session.scalar(counted) or 0)


def _count(order_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(Refund).where(Refund.order_id == order_id)
        )
        or 0
    )
