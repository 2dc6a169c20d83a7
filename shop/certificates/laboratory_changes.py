"""Who changed what in a laboratory's record, and which documents does that bear on?"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from shop.certificates import schedule
from shop.certificates.laboratory_models import LaboratoryChange
from shop.certificates.models import Certificate, Laboratory
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict

# Let nobody else change a laboratory, or file a document under one, until this transaction ends.
_LOCK = 4_102_017
PAGE = 50


class Change(StrEnum):
    """What was done to a record."""

    ADDED = "added"
    RENAMED = "renamed"
    NAMES = "names"
    DOMAINS = "domains"
    HOST_APPROVED = "host_approved"
    HOST_REFUSED = "host_refused"
    ACCREDITATION_ADDED = "accreditation_added"
    ACCREDITATION_CHANGED = "accreditation_changed"
    ACCREDITATION_SEEN = "accreditation_seen"
    PIN_ASKED = "pin_asked"
    PIN_AGREED = "pin_agreed"
    PIN_REMOVED = "pin_removed"
    RETIRED = "retired"
    RESTORED = "restored"
    MERGED = "merged"  # into another one
    TOOK_OVER = "took_over"  # another one's names and addresses


def note(
    laboratory: Laboratory, what: Change, *, staff: str, at: datetime | None, **details: object
) -> None:
    """Add a change to the history. `details` are texts and lists of them, shown to staff."""
    laboratory.revision += 1
    db.session.add(
        LaboratoryChange(
            laboratory_id=laboratory.id,
            what=what,
            details=details,
            staff_id=staff,
            at=at or now(),
        )
    )
    db.session.flush()


def history(laboratory_id: int, limit: int = PAGE) -> Sequence[LaboratoryChange]:
    """The latest changes, the newest first."""
    rows = select(LaboratoryChange).where(LaboratoryChange.laboratory_id == laboratory_id)
    return db.session.scalars(rows.order_by(LaboratoryChange.id.desc()).limit(limit)).all()


def ring(laboratory_id: int) -> None:
    """Have every document of the laboratory judged anew."""
    for public_id in documents_of(laboratory_id):
        schedule.ring(public_id)


def documents_of(laboratory_id: int) -> Sequence[str]:
    """Public ids of its documents."""
    rows = select(Certificate.public_id).where(Certificate.laboratory_id == laboratory_id)
    return db.session.scalars(rows.order_by(Certificate.id)).all()


def count_documents(laboratory_id: int) -> int:
    rows = select(func.count()).where(Certificate.laboratory_id == laboratory_id)
    return db.session.scalar(rows) or 0


def hold(laboratory: Laboratory, revision: int | None = None) -> None:
    """Change it alone until the transaction ends. Raises Conflict if it is not what staff saw."""
    db.session.refresh(laboratory, with_for_update=True)
    if revision is not None and laboratory.revision != revision:
        code = "laboratory.changed"
        message = "Somebody changed this record while you were at it. Look at it again."
        raise Conflict(code, message)


def hold_names(*, is_shared: bool = False) -> None:
    """Let no name change hands while documents are filed by name, and the other way round.

    To be taken before any row is locked. Many may file at a time (`is_shared`); to change names
    is to be alone.
    """
    if db.engine.dialect.name != "postgresql":
        return  # on SQLite, BEGIN IMMEDIATE is that lock already
    lock = func.pg_advisory_xact_lock_shared if is_shared else func.pg_advisory_xact_lock
    db.session.execute(select(lock(_LOCK)))
