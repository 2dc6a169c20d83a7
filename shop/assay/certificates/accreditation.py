"""Was the laboratory accredited on the day of the tests, as a person saw it at the accreditor?"""

from dataclasses import dataclass
from datetime import date

from shop.assay.certificates.facts import (
    AccreditationFacts,
    CertificateFacts,
    FieldName,
    Result,
    last_day,
)
from shop.assay.certificates.methods import is_covered


@dataclass(frozen=True, slots=True)
class ScopeView:
    """Which results an accreditation covers, that was seen to hold on the day of the tests."""

    covered: tuple[Result, ...]
    outside: tuple[Result, ...]  # by methods that no scope lists
    accreditations: tuple[AccreditationFacts, ...]
    unnamed: tuple[Result, ...] = ()  # no method is printed, so that nobody can say


def tested_on(facts: CertificateFacts) -> date | None:
    """The last day on which tests may have been made; None where the report gives no such day."""
    field = facts.field(FieldName.DATE_TESTED) or facts.field(FieldName.DATE_ISSUED)
    return last_day(field.value) if field else None


def holding(facts: CertificateFacts) -> tuple[AccreditationFacts, ...]:
    """What was seen to hold on that day. A number printed on the report proves nothing."""
    day = tested_on(facts)
    if facts.laboratory is None or day is None:
        return ()
    return tuple(
        seen
        for seen in facts.laboratory.accreditations
        if is_seen(seen)
        and (seen.valid_from is None or seen.valid_from <= day)
        and (seen.valid_to is None or day <= seen.valid_to)
    )


def is_seen(accreditation: AccreditationFacts) -> bool:
    """Whether a person saw it in force, whatever its dates."""
    return accreditation.checked_on is not None and accreditation.is_active


def scope_of(facts: CertificateFacts) -> ScopeView:
    """Divide the results by what the accreditations that hold say of their methods.

    Without an accreditation that holds, or with none whose scope was written down, nothing is
    covered.
    """
    accreditations = holding(facts)
    entries = [entry for each in accreditations for entry in each.scope]
    covered, outside, unnamed = [], [], []
    for result in facts.results:
        if is_covered(result, entries):
            covered.append(result)
        elif result.method.strip(" -"):
            outside.append(result)
        else:
            unnamed.append(result)
    return ScopeView(tuple(covered), tuple(outside), accreditations, tuple(unnamed))
