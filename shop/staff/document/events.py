"""What happened to a document, from its upload on: reading, checks, corrections, decisions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome
from shop.certificates.models import Certificate, CertificateField, Status
from shop.staff import words
from shop.verdicts.models import StaffDecision
from shop.verdicts.service import PublishedVerdict

_MOST = 60
_FOUND = {
    Outcome.FAILED: "failed",
    Outcome.INDETERMINATE: "to look at",
    Outcome.PASSED: "passed",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `who` is empty where nobody did it; `said` are their words."""

    at: datetime
    mark: Mark
    what: str
    who: str = ""
    said: str = ""
    link: str = ""  # public id of another document


@dataclass(frozen=True, slots=True)
class Past:
    """What is on record of a document; `later` is the one that superseded it."""

    certificate: Certificate
    fields: Sequence[CertificateField]
    published: Sequence[PublishedVerdict]
    decisions: Sequence[StaffDecision]
    later: Certificate | None


def events(past: Past, names: Mapping[str, str]) -> Sequence[Event]:
    """The newest first."""
    found = [
        *_arrival(past.certificate, names, past.later),
        *_corrections(past.fields, names),
        *(_checked(each) for each in past.published),
        *(event for row in past.decisions for event in _decided(row, names)),
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)[:_MOST]


def _arrival(
    certificate: Certificate, names: Mapping[str, str], later: Certificate | None
) -> Iterator[Event]:
    sender = names.get(certificate.uploaded_by, words.SOMEBODY)
    yield Event(certificate.uploaded_at, Mark.INFO, "Sent", sender)
    if certificate.read_at is not None:
        yield Event(certificate.read_at, Mark.INFO, "Read")
    if later is not None:
        what = "Superseded by an amendment"
        yield Event(certificate.status_at, Mark.OLD, what, link=later.public_id)
    elif certificate.status == Status.REVOKED:
        yield Event(certificate.status_at, Mark.STOP, "Revoked")


def _corrections(fields: Iterable[CertificateField], names: Mapping[str, str]) -> Iterator[Event]:
    labels = {name.value: label for name, label in words.FIELDS.items()}
    for row in fields:
        if row.written_by:
            what = f"{labels.get(row.name, row.name)} corrected to “{row.value}”"
            if not row.value:
                what = f"{labels.get(row.name, row.name)}: not on the report"
            who = names.get(row.written_by, words.SOMEBODY)
            yield Event(row.written_at, Mark.REVIEW, what, who)


def _checked(published: PublishedVerdict) -> Event:
    at = published.verdict.judged_at
    if published.is_withdrawn:
        return Event(at, Mark.STOP, "Withdrawn", said=published.reason)
    counts = Counter(finding.outcome for finding in published.verdict.findings)
    told = ", ".join(f"{counts[each]} {label}" for each, label in _FOUND.items() if counts[each])
    return Event(at, published.mark, f"Checked: {told}" if told else "Checked")


def _decided(row: StaffDecision, names: Mapping[str, str]) -> Iterator[Event]:
    told = words.DECISIONS[Outcome(row.outcome)]
    who = names.get(row.staff_id, words.SOMEBODY)
    what = f"Decided: {told.title}"
    if row.needs_second and not row.seconded_by:
        what += ", and a second reviewer has to agree"
    yield Event(row.at, told.mark, what, who, row.reason)
    if row.seconded_by and row.seconded_at:
        second = names.get(row.seconded_by, words.SOMEBODY)
        yield Event(row.seconded_at, told.mark, "Agreed to that", second)
