"""Documents on record: taking them in, finding them, correcting what was read, and their status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from shop.assay.certificates.evidence import Level
from shop.assay.certificates.facts import SURE, FieldName, Source
from shop.assay.certificates.reading.values import CODES, plain_value
from shop.catalog.models import Lot, Product, Variant
from shop.certificates import contents, intake, laboratory_changes, links, schedule, seen_hosts
from shop.certificates.models import (
    Certificate,
    CertificateField,
    Status,
)
from shop.certificates.reader.limits import DEFAULT, MEGABYTE
from shop.plumbing import jobs
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound, Refused

plain_filename = intake.plain_filename
fields_of, field_history = contents.fields_of, contents.field_history
results_of = contents.results_of
pages_of, earlier_pages_of = contents.pages_of, contents.earlier_pages_of
READ_JOB = "certificate.read"
_LONGEST_VALUE = 300
_OPEN = (Status.QUARANTINED, Status.PROCESSING)
_SELECT = select(Certificate).options(
    joinedload(Certificate.laboratory),
    joinedload(Certificate.lot),
    joinedload(Certificate.variant).joinedload(Variant.product).joinedload(Product.brand),
)
_NEWEST = _SELECT.order_by(Certificate.uploaded_at.desc(), Certificate.id.desc())


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one uploaded file."""

    certificate: Certificate | None  # None: refused
    state: Literal["new", "known", "refused"]
    message: str


def receive(
    filename: str,
    content: bytes,
    *,
    uploaded_by: str,
    store: BlobStore,
    lot_id: int | None = None,
    max_megabytes: int = DEFAULT.file_bytes // MEGABYTE,
) -> Intake:
    """Keep a document unread, and ring for the reader. The same bytes are the same document.

    Raises Unavailable where the disk does not take it, NotFound for a lot that there is not.
    """
    name = plain_filename(filename)
    message = intake.refusal(content, max_megabytes)
    if message:
        return Intake(None, "refused", message)
    digest = intake.keep(content, store)  # before the row, which never names what is not there
    known = by_digest(digest)
    if known is None:
        certificate = Certificate(
            file_sha256=digest,
            filename=name,
            size=len(content),
            uploaded_by=uploaded_by,
            codes=[],
            problems=[],
        )
        try:
            with db.session.begin_nested():
                db.session.add(certificate)
        except IntegrityError:  # the same bytes from somebody else, this very moment
            known = by_digest(digest)
        else:
            if lot_id is not None:
                _file_under(certificate, lot_id)
            jobs.enqueue(READ_JOB, certificate.public_id)
            return Intake(certificate, "new", "Received. We are reading it.")
    if known is None:
        code = "certificate.vanished"
        raise Refused(code, "The selected file could not be uploaded. Try again.")
    if lot_id is not None and known.lot_id is None:
        _file_under(known, lot_id)
        _ring(known)
    return Intake(known, "known", "We have this very file already.")


def by_public_id(public_id: str) -> Certificate:
    """The certificate with its laboratory, lot, product and brand. Raises NotFound."""
    found = db.session.scalar(_SELECT.where(Certificate.public_id == public_id))
    if found is None:
        code = "certificate.unknown"
        raise NotFound(code, "There is no such certificate.", public_id=public_id)
    return found


def by_digest(digest: str) -> Certificate | None:
    """The certificate with these bytes, if it is on record."""
    return db.session.scalar(_SELECT.where(Certificate.file_sha256 == digest))


def for_lot(lot_id: int) -> list[Certificate]:
    """The certificates about a lot, newest first."""
    return for_lots([lot_id])[lot_id]


def for_lots(lot_ids: Iterable[int]) -> dict[int, list[Certificate]]:
    """The same for many lots, in one query; every lot asked for has its list."""
    by_lot: dict[int, list[Certificate]] = {lot_id: [] for lot_id in lot_ids}
    if by_lot:
        for found in db.session.scalars(_NEWEST.where(Certificate.lot_id.in_(by_lot))):
            if found.lot_id is not None:
                by_lot[found.lot_id].append(found)
    return by_lot


def for_product(product_id: int) -> list[Certificate]:
    """The certificates about any lot of a product, newest first."""
    return list(db.session.scalars(_NEWEST.where(Certificate.product_id == product_id)))


def recent(limit: int = 100) -> list[Certificate]:
    """What came in last, for staff."""
    return list(db.session.scalars(_NEWEST.limit(limit)))


