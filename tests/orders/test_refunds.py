import pytest

from shop.orders import refunds, settling
from shop.orders.models import Order, Refund, RefundState, State
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound, Refused, Unavailable
from shop.plumbing.jobs import Job
from tests.doubles.stripe_double import Fault
from tests.orders.factories import cart_of, opened, reserved_of, stocked


@pytest.fixture
def paid(app, counter, payments):
    """An order of 38.50 USD, paid, and the variant in it."""
    variant = stocked(5)
    order, _ = opened(cart_of((variant, 1)), payments)
    counter.pay(order.session_id)
    settling.settle(order.session_id, payments=payments, transaction=transaction)
    return order.public_id, variant


def ask(order_id, amount=None):
    with transaction():
        return refunds.ask(order_id, amount, reason="asked by the shopper")


def carry_out(refund_id, payments):
    return refunds.carry_out(refund_id, payments=payments, transaction=transaction)


def state_of(order_id):
    db.session.rollback()
    return db.session.query(Order.state).filter(Order.public_id == order_id).scalar()


def test_whole_refund_goes_back_once_and_frees_the_stock(counter, payments, paid):
    order_id, variant = paid
    refund_id = ask(order_id)

    assert [carry_out(refund_id, payments) for _ in range(2)] == [RefundState.DONE] * 2
    assert counter.returned() == 3850
    assert state_of(order_id) == State.REFUNDED
    assert reserved_of(variant) == [0]


def test_partial_refunds_add_up_to_the_payment_and_no_cent_more(counter, payments, paid):
    order_id, _ = paid
    for amount in (1283, 1283):
        carry_out(ask(order_id, amount), payments)
    assert state_of(order_id) == State.PAID
    with pytest.raises(Refused, match="left") as refusal:
        ask(order_id, 1285)
    assert refusal.value.details == {"left_minor": 1284}

    carry_out(ask(order_id), payments)  # the last takes what is left

    assert counter.returned() == 3850
    assert state_of(order_id) == State.REFUNDED
    with pytest.raises(Refused):
        ask(order_id)


def test_refund_that_waits_counts_already(payments, paid):
    order_id, _ = paid
    ask(order_id, 3000)

    with pytest.raises(Refused):
        ask(order_id, 851)


@pytest.mark.parametrize("amount", [0, -1, 3851, 10**12])
def test_refund_of_a_senseless_amount_is_refused(paid, amount):
    with pytest.raises(Refused):
        ask(paid[0], amount)

    assert db.session.query(Refund).count() == 0


def test_refund_of_an_unpaid_or_unknown_order_is_refused(app, payments):
    order, _ = opened(cart_of((stocked(5), 1)), payments)

    with pytest.raises(Refused, match="Nothing was paid"):
        ask(order.public_id)
    with pytest.raises(NotFound):
        ask("nosuchorder")


def test_refund_whose_answer_was_lost_is_paid_once(counter, payments, paid):
    refund_id = ask(paid[0])
    counter.faults.extend([Fault.DROPPED_AFTER] * 3)
    with pytest.raises(Unavailable):
        carry_out(refund_id, payments)

    assert carry_out(refund_id, payments) is RefundState.DONE
    assert len(counter.refunds) == 1


def test_refund_that_the_provider_refuses_is_told_to_staff(counter, payments, paid):
    order_id, variant = paid
    counter.sessions.clear()

    assert carry_out(ask(order_id), payments) is RefundState.REFUSED

    order = db.session.query(Order).one()
    assert order.state == State.PAID
    assert "Refund 1 was refused" in order.attention
    assert reserved_of(variant) == [1]
    ask(order_id)  # a refused refund no longer counts, so another may be asked for


def test_refund_is_rung_for_with_its_row(paid):
    refund_id = ask(paid[0])

    keys = [job.key for job in db.session.query(Job).filter(Job.kind == refunds.JOB)]
    assert keys == [refund_id]
