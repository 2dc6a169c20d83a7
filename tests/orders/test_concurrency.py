"""Many processes, one shelf: exactly what there is is sold, and the same form is one order."""

from collections import Counter

from sqlalchemy import func, select

from shop.catalog.models import Lot
from shop.orders import placing
from shop.orders.models import Order, OrderLine
from shop.plumbing.db import db
from tests.orders.factories import cart_of, reserved_of, stocked
from tests.orders.processes import place_all, place_one, run_together

PROCESSES = 8


def test_last_units_are_sold_exactly_once(app, database_url, tmp_path):
    variant = stocked(13, 7)
    carts = [[cart_of((variant, 1)) for _ in range(5)] for _ in range(PROCESSES)]

    answers = run_together(place_all, database_url, tmp_path, carts)

    outcomes = Counter(outcome for answer in answers for outcome in answer)
    assert outcomes == {"placed": 20, "orders.line_unavailable": 20}, answers
    assert reserved_of(variant) == [13, 7]
    assert db.session.scalar(select(func.sum(OrderLine.quantity))) == 20


def test_same_form_sent_by_many_at_once_is_one_order(app, database_url, tmp_path):
    variant = stocked(50)
    task = (cart_of((variant, 2)), placing.new_form_token())

    answers = run_together(place_one, database_url, tmp_path, [task] * PROCESSES)

    assert len(set(answers)) == 1, answers
    assert db.session.query(Order).one().public_id == answers[0]
    assert reserved_of(variant) == [2]


def test_orders_that_name_the_same_lots_in_opposite_order_never_block_for_good(
    app, database_url, tmp_path
):
    first, second = stocked(20, 20), stocked(20, 20)
    carts = [
        [cart_of(*pairs) for _ in range(4)]
        for pairs in [((first, 3), (second, 2)), ((second, 3), (first, 2))] * (PROCESSES // 2)
    ]

    answers = run_together(place_all, database_url, tmp_path, carts)

    outcomes = Counter(outcome for answer in answers for outcome in answer)
    assert set(outcomes) == {"placed", "orders.line_unavailable"}, answers
    sold = db.session.scalar(select(func.sum(OrderLine.quantity)))
    assert sold == db.session.scalar(select(func.sum(Lot.reserved))) == 5 * outcomes["placed"]
