from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from shop.accounts import service, throttle
from shop.accounts.models import SignInTries
from shop.accounts.service import Role
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused, Unavailable

EMAIL = "sato@assay.example"
PASSWORD = "correct horse battery"  # noqa: S105 - of an account that a test makes
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def sato(app):
    with transaction():
        service.add_staff(EMAIL, "L. Sato", PASSWORD, Role.REVIEWER)


def knock(password=PASSWORD, *, email=EMAIL, origin="cafe"):
    """What the sign-in page does."""
    with transaction():
        service.count_try(email, origin)
    proven = service.authenticate(email, password)
    with transaction():
        return service.sign_in(proven, origin)


def wrong_tries(count, **place):
    told = []
    for _ in range(count):
        with pytest.raises((Refused, Unavailable)) as caught:
            knock("wrong horse battery", **place)
        told.append(caught.value.code)
    return told


def test_twenty_wrong_tries_are_stopped_after_ten_and_the_right_password_waits_too(sato):
    with time_machine.travel(START, tick=False) as traveller:
        assert wrong_tries(20) == ["accounts.wrong_password"] * 10 + ["accounts.throttled"] * 10

        with pytest.raises(Unavailable) as caught:
            knock()
        assert "Try again after 09:15 UTC" in caught.value.message
        assert caught.value.details["retry_at"] == START + timedelta(minutes=15)

        traveller.shift(timedelta(minutes=15))
        assert knock()


def test_refused_tries_do_not_make_the_wait_longer(sato):
    with time_machine.travel(START, tick=False) as traveller:
        wrong_tries(10)
        for _ in range(14):
            traveller.shift(timedelta(minutes=1))
            assert wrong_tries(1) == ["accounts.throttled"]
        traveller.shift(timedelta(minutes=1))
        assert knock()


def test_stranger_cannot_keep_the_owner_out_of_a_place_they_know(sato):
    assert knock(origin="desk")
    wrong_tries(10, origin="elsewhere-1")
    assert wrong_tries(1, origin="elsewhere-2") == ["accounts.throttled"]

    assert knock(origin="desk")


def test_known_place_is_throttled_by_its_own_tries(sato):
    knock(origin="desk")

    assert wrong_tries(11, origin="desk")[-1] == "accounts.throttled"
    assert knock(origin="elsewhere")


def test_right_password_clears_the_count(sato):
    wrong_tries(9)
    knock()

    assert wrong_tries(10) == ["accounts.wrong_password"] * 10


def test_unknown_account_is_throttled_alike(sato):
    told = wrong_tries(11, email="nobody@assay.example")

    assert told == ["accounts.wrong_password"] * 10 + ["accounts.throttled"]


def test_one_place_trying_many_accounts_is_stopped(sato):
    for number in range(throttle.ORIGIN_TRIES):
        wrong_tries(1, email=f"guess{number}@assay.example")

    assert wrong_tries(1, email="another@assay.example") == ["accounts.throttled"]
    assert knock(origin="another place")


def test_old_counts_are_cleared_away(sato):
    with time_machine.travel(START, tick=False) as traveller:
        wrong_tries(3, email="nobody@assay.example")
        traveller.shift(timedelta(days=2))
        knock()

    assert all("nobody" not in key for key in db.session.scalars(db.select(SignInTries.key)))
    assert db.session.query(SignInTries).count() == 1
