"""How does a worker read lists? A brand's own, once a day, and those that somebody wants checked.

The network comes first and holds no transaction; what came of it is kept in one. A list that is
missing or broken changes nothing: the last good one holds until it expires.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from shop.assay.sellers import published
from shop.assay.sellers.facts import Host
from shop.assay.sellers.published import LARGEST, Problem, PublishedList
from shop.catalog.models import Brand
from shop.plumbing.blobs import BlobStore
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Handler, Transaction
from shop.plumbing.outbound import Answer, Limits, Outbound, OutboundError
from shop.sellers import list_applying, proof_standing
from shop.sellers.evidence import brand_domains, latest_list
from shop.sellers.models import Domain
from shop.sellers.seen import ListCheck, ListSource

LIST_JOB = "list.fetch"
CHECK_JOB = "list.check"
EVERY = timedelta(hours=24)
_SPREAD = timedelta(hours=2)  # so that not all lists are read at the same minute
_FIRST_PAUSE = timedelta(hours=1)
_LIMITS = Limits(max_bytes=LARGEST, seconds=30.0)
_LIMITS_OF_A_CHECK = Limits(max_bytes=LARGEST, seconds=10.0)  # strangers share the visitors
_OK, _NOT_MODIFIED = 200, 304
_LONGEST_ETAG = 200
# Problems of a look that are no answer of the network.
NOT_ACCEPTED = "not_accepted"  # the list itself: see its problems
FAILED = "failed"  # our own fault
NOT_CONTROLLED = "not_controlled"  # the brand no longer shows that the address is its own
PACKED = "packed"  # compressed, though we asked for it as it is


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a look needs to know, read before it starts."""

    public_id: str
    url: str
    brand_id: int
    brand: str
    official: tuple[Host, ...]
    etag: str = ""
    document: str = ""  # of the last good list from this address


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a look found. `problem` is empty when it is the brand's list."""

    problem: str = ""
    problems: tuple[Problem, ...] = ()
    published: PublishedList | None = None
    document: str = ""
    etag: str = ""
    address: str = ""


def handlers(gate: Outbound, blobs: BlobStore) -> dict[str, Handler]:
    """What a worker does for lists, by kind of job."""
    return {
        LIST_JOB: Handler(run=partial(_fetch, gate, blobs)),
        CHECK_JOB: Handler(run=partial(_check, gate), gave_up=_gave_up),
    }


def pause_after(failures: int) -> timedelta:
    """How long a source that failed so often in a row is left alone: 1 h, 2 h, ... a day."""
    return min(_FIRST_PAUSE * float(2 ** min(failures - 1, 10)), EVERY)


def spread(public_id: str) -> timedelta:
    """Up to two hours, for each source its own."""
    place = int.from_bytes(sha256(public_id.encode()).digest()[:4])
    return _SPREAD * (place / 2**32)


def trusted_hosts(domains: Sequence[Domain]) -> tuple[Host, ...]:
    """The brand's addresses from which a list is its word: those whose control it shows, and
    those that our staff entered and nobody was ever asked to prove.
    """
    return tuple(
        Host(each.host, is_exact=each.is_exact)
        for each in domains
        if not each.proofs or proof_standing.standing(each)
    )


def _fetch(gate: Outbound, blobs: BlobStore, key: str, transaction: Transaction) -> None:
    errand = _errand(key)
    db.session.rollback()  # no snapshot stays open while strangers take their time
    if errand is None:
        return
    outcome = _look(errand, gate, blobs)
    with transaction():
        source = _locked(key)
        if source is not None and source.url == errand.url:
            _keep(source, outcome, now())


def _errand(key: str) -> _Errand | None:
    source = db.session.scalars(select(ListSource).where(ListSource.public_id == key)).first()
    if source is None:
        return None
    last = latest_list(source.brand_id)
    is_from_here = last is not None and last.source_url == source.url and bool(last.document)
    return _Errand(
        public_id=key,
        url=source.url,
        brand_id=source.brand_id,
        brand=db.session.get_one(Brand, source.brand_id).name,
        official=trusted_hosts(brand_domains(source.brand_id)),
        etag=source.etag if is_from_here else "",
        document=last.document if last is not None and is_from_here else "",
    )


