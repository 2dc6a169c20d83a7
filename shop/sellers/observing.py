"""What was seen of a link, as the judge reads it, and what is new since the look before?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from shop.assay.sellers.hostnames import Link, parse, suffixes
from shop.assay.sellers.observed import (
    Chain,
    Listing,
    Observed,
    Registration,
    Tls,
    TlsState,
    Trouble,
)
from shop.assay.sellers.ways import is_same_site
from shop.plumbing.db import db
from shop.sellers import following, registrations
from shop.sellers.models import Offer
from shop.sellers.seen import Following, PublicListing


class What(StrEnum):
    """In what two looks at one link differ."""

    DESTINATION = "destination"
    WAY = "way"  # the sites passed on the way
    TROUBLE = "trouble"
    CERTIFICATE = "certificate"
    STATUS = "status"  # of the last answer


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two looks. Hosts as shown, several joined by a comma."""

    what: What
    before: str
    now: str


def observed_for(offer: Offer) -> Observed:
    """Everything seen about an offer's link: three statements."""
    rows = [row for row in following.history(offer.id) if _first(row) == offer.href[:8192]]
    if not rows:
        return observed_for_link(parse(offer.url))
    current = rows[0]
    end = _end(current)
    older = next((row for row in rows[1:] if _ended_elsewhere(row, end)), None)
    return _with_names(
        (parse(offer.url), end),
        chain=_chain(current, current.followed_at.date()),
        before=_chain(older, older.seen_at.date()) if older is not None else None,
        tls=_tls(current),
    )


def observed_for_link(link: Link) -> Observed:
    """The same for a link that is not stored and was never followed."""
    return _with_names((link,)) if link.is_valid else Observed()


def changes(before: Following, now: Following) -> tuple[Change, ...]:
    """What is different, in the order in which staff should read it."""
    pairs = (
        (What.DESTINATION, _end(before).shown, _end(now).shown),
        (What.WAY, _between(before), _between(now)),
        (What.TROUBLE, before.trouble, now.trouble),
        (What.CERTIFICATE, _certificates(before), _certificates(now)),
        (What.STATUS, _status(before), _status(now)),
    )
    return tuple(Change(what, then, today) for what, then, today in pairs if then != today)


def _with_names(
    links: Iterable[Link],
    *,
    chain: Chain | None = None,
    before: Chain | None = None,
    tls: tuple[Tls, ...] = (),
) -> Observed:
    places = [link for link in links if link.is_valid]
    names = {registrations.name_to_ask(link) for link in places} - {""}
    above = {name for link in places for name in suffixes(link.name)}
    listed = select(PublicListing).where(PublicListing.host.in_(above))
    found = db.session.scalars(listed.order_by(PublicListing.host, PublicListing.source))
    days = registrations.known(names) if names else {}
    return Observed(
        chain=chain,
        before=before,
        tls=tls,
        registrations=tuple(Registration(name, days[name]) for name in sorted(days)),
        listings=tuple(Listing(row.host, row.source, row.listed_on) for row in found),
    )


def _first(row: Following) -> str:
    url: str = row.hops[0]["url"]
    return url


def _end(row: Following) -> Link:
    return parse(row.hops[-1]["url"])


def _ended_elsewhere(row: Following, end: Link) -> bool:
    return not row.trouble and not is_same_site(_end(row), end)


def _chain(row: Following, day: date) -> Chain:
    trouble = Trouble(row.trouble) if row.trouble else None
    return Chain(tuple(hop["url"] for hop in row.hops), day, trouble)


def _tls(row: Following) -> tuple[Tls, ...]:
    found = {parse(hop["url"]).name: hop["tls"] for hop in row.hops if hop["tls"]}
    day = row.followed_at.date()
    return tuple(Tls(name, TlsState(tls), day) for name, tls in found.items())


def _between(row: Following) -> str:
    return ", ".join(_hosts(row)[1:-1])


def _hosts(row: Following) -> Sequence[str]:
    return [parse(hop["url"]).shown for hop in row.hops]


def _certificates(row: Following) -> str:
    return ", ".join(dict.fromkeys(hop["tls"] for hop in row.hops if hop["tls"]))


def _status(row: Following) -> str:
    status = row.hops[-1]["status"]
    return str(status) if status is not None else ""
