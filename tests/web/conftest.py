"""A shop with a few views of every kind, each doing one thing."""

import pytest
from flask import Flask

from shop.accounts.service import Role
from shop.plumbing.errors import Conflict, NotFound, Refused, Unavailable
from shop.web.access import public, signed, staff_only
from tests.ledger.conftest import statements

__all__ = ["doors", "statements"]
FAMILIES = {"missing": NotFound, "conflict": Conflict, "refused": Refused, "away": Unavailable}


@pytest.fixture
def doors(app: Flask) -> Flask:
    """The application with test views under /t/."""

    @public
    def echo() -> str:
        return "ok"

    @public
    def fail(family: str) -> str:
        code = "test.code"
        raise FAMILIES[family](code, "Do it like this instead.")

    @public
    def crash() -> str:
        return str(1 / 0)

    @staff_only(Role.REVIEWER)
    def desk() -> str:
        return "desk"

    @signed
    def hook() -> str:
        return "heard"

    def forgotten() -> str:
        return "should never be seen"

    both = ["GET", "POST"]
    app.add_url_rule("/t/echo", "echo", echo, methods=both)
    app.add_url_rule("/t/fail/<family>", "fail", fail)
    app.add_url_rule("/t/crash", "crash", crash)
    app.add_url_rule("/t/desk", "desk", desk, methods=both)
    app.add_url_rule("/t/hook", "hook", hook, methods=["POST"])
    app.add_url_rule("/t/forgotten", "forgotten", forgotten)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app
