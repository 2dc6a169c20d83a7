"""What is said when a subject could not be judged at all."""

from shop.assay.vocabulary import Outcome, Rule, Severity

UNAVAILABLE = Rule(
    code="inspection.unavailable",
    severity=Severity.NOTICE,
    outcome=Outcome.INDETERMINATE,
    wordings={"default": "We tried to check this and could not. A person will look at it."},
)
RULES = (UNAVAILABLE,)
