"""The way in and out of the desk."""

import hashlib
import hmac
import ipaddress
import re
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField

from shop.accounts import service as accounts
from shop.plumbing import clock
from shop.plumbing.errors import Refused, Unavailable
from shop.staff.forms import Form, Needs, TextField
from shop.web import access
from shop.web.access import public
from shop.web.context import current_shop
from shop.web.transactions import write

bp = Blueprint("sign_in", __name__, url_prefix="/staff")
_OWN_PAGE = re.compile(r"/staff(?:[/?][!-~]*)?")


class SignInForm(Form):
    email = TextField("E-mail address", [Needs("Enter your e-mail address.")])
    password = PasswordField("Password", [Needs("Enter your password.")])
    next = HiddenField()


@bp.get("/sign-in")
@public
def show() -> Response:
    if access.current_staff() is not None:
        return redirect(_next_page(request.args.get("next", "")), code=303)
    return _page(SignInForm.blank(next=request.args.get("next", "")))


@bp.post("/sign-in")
@public
def enter() -> Response:
    """Count the try, look at the password, sign in: the slow hash holds no transaction."""
    form = SignInForm.sent()
    if not form.validate():
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    origin = _origin()
    try:
        with write():
            accounts.count_try(form.email.data, origin)
        proven = accounts.authenticate(form.email.data, form.password.data)
    except Unavailable as problem:
        form.add_error("email", problem.message)
        return _page(form, status=HTTPStatus.TOO_MANY_REQUESTS, problem=problem)
    except Refused as problem:
        form.add_error("email", problem.message)
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    with write():
        token = accounts.sign_in(proven, origin)
    session.clear()  # a new CSRF token too: nothing from before the sign-in is good after it
    response = redirect(_next_page(form.next.data or ""), code=HTTPStatus.SEE_OTHER)
    access.remember_staff(response, token)
    return response


@bp.post("/sign-out")
@public
def out() -> Response:
    """Sign out, and be glad about somebody who is out already."""
    with write():
        accounts.close_sign_in(access.staff_token())
    session.clear()
    response = redirect(url_for("sign_in.show"), code=303)
    access.forget_staff(response)
    return response


def _page(form: SignInForm, *, status: int = 200, problem: Unavailable | None = None) -> Response:
    response = make_response(render_template("staff/sign_in/show.html", form=form), status)
    retry_at = problem.details.get("retry_at") if problem is not None else None
    if isinstance(retry_at, datetime):
        seconds = max(1, int((retry_at - clock.now()).total_seconds()))
        response.headers["Retry-After"] = str(seconds)
    return response


def _next_page(asked: str) -> str:
    """Where they wanted to go, if that is a page of the desk; never another site."""
    return asked if _OWN_PAGE.fullmatch(asked) else url_for("reviews.queue")


def _origin() -> str:
    """A keyed hash of where the request comes from: counts can be kept without the address."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    # A household or a rented machine has a whole /64 of IPv6 addresses.
    prefix = 64 if address.version == 6 else 32  # noqa: PLR2004
    network = ipaddress.ip_network((address, prefix), strict=False)
    key = current_shop().config.secret_keys[0].encode()
    return hmac.new(key, str(network).encode(), hashlib.sha256).hexdigest()
