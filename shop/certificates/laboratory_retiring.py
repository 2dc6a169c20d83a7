"""What becomes of a laboratory's documents when its record goes, or joins another one's?

Nothing is deleted. A record that goes keeps its history and can be put back; its documents are of
an unknown laboratory from then on, and are judged anew: what was decided about them counts no
longer, because it was decided about other facts.
"""

from datetime import datetime

from sqlalchemy import select

from shop.assay.certificates.keys import name_key
from shop.certificates import (
    accreditations,
    laboratories,
    laboratory_changes,
    laboratory_pins,
    schedule,
    seen_hosts,
)
from shop.certificates.laboratory_changes import Change
from shop.certificates.models import Certificate, Laboratory
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, Refused


def retire(laboratory: Laboratory, *, reason: str, staff: str, at: datetime) -> int:
    """Take it off record; returns how many documents lose it. Raises Refused without a reason."""
    _hold_standing(laboratory)
    if not reason.strip():
        code = "laboratory.reason_missing"
        raise Refused(code, "Enter why it is taken off record.")
    laboratory.retired_at = at
    count = laboratory_changes.count_documents(laboratory.id)
    details = {"reason": reason.strip(), "documents": count}
    laboratory_changes.note(laboratory, Change.RETIRED, staff=staff, at=at, **details)
    _let_go(laboratory)
    return count


def restore(laboratory: Laboratory, *, staff: str, at: datetime) -> None:
    """Put it back on record, and its documents under it. Raises Conflict for names given away."""
    laboratory_changes.hold_names()
    laboratory_changes.hold(laboratory)
    if laboratory.retired_at is None:
        return
    taken = [
        name
        for name in (laboratory.legal_name, *laboratory.aliases)
        if _is_anothers(laboratories.matching(name), name)
    ]
    if laboratory.legal_name in taken:
        code = "laboratory.known"
        message = f"{laboratory.legal_name} is now a name of another laboratory. Change that first."
        raise Conflict(code, message)
    laboratory.aliases = [name for name in laboratory.aliases if name not in taken]
    laboratory.retired_at = None
    db.session.flush()
    laboratory_changes.note(laboratory, Change.RESTORED, staff=staff, at=at, removed=taken)
    laboratories.file_by_name(laboratory)


def merge(laboratory: Laboratory, into: Laboratory, *, staff: str, at: datetime) -> None:
    """They are one: names, addresses, accreditations and pins go over, and this record goes.

    Raises Conflict for one that is off record, or is itself.
    """
    _hold_standing(laboratory)
    laboratory_changes.hold(into)
    if laboratory.id == into.id or into.retired_at is not None:
        code = "laboratory.merge_impossible"
        raise Conflict(code, "Choose another laboratory that is on record.")
    _hand_over(laboratory, into)
    details = {"name": laboratory.legal_name, "from": laboratory.public_id}
    laboratory_changes.note(into, Change.TOOK_OVER, staff=staff, at=at, **details)
    laboratory.retired_at = at
    details = {"name": into.legal_name, "into": into.public_id}
    laboratory_changes.note(laboratory, Change.MERGED, staff=staff, at=at, **details)
    laboratory_changes.ring(into.id)
    _let_go(laboratory)


def _hold_standing(laboratory: Laboratory) -> None:
    laboratory_changes.hold_names()
    laboratory_changes.hold(laboratory)
    if laboratory.retired_at is not None:
        code = "laboratory.retired"
        raise Conflict(code, "This laboratory is off record already.")


def _let_go(laboratory: Laboratory) -> None:
    """Its documents go where their printed name leads, to nobody perhaps."""
    db.session.flush()
    rows = select(Certificate).where(Certificate.laboratory_id == laboratory.id)
    orphans = db.session.scalars(rows.order_by(Certificate.id)).all()
    laboratories.file_by_name(laboratory)
    for certificate in orphans:
        if certificate.laboratory_id == laboratory.id:  # no name of a laboratory is printed on it
            certificate.laboratory_id = None
            db.session.flush()
            seen_hosts.note(certificate)
        schedule.ring(certificate.public_id)
    db.session.flush()


def _hand_over(laboratory: Laboratory, into: Laboratory) -> None:
    names = (*into.aliases, laboratory.legal_name, *laboratory.aliases)
    into.aliases = list(dict.fromkeys(names))
    into.domains = list(dict.fromkeys((*into.domains, *laboratory.domains)))
    into.verify_hosts = list(dict.fromkeys((*into.verify_hosts, *laboratory.verify_hosts)))
    known = {(row.body, row.number) for row in accreditations.accreditations_of(into.id)}
    for row in accreditations.accreditations_of(laboratory.id):
        if (row.body, row.number) not in known:
            row.laboratory_id = into.id
    laboratory_pins.hand_over(laboratory, into)
    db.session.flush()


def _is_anothers(found: Laboratory | None, name: str) -> bool:
    """Whether that very name is a laboratory's on record, and not only one set apart by a place."""
    if found is None:
        return False
    return name_key(name) in {name_key(each) for each in (found.legal_name, *found.aliases)}
