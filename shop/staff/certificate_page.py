"""What does the review page of one certificate show?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.accounts import service as accounts
from shop.accounts.service import StaffUser
from shop.assay.certificates import evidence
from shop.assay.certificates.checks import is_answered
from shop.assay.certificates.evidence import Level
from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Finding, Outcome, Severity, Subject, SubjectKind
from shop.certificates import contents, progress
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.certificates.reader import wire_inside
from shop.inspections import documents
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.staff import confirmation_view, deciding, subjects, words
from shop.staff.confirmation_view import ConfirmationView
from shop.staff.deciding import ReviewView
from shop.staff.document import changes, events, fields, findings, inside, results, sheets
from shop.staff.document.changes import ChangedPage
from shop.staff.document.events import Event
from shop.staff.document.fields import FieldRow
from shop.staff.document.findings import FoundGroup
from shop.staff.document.inside import InsideView
from shop.staff.document.results import ResultGroup
from shop.staff.document.sheets import Frame, Sheet
from shop.staff.subjects import Described
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web.words import Words

_LABELS = {name.value: label for name, label in words.FIELDS.items()}
follow = documents.follow
_WAITING = {
    Status.QUARANTINED: "This file waits to be read",
    Status.PROCESSING: "This file is being read",
}
_HISTORY = 30


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The document, what was read from it, and what was found."""

    certificate: Certificate
    title: str
    sender: str
    state: Words
    waiting_for: str  # empty once the reader and the judge are done
    waiting_why: str
    sheets: Sequence[Sheet]
    fields: Sequence[FieldRow]
    results: Sequence[ResultGroup]
    findings: Sequence[FoundGroup]
    changed: Sequence[ChangedPage]
    inside: InsideView
    evidence: Sequence[str]
    usual_note: str  # what a reviewer mostly writes; empty where there is more to say
    review: ReviewView
    following: Described | None  # what waits next, once this is decided
    events: Sequence[Event]
    confirmation: ConfirmationView

    @property
    def unsure(self) -> int:
        return sum(1 for row in self.fields if row.is_unsure)


def build(public_id: str, staff: StaffUser) -> CertificatePage:
    """Raises NotFound."""
    certificate = certificates.by_public_id(public_id)
    names = accounts.names()
    subject = subjects.of_certificate(certificate)
    published = verdicts.current(subject)
    rows = certificates.field_history(certificate.id)
    read = fields.rows(rows, _LABELS, names)
    lines = results.groups(certificates.results_of(certificate.id))
    pages = {page.number: sheets.sheet(page) for page in certificates.pages_of(certificate.id)}
    found = findings.groups(_in_front(published), pages)
    seen = wire_inside.inside(certificate.inside)
    earlier = {
        (page.revision, page.number): sheets.sheet(page)
        for page in certificates.earlier_pages_of(certificate.id)
    }
    review = deciding.view(subject, published, staff, names, words.DECISIONS)
    return CertificatePage(
        certificate=certificate,
        title=_title(certificate, read),
        sender=names.get(certificate.uploaded_by, words.SOMEBODY),
        state=words.certificate(Status(certificate.status), published),
        waiting_for=_waiting_for(certificate, published),
        waiting_why=_waiting_why(certificate),
        sheets=[_framed(page, read, found, lines) for page in pages.values()],
        fields=read,
        results=lines,
        findings=found,
        changed=changes.pages(seen.history.changes, pages, earlier),
        inside=inside.view(certificate, seen),
        evidence=_evidence(certificate),
        usual_note=_usual_note(published),
        review=review,
        following=_following(subject) if review.said is not None else None,
        events=events.events(
            events.Past(
                certificate,
                rows,
                verdicts.history(subject, limit=_HISTORY),
                reviews.decisions_about(subject),
                contents.superseding(certificate),
            ),
            names,
        ),
        confirmation=confirmation_view.view(certificate),
    )


def check_again(public_id: str, at: datetime) -> None:
    """After a correction: the verdict, the status and the level follow from it at once.

    A document that still waits for the reader is inspected after it, and one that was superseded
    or revoked stays so.
    """
    certificate = certificates.by_public_id(public_id)
    if Status(certificate.status) in documents.OPEN_TO_CHANGE:
        follow(inspections.inspect(subjects.of_certificate(certificate), at=at), at)


def field_options() -> list[tuple[str, str]]:
    """The fields that staff may correct or add."""
    return [("", "Choose a field"), *((name.value, label) for name, label in words.FIELDS.items())]


def _in_front(published: PublishedVerdict | None) -> list[Finding]:
    decision = published.verdict.decision if published is not None else None
    found = deciding.in_front(published)
    return [each for each in found if not is_answered(each, decision)]


def _following(subject: Subject) -> Described | None:
    waiting = [
        Subject(SubjectKind(row.subject_kind), row.subject_id) for row in reviews.queue(limit=2)
    ]
    others = [each for each in waiting if each != subject]
    return subjects.described(others[:1])[others[0]] if others else None


def _framed(
    page: Sheet,
    read: Sequence[FieldRow],
    found: Sequence[FoundGroup],
    lines: Sequence[ResultGroup],
) -> Sheet:
    """The page with the boxes of its fields, and those of findings and results to be chosen."""
    values = [
        sheets.frame(page, f"box-{row.number}", str(row.number), row.box)
        for row in read
        if row.number and row.page == page.number
    ]
    places: list[Frame] = [
        row.frame
        for group in found
        for row in group.rows
        if row.frame is not None and row.page == page.number
    ]
    places += [
        sheets.frame(page, row.key, "", row.box)
        for group in lines
        for row in group.rows
        if row.key and row.page == page.number
    ]
    return page.with_frames(values, places)


def _evidence(certificate: Certificate) -> Sequence[str]:
    level = Level(certificate.evidence_level)
    return (
        f"Level {level.name}. {evidence.WORDS[level]}",
        evidence.DOES_NOT_PROVE[level],
        evidence.NEVER_PROVES,
    )


def _usual_note(published: PublishedVerdict | None) -> str:
    has_failed = any(
        each.outcome is Outcome.FAILED or each.severity is Severity.REFUSED
        for each in _in_front(published)
    )
    return "" if has_failed else words.USUAL_NOTE


def _title(certificate: Certificate, rows: Sequence[FieldRow]) -> str:
    """Its report number where one was read, else the name of the file."""
    label = words.FIELDS[FieldName.REPORT_NO]
    number = next((row.value for row in rows if row.label == label), "")
    return number or certificate.filename


def _waiting_for(certificate: Certificate, published: PublishedVerdict | None) -> str:
    status = Status(certificate.status)
    if status in words.UNREAD:
        return _WAITING[status]
    return "This file was read and is being checked" if published is None else ""


def _waiting_why(certificate: Certificate) -> str:
    if progress.is_interrupted(certificate, clock.now()):
        return f"{words.INTERRUPTED.capitalize()}. The file is kept."
    if certificate.status != Status.QUARANTINED:
        return ""
    places: Mapping[str, int] = progress.places()
    place = places.get(certificate.public_id)
    return f"Place {place} of {len(places)} in line." if place else ""
