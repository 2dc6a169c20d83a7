"""Where does a brand publish its list of sellers, and who wants a list checked? The way in.

Workers read lists (`list_reading`) and bring the brand's word in step with them (`list_applying`).
Everything here runs in the caller's transaction.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select

from shop.assay.sellers.facts import Host
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.published import WELL_KNOWN
from shop.catalog.models import Brand
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound, Refused, Unavailable
from shop.sellers import texts
from shop.sellers.evidence import brand_domains
from shop.sellers.list_reading import CHECK_JOB, LIST_JOB, handlers
from shop.sellers.seen import ListCheck, ListSource

__all__ = [
    "CHECK_JOB",
    "LIST_JOB",
    "ask_check",
    "check",
    "default_url",
    "fetch_now",
    "handlers",
    "ring_for_due",
    "source_of",
    "troubled",
    "use_source",
]

LONGEST_ADDRESS = 2000
CHECKS_LIVE = timedelta(days=7)
# A source that fails longer than this is shown to staff as waiting for a person.
PATIENCE = timedelta(days=3)
_AT_ONCE = 200
_MOST_WAITING = 200  # checks; beyond that, strangers wait
_SAME = timedelta(minutes=1)
_RING_AGAIN = timedelta(hours=1)


def use_source(brand: Brand, url: str) -> ListSource:
    """Say where the brand publishes its list, and have it read. Raises Refused."""
    address = _https(url)
    host = parse(address).name
    own = [Host(each.host, is_exact=each.is_exact) for each in brand_domains(brand.id)]
    if not any(each.covers(host) for each in own):
        message = f"{host} is not an official website of {brand.name}. Add it there first."
        code = "sellers.source_not_official"
        raise Refused(code, message)
    source = source_of(brand.id)
    if source is None:
        source = ListSource(brand_id=brand.id, url=address, problems=[])
        db.session.add(source)
    elif source.url != address:
        source.url, source.etag = address, ""
        source.failures, source.failing_since = 0, None
        source.problem, source.problems = "", []
        source.fetched_at = source.tried_at = None
    db.session.flush()
    fetch_now(source)
    return source


def fetch_now(source: ListSource) -> None:
    """Have it read as soon as the caller's transaction is committed."""
    source.next_fetch_at = now() + _RING_AGAIN  # the worker says when next; this is for lost bells
    db.session.flush()
    jobs.enqueue(LIST_JOB, source.public_id)


def source_of(brand_id: int) -> ListSource | None:
    return db.session.scalars(select(ListSource).where(ListSource.brand_id == brand_id)).first()


def default_url(brand_id: int) -> str:
    """Where a list is expected; empty while the brand has no official address on record."""
    domains = brand_domains(brand_id)
    return f"https://{domains[0].host}{WELL_KNOWN}" if domains else ""


def troubled() -> int:
    """How many lists could not be read for so long that a person should look."""
    is_late = ListSource.failing_since <= now() - PATIENCE
    return db.session.scalar(select(func.count()).select_from(ListSource).where(is_late)) or 0


def ring_for_due(*, limit: int = _AT_ONCE) -> int:
    """Ring for the lists that are due and the checks that lost their bell; returns how many (the
    sweep). Checks are forgotten after a week.
    """
    moment = now()
    db.session.execute(delete(ListCheck).where(ListCheck.created_at < moment - CHECKS_LIVE))
    due = select(ListSource).where(ListSource.next_fetch_at <= moment)
    sources = db.session.scalars(due.order_by(ListSource.next_fetch_at, ListSource.id).limit(limit))
    found = sources.all()
    for source in found:
        fetch_now(source)
    unread = select(ListCheck.public_id).where(
        ListCheck.read_at.is_(None), ListCheck.created_at < moment - _SAME
    )
    lost = db.session.scalars(unread.order_by(ListCheck.id).limit(limit)).all()
    for public_id in lost:
        jobs.enqueue(CHECK_JOB, public_id)
    return len(found) + len(lost)


def ask_check(url: str) -> ListCheck:
    """Have a worker read the list at an address and say what is wrong with it.

    Who asks for the same address again within a minute gets the same check. Raises Refused for
    what is no https address, Unavailable while too many wait.
    """
    address = _https(url)
    since = now() - _SAME
    recent = select(ListCheck).where(ListCheck.url == address, ListCheck.created_at > since)
    known = db.session.scalars(recent.order_by(ListCheck.id.desc()).limit(1)).first()
    if known is not None:
        return known
    waiting = select(func.count()).select_from(ListCheck).where(ListCheck.read_at.is_(None))
    if (db.session.scalar(waiting) or 0) >= _MOST_WAITING:
        code = "sellers.checks_busy"
        raise Unavailable(code, "Many lists wait to be read. Try again in a few minutes.")
    asked = ListCheck(url=address)
    db.session.add(asked)
    db.session.flush()
    jobs.enqueue(CHECK_JOB, asked.public_id)
    return asked


def check(public_id: str) -> ListCheck:
    """A check, read or not. Raises NotFound, also when it is older than a week."""
    query = select(ListCheck).where(ListCheck.public_id == texts.public_id(public_id))
    found = db.session.scalars(query).first()
    if found is None:
        code = "sellers.check_unknown"
        raise NotFound(code, "There is no such check. Checks are kept for a week.")
    return found


def _https(url: str) -> str:
    """The address as a browser opens it. Raises Refused."""
    link = parse(url[: LONGEST_ADDRESS + 1])
    is_public = link.is_public and not link.is_internal and not link.is_suffix
    if link.scheme != "https" or link.has_credentials or not is_public:
        code = "sellers.source_address"
        raise Refused(code, "Enter an address that begins with https://, on a public website.")
    if len(url) > LONGEST_ADDRESS or len(link.href) > LONGEST_ADDRESS:
        code = "sellers.source_address"
        raise Refused(code, f"Enter an address of at most {LONGEST_ADDRESS:,} characters.")
    return link.href.partition("#")[0]
