"""What does a cart look like now: prices, the lots that would ship, and what stands in the way?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.orders import carts, pricing, stock
from shop.orders.carts import Wanted
from shop.orders.pricing import Totals
from shop.orders.proof import Proof


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the cart's page shows it. `problem` says why it cannot be bought as it is."""

    wanted: Wanted
    lot_public_id: str  # of the lot that would ship first; "" when there is none
    lot_code: str
    proof: Proof | None
    available: int
    problem: str

    @property
    def total_minor(self) -> int:
        return (self.wanted.unit_minor or 0) * self.wanted.quantity


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as its page shows it. `totals` is None for an empty cart."""

    lines: Sequence[LineView]
    totals: Totals | None

    @property
    def count(self) -> int:
        return sum(line.wanted.quantity for line in self.lines)

    @property
    def can_check_out(self) -> bool:
        return bool(self.lines) and not any(line.problem for line in self.lines)


def cart_view(
    token: str | None, *, at: datetime, shipping_method: str = pricing.STANDARD
) -> CartView:
    """The cart with prices, the lots that would ship and what stands behind them, as of now."""
    lines = carts.wanted_in(token, at=at)
    lots = stock.free_lots((line.variant_id for line in lines), at=at)
    views = [_line_view(line, lots[line.variant_id]) for line in lines]
    priced = [line.priced for line in lines if line.priced is not None]
    return CartView(views, pricing.totals(priced, shipping_method) if priced else None)


def problem_with(wanted: Wanted, lots: Sequence[stock.FreeLot]) -> str:
    """Why this line cannot be bought as it stands, in a full sentence; "" when it can."""
    if wanted.priced is None:
        return f"{wanted.product} is not sold here."
    available = sum(lot.free for lot in lots if lot.is_sellable)
    if available >= wanted.quantity:
        return ""
    held_back = [lot.proof.problem for lot in lots if not lot.is_sellable]
    if available == 0 and held_back:
        return f"{wanted.product} cannot be sold at the moment: {held_back[0]}"
    if available == 0:
        return f"{wanted.product} is sold out."
    return f"Only {available} of {wanted.product} left."


def _line_view(wanted: Wanted, lots: Sequence[stock.FreeLot]) -> LineView:
    sellable = [lot for lot in lots if lot.is_sellable]
    first = sellable[0] if sellable else lots[0] if lots else None
    available = sum(lot.free for lot in sellable)
    return LineView(
        wanted=wanted,
        lot_public_id=first.public_id if first else "",
        lot_code=first.code if first else "",
        proof=first.proof if first else None,
        available=available,
        problem=problem_with(wanted, lots),
    )
