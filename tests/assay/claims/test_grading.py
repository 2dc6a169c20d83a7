import pytest

from shop.assay.claims import grading
from shop.assay.claims.facts import ClaimClass, Letter, Match, StudyType

COSMETIC, DISEASE = ClaimClass.COSMETIC, ClaimClass.DISEASE


@pytest.mark.parametrize(
    ("letter", "level", "words"),
    [
        ("A", 4, "Strong evidence"),
        ("B", 3, "Moderate evidence"),
        ("C", 2, "Limited evidence"),
        ("D", 1, "Very limited evidence"),
        ("E", 0, "No evidence on file"),
        ("X", 0, "Evidence on file says otherwise"),
        ("U", 0, "Study not identified"),
    ],
)
def test_letter_has_a_step_of_the_bar_and_its_words(letter, level, words):
    assert grading.LEVELS[Letter(letter)] == level
    assert grading.WORDS[Letter(letter)] == words


def test_every_letter_design_and_match_is_worded():
    assert set(grading.LEVELS) == set(grading.WORDS) == set(Letter)
    assert set(grading.DESIGNS) == set(StudyType)
    assert set(grading.MATCHES) == set(Match)


@pytest.mark.parametrize(
    ("letter", "claim_class", "tags"),
    [
        (Letter.LOW, COSMETIC, []),  # its words stand beside the bar
        (Letter.NONE_FOUND, COSMETIC, ["No evidence on file"]),
        (Letter.NONE_FOUND, DISEASE, ["Medical claim"]),
        (Letter.LOW, DISEASE, ["Medical claim"]),
        (Letter.CITATION_NOT_FOUND, DISEASE, ["Study not identified", "Medical claim"]),
        (Letter.CONTRADICTED, COSMETIC, ["Evidence on file says otherwise"]),
        (None, COSMETIC, ["Not graded yet"]),
    ],
)
def test_tags_say_what_the_bar_cannot(letter, claim_class, tags):
    assert [tag.words for tag in grading.tags(letter, claim_class)] == tags


@pytest.mark.parametrize(
    ("study_type", "n", "match", "phrase"),
    [
        (StudyType.RCT, 64, Match.SAME_PRODUCT, "randomized trial of this product, 64 people"),
        (
            StudyType.IN_VITRO,
            1,
            Match.SAME_INGREDIENT,
            "laboratory test, not on people of the ingredient, not of this product, 1 sample",
        ),
        (
            StudyType.COHORT,
            1025140,
            Match.OTHER,
            "cohort study, not of this product, 1,025,140 people",
        ),
        (None, None, None, "study of unknown design"),
    ],
)
def test_study_is_told_in_a_phrase(study_type, n, match, phrase):
    assert grading.describe(study_type, n, match) == phrase


@pytest.mark.parametrize(
    ("funding", "sentence"),
    [
        ("Maren & Oak", "Paid for by Maren & Oak."),
        ("", "Who paid is not stated."),
        ("not recorded", "Who paid is not stated."),
        ("Not applicable", ""),
    ],
)
def test_who_paid_is_always_said(funding, sentence):
    assert grading.paid_by(funding) == sentence
