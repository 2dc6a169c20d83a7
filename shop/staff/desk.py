"""What every page of the desk shares: who is there, what waits, and how a form is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import flash, make_response, redirect, render_template
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role, StaffUser
from shop.sellers import lists
from shop.staff import words
from shop.verdicts import reviews
from shop.web import access
from shop.web.transactions import write

REFUSED = 422


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail, for this role and the higher ones."""

    key: str
    endpoint: str
    icon: str
    label: str
    role: Role = Role.VIEWER
    waiting: int = 0


_PLACES = (
    Place("queue", "reviews.queue", "inbox", "Review queue"),
    Place("certificates", "certificates.upload", "upload", "Certificates"),
    Place("sellers", "sellers.index", "store", "Sellers"),
    Place("brands", "brands.index", "file-text", "Brands"),
    Place("products", "catalog.index", "package", "Products"),
    Place("laboratories", "laboratories.index", "flask-conical", "Laboratories"),
    Place("audit", "audit.show", "history", "Audit log"),
    Place("people", "people.index", "users", "Staff", Role.ADMIN),
    Place("me", "people.me", "user", "Account"),
)


@contextmanager
def acting() -> Iterator[StaffUser]:
    """A write by whoever is signed in, in one transaction; their sign-in stays open.

    Signed out a moment ago, perhaps elsewhere: then nothing is written.
    """
    with write():
        user = accounts.act(access.staff_token())
        if user is None:
            raise Unauthorized
        yield user


def page(template: str, *, desk: str, status: int = 200, **context: object) -> Response:
    """A page of the desk. `desk` names its place in the rail."""
    staff = access.required_staff()
    body = render_template(
        template,
        desk=desk,
        staff=staff,
        roles=Role,
        told=words,
        rail=_rail(staff),
        **context,
    )
    return make_response(body, status)


def done(message: str, address: str) -> Response:
    """Say that it is done on the next page, which may be reloaded without doing it again."""
    flash(message)
    return redirect(address, code=303)


def _rail(staff: StaffUser) -> list[Place]:
    waiting = {"queue": reviews.count_open(), "brands": lists.troubled()}
    return [
        replace(place, waiting=waiting.get(place.key, 0))
        for place in _PLACES
        if staff.may(place.role)
    ]
