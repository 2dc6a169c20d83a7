"""Who may enter: every view says for whom it is, and a view that does not say is refused.

@bp.get("/p/<slug>")
@public
def show(slug: str) -> str: ...

@bp.post("/staff/certificates/<public_id>/decision")
@staff_only(Role.REVIEWER)
def decide(public_id: str) -> Response: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden, InternalServerError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from shop.accounts import service as accounts
from shop.accounts.service import LONGEST, Role, StaffUser
from shop.web.context import current_shop

_View = TypeVar("_View", bound=Callable[..., Any])
_ATTRIBUTE = "audience"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Public:
    """Everybody."""


@dataclass(frozen=True, slots=True)
class Staff:
    """People who work here, from this role up."""

    role: Role


@dataclass(frozen=True, slots=True)
class Signed:
    """A machine whose message bears a signature that the view itself checks (webhooks)."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Anybody's programs: JSON in, JSON out. No cookie is read, and nothing is written."""


Audience = Public | Staff | Signed | Programs


def public(view: _View) -> _View:
    """Everybody may see this."""
    return _mark(view, Public())


def staff_only(role: Role = Role.VIEWER) -> Callable[[_View], _View]:
    """Only signed-in staff of this role or a higher one."""
    return lambda view: _mark(view, Staff(role))


def signed(view: _View) -> _View:
    """Only for messages with a signature; web.security asks no CSRF token of them."""
    return _mark(view, Signed())


def for_programs(view: _View) -> _View:
    """For programs without a cookie: web.security asks for JSON instead of a CSRF token.

    A page of another site cannot send JSON without asking first, which we never allow. Such a view
    writes nothing and tells nothing that is not in the request.
    """
    return _mark(view, Programs())


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """For whom a view is; None when it does not say."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, Public | Staff | Signed | Programs) else None


def install(app: Flask) -> None:
    """Ask at the door, before anything else about the request is read."""
    app.before_request(_guard)


def current_staff() -> StaffUser | None:
    """Whoever is signed in, asked once per request."""
    if "staff" not in g:
        token = staff_token()
        g.staff = accounts.user_for(token) if token else None
    user: StaffUser | None = g.staff
    return user


def required_staff() -> StaffUser:
    """The signed-in person of a view that is `staff_only`."""
    user = current_staff()
    if user is None:
        raise Unauthorized
    return user


def staff_token() -> str:
    """The token in the staff cookie, or an empty text."""
    return request.cookies.get(cookie_name("assay_staff"), "")


def remember_staff(response: AnyResponse, token: str) -> None:
    """Put a fresh sign-in into the browser."""
    set_cookie(response, "assay_staff", token, max_age=int(LONGEST.total_seconds()))


def forget_staff(response: AnyResponse) -> None:
    """Take the sign-in out of the browser (accounts.close_sign_in makes it worthless)."""
    set_cookie(response, "assay_staff", "", max_age=0)


def cookie_name(name: str) -> str:
    """Under https a `__Host-` cookie: no subdomain and no plain page can set it."""
    return f"__Host-{name}" if _is_https() else name


def set_cookie(response: AnyResponse, name: str, value: str, *, max_age: int) -> None:
    """A cookie that scripts cannot read and other sites' forms do not send."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=max_age,
        path="/",
        secure=_is_https(),
        httponly=True,
        samesite="Lax",
    )


def _mark(view: _View, audience: Audience) -> _View:
    setattr(view, _ATTRIBUTE, audience)
    return view


def _guard() -> Response | AnyResponse | None:
    if request.endpoint is None:  # no such page: the error handlers' business
        return None
    match audience_of(current_app.view_functions[request.endpoint]):
        case Public() | Signed() | Programs():
            return None
        case Staff(role=role):
            return _ask_staff(role)
        case None:
            raise InternalServerError(original_exception=_NoAudienceError(request.endpoint))


def _ask_staff(role: Role) -> AnyResponse | None:
    user = current_staff()
    if user is None:
        wants_page = request.accept_mimetypes.accept_html or not request.accept_mimetypes
        if request.method not in _SAFE_METHODS or not wants_page:
            raise Unauthorized
        return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")), code=303)
    if not user.may(role):
        raise Forbidden
    return None


def _is_https() -> bool:
    return current_shop().config.public_url.startswith("https:")


class _NoAudienceError(Exception):
    """A view was added without saying for whom it is."""
