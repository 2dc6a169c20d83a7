"""Does this document hold together, and is it about this lot?

The rules stand in one module per topic; a new topic joins RULES and _TIMELESS.
"""

from datetime import datetime

from shop.assay.certificates import (
    checks_alike,
    checks_bearing,
    checks_complete,
    checks_confirmation,
    checks_dates,
    checks_edits,
    checks_file,
    checks_issuer,
    checks_laboratory,
    checks_links,
    checks_lot,
    checks_results,
    checks_signatures,
    checks_text,
)
from shop.assay.certificates.facts import CertificateFacts
from shop.assay.policy import is_settled
from shop.assay.vocabulary import DEFAULT, Decision, Finding, Outcome, Rule, Severity

# Only a person passes a certificate. It is no note to the shopper, so its severity is INFO.
NEEDS_PERSON = Rule(
    "certificate.needs_person",
    Severity.INFO,
    Outcome.INDETERMINATE,
    {DEFAULT: "A person compares every report with its pages before we rely on it."},
)
RULES: tuple[Rule, ...] = (
    *checks_lot.RULES,
    *checks_issuer.RULES,
    *checks_confirmation.RULES,
    *checks_laboratory.RULES,
    *checks_results.RULES,
    *checks_complete.RULES,
    *checks_dates.RULES,
    *checks_signatures.RULES,
    *checks_edits.RULES,
    *checks_text.RULES,
    *checks_links.RULES,
    *checks_bearing.RULES,
    *checks_alike.RULES,
    *checks_file.RULES,
    NEEDS_PERSON,
)
# Each with RULES and answers(facts), in a reader's order.
_TIMELESS = (
    checks_lot,
    checks_issuer,
    checks_confirmation,
    checks_laboratory,
    checks_results,
    checks_complete,
    checks_signatures,
    checks_edits,
    checks_text,
    checks_links,
    checks_bearing,
    checks_alike,
)


def judge(facts: CertificateFacts, *, at: datetime) -> tuple[Finding, ...]:
    """Answer every certificate rule, in the order in which a shopper should read them."""
    unread = checks_file.unread(facts)
    found = unread or (*timeless(facts), *checks_dates.dates(facts, today=at.date()))
    notes = () if unread else checks_file.notes(facts.file)
    return (*found, *notes, NEEDS_PERSON.found())


def timeless(facts: CertificateFacts) -> tuple[Finding, ...]:
    """The answers that do not depend on the day on which one asks."""
    return tuple(answer for topic in _TIMELESS for answer in topic.answers(facts))


def is_answered(finding: Finding, decision: Decision | None) -> bool:
    """That a person has to look is no news once one has."""
    return finding.rule is NEEDS_PERSON and is_settled(finding, decision)


def changes_at(facts: CertificateFacts) -> tuple[datetime, ...]:
    """The moments at which a verdict about these facts changes by itself."""
    return () if checks_file.unread(facts) else tuple(checks_dates.changes_at(facts))
