import re

import pytest
from flask import request

from shop.factory import create_app
from shop.web.access import public
from tests.conftest import make_config

TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


@pytest.fixture
def client(doors):
    return doors.test_client()


@pytest.fixture
def token(doors, client):
    """A CSRF token of the client's session, as a form of ours holds it."""

    @doors.get("/t/form")
    def form():
        return doors.jinja_env.globals["csrf_token"]()

    form.audience = doors.view_functions["echo"].audience
    return client.get("/t/form").text


def test_every_answer_has_the_headers(client):
    headers = client.get("/t/echo").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "form-action 'self' https://checkout.stripe.com" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),  # typed, or from a bookmark
        ({"Sec-Fetch-Site": "same-site"}, 403),  # another port or a subdomain is another site
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),  # neither header: the token stands alone
    ],
)
def test_write_from_another_site_is_refused_even_with_a_token(client, token, headers, status):
    answer = client.post("/t/echo", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize("sent", [{}, {"csrf_token": "made-up"}])
def test_write_without_a_token_is_refused_and_told_why(client, sent):
    answer = client.post("/t/echo", data=sent)

    assert answer.status_code == 400
    assert "This form was open for too long" in answer.text


def test_signed_message_needs_no_token(client):
    assert client.post("/t/hook").text == "heard"


def test_public_form_of_a_megabyte_is_refused(client, token):
    answer = client.post("/t/echo", data={"csrf_token": token, "text": "x" * 1_000_000})

    assert answer.status_code == 413
    assert "What you sent is too large" in answer.text


def test_host_that_is_not_ours_is_refused(client):
    answer = client.get("/t/echo", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_shop_under_https_asks_for_https_and_guards_its_cookies(tmp_path):
    config = make_config(tmp_path, PUBLIC_URL="https://shop.example")

    assert config.for_flask()["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    "address",
    [
        "/p/serum%00",
        "/no/such/page%00",
        "/?q=%00",
        "/?brand=tolva&brand=a%00b",
        "/?a%00b=1",
        "/check?lot=T%00226",
        "/lots/T%00226.json",
        "/certificates/%00",
        "/go/%00",
        "/media/%00.webp",
        "/orders/%00",
        "/ledger/%00",
    ],
)
def test_nul_in_an_address_is_refused_before_the_database_sees_it(client, statements, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "invisible character (a NUL)" in answer.text
    assert statements == []


@pytest.mark.parametrize("form", [{"text": "a\0b"}, {"a\0b": "text"}, {"text": ["a", "\0"]}])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_nul_in_a_form_is_refused_and_told_why(client, token, form, kind):
    answer = client.post("/t/echo", data={"csrf_token": token} | form, content_type=kind)

    assert answer.status_code == 400
    assert "invisible character (a NUL)" in answer.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        ("0", "203.0.113.9", "127.0.0.1"),  # anybody can send the header
        ("1", "203.0.113.9", "203.0.113.9"),
        ("1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was sent by the client
        ("2", "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("2", "203.0.113.9", "127.0.0.1"),  # came past a proxy: not to be believed
        ("1", None, "127.0.0.1"),
    ],
)
def test_limits_count_the_address_that_our_own_proxies_saw(tmp_path, proxies, forwarded, counted):
    shop = create_app(make_config(tmp_path, TRUSTED_PROXIES=proxies))

    @shop.get("/t/address")
    @public
    def address():
        return f"{request.remote_addr} {request.host} {request.scheme}"

    sent = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    if forwarded is not None:
        sent["X-Forwarded-For"] = forwarded

    assert shop.test_client().get("/t/address", headers=sent).text == f"{counted} localhost http"
