"""Whatever comes, in whatever order: paid means that the money agrees in everything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from shop.catalog.models import Lot, LotStatus
from shop.orders import carts, paying, placing, receipts, settling
from shop.orders.models import Order, Payment, State
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound, Unavailable
from shop.plumbing.mail import Letter
from tests.doubles.stripe_double import Fault
from tests.orders.factories import cart_of, opened, place, reserved_of, stocked

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def settle(payments):
    return lambda session_id: settling.settle(
        session_id, payments=payments, transaction=transaction
    )


@pytest.fixture
def close(payments):
    return lambda order, **more: settling.close(
        order.public_id, payments=payments, transaction=transaction, **more
    )


@pytest.fixture
def bought(app, payments):
    """Five in stock, two of them in an order that awaits its payment."""
    variant = stocked(5)
    cart = cart_of((variant, 2))
    order, token = opened(cart, payments)
    return variant, order, token, cart


def state_of(order):
    db.session.rollback()
    db.session.refresh(order)
    return order.state


def test_unpaid_session_changes_nothing(bought, settle):
    variant, order, _, _ = bought

    assert settle(order.session_id) is State.AWAITING_PAYMENT
    assert reserved_of(variant) == [2]


def test_paid_order_is_paid_once_however_often_it_is_settled(counter, bought, settle):
    variant, order, _, cart = bought
    counter.pay(order.session_id)

    assert [settle(order.session_id) for _ in range(3)] == [State.PAID] * 3

    payment = db.session.query(Payment).one()
    assert (payment.amount_minor, payment.currency, payment.livemode) == (7250, "USD", False)
    assert payment.provider_payment_id.startswith("pi_")
    assert db.session.query(Letter).count() == 1
    assert reserved_of(variant) == [2]  # promised until it is sent
    assert carts.count(cart, at=now()) == 0


def test_confirmation_names_lot_and_total_and_has_a_link_of_its_own(counter, bought, settle):
    _, order, token, _ = bought
    counter.pay(order.session_id)
    settle(order.session_id)

    letter = db.session.query(Letter).one()
    assert letter.to == "j.okafor@mail.example"
    assert "72.50 USD" in letter.text
    assert receipts.by_token(token).lines[0].names["lot"] in letter.text
    link = letter.text.partition("http://localhost/orders/")[2].split()[0]
    assert link != token
    assert receipts.by_token(link).public_id == order.public_id


def test_cart_keeps_what_was_put_in_after_the_order(counter, bought, settle):
    variant, order, _, cart = bought
    with transaction():
        carts.add_to_cart(cart, variant.public_id, 1, at=now())
    counter.pay(order.session_id)
    settle(order.session_id)

    assert carts.count(cart, at=now()) == 1


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"amount_total": 7249}, "Paid 7249 USD"),
        ({"amount_total": 7251}, "Paid 7251 USD"),
        ({"currency": "eur"}, "Paid 7250 EUR"),
        ({"livemode": True}, "test mode"),
    ],
)
def test_money_that_disagrees_needs_attention_and_is_never_paid(
    counter, bought, settle, changes, note
):
    variant, order, _, _ = bought
    counter.pay(order.session_id, **changes)

    assert [settle(order.session_id) for _ in range(2)] == [State.PAID_NEEDS_ATTENTION] * 2
    db.session.refresh(order)
    assert note in order.attention
    assert db.session.query(Payment).count() == 1
    assert db.session.query(Letter).count() == 0
    assert reserved_of(variant) == [2]  # staff decide what becomes of it


def test_payment_in_another_session_needs_attention(counter, bought, settle):
    _, order, _, _ = bought
    other = dict(counter.sessions[order.session_id], id="cs_test_other")
    counter.sessions["cs_test_other"] = other
    counter.pay("cs_test_other")

    assert settle("cs_test_other") is State.PAID_NEEDS_ATTENTION


def test_second_payment_of_a_paid_order_needs_attention(counter, bought, settle):
    _, order, _, _ = bought
    counter.sessions["cs_test_other"] = dict(counter.sessions[order.session_id], id="cs_test_other")
    for session_id in (order.session_id, "cs_test_other"):
        counter.pay(session_id)
        settle(session_id)

    assert state_of(order) == State.PAID_NEEDS_ATTENTION
    assert "second payment" in order.attention
    assert db.session.query(Payment).count() == 2
    assert db.session.query(Letter).count() == 1


def test_session_of_nobody_is_ignored(counter, bought, settle):
    _, order, _, _ = bought
    counter.sessions["cs_other_shop"] = dict(
        counter.sessions[order.session_id], id="cs_other_shop", client_reference_id="elsewhere"
    )
    counter.pay("cs_other_shop")

    assert settle("cs_other_shop") is None
    assert db.session.query(Payment).count() == 0
    with pytest.raises(NotFound):
        settle("cs_never_was")


def test_provider_out_of_reach_changes_nothing(counter, bought, settle):
    _, order, _, _ = bought
    counter.pay(order.session_id)
    counter.faults.extend([Fault.DROPPED_BEFORE] * 3)

    with pytest.raises(Unavailable):
        settle(order.session_id)

    assert state_of(order) == State.AWAITING_PAYMENT
    assert settle(order.session_id) is State.PAID


def test_expired_session_frees_the_stock(bought, clock, settle):
    variant, order, _, _ = bought
    clock.shift(placing.SESSION_LIFE)

    assert [settle(order.session_id) for _ in range(2)] == [State.EXPIRED] * 2
    assert reserved_of(variant) == [0]


def test_close_ends_the_session_at_the_provider_first(counter, bought, close):
    variant, order, _, _ = bought

    assert close(order, into=State.CANCELLED) is State.CANCELLED
    assert counter.sessions[order.session_id]["status"] == "expired"
    assert reserved_of(variant) == [0]
    assert close(order) is State.CANCELLED  # again changes nothing


def test_close_of_an_order_that_was_paid_meanwhile_settles_it(counter, bought, close):
    variant, order, _, _ = bought
    counter.pay(order.session_id)

    assert close(order) is State.PAID
    assert reserved_of(variant) == [2]


def test_close_keeps_the_hold_while_the_provider_is_out_of_reach(counter, bought, close):
    variant, order, _, _ = bought
    counter.faults.extend([Fault.DROPPED_BEFORE] * 3)

    with pytest.raises(Unavailable):
        close(order)

    assert state_of(order) == State.AWAITING_PAYMENT
    assert reserved_of(variant) == [2]


def test_close_of_a_session_that_the_provider_never_knew_frees_the_stock(counter, bought, close):
    variant, order, _, _ = bought
    counter.sessions.clear()

    assert close(order) is State.EXPIRED
    assert reserved_of(variant) == [0]


@pytest.mark.parametrize(
    ("then", "state", "reserved", "letters"),
    [
        ({}, State.PAID, [2], 1),
        ({"reserved": 4}, State.PAID_NEEDS_ATTENTION, [4], 0),  # sold to others meanwhile
        ({"status": LotStatus.RECALLED}, State.PAID_NEEDS_ATTENTION, [0], 0),
    ],
)
def test_late_money_takes_its_stock_again_or_needs_attention(
    counter, bought, settle, close, *, then, state, reserved, letters
):
    variant, order, _, _ = bought
    close(order)
    with transaction():
        if then:
            db.session.execute(update(Lot).values(**then))
    counter.sessions[order.session_id]["status"] = "open"  # as if it had been under way
    counter.pay(order.session_id)

    assert [settle(order.session_id) for _ in range(2)] == [state] * 2
    assert reserved_of(variant) == reserved
    assert db.session.query(Letter).count() == letters


def test_late_money_takes_all_lots_or_none(app, counter, payments, settle, close):
    variant = stocked(1, 1)
    order, _ = opened(cart_of((variant, 2)), payments)
    close(order)
    place(cart_of((variant, 1)))  # the first lot goes to someone else
    counter.sessions[order.session_id]["status"] = "open"
    counter.pay(order.session_id)

    assert settle(order.session_id) is State.PAID_NEEDS_ATTENTION
    assert reserved_of(variant) == [1, 0]


def test_money_for_a_draft_whose_session_was_not_written_down_is_taken(
    app, counter, payments, settle
):
    form = placing.new_form_token()
    order = place(cart_of((stocked(5), 1)), form)
    bill = paying._bill(order, "token")  # noqa: SLF001 - a crash between the two transactions
    session = payments.create_session(bill, idempotency_key=f"order-{order.public_id}-1")
    counter.pay(session.id)

    assert settle(session.id) is State.PAID


@pytest.mark.parametrize(
    ("state", "age", "is_due"),
    [
        (State.DRAFT, timedelta(minutes=4), False),
        (State.DRAFT, timedelta(minutes=5), True),
        (State.AWAITING_PAYMENT, timedelta(minutes=49), False),
        (State.AWAITING_PAYMENT, timedelta(minutes=50), True),
        (State.PAID, timedelta(days=9), False),
        (State.EXPIRED, timedelta(days=9), False),
    ],
)
def test_is_due_when_the_time_of_an_open_order_is_over(state, age, is_due):
    order = Order(state=state, created_at=NOON, expires_at=NOON + timedelta(minutes=50))

    assert settling.is_due(order, at=NOON + age) is is_due
