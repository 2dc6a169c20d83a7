"""What may a person say about a verdict, and when does it take two?

A person's decision is a finding with an asserter. Machine findings are never edited by it, only
settled (policy.overall) or superseded.
"""

from collections.abc import Iterable

from shop.assay.vocabulary import DEFAULT, Decision, Finding, Outcome, Rule, Severity

APPROVED = Rule(
    code="staff.approved",
    severity=Severity.OK,
    outcome=Outcome.PASSED,
    wordings={
        DEFAULT: "A reviewer compared this with the evidence on {date} and approved it.",
        "seconded": "Two reviewers compared this with the evidence and approved it, on {date}.",
    },
)
REFUSED = Rule(
    code="staff.refused",
    severity=Severity.WARNING,
    outcome=Outcome.FAILED,
    wordings={DEFAULT: "A reviewer compared this with the evidence on {date} and rejected it."},
)
UNDECIDED = Rule(
    code="staff.undecided",
    severity=Severity.NOTICE,
    outcome=Outcome.INDETERMINATE,
    wordings={DEFAULT: "A reviewer looked at this on {date} and could not tell."},
)
WITHDRAWN = Rule(
    code="verdict.withdrawn",
    severity=Severity.WARNING,
    outcome=Outcome.FAILED,
    wordings={DEFAULT: "What we published about this was withdrawn on {date}."},
)
RULES = (APPROVED, REFUSED, UNDECIDED, WITHDRAWN)


def finding(decision: Decision) -> Finding:
    """The decision as a line beside the machine's findings."""
    match decision.outcome:
        case Outcome.PASSED:
            rule, variant = APPROVED, "seconded" if decision.seconded_by else DEFAULT
        case Outcome.FAILED:
            rule, variant = REFUSED, DEFAULT
        case Outcome.INDETERMINATE | Outcome.NOT_APPLICABLE:
            rule, variant = UNDECIDED, DEFAULT
    return Finding(
        rule=rule,
        variant=variant,
        severity=rule.severity,
        outcome=rule.outcome,
        details={"date": decision.at.isoformat()},
        asserter=decision.asserter,
    )


def needs_second(decision: Decision, findings: Iterable[Finding]) -> bool:
    """Whether another person has to agree: one alone cannot approve what failed."""
    if decision.outcome is not Outcome.PASSED or decision.seconded_by:
        return False
    failed = {found.rule.code for found in findings if found.outcome is Outcome.FAILED}
    return bool(failed & decision.settles)
