"""What do we say about a subject, what did we say before, and can that be shown?

A verdict is published in one transaction: the record goes on the ledger, the row that names its
entry is written, and the pointer to what stands is moved. Rows and entries are never changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from shop.assay import decisions, policy, vocabulary
from shop.assay.log import entries
from shop.assay.log.entries import EntryKind
from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Outcome, Subject, SubjectKind
from shop.ledger import service as ledger
from shop.plumbing.db import db, new_public_id
from shop.plumbing.errors import NotFound
from shop.verdicts import models, replaying, serialising
from shop.verdicts.models import CurrentVerdict
from shop.verdicts.replaying import Difference

_earlier = aliased(models.Verdict)


@dataclass(frozen=True, slots=True)
class PublishedVerdict:
    """A verdict as it was published. `supersedes` is the public id of the one before."""

    verdict: vocabulary.Verdict
    public_id: str
    kind: EntryKind
    mark: Mark
    entry_index: int
    sha256: str
    supersedes: str | None
    reason: str  # why it was withdrawn, else empty

    @property
    def is_withdrawn(self) -> bool:
        return self.kind is EntryKind.WITHDRAWN

    @property
    def reason_given(self) -> str:
        """Why a person decided so or took it back: their words, shown and kept off the ledger."""
        decision = self.verdict.decision
        return self.reason or (decision.reason if decision is not None else "")

    @property
    def said_by_staff(self) -> Finding | None:
        """The person's decision as a line beside the findings."""
        decision = self.verdict.decision
        return None if decision is None else decisions.finding(decision)


def publish(verdict: vocabulary.Verdict) -> PublishedVerdict:
    """Put a verdict on the ledger and let it stand, as the last step of the transaction.

    What was withdrawn stays withdrawn until the evidence changes or a person decides: the
    verdict is then not published, and what stands is returned.
    Raises ValueError for an outcome that the findings do not add up to.
    """
    if verdict.outcome is not policy.overall(verdict.findings, verdict.decision):
        message = f"these findings do not add up to {verdict.outcome}"
        raise ValueError(message)
    ledger.lock()  # before reading what stands: another process may be publishing the same
    before = current(verdict.subject)
    if before is not None and _is_held_down(before, verdict):
        return before
    kind = EntryKind.PUBLISHED if before is None else EntryKind.SUPERSEDED
    mark = policy.mark(verdict.outcome, verdict.findings, verdict.decision)
    return _write(verdict, kind, mark, before)


def withdraw(subject: Subject, reason: str, at: datetime) -> PublishedVerdict:
    """Take back what stands, in an entry of its own. The reason is shown, and kept off the ledger.

    Withdrawing twice is withdrawing once. Raises NotFound when nothing was published.
    """
    ledger.lock()
    before = current(subject)
    if before is None:
        code = "verdicts.none"
        raise NotFound(code, "Nothing has been published about this.", subject=subject.public_id)
    if before.is_withdrawn:
        return before
    verdict = vocabulary.Verdict(
        subject=subject,
        outcome=Outcome.FAILED,
        findings=(decisions.WITHDRAWN.found(date=at),),
        rule_set=before.verdict.rule_set,
        evidence_sha256=before.verdict.evidence_sha256,
        judged_at=at,
        valid_until=at + policy.LONGEST_VALIDITY,
    )
    return _write(verdict, EntryKind.WITHDRAWN, Mark.STOP, before, reason=reason)


def current(subject: Subject) -> PublishedVerdict | None:
    """What stands about the subject; None when it was never judged."""
    return current_for([subject]).get(subject)


