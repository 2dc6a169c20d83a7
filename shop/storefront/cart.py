"""The cart: what is in it, which lots would be sent, and changing it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.catalog import service as catalog
from shop.orders import carts
from shop.orders.cart_views import cart_view
from shop.orders.models import MAX_QUANTITY
from shop.plumbing import clock
from shop.plumbing.errors import NotFound, Refused
from shop.storefront.proofs import cart_notice, told_of
from shop.web.access import public
from shop.web.carts import cart_token, forget_cart, remember_cart
from shop.web.transactions import write

bp = Blueprint("cart", __name__, url_prefix="/cart")

_MOST_DIGITS = 3


@bp.get("")
@public
def show() -> str:
    """The cart as of now."""
    view = cart_view(cart_token(), at=clock.now())
    pictures = catalog.media_of({line.wanted.product_id for line in view.lines})
    return render_template(
        "storefront/cart/show.html",
        cart=view,
        most=MAX_QUANTITY,
        pictures={product_id: found[0] for product_id, found in pictures.items()},
        notice=cart_notice(view.lines),
        told_of=told_of,
    )


@bp.post("/lines")
@public
def add() -> Response:
    """Put a variant into the cart, opening one where there is none."""
    with write():
        token = carts.add_to_cart(
            cart_token(),
            request.form.get("variant", ""),
            _quantity(request.form.get("quantity", "1")),
            at=clock.now(),
        )
    return _back_to_cart(token)


@bp.post("/lines/<variant>")
@public
def update(variant: str) -> Response:
    """Make it so many, or take it out."""
    token = cart_token() or ""
    is_removal = "remove" in request.form
    quantity = 0 if is_removal else _quantity(request.form.get("quantity", ""))
    try:
        with write():
            carts.set_quantity(token, variant, quantity, at=clock.now())
    except NotFound:
        if not is_removal:
            raise  # what is to be taken out and is not there needs no telling
    return _back_to_cart(token)


def _back_to_cart(token: str) -> Response:
    response = redirect(url_for("cart.show"), code=303)
    count = carts.count(token, at=clock.now())
    if count:
        remember_cart(response, token, count)
    else:
        forget_cart(response)
    return response


def _quantity(text: str) -> int:
    """A whole number as somebody typed it. Raises Refused."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS):
        code = "cart.quantity"
        raise Refused(code, f"Write the quantity as a number from 1 to {MAX_QUANTITY}.")
    return int(typed)
