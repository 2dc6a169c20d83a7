"""With which certificates does a laboratory sign its reports, and who says so?

A pin takes two people: a document that it vouches for is signed by the laboratory, and nobody
looks at that again. To remove one takes a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Text, cast, select

from shop.certificates import laboratory_changes, schedule
from shop.certificates.laboratory_changes import Change
from shop.certificates.laboratory_models import SigningPin
from shop.certificates.models import Certificate, Laboratory
from shop.certificates.reader import wire_inside
from shop.certificates.signing_certificates import Holder
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused

_MOST_DOCUMENTS = 500
_LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A certificate with which documents of the laboratory are signed, and that is not pinned."""

    sha256: str
    signer: str
    holds_until: str  # ISO day
    certificate: Certificate  # the first of these documents
    documents: int


def ask(
    laboratory: Laboratory, holder: Holder, *, source: str, staff: str, at: datetime
) -> SigningPin:
    """Propose a certificate that was pasted or sent. `source` says where it is from."""
    if not source.strip():
        code = "laboratory.pin_source"
        raise Refused(code, "Enter where you have the certificate from.")
    pin = SigningPin(
        sha256=holder.sha256,
        holder=holder.name,
        issuer=holder.issuer,
        valid_from=holder.valid_from,
        valid_to=holder.valid_to,
        is_authority=holder.is_authority,
        source=source.strip()[:_LONGEST_TEXT],
    )
    return _ask(laboratory, pin, staff=staff, at=at)


def ask_from_document(
    laboratory: Laboratory, sha256: str, *, staff: str, at: datetime
) -> SigningPin:
    """Propose the certificate of a signature on one of its documents. Raises NotFound."""
    found = next((each for each in seen_on_documents(laboratory) if each.sha256 == sha256), None)
    if found is None:
        code = "laboratory.pin_unseen"
        raise NotFound(code, "No document of this laboratory is signed with that certificate.")
    until = datetime.fromisoformat(found.holds_until) if found.holds_until else None
    pin = SigningPin(
        sha256=found.sha256,
        holder=found.signer[:300] or "Nobody is named",
        valid_to=until.replace(tzinfo=until.tzinfo or UTC) if until else None,
        certificate_id=found.certificate.id,
    )
    return _ask(laboratory, pin, staff=staff, at=at)


def agree(laboratory: Laboratory, pin: SigningPin, *, staff: str, at: datetime) -> None:
    """Let the certificate count; agreeing twice is agreeing once.

    Raises Refused for the person who proposed it, Conflict for one that was removed.
    """
    _hold(laboratory, pin)
    if pin.agreed_by:
        return
    if pin.pinned_by == staff:
        code = "laboratory.pin_second_is_first"
        raise Refused(code, "Another person has to agree; you proposed this certificate yourself.")
    pin.agreed_by, pin.agreed_at = staff, at
    _write(laboratory)
    _note(laboratory, pin, Change.PIN_AGREED, staff, at)
    _ring_signed(laboratory, pin)


def remove(
    laboratory: Laboratory, pin: SigningPin, *, reason: str, staff: str, at: datetime
) -> None:
    """Let it count no longer. Raises Refused without a reason."""
    _hold(laboratory, pin)
    if not reason.strip():
        code = "laboratory.reason_missing"
        raise Refused(code, "Enter why the certificate is removed.")
    pin.removed_by, pin.removed_at = staff, at
    pin.reason = reason.strip()[:_LONGEST_TEXT]
    _write(laboratory)
    _note(laboratory, pin, Change.PIN_REMOVED, staff, at, reason=pin.reason)
    _ring_signed(laboratory, pin)


def pin(laboratory: Laboratory, public_id: str) -> SigningPin:
    """One of the laboratory's. Raises NotFound."""
    found = next((each for each in pins_of(laboratory.id) if each.public_id == public_id), None)
    if found is None:
        code = "laboratory.pin_unknown"
        raise NotFound(code, "There is no such certificate.")
    return found


def pins_of(laboratory_id: int) -> Sequence[SigningPin]:
    """All there ever were, the newest first."""
    rows = select(SigningPin).where(SigningPin.laboratory_id == laboratory_id)
    return db.session.scalars(rows.order_by(SigningPin.id.desc())).all()


