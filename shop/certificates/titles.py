"""What are these documents called, many at once?"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.assay.certificates.facts import FieldName
from shop.catalog.models import Product, Variant
from shop.certificates.models import Certificate, CertificateField
from shop.plumbing.db import db


@dataclass(frozen=True, slots=True)
class Titled:
    """A document with its report number, where one was read (staff's correction counts)."""

    certificate: Certificate
    report_no: str

    @property
    def title(self) -> str:
        return self.report_no or self.certificate.filename


def titles(public_ids: Iterable[str]) -> dict[str, Titled]:
    """By public id, in two queries; with lot, product and brand. What is none is left out."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    found = db.session.scalars(
        select(Certificate)
        .options(
            joinedload(Certificate.lot),
            joinedload(Certificate.variant).joinedload(Variant.product).joinedload(Product.brand),
        )
        .where(Certificate.public_id.in_(wanted))
    ).all()
    rows = db.session.execute(
        select(CertificateField.certificate_id, CertificateField.value)
        .where(
            CertificateField.certificate_id.in_([each.id for each in found]),
            CertificateField.name == FieldName.REPORT_NO,
        )
        # Staff's word comes after what was read, the newest last: it is the one that stays.
        .order_by(CertificateField.written_by != "", CertificateField.id)
    )
    numbers: dict[int, str] = {row.certificate_id: row.value for row in rows}
    return {each.public_id: Titled(each, numbers.get(each.id, "")) for each in found}
