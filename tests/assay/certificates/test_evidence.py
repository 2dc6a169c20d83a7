from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shop.assay.certificates.evidence import DOES_NOT_PROVE, WORDS, Level, evidence_level
from shop.assay.certificates.facts import AccreditationFacts, Problem
from shop.assay.vocabulary import Decision, Outcome
from tests.assay.certificates.builders import FILE, LABORATORY, facts

AT = datetime(2026, 11, 22, tzinfo=UTC)
SEEN = AccreditationFacts(
    "UKAS", "4177", (), None, None, is_active=True, checked_on=date(2026, 1, 5)
)
CHECKED = replace(LABORATORY, accreditations=(SEEN,))


def decided(outcome, *settles, seconded_by=""):
    settled = frozenset(f"certificate.{code}" for code in settles)
    return Decision(outcome, "staff", AT, settled, "Compared.", seconded_by)


APPROVED = decided(Outcome.PASSED)


@pytest.mark.parametrize(
    ("some_facts", "decision", "level"),
    [
        (facts(), None, Level.E1),
        (facts(), APPROVED, Level.E1),
        (facts(laboratory=CHECKED), APPROVED, Level.E2),
        (facts(laboratory=CHECKED), None, Level.E1),  # a person has to say so first
        (facts(laboratory=None), APPROVED, Level.E1),  # our records, not the document
        (facts(laboratory=CHECKED), decided(Outcome.FAILED), Level.E0),
        (facts({"lot": "OTHER-1"}), APPROVED, Level.E0),
        (facts({"lot": "OTHER-1"}), decided(Outcome.PASSED, "lot_mismatch"), Level.E0),
        (
            facts({"lot": "OTHER-1"}),
            decided(Outcome.PASSED, "lot_mismatch", seconded_by="another"),
            Level.E1,
        ),
        (facts({"report_no": None}), APPROVED, Level.E0),
        (facts({"report_no": None}), decided(Outcome.PASSED, "report_number_missing"), Level.E1),
        (facts(is_read=False), APPROVED, Level.E0),
        (
            facts(file=replace(FILE, problems=(Problem("certificate.file_password"),))),
            APPROVED,
            Level.E0,
        ),
    ],
)
def test_level(some_facts, decision, level):
    assert evidence_level(some_facts, decision) is level


@pytest.mark.parametrize("level", Level)
def test_level_says_what_it_does_not_prove(level):
    assert WORDS[level].endswith(".")
    assert DOES_NOT_PROVE[level].startswith("It does not prove")
