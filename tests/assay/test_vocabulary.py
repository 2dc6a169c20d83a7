from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.vocabulary import Outcome, Place, Rule, Severity, readable

RULE = Rule(
    "certificate.old",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {"default": "Tested on {day}, {months} months ago.", "short": "Tested on {day}."},
    source="ISO/IEC 17025 7.8.2",
)


def test_finding_takes_what_its_rule_means():
    found = RULE.found(day=date(2025, 10, 3), months=14)

    assert (found.severity, found.outcome) == (Severity.NOTICE, Outcome.INDETERMINATE)
    assert found.details == {"day": "2025-10-03", "months": "14"}
    assert found.sentence == "Tested on 3 Oct 2025, 14 months ago."
    assert found.asserter == ""


def test_finding_may_weigh_differently_and_point_at_a_place():
    place = Place(2, (10, 20, 500, 40))
    found = RULE.found(
        "short",
        severity=Severity.WARNING,
        outcome=Outcome.FAILED,
        place=place,
        day="an unknown day",
    )

    assert (found.severity, found.outcome) == (Severity.WARNING, Outcome.FAILED)
    assert found.sentence == "Tested on an unknown day."
    assert found.place == place


def test_a_value_is_never_a_format_of_its_own():
    # Values come from strangers' documents; only the wording is a format.
    found = RULE.found("short", day="{months} {0} {day.__class__}")
    assert found.sentence == "Tested on {months} {0} {day.__class__}."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-10-03", "3 Oct 2026"),
        ("2026-10-03T23:59:59.000001+00:00", "3 Oct 2026"),
        ("2026-10-03T23:59:59Z", "3 Oct 2026"),
        ("2026-02-30", "2026-02-30"),  # no such day: shown as it was written
        ("2026-10-3", "2026-10-3"),
        ("LOT-2026-10-03", "LOT-2026-10-03"),
        ("\u0662026-10-03", "\u0662026-10-03"),
        ("", ""),
    ],
)
def test_dates_read_as_shoppers_write_them(value, words):
    assert readable(value) == words


@given(st.timedeltas(timedelta(0), timedelta(days=40_000)))
def test_every_moment_is_readable(later):
    moment = datetime(1970, 1, 1, tzinfo=UTC) + later
    assert readable(moment.isoformat()) == f"{moment.day} {moment:%b} {moment.year}"


def test_severities_rank_from_good_news_to_refusal():
    assert [severity.rank for severity in Severity] == [0, 1, 2, 3, 4, 5]
    assert Severity.OK.rank < Severity.CAUTION.rank < Severity.REFUSED.rank


def test_findings_with_the_same_values_are_equal():
    moment = datetime(2026, 10, 3, tzinfo=UTC)
    assert RULE.found(day=moment, months=1) == RULE.found(day=moment, months=1)
    assert RULE.found(day=moment, months=1) != RULE.found(day=moment, months=2)
