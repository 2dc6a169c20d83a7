"""What was read of one document: its values, its results, its pages."""

from sqlalchemy import select

from shop.assay.certificates.facts import FieldName, Source
from shop.certificates.models import (
    Certificate,
    CertificateField,
    CertificatePage,
    CertificateResult,
)
from shop.plumbing.db import db


def fields_of(certificate_id: int) -> list[CertificateField]:
    """The value that counts for each field (staff's newest, else what was read), in order."""
    current: dict[str, CertificateField] = {}
    for row in field_history(certificate_id):
        current[row.name] = row
    order = {name.value: place for place, name in enumerate(FieldName)}
    return sorted(current.values(), key=lambda row: order.get(row.name, len(order)))


def field_history(certificate_id: int) -> list[CertificateField]:
    """Everything read or written for each field: what was read first, then staff's by date."""
    rows = db.session.scalars(
        select(CertificateField)
        .where(CertificateField.certificate_id == certificate_id)
        .order_by(CertificateField.id)
    )
    return sorted(rows, key=lambda row: row.source == Source.STAFF)


def results_of(certificate_id: int) -> list[CertificateResult]:
    """The lines of the results table, in the document's order."""
    return list(
        db.session.scalars(
            select(CertificateResult)
            .where(CertificateResult.certificate_id == certificate_id)
            .order_by(CertificateResult.position)
        )
    )


def pages_of(certificate_id: int) -> list[CertificatePage]:
    """The pages that have a preview, as the file is (see `earlier_pages_of`)."""
    return list(
        db.session.scalars(
            select(CertificatePage)
            .where(CertificatePage.certificate_id == certificate_id, CertificatePage.revision == 0)
            .order_by(CertificatePage.number)
        )
    )


def earlier_pages_of(certificate_id: int) -> list[CertificatePage]:
    """Pages that changed, as an earlier revision in the same file shows them, by page number."""
    return list(
        db.session.scalars(
            select(CertificatePage)
            .where(CertificatePage.certificate_id == certificate_id, CertificatePage.revision > 0)
            .order_by(CertificatePage.number, CertificatePage.revision)
        )
    )


def superseding(certificate: Certificate) -> Certificate | None:
    """The amendment that stands in its place, if one does."""
    if certificate.superseded_by_id is None:
        return None
    return db.session.get(Certificate, certificate.superseded_by_id)


def superseded(certificate: Certificate) -> list[Certificate]:
    """The reports in whose place it stands."""
    older = select(Certificate).where(Certificate.superseded_by_id == certificate.id)
    return list(db.session.scalars(older.order_by(Certificate.id)))
