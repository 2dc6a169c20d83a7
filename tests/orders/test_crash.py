"""A process killed between any two statements loses nothing, and the shopper just goes on."""

import signal

from shop.orders import placing
from shop.orders.models import Order, OrderLine, Payment, State
from shop.plumbing.db import db
from shop.plumbing.mail import Letter
from tests.orders.factories import cart_of, reserved_of, stocked
from tests.orders.processes import buy, buy_and_die, run_until_killed

STRIDE = 5  # every fifth statement or commit on the way


def test_purchase_killed_anywhere_is_one_purchase_after_all(app, database_url, tmp_path):
    variant = stocked(3, 200)
    step, kills = 1, 0
    while True:
        cart, form = cart_of((variant, 2)), placing.new_form_token()
        code = run_until_killed(buy_and_die, database_url, tmp_path, (cart, form, step))
        assert buy(cart, form) is State.PAID  # the shopper's browser sends the form again
        kills += 1
        step += STRIDE
        if code != -signal.SIGKILL:
            break

    assert code == 0, "the last one ran to its end"
    assert kills > 5, "the way is longer than that"
    counts = [db.session.query(table).count() for table in (Order, Payment, Letter)]
    assert counts == [kills] * 3
    assert sum(reserved_of(variant)) == 2 * kills
    quantities = [row.quantity for row in db.session.query(OrderLine.quantity)]
    assert sum(quantities) == 2 * kills
