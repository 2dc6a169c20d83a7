"""Which state may follow which? An order only ever moves forward."""

from collections.abc import Mapping

from shop.orders.models import Order, State
from shop.plumbing.errors import Conflict

# Money may come late: an order that expired or was cancelled can still become paid.
NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.AWAITING_PAYMENT, State.EXPIRED, State.CANCELLED}),
    State.AWAITING_PAYMENT: frozenset(
        {State.EXPIRED, State.CANCELLED, State.PAID, State.PAID_NEEDS_ATTENTION}
    ),
    State.EXPIRED: frozenset({State.PAID, State.PAID_NEEDS_ATTENTION}),
    State.CANCELLED: frozenset({State.PAID, State.PAID_NEEDS_ATTENTION}),
    State.PAID: frozenset({State.PAID_NEEDS_ATTENTION, State.FULFILLED, State.REFUNDED}),
    State.PAID_NEEDS_ATTENTION: frozenset({State.FULFILLED, State.REFUNDED}),
    State.FULFILLED: frozenset({State.REFUNDED}),
    State.REFUNDED: frozenset(),
}
# Nothing has been paid yet, and the stock is held.
OPEN = frozenset({State.DRAFT, State.AWAITING_PAYMENT})
# Money came and was kept.
CAPTURED = frozenset({State.PAID, State.PAID_NEEDS_ATTENTION, State.FULFILLED, State.REFUNDED})


def advance(order: Order, to: State) -> None:
    """Move the order on. Raises Conflict for a move that the table does not have."""
    if to not in NEXT[State(order.state)]:
        code = "orders.state"
        message = f"An order that is {_words(order.state)} cannot become {_words(to)}."
        raise Conflict(code, message, order=order.public_id, state=order.state, to=to.value)
    order.state = to


def _words(state: str) -> str:
    return state.replace("_", " ")
