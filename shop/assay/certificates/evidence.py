"""How much is known about a certificate, beyond that the document looks right?

A document that was typed anew cannot be told from its file. So every certificate bears a level,
in words, with what it does not prove.
"""

from enum import IntEnum

from shop.assay.certificates.accreditation import holding
from shop.assay.certificates.checks import timeless
from shop.assay.certificates.checks_file import unread
from shop.assay.certificates.checks_issuer import LAB_UNKNOWN
from shop.assay.certificates.checks_laboratory import OF_RECORDS
from shop.assay.certificates.checks_signatures import is_signed_by_laboratory
from shop.assay.certificates.facts import CertificateFacts
from shop.assay.policy import is_settled
from shop.assay.vocabulary import Decision, Outcome


class Level(IntEnum):
    """From a bare file to one that its laboratory signed."""

    E0 = 0
    E1 = 1
    E2 = 2
    E3 = 3
    E4 = 4


WORDS = {
    Level.E0: "We hold the document, and nothing beside it.",
    Level.E1: "The document agrees with itself and with the lot we ship.",
    Level.E2: "The document agrees with the lot we ship, and we saw the laboratory's "
    "accreditation at the body that grants it.",
    Level.E3: "The laboratory showed or confirmed the same report to us.",
    Level.E4: "The laboratory signed the file with a certificate that we know to be its own.",
}
DOES_NOT_PROVE = {
    Level.E0: "It does not prove that a laboratory issued it.",
    Level.E1: "It does not prove that the laboratory issued it: a careful copy looks the same.",
    Level.E2: "It does not prove that this laboratory issued this very report.",
    Level.E3: "It does not prove that the tested bottles were taken from the lot at random.",
    Level.E4: "It does not prove that the tested bottles were taken from the lot at random.",
}
# True of every level.
NEVER_PROVES = (
    "A report speaks of what is in one lot, its identity and purity. It never shows that a "
    "product works."
)


# What says something of our records, not of the document.
_OF_RECORDS = frozenset({LAB_UNKNOWN.code, *OF_RECORDS})


def evidence_level(facts: CertificateFacts, decision: Decision | None) -> Level:
    """The level that facts and a person's decision support.

    E3 needs the laboratory's own page or word beside a person's approval. E4 needs no person,
    only a signature against which nothing at all speaks.
    """
    if unread(facts) or (decision is not None and decision.outcome is not Outcome.PASSED):
        return Level.E0
    doubts = [
        finding
        for finding in timeless(facts)
        if finding.outcome in {Outcome.FAILED, Outcome.INDETERMINATE}
        and finding.rule.code not in _OF_RECORDS
        and not is_settled(finding, decision)
    ]
    if doubts:
        return Level.E0
    if is_signed_by_laboratory(facts):
        return Level.E4
    if decision is None:
        return Level.E1
    if facts.confirmation is not None:
        return Level.E3
    return Level.E2 if holding(facts) else Level.E1
