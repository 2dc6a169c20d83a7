"""The judge of offers, by its table: a link and what is said of it, the codes, the state."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay import policy
from shop.assay.sellers.checks import RULES, changes_at, judge, state
from shop.assay.sellers.observed import Observed
from shop.assay.vocabulary import Outcome, Severity
from tests.assay.sellers.cases import (
    AUTHENTIC,
    MISMATCHED,
    OFFICIAL,
    ROWS,
    SUSPICIOUS,
    UNVERIFIED,
    VERIFIED,
    labelled,
)
from tests.assay.sellers.worlds import AT, HAIRIZ, MAREN, host, listed, offer


@pytest.mark.parametrize(
    ("world", "link", "said", "codes", "expected"),
    ROWS,
    ids=[f"{row[1][:40]}-{row[3]}" for row in ROWS],
)
def test_judge(world, link, said, codes, expected):
    findings = judge(offer(world, link, **said), at=AT)

    assert [finding.rule.code for finding in findings] == codes.split()
    assert state(findings) is expected
    assert all(finding.sentence for finding in findings)  # every value of every wording is there
    assert (
        policy.overall(findings)
        is {
            VERIFIED: Outcome.PASSED,
            UNVERIFIED: Outcome.INDETERMINATE,
            MISMATCHED: Outcome.FAILED,
            SUSPICIOUS: Outcome.FAILED,
        }[expected]
    )


def test_short_way_of_plain_links_says_what_the_long_way_says():
    """An empty observation that is not *the* empty observation makes the judge go the long way."""
    for world, link, said, *_ in ROWS:
        facts = offer(world, link, **said)
        if facts.observed == Observed():
            at_length = dataclasses.replace(facts, observed=Observed())
            assert judge(facts, at=AT) == judge(at_length, at=AT), link


def test_every_rule_is_met_by_a_row():
    met = {code for row in ROWS for code in row[3].split()}
    assert met == {rule.code for rule in RULES}


def test_wordings_are_filled_with_names_and_dates():
    said = [
        finding.sentence
        for link, more in [
            ("https://brushandbay.com/", {}),
            ("https://marenoak.com/", {}),
            ("https://nobody.net/", labelled("Brush & Bay")),
            ("https://xn--bcher-kva.com/", OFFICIAL),
        ]
        for finding in judge(offer(MAREN, link, **more), at=AT)
    ]
    assert said == [
        (
            "Maren & Oak lists Brush & Bay as an authorized seller (list of 3 Oct 2026), "
            "and Brush & Bay showed that it controls brushandbay.com."
        ),
        (
            "marenoak.com is an official website of Maren & Oak. "
            "Maren & Oak showed us on 2 Nov 2026 that it controls this address."
        ),
        "nobody.net is not on Maren & Oak's list of sellers dated 3 Oct 2026.",
        (
            "This link is labelled Brush & Bay, but it opens nobody.net, "
            "which is not an address that Brush & Bay has confirmed."
        ),
        (
            "b\xfccher.com (xn--bcher-kva.com) is not on Maren & Oak's list of sellers "
            "dated 3 Oct 2026."
        ),
        (
            "This link is said to be official for Maren & Oak, but Maren & Oak names no seller at "
            "b\xfccher.com (xn--bcher-kva.com)."
        ),
    ]


def test_advertised_link_is_told_in_facts():
    link = "https://americandiscounttableware.com/"
    findings = judge(offer(HAIRIZ, link, **AUTHENTIC), at=AT)
    assert [finding.sentence for finding in findings] == [
        "HAIRIZ has not published a list of sellers that we could read.",
        (
            "This link is said to be authentic for HAIRIZ, but HAIRIZ names no seller at "
            "americandiscounttableware.com."
        ),
        (
            "The name of americandiscounttableware.com speaks of tableware; "
            "this product is a hair serum."
        ),
    ]


def test_dates_in_details_are_iso():
    finding = judge(offer(MAREN, "https://nobody.net/"), at=AT)[0]
    assert finding.details["date"] == "2026-10-03"


def test_a_subdomain_on_a_platform_weighs_less_than_elsewhere():
    severities = {
        link: next(
            finding.severity
            for finding in judge(offer(HAIRIZ, link), at=AT)
            if finding.rule.code == "name.brand_in_subdomain"
        )
        for link in ("https://hairiz.deals.net/", "https://hairiz.myshopify.com/")
    }
    assert list(severities.values()) == [Severity.WARNING, Severity.CAUTION]


def test_list_that_ran_out_is_no_list():
    later = datetime(2027, 10, 4, tzinfo=UTC)
    unknown = judge(offer(MAREN, "https://nobody.net/"), at=later)
    listed_once = judge(offer(MAREN, "https://brushandbay.com/"), at=later)
    assert unknown[0].rule.code == "seller.list_unavailable"
    assert listed_once[0].rule.code == "seller.authorization_expired"
    assert listed_once[0].details["date"] == "2027-10-03"


def test_silence_verifies_nothing():
    assert state(()) is UNVERIFIED


def test_changes_come_the_day_after_something_ends_and_when_it_starts():
    facts = dataclasses.replace(
        HAIRIZ,
        official=(host("hairiz.com", expires_on=date(2027, 1, 31)),),
        sellers=(
            dataclasses.replace(
                MAREN.sellers[0],
                authorization=listed(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 24)),
                hosts=(),
            ),
        ),
    )
    assert changes_at(offer(facts, "")) == tuple(
        datetime(*day, tzinfo=UTC) for day in [(2026, 12, 1), (2026, 12, 25), (2027, 2, 1)]
    )


@given(st.text(max_size=80) | st.text(max_size=40).map("https://{}.com/".format))
def test_any_link_gets_an_answer_and_no_text_verifies(text):
    findings = judge(offer(HAIRIZ, text, **AUTHENTIC), at=AT)
    assert state(findings) in {MISMATCHED, SUSPICIOUS, UNVERIFIED}
    assert all(finding.sentence for finding in findings)
