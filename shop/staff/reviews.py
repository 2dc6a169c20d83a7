"""The queue: what waits for a person, the most harmful first, and what waits for a second one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.certificates import progress
from shop.certificates.progress import Counted
from shop.plumbing import clock
from shop.staff import desk, file_rows, subjects, words
from shop.staff.subjects import Described
from shop.verdicts import disputes, reviews
from shop.verdicts import service as verdicts
from shop.verdicts.models import Dispute, Review, StaffDecision
from shop.verdicts.service import PublishedVerdict
from shop.web import words as shop_words
from shop.web.access import staff_only
from shop.web.words import Words

bp = Blueprint("reviews", __name__, url_prefix="/staff")
_PER_PAGE = 50
_SHOWN = 120  # characters of a message


@dataclass(frozen=True, slots=True)
class Disputed:
    """Somebody's message about it, which waits for an answer."""

    public_id: str
    message: str
    waiting: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing that waits: what it is, what the checks found, and why a person is asked."""

    what: Described
    found: Words
    why: str
    sender: str
    waiting: str
    disputes: Sequence[Disputed]


@bp.get("")
@staff_only()
def queue() -> Response:
    """The first page, or the one `after` a review."""
    waiting = reviews.queue(_PER_PAGE + 1, request.args.get("after") or None)
    shown = waiting[:_PER_PAGE]
    about = [_subject(review) for review in shown]
    now = clock.now()
    line = progress.line()
    return desk.page(
        "staff/reviews/queue.html",
        desk="queue",
        tab="first",
        rows=_rows(about, [review.opened_at for review in shown], now),
        total=reviews.count_open(),
        oldest=words.age(min(review.opened_at for review in shown), now) if shown else "",
        second=len(reviews.awaiting_second()),
        disputed=disputes.count_open(),
        after=shown[-1].public_id if len(waiting) > _PER_PAGE else "",
        line=line,
        line_words=file_rows.line_words(line, now),
    )


@bp.get("/second-reviews")
@staff_only()
def second() -> Response:
    """What failed and was approved by one person, and waits for another to agree."""
    waiting = reviews.awaiting_second()
    now = clock.now()
    return desk.page(
        "staff/reviews/queue.html",
        desk="queue",
        tab="second",
        rows=_rows([_subject(row) for row in waiting], [row.at for row in waiting], now),
        total=reviews.count_open(),
        oldest=words.age(min(row.at for row in waiting), now) if waiting else "",
        second=len(waiting),
        disputed=disputes.count_open(),
        after="",
        line=None,
        line_words="",
    )


def _rows(about: Sequence[Subject], since: Sequence[datetime], now: datetime) -> list[QueueRow]:
    what = subjects.described(about)
    published = verdicts.current_for(about)
    names = accounts.names()
    unanswered = disputes.open_among(about)
    counted = progress.counted(
        each.public_id for each in about if each.kind is SubjectKind.CERTIFICATE
    )
    return [
        QueueRow(
            what=what[subject],
            found=_found(published.get(subject), counted.get(subject.public_id, Counted())),
            why=_why(published.get(subject)),
            sender=names.get(what[subject].sender, what[subject].sender),
            waiting=words.age(moment, now),
            disputes=[_disputed(each, now) for each in unanswered.get(subject, ())],
        )
        for subject, moment in zip(about, since, strict=True)
    ]


def _disputed(dispute: Dispute, now: datetime) -> Disputed:
    message = " ".join(dispute.message.split())
    shown = message if len(message) <= _SHOWN else f"{message[:_SHOWN]}…"
    return Disputed(dispute.public_id, shown, words.age(dispute.opened_at, now))


def _why(published: PublishedVerdict | None) -> str:
    findings = published.verdict.findings if published is not None else ()
    failed = [finding for finding in findings if finding.outcome is Outcome.FAILED]
    unclear = [finding for finding in findings if finding.outcome is Outcome.INDETERMINATE]
    return words.why(failed, unclear)


def _found(published: PublishedVerdict | None, counted: Counted) -> Words:
    if published is None:
        return shop_words.NOT_CHECKED_YET
    verdict = published.verdict
    return file_rows.found_words(verdict.findings, counted.unsure, verdict.subject.kind)


def _subject(row: Review | StaffDecision) -> Subject:
    return Subject(SubjectKind(row.subject_kind), row.subject_id)
