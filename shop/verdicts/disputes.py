"""Who says that a published finding is wrong, and what did we answer them?

A dispute keeps its subject in the queue until somebody has answered. What is written either way
goes by mail and is published nowhere.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from shop.assay.vocabulary import Subject
from shop.ledger import service as ledger
from shop.plumbing import mail
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.verdicts import reviews, serialising, service
from shop.verdicts.models import Dispute, Review, ReviewStatus

LONGEST_MESSAGE = 5_000
LONGEST_ANSWER = 5_000
_MOST = 200


def open_dispute(
    subject: Subject, message: str, reply_to: str, *, at: datetime, code: str = "", about: str = ""
) -> Dispute:
    """Keep what somebody says, put the subject in front of a person, and write that we have it.

    `code` is the finding that they mean (empty: all of it), `about` what our letter calls the
    subject. The letter holds nothing that they typed: nobody knows yet whose address it is.
    Raises Refused for a message that is empty or too long.
    """
    said = message.strip()
    if not said or len(said) > LONGEST_MESSAGE:
        code_of_problem = "verdicts.dispute_message"
        problem = f"Say what is wrong, in at most {LONGEST_MESSAGE:,} characters."
        raise Refused(code_of_problem, problem)
    ledger.lock()  # inspections open reviews under it
    standing = service.current(subject)
    dispute = Dispute(
        subject_kind=subject.kind.value,
        subject_id=subject.public_id,
        code=code,
        verdict_id=standing.public_id if standing is not None else "",
        message=said,
        reply_to=reply_to,
        opened_at=at,
    )
    db.session.add(dispute)
    db.session.flush()
    reviews.open_review(subject, standing.verdict.findings if standing is not None else (), at)
    mail.write(
        f"dispute-received:{dispute.public_id}",
        to=reply_to,
        subject=f"We have your message {dispute.public_id}",
        text=_RECEIVED.format(reference=dispute.public_id, about=about or "a finding"),
    )
    return dispute


def dispute(public_id: str) -> Dispute:
    """Raises NotFound."""
    found = db.session.scalar(
        select(Dispute).where(Dispute.public_id == public_id),
        execution_options={"populate_existing": True},
    )
    if found is None:
        code = "verdicts.no_dispute"
        raise NotFound(code, "There is no such dispute.", dispute=public_id)
    return found


def open_among(subjects: Iterable[Subject]) -> dict[Subject, list[Dispute]]:
    """Unanswered ones about any of the subjects, in one query, the oldest first."""
    wanted = set(subjects)
    if not wanted:
        return {}
    ids = {subject.public_id for subject in wanted}
    rows = select(Dispute).where(Dispute.subject_id.in_(ids), Dispute.answered_at.is_(None))
    found: dict[Subject, list[Dispute]] = {}
    for row in db.session.scalars(rows.order_by(Dispute.opened_at, Dispute.id)):
        found.setdefault(serialising.subject_of(row), []).append(row)
    return {subject: rows for subject, rows in found.items() if subject in wanted}


def all_for(subject: Subject) -> Sequence[Dispute]:
    """Every dispute about the subject, answered or not, the newest first."""
    rows = select(Dispute).where(_is_about(subject)).order_by(Dispute.id.desc())
    return db.session.scalars(rows.limit(_MOST)).all()


def waiting(limit: int = _MOST) -> Sequence[Dispute]:
    """Those that nobody has answered, by the harm that the finding would do, then by age."""
    in_queue = and_(
        Review.subject_kind == Dispute.subject_kind,
        Review.subject_id == Dispute.subject_id,
        Review.status == ReviewStatus.OPEN.value,
    )
    rows = (
        select(Dispute)
        .outerjoin(Review, in_queue)
        .where(Dispute.answered_at.is_(None))
        .order_by(func.coalesce(Review.rank, 0).desc(), Dispute.opened_at, Dispute.id)
    )
    return db.session.scalars(rows.limit(limit)).all()


def answered(limit: int = 20) -> Sequence[Dispute]:
    """The last that were answered, the newest first."""
    rows = select(Dispute).where(Dispute.answered_at.is_not(None))
    newest = rows.order_by(Dispute.answered_at.desc(), Dispute.id.desc())
    return db.session.scalars(newest.limit(limit)).all()


def count_open() -> int:
    """How many wait for an answer."""
    rows = select(func.count()).select_from(Dispute).where(Dispute.answered_at.is_(None))
    return db.session.scalar(rows) or 0


def answer(public_id: str, text: str, *, staff: str, at: datetime) -> Dispute:
    """Answer by mail. The subject leaves the queue when nothing else keeps it there.

    Raises NotFound, Refused for an answer that is empty or too long, and Conflict when somebody
    has answered already: two different letters would help nobody.
    """
    said = text.strip()
    if not said or len(said) > LONGEST_ANSWER:
        code = "verdicts.dispute_answer"
        raise Refused(code, f"Write an answer of at most {LONGEST_ANSWER:,} characters.")
    ledger.lock()
    row = dispute(public_id)
    if row.answered_at is not None:
        code = "verdicts.dispute_answered"
        raise Conflict(code, "This was answered already. Your text was not sent.")
    row.answer, row.answered_by, row.answered_at = said, staff, at
    db.session.flush()
    mail.write(
        f"dispute-answered:{public_id}",
        to=row.reply_to,
        subject=f"Our answer to your message {public_id}",
        text=_ANSWERED.format(reference=public_id, answer=said),
    )
    _leave_queue(serialising.subject_of(row), at)
    return row


def _leave_queue(subject: Subject, at: datetime) -> None:
    standing = service.current(subject)
    if standing is None or not reviews.needs_a_person(standing.verdict):
        reviews.settle(subject, "The dispute was answered.", at=at)
    else:
        reviews.open_review(subject, standing.verdict.findings, at)


def _is_about(subject: Subject) -> ColumnElement[bool]:
    return and_(Dispute.subject_kind == subject.kind.value, Dispute.subject_id == subject.public_id)


_RECEIVED = """\
We have your message about {about}. Its reference is {reference}.

A person reads it beside the evidence and answers to this address. If we were wrong, a new entry
of the public ledger says so. Your message and your address are published nowhere.

If you did not write to us, somebody typed your address by mistake: there is nothing to do.
"""
_ANSWERED = """\
You wrote to us, reference {reference}. This is our answer:

{answer}

If something is still wrong, dispute it again and name this reference.
"""
