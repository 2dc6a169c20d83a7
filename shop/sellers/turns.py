"""May a worker visit this site now? One visit at a time, and a pause between two.

Kept in rows, because several workers share the sites that they visit. Who wants to visit stands
in line and comes at a time of its own; who comes and finds the site busy stands in line again. A
worker that dies keeps its turn until the lease runs out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from shop.plumbing.db import db
from shop.sellers.seen import VisitTurn

PAUSE = timedelta(seconds=2)
STRIDE = timedelta(seconds=4)  # between two in line: a pause, and a visit of usual length
LEASE = timedelta(minutes=1)  # longer than any visit: outbound gives up after 10 s


class Busy(Exception):  # noqa: N818 - no fault: somebody else's turn
    """Not now. Raised out of the caller's transaction, so that no turn is taken by halves."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__(free_at)
        self.free_at = free_at


def line_up(
    name: str, *, at: datetime, count: int = 1, stride: timedelta = STRIDE
) -> list[datetime]:
    """When `count` visitors may come to a site, behind those who stand in line already."""
    (turn,) = _locked([name], at)
    first = max(at, turn.line_until)
    turn.line_until = first + count * stride
    db.session.flush()
    return [first + place * stride for place in range(count)]


def take(names: Iterable[str], *, at: datetime) -> None:
    """Take the turn at all of these sites, or raise Busy. Give it back when the visit is over."""
    for turn in _locked(names, at):
        if turn.free_at > at:
            raise Busy(turn.free_at)
        turn.free_at = at + LEASE
    db.session.flush()


def give_back(names: Iterable[str], *, at: datetime, pause: timedelta = PAUSE) -> None:
    """The visit is over; also for sites that nobody knew it would lead through."""
    for turn in _locked(names, at):
        turn.free_at = at + pause
    db.session.flush()


def _locked(names: Iterable[str], at: datetime) -> list[VisitTurn]:
    """The rows of these sites, in one order everywhere: two workers never wait for each other."""
    wanted = sorted(set(names))
    is_wanted = VisitTurn.name.in_(wanted)
    known = set(db.session.scalars(select(VisitTurn.name).where(is_wanted)))
    new = [{"name": name, "free_at": at, "line_until": at} for name in wanted if name not in known]
    if new:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(VisitTurn).values(new).on_conflict_do_nothing())
    query = select(VisitTurn).where(is_wanted).order_by(VisitTurn.name).with_for_update()
    return list(db.session.scalars(query, execution_options={"populate_existing": True}))
