"""Is the shop behind this link one that the brand names? The judge of offers.

The decision is made in six steps: read the link as a browser does; look the host up in the
product's own table; one identity finding; if that does not verify, what the name resembles;
stored evidence from the network (redirects, encryption, registration, public lists); and the worst
finding is the state.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from shop.assay.sellers import (
    identity_rules,
    journey_rules,
    links,
    lookalikes,
    observations,
    trades,
)
from shop.assay.sellers.facts import OfferFacts, SellerState
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.identity import Identity, identify, platform
from shop.assay.sellers.journeys import judge_journey
from shop.assay.sellers.observed import NOTHING_OBSERVED
from shop.assay.sellers.protected import Index
from shop.assay.sellers.quick import Quick
from shop.assay.sellers.register import Register
from shop.assay.sellers.statements import contradicted
from shop.assay.sellers.ways import Journey, travel
from shop.assay.vocabulary import Finding, Outcome, Rule, Severity

RULES: tuple[Rule, ...] = (
    *identity_rules.RULES,
    *trades.RULES,
    *lookalikes.RULES,
    *journey_rules.RULES,
    *observations.RULES,
    *links.RULES,
)


def judge(
    facts: OfferFacts, *, at: datetime, register: Register | None = None
) -> tuple[Finding, ...]:
    """Every finding about one offer, in the order in which a shopper should read them.

    Whoever judges many links of one product passes its `register`, built once.
    """
    register = register or Register(facts.product)
    link = parse(facts.link)
    refusal = links.refusal(link)
    if refusal is not None:
        return (refusal,)
    today = at.date()
    return _of_a_link(facts, register, link, identify(register, link, today), today)


class Judge:
    """The judge of many links of one product on one day, when nothing was said or seen of them.

    Says of a link what `judge` says of its facts with the names that the index finds near it;
    the facts of a link about which there is nothing more to ask are never put together.
    """

    def __init__(self, register: Register, index: Index, *, at: datetime) -> None:
        self._register = register
        self._index = index
        self._today = at.date()
        self._quick = Quick(register, index, self._today)

    def judge(self, text: str) -> tuple[Finding, ...]:
        """Every finding about one link."""
        return self._quick.answer(text) or self._at_length(text)

    def _at_length(self, text: str) -> tuple[Finding, ...]:
        link = parse(text)
        refusal = links.refusal(link)
        if refusal is not None:
            return (refusal,)
        identity = identify(self._register, link, self._today)
        if identity.is_named and link.is_plain:
            return (identity.finding,)
        near = () if identity.is_named else self._index.near(link)
        facts = OfferFacts(text, self._register.product, protected=near)
        return _of_a_link(facts, self._register, link, identity, self._today)


def state(findings: Iterable[Finding]) -> SellerState:
    """The worst finding decides; doubt and silence never verify."""
    found = list(findings)
    failed = [finding.severity for finding in found if finding.outcome is Outcome.FAILED]
    if any(severity.rank >= Severity.WARNING.rank for severity in failed):
        return SellerState.SUSPICIOUS
    if failed:
        return SellerState.MISMATCHED
    outcomes = {finding.outcome for finding in found} - {Outcome.NOT_APPLICABLE}
    return SellerState.VERIFIED if outcomes == {Outcome.PASSED} else SellerState.UNVERIFIED


def changes_at(facts: OfferFacts) -> tuple[datetime, ...]:
    """When the calendar alone changes an answer: the offer must be judged again by then."""
    moments = {*facts.product.changes_at(), *observations.changes_at(facts.observed)}
    return tuple(sorted(moments))


def _of_a_link(
    facts: OfferFacts, register: Register, link: Link, identity: Identity, today: date
) -> tuple[Finding, ...]:
    if identity.is_named and _is_plain(facts, link):
        return (identity.finding,)
    journey = travel(link, facts.observed, register)
    if journey is None:
        return tuple(_own_findings(facts, register, link, identity))
    if journey.subject is not link:
        identity = identify(register, journey.subject, today)
    return tuple(_findings(facts, register, journey, identity, today))


def _own_findings(
    facts: OfferFacts, register: Register, link: Link, identity: Identity
) -> Iterator[Finding]:
    """About a link whose own host is asked, and of which nothing was seen."""
    yield from _of_the_address(facts, register, link, identity)
    yield from links.judge_link(register, link, is_known=identity.is_named)


def _is_plain(facts: OfferFacts, link: Link) -> bool:
    """Whether nothing is left to ask once the host is found to be somebody's whom the brand names.

    True of nearly every link that a shop checks, so it is worth a shorter way to the same answer.
    """
    is_seen_or_said = facts.observed is not NOTHING_OBSERVED or facts.declared_seller
    return link.is_plain and not (is_seen_or_said or facts.statement)


def _findings(
    facts: OfferFacts, register: Register, journey: Journey, identity: Identity, today: date
) -> Iterator[Finding]:
    if journey.is_hidden:  # nobody knows whose shop this link opens
        yield identity.finding
    else:
        yield from _of_the_address(facts, register, journey.subject, identity)
    yield from judge_journey(facts, register, journey, identity, today)
    yield from observations.judge_observed(register, journey, facts.observed, today)
    is_known = identity.is_named or journey.passing is not None
    yield from links.judge_link(register, journey.link, is_known=is_known)
    if journey.subject is not journey.link:
        yield from links.judge_host(journey.subject, is_known=identity.is_named)


def _of_the_address(
    facts: OfferFacts, register: Register, link: Link, identity: Identity
) -> Iterator[Finding]:
    if link.port is None or not identity.is_verified:  # a proof speaks for no other port
        yield identity.finding
    yield from contradicted(facts, link, identity)
    if not identity.is_named:
        yield from lookalikes.judge_name(facts, register, link)
        yield from trades.judge_trade(facts, link.label, link.shown)
    yield from platform(link, identity)
