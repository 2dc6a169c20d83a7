"""The demo provider goes through the same states as Stripe does, and refuses production."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from shop.orders import placing, refunds, settling
from shop.orders.demo_payments import DemoPayments, DemoSession
from shop.orders.models import RefundState, State
from shop.orders.payments import SessionStatus
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound
from shop.web.context import current_shop
from tests.orders.factories import cart_of, opened, reserved_of, stocked

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def order(app, demo):
    return opened(cart_of((stocked(5), 2)), demo)[0]


def settle(order, demo):
    return settling.settle(order.session_id, payments=demo, transaction=transaction)


def test_shop_without_a_key_uses_the_demo(app):
    assert isinstance(current_shop().payments, DemoPayments)


def test_production_is_refused():
    with pytest.raises(ValueError, match="production"):
        DemoPayments("https://shop.example", transaction, is_production=True)


def test_pay_leads_to_a_paid_order(demo, order):
    assert order.session_url.startswith("http://localhost/pay/")
    for _ in range(2):
        demo.pay(order.session_id)

    assert settle(order, demo) is State.PAID


def test_decline_leaves_the_payment_open_for_another_try(demo, order):
    demo.decline(order.session_id)
    assert settle(order, demo) is State.AWAITING_PAYMENT
    assert db.session.query(DemoSession).one().declined == 1

    demo.pay(order.session_id)

    assert settle(order, demo) is State.PAID


def test_abandon_frees_the_stock(demo, order):
    demo.abandon(order.session_id)

    assert settle(order, demo) is State.EXPIRED
    assert reserved_of(settling.receipts.lines_of(order.id)[0]) == [0]
    for act in (demo.pay, demo.decline):
        with pytest.raises(Conflict, match="over"):
            act(order.session_id)


def test_abandon_after_paying_changes_nothing(demo, order):
    demo.pay(order.session_id)

    assert demo.abandon(order.session_id).is_paid
    with pytest.raises(Conflict):
        demo.decline(order.session_id)


def test_session_runs_out_by_itself(demo, order, clock):
    clock.shift(placing.SESSION_LIFE + timedelta(seconds=1))

    assert demo.fetch(order.session_id).status is SessionStatus.EXPIRED
    with pytest.raises(Conflict):
        demo.pay(order.session_id)
    assert settle(order, demo) is State.EXPIRED


def test_refund_goes_back_once(demo, order):
    demo.pay(order.session_id)
    settle(order, demo)
    with transaction():
        refund_id = refunds.ask(order.public_id, reason="")

    for _ in range(2):
        told = refunds.carry_out(refund_id, payments=demo, transaction=transaction)
        assert told is RefundState.DONE


@pytest.mark.parametrize("act", ["fetch", "pay", "decline", "abandon", "expire"])
def test_unknown_session_is_not_found(app, demo, act):
    with pytest.raises(NotFound):
        getattr(demo, act)("demo_nobody")


def test_refund_of_nothing_and_events_are_not_found(app, demo):
    with pytest.raises(NotFound):
        demo.refund("", 100, order_public_id="a", idempotency_key="b")
    with pytest.raises(NotFound):
        demo.read_event(b"{}", "", at=NOON)