def _look(errand: _Errand, gate: Outbound, blobs: BlobStore) -> _Outcome:
    """Fetch and understand the list. Every way in which it can fail is an outcome."""
    if not errand.official:
        return _Outcome(NOT_CONTROLLED)
    try:
        stored = blobs.get(errand.document) if errand.etag and errand.document else b""
    except NotFound:
        stored = b""
    asked = {"If-None-Match": errand.etag} if stored else {}
    try:
        answer = gate.fetch(errand.url, limits=_LIMITS, headers=asked, https_only=True)
    except OutboundError as problem:
        return _Outcome(str(problem.code))
    is_unchanged = bool(stored) and answer.status == _NOT_MODIFIED
    if not is_unchanged and _why_unread(answer):
        return _Outcome(_why_unread(answer))
    data = stored if is_unchanged else answer.body
    found = _understood(errand, data, answer.url)
    if found.problem:
        return found
    etag = errand.etag if is_unchanged else _etag(answer)
    return replace(found, document=blobs.put(data), etag=etag, address=answer.url)


def _why_unread(answer: Answer) -> str:
    if answer.status != _OK:
        return f"http_{answer.status}"
    return PACKED if answer.is_encoded else ""


def _understood(errand: _Errand, data: bytes, address: str) -> _Outcome:
    reading = published.read(data, today=now().date())
    if reading.list is None:
        return _Outcome(NOT_ACCEPTED, reading.problems)
    unfit = published.fit(
        reading.list, brand=errand.brand, official=errand.official, address=address
    )
    if unfit:
        return _Outcome(NOT_ACCEPTED, (*unfit, *reading.problems))
    return _Outcome(problems=reading.problems, published=reading.list)


def _etag(answer: Answer) -> str:
    """To be sent back as it is; one that is too long for that is done without."""
    etag = answer.headers.get("etag", "")
    return etag if len(etag) <= _LONGEST_ETAG and etag.isascii() and etag.isprintable() else ""


def _locked(key: str) -> ListSource | None:
    query = select(ListSource).where(ListSource.public_id == key)
    return db.session.scalars(query.with_for_update()).first()


def _keep(source: ListSource, outcome: _Outcome, at: datetime) -> None:
    source.tried_at = at
    source.problem = outcome.problem
    source.problems = told(outcome.problems)
    if outcome.problem or outcome.published is None:
        source.failures += 1
        source.failing_since = source.failing_since or at
        source.next_fetch_at = at + pause_after(source.failures) + spread(source.public_id) / 8
        return
    source.failures, source.failing_since = 0, None
    source.fetched_at, source.etag = at, outcome.etag
    source.next_fetch_at = at + EVERY - _SPREAD / 2 + spread(source.public_id)
    last = latest_list(source.brand_id)
    if last is None or last.document != outcome.document:
        list_applying.apply(
            source.brand_id,
            outcome.published,
            document=outcome.document,
            source_url=source.url,
            at=at,
        )


def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as they are kept in a row."""
    return [asdict(problem) for problem in problems]


def _check(gate: Outbound, key: str, transaction: Transaction) -> None:
    url = db.session.scalar(
        select(ListCheck.url).where(ListCheck.public_id == key, ListCheck.read_at.is_(None))
    )
    db.session.rollback()
    if url is None:
        return
    report = _report(gate, url)
    with transaction():
        _answer(key, report)


def _gave_up(key: str, transaction: Transaction) -> None:
    with transaction():
        _answer(key, {"problem": FAILED, "problems": []})


def _answer(key: str, report: dict[str, Any]) -> None:
    check = db.session.scalars(select(ListCheck).where(ListCheck.public_id == key)).first()
    if check is not None and check.read_at is None:
        check.report, check.read_at = report, now()


def _report(gate: Outbound, url: str) -> dict[str, Any]:
    """What the page of a check shows: why there was no list, or what is in it."""
    try:
        answer = gate.fetch(url, limits=_LIMITS_OF_A_CHECK, https_only=True)
    except OutboundError as problem:
        return {"problem": str(problem.code), "problems": []}
    if _why_unread(answer):
        return {"problem": _why_unread(answer), "problems": []}
    reading = published.read(answer.body, today=now().date())
    found = reading.list
    if found is None:
        return {"problem": NOT_ACCEPTED, "problems": told(reading.problems)}
    misplaced = published.fit_place(found, answer.url)
    return {
        "problem": NOT_ACCEPTED if misplaced else "",
        "problems": told((*misplaced, *reading.problems)),
        "brand": found.brand,
        "sellers": len(found.sellers),
        "not_authorized": len(found.not_authorized),
        "expires": found.expires_on.isoformat(),
    }
