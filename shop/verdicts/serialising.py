"""How are findings and decisions kept as JSON, and brought back?

What is kept stays readable: a rule that has gone out of use comes back as a rule that says so.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shop.assay import registry, vocabulary
from shop.assay.vocabulary import (
    Decision,
    Finding,
    Outcome,
    Place,
    Rule,
    Severity,
    Subject,
    SubjectKind,
)
from shop.verdicts import models

_OUT_OF_USE = "This was found by a check that is no longer in use ({code})."


def findings_to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [_finding_to_json(finding) for finding in findings]


def findings_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(_finding_from_json(finding) for finding in kept)


def decision_to_json(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "outcome": decision.outcome.value,
        "asserter": decision.asserter,
        "at": decision.at.isoformat(),
        "settles": sorted(decision.settles),
        "reason": decision.reason,
        "seconded_by": decision.seconded_by,
    }


def decision_from_json(kept: Mapping[str, Any] | None) -> Decision | None:
    if kept is None:
        return None
    return Decision(
        outcome=Outcome(kept["outcome"]),
        asserter=kept["asserter"],
        at=datetime.fromisoformat(kept["at"]),
        settles=frozenset(kept["settles"]),
        reason=kept["reason"],
        seconded_by=kept["seconded_by"],
    )


def subject_of(
    row: models.Verdict | models.Review | models.StaffDecision | models.Dispute,
) -> Subject:
    """What the row is about."""
    return Subject(SubjectKind(row.subject_kind), row.subject_id)


def decision_of(row: models.StaffDecision) -> Decision:
    """A kept decision as the assay speaks of it."""
    return Decision(
        outcome=Outcome(row.outcome),
        asserter=row.staff_id,
        at=row.at,
        settles=frozenset(row.settles),
        reason=row.reason,
        seconded_by=row.seconded_by or "",
    )


def verdict_of(row: models.Verdict) -> vocabulary.Verdict:
    """A published verdict as the assay speaks of it."""
    return vocabulary.Verdict(
        subject=subject_of(row),
        outcome=Outcome(row.outcome),
        findings=findings_from_json(row.findings),
        rule_set=row.rule_set,
        evidence_sha256=row.evidence_sha256,
        judged_at=row.judged_at,
        valid_until=row.valid_until,
        decision=decision_from_json(row.decision),
    )


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.rule.code,
        "variant": finding.variant,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "details": dict(finding.details),
        "place": None if place is None else {"page": place.page, "box": place.box},
        "asserter": finding.asserter,
    }


def _finding_from_json(kept: Mapping[str, Any]) -> Finding:
    severity, outcome = Severity(kept["severity"]), Outcome(kept["outcome"])
    place = kept["place"]
    return Finding(
        rule=_rule(kept["code"], kept["variant"], severity, outcome),
        variant=kept["variant"],
        severity=severity,
        outcome=outcome,
        details=kept["details"],
        place=None if place is None else _place(place),
        asserter=kept["asserter"],
    )


def _rule(code: str, variant: str, severity: Severity, outcome: Outcome) -> Rule:
    rule = registry.RULES.get(code)
    if rule is not None and variant in rule.wordings:
        return rule
    said = _OUT_OF_USE.format(code=code).replace("{", "{{").replace("}", "}}")
    return Rule(code, severity, outcome, {variant: said})


def _place(kept: Mapping[str, Any]) -> Place:
    box = kept["box"]
    if box is None:
        return Place(kept["page"])
    left, top, right, bottom = box
    return Place(kept["page"], (left, top, right, bottom))