def awaiting(laboratory_ids: Iterable[int] | None = None) -> Sequence[SigningPin]:
    """Those that wait for a second person."""
    rows = select(SigningPin).where(SigningPin.agreed_by == "", SigningPin.removed_at.is_(None))
    if laboratory_ids is not None:
        rows = rows.where(SigningPin.laboratory_id.in_(laboratory_ids))
    return db.session.scalars(rows.order_by(SigningPin.id)).all()


def seen_on_documents(laboratory: Laboratory) -> list[Seen]:
    """Certificates of intact signatures on its documents, most documents first."""
    known = {each.sha256 for each in pins_of(laboratory.id) if each.removed_at is None}
    found: dict[str, Seen] = {}
    rows = (
        select(Certificate)
        .where(Certificate.laboratory_id == laboratory.id, _says('"is_time_stamp"'))
        .order_by(Certificate.id.desc())
        .limit(_MOST_DOCUMENTS)
    )
    for certificate in reversed(db.session.scalars(rows).all()):
        for one in wire_inside.inside(certificate.inside).signatures.found:
            if one.is_time_stamp or not (one.is_intact and one.is_valid):
                continue
            if one.certificate and one.certificate not in known:
                before = found.get(one.certificate)
                first = before.certificate if before else certificate
                count = before.documents + 1 if before else 1
                found[one.certificate] = Seen(
                    one.certificate, one.signer, one.holds_until, first, count
                )
    return sorted(found.values(), key=lambda each: -each.documents)


def document_of(pin: SigningPin) -> Certificate | None:
    """The document on which it was seen."""
    if pin.certificate_id is None:
        return None
    return db.session.get(Certificate, pin.certificate_id)


def hand_over(laboratory: Laboratory, into: Laboratory) -> None:
    """They are one laboratory: what signs for one signs for the other."""
    known = {each.sha256 for each in pins_of(into.id) if each.removed_at is None}
    for each in pins_of(laboratory.id):
        if each.removed_at is None and each.sha256 not in known:
            each.laboratory_id = into.id
    db.session.flush()
    for one in (laboratory, into):
        _write(one)


def _ask(laboratory: Laboratory, pin: SigningPin, *, staff: str, at: datetime) -> SigningPin:
    laboratory_changes.hold(laboratory)
    standing = select(SigningPin).where(
        SigningPin.sha256 == pin.sha256, SigningPin.removed_at.is_(None)
    )
    other = db.session.scalars(standing).first()
    if other is not None:
        holder = db.session.get_one(Laboratory, other.laboratory_id)
        code = "laboratory.pin_known"
        message = f"This certificate is on record for {holder.legal_name} already."
        raise Conflict(code, message, laboratory=holder.public_id)
    pin.laboratory_id, pin.pinned_by, pin.pinned_at = laboratory.id, staff, at
    db.session.add(pin)
    db.session.flush()
    _note(laboratory, pin, Change.PIN_ASKED, staff, at)
    return pin


def _hold(laboratory: Laboratory, pin: SigningPin) -> None:
    laboratory_changes.hold(laboratory)
    db.session.refresh(pin)
    if pin.removed_at is not None:
        code = "laboratory.pin_removed"
        raise Conflict(code, "This certificate was removed. Look at the record again.")


def _write(laboratory: Laboratory) -> None:
    """What the judge asks for: the digests that two people stand for."""
    db.session.flush()
    counting = [each for each in pins_of(laboratory.id) if each.agreed_by and not each.removed_at]
    laboratory.signing_certs = sorted(each.sha256 for each in counting)
    db.session.flush()


def _ring_signed(laboratory: Laboratory, pin: SigningPin) -> None:
    """Its own documents, and any other's that bears the signature."""
    laboratory_changes.ring(laboratory.id)
    rows = select(Certificate.public_id).where(_says(pin.sha256))
    for public_id in db.session.scalars(rows):
        schedule.ring(public_id)


def _says(text: str) -> ColumnElement[bool]:
    """Whether that stands in what was seen inside the file, without reading it all here."""
    return cast(Certificate.inside, Text).contains(text, autoescape=True)


def _note(
    laboratory: Laboratory,
    pin: SigningPin,
    what: Change,
    staff: str,
    at: datetime,
    **more: str,
) -> None:
    details = {"name": pin.holder, "sha256": pin.sha256, **more}
    laboratory_changes.note(laboratory, what, staff=staff, at=at, **details)
