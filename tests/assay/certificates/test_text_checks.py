"""Odd pieces of text: each shown to a person with its place, and none fails a document."""

import pytest

from shop.assay.certificates import checks_text
from shop.assay.certificates.inside import Inside, Oddity, OddityKind
from shop.assay.vocabulary import Outcome, Place, Severity
from tests.assay.certificates.builders import facts

BOX = (100, 200, 300, 220)


def answers(*oddities):
    return list(checks_text.answers(facts(inside=Inside(oddities=oddities))))


@pytest.mark.parametrize(
    ("kind", "other", "code", "sentence"),
    [
        (
            OddityKind.FONT,
            "Courier",
            "font_outlier",
            (
                "“0.08” on page 2 is set in Courier, a font that hardly anything else in "
                "the document is set in."
            ),
        ),
        (
            OddityKind.FONT,
            "",
            "font_outlier",
            (
                "“0.08” on page 2 is set in a font that hardly anything else in the document "
                "is set in."
            ),
        ),
        (
            OddityKind.COVERED,
            "0.01",
            "text_covered",
            "“0.08” is in the file on page 2, and painted over; what shows there is “0.01”.",
        ),
        (
            OddityKind.COVERED,
            "",
            "text_covered",
            "“0.08” is in the file on page 2, and something is painted over it.",
        ),
        (
            OddityKind.HIDDEN,
            "",
            "text_hidden",
            "“0.08” is in the file on page 2 and cannot be seen there.",
        ),
        (
            OddityKind.HIDDEN,
            "0.01",
            "text_hidden",
            "“0.08” is in the file on page 2 and cannot be seen; what shows there is “0.01”.",
        ),
        (
            OddityKind.DISAGREES,
            "0.01",
            "text_ocr_disagree",
            "The file's text says “0.08” on page 2, and its picture reads “0.01”.",
        ),
    ],
)
def test_oddity_is_said_with_its_place(kind, other, code, sentence):
    (finding,) = answers(Oddity(kind, "0.08", other, 2, BOX))

    assert finding.rule.code == f"certificate.{code}"
    assert (finding.severity, finding.outcome) == (Severity.NOTICE, Outcome.INDETERMINATE)
    assert finding.place == Place(2, BOX)
    assert finding.sentence == sentence


def test_nothing_odd_says_nothing():
    assert answers() == []


@pytest.mark.parametrize("kind", OddityKind)
def test_many_of_a_kind_are_summed_up(kind):
    found = answers(*(Oddity(kind, str(n), "x", 1, BOX) for n in range(11)))
    assert len(found) == 9
    assert (found[-1].variant, found[-1].details) == ("more", {"count": "3"})


def test_long_text_is_cut():
    (finding,) = answers(Oddity(OddityKind.HIDDEN, "x" * 300, "", 1, BOX))
    assert len(finding.details["text"]) == 161
