"""Where does each file of a list stand: in line, being read, or read, and with what result?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.certificates.checks import NEEDS_PERSON
from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Outcome, Severity, SubjectKind
from shop.certificates import progress
from shop.certificates.models import Certificate, Status
from shop.certificates.progress import Counted, Line
from shop.plumbing import clock
from shop.staff import subjects, words
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web import words as shop_words
from shop.web.words import Words

WAITING, READY, DECIDED, REFUSED = "waiting", "ready", "decided", "refused"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in a list: what it is, where it stands, and the way to its page.

    `kind` is what it is counted as; one that is waiting changes by itself. Without `public_id` it
    was not taken in.
    """

    name: str
    mark: Mark
    state: Words
    meta: str
    kind: str
    public_id: str = ""

    @property
    def is_settled(self) -> bool:
        return self.kind != WAITING


def rows(found: Sequence[Certificate]) -> list[FileRow]:
    """Documents with where they stand, in three queries however many there are."""
    published = verdicts.current_for(map(subjects.of_certificate, found))
    counted = progress.counted(each.public_id for each in found)
    is_waited_for = any(each.status == Status.QUARANTINED for each in found)
    places = progress.places() if is_waited_for else {}
    at = clock.now()
    return [
        _row(
            each,
            published.get(subjects.of_certificate(each)),
            counted.get(each.public_id, Counted()),
            _in_line(each, places.get(each.public_id, 0), at),
        )
        for each in found
    ]


def not_taken(name: str, why: str) -> FileRow:
    """A file that was refused before it was stored."""
    return FileRow(name, Mark.STOP, words.INTAKES["refused"], why, REFUSED)


def summary(found: Iterable[FileRow]) -> str:
    """How many of them stand where, as in "3 ready to review, 1 refused"."""
    kinds = [row.kind for row in found]
    told = ((READY, "ready to review"), (DECIDED, "decided"), (WAITING, "waiting"))
    counts = [(kinds.count(kind), label) for kind, label in (*told, (REFUSED, "refused"))]
    return ", ".join(f"{count} {label}" for count, label in counts if count)


def line_words(line: Line, at: datetime) -> str:
    """What the readers are at: "2 files are being read, 11 wait." Empty when nothing is."""
    reading, waiting = len(line.reading), line.waiting
    parts = []
    if reading:
        parts.append(f"{reading} {'file is' if reading == 1 else 'files are'} being read")
    if waiting:
        parts.append(f"{waiting} {'waits' if waiting == 1 else 'wait'}")
    said = f"{', '.join(parts)}." if parts else ""
    if not reading and line.waits_since and at - line.waits_since > words.LONGEST_SILENCE:
        said += f" None was begun for {words.age(line.waits_since, at)}: is the worker running?"
    return said


def found_words(
    findings: Sequence[Finding], unsure: int = 0, kind: SubjectKind = SubjectKind.CERTIFICATE
) -> Words:
    """What the checks found, in two or three words. That a person has to look is no news."""
    failed = [each for each in findings if each.outcome is Outcome.FAILED]
    if failed:
        mark = max((shop_words.finding_mark(each) for each in failed), key=list(Mark).index)
        return Words(mark, words.failed(len(failed), kind))
    if unsure:
        return Words(Mark.WARN, f"{unsure} {'field' if unsure == 1 else 'fields'} unsure")
    unclear = sum(
        1
        for each in findings
        if each.outcome is Outcome.INDETERMINATE and each.rule is not NEEDS_PERSON
    )
    if unclear:
        return Words(Mark.REVIEW, f"{unclear} to look at")
    notes = sum(1 for each in findings if each.outcome is Outcome.NOT_APPLICABLE)
    if notes:
        return Words(Mark.INFO, f"{notes} {'note' if notes == 1 else 'notes'}")
    return Words(Mark.OK, "All passed")


def _in_line(certificate: Certificate, place: int, at: datetime) -> str:
    if certificate.status == Status.QUARANTINED:
        return f"place {place} in line" if place else ""
    return words.INTERRUPTED if progress.is_interrupted(certificate, at) else ""


def _row(
    certificate: Certificate, published: PublishedVerdict | None, counted: Counted, in_line: str
) -> FileRow:
    status = Status(certificate.status)
    is_unread = status in words.UNREAD
    if is_unread or published is None:
        state = words.CERTIFICATES[status] if is_unread else words.BEING_CHECKED
        mark, kind, last = state.mark, WAITING, in_line
    else:
        mark, state, kind, last = _judged(status, published, counted)
    return FileRow(
        name=certificate.filename,
        mark=mark,
        state=state,
        meta=" · ".join([*_about(certificate), *filter(None, [last])]),
        kind=kind,
        public_id=certificate.public_id,
    )


def _judged(
    status: Status, published: PublishedVerdict, counted: Counted
) -> tuple[Mark, Words, str, str]:
    findings = published.verdict.findings
    refused = next((each for each in findings if each.severity is Severity.REFUSED), None)
    last = f"{counted.read} of {counted.printed} fields read" if counted.printed else ""
    if refused is not None:
        return Mark.STOP, shop_words.NOT_OPENED, REFUSED, refused.sentence
    if status is not Status.NEEDS_REVIEW or published.is_withdrawn:
        state = words.certificate(status, published)
        return state.mark, state, DECIDED, last
    state = found_words(findings, counted.unsure)
    mark = Mark.OK if state.mark is Mark.INFO else state.mark
    return mark, state, READY, last


def _about(certificate: Certificate) -> list[str]:
    parts = [words.size(certificate.size)]
    if certificate.variant is not None:
        parts.append(certificate.variant.product.name)
    if certificate.lot is not None:
        parts.append(f"lot {certificate.lot.code}")
    return parts
