"""From the cart to the payment: one page, one form, one order."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.orders import paying, placing, pricing, settling
from shop.orders.cart_views import CartView, cart_view
from shop.orders.placing import new_form_token, order_token
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused, ShopError, Unavailable
from shop.storefront.forms import CheckoutForm
from shop.storefront.proofs import told_of
from shop.web.access import public
from shop.web.carts import cart_token
from shop.web.context import current_shop
from shop.web.errors import status_of
from shop.web.security import CHECKOUT_LIMIT, limiter
from shop.web.transactions import write

bp = Blueprint("checkout", __name__)


@bp.get("/checkout")
@public
def show() -> Response:
    """What is bought, where it goes, and what it costs."""
    cart = cart_view(cart_token(), at=clock.now())
    if not cart.can_check_out:
        return redirect(url_for("cart.show"), code=303)
    form = CheckoutForm(form_token=new_form_token())
    return _page(form, cart)


@bp.post("/checkout")
@public
@limiter.limit(CHECKOUT_LIMIT)
def place() -> Response:
    """Place the order and go to the payment. The same form, sent twice, is one order."""
    form = CheckoutForm.sent()
    cart = cart_view(cart_token(), at=clock.now())
    if not form.validate():
        if cart.totals is None:
            return redirect(url_for("cart.show"), code=303)
        return _page(form, cart, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return redirect(_placed(form, cart), code=303)
    except (Refused, Conflict, Unavailable) as problem:
        if cart.totals is None:
            raise
        return _page(form, cart, problem=problem, status=status_of(problem))


def _placed(form: CheckoutForm, cart: CartView) -> str:
    payments = current_shop().payments
    form_token = form.form_token.data or ""
    currency = cart.totals.currency if cart.totals is not None else None
    settling.close_earlier(cart_token(), form_token, payments=payments, transaction=write)
    with write():
        placing.place(
            form_token,
            cart_token(),
            form.contact(),
            at=clock.now(),
            shipping_method=form.shipping.data,
            shown_total_minor=form.shown_total(currency) if currency is not None else None,
        )
    return paying.open_session(order_token(form_token), payments=payments, transaction=write)


def _page(
    form: CheckoutForm, cart: CartView, *, problem: ShopError | None = None, status: int = 200
) -> Response:
    assert cart.totals is not None  # noqa: S101 - both callers turned an empty cart away
    form.subtotal.data = str(cart.totals.subtotal_minor)
    body = render_template(
        "storefront/checkout/show.html",
        form=form,
        cart=cart,
        problem=problem,
        problems=form.problems,
        shipping=pricing.SHIPPING[cart.totals.currency],
        payments=current_shop().payments,
        told_of=told_of,
    )
    return make_response(body, status)
