"""What do certificates, DNS, registries and public lists say of it? (`tls.*`, `dns.*`, `domain.*`)

All of it was seen on a date and is stored. It stands beside the answer whose the address is, and
can only lower it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from shop.assay.sellers.facts import ProofState
from shop.assay.sellers.hostnames import Link, parse, suffixes
from shop.assay.sellers.journeys import CHANGE_STANDS
from shop.assay.sellers.observed import Observed, TlsState, Trouble
from shop.assay.sellers.register import Register
from shop.assay.sellers.ways import Journey
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

NAME_MISMATCH = Rule(
    "tls.name_mismatch",
    Severity.CAUTION,
    Outcome.INDETERMINATE,
    {DEFAULT: "On {date} the site's certificate did not match {h}."},
    "RFC 9525",
)
NOT_TRUSTED = Rule(
    "tls.not_trusted",
    Severity.CAUTION,
    Outcome.INDETERMINATE,
    {DEFAULT: "On {date} the certificate of {h} was not one that browsers accept."},
    "RFC 5280",
)
DOES_NOT_RESOLVE = Rule(
    "dns.does_not_resolve",
    Severity.CAUTION,
    Outcome.INDETERMINATE,
    {DEFAULT: "On {date} {h} could not be found."},
    "RFC 8020",
)
REGISTRATION_CHANGED = Rule(
    "domain.registration_changed",
    Severity.CAUTION,
    Outcome.INDETERMINATE,
    {DEFAULT: "{h} was registered again on {date}, after our proof; it may have a new owner."},
    "RFC 9083, 4.5",
)
RECENTLY_REGISTERED = Rule(
    "domain.recently_registered",
    Severity.NOTICE,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "{h} was registered on {date}."},
    "RFC 9083, 4.5",
)
ON_PUBLIC_LIST = Rule(
    "domain.on_public_list",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "{list} listed {h} on {date}."},
)

RULES = (
    NAME_MISMATCH,
    NOT_TRUSTED,
    DOES_NOT_RESOLVE,
    REGISTRATION_CHANGED,
    RECENTLY_REGISTERED,
    ON_PUBLIC_LIST,
)

RECENT = timedelta(days=90)


def judge_observed(
    register: Register, journey: Journey, observed: Observed, today: date
) -> Iterator[Finding]:
    """Everything seen about the addresses that the link opens and ends at."""
    yield from _encryption(journey, observed)
    chain = journey.chain
    if chain is not None and chain.trouble is Trouble.NOT_FOUND:
        yield DOES_NOT_RESOLVE.found(h=journey.hops[-1].shown, date=chain.followed_on)
    places = _places(journey)
    for place in places:
        yield from _registration(register, place, observed, today)
    for place in places:
        yield from _listing(place, observed)


def changes_at(observed: Observed) -> tuple[datetime, ...]:
    """The moments at which one of these answers changes by the calendar alone."""
    days = [each.created_on + RECENT for each in observed.registrations]
    if observed.chain is not None and observed.before is not None:
        days.append(observed.chain.followed_on + CHANGE_STANDS)
    return tuple(sorted(datetime.combine(day, time(), UTC) for day in set(days)))


def _places(journey: Journey) -> tuple[Link, ...]:
    """Where the link leads. A host that only passes on stands on many a list for just that."""
    if journey.passing is not None:
        return (journey.subject,) if journey.end is not None else ()
    if journey.end is None or journey.end.name == journey.link.name:
        return (journey.link,)
    return (journey.link, journey.end)


def _encryption(journey: Journey, observed: Observed) -> Iterator[Finding]:
    hosts = {hop.name for hop in journey.hops}
    rules = {TlsState.NAME_MISMATCH: NAME_MISMATCH, TlsState.NOT_TRUSTED: NOT_TRUSTED}
    for seen in observed.tls:
        rule = rules.get(seen.state)
        if rule is not None and seen.host in hosts:
            yield rule.found(h=parse(f"https://{seen.host}").shown, date=seen.seen_on)


def _registration(
    register: Register, place: Link, observed: Observed, today: date
) -> Iterator[Finding]:
    dated = {each.created_on for each in observed.registrations if each.name == place.registrable}
    proven = _proven_on(register, place) if dated else None
    for created_on in sorted(day for day in dated if day <= today):
        if proven is not None and proven < created_on:
            yield REGISTRATION_CHANGED.found(h=place.shown, date=created_on)
        if today - created_on < RECENT:
            yield RECENTLY_REGISTERED.found(h=place.shown, date=created_on)


def _proven_on(register: Register, place: Link) -> date | None:
    """The day since which nobody whom the brand names has shown that the address is theirs.

    Each owner speaks for itself: what a newcomer shows does not renew the word of the one before.
    """
    known = register.covering(place.name)
    shown: dict[str | None, date] = {}
    for each in [each for each in known if each.is_named] or known:
        day = each.host.proof.verified_on
        if day is not None and each.host.proof.state is not ProofState.NONE:
            owner = each.seller.name if each.seller is not None else None
            shown[owner] = max(day, shown.get(owner, day))
    return min(shown.values(), default=None)


def _listing(place: Link, observed: Observed) -> Iterator[Finding]:
    above = suffixes(place.name)
    for seen in observed.listings:
        if seen.host in above and not parse(f"https://{seen.host}").is_suffix:
            yield ON_PUBLIC_LIST.found(h=place.shown, list=seen.source, date=seen.listed_on)
