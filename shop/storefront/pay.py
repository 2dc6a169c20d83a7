"""The page that stands in for a payment provider, and the way back from any of them."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from shop.orders import carts, receipts, settling
from shop.orders.demo_payments import DemoPayments
from shop.orders.receipts import Receipt
from shop.orders.states import OPEN
from shop.plumbing import clock
from shop.web.access import public
from shop.web.carts import cart_token, forget_cart
from shop.web.context import current_shop
from shop.web.transactions import write

bp = Blueprint("pay", __name__, url_prefix="/pay")


@bp.get("/<token>")
@public
def show(token: str) -> str | Response:
    """The demo provider's page: pay, decline or abandon, and no money moves."""
    _demo()
    receipt = receipts.by_token(token)
    if receipt.state not in OPEN or receipt.session_id is None:
        return redirect(url_for("order.show", token=token), code=303)
    return render_template("storefront/pay/show.html", order=receipt, token=token)


@bp.post("/<token>/pay")
@public
def pay(token: str) -> Response:
    """As if a card was accepted."""
    payments, session_id = _demo(), _session(receipts.by_token(token))
    payments.pay(session_id)
    return _settled(token, session_id)


@bp.post("/<token>/decline")
@public
def decline(token: str) -> str:
    """As if a card was refused. The order waits for another try."""
    payments, receipt = _demo(), receipts.by_token(token)
    payments.decline(_session(receipt))
    return render_template(
        "storefront/pay/show.html", order=receipts.by_token(token), token=token, is_declined=True
    )


@bp.post("/<token>/abandon")
@public
def abandon(token: str) -> Response:
    """As if the shopper left. What was held is free again."""
    payments, session_id = _demo(), _session(receipts.by_token(token))
    payments.abandon(session_id)
    return _settled(token, session_id)


@bp.get("/<token>/return")
@public
def back(token: str) -> str | Response:
    """Where a provider sends the shopper after paying. Looking changes nothing: a form does."""
    receipt = receipts.by_token(token)
    if receipt.session_id is None or receipt.state not in OPEN:
        return redirect(url_for("order.show", token=token), code=303)
    return render_template("storefront/pay/back.html", token=token)


@bp.post("/<token>/return")
@public
def confirm(token: str) -> Response:
    """Ask the provider, bring the order up to its answer, and show it."""
    return _settled(token, _session(receipts.by_token(token)))


def _settled(token: str, session_id: str) -> Response:
    settling.settle(session_id, payments=current_shop().payments, transaction=write)
    response = redirect(url_for("order.show", token=token), code=303)
    count = carts.count(cart_token(), at=clock.now())
    if count == 0:
        forget_cart(response)
    return response


def _demo() -> DemoPayments:
    payments = current_shop().payments
    if not isinstance(payments, DemoPayments):
        raise NotFound
    return payments


def _session(receipt: Receipt) -> str:
    if receipt.session_id is None:
        raise NotFound
    return receipt.session_id
