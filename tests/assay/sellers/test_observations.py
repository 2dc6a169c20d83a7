"""What was seen of certificates, names and lists: the sentences, and when they change."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from shop.assay.sellers.checks import changes_at, judge, state
from shop.assay.sellers.facts import ProofState, Seller, SellerState
from shop.assay.sellers.observed import Listing, Observed, Registration, TlsState, Trouble
from tests.assay.sellers.sightings import SEEN, SHOP, led, on_list, registered, tls
from tests.assay.sellers.worlds import AT, HAIRIZ, MAREN, host, offer


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (
            tls("brushandbay.com", TlsState.NAME_MISMATCH),
            "On 21 Nov 2026 the site's certificate did not match brushandbay.com.",
        ),
        (
            tls("brushandbay.com", TlsState.NOT_TRUSTED),
            "On 21 Nov 2026 the certificate of brushandbay.com was not one that browsers accept.",
        ),
        (led(trouble=Trouble.NOT_FOUND), "On 21 Nov 2026 brushandbay.com could not be found."),
        (
            registered("brushandbay.com", 2026, 11, 20),
            (
                "brushandbay.com was registered again on 20 Nov 2026, after our proof; "
                "it may have a new owner."
            ),
        ),
        (
            on_list("brushandbay.com"),
            "A public list listed brushandbay.com on 3 Nov 2026.",
        ),
    ],
)
def test_sentences_name_the_address_and_the_day(seen, sentence):
    findings = judge(offer(MAREN, SHOP, **seen), at=AT)
    assert sentence in [finding.sentence for finding in findings]


def test_young_name_turns_old_by_the_calendar():
    facts = offer(MAREN, SHOP, **registered("brushandbay.com", 2026, 9, 1))
    turns = datetime(2026, 11, 30, tzinfo=UTC)
    assert turns in changes_at(facts)
    codes = [
        "domain.recently_registered" in {each.rule.code for each in judge(facts, at=at)}
        for at in (datetime(2026, 11, 29, 23, tzinfo=UTC), turns)
    ]
    assert codes == [True, False]


def test_a_newer_proof_covers_a_name_that_changed_hands_before_it():
    world = dataclasses.replace(
        HAIRIZ,
        official=(
            host("hairiz.com", ProofState.LOST, verified_on=date(2026, 9, 1)),
            host("hairiz.com", verified_on=date(2026, 11, 2)),
        ),
    )
    facts = offer(world, "https://hairiz.com/", **registered("hairiz.com", 2026, 10, 1))
    codes = [finding.rule.code for finding in judge(facts, at=AT)]
    assert codes == ["seller.official", "domain.recently_registered"]


def test_what_a_newcomer_shows_does_not_renew_the_proof_of_the_one_before():
    newcomer = Seller("New", (host("brushandbay.com", verified_on=date(2026, 11, 21)),))
    world = dataclasses.replace(MAREN, sellers=(*MAREN.sellers, newcomer))
    facts = offer(world, SHOP, **registered("brushandbay.com", 2026, 11, 20))
    codes = [finding.rule.code for finding in judge(facts, at=AT)]
    assert codes[:2] == ["seller.authorized", "domain.registration_changed"]


def test_a_proof_that_nobody_gave_cannot_be_overtaken():
    world = dataclasses.replace(HAIRIZ, official=(host("hairiz.com", ProofState.NONE),))
    facts = offer(world, "https://hairiz.com/", **registered("hairiz.com", 2026, 11, 20))
    codes = [finding.rule.code for finding in judge(facts, at=AT)]
    assert codes == ["seller.no_domain_proof", "domain.recently_registered"]


def test_where_a_link_ends_is_asked_like_the_link_itself():
    facts = offer(
        MAREN,
        SHOP,
        **led(
            "https://marenoak.com/",
            registrations=(Registration("marenoak.com", date(2026, 11, 10)),),
        ),
    )
    findings = judge(facts, at=AT)
    assert [finding.rule.code for finding in findings] == [
        "seller.authorized",
        "domain.registration_changed",
        "domain.recently_registered",
    ]
    assert findings[1].details["h"] == "marenoak.com"
    assert state(findings) is SellerState.UNVERIFIED


def test_each_list_speaks_for_itself():
    lists = (
        Listing("brushandbay.com", "One", SEEN),
        Listing("www.brushandbay.com", "Two", SEEN),
        Listing("brushandbay.com", "Three", SEEN),
    )
    findings = judge(offer(MAREN, SHOP, observed=Observed(listings=lists)), at=AT)
    said = [each.details["list"] for each in findings if each.rule.code == "domain.on_public_list"]
    assert said == ["One", "Three"]
