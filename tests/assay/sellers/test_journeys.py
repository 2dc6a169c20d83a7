"""Where links lead: the sentences, the stops for staff, and what a changed way comes to."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.sellers.checks import changes_at, judge, state
from shop.assay.sellers.facts import Host, ProductFacts, SellerState
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.journeys import Stop, hop_verdicts
from shop.assay.sellers.observed import Chain, Observed
from shop.assay.sellers.redirectors import REDIRECTORS, Passing, redirector
from shop.assay.sellers.register import Register
from shop.assay.vocabulary import Outcome
from tests.assay.sellers.sightings import (
    AWIN,
    BITLY,
    EARLIER,
    OFFICIAL_SITE,
    SEEN,
    SHOP,
    labelled,
    led,
)
from tests.assay.sellers.worlds import AT, HAIRIZ, MAREN, host, offer


def said(world, link, code, **seen):
    findings = judge(offer(world, link, **seen), at=AT)
    return next(finding.sentence for finding in findings if finding.rule.code == code)


@pytest.mark.parametrize(
    ("link", "more", "seller"),
    [
        ("https://curlcorner.com/", {}, "Curl Corner"),
        ("https://curlcorner.com/", labelled("Brush & Bay"), "Brush & Bay"),
        ("https://marenoak.fr/", {}, "Maren & Oak"),
        ("https://elsewhere.net/", {}, "Maren & Oak"),
    ],
)
def test_sentence_names_whom_a_shopper_would_expect(link, more, seller):
    sentence = said(MAREN, link, "redirect.final_differs", **more, **led("https://nobody.net/"))
    assert sentence == (
        "On 21 Nov 2026 this link led on to nobody.net, "
        f"which is not a confirmed address of {seller}."
    )


def test_the_stranger_on_the_way_is_named():
    way = led("https://xn--bcher-kva.com/", f"{SHOP}/a")
    assert "bücher.com (xn--bcher-kva.com)" in said(MAREN, SHOP, "redirect.via_unlisted", **way)


def test_every_host_that_only_passes_on_is_named_once():
    way = led("https://awin1.com/b", "https://www.zenaps.com/r", SHOP)
    sentence = said(MAREN, AWIN, "redirect.via_known_redirector", **way)
    assert sentence == "The link passes through awin1.com, zenaps.com."


def test_changed_destination_is_dated_by_the_last_look_at_the_old_one():
    way = led("https://nobody.net/", before=[SHOP])
    sentence = said(MAREN, SHOP, "redirect.changed", **way)
    assert sentence == "The destination changed since our last check on 14 Nov 2026."


def test_change_between_confirmed_addresses_is_told_and_costs_nothing():
    findings = judge(offer(MAREN, SHOP, **led(OFFICIAL_SITE, before=[SHOP])), at=AT)
    assert findings[-1].outcome is Outcome.NOT_APPLICABLE
    assert state(findings) is SellerState.VERIFIED


def test_changed_destination_is_news_for_ninety_days():
    before, since = Chain((SHOP,), date(2026, 8, 1)), date(2026, 8, 24)
    facts = offer(
        MAREN,
        "https://nobody.net/",
        observed=Observed(Chain((f"{OFFICIAL_SITE}/1",), since), before),
    )
    ends = datetime(2026, 11, 22, tzinfo=UTC)
    codes = [
        {finding.rule.code for finding in judge(facts, at=at)}
        for at in (datetime(2026, 11, 21, 23, tzinfo=UTC), ends)
    ]
    assert ["redirect.changed" in found for found in codes] == [True, False]
    assert ends in changes_at(facts)


def test_old_end_that_was_never_seen_is_no_change():
    for before in ([AWIN, BITLY], [AWIN, "https://127.0.0.1/"], [BITLY]):
        facts = offer(MAREN, AWIN, **led(SHOP, before=before))
        assert "redirect.changed" not in {each.rule.code for each in judge(facts, at=AT)}


def test_short_address_on_record_is_its_owners():
    world = ProductFacts("Maren & Oak", official=(host("oak.app.link"),))
    found = judge(offer(world, "https://oak.app.link/1"), at=AT)
    assert [finding.rule.code for finding in found] == ["seller.official"]


def test_stops_are_told_one_by_one():
    way = led(
        "https://zenaps.com/1",
        "https://nobody.net/",
        SHOP,
        OFFICIAL_SITE,
        "https://10.0.0.1/",
        "mailto:a@b.net",
    )
    stops = hop_verdicts(offer(MAREN, AWIN, **way), Register(MAREN), today=AT.date())
    assert [(stop.host, stop.what) for stop in stops] == [
        ("www.awin1.com", Stop.REDIRECTOR),
        ("zenaps.com", Stop.REDIRECTOR),
        ("nobody.net", Stop.UNLISTED),
        ("brushandbay.com", Stop.SELLER),
        ("marenoak.com", Stop.OFFICIAL),
        ("10.0.0.1", Stop.INTERNAL),
        ("", Stop.UNLISTED),
    ]
    assert [stop.sentence for stop in stops[:3]] == [
        "www.awin1.com only passes visitors on (Awin).",
        "zenaps.com only passes visitors on (Awin).",
        "nobody.net is not on Maren & Oak's list of sellers dated 3 Oct 2026.",
    ]
    assert stops[-1].url == "mailto:a@b.net"


@pytest.mark.parametrize(("link", "seen"), [(SHOP, {}), ("no link", led(SHOP))])
def test_without_a_way_there_are_no_stops(link, seen):
    assert hop_verdicts(offer(MAREN, link, **seen), Register(MAREN)) == ()


def test_the_day_of_the_look_judges_the_stops_unless_another_is_given():
    ended = host("hairiz.com", expires_on=SEEN)
    world = ProductFacts("HAIRIZ", official=(ended,))
    facts = offer(world, "https://hairiz.com/", **led("https://www.hairiz.com/"))
    then = hop_verdicts(facts, Register(world))[0].sentence
    now = hop_verdicts(facts, Register(world), today=AT.date())[0].sentence
    assert then.startswith("hairiz.com is an official website")
    assert now.startswith("We last confirmed")


@pytest.mark.parametrize("known", REDIRECTORS, ids=[each.host for each in REDIRECTORS])
def test_redirector_is_found_by_its_name_and_below_and_nowhere_else(known):
    assert redirector(parse(f"https://{known.host}/x?y")) is known
    below = redirector(parse(f"https://a.{known.host}./"))
    assert below is not None
    assert below.passing is known.passing
    assert redirector(parse(f"https://not{known.host}/")) is None
    assert known.operator


def test_hosts_with_pages_of_their_own_are_no_redirectors():
    for name in ("facebook.com", "google.com", "ebay.com", "walmart.com", "outlook.com"):
        assert redirector(parse(f"https://www.{name}/")) is None


def test_only_shorteners_hide_where_they_lead():
    assert {each.passing for each in REDIRECTORS if each.hides_its_end} == {Passing.SHORTENER}


_ODD = ["https://nobody.net/", "http://10.0.0.1/", "x:y", "", "\ud800"]
_ANY = st.sampled_from([*_ODD, SHOP, OFFICIAL_SITE, AWIN, BITLY])


@given(link=_ANY | st.text(max_size=30), urls=st.lists(_ANY | st.text(max_size=30), max_size=8))
def test_any_way_gets_an_answer_and_none_makes_an_unknown_shop_verified(link, urls):
    facts = offer(HAIRIZ, link, observed=Observed(Chain(tuple(urls), SEEN), Chain((), EARLIER)))
    findings = judge(facts, at=AT)
    assert all(finding.sentence for finding in findings)
    assert state(findings) is not SellerState.VERIFIED
    assert all(stop.sentence for stop in hop_verdicts(facts, Register(HAIRIZ)))


def test_host_of_another_owner_above_is_not_enough():
    world = ProductFacts("HAIRIZ", official=(Host("hairiz.com", is_exact=True),))
    facts = offer(world, "https://hairiz.com/", **led("https://nothairiz.com/"))
    codes = [finding.rule.code for finding in judge(facts, at=AT)]
    assert "redirect.final_differs" in codes