def current_for(subjects: Iterable[Subject]) -> dict[Subject, PublishedVerdict]:
    """What stands about each of the subjects, in one query. What was never judged is left out."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        wanted[subject.kind.value].add(subject.public_id)
    if not wanted:
        return {}
    of_kinds = (
        and_(CurrentVerdict.subject_kind == kind, CurrentVerdict.subject_id.in_(public_ids))
        for kind, public_ids in wanted.items()
    )
    statement = _rows().join(CurrentVerdict, CurrentVerdict.verdict_id == models.Verdict.id)
    rows = db.session.execute(statement.where(or_(*of_kinds)))
    found = (_published(row, supersedes) for row, supersedes in rows)
    return {each.verdict.subject: each for each in found}


def history(subject: Subject, *, limit: int | None = None) -> Sequence[PublishedVerdict]:
    """Everything that was published about the subject, or the last of it, the newest first."""
    rows = (
        _rows()
        .where(
            models.Verdict.subject_kind == subject.kind.value,
            models.Verdict.subject_id == subject.public_id,
        )
        .order_by(models.Verdict.entry_index.desc())
        .limit(limit)
    )
    return [_published(row, supersedes) for row, supersedes in db.session.execute(rows)]


def by_public_id(public_id: str) -> PublishedVerdict:
    """One published verdict, standing or not. Raises NotFound."""
    found = db.session.execute(_rows().where(models.Verdict.public_id == public_id)).first()
    if found is None:
        code = "verdicts.unknown"
        raise NotFound(code, "There is no such verdict.", verdict=public_id)
    return _published(*found)


def due(at: datetime, *, limit: int = 500) -> Sequence[Subject]:
    """Subjects whose verdict has run out and is to be judged again, the oldest first."""
    rows = (
        select(CurrentVerdict.subject_kind, CurrentVerdict.subject_id)
        .join(models.Verdict, models.Verdict.id == CurrentVerdict.verdict_id)
        .where(
            models.Verdict.valid_until <= at,
            models.Verdict.kind != EntryKind.WITHDRAWN.value,
        )
        .order_by(models.Verdict.valid_until, models.Verdict.id)
        .limit(limit)
    )
    return [Subject(SubjectKind(kind), found) for kind, found in db.session.execute(rows)]


def replay() -> Sequence[Difference]:
    """Make every badge again from the ledger alone; returns what does not come out the same."""
    return replaying.differences()


def _is_held_down(before: PublishedVerdict, verdict: vocabulary.Verdict) -> bool:
    withdrawn = before.verdict
    is_same = verdict.evidence_sha256 == withdrawn.evidence_sha256
    decision = verdict.decision
    is_redecided = decision is not None and decision.at > withdrawn.judged_at
    return before.is_withdrawn and is_same and not is_redecided


def _write(
    verdict: vocabulary.Verdict,
    kind: EntryKind,
    mark: Mark,
    before: PublishedVerdict | None,
    *,
    reason: str = "",
) -> PublishedVerdict:
    public_id = new_public_id()
    supersedes = None if before is None else before.sha256
    entry = ledger.append(
        kind,
        entries.verdict_record(
            verdict, public_id=public_id, mark=mark, supersedes=supersedes, reason=reason
        ),
    )
    key = (verdict.subject.kind.value, verdict.subject.public_id)
    pointer = db.session.get(CurrentVerdict, key, populate_existing=True)
    row = models.Verdict(
        public_id=public_id,
        kind=kind.value,
        subject_kind=verdict.subject.kind.value,
        subject_id=verdict.subject.public_id,
        outcome=verdict.outcome.value,
        mark=mark.value,
        findings=serialising.findings_to_json(verdict.findings),
        decision=serialising.decision_to_json(verdict.decision),
        reason=reason,
        rule_set=verdict.rule_set,
        evidence_sha256=verdict.evidence_sha256,
        judged_at=verdict.judged_at,
        valid_until=verdict.valid_until,
        sha256=entry.verdict_sha256,
        entry_index=entry.index,
        supersedes_id=None if pointer is None else pointer.verdict_id,
    )
    db.session.add(row)
    db.session.flush()
    if pointer is None:
        pointer = CurrentVerdict(subject_kind=key[0], subject_id=key[1])
        db.session.add(pointer)
    pointer.verdict_id = row.id
    db.session.flush()
    return _published(row, None if before is None else before.public_id)


def _rows() -> Select[models.Verdict, str | None]:
    """Verdicts, each with the public id of the one that it superseded."""
    earlier = _earlier.id == models.Verdict.supersedes_id
    return select(models.Verdict, _earlier.public_id).outerjoin(_earlier, earlier)


def _published(row: models.Verdict, supersedes: str | None) -> PublishedVerdict:
    return PublishedVerdict(
        verdict=serialising.verdict_of(row),
        public_id=row.public_id,
        kind=EntryKind(row.kind),
        mark=Mark(row.mark),
        entry_index=row.entry_index,
        sha256=row.sha256,
        supersedes=supersedes,
        reason=row.reason,
    )
