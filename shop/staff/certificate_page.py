"""What does the review page of one certificate show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.accounts import service as accounts
from shop.accounts.service import StaffUser
from shop.assay.certificates import evidence
from shop.assay.certificates.evidence import Level
from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Outcome
from shop.certificates import gather
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, CertificateResult, Status
from shop.inspections import service as inspections
from shop.staff import deciding, subjects, viewer, words
from shop.staff.deciding import ReviewView
from shop.staff.viewer import FieldRow, Sheet
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web.words import Words

_LABELS = {name.value: label for name, label in words.FIELDS.items()}
_OPEN_TO_CHANGE = {Status.NEEDS_REVIEW, Status.ACCEPTED, Status.REJECTED}
_WAITING = {
    Status.QUARANTINED: "This file waits to be read",
    Status.PROCESSING: "This file is being read",
}


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The document, what was read from it, and what was found."""

    certificate: Certificate
    title: str
    sender: str
    state: Words
    waiting_for: str  # empty once the reader and the judge are done
    sheets: Sequence[Sheet]
    fields: Sequence[FieldRow]
    results: Sequence[CertificateResult]
    evidence_level: str
    review: ReviewView


def build(public_id: str, staff: StaffUser) -> CertificatePage:
    """Raises NotFound."""
    certificate = certificates.by_public_id(public_id)
    names = accounts.names()
    subject = subjects.of_certificate(certificate)
    published = verdicts.current(subject)
    rows = certificates.field_history(certificate.id)
    fields = viewer.field_rows(rows, _LABELS, names)
    return CertificatePage(
        certificate=certificate,
        title=_title(certificate, fields),
        sender=names.get(certificate.uploaded_by, words.SOMEBODY),
        state=words.certificate(Status(certificate.status), published),
        waiting_for=_waiting_for(certificate, published),
        sheets=viewer.sheets(certificates.pages_of(certificate.id), rows, _LABELS),
        fields=fields,
        results=certificates.results_of(certificate.id),
        evidence_level=evidence.WORDS[Level(certificate.evidence_level)],
        review=deciding.view(subject, published, staff, names, words.DECISIONS),
    )


def follow(published: PublishedVerdict, at: datetime) -> None:
    """After a decision: where the document stands, and how much is known about it."""
    public_id = published.verdict.subject.public_id
    decision = published.verdict.decision
    level = evidence.evidence_level(gather.facts(public_id), decision)
    status = _status_after(published)
    certificates.set_status(certificates.by_public_id(public_id), status, at=at, level=level)


def check_again(public_id: str, at: datetime) -> None:
    """After a correction: the verdict, the status and the level follow from it at once.

    A document that still waits for the reader is inspected after it, and one that was superseded
    or revoked stays so.
    """
    certificate = certificates.by_public_id(public_id)
    if Status(certificate.status) in _OPEN_TO_CHANGE:
        follow(inspections.inspect(subjects.of_certificate(certificate), at=at), at)


def field_options() -> list[tuple[str, str]]:
    """The fields that staff may correct or add."""
    return [("", "Choose a field"), *((name.value, label) for name, label in words.FIELDS.items())]


def _status_after(published: PublishedVerdict) -> Status:
    decision = published.verdict.decision
    if decision is not None and decision.outcome is Outcome.FAILED:
        return Status.REJECTED
    is_approved = decision is not None and published.verdict.outcome is Outcome.PASSED
    return Status.ACCEPTED if is_approved else Status.NEEDS_REVIEW


def _title(certificate: Certificate, fields: Sequence[FieldRow]) -> str:
    """Its report number where one was read, else the name of the file."""
    label = words.FIELDS[FieldName.REPORT_NO]
    number = next((row.value for row in fields if row.label == label), "")
    return number or certificate.filename


def _waiting_for(certificate: Certificate, published: PublishedVerdict | None) -> str:
    status = Status(certificate.status)
    if status in words.UNREAD:
        return _WAITING[status]
    return "This file was read and is being checked" if published is None else ""
