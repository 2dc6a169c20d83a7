import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from shop.accounts import service as accounts
from shop.accounts.service import Role

PASSWORD = "correct horse battery"  # noqa: S105 - of an account that a test makes
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def sato(sign_in):
    return sign_in(Role.REVIEWER, "L. Sato")


def token_of(page):
    return re.search(r'name="csrf_token"\s+value="([^"]+)"', page.text)[1]


def enter(client, email, password=PASSWORD, **fields):
    page = client.get("/staff/sign-in")
    data = {"csrf_token": token_of(page), "email": email, "password": password, **fields}
    return client.post("/staff/sign-in", data=data)


def test_right_password_opens_the_desk(client, sato):
    answer = enter(client, sato.email.upper())

    assert (answer.status_code, answer.location) == (303, "/staff")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("assay_staff="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Signed in as <b>L. Sato</b>" in client.get("/staff").text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": ""}, "Enter your e-mail address."),
        ({"password": ""}, "Enter your password."),
        ({"password": "wrong horse battery"}, "do not belong together"),
        ({"email": "nobody@assay.example"}, "do not belong together"),
        ({"email": "no address at all"}, "do not belong together"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field(client, sato, fields, message):
    email, password = fields.get("email", sato.email), fields.get("password", PASSWORD)
    answer = enter(client, email, password)

    assert answer.status_code == 422
    assert message in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert PASSWORD not in answer.text
    assert client.get("/staff").status_code == 303


def test_twenty_wrong_passwords_then_the_right_one_is_told_when_to_come_back(client, sato):
    with time_machine.travel(START, tick=False) as traveller:
        statuses = [enter(client, sato.email, "wrong horse").status_code for _ in range(20)]
        assert statuses == [422] * 10 + [429] * 10

        answer = enter(client, sato.email)
        assert answer.status_code == 429
        assert "Try again after 09:15 UTC" in answer.text
        assert answer.headers["Retry-After"] == "900"
        assert sato.email in answer.text  # what was typed is not lost

        traveller.shift(timedelta(minutes=15))
        assert enter(client, sato.email).status_code == 303


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/staff/products?q=oil", "/staff/products?q=oil"),
        ("/staff", "/staff"),
        ("", "/staff"),
        ("https://elsewhere.example/staff", "/staff"),
        ("//elsewhere.example/staff", "/staff"),
        ("/staff\\@elsewhere.example", "/staff"),
        ("/staffelsewhere", "/staff"),
        ("/staff/\r\nSet-Cookie: a=b", "/staff"),
    ],
)
def test_sign_in_leads_back_into_the_desk_alone(client, sato, asked, leads_to):
    assert enter(client, sato.email, next=asked).location == leads_to


def test_sign_in_makes_a_new_csrf_token(client, sato):
    before = token_of(client.get("/staff/sign-in"))
    enter(client, sato.email)
    after = token_of(client.get("/staff/people/me"))

    refused = client.post("/staff/sign-out", data={"csrf_token": before})
    assert before != after
    assert refused.status_code == 400


def test_sign_out_kills_a_copied_cookie(app, client, sato):
    enter(client, sato.email)
    copied = client.get_cookie("assay_staff").value
    client.post("/staff/sign-out", data={"csrf_token": token_of(client.get("/staff/people/me"))})

    thief = app.test_client()
    thief.set_cookie("assay_staff", copied)
    assert thief.get("/staff").status_code == 303
    assert accounts.user_for(copied) is None


def test_signed_in_person_is_led_past_the_door(sato):
    assert sato.get("/staff/sign-in").location == "/staff"


def test_signing_out_twice_is_signing_out_once(app, sato):
    assert sato.post("/staff/sign-out").status_code == 303
    again = app.test_client()
    page = again.get("/staff/sign-in")
    answer = again.post("/staff/sign-out", data={"csrf_token": token_of(page)})
    assert answer.status_code == 303
