"""Where do the links of offers lead today? Followed on saving, once a week, and after a click.

When an offer is due stands in its own row; what was seen stands in `Following`. A look that sees
what the last one saw changes nothing but `seen_at`: an answer is published anew when something is
new, not because a week has passed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, or_, select, update

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.observed import Trouble
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.jobs import Handler, Transaction
from shop.plumbing.outbound import Hop, Limits, Outbound, Trace
from shop.plumbing.spool import Spool
from shop.sellers import registrations, schedule, texts, turns
from shop.sellers.models import Offer
from shop.sellers.seen import Following

FOLLOW_JOB = "link.follow"
WEEK = timedelta(days=7)
CLICK_AGE = timedelta(hours=24)
# After a look without an answer; from the fourth in a row on, once a week again.
RETRIES = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
# More than this many at once wait for the next sweeps instead of filling one transaction.
AT_ONCE = 200
# They come one after another: all at once, each would make the others late.
SPACING = timedelta(minutes=1) / AT_ONCE
_SOONEST = timedelta(days=1)
_PATIENCE = 6  # looks without an answer, over about three weeks, before that is what we know
_KEPT = 20  # of the ways that an offer's link once led
_LIMITS = Limits(seconds=10.0, redirects=5)


@dataclass(frozen=True, slots=True)
class _Asked:
    href: str
    site: str
    sites: frozenset[str]  # that the visit is expected to touch


def ring(offer: Offer) -> None:
    """Have the link followed when it is its turn, once the caller's transaction is committed."""
    _ring([offer])


def ring_for_due(*, limit: int = AT_ONCE) -> int:
    """Ring for the offers that are due, the longest due first; returns how many (the sweep)."""
    is_due = or_(Offer.next_follow_at.is_(None), Offer.next_follow_at <= now())
    oldest = select(Offer).where(is_due).order_by(Offer.next_follow_at, Offer.id).limit(limit)
    offers = db.session.scalars(oldest).all()
    _ring(offers)
    return len(offers)


def next_slot(public_id: str, moment: datetime) -> datetime:
    """The offer's own minute of the week, at least a day away.

    It comes from the offer's id, so that a million offers spread evenly over the week however
    many were saved at once, and each keeps its place.
    """
    digest = hashlib.sha256(public_id.encode()).digest()
    place = timedelta(seconds=int.from_bytes(digest[:8]) % int(WEEK.total_seconds()))
    soonest = moment + _SOONEST
    since = (soonest - datetime.fromtimestamp(0, UTC) - place) % WEEK
    return soonest + (WEEK - since if since else timedelta())


def clicks(data_dir: Path) -> Spool:
    """Where pages leave word of clicks. A page writes nothing to the database."""
    return Spool(data_dir / "clicks")


def clicked(offer: Offer, spool: Spool) -> None:
    """Somebody goes there: have it followed again unless the last look is fresh. Never raises."""
    if offer.followed_at is None or offer.followed_at < now() - CLICK_AGE:
        spool.leave(offer.public_id)


def ring_for_clicked(spool: Spool) -> None:
    """What was clicked and is not fresh is due now (the sweep, before `ring_for_due`)."""
    moment = now()
    is_stale = or_(Offer.followed_at.is_(None), Offer.followed_at < moment - CLICK_AGE)
    with spool.taken() as words:
        public_ids = sorted(words)
        for start in range(0, len(public_ids), AT_ONCE):
            clicked_ones = Offer.public_id.in_(public_ids[start : start + AT_ONCE])
            db.session.execute(
                update(Offer).where(clicked_ones, is_stale).values(next_follow_at=moment)
            )


def latest(offer_ids: Iterable[int]) -> Mapping[int, Following]:
    """The last way of each of these offers' links, by the offer's row id, in one query."""
    newest = select(func.max(Following.id)).where(Following.offer_id.in_(list(offer_ids)))
    query = select(Following).where(Following.id.in_(newest.group_by(Following.offer_id)))
    return {each.offer_id: each for each in db.session.scalars(query)}


def history(offer_id: int) -> Sequence[Following]:
    """The ways that the offer's link led, the newest first, at most 20."""
    query = select(Following).where(Following.offer_id == offer_id)
    return db.session.scalars(query.order_by(Following.id.desc()).limit(_KEPT)).all()


def site_of(link: Link) -> str:
    """What a visit counts for: the registrable name, or the host where there is none."""
    return (link.registrable or link.host)[:LONGEST_HOST]


def handlers(outbound: Outbound) -> Mapping[str, Handler]:
    """What workers do here, by kind of job."""

    def follow(public_id: str, transaction: Transaction) -> None:
        _follow(outbound, public_id, transaction)

    return {FOLLOW_JOB: Handler(follow), **registrations.handlers(outbound)}


