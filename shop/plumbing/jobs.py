"""A bell, not a record: what is due stands in its own row, and a job says "look at it now".

Enqueuing writes in the caller's transaction, so a job exists exactly when its reason does. A worker
leases a job, runs its handler, and deletes it; a worker that dies leaves a lease that runs out, and
the job runs again. Handlers are therefore safe to run twice.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import (
    Select,
    String,
    Text,
    UniqueConstraint,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from shop.plumbing.clock import now
from shop.plumbing.db import Model, Moment, db, transaction

LEASE = timedelta(minutes=2)
# After this many failures a job is given to `Handler.gave_up` and dropped.
MAX_ATTEMPTS = 5
_BACKOFF = timedelta(seconds=5)
_log = structlog.get_logger()

Transaction = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """What runs for a kind of job.

    `run(key, transaction)` is called with no transaction open: slow work (reading a file, the
    network) comes first, then one `with transaction():`. `gave_up` runs after MAX_ATTEMPTS.
    """

    run: Callable[[str, Transaction], None]
    gave_up: Callable[[str, Transaction], None] | None = None


class Job(Model):
    """One ring of the bell. The same kind and key waits only once."""

    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120))
    run_at: Mapped[datetime] = mapped_column(Moment, index=True)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Moment)  # rung while leased: run again then
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


def enqueue(kind: str, key: str, *, at: datetime | None = None) -> None:
    """Ring for `key` in the caller's open transaction; ringing twice is ringing once."""
    run_at = at or now()
    is_postgresql = db.engine.dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    earlier = func.least if is_postgresql else func.min
    is_leased = Job.leased_until.is_not(None)
    statement = insert(Job).values(
        kind=kind, key=key, run_at=run_at, attempts=0, last_error="", created_at=now()
    )
    rung = statement.excluded.run_at
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "key"],
            set_={
                "run_at": case((is_leased, Job.run_at), else_=earlier(Job.run_at, rung)),
                "next_at": case(
                    (is_leased, earlier(func.coalesce(Job.next_at, rung), rung)), else_=Job.next_at
                ),
            },
        )
    )


def run_due(handlers: Mapping[str, Handler], *, limit: int = 100) -> int:
    """Run what is due, one after another; returns how many handlers ran."""
    ran = 0
    while ran < limit and run_one(handlers):
        ran += 1
    return ran


def run_one(handlers: Mapping[str, Handler]) -> bool:
    """Lease and run one due job. False when nothing is due."""
    is_due = db.session.scalar(select(_due(handlers).exists()))  # a read: idling locks nothing
    db.session.rollback()  # else the next look would see this moment's snapshot again
    if not is_due:
        return False
    with transaction():
        leased = _lease(handlers)
    if leased is None:
        return False
    job_id, kind, key, attempts = leased
    log = _log.bind(job=kind, key=key, attempt=attempts)
    try:
        handlers[kind].run(key, transaction)
    except Exception as problem:  # a handler may fail in any way; the worker must live
        db.session.rollback()
        log.exception("job.failed")
        _after_failure(handlers[kind], job_id, key, attempts, repr(problem))
    else:
        db.session.rollback()
        _after_success(job_id)
        log.info("job.done")
    return True


def work(
    handlers: Mapping[str, Handler],
    *,
    stop: threading.Event,
    sweep: Callable[[], None],
    idle_seconds: float = 0.5,
    sweep_seconds: float = 60,
) -> None:
    """Run jobs until `stop` is set; every `sweep_seconds` let `sweep` ring for what is due.

    A database that is locked or gone for a while is waited for.
    """
    next_sweep = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_sweep:
                sweep()
                next_sweep = time.monotonic() + sweep_seconds
            is_idle = not run_one(handlers)
        except OperationalError:
            db.session.rollback()
            _log.exception("jobs.database_unavailable")
            is_idle = True
        if is_idle:
            stop.wait(idle_seconds)


def waiting() -> int:
    """How many jobs wait or run."""
    return db.session.scalar(select(func.count()).select_from(Job)) or 0


def _due(handlers: Mapping[str, Handler]) -> Select[Job]:
    moment = now()
    return select(Job).where(
        Job.run_at <= moment,
        or_(Job.leased_until.is_(None), Job.leased_until <= moment),
        Job.kind.in_(handlers),
    )


def _lease(handlers: Mapping[str, Handler]) -> tuple[int, str, str, int] | None:
    oldest = _due(handlers).order_by(Job.run_at, Job.id).limit(1)
    job = db.session.scalars(oldest.with_for_update(skip_locked=True)).first()
    if job is None:
        return None
    job.leased_until = now() + LEASE
    job.attempts += 1
    return job.id, job.kind, job.key, job.attempts


def _after_success(job_id: int) -> None:
    with transaction():
        done = delete(Job).where(Job.id == job_id, Job.next_at.is_(None))
        db.session.execute(done)
        db.session.execute(  # still there: it was rung while it ran
            update(Job)
            .where(Job.id == job_id)
            .values(leased_until=None, attempts=0, run_at=Job.next_at, next_at=None)
        )


def _after_failure(handler: Handler, job_id: int, key: str, attempts: int, error: str) -> None:
    if attempts >= MAX_ATTEMPTS:
        if handler.gave_up is not None:
            handler.gave_up(key, transaction)
        with transaction():
            db.session.execute(delete(Job).where(Job.id == job_id))
        return
    with transaction():
        db.session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(
                leased_until=None, run_at=now() + _BACKOFF * 4**attempts, last_error=error[:2000]
            )
        )
