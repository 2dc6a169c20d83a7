"""Which cart is this browser's, and how many things are in it?

One cookie holds both, `token.count`, so that a page can show the count without asking the database.
"""

from flask import request
from werkzeug.wrappers import Response

from shop.web.access import cookie_name, set_cookie

_COOKIE = "assay_cart"
_MAX_AGE = 60 * 24 * 60 * 60
_MOST_DIGITS = 3


def cart_token() -> str | None:
    """The token of this browser's cart, if it has one."""
    token, _, _ = _cookie().partition(".")
    return token or None


def cart_count() -> int:
    """How many things were in the cart when it last changed. For showing only."""
    _, _, count = _cookie().partition(".")
    is_count = count.isascii() and count.isdigit() and len(count) <= _MOST_DIGITS
    return int(count) if is_count else 0


def remember_cart(response: Response, token: str, count: int) -> None:
    """Keep the cart for two months from its last change."""
    set_cookie(response, _COOKIE, f"{token}.{count}", max_age=_MAX_AGE)


def forget_cart(response: Response) -> None:
    """After an order is placed, or when the cart is no more."""
    set_cookie(response, _COOKIE, "", max_age=0)


def _cookie() -> str:
    return request.cookies.get(cookie_name(_COOKIE), "")