def _ring(offers: Sequence[Offer]) -> None:
    """Those of one site stand in line, instead of crowding before its door."""
    moment = now()
    lines: dict[str, list[tuple[datetime, str]]] = {}
    for number, offer in enumerate(offers):
        link = parse(offer.url)
        offer.next_follow_at = next_slot(offer.public_id, moment)
        if not link.is_sample:
            line = lines.setdefault(site_of(link), [])
            line.append((moment + number * SPACING, offer.public_id))
    for site in sorted(lines):
        places = turns.line_up(site, at=lines[site][0][0], count=len(lines[site]))
        for (soonest, public_id), place in zip(lines[site], places, strict=True):
            jobs.enqueue(FOLLOW_JOB, public_id, at=max(soonest, place))
    db.session.flush()


def _follow(outbound: Outbound, public_id: str, transaction: Transaction) -> None:
    asked = _asked(public_id)
    db.session.rollback()  # nothing stays open while strangers take their time
    if asked is None:
        return
    try:
        with transaction():
            turns.take(asked.sites, at=now())
    except turns.Busy as busy:
        with transaction():
            (place,) = turns.line_up(asked.site, at=busy.free_at)
            jobs.enqueue(FOLLOW_JOB, public_id, at=place)
        return
    trace = outbound.trace(asked.href, limits=_LIMITS)
    with transaction():  # rows of offers, sites and services are locked in this order everywhere
        _keep(public_id, asked.href, trace)
        visited = {site_of(parse(hop.url)) for hop in trace.hops}
        turns.give_back({*asked.sites, *visited} - {""}, at=now())
        registrations.want(parse(hop.url) for hop in (trace.hops[0], trace.hops[-1]))


def _asked(public_id: str) -> _Asked | None:
    offer = _offer(public_id)
    if offer is None or not offer.href:
        return None
    before = latest([offer.id]).get(offer.id)
    urls = [offer.href, *(hop["url"] for hop in (before.hops if before is not None else []))]
    sites = frozenset(site_of(parse(url)) for url in urls) - {""}
    return _Asked(offer.href, site_of(parse(offer.url)), sites)


def _offer(public_id: str) -> Offer | None:
    return db.session.scalars(
        select(Offer).where(Offer.public_id == texts.public_id(public_id))
    ).first()


def _keep(public_id: str, href: str, trace: Trace) -> None:
    query = select(Offer).where(Offer.public_id == public_id).with_for_update()
    offer = db.session.scalars(query).first()
    if offer is None or offer.href != href:
        return  # gone, or given another address meanwhile, which rang for itself
    moment = now()
    rows = history(offer.id)
    row = rows[0] if rows else None
    failures = row.failures if row is not None else 0
    if row is not None and _is_same(row, trace):
        row.seen_at = moment
    elif row is None or not _is_cut_short(row, trace):
        row = _add(offer, trace, moment)
        db.session.execute(
            delete(Following).where(Following.id.in_([each.id for each in rows[_KEPT - 1 :]]))
        )
        schedule.ring(offer)
    is_answered = trace.trouble not in {Trouble.UNREACHABLE, Trouble.NOT_FOUND}
    row.failures = 0 if is_answered else failures + 1
    row.failed_at = row.failed_at if is_answered else moment
    offer.followed_at = moment
    offer.next_follow_at = _next_look(offer, row.failures, moment)
    db.session.flush()


def _next_look(offer: Offer, failures: int, moment: datetime) -> datetime:
    slot = next_slot(offer.public_id, moment)
    if 0 < failures <= len(RETRIES):
        return min(slot, moment + RETRIES[failures - 1])
    return slot


def _add(offer: Offer, trace: Trace, moment: datetime) -> Following:
    row = Following(
        offer_id=offer.id,
        followed_at=moment,
        seen_at=moment,
        hops=[_plain(hop) for hop in trace.hops],
        trouble=trace.trouble,
        name=site_of(parse(trace.hops[0].url)),
        end_name=site_of(parse(trace.hops[-1].url)),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _plain(hop: Hop) -> dict[str, str | int | None]:
    return {
        "url": texts.storable(hop.url),
        "status": hop.status,
        "tls": hop.tls,
        "address": hop.address,
    }


def _is_same(row: Following, trace: Trace) -> bool:
    """Whether the judge would see what it saw: those who count visits vary their addresses."""
    then = [(hop["url"], hop["tls"]) for hop in row.hops]
    today = [(texts.storable(hop.url), hop.tls) for hop in trace.hops]
    if then[0][0] != today[0][0] or row.trouble != trace.trouble:
        return False
    is_one_way = [(_place(url), tls) for url, tls in then] == [
        (_place(url), tls) for url, tls in today
    ]
    return is_one_way and parse(then[-1][0]).segments == parse(today[-1][0]).segments


def _is_cut_short(row: Following, trace: Trace) -> bool:
    """Whether somebody on the known way gave no answer: that is no news for some weeks."""
    last = trace.hops[-1]
    if Trouble.UNREACHABLE.value != trace.trouble or last.tls not in {"", "ok"}:
        return False
    then = [hop["url"] for hop in row.hops]
    today = [texts.storable(hop.url) for hop in trace.hops]
    is_known = [_place(url) for url in today] == [_place(url) for url in then[: len(today)]]
    return then[0] == today[0] and is_known and row.failures < _PATIENCE


def _place(url: str) -> tuple[str, str, int | None]:
    link = parse(url)
    return (link.scheme, link.host, link.port) if link.is_valid else (url, "", None)
