"""Which documents on file have nearly the same numbers? Asked of an index, never of all of them.

What is compared, and by which runs of numbers a document is found again, assay...alike says. This
module keeps them in a table and reads back the few documents that are near.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, delete, func, select

from shop.assay.certificates import alike
from shop.assay.certificates.alike import Printed
from shop.assay.certificates.facts import AlikeReport, FieldName
from shop.certificates import contents, schedule
from shop.certificates.models import Certificate, CertificateResult, NumberBand, Status
from shop.plumbing.db import db


def keep(certificate: Certificate, numbers: Sequence[str]) -> None:
    """Keep the document under some of its runs, in place of an earlier reading's.

    Documents that came later and were read earlier were judged without it: they are rung for.
    """
    own = alike.runs(numbers)[: alike.ASKED]
    db.session.execute(delete(NumberBand).where(NumberBand.certificate_id == certificate.id))
    borne = db.session.execute(
        select(NumberBand.value, func.count())
        .where(NumberBand.value.in_(own))
        .group_by(NumberBand.value)
    )
    kept = alike.marks(own, {row[0]: row[1] for row in borne})
    db.session.add_all(NumberBand(certificate_id=certificate.id, value=run) for run in kept)
    db.session.flush()
    for later in later_than(certificate):
        schedule.ring(later.public_id)


def find(certificate: Certificate) -> tuple[AlikeReport, ...]:
    """Earlier documents that are alike, the likest first.

    The newcomer is asked, so that nobody unsettles a report by uploading another like it. What
    staff rejected is no report to compare with: else a copy that came first and was rejected would
    stand against the report that it was made from; and why it was rejected is found again.
    """
    others = _near(certificate, NumberBand.certificate_id < certificate.id)
    if not others:
        return ()
    new, *olds = _printed([certificate, *others])
    ids = {other.public_id: other.id for other in others}
    return tuple(_named(report, ids[report.public_id]) for report in alike.likest(new, olds))


def later_than(certificate: Certificate) -> list[Certificate]:
    """Later documents that are judged beside this one, because it is like them."""
    numbers = _numbers(certificate)
    return [
        other
        for other in _near(certificate, NumberBand.certificate_id > certificate.id)
        if alike.likeness(_numbers(other), numbers) >= alike.NEAR
    ]


def _near(certificate: Certificate, where: ColumnElement[bool]) -> list[Certificate]:
    """The few documents that share the rarest runs with this one, the nearest first."""
    own = alike.runs(_numbers(certificate))[: alike.ASKED]
    if not own:
        return []
    met = db.session.execute(
        select(NumberBand.value, NumberBand.certificate_id).where(NumberBand.value.in_(own), where)
    )
    nearest = alike.nearest((value, other) for value, other in met)
    rows = db.session.scalars(
        select(Certificate).where(
            Certificate.id.in_(nearest), Certificate.status != Status.REJECTED
        )
    )
    return sorted(rows, key=lambda row: nearest.index(row.id))


def _numbers(certificate: Certificate) -> tuple[str, ...]:
    return tuple(certificate.inside.get("numbers", ()))


def _printed(certificates: Sequence[Certificate]) -> Iterable[Printed]:
    """The numbers and values of each, in the same order; names wait until one is worth naming."""
    values: dict[int, list[str]] = {certificate.id: [] for certificate in certificates}
    rows = db.session.execute(
        select(CertificateResult.certificate_id, CertificateResult.value)
        .where(CertificateResult.certificate_id.in_(values))
        .order_by(CertificateResult.certificate_id, CertificateResult.position)
    )
    for certificate_id, value in rows:
        values[certificate_id].append(value)
    for certificate in certificates:
        yield Printed(
            certificate.public_id,
            certificate.file_sha256,
            numbers=_numbers(certificate),
            values=alike.telling(values[certificate.id]),
        )


def _named(report: AlikeReport, certificate_id: int) -> AlikeReport:
    said = {row.name: row.value for row in contents.fields_of(certificate_id)}
    return replace(
        report,
        laboratory=said.get(FieldName.LAB_NAME, ""),
        report_no=said.get(FieldName.REPORT_NO, ""),
        lot=said.get(FieldName.LOT, ""),
        amends=said.get(FieldName.AMENDS, ""),
    )
