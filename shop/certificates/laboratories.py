"""Which laboratories do we know, by which names, and what was seen of their accreditation?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import name_key, name_keys
from shop.certificates import schedule, seen_hosts
from shop.certificates.models import Accreditation, Certificate, CertificateField, Laboratory
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused


def add_laboratory(
    legal_name: str,
    *,
    aliases: Sequence[str] = (),
    domains: Sequence[str] = (),
    verify_hosts: Sequence[str] = (),
) -> Laboratory:
    """Put a laboratory on record. Raises Refused for no name, Conflict for one on record."""
    key = name_key(legal_name)
    if not key:
        code = "laboratory.name_missing"
        raise Refused(code, "Enter the laboratory's name.")
    if any(matching(name) for name in (legal_name, *aliases)):
        code = "laboratory.known"
        raise Conflict(code, "A laboratory of this name is on record already.", name=legal_name)
    laboratory = Laboratory(
        legal_name=legal_name.strip(),
        name_key=key,
        aliases=[alias.strip() for alias in aliases if name_key(alias)],
        domains=[domain.strip().lower() for domain in domains],
        verify_hosts=[host.strip().lower() for host in verify_hosts],
        signing_certs=[],
    )
    db.session.add(laboratory)
    db.session.flush()
    _relink(laboratory)
    return laboratory


def laboratory(public_id: str) -> Laboratory:
    """The laboratory. Raises NotFound."""
    found = db.session.scalar(select(Laboratory).where(Laboratory.public_id == public_id))
    if found is None:
        code = "laboratory.unknown"
        raise NotFound(code, "There is no such laboratory.", public_id=public_id)
    return found


def laboratories() -> list[Laboratory]:
    """All of them by name."""
    return list(db.session.scalars(select(Laboratory).order_by(Laboratory.legal_name)))


def matching(printed: str) -> Laboratory | None:
    """The laboratory that a report names, by legal name or alias, apart from case and form.

    A place set apart from the name ("Northmere Analytical, Leeds") does not hide it.
    """
    keys = name_keys(printed)
    return next((known for known in laboratories() if keys & _names(known)), None)


def add_accreditation(
    of: Laboratory,
    *,
    body: str,
    number: str,
    scope: Sequence[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    evidence: str = "",
    checked_at: datetime | None = None,
    checked_by: str = "",
) -> Accreditation:
    """Record what a person saw at the accreditation body. A printed number alone proves nothing."""
    row = Accreditation(
        laboratory_id=of.id,
        body=body.strip(),
        number=number.strip(),
        scope=list(scope),
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=evidence,
        checked_at=checked_at,
        checked_by=checked_by,
    )
    db.session.add(row)
    db.session.flush()
    for public_id in _of(of):
        schedule.ring(public_id)
    return row


def accreditations_of(laboratory_id: int) -> list[Accreditation]:
    """What is on record for a laboratory, the latest last."""
    rows = db.session.scalars(
        select(Accreditation)
        .where(Accreditation.laboratory_id == laboratory_id)
        .order_by(Accreditation.id)
    )
    return list(rows)


def _names(known: Laboratory) -> set[str]:
    return {known.name_key, *(name_key(alias) for alias in known.aliases)} - {""}


def _relink(laboratory: Laboratory) -> None:
    """Documents that named it before it was on record are its own now, and judged anew."""
    rows = db.session.execute(
        select(Certificate, CertificateField.value)
        .join(CertificateField, CertificateField.certificate_id == Certificate.id)
        .where(Certificate.laboratory_id.is_(None), CertificateField.name == FieldName.LAB_NAME)
    )
    for certificate, printed in rows.all():
        if name_keys(printed) & _names(laboratory):
            certificate.laboratory_id = laboratory.id
            seen_hosts.note(certificate)
            schedule.ring(certificate.public_id)
    db.session.flush()


def _of(laboratory: Laboratory) -> Sequence[str]:
    return db.session.scalars(
        select(Certificate.public_id).where(Certificate.laboratory_id == laboratory.id)
    ).all()
