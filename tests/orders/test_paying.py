"""An order gets one session, however often it is asked for, or its stock is free again."""

import pytest
from sqlalchemy import update

from shop.orders import paying, placing, settling
from shop.orders.models import Order, State
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, Refused, Unavailable
from tests.doubles.stripe_double import Fault
from tests.orders.factories import cart_of, opened, place, reserved_of, stocked


def test_opened_order_awaits_its_payment(app, payments):
    order, token = opened(cart_of((stocked(5), 2)), payments)

    assert order.state == State.AWAITING_PAYMENT
    assert order.livemode is False
    again = paying.open_session(token, payments=payments, transaction=transaction)
    assert again == order.session_url


def test_lost_answer_is_asked_for_again_under_the_same_key(app, counter, payments):
    form = placing.new_form_token()
    order = place(cart_of((stocked(5), 1)), form)
    counter.faults.extend([Fault.DROPPED_AFTER] * 3)
    token = placing.order_token(form)
    with pytest.raises(Unavailable):
        paying.open_session(token, payments=payments, transaction=transaction)
    assert state_of(order) == State.DRAFT

    url = paying.open_session(token, payments=payments, transaction=transaction)

    assert len(counter.sessions) == 1
    assert url == next(iter(counter.sessions.values()))["url"]


def test_refused_session_cancels_the_order_and_frees_the_stock(app, counter, payments):
    variant = stocked(5, price_minor=0)
    form = placing.new_form_token()
    order = place(cart_of((variant, 1)), form)
    with transaction():  # Stripe takes no less than 50 cents
        changed = {"shipping_minor": 49, "total_minor": 49}
        db.session.execute(update(Order).values(**changed))

    with pytest.raises(Refused):
        paying.open_session(placing.order_token(form), payments=payments, transaction=transaction)

    assert state_of(order) == State.CANCELLED
    assert reserved_of(variant) == [0]


def test_session_of_an_order_that_ended_meanwhile_is_never_given_out(app, counter, payments):
    form = placing.new_form_token()
    order = place(cart_of((stocked(5), 1)), form)
    settling.close(order.public_id, payments=payments, transaction=transaction)

    with pytest.raises(Conflict):
        paying.open_session(placing.order_token(form), payments=payments, transaction=transaction)
    assert not counter.sessions


def test_close_earlier_frees_what_the_same_cart_held_by_another_form(app, counter, payments):
    variant = stocked(2)
    cart, form = cart_of((variant, 2)), placing.new_form_token()
    first, _ = opened(cart, payments)
    settling.close_earlier(cart, form, payments=payments, transaction=transaction)

    second, _ = opened(cart, payments, form)
    settling.close_earlier(cart, form, payments=payments, transaction=transaction)

    assert state_of(first) == State.CANCELLED
    assert state_of(second) == State.AWAITING_PAYMENT
    assert reserved_of(variant) == [2]


def state_of(order):
    db.session.rollback()
    db.session.refresh(order)
    return order.state
