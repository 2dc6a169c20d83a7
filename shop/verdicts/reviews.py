"""What did people decide about what waited for them? The queue itself stands in `waiting`, and its
functions are offered here too.

A decision is about exactly the evidence that the person saw: when the evidence changes, it no
longer counts. To approve what failed takes two people.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from shop.assay import decisions
from shop.assay.log import entries
from shop.assay.log.entries import EntryKind
from shop.assay.vocabulary import Decision, Finding, Outcome, Subject
from shop.ledger import service as ledger
from shop.plumbing.db import db, new_public_id
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.verdicts import serialising, service
from shop.verdicts.models import CurrentVerdict, StaffDecision, Verdict
from shop.verdicts.waiting import (
    PAGE,
    count_open,
    needs_a_person,
    open_review,
    queue,
    review_by_id,
    settle,
)

__all__ = [
    "LONGEST_REASON",
    "PAGE",
    "awaiting_second",
    "count_open",
    "decide",
    "decision_by_id",
    "decision_for",
    "decisions_about",
    "needs_a_person",
    "open_review",
    "queue",
    "record",
    "review_by_id",
    "second",
    "settle",
]

LONGEST_REASON = 2000


def decide(
    subject: Subject,
    *,
    outcome: Outcome,
    staff: str,
    reason: str,
    settles: Iterable[str],
    evidence_sha256: str,
    at: datetime,
) -> StaffDecision:
    """Keep what a person decided, on the ledger too. The same form sent twice decides once.

    Raises Conflict when the evidence is no longer what they saw, and Refused for a decision
    without a reason or about findings that are not there. The next inspection lets it count.
    """
    decision = Decision(outcome, staff, at, frozenset(settles), reason.strip())
    ledger.lock()  # before reading what stands
    findings = _findings_in_front(subject, evidence_sha256)
    _refuse_unsound(decision, findings)
    last = _latest(subject, evidence_sha256)
    if last is not None and _is_the_same(last, decision):
        return last
    row = _keep(subject, decision, findings, evidence_sha256)
    if not row.needs_second:
        settle(subject, decision.reason, at=at)
    return row


def record(
    subject: Subject,
    *,
    outcome: Outcome,
    staff: str,
    reason: str,
    evidence_sha256: str,
    at: datetime,
) -> StaffDecision:
    """Keep a decision about something that no judge inspects, on the ledger too.

    The same form sent twice decides once. Raises Refused for a decision without a reason.
    """
    decision = Decision(outcome, staff, at, frozenset(), reason.strip())
    ledger.lock()
    _refuse_unsound(decision, ())
    last = _latest(subject, evidence_sha256)
    if last is not None and _is_the_same(last, decision):
        return last
    return _keep(subject, decision, (), evidence_sha256)


def second(public_id: str, *, staff: str, at: datetime) -> StaffDecision:
    """Let another person agree to a decision that takes two; agreeing twice is agreeing once.

    Raises Refused for the person who decided, Conflict when it is no longer the one to agree to.
    """
    ledger.lock()
    row = decision_by_id(public_id)
    subject = serialising.subject_of(row)
    if row.seconded_by == staff:
        return row
    _findings_in_front(subject, row.evidence_sha256)
    latest = _latest(subject, row.evidence_sha256)
    if not row.needs_second or row.seconded_by or latest is None or latest.id != row.id:
        code = "verdicts.not_waiting"
        raise Conflict(code, "This decision does not wait for a second person.")
    if row.staff_id == staff:
        code = "verdicts.second_is_first"
        raise Refused(code, "Another person has to agree; you made this decision yourself.")
    row.seconded_by, row.seconded_at = staff, at
    row.second_entry_index = _append(
        subject, serialising.decision_of(row), row.public_id, row.evidence_sha256
    )
    settle(subject, row.reason, at=at)
    db.session.flush()
    return row


def decision_for(subject: Subject, evidence_sha256: str) -> Decision | None:
    """The latest decision about exactly this evidence."""
    row = _latest(subject, evidence_sha256)
    return None if row is None else serialising.decision_of(row)


def awaiting_second(limit: int = PAGE) -> Sequence[StaffDecision]:
    """Decisions that another person has to agree to, the oldest first."""
    newer = aliased(StaffDecision)
    is_overtaken = (
        select(newer.id)
        .where(
            newer.subject_kind == StaffDecision.subject_kind,
            newer.subject_id == StaffDecision.subject_id,
            newer.evidence_sha256 == StaffDecision.evidence_sha256,
            newer.id > StaffDecision.id,
        )
        .exists()
    )
    same_subject = and_(
        CurrentVerdict.subject_kind == StaffDecision.subject_kind,
        CurrentVerdict.subject_id == StaffDecision.subject_id,
    )
    return db.session.scalars(
        select(StaffDecision)
        .join(CurrentVerdict, same_subject)
        .join(Verdict, Verdict.id == CurrentVerdict.verdict_id)
        .where(
            StaffDecision.needs_second,
            StaffDecision.seconded_by.is_(None),
            StaffDecision.evidence_sha256 == Verdict.evidence_sha256,
            ~is_overtaken,
        )
        .order_by(StaffDecision.id)
        .limit(limit)
    ).all()


def decisions_about(subject: Subject) -> Sequence[StaffDecision]:
    """Everything that people decided about the subject, the newest first."""
    rows = select(StaffDecision).where(_is_about(subject))
    return db.session.scalars(rows.order_by(StaffDecision.id.desc())).all()


def decision_by_id(public_id: str) -> StaffDecision:
    """One kept decision. Raises NotFound."""
    found = db.session.scalar(
        select(StaffDecision).where(StaffDecision.public_id == public_id),
        execution_options={"populate_existing": True},
    )
    if found is None:
        code = "verdicts.no_decision"
        raise NotFound(code, "There is no such decision.", decision=public_id)
    return found


def _is_about(subject: Subject) -> ColumnElement[bool]:
    return and_(
        StaffDecision.subject_kind == subject.kind.value,
        StaffDecision.subject_id == subject.public_id,
    )


def _findings_in_front(subject: Subject, evidence_sha256: str) -> tuple[Finding, ...]:
    """What a person who saw this evidence was shown. Raises Conflict when it is not what stands."""
    standing = service.current(subject)
    if standing is None or standing.verdict.evidence_sha256 != evidence_sha256:
        code = "verdicts.evidence_changed"
        message = "The evidence changed while you were looking. Read it again, then decide."
        raise Conflict(code, message)
    if standing.is_withdrawn and standing.supersedes is not None:
        return service.by_public_id(standing.supersedes).verdict.findings
    return standing.verdict.findings


def _refuse_unsound(decision: Decision, findings: Iterable[Finding]) -> None:
    if decision.outcome is Outcome.NOT_APPLICABLE:
        code, message = "verdicts.no_outcome", "Choose approve, reject, or cannot tell."
        raise Refused(code, message)
    if not decision.reason:
        code, message = "verdicts.reason_missing", "Enter a reason. Say what you saw."
        raise Refused(code, message)
    if len(decision.reason) > LONGEST_REASON:
        code = "verdicts.reason_too_long"
        raise Refused(code, f"The reason must be {LONGEST_REASON} characters or fewer.")
    unknown = decision.settles - {finding.rule.code for finding in findings}
    if unknown:
        code = "verdicts.unknown_finding"
        raise Refused(code, "You can settle only findings that are on this page.")


def _latest(subject: Subject, evidence_sha256: str) -> StaffDecision | None:
    is_about = _is_about(subject)
    return db.session.scalars(
        select(StaffDecision)
        .where(is_about, StaffDecision.evidence_sha256 == evidence_sha256)
        .order_by(StaffDecision.id.desc())
        .limit(1),
        execution_options={"populate_existing": True},
    ).first()


def _is_the_same(row: StaffDecision, decision: Decision) -> bool:
    kept = serialising.decision_of(row)
    return (kept.outcome, kept.asserter, kept.settles, kept.reason) == (
        decision.outcome,
        decision.asserter,
        decision.settles,
        decision.reason,
    )


def _keep(
    subject: Subject, decision: Decision, findings: Iterable[Finding], evidence_sha256: str
) -> StaffDecision:
    public_id = new_public_id()
    row = StaffDecision(
        public_id=public_id,
        subject_kind=subject.kind.value,
        subject_id=subject.public_id,
        outcome=decision.outcome.value,
        staff_id=decision.asserter,
        reason=decision.reason,
        settles=sorted(decision.settles),
        evidence_sha256=evidence_sha256,
        at=decision.at,
        entry_index=_append(subject, decision, public_id, evidence_sha256),
        needs_second=decisions.needs_second(decision, findings),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _append(subject: Subject, decision: Decision, public_id: str, evidence_sha256: str) -> int:
    record = entries.decision_record(
        subject, decision, public_id=public_id, evidence_sha256=evidence_sha256
    )
    return ledger.append(EntryKind.DECIDED, record).index
