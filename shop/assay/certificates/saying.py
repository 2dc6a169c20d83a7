"""How a check says its answer: with the place of the value, and as doubt where it is unsure."""

from collections.abc import Mapping

from shop.assay.certificates.facts import Field
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity

_NO_DETAILS: Mapping[str, str] = {}


def say(
    rule: Rule,
    variant: str = DEFAULT,
    *,
    about: Field | Place | None = None,
    details: Mapping[str, str] = _NO_DETAILS,
) -> Finding:
    """The rule's own answer."""
    return Finding(rule, variant, rule.severity, rule.outcome, dict(details), place_of(about))


def doubt(
    rule: Rule,
    variant: str,
    *,
    about: Field | Place | None = None,
    details: Mapping[str, str] = _NO_DETAILS,
) -> Finding:
    """The same question, and we could not tell: a person looks."""
    place = place_of(about)
    return Finding(rule, variant, Severity.NOTICE, Outcome.INDETERMINATE, dict(details), place)


def place_of(about: Field | Place | None) -> Place | None:
    """The place to show beside a finding; None for what staff wrote in themselves."""
    if about is None or about.page < 1:
        return None
    return Place(about.page, about.box)
