"""How far is the reader: what is it reading, what waits, and what was read of each document?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.assay.certificates.facts import SURE, Source
from shop.catalog.models import Product, Variant
from shop.certificates.models import Certificate, CertificateField, Status
from shop.plumbing.db import db

_MOST_IN_LINE = 2_000
# A reader may work for half a minute. What is "being read" for longer lost its reader, and the
# sweep (certificates.jobs) rings for it again.
_LONGEST_READING = timedelta(minutes=2)
_SELECT = select(Certificate).options(
    joinedload(Certificate.lot),
    joinedload(Certificate.variant).joinedload(Variant.product).joinedload(Product.brand),
)
_NEWEST = _SELECT.order_by(Certificate.uploaded_at.desc(), Certificate.id.desc())


@dataclass(frozen=True, slots=True)
class Line:
    """What the readers hold, and how many documents wait for one."""

    reading: Sequence[Certificate]
    waiting: int
    waits_since: datetime | None  # whoever waits longest


@dataclass(frozen=True, slots=True)
class Counted:
    """How many fields are printed, understood, and not certain. What staff wrote is certain."""

    printed: int = 0
    read: int = 0
    unsure: int = 0


def line() -> Line:
    """The line before the readers, in two queries."""
    waiting, since = db.session.execute(
        select(func.count(), func.min(Certificate.status_at)).where(
            Certificate.status == Status.QUARANTINED
        )
    ).one()
    reading = db.session.scalars(
        _SELECT.where(Certificate.status == Status.PROCESSING).order_by(Certificate.status_at)
    )
    return Line(list(reading), waiting, since)


def places() -> Mapping[str, int]:
    """Public id -> place in line, from 1, of those who wait."""
    rows = db.session.scalars(
        select(Certificate.public_id)
        .where(Certificate.status == Status.QUARANTINED)
        .order_by(Certificate.status_at, Certificate.id)
        .limit(_MOST_IN_LINE)
    )
    return {public_id: place for place, public_id in enumerate(rows, 1)}


def is_interrupted(certificate: Certificate, at: datetime) -> bool:
    """Whether its reader was lost: it stays with us, and another begins anew by itself."""
    is_reading = certificate.status == Status.PROCESSING
    return is_reading and certificate.status_at <= at - _LONGEST_READING


def sent_by(staff: str, since: datetime, limit: int) -> Sequence[Certificate]:
    """What a member of staff (a public id) sent since then, the newest first."""
    mine = _NEWEST.where(Certificate.uploaded_by == staff, Certificate.uploaded_at >= since)
    return db.session.scalars(mine.limit(limit)).all()


def among(public_ids: Iterable[str]) -> Sequence[Certificate]:
    """Those of these documents that there are, the newest first."""
    wanted = set(public_ids)
    if not wanted:
        return []
    return db.session.scalars(_NEWEST.where(Certificate.public_id.in_(wanted))).all()


def counted(public_ids: Iterable[str]) -> Mapping[str, Counted]:
    """What was read of each document, in one query; staff's newest word counts."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(
            Certificate.public_id,
            CertificateField.name,
            CertificateField.value,
            CertificateField.confidence,
            CertificateField.source,
        )
        .join(Certificate, Certificate.id == CertificateField.certificate_id)
        .where(Certificate.public_id.in_(wanted))
        .order_by(CertificateField.written_by != "", CertificateField.id)
    )
    standing: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for public_id, name, value, confidence, source in rows:
        if source == Source.STAFF and not value:
            standing[public_id].pop(name, None)  # staff said that it is not printed
        else:
            standing[public_id][name] = (value, confidence)
    return {each: _counted(fields.values()) for each, fields in standing.items()}


def _counted(fields: Iterable[tuple[str, int]]) -> Counted:
    known = list(fields)
    return Counted(
        printed=len(known),
        read=sum(1 for value, _ in known if value),
        unsure=sum(1 for value, confidence in known if not value or confidence < SURE),
    )
