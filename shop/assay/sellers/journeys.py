"""Where does the link lead in the end, and past whom? (codes `redirect.*`)

Whose a link is, is asked of its own host; of the address where it ends when its own host only
passes visitors on. What was seen stands beside that answer and can only lower it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from shop.assay.sellers import links, lookalikes
from shop.assay.sellers.facts import OfferFacts
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.identity import Identity, identify
from shop.assay.sellers.identity_rules import MARKETPLACE_UNKNOWN_SELLER
from shop.assay.sellers.journey_rules import (
    BLOCKED_ADDRESS,
    CHANGED,
    DOWNGRADED,
    FINAL_DIFFERS,
    LEAVES_VERIFIED,
    SHORTENER_UNRESOLVED,
    TOO_MANY,
    VIA_KNOWN,
    VIA_UNLISTED,
)
from shop.assay.sellers.names import folded
from shop.assay.sellers.observed import Chain, Observed, Trouble
from shop.assay.sellers.redirectors import redirector
from shop.assay.sellers.register import Register
from shop.assay.sellers.statements import contradicted
from shop.assay.sellers.ways import (
    Journey,
    end_of,
    hops_of,
    is_endless,
    is_internal,
    is_same_site,
)
from shop.assay.vocabulary import Finding, Outcome, Severity

# A destination that stayed the same for so long is no longer new.
CHANGE_STANDS = timedelta(days=90)


class Stop(StrEnum):
    """What an address on the way is to this product."""

    OFFICIAL = "official"
    SELLER = "seller"  # on record for somebody, whatever the brand says of them
    REDIRECTOR = "redirector"
    UNLISTED = "unlisted"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class HopVerdict:
    """One address on the way: as the browser opens it, its host as shown, and what we know."""

    url: str
    host: str
    what: Stop
    sentence: str
    outcome: Outcome = Outcome.NOT_APPLICABLE


def judge_journey(
    facts: OfferFacts, register: Register, journey: Journey, identity: Identity, today: date
) -> Iterator[Finding]:
    """What the way tells. `identity` is the answer about `journey.subject`."""
    yield from _passed_on(journey)
    chain = journey.chain
    if chain is None:
        return
    if journey.end is not None:
        end_identity = identify(register, journey.end, today)
        yield from _destination(facts, register, journey, identity, end_identity)
        yield from _changed(journey, facts.observed, end_identity, today)
    yield from _trouble(journey, chain)


def hop_verdicts(
    facts: OfferFacts, register: Register, *, today: date | None = None
) -> tuple[HopVerdict, ...]:
    """The whole way with a verdict for each stop; empty when nobody has followed the link.

    `today` is the day for which lists and proofs are asked; without it, that of the look.
    """
    link, chain = parse(facts.link), facts.observed.chain
    if chain is None or not link.is_valid:
        return ()
    day = today or chain.followed_on
    return tuple(_stop(register, hop, day) for hop in hops_of(link, chain))


def _stop(register: Register, hop: Link, today: date) -> HopVerdict:
    refused = links.refusal(hop)
    if refused is not None:
        return HopVerdict(hop.text, "", Stop.UNLISTED, refused.sentence, refused.outcome)
    if is_internal(hop):
        inside = links.LOCAL_HOST.found(h=hop.shown)
        return HopVerdict(hop.href, hop.shown, Stop.INTERNAL, inside.sentence, inside.outcome)
    known, passing = register.covering(hop.name), redirector(hop)
    if passing is not None and not known:
        sentence = f"{hop.shown} only passes visitors on ({passing.operator})."
        return HopVerdict(hop.href, hop.shown, Stop.REDIRECTOR, sentence)
    what = Stop.SELLER if known else Stop.UNLISTED
    if any(each.seller is None for each in known):
        what = Stop.OFFICIAL
    found = identify(register, hop, today).finding
    return HopVerdict(hop.href, hop.shown, what, found.sentence, found.outcome)


def _passed_on(journey: Journey) -> Iterator[Finding]:
    through = [each for each in map(redirector, journey.hops[1:]) if each is not None]
    if journey.passing is not None:
        through.insert(0, journey.passing)
    if not through:
        return
    stopped_at = through[-1] if redirector(journey.hops[-1]) is not None else None
    if stopped_at is not None and stopped_at.hides_its_end:
        yield SHORTENER_UNRESOLVED.found(h=journey.hops[-1].shown)
        return
    named = ", ".join(dict.fromkeys(each.host for each in through))
    if stopped_at is not None and journey.passing is None:
        yield VIA_KNOWN.found(severity=Severity.NOTICE, outcome=Outcome.INDETERMINATE, r=named)
    else:
        yield VIA_KNOWN.found(r=named)


def _trouble(journey: Journey, chain: Chain) -> Iterator[Finding]:
    day, later = chain.followed_on, journey.hops[1:]
    if chain.trouble is Trouble.BLOCKED or any(is_internal(hop) for hop in later):
        yield BLOCKED_ADDRESS.found(date=day)
    elif chain.trouble is Trouble.TOO_MANY or is_endless(journey.hops):
        yield TOO_MANY.found(date=day)
    if any(one.scheme == "https" and two.scheme == "http" for one, two in pairwise(journey.hops)):
        yield DOWNGRADED.found(date=day)
    if not journey.hops[-1].is_valid:  # an app's own scheme, say
        refused = links.refusal(journey.hops[-1])
        yield from [refused] if refused is not None else []


def _destination(
    facts: OfferFacts,
    register: Register,
    journey: Journey,
    identity: Identity,
    end_identity: Identity,
) -> Iterator[Finding]:
    """At most one of final_differs, leaves_verified and via_unlisted, and what lowers the end."""
    end = journey.end
    if end is None or journey.chain is None:
        return
    if end.port is not None and journey.link.port is None:
        yield links.NONSTANDARD_PORT.found(h=end.shown, p=end.port)
    if not _is_confirmed(facts, register, journey, end, end_identity):
        rule = LEAVES_VERIFIED if identity.is_verified else FINAL_DIFFERS
        seller = _expected(facts, register, journey)
        yield rule.found(date=journey.chain.followed_on, h2=end.shown, seller=seller)
        yield from _nobodys(facts, register, end, end_identity)
    else:
        yield from _lowered(journey, end, identity, end_identity)
        yield from _via_unlisted(facts, register, journey, end, identity)


def _is_confirmed(
    facts: OfferFacts, register: Register, journey: Journey, end: Link, end_identity: Identity
) -> bool:
    """Whether the link may well end here: the same site, the brand's, or the same seller's."""
    if end is journey.subject or is_same_site(journey.link, end):
        return True
    owners = {folded(facts.declared_seller)} if facts.declared_seller else set()
    for known in register.covering(journey.link.name):
        owners |= {folded(known.seller.name)} if known.seller else set()
    for known in register.covering(end.name):
        if known.seller is None or folded(known.seller.name) in owners:
            return True
    return end_identity.is_verified and not any(contradicted(facts, end, end_identity))


def _expected(facts: OfferFacts, register: Register, journey: Journey) -> str:
    """Of whom a shopper would think that the address is."""
    if facts.declared_seller:
        return facts.declared_seller
    known = register.covering(journey.link.name)
    sellers = [each.seller.name for each in known if each.seller is not None]
    is_the_brands = len(sellers) < len(known)
    return sellers[0] if sellers and not is_the_brands else facts.product.brand


def _nobodys(
    facts: OfferFacts, register: Register, end: Link, end_identity: Identity
) -> Iterator[Finding]:
    if end_identity.finding.outcome is Outcome.FAILED:
        yield end_identity.finding
    if end.is_ip:
        yield links.HOST_IS_IP.found(h=end.shown)
    elif not end_identity.is_named:
        yield from lookalikes.judge_name(facts, register, end)


def _lowered(
    journey: Journey, end: Link, identity: Identity, end_identity: Identity
) -> Iterator[Finding]:
    """The end's own identity, when the answer about the link would say too much."""
    found = end_identity.finding
    if end is journey.subject or found.rule is identity.finding.rule:
        return
    is_other_page = found.rule is MARKETPLACE_UNKNOWN_SELLER
    is_less = identity.is_verified and not end_identity.is_verified
    is_elsewhere = _without_www(journey.link) != _without_www(end)
    if found.outcome is Outcome.FAILED or (is_less and (is_elsewhere or is_other_page)):
        yield found


