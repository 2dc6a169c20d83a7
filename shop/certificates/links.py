"""Which laboratory, lot and earlier report does a document belong to? Derived from its fields."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import code_key
from shop.catalog import service as catalog
from shop.certificates import alikes, laboratories, seen_hosts
from shop.certificates.models import Certificate, CertificateField, Status
from shop.plumbing.db import db

_LONGEST_KEY = 100


def refresh(certificate: Certificate, fields: Iterable[CertificateField]) -> None:
    """Derive laboratory and report number anew, and the lot while nobody has named one."""
    values = {row.name: row.value for row in fields}
    certificate.report_key = code_key(values.get(FieldName.REPORT_NO, ""))[:_LONGEST_KEY]
    laboratory = laboratories.matching(values.get(FieldName.LAB_NAME, ""))
    certificate.laboratory_id = laboratory.id if laboratory else None
    if certificate.lot_id is None:
        _file_under_its_lot(certificate, values.get(FieldName.LOT, ""))
    db.session.flush()
    seen_hosts.note(certificate)


def amended_by(certificate: Certificate, fields: Iterable[CertificateField]) -> list[Certificate]:
    """The accepted reports of the same laboratory and lot that this one says it replaces."""
    amends = next((row for row in fields if row.name == FieldName.AMENDS), None)
    if amends is None or certificate.laboratory_id is None or certificate.lot_id is None:
        return []
    found = db.session.scalars(
        select(Certificate).where(
            Certificate.laboratory_id == certificate.laboratory_id,
            Certificate.lot_id == certificate.lot_id,
            Certificate.report_key == code_key(amends.value)[:_LONGEST_KEY],
            Certificate.status == Status.ACCEPTED,
            Certificate.id != certificate.id,
        )
    )
    return list(found)


def later_beside(certificate: Certificate) -> list[Certificate]:
    """The documents that are judged beside this one: they bear its number, or its numbers."""
    others = [*_later_with_its_number(certificate), *alikes.later_than(certificate)]
    return list({other.id: other for other in others}.values())


def _later_with_its_number(certificate: Certificate) -> list[Certificate]:
    if not certificate.report_key:
        return []
    found = db.session.scalars(
        select(Certificate).where(
            Certificate.report_key == certificate.report_key, Certificate.id > certificate.id
        )
    )
    return list(found)


def _file_under_its_lot(certificate: Certificate, code: str) -> None:
    """Uploaded without a lot: the one lot with the printed number, if there is exactly one.

    The product on the report is still compared with that lot's, so that a number which two makers
    happen to share is seen.
    """
    lots = catalog.find_lot(code) if code_key(code) else []
    if len(lots) == 1:
        certificate.lot_id, certificate.variant_id = lots[0].id, lots[0].variant_id
        certificate.product_id = lots[0].variant.product_id
