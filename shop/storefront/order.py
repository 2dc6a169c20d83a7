"""An order's own page, opened by its unguessable link: what was bought, and the papers for it."""

from flask import Blueprint, render_template

from shop.orders import receipts
from shop.orders.models import State
from shop.orders.states import CAPTURED, OPEN
from shop.storefront.proofs import papers_of
from shop.web.access import public

bp = Blueprint("order", __name__, url_prefix="/orders")


@bp.get("/<token>")
@public
def show(token: str) -> str:
    """The order with each lot and its certificate as they stood when it was placed."""
    receipt = receipts.by_token(token)
    return render_template(
        "storefront/order/show.html",
        order=receipt,
        token=token,
        papers=[papers_of(line) for line in receipt.lines],
        is_open=receipt.state in OPEN,
        is_over=receipt.state in {State.EXPIRED, State.CANCELLED},
        is_paid=receipt.state in CAPTURED,
    )
