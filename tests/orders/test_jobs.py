"""Events and sweeps: the queue runs what rows say is due, and running twice changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from shop.orders import events, jobs, placing, refunds, settling
from shop.orders.models import Cart, Order, PaymentEvent, Refund, RefundState, State
from shop.orders.payments import Event
from shop.plumbing import jobs as queue
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Job
from shop.plumbing.mail import Letter
from tests.doubles.stripe_double import Fault
from tests.orders.factories import cart_of, opened, place, reserved_of, stocked

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def work(payments):
    """Let a worker do all that is due; returns how many jobs ran."""
    return lambda: queue.run_due(jobs.handlers(payments))


@pytest.fixture
def order(app, payments):
    return opened(cart_of((stocked(5), 2)), payments)[0]


def sweep():
    with transaction():
        jobs.ring_for_due()


def send(event, times=1):
    for _ in range(times):
        with transaction():
            events.receive(
                Event(event["id"], event["type"], event["data"]["object"]["id"], "{}"), at=now()
            )


def state_of(order):
    db.session.rollback()
    db.session.refresh(order)
    return order.state


def test_event_is_kept_once_and_leads_to_the_settlement(counter, order, work):
    counter.pay(order.session_id)
    send(counter.events[0], times=3)

    assert db.session.query(PaymentEvent).count() == 1
    assert work() == 1
    assert state_of(order) == State.PAID
    assert db.session.query(PaymentEvent).one().outcome == "paid"


def test_events_in_any_order_lead_to_the_same_end(counter, order, work, payments):
    counter.pay(order.session_id)
    paid = counter.events[0]
    expired = {**paid, "id": "evt_late", "type": "checkout.session.expired"}
    for event in (expired, paid, expired):  # what a message says is never believed
        send(event)
        work()

    assert state_of(order) == State.PAID
    assert db.session.query(Letter).count() == 1


def test_event_of_another_subject_or_account_is_done_with(counter, order, work):
    send({"id": "evt_a", "type": "charge.updated", "data": {"object": {"id": ""}}})
    send({"id": "evt_b", "type": "checkout.session.completed", "data": {"object": {"id": "cs_x"}}})
    work()

    rows = db.session.query(PaymentEvent).order_by(PaymentEvent.id)
    assert [row.outcome for row in rows] == ["ignored", "not_ours"]
    assert all(row.processed_at for row in rows)


def test_event_whose_bell_was_lost_is_rung_for_again(counter, order, work, clock):
    counter.pay(order.session_id)
    send(counter.events[0])
    with transaction():
        db.session.query(Job).delete()
    sweep()
    assert db.session.query(Job).count() == 0  # its own bell may still be under way
    clock.shift(60)
    sweep()
    work()

    assert state_of(order) == State.PAID


def test_event_is_tried_again_when_the_provider_is_out_of_reach(counter, order, work, clock):
    counter.pay(order.session_id)
    send(counter.events[0])
    counter.faults.extend([Fault.DROPPED_BEFORE] * 3)
    work()
    assert state_of(order) == State.AWAITING_PAYMENT

    clock.shift(timedelta(minutes=2))
    work()

    assert state_of(order) == State.PAID


@pytest.mark.parametrize(
    ("minutes", "state", "reserved"),
    [(49, State.AWAITING_PAYMENT, 2), (51, State.EXPIRED, 0)],
)
def test_sweep_closes_orders_whose_time_is_over(order, work, clock, *, minutes, state, reserved):
    clock.shift(timedelta(minutes=minutes))
    sweep()
    sweep()
    work()

    assert state_of(order) == state
    line = settling.receipts.lines_of(order.id)[0]
    assert reserved_of(line) == [reserved]


def test_sweep_settles_what_was_paid_and_never_told(counter, order, work, clock):
    clock.shift(timedelta(minutes=20))
    counter.pay(order.session_id)
    clock.shift(timedelta(minutes=31))
    sweep()
    work()

    assert state_of(order) == State.PAID


def test_sweep_closes_drafts_that_lost_their_shopper(app, work, clock):
    variant = stocked(5)
    order = place(cart_of((variant, 2)), placing.new_form_token())
    clock.shift(timedelta(minutes=6))
    sweep()
    work()

    assert state_of(order) == State.EXPIRED
    assert reserved_of(variant) == [0]


def test_bell_for_an_order_that_is_not_due_is_answered_with_nothing(order, work):
    with transaction():
        queue.enqueue(jobs.CLOSE, order.public_id)
    work()

    assert state_of(order) == State.AWAITING_PAYMENT


def test_sweep_asks_again_for_refunds_that_wait(counter, payments, order, work, clock):
    counter.pay(order.session_id)
    settling.settle(order.session_id, payments=payments, transaction=transaction)
    with transaction():
        refunds.ask(order.public_id, reason="")
        db.session.query(Job).delete()
    clock.shift(61)
    sweep()
    work()

    assert db.session.query(Refund).one().state == RefundState.DONE
    assert state_of(order) == State.REFUNDED


def test_sweep_forgets_carts_after_thirty_days(app, work, clock):
    cart_of((stocked(5), 1))
    clock.shift(timedelta(days=29))
    sweep()
    work()
    assert db.session.query(Cart).count() == 1

    clock.shift(timedelta(days=1))
    sweep()
    work()

    assert db.session.query(Cart).count() == 0


def test_sweep_of_an_idle_shop_rings_for_nothing(app):
    sweep()

    assert db.session.query(Job).count() == db.session.query(Order).count() == 0
