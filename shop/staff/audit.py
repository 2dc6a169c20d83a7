"""What was decided and published, by whom, and where that stands on the public ledger."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.assay.log.entries import EntryKind
from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.ledger import service as ledger
from shop.ledger.models import Entry
from shop.staff import desk, subjects, words
from shop.staff.subjects import Described
from shop.verdicts import trail
from shop.verdicts.trail import Step
from shop.web.access import staff_only

bp = Blueprint("audit", __name__, url_prefix="/staff/audit")
_PER_PAGE = 50
_SOFTWARE = "Software"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger, with the person whom the ledger leaves out."""

    index: int
    at: datetime
    mark: Mark
    who: str
    did: str
    what: Described
    note: str
    sha256: str


@bp.get("")
@staff_only()
def show() -> Response:
    entries = list(ledger.entries(before=_before(), limit=_PER_PAGE + 1))
    shown = entries[:_PER_PAGE]
    return desk.page(
        "staff/audit/show.html",
        desk="audit",
        days=_days(shown),
        size=ledger.size(),
        checkpoint=ledger.latest_checkpoint(),
        before=shown[-1].index if len(entries) > _PER_PAGE else None,
    )


def _before() -> int | None:
    text = request.args.get("before", "")
    # At most fifteen digits: int() of thousands of them raises something else.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None  # noqa: PLR2004


def _days(entries: Sequence[Entry]) -> list[tuple[date, list[Line]]]:
    what = subjects.described({_subject(entry) for entry in entries})
    steps = trail.steps(entry.index for entry in entries)
    names = accounts.names()
    lines = [
        _line(entry, what[_subject(entry)], steps.get(entry.index), names) for entry in entries
    ]
    return [(day, list(found)) for day, found in groupby(lines, lambda line: line.at.date())]


def _line(entry: Entry, what: Described, step: Step | None, names: Mapping[str, str]) -> Line:
    record = json.loads(entry.record)
    kind = EntryKind(entry.kind)
    return Line(
        index=entry.index,
        at=entry.recorded_at,
        mark=_mark(kind, record),
        who=names.get(step.staff_id, words.SOMEBODY) if step is not None else _SOFTWARE,
        did=_did(kind, step, SubjectKind(entry.subject_kind)),
        what=what,
        note=step.reason if step is not None else "",
        sha256=entry.verdict_sha256,
    )


def _mark(kind: EntryKind, record: Mapping[str, str]) -> Mark:
    if kind is EntryKind.DECIDED:
        return Mark.REVIEW
    return Mark(record["mark"])


def _did(kind: EntryKind, step: Step | None, about: SubjectKind) -> str:
    match kind:
        case EntryKind.PUBLISHED:
            return "published the first verdict about"
        case EntryKind.SUPERSEDED:
            return "published a new verdict about"
        case EntryKind.WITHDRAWN:
            return "withdrew what was published about"
        case EntryKind.DECIDED:
            return _decided(step, about)


def _decided(step: Step | None, about: SubjectKind) -> str:
    if step is None:
        return "recorded a decision about"
    if about is SubjectKind.NAMES:
        is_marked = step.outcome == Outcome.PASSED
        return "marked as unrelated" if is_marked else "took back the mark on"
    if step.is_second:
        return "agreed to the approval of"
    match Outcome(step.outcome):
        case Outcome.PASSED:
            return "approved"
        case Outcome.FAILED:
            return "rejected"
        case Outcome.INDETERMINATE | Outcome.NOT_APPLICABLE:
            return "could not tell about"


def _subject(entry: Entry) -> Subject:
    return Subject(SubjectKind(entry.subject_kind), entry.subject_public_id)
