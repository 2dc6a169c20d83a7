"""May a worker visit this site now? One visit at a time, and a pause between two.

Kept in rows, because several workers share the sites that they visit. A worker that dies keeps
its turn until the lease runs out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.plumbing.db import db
from shop.sellers.seen import VisitTurn

PAUSE = timedelta(seconds=2)
LEASE = timedelta(minutes=1)  # longer than any visit: outbound gives up after 10 s


class Busy(Exception):  # noqa: N818 - no fault: somebody else's turn
    """Not now. Raised out of the caller's transaction, so that no turn is taken by halves."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__(free_at)
        self.free_at = free_at


def take(names: Iterable[str], *, at: datetime) -> None:
    """Take the turn at all of these sites, or raise Busy. Give it back when the visit is over."""
    wanted = sorted(set(names))  # in one order everywhere: two workers never wait for each other
    query = select(VisitTurn.free_at).where(VisitTurn.name.in_(wanted), VisitTurn.free_at > at)
    latest = max(db.session.scalars(query), default=None)
    if latest is not None:
        raise Busy(latest)
    for name in wanted:
        if not _reserve(name, at):
            raise Busy(at + PAUSE)  # taken between our look and our step


def give_back(names: Iterable[str], *, at: datetime) -> None:
    """The visit is over; also for sites that nobody knew it would lead through."""
    wanted = sorted(set(names))
    known = set(db.session.scalars(select(VisitTurn.name).where(VisitTurn.name.in_(wanted))))
    for name in wanted:
        if name not in known:
            _reserve(name, at)
    db.session.execute(
        update(VisitTurn).where(VisitTurn.name.in_(wanted)).values(free_at=at + PAUSE)
    )


def _reserve(name: str, at: datetime) -> bool:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(VisitTurn).values(name=name, free_at=at + LEASE)
    taken = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"free_at": statement.excluded.free_at},
        where=VisitTurn.free_at <= at,
    ).returning(VisitTurn.id)
    return db.session.scalar(taken) is not None
