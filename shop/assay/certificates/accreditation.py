"""Was the laboratory accredited on the day of the tests, as a person saw it at the accreditor?"""

from datetime import date

from shop.assay.certificates.facts import (
    AccreditationFacts,
    CertificateFacts,
    FieldName,
    last_day,
)


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
        if seen.checked_on is not None
        and seen.is_active
        and (seen.valid_from is None or seen.valid_from <= day)
        and (seen.valid_to is None or day <= seen.valid_to)
    )
