"""Since when does a name belong to whoever has it now? Asked of the registries (RDAP) once a week.

One question at a time, whatever the name: all of them go through one service.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.redirectors import redirector
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.jobs import Handler, Transaction
from shop.plumbing.outbound import Code, Outbound, OutboundError
from shop.sellers import proving, schedule, turns
from shop.sellers.models import Offer
from shop.sellers.seen import DomainRegistration, Following

REGISTRATION_JOB = "domain.registration"
EVERY = timedelta(days=7)
# After a question that was not answered.
RETRY = timedelta(days=1)
# The service allows ten questions in ten seconds; we ask one in two, and 300,000 in a week.
PAUSE = timedelta(seconds=1)
STRIDE = timedelta(seconds=2)
AT_ONCE = 30  # in one sweep: as many as a minute holds
_SERVICE = "rdap"  # whose turn it is


def name_to_ask(link: Link) -> str:
    """The name whose registration tells about a link; "" when none does.

    A tenant's name is not registered, its platform's says nothing of the tenant, and a host that
    only passes on sells nothing.
    """
    is_nobodys = link.is_ip or link.is_internal or link.is_sample or not link.is_public
    if is_nobodys or link.platform or redirector(link) is not None:
        return ""
    return link.registrable


def want(links: Iterable[Link]) -> None:
    """Have the names of these links asked for, if they are new, in the caller's transaction."""
    names = {name_to_ask(link) for link in links} - {""}
    query = select(DomainRegistration.name).where(DomainRegistration.name.in_(names))
    new = sorted(names - set(db.session.scalars(query)))
    if new:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        values = [{"name": name, "next_read_at": now(), "problem": ""} for name in new]
        db.session.execute(insert(DomainRegistration).values(values).on_conflict_do_nothing())
        added = select(DomainRegistration).where(DomainRegistration.name.in_(new))
        _ring(db.session.scalars(added.order_by(DomainRegistration.name)).all())


def known(names: Iterable[str]) -> Mapping[str, date]:
    """What is known of these names: since when each is its holder's."""
    query = select(DomainRegistration.name, DomainRegistration.created_on).where(
        DomainRegistration.name.in_(list(names)), DomainRegistration.created_on.is_not(None)
    )
    return {name: day for name, day in db.session.execute(query) if day is not None}


def ring_for_due(*, limit: int = AT_ONCE) -> int:
    """Ring for the names that are due, one after another; returns how many rang (the sweep)."""
    due = select(DomainRegistration).where(DomainRegistration.next_read_at <= now())
    ordered = due.order_by(DomainRegistration.next_read_at, DomainRegistration.id)
    rows = db.session.scalars(ordered.limit(limit)).all()
    _ring(rows)
    return len(rows)


def handlers(outbound: Outbound) -> Mapping[str, Handler]:
    """What workers do here, by kind of job. The key is the row's id."""

    def read(key: str, transaction: Transaction) -> None:
        _read(outbound, int(key), transaction)

    return {REGISTRATION_JOB: Handler(read)}


def _ring(rows: Sequence[DomainRegistration]) -> None:
    places = turns.line_up(_SERVICE, at=now(), count=len(rows), stride=STRIDE) if rows else []
    for row, place in zip(rows, places, strict=True):
        jobs.enqueue(REGISTRATION_JOB, str(row.id), at=place)
        row.next_read_at = place + RETRY  # until then the job is on its way
    db.session.flush()


def _read(outbound: Outbound, row_id: int, transaction: Transaction) -> None:
    name = db.session.scalar(select(DomainRegistration.name).where(DomainRegistration.id == row_id))
    db.session.rollback()  # nothing stays open while the registry takes its time
    if name is None:
        return
    try:
        with transaction():
            turns.take([_SERVICE], at=now())
    except turns.Busy as busy:
        with transaction():
            (place,) = turns.line_up(_SERVICE, at=busy.free_at, stride=STRIDE)
            jobs.enqueue(REGISTRATION_JOB, str(row_id), at=place)
        return
    created_on, problem = _asked(outbound, name)
    with transaction():
        _keep(row_id, created_on, problem)
        turns.give_back([_SERVICE], at=now(), pause=PAUSE)


def _asked(outbound: Outbound, name: str) -> tuple[date | None, str]:
    try:
        return outbound.registered_on(name), ""
    except OutboundError as problem:
        return None, problem.code


def _keep(row_id: int, created_on: date | None, problem: str) -> None:
    row = db.session.get(DomainRegistration, row_id, with_for_update=True)
    if row is None:
        return
    moment = now()
    row.problem = problem
    if problem:
        row.next_read_at = moment + (EVERY if problem == Code.INVALID else RETRY)
        return
    row.read_at, row.next_read_at = moment, moment + EVERY
    is_news = created_on is not None and created_on != row.created_on
    if created_on is not None and is_news:
        row.created_on = created_on
        db.session.flush()
        proving.void_since(row.name, created_on)
        concerned = or_(Following.name == row.name, Following.end_name == row.name)
        schedule.due_now(Offer.id.in_(select(Following.offer_id).where(concerned)))
    db.session.flush()
