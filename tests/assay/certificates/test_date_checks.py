from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates import checks
from shop.assay.certificates.checks_dates import add_months
from shop.assay.vocabulary import Outcome
from tests.assay.certificates.builders import facts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
P, F, D = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE


def said(some_facts, *, at=NOW):
    return {finding.rule.code.split(".")[1]: finding for finding in checks.judge(some_facts, at=at)}


def on(day):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)


@pytest.mark.parametrize(
    ("printed", "today", "code", "variant", "outcome"),
    [
        # the future, and a laboratory east of here
        ({"date_issued": "2026-11-22"}, "2026-11-22", "dates_ok", "default", P),
        ({"date_issued": "2026-11-23"}, "2026-11-22", "date_future", "tomorrow", D),
        ({"date_issued": "2026-11-24"}, "2026-11-22", "date_future", "default", F),
        ({"date_issued": "2026-12"}, "2026-11-30", "date_future", "tomorrow", D),
        # the course of things; the same day is in order
        ({"date_received": "2026-10-02"}, "2026-11-22", "dates_ok", "default", P),
        ({"date_received": "2026-10-03"}, "2026-11-22", "dates_impossible", "one_day", D),
        ({"date_received": "2026-10-04"}, "2026-11-22", "dates_impossible", "default", F),
        ({"date_made": "2026-09-22"}, "2026-11-22", "dates_impossible", "one_day", D),
        ({"date_made": "2026-09"}, "2026-11-22", "dates_ok", "default", P),  # some day of it
        ({"date_made": "2026-10"}, "2026-11-22", "dates_impossible", "default", F),
        # twelve months, to the day
        ({}, "2027-10-03", "dates_ok", "default", P),
        ({}, "2027-10-04", "stale", "default", D),
        (
            {"date_received": None, "date_tested": None, "date_issued": "2024-02-29"},
            "2025-02-28",
            "dates_ok",
            "default",
            P,
        ),
        (
            {"date_received": None, "date_tested": None, "date_issued": "2024-02-29"},
            "2025-03-01",
            "stale",
            "default",
            D,
        ),
        ({"date_issued": None}, "2027-10-03", "stale", "tested", D),
        # over a middle that fits both
        (
            {"date_tested": "2026-09", "date_issued": "2026-09-18"},
            "2026-11-22",
            "dates_impossible",
            "default",
            F,
        ),
        # what the report itself says about its end
        ({"date_void_after": "2026-11-22"}, "2026-11-22", "dates_ok", "default", P),
        ({"date_void_after": "2026-11-22"}, "2026-11-23", "void", "default", F),
        # expiry: a month holds to its last day
        ({"date_expires": "2026-11-22"}, "2026-11-22", "dates_ok", "default", P),
        ({"date_expires": "2026-11-22"}, "2026-11-23", "product_expired", "default", F),
        ({"date_expires": "2026-11"}, "2026-11-30", "dates_ok", "default", P),
        ({"date_expires": "2026-11"}, "2026-12-01", "product_expired", "default", F),
        # not there, or not understood
        ({"date_issued": None}, "2026-11-22", "dates_ok", "tested", P),
        ({"date_issued": None, "date_tested": None}, "2026-11-22", "dates_missing", "default", D),
        ({"date_received": ""}, "2026-11-22", "date_unreadable", "default", D),
        ({"date_received": "2026-02-30"}, "2026-11-22", "date_unreadable", "default", D),
    ],
)
def test_dates(printed, today, code, variant, outcome):
    found = said(facts(printed), at=on(today))
    about_dates = {"dates_ok", "date_future", "dates_impossible", "stale", "void"}
    about_dates |= {"product_expired", "dates_missing", "date_unreadable"}

    assert {name for name in found if name in about_dates} == {code}
    assert (found[code].variant, found[code].outcome) == (variant, outcome)
    assert found[code].sentence


def test_product_cannot_expire_before_it_was_made():
    found = said(facts({"date_made": "2026-08-01", "date_expires": "2026-07"}))
    assert found["dates_impossible"].details["later"] == "expires"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ({"date_issued": "2026-12-24"}, "date_future"),
        ({"date_received": "2026-10-30"}, "dates_impossible"),
        ({"date_expires": "2026-10-30"}, "product_expired"),
        ({"date_void_after": "2026-10-30"}, "void"),
    ],
)
def test_unsure_date_never_fails_a_certificate(printed, code):
    found = said(facts(printed, confidence=40, raw="10/11/26"))
    assert (found[code].variant, found[code].outcome) == ("unclear", D)


def test_age_is_told_in_whole_months():
    assert said(facts(), at=on("2028-10-02"))["stale"].details["months"] == "23"
    assert said(facts(), at=on("2028-10-03"))["stale"].details["months"] == "24"


def test_verdict_changes_on_the_days_that_change_it():
    moments = checks.changes_at(facts())
    assert on("2029-04-01") in moments  # the first day after March 2029
    assert on("2027-10-04") in moments  # twelve months and a day after the issue


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 48))
def test_added_months_land_in_the_right_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(1)).month != later.month
