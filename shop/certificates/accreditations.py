"""What did people see of a laboratory's accreditations, where, and when?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.certificates import laboratory_changes
from shop.certificates.laboratory_changes import Change
from shop.certificates.models import Accreditation, Laboratory
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused

MOST_METHODS = 2_000
LONGEST_METHOD = 300
SOON = timedelta(days=60)


class AccreditationStatus(StrEnum):
    """How the body lists it."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


def add_accreditation(
    of: Laboratory,
    *,
    body: str,
    number: str,
    scope: Iterable[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    status: AccreditationStatus = AccreditationStatus.ACTIVE,
    evidence: str = "",
    document: str = "",
    checked_at: datetime | None = None,
    checked_by: str = "",
) -> Accreditation:
    """Record what a person saw at the accreditation body. A printed number alone proves nothing.

    `document` is the digest of what was kept of it. Raises Conflict for a number on record.
    """
    _refuse_reversed(valid_from, valid_to)
    row = Accreditation(
        laboratory_id=of.id,
        body=body.strip(),
        number=number.strip(),
        scope=methods(scope),
        valid_from=valid_from,
        valid_to=valid_to,
        status=status,
        evidence=evidence,
        document=document,
        first_checked_at=checked_at,
        checked_at=checked_at,
        checked_by=checked_by,
    )
    _keep(row)
    _changed(of, row, Change.ACCREDITATION_ADDED, checked_by, checked_at)
    laboratory_changes.ring(of.id)
    return row


def change(
    row: Accreditation,
    *,
    scope: Iterable[str],
    valid_from: date | None,
    valid_to: date | None,
    status: AccreditationStatus,
    evidence: str,
    document: str,
    staff: str,
    at: datetime,
) -> None:
    """Write what the body says now; an empty `document` leaves the one that is kept.

    Body and number stay: another number is another accreditation.
    """
    _refuse_reversed(valid_from, valid_to)
    laboratory = _laboratory(row)
    plain = methods(scope)
    seen = (plain, valid_from, valid_to, status.value)
    is_other = seen != (row.scope, row.valid_from, row.valid_to, row.status)
    row.scope, row.valid_from, row.valid_to, row.status = plain, valid_from, valid_to, status
    row.evidence, row.document = evidence, document or row.document
    row.checked_at, row.checked_by = at, staff
    if is_other or row.first_checked_at is None:
        row.first_checked_at = at
    db.session.flush()
    _changed(laboratory, row, Change.ACCREDITATION_CHANGED, staff, at)
    if is_other:
        laboratory_changes.ring(laboratory.id)


def see_again(row: Accreditation, *, staff: str, at: datetime) -> None:
    """Say that the body still lists it so. What was decided about documents goes on holding."""
    laboratory = _laboratory(row)
    is_first = row.first_checked_at is None and row.checked_at is None
    row.first_checked_at = row.first_checked_at or row.checked_at or at
    row.checked_at, row.checked_by = at, staff
    db.session.flush()
    _changed(laboratory, row, Change.ACCREDITATION_SEEN, staff, at)
    if is_first:
        laboratory_changes.ring(laboratory.id)


def accreditations_of(laboratory_id: int) -> list[Accreditation]:
    """What is on record for a laboratory, the latest last."""
    rows = db.session.scalars(
        select(Accreditation)
        .where(Accreditation.laboratory_id == laboratory_id)
        .order_by(Accreditation.id)
    )
    return list(rows)


def accreditation(laboratory: Laboratory, public_id: str) -> Accreditation:
    """One of the laboratory's. Raises NotFound."""
    found = db.session.scalar(
        select(Accreditation).where(
            Accreditation.laboratory_id == laboratory.id, Accreditation.public_id == public_id
        )
    )
    if found is None:
        code = "laboratory.accreditation_unknown"
        raise NotFound(code, "There is no such accreditation.")
    return found


def ending(by: date) -> Sequence[Accreditation]:
    """Active ones that end on that day or before it, also those that have ended."""
    rows = select(Accreditation).where(
        Accreditation.status == AccreditationStatus.ACTIVE, Accreditation.valid_to <= by
    )
    return db.session.scalars(rows.order_by(Accreditation.valid_to, Accreditation.id)).all()


def methods(lines: Iterable[str]) -> list[str]:
    """A pasted list as it is kept: one method a line, each once. Raises Refused for too much."""
    found = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
    if len(found) > MOST_METHODS:
        code = "laboratory.scope_long"
        message = f"Enter at most {MOST_METHODS:,} methods; these are {len(found):,}."
        raise Refused(code, message)
    long = next((line for line in found if len(line) > LONGEST_METHOD), None)
    if long is not None:
        code = "laboratory.method_long"
        message = f"Shorten this to {LONGEST_METHOD} characters: {long[:40]}…"
        raise Refused(code, message)
    return found


def _keep(row: Accreditation) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as problem:
        code = "laboratory.accreditation_known"
        message = f"{row.body} {row.number} is on record already. Change it there."
        raise Conflict(code, message) from problem


def _refuse_reversed(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to < valid_from:
        code = "laboratory.dates_reversed"
        raise Refused(code, "It cannot end before it began. Compare the two dates.")


def _laboratory(row: Accreditation) -> Laboratory:
    """Held until the transaction ends, and the row as it stands then."""
    laboratory = db.session.get_one(Laboratory, row.laboratory_id)
    laboratory_changes.hold(laboratory)
    db.session.refresh(row)
    return laboratory


def _changed(
    laboratory: Laboratory, row: Accreditation, what: Change, staff: str, at: datetime | None
) -> None:
    laboratory_changes.note(
        laboratory,
        what,
        staff=staff,
        at=at,
        name=f"{row.body} {row.number}",
        status=row.status,
        valid_from=row.valid_from.isoformat() if row.valid_from else "",
        valid_to=row.valid_to.isoformat() if row.valid_to else "",
        methods=len(row.scope),
    )
