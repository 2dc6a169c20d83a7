"""Is the shop behind this link one that the brand names? The judge of offers.

The decision is made in six steps: read the link as a browser does; look the host up in the
product's own table; one identity finding; if that does not verify, what the name resembles;
stored evidence from the network (redirects, encryption, registration: judged beside `links`, from
facts that a worker gathers); and the worst finding is the state.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from shop.assay.sellers import identity_rules, links, lookalikes, trades
from shop.assay.sellers.facts import OfferFacts, SellerState
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.identity import Identity, identify, platform
from shop.assay.sellers.register import Register
from shop.assay.sellers.statements import contradicted
from shop.assay.vocabulary import Finding, Outcome, Rule, Severity

RULES: tuple[Rule, ...] = (
    *identity_rules.RULES,
    *trades.RULES,
    *lookalikes.RULES,
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
    identity = identify(register, link, at.date())
    return tuple(_findings(facts, register, link, identity))


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
    return facts.product.changes_at()


def _findings(
    facts: OfferFacts, register: Register, link: Link, identity: Identity
) -> Iterator[Finding]:
    is_verified = identity.is_verified and link.port is None
    if is_verified or not identity.is_verified:  # a proof does not speak for another port
        yield identity.finding
    yield from contradicted(facts, link, identity)
    if not identity.is_named:
        yield from lookalikes.judge_name(facts, register, link)
        yield from trades.judge_trade(facts, link)
    yield from platform(link, identity)
    yield from links.judge_link(register, link, is_known=identity.is_named)
