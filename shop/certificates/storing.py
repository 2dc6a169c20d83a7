"""Put what the reader said on record, all of it or nothing."""

import dataclasses
from collections.abc import Mapping

from sqlalchemy import delete, select

from shop.assay.certificates.facts import Field, Problem, Result, Source
from shop.assay.certificates.reading import verdicts
from shop.assay.certificates.reading.decimals import Notation
from shop.certificates import alikes, laboratory_changes, links, schedule, service
from shop.certificates.models import (
    Certificate,
    CertificateField,
    CertificatePage,
    CertificateResult,
    Status,
)
from shop.certificates.reader import wire_inside
from shop.certificates.reader.wire import Preview, Reading
from shop.plumbing.clock import now
from shop.plumbing.db import db


def begin(public_id: str) -> str | None:
    """Mark the document as being read; returns its digest, or None when nothing is to be done."""
    certificate = _waiting(public_id)
    if certificate is None:
        return None
    certificate.status, certificate.status_at = Status.PROCESSING, now()
    return certificate.file_sha256


def finish(public_id: str, reading: Reading, blobs: Mapping[tuple[int, int], str]) -> None:
    """Keep the reading in place of an earlier one, and ring for the inspection.

    `blobs` holds the digest of each preview, by page and revision. What staff wrote stays.
    """
    laboratory_changes.hold_names(is_shared=True)
    certificate = _waiting(public_id)
    if certificate is None:
        return
    _forget(certificate)
    _keep_file(certificate, reading)
    db.session.add_all(_field_row(certificate, field) for field in reading.fields)
    style = verdicts.notation(reading.language, reading.results)
    db.session.add_all(
        _result_row(certificate, place, result, style)
        for place, result in enumerate(reading.results)
    )
    db.session.add_all(
        _page_row(certificate, page, blobs[page.number, page.revision]) for page in reading.previews
    )
    db.session.flush()
    alikes.keep(certificate, reading.inside.numbers)
    _conclude(certificate)


def give_up(public_id: str) -> None:
    """The reader could not be run at all: say so, and leave the document to a person."""
    certificate = _waiting(public_id)
    if certificate is None:
        return
    failed = Problem("certificate.reading_failed")
    certificate.problems = [dataclasses.asdict(failed)]
    _conclude(certificate)


def _waiting(public_id: str) -> Certificate | None:
    return db.session.scalar(
        select(Certificate)
        .where(
            Certificate.public_id == public_id,
            Certificate.status.in_((Status.QUARANTINED, Status.PROCESSING)),
        )
        .with_for_update()
    )


def _conclude(certificate: Certificate) -> None:
    moment = now()
    certificate.read_at = moment
    certificate.status, certificate.status_at = Status.NEEDS_REVIEW, moment
    links.refresh(certificate, service.fields_of(certificate.id))
    schedule.ring(certificate.public_id)


def _forget(certificate: Certificate) -> None:
    """Drop an earlier reading: a job may run twice."""
    for table in (CertificateResult, CertificatePage):
        db.session.execute(delete(table).where(table.certificate_id == certificate.id))
    db.session.execute(
        delete(CertificateField).where(
            CertificateField.certificate_id == certificate.id,
            CertificateField.source != Source.STAFF,
        )
    )


def _keep_file(certificate: Certificate, reading: Reading) -> None:
    file = reading.file
    certificate.problems = [dataclasses.asdict(problem) for problem in file.problems]
    certificate.page_count = file.page_count
    certificate.pages_read = file.pages_read
    certificate.unreadable_pages = list(file.unreadable_pages)
    certificate.text_source = file.text_source
    certificate.text_sha256 = file.text_sha256
    certificate.is_restricted = file.is_restricted
    certificate.is_ocr_missing = file.is_ocr_missing
    certificate.kind = reading.kind
    certificate.title = reading.title
    certificate.specimen_phrase = reading.specimen_phrase
    certificate.language = reading.language
    certificate.inside = wire_inside.as_json(reading.inside)
    certificate.codes = [dataclasses.asdict(code) for code in reading.codes]


def _field_row(certificate: Certificate, field: Field) -> CertificateField:
    return CertificateField(
        certificate_id=certificate.id,
        name=field.name,
        value=field.value,
        raw=field.raw,
        page=field.page,
        box=list(field.box) if field.box else None,
        confidence=field.confidence,
        source=field.source,
    )


def _result_row(
    certificate: Certificate, place: int, result: Result, style: Notation
) -> CertificateResult:
    line = verdicts.understood(result, style)
    limit, value = line.limit, line.value
    number = value.low if value.low is not None else value.high
    return CertificateResult(
        certificate_id=certificate.id,
        position=place,
        group=result.group,
        analyte=result.analyte,
        method=result.method,
        unit=result.unit,
        lod=result.lod,
        loq=result.loq,
        spec=result.spec,
        spec_op=limit.op,
        spec_low=_decimal(limit.low),
        spec_high=_decimal(limit.high),
        spec_unit=limit.unit[:60],
        value=result.value,
        value_op=value.op,
        value_number=_decimal(number),
        verdict=result.verdict,
        verdict_computed=verdicts.computed(result, style).verdict,
        page=result.page,
        box=list(result.box) if result.box else None,
    )


def _page_row(certificate: Certificate, page: Preview, blob: str) -> CertificatePage:
    return CertificatePage(
        certificate_id=certificate.id,
        number=page.number,
        revision=page.revision,
        width=page.width,
        height=page.height,
        blob=blob,
        text=page.text,
    )


def _decimal(number: object) -> str:
    return "" if number is None else f"{number:f}"[:40]
