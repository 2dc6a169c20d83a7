"""What waits for a person, the most harmful first?

In the queue is what the checks could not settle, and what somebody disputes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, and_, func, or_, select

from shop.assay import policy
from shop.assay.vocabulary import Finding, Outcome, Severity, Subject, Verdict
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound
from shop.verdicts.models import Dispute, Review, ReviewStatus

PAGE = 50


def open_review(subject: Subject, findings: Iterable[Finding], at: datetime) -> Review:
    """Put the subject in the queue. One that waits already is told the newest findings.

    One that somebody disputes weighs at least as much as a doubt: they wait for an answer.
    """
    doubtful = [finding for finding in findings if _wants_a_person(finding)]
    least = Severity.NOTICE if _is_disputed(subject) else Severity.INFO
    severities = (finding.severity for finding in doubtful)
    worst = max((least, *severities), key=attrgetter("rank"))
    review = _open(subject)
    if review is None:
        review = Review(
            subject_kind=subject.kind.value,
            subject_id=subject.public_id,
            status=ReviewStatus.OPEN.value,
            opened_at=at,
        )
        db.session.add(review)
    review.codes = sorted({finding.rule.code for finding in doubtful})
    review.severity, review.rank = worst.value, worst.rank
    db.session.flush()
    return review


def settle(subject: Subject, note: str = "", *, at: datetime) -> Review | None:
    """Take the subject out of the queue; None when it did not wait, or when a dispute about it
    still waits for its answer.
    """
    review = None if _is_disputed(subject) else _open(subject)
    if review is not None:
        review.status, review.settled_at, review.note = ReviewStatus.SETTLED.value, at, note
        db.session.flush()
    return review


def queue(limit: int = PAGE, after: str | None = None) -> Sequence[Review]:
    """What waits, the most harmful first, then the oldest; `after` is the last public id shown."""
    waiting = (
        select(Review)
        .where(Review.status == ReviewStatus.OPEN.value)
        .order_by(Review.rank.desc(), Review.opened_at, Review.id)
        .limit(limit)
    )
    if after is not None:
        last = review_by_id(after)
        is_later = or_(
            Review.opened_at > last.opened_at,
            and_(Review.opened_at == last.opened_at, Review.id > last.id),
        )
        is_same_rank = Review.rank == last.rank
        waiting = waiting.where(or_(Review.rank < last.rank, and_(is_same_rank, is_later)))
    return db.session.scalars(waiting).all()


def count_open() -> int:
    """How many subjects wait for a person."""
    waiting = select(func.count()).where(Review.status == ReviewStatus.OPEN.value)
    return db.session.scalar(waiting.select_from(Review)) or 0


def review_by_id(public_id: str) -> Review:
    """One review, open or settled. Raises NotFound."""
    found = db.session.scalar(select(Review).where(Review.public_id == public_id))
    if found is None:
        code = "verdicts.no_review"
        raise NotFound(code, "There is no such review.", review=public_id)
    return found


def needs_a_person(verdict: Verdict) -> bool:
    """Doubt and contradiction wait for staff, unless staff have spoken about just these."""
    decision = verdict.decision
    if decision is not None and decision.outcome is Outcome.FAILED:
        return False
    return any(
        _wants_a_person(finding) and not policy.is_settled(finding, decision)
        for finding in verdict.findings
    )


def _wants_a_person(finding: Finding) -> bool:
    return finding.outcome in {Outcome.FAILED, Outcome.INDETERMINATE}


def _is_about(rows: type[Review | Dispute], subject: Subject) -> ColumnElement[bool]:
    return and_(
        rows.subject_kind == subject.kind.value,
        rows.subject_id == subject.public_id,
    )


def _open(subject: Subject) -> Review | None:
    is_open = Review.status == ReviewStatus.OPEN.value
    return db.session.scalar(select(Review).where(_is_about(Review, subject), is_open))


def _is_disputed(subject: Subject) -> bool:
    unanswered = select(Dispute.id).where(
        _is_about(Dispute, subject), Dispute.answered_at.is_(None)
    )
    return db.session.scalar(unanswered.limit(1)) is not None
