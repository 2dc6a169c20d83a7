"""How findings become one answer, how long it holds, and which mark a shopper sees."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from shop.assay.vocabulary import Decision, Finding, Outcome, Severity, Verdict

# A verdict is judged again at the latest after this long, whatever its facts say.
LONGEST_VALIDITY = timedelta(days=90)


class Mark(StrEnum):
    """The eight shapes shown to shoppers (their words stand in one table, web/words.py)."""

    OK = "ok"
    PART = "part"  # passed, with a note that could change a shopper's mind
    OLD = "old"  # passed, but for an earlier lot or an earlier time
    REVIEW = "review"  # we have it and have not settled it
    NONE = "none"  # absence, never an accusation
    INFO = "info"  # a note under a verdict
    WARN = "warn"  # two facts that should agree do not
    STOP = "stop"  # a named party said so, on a date


def overall(findings: Iterable[Finding], decision: Decision | None = None) -> Outcome:
    """Roll findings up: one failure fails, and doubt or silence never passes.

    A decision takes the findings that it settles out of the sum: a refusal always fails; an
    approval passes unless something stands that it did not settle, or a failed finding was
    approved by one person alone.
    """
    if decision is not None and decision.outcome is Outcome.FAILED:
        return Outcome.FAILED
    standing = [finding for finding in findings if not is_settled(finding, decision)]
    outcomes = {finding.outcome for finding in standing} - {Outcome.NOT_APPLICABLE}
    if Outcome.FAILED in outcomes:
        return Outcome.FAILED
    if Outcome.INDETERMINATE in outcomes:
        return Outcome.INDETERMINATE
    is_approved = decision is not None and decision.outcome is Outcome.PASSED
    return Outcome.PASSED if Outcome.PASSED in outcomes or is_approved else Outcome.INDETERMINATE


def is_settled(finding: Finding, decision: Decision | None) -> bool:
    """Whether a person's decision takes this finding out of the sum."""
    if decision is None or finding.rule.code not in decision.settles:
        return False
    return finding.outcome is not Outcome.FAILED or bool(decision.seconded_by)


def valid_until(judged_at: datetime, changes_at: Iterable[datetime]) -> datetime:
    """The earliest moment at which a fact changes by itself, at most `LONGEST_VALIDITY` away."""
    later = [moment for moment in changes_at if moment > judged_at]
    return min([judged_at + LONGEST_VALIDITY, *later])


def mark(outcome: Outcome, findings: Iterable[Finding], decision: Decision | None = None) -> Mark:
    """The shape for a verdict. A person's refusal is `stop`; a contradiction is `warn`."""
    match outcome:
        case Outcome.PASSED:
            return Mark.PART if notes(findings) else Mark.OK
        case Outcome.FAILED:
            is_refused = decision is not None and decision.outcome is Outcome.FAILED
            return Mark.STOP if is_refused else Mark.WARN
        case Outcome.INDETERMINATE:
            return Mark.REVIEW
        case Outcome.NOT_APPLICABLE:
            return Mark.NONE


def weight(mark: Mark) -> int:
    """Which of several documents about one lot is spoken of: the heaviest, of equals the newest.

    One that holds outweighs one that fails, and both outweigh a file that nobody has read: a
    later upload hides neither a good report nor a bad one.
    """
    match mark:
        case Mark.OK | Mark.PART:
            return 2
        case Mark.WARN | Mark.STOP:
            return 1
        case Mark.OLD | Mark.REVIEW | Mark.NONE | Mark.INFO:
            return 0


def notes(findings: Iterable[Finding]) -> list[Finding]:
    """What could change a shopper's mind about something that passed."""
    return [
        finding
        for finding in findings
        if finding.severity.rank >= Severity.NOTICE.rank and finding.outcome is not Outcome.PASSED
    ]


def has_changed(before: Verdict | None, after: Verdict) -> bool:
    """Whether publishing `after` would tell anybody something new."""
    if before is None:
        return True
    return (
        before.outcome,
        before.findings,
        before.decision,
        before.rule_set,
        before.evidence_sha256,
    ) != (after.outcome, after.findings, after.decision, after.rule_set, after.evidence_sha256)
