"""To which hosts may a laboratory's documents lead, and which of its records need somebody?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from shop.certificates import accreditations, laboratory_changes, laboratory_hosts, seen_hosts
from shop.certificates.laboratory_changes import Change
from shop.certificates.laboratory_models import SigningPin
from shop.certificates.models import Certificate, Laboratory, SeenHost
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound


@dataclass(frozen=True, slots=True)
class Needs:
    """How much of a record waits for somebody."""

    hosts: int = 0  # proposed, and nobody has decided
    pins: int = 0  # waiting for a second person
    ending: date | None = None  # the first day on which an accreditation ends, soon or past

    def __bool__(self) -> bool:
        return bool(self.hosts or self.pins or self.ending)


def needs(today: date) -> Mapping[int, Needs]:
    """Laboratory id -> what its record needs, for those that need something, in three queries."""
    by_host = _counted(
        select(SeenHost.laboratory_id, func.count())
        .where(SeenHost.state == seen_hosts.PROPOSED)
        .group_by(SeenHost.laboratory_id)
    )
    by_pin = _counted(
        select(SigningPin.laboratory_id, func.count())
        .where(SigningPin.agreed_by == "", SigningPin.removed_at.is_(None))
        .group_by(SigningPin.laboratory_id)
    )
    ends: dict[int, date] = {}
    for row in accreditations.ending(today + accreditations.SOON):
        if row.valid_to is not None:
            ends.setdefault(row.laboratory_id, row.valid_to)
    return {
        key: Needs(by_host[key], by_pin[key], ends.get(key)) for key in {*by_host, *by_pin, *ends}
    }


def seen_of(laboratory_id: int) -> Sequence[tuple[SeenHost, str]]:
    """What was seen on its documents, each with the public id of the first; proposed ones first."""
    rows = (
        select(SeenHost, Certificate.public_id)
        .join(Certificate, Certificate.id == SeenHost.certificate_id)
        .where(SeenHost.laboratory_id == laboratory_id)
        .order_by(SeenHost.documents.desc(), SeenHost.id)
    )
    found = [(seen, public_id) for seen, public_id in db.session.execute(rows).all()]
    return sorted(found, key=lambda pair: pair[0].state != seen_hosts.PROPOSED)


def decide(
    laboratory: Laboratory, host: str, *, is_approved: bool, staff: str, at: datetime
) -> None:
    """Make a host one of the laboratory's look-up pages, or not; a later word replaces this one.

    A host that was on no document can only be taken away here. Raises NotFound for another, and
    as `laboratory_hosts.lookup_host`.
    """
    laboratory_changes.hold(laboratory)
    if is_approved:
        laboratory_hosts.lookup_host(host, of=laboratory)
    seen = db.session.scalar(
        select(SeenHost).where(SeenHost.laboratory_id == laboratory.id, SeenHost.host == host)
    )
    if seen is not None:
        seen_hosts.decide(seen, is_approved=is_approved, staff=staff, at=at)
    elif not is_approved and host in laboratory.verify_hosts:
        _write(laboratory, [each for each in laboratory.verify_hosts if each != host])
    else:
        code = "laboratory.host_unseen"
        raise NotFound(code, "This host was not seen on a document of the laboratory.")
    what = Change.HOST_APPROVED if is_approved else Change.HOST_REFUSED
    laboratory_changes.note(laboratory, what, staff=staff, at=at, name=host)


def add(laboratory: Laboratory, written: str, *, staff: str, at: datetime) -> str:
    """Put a look-up page on record that no document has led to yet; returns its host.

    Raises as `laboratory_hosts.lookup_host`.
    """
    laboratory_changes.hold(laboratory)
    host = laboratory_hosts.lookup_host(written, of=laboratory)
    if host in laboratory.verify_hosts:
        return host
    seen = db.session.scalar(
        select(SeenHost).where(SeenHost.laboratory_id == laboratory.id, SeenHost.host == host)
    )
    if seen is not None:
        seen_hosts.decide(seen, is_approved=True, staff=staff, at=at)
    else:
        _write(laboratory, [*laboratory.verify_hosts, host])
    laboratory_changes.note(laboratory, Change.HOST_APPROVED, staff=staff, at=at, name=host)
    return host


def _write(laboratory: Laboratory, hosts: list[str]) -> None:
    laboratory.verify_hosts = hosts
    db.session.flush()
    laboratory_changes.ring(laboratory.id)


def _counted(query: Select[int, int]) -> Counter[int]:
    return Counter({row[0]: row[1] for row in db.session.execute(query).all()})