def waiting(*, older_than: datetime, limit: int = 500) -> Sequence[str]:
    """Public ids of documents that were read by then and wait for a person, the oldest first."""
    rows = (
        select(Certificate.public_id)
        .where(Certificate.status == Status.NEEDS_REVIEW, Certificate.read_at <= older_than)
        .order_by(Certificate.id)
        .limit(limit)
    )
    return db.session.scalars(rows).all()


def correct_field(
    certificate: Certificate, name: FieldName, value: str, *, staff: str, at: datetime
) -> CertificateField:
    """Write staff's value beside what was read, dated. An empty value says: not on the report.

    The document is then inspected anew, so that a decision about the old facts does not stand.
    """
    laboratory_changes.hold_names(is_shared=True)
    printed = " ".join(value.split())[:_LONGEST_VALUE]
    plain = _plain(name, printed) if printed else ""
    read = next((r for r in fields_of(certificate.id) if r.name == name), None)
    row = CertificateField(
        certificate_id=certificate.id,
        name=name,
        value=plain,
        raw=printed,
        page=read.page if read else 0,
        box=read.box if read else None,
        confidence=100,
        source=Source.STAFF,
        written_by=staff,
        written_at=at,
    )
    db.session.add(row)
    if certificate.status in {Status.ACCEPTED, Status.REJECTED}:
        certificate.status, certificate.status_at = Status.NEEDS_REVIEW, at
    db.session.flush()
    links.refresh(certificate, fields_of(certificate.id))
    _ring(certificate)
    return row


def file_under(certificate: Certificate, lot_id: int) -> None:
    """Say which lot the document is about, and have it inspected anew."""
    _file_under(certificate, lot_id)
    _ring(certificate)


def read_again(certificate: Certificate, *, at: datetime) -> None:
    """Have the reader try once more; staff's corrections stay."""
    certificate.status, certificate.status_at = Status.QUARANTINED, at
    jobs.enqueue(READ_JOB, certificate.public_id)


def set_status(
    certificate: Certificate, status: Status, *, at: datetime, level: Level | None = None
) -> list[Certificate]:
    """Record where the document stands after a decision; returns what it superseded.

    Called in the decision's own transaction. An accepted amendment supersedes the accepted report
    of the same laboratory and lot whose number it names.
    """
    certificate.status, certificate.status_at = status, at
    if level is not None:
        certificate.evidence_level = level
    superseded = (
        links.amended_by(certificate, fields_of(certificate.id))
        if status is Status.ACCEPTED
        else []
    )
    for older in superseded:
        older.status, older.status_at = Status.SUPERSEDED, at
        older.superseded_by_id = certificate.id
        _ring(older)
    db.session.flush()
    seen_hosts.note(certificate)
    for later in links.later_beside(certificate):
        _ring(later)
    return superseded


def ring_for_unread(*, older_than: datetime) -> None:
    """Ring again for what waits or was left in the middle (the sweep)."""
    waiting = select(Certificate.public_id).where(
        Certificate.status.in_(_OPEN), Certificate.status_at <= older_than
    )
    for public_id in db.session.scalars(waiting.limit(500)):
        jobs.enqueue(READ_JOB, public_id)


def _plain(name: FieldName, printed: str) -> str:
    """The plain form of what staff wrote, who may know better what a code looks like."""
    value, confidence = plain_value(name, printed)
    is_date = name.startswith("date_")
    if is_date and (not value or confidence < SURE):
        code = "certificate.date_not_understood"
        raise Refused(code, "Enter a date like 3 October 2026 or 2026-10-03.", name=name)
    if name is FieldName.GTIN and value is None:
        code = "certificate.gtin_not_understood"
        raise Refused(code, "Enter the 8, 12, 13 or 14 digits below the barcode.", name=name)
    return printed if name in CODES or value is None else value


def _file_under(certificate: Certificate, lot_id: int) -> None:
    lot = db.session.scalar(select(Lot).options(joinedload(Lot.variant)).where(Lot.id == lot_id))
    if lot is None:
        code = "certificate.lot_unknown"
        raise NotFound(code, "There is no such lot.")
    certificate.lot_id, certificate.variant_id = lot.id, lot.variant_id
    certificate.product_id = lot.variant.product_id
    db.session.flush()
    # Whoever asks for the document in this very transaction is to see the new lot with it.
    db.session.expire(certificate, ["lot", "variant", "product"])


def _ring(certificate: Certificate) -> None:
    """Have it inspected; while it waits for the reader, that follows by itself."""
    if certificate.status not in _OPEN:
        schedule.ring(certificate.public_id)