def _without_www(link: Link) -> str:
    """Of a site's two usual names one proof is enough; its other hosts may be other people's."""
    return link.name.removeprefix("www.")


def _via_unlisted(
    facts: OfferFacts, register: Register, journey: Journey, end: Link, identity: Identity
) -> Iterator[Finding]:
    chain = journey.chain
    stranger = next(
        (
            hop
            for hop in journey.hops[1:-1]
            if not any(is_same_site(hop, known) for known in (journey.link, end))
            and redirector(hop) is None
            and not register.covering(hop.name)
        ),
        None,
    )
    if stranger is None or chain is None:
        return
    # Those who count visits have more addresses than anybody knows: doubt, not a mismatch.
    is_doubt = journey.passing is not None or not identity.is_named
    yield VIA_UNLISTED.found(
        severity=Severity.NOTICE if is_doubt else None,
        outcome=Outcome.INDETERMINATE if is_doubt else None,
        date=chain.followed_on,
        h2=stranger.shown,
        seller=_expected(facts, register, journey),
    )


def _changed(
    journey: Journey, observed: Observed, end_identity: Identity, today: date
) -> Iterator[Finding]:
    chain, before = journey.chain, observed.before
    if chain is None or before is None or today - chain.followed_on >= CHANGE_STANDS:
        return
    hops = hops_of(journey.link, before)
    led_to = end_of(hops, before)
    if led_to is None or journey.end is None or is_same_site(led_to, journey.end):
        return
    # From one confirmed address to another: told, and no doubt.
    outcome = Outcome.NOT_APPLICABLE if end_identity.is_verified else Outcome.INDETERMINATE
    yield CHANGED.found(
        outcome=outcome, date=before.followed_on, before=led_to.shown, now=journey.end.shown
    )
