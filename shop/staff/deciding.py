"""What a reviewer sees and records about a certificate or an offer, whichever it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wtforms import HiddenField, RadioField

from shop.accounts.service import Role, StaffUser
from shop.assay.certificates.checks import is_answered
from shop.assay.policy import Mark
from shop.assay.vocabulary import Finding, Outcome, Severity, Subject, readable
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk, words
from shop.staff.forms import AreaField, Form, Needs, at_most
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from shop.verdicts.models import StaffDecision
from shop.verdicts.service import PublishedVerdict
from shop.web import words as shop_words

_PROBLEMS = {Outcome.FAILED, Outcome.INDETERMINATE}
_FIELDS = {
    "verdicts.reason_missing": "reason",
    "verdicts.reason_too_long": "reason",
    "verdicts.no_outcome": "outcome",
    "verdicts.evidence_changed": "outcome",
    "verdicts.unknown_finding": "outcome",
    "verdicts.second_is_first": "outcome",
    "verdicts.not_waiting": "outcome",
    "staff.never_opened": "outcome",
}
# What follows from a decision in the subject's own room, in the same transaction.
Follow = Callable[[PublishedVerdict, datetime], None]


class DecisionForm(Form):
    outcome = RadioField("Decision", [Needs("Choose a decision.")], validate_choice=False)
    reason = AreaField(
        "Note for the record",
        [Needs("Enter a note for the record."), at_most(reviews.LONGEST_REASON)],
    )
    evidence = HiddenField()


@dataclass(frozen=True, slots=True)
class Said:
    """A decision that stands for the evidence on the page."""

    public_id: str
    mark: Mark
    title: str
    reason: str
    who: str
    at: datetime
    second: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding as a line: its mark, its sentence, and what stands behind it."""

    mark: Mark
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the decision part of a page shows to this member of staff."""

    evidence: str
    findings: Sequence[FoundRow]
    failed: int
    said: Said | None
    needs_second: bool
    may_second: bool
    may_decide: bool
    hints: Mapping[str, str]


def view(
    subject: Subject,
    published: PublishedVerdict | None,
    staff: StaffUser,
    names: Mapping[str, str],
    told: Mapping[Outcome, shop_words.Words],
) -> ReviewView:
    """`told` holds the words of each decision for this kind of subject."""
    findings = in_front(published)
    evidence = published.verdict.evidence_sha256 if published is not None else ""
    decision = published.verdict.decision if published is not None else None
    row = _standing_decision(subject, evidence)
    needs_second = row is not None and row.needs_second and row.seconded_by is None
    is_reviewer = staff.may(Role.REVIEWER)
    return ReviewView(
        evidence=evidence,
        findings=[found_row(each) for each in findings if not is_answered(each, decision)],
        failed=sum(1 for finding in findings if finding.outcome is Outcome.FAILED),
        said=_said(row, names, told) if row is not None else None,
        needs_second=needs_second,
        may_second=is_reviewer
        and needs_second
        and row is not None
        and row.staff_id != staff.public_id,
        may_decide=is_reviewer and published is not None,
        hints={outcome.value: each.detail for outcome, each in told.items()},
    )


def blank(told: Mapping[Outcome, shop_words.Words], evidence: str) -> DecisionForm:
    """The form before anything is chosen."""
    return DecisionForm.blank({"outcome": _options(told)}, evidence=evidence)


def sent(told: Mapping[Outcome, shop_words.Words]) -> DecisionForm:
    """The form as it was sent."""
    return DecisionForm.sent(outcome=_options(told))


def record(
    subject: Subject, form: DecisionForm, follow: Follow | None = None
) -> PublishedVerdict | None:
    """Keep the decision, judge with it and publish, in one transaction.

    None when the form will not do; what is wrong then stands beside its fields.
    """
    if not form.validate() or not _has_outcome(form):
        return None
    try:
        with desk.acting() as staff:
            at = clock.now()
            outcome = Outcome(form.outcome.data)
            findings = in_front(verdicts.current(subject))
            _keep_shut(outcome, findings)
            reviews.decide(
                subject,
                outcome=outcome,
                staff=staff.public_id,
                reason=form.reason.data,
                settles={each.rule.code for each in findings if each.outcome in _PROBLEMS},
                evidence_sha256=form.evidence.data or "",
                at=at,
            )
            return _conclude(subject, follow, at)
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return None


def agree(
    subject: Subject, form: DecisionForm, follow: Follow | None = None
) -> PublishedVerdict | None:
    """A second person agrees to what failed and was approved all the same."""
    try:
        with desk.acting() as staff:
            at = clock.now()
            row = _decision_to_agree_to(subject, form.evidence.data or "")
            reviews.second(row.public_id, staff=staff.public_id, at=at)
            return _conclude(subject, follow, at)
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return None


def answer(published: PublishedVerdict) -> str:
    """What the page says after a decision."""
    if published.verdict.decision is None:
        return "Your note is on record, but the evidence has changed since. Look again."
    if published.verdict.outcome is Outcome.PASSED:
        return "Decision recorded. Shoppers see it now."
    if published.verdict.decision.outcome is Outcome.PASSED:
        return "Decision recorded. A second reviewer must agree before shoppers see it."
    return "Decision recorded. Shoppers see it now."


def found_row(finding: Finding) -> FoundRow:
    """The sentence mostly names what was expected and observed; what it leaves out follows."""
    details = finding.details
    beside = [
        f"{what.capitalize()}: {readable(details[what])}"
        for what in ("expected", "observed", "before", "now")
        if details.get(what) and readable(details[what]) not in finding.sentence
    ]
    why = ". ".join([*beside, finding.rule.code])
    return FoundRow(shop_words.finding_mark(finding), finding.sentence, why)


def in_front(published: PublishedVerdict | None) -> Sequence[Finding]:
    """The findings that a person is asked about; under a withdrawal, those that it took back."""
    if published is None:
        return ()
    if published.is_withdrawn and published.supersedes is not None:
        return verdicts.by_public_id(published.supersedes).verdict.findings
    return published.verdict.findings


def _keep_shut(outcome: Outcome, findings: Sequence[Finding]) -> None:
    """Nobody can vouch for what was never opened: no second person makes that good."""
    is_shut = any(finding.severity is Severity.REFUSED for finding in findings)
    if outcome is Outcome.PASSED and is_shut:
        code = "staff.never_opened"
        raise Refused(code, "This was never opened, so nobody can verify it. Reject it.")


def _conclude(subject: Subject, follow: Follow | None, at: datetime) -> PublishedVerdict:
    published = inspections.inspect(subject, at=at)
    if follow is not None:
        follow(published, at)
    return published


def _standing_decision(subject: Subject, evidence: str) -> StaffDecision | None:
    about = reviews.decisions_about(subject)
    return next((row for row in about if row.evidence_sha256 == evidence), None)


def _decision_to_agree_to(subject: Subject, evidence: str) -> StaffDecision:
    row = _standing_decision(subject, evidence)
    if row is None:
        code = "verdicts.evidence_changed"
        message = "The evidence changed while you were looking. Read it again, then decide."
        raise Conflict(code, message)
    return row


def _said(
    row: StaffDecision, names: Mapping[str, str], told: Mapping[Outcome, shop_words.Words]
) -> Said:
    decided = told[Outcome(row.outcome)]
    return Said(
        public_id=row.public_id,
        mark=decided.mark,
        title=decided.title,
        reason=row.reason,
        who=names.get(row.staff_id, words.SOMEBODY),
        at=row.at,
        second=names.get(row.seconded_by, words.SOMEBODY) if row.seconded_by else "",
    )


def _options(told: Mapping[Outcome, shop_words.Words]) -> list[tuple[str, str]]:
    return [(outcome.value, each.title) for outcome, each in told.items()]


def _has_outcome(form: DecisionForm) -> bool:
    if form.outcome.data in {value for value, _ in form.outcome.choices}:
        return True
    form.add_error("outcome", "Choose a decision.")
    return False
