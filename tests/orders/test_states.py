import itertools

import pytest

from shop.orders.models import Order, State
from shop.orders.states import CAPTURED, NEXT, OPEN, advance
from shop.plumbing.errors import Conflict

MOVES = [
    ("draft", "awaiting_payment expired cancelled"),
    ("awaiting_payment", "expired cancelled paid paid_needs_attention"),
    ("expired", "paid paid_needs_attention"),  # late money
    ("cancelled", "paid paid_needs_attention"),
    ("paid", "paid_needs_attention fulfilled refunded"),
    ("paid_needs_attention", "fulfilled refunded"),
    ("fulfilled", "refunded"),
    ("refunded", ""),
]


@pytest.mark.parametrize(("start", "allowed"), MOVES)
def test_advance_goes_where_the_table_says(start, allowed):
    for to in allowed.split():
        order = Order(public_id="a", state=start)
        advance(order, State(to))
        assert order.state == to


@pytest.mark.parametrize(("start", "allowed"), MOVES)
def test_advance_goes_nowhere_else_and_changes_nothing(start, allowed):
    order = Order(public_id="a", state=start)
    for to in set(State) - set(allowed.split()):
        with pytest.raises(Conflict, match=r"orders\.state"):
            advance(order, to)
        assert order.state == start


def test_states_never_lead_back_to_where_they_came_from():
    later = {state: _reachable(state) for state in State}

    assert all(state not in later[state] for state in State)


def test_every_state_is_open_over_or_captured():
    assert set(State) == OPEN | {State.EXPIRED, State.CANCELLED} | CAPTURED
    assert not OPEN & CAPTURED


def test_money_that_came_is_never_forgotten():
    for start, to in itertools.product(CAPTURED, set(State) - CAPTURED):
        assert to not in NEXT[start]


def _reachable(state):
    found = set()
    waiting = list(NEXT[state])
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            waiting.extend(NEXT[reached])
    return found
