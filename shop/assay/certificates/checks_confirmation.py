"""Did the laboratory itself show or confirm this report?"""

from collections.abc import Iterator

from shop.assay.certificates.facts import CertificateFacts
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

CONFIRMED = Rule(
    "certificate.confirmed",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "The laboratory's own page showed this report on {date}.",
        "laboratory": "The laboratory confirmed this report on {date}.",
    },
)
RULES = (CONFIRMED,)


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """Good news where there is some; that nobody asked the laboratory is no finding."""
    seen = facts.confirmation
    if seen is not None:
        variant = "laboratory" if seen.is_by_laboratory else DEFAULT
        yield CONFIRMED.found(variant, date=seen.on)
