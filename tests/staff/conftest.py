"""A desk with one person of each role, and browsers in which they are signed in."""

import re

import pytest
from argon2 import PasswordHasher

from shop.accounts import passwords, service
from shop.accounts.service import Role
from shop.plumbing.db import transaction

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that a test makes
_TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    monkeypatch.setattr(
        passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )


class Browser:
    """A signed-in browser: its forms bear the CSRF token that its pages show."""

    def __init__(self, app, role, name):
        self.client = app.test_client()
        self.email = f"{role.value}.{name.lower().replace(' ', '')}@assay.example"
        with transaction():
            user = service.add_staff(self.email, name, PASSWORD, role)
            self.staff_id = user.public_id
            self.token = service.open_sign_in(user)
        self.client.set_cookie("assay_staff", self.token)

    def get(self, url, **kwargs):
        return self.client.get(url, **kwargs)

    def post(self, url, data=None, **kwargs):
        """As a browser sends a form: with the token, and following nothing."""
        form = {"csrf_token": self.csrf(), **(data or {})}
        return self.client.post(url, data=form, **kwargs)

    def csrf(self):
        found = _TOKEN.search(self.get("/staff/people/me").text)
        assert found, "a page of the desk has a form with a token"
        return found[1]


@pytest.fixture
def sign_in(app):
    """Opens the browser of somebody new with this role."""

    def open_browser(role, name=""):
        return Browser(app, role, name or f"{role.value.title()} Sato")

    return open_browser


@pytest.fixture
def editor(sign_in):
    return sign_in(Role.EDITOR)


@pytest.fixture
def reviewer(sign_in):
    return sign_in(Role.REVIEWER)


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMIN)
