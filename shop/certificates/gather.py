"""What do our records know about one certificate? Rows into Facts, in a handful of queries."""

from collections.abc import Sequence

from sqlalchemy import select

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import (
    CertificateFacts,
    Expected,
    Field,
    FieldName,
    FileFacts,
    Kind,
    KnownReport,
    Result,
    Source,
)
from shop.assay.certificates.inside import NOTHING
from shop.assay.certificates.keys import name_key
from shop.certificates import alikes, confirming, gather_laboratory, service
from shop.certificates.models import (
    Certificate,
    CertificateField,
    CertificateResult,
    Status,
)
from shop.certificates.reader import wire, wire_inside
from shop.plumbing.db import db


def facts(public_id: str, *, brand_domains: Sequence[str] = ()) -> CertificateFacts:
    """Everything the judge asks of a certificate. Raises NotFound.

    `brand_domains` are the product's brand's own, which another room knows: ask
    `inspections.documents.facts` for all of it.
    """
    certificate = service.by_public_id(public_id)
    rows = service.fields_of(certificate.id)
    inside = wire_inside.inside(certificate.inside)
    fields = tuple(_field(row) for row in rows if not _is_struck(row))
    codes = tuple(wire.code(code) for code in certificate.codes)
    reached = gather_laboratory.sites(fields, codes, inside)
    laboratory = gather_laboratory.laboratory(certificate.laboratory, reached, inside.signatures)
    return CertificateFacts(
        file=_file(certificate),
        is_read=certificate.read_at is not None,
        kind=Kind(certificate.kind),
        title=certificate.title,
        specimen_phrase=certificate.specimen_phrase,
        language=certificate.language,
        fields=fields,
        results=tuple(_result(row) for row in service.results_of(certificate.id)),
        codes=codes,
        expected=_expected(certificate),
        laboratory=laboratory,
        known_reports=_known_reports(certificate),
        alike_reports=alikes.find(certificate),
        inside=inside,
        similar_laboratory=gather_laboratory.similar_name(certificate, fields),
        brand_domains=gather_laboratory.bearing(brand_domains, reached, laboratory),
        confirmation=confirming.counting(certificate),
        received_on=certificate.uploaded_at.date(),
        signed_by=gather_laboratory.signed_by(certificate, inside.signatures),
    )


def measured(
    certificate: Certificate,
    rows: Sequence[CertificateField],
    results: Sequence[CertificateResult],
) -> CertificateFacts:
    """Only what says what was measured, how, and who was accredited for it: one query."""
    return CertificateFacts(
        file=_file(certificate),
        is_read=certificate.read_at is not None,
        language=certificate.language,
        fields=tuple(_field(row) for row in rows if not _is_struck(row)),
        results=tuple(_result(row) for row in results),
        laboratory=gather_laboratory.laboratory(
            certificate.laboratory, frozenset(), NOTHING.signatures
        ),
    )


def _is_struck(row: CertificateField) -> bool:
    """Whether staff said that the report does not print it."""
    return row.source == Source.STAFF and not row.value


def _file(certificate: Certificate) -> FileFacts:
    return FileFacts(
        sha256=certificate.file_sha256,
        size=certificate.size,
        page_count=certificate.page_count,
        pages_read=certificate.pages_read,
        problems=tuple(wire.problem(problem) for problem in certificate.problems),
        text_source=Source(certificate.text_source),
        unreadable_pages=tuple(certificate.unreadable_pages),
        is_restricted=certificate.is_restricted,
        is_ocr_missing=certificate.is_ocr_missing,
        text_sha256=certificate.text_sha256,
    )


def _field(row: CertificateField) -> Field:
    return Field(
        name=FieldName(row.name),
        value=row.value,
        raw=row.raw,
        page=row.page,
        box=_box(row.box),
        confidence=row.confidence,
        source=Source(row.source),
    )


def _result(row: CertificateResult) -> Result:
    return Result(
        group=row.group,
        analyte=row.analyte,
        method=row.method,
        unit=row.unit,
        lod=row.lod,
        loq=row.loq,
        spec=row.spec,
        value=row.value,
        verdict=row.verdict,
        page=row.page,
        box=_box(row.box),
    )


def _box(sides: list[int] | None) -> Box | None:
    if sides is None:
        return None
    left, top, right, bottom = sides
    return left, top, right, bottom


def _expected(certificate: Certificate) -> Expected | None:
    variant, lot = certificate.variant, certificate.lot
    if variant is None:
        return None
    return Expected(
        product=variant.product.name,
        brand=variant.product.brand.name,
        size=variant.size,
        lot=lot.code if lot else "",
        gtin=variant.gtin or "",
    )


def _known_reports(certificate: Certificate) -> tuple[KnownReport, ...]:
    """Earlier documents of the same laboratory that bear the same number.

    The newcomer is asked, so that nobody unsettles a report by uploading another like it. What
    staff rejected is no report to compare with. A laboratory that is not on record is the same
    one when its printed name is.
    """
    if not certificate.report_key:
        return ()
    others = db.session.scalars(
        select(Certificate)
        .where(
            Certificate.laboratory_id.is_not_distinct_from(certificate.laboratory_id),
            Certificate.report_key == certificate.report_key,
            Certificate.id < certificate.id,
            Certificate.status != Status.REJECTED,
        )
        .order_by(Certificate.id)
        .limit(20)
    )
    own = _printed_laboratory(certificate)
    return tuple(
        KnownReport(
            other.public_id,
            other.file_sha256,
            other.text_sha256,
            _is_amendment(other),
            is_from_picture=other.text_source == Source.OCR,
        )
        for other in others
        if certificate.laboratory_id is not None or own == _printed_laboratory(other)
    )


def _printed_laboratory(certificate: Certificate) -> str:
    names = {row.name: row.value for row in service.fields_of(certificate.id)}
    return name_key(names.get(FieldName.LAB_NAME, ""))


def _is_amendment(certificate: Certificate) -> bool:
    names = {row.name for row in service.fields_of(certificate.id)}
    return bool(names & {FieldName.AMENDS, FieldName.REPORT_REV})
