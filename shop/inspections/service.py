"""Gather, judge, roll up, publish: one road for every kind of subject."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import rfc8785

from shop.assay import inspection, policy, registry
from shop.assay.certificates import checks as certificate_checks
from shop.assay.sellers import checks as seller_checks
from shop.assay.vocabulary import Finding, Subject, SubjectKind, Verdict
from shop.inspections import documents, standing
from shop.plumbing import jobs
from shop.plumbing.errors import Refused
from shop.sellers import gather as seller_gather
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict


@dataclass(frozen=True, slots=True)
class _Inspector:
    """How one kind of subject is judged. `gather` reads; `judge` is pure."""

    gather: Callable[[str], Any]
    judge: Callable[..., tuple[Finding, ...]]
    changes_at: Callable[[Any], Iterable[datetime]]


_INSPECTORS: Mapping[SubjectKind, _Inspector] = {
    SubjectKind.CERTIFICATE: _Inspector(
        documents.facts, certificate_checks.judge, certificate_checks.changes_at
    ),
    SubjectKind.OFFER: _Inspector(
        seller_gather.facts, seller_checks.judge, seller_checks.changes_at
    ),
}


def ring(subject: Subject) -> None:
    """Have a worker inspect the subject, once the caller's transaction is committed."""
    jobs.enqueue(inspection.JOB, inspection.key_of(subject))


def inspect(subject: Subject, *, at: datetime) -> PublishedVerdict:
    """Judge the subject as its facts stand, and publish what is new.

    Runs in the caller's write transaction and changes nothing when the last verdict still holds.
    Raises NotFound when there is no such subject.
    """
    inspector = _inspector(subject)
    facts = inspector.gather(subject.public_id)
    findings = inspector.judge(facts, at=at)
    changes = inspector.changes_at(facts)
    return _conclude(subject, findings, evidence_digest(facts), changes, at=at)


def give_up(subject: Subject, *, at: datetime) -> PublishedVerdict:
    """Publish that the subject could not be judged, and leave it to a person."""
    digest = evidence_digest({"subject": inspection.key_of(subject)})
    return _conclude(subject, (inspection.UNAVAILABLE.found(),), digest, (), at=at)


def evidence_digest(facts: Any) -> str:  # noqa: ANN401 - each judge has Facts of its own
    """SHA-256 of the canonical JSON (RFC 8785) of the Facts."""
    return hashlib.sha256(rfc8785.dumps(_plain(facts))).hexdigest()


def _inspector(subject: Subject) -> _Inspector:
    inspector = _INSPECTORS.get(subject.kind)
    if inspector is None:
        code = "inspection.no_judge"
        raise Refused(code, "There is no judge for this kind of subject yet.", kind=subject.kind)
    return inspector


def _conclude(
    subject: Subject,
    findings: tuple[Finding, ...],
    evidence_sha256: str,
    changes: Iterable[datetime],
    *,
    at: datetime,
) -> PublishedVerdict:
    decision = reviews.decision_for(subject, evidence_sha256)
    verdict = Verdict(
        subject=subject,
        outcome=policy.overall(findings, decision),
        findings=findings,
        rule_set=registry.RULE_SET,
        evidence_sha256=evidence_sha256,
        judged_at=at,
        valid_until=policy.valid_until(at, changes),
        decision=decision,
    )
    before = verdicts.current(subject)
    holds = before is not None and before.verdict.valid_until > at
    if before is not None and holds and not policy.has_changed(before.verdict, verdict):
        return before
    published = verdicts.publish(verdict)
    if published.is_withdrawn:
        return published  # held down: a person took it back, and nothing has changed since
    if reviews.needs_a_person(verdict):
        reviews.open_review(subject, findings, at=at)
    else:
        reviews.settle(subject, "No open question is left.", at=at)
    standing.refresh_for(subject)
    return published


def withdraw(subject: Subject, reason: str, *, at: datetime) -> PublishedVerdict:
    """Take back what stands about the subject. Raises NotFound when nothing was published."""
    published = verdicts.withdraw(subject, reason, at)
    standing.refresh_for(subject)
    return published


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that Facts may hold
    """As JSON can say it. Dates, decimals and other plain values become their text."""
    match value:
        case Enum():
            plain: Any = value.value
        case Mapping():
            plain = {str(key): _plain(inner) for key, inner in value.items()}
        case frozenset() | set():
            plain = sorted((_plain(inner) for inner in value), key=str)
        case tuple() | list():
            plain = [_plain(inner) for inner in value]
        case None | bool() | int() | str():
            plain = value
        case _ if dataclasses.is_dataclass(value):
            plain = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        case _:
            plain = str(value)
    return plain
