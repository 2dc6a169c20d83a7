"""How is a grade said? Letters into a bar of four steps, words, tags and a sentence.

A grade is never a letter alone: it comes with its design, the number of people, whether they used
this product or another, and who paid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shop.assay.claims.facts import ClaimClass, Letter, Match, StudyType
from shop.assay.policy import Mark


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark with its words, beside the bar."""

    mark: Mark
    words: str


LEVELS: Mapping[Letter, int] = MappingProxyType(
    {
        Letter.HIGH: 4,
        Letter.MODERATE: 3,
        Letter.LOW: 2,
        Letter.VERY_LOW: 1,
        Letter.NONE_FOUND: 0,
        Letter.CONTRADICTED: 0,
        Letter.CITATION_NOT_FOUND: 0,
    }
)
WORDS: Mapping[Letter, str] = MappingProxyType(
    {
        Letter.HIGH: "Strong evidence",
        Letter.MODERATE: "Moderate evidence",
        Letter.LOW: "Limited evidence",
        Letter.VERY_LOW: "Very limited evidence",
        Letter.NONE_FOUND: "No evidence on file",
        Letter.CONTRADICTED: "Evidence on file says otherwise",
        Letter.CITATION_NOT_FOUND: "Study not identified",
    }
)
NOT_GRADED = "Not graded yet"
MEDICAL = Tag(Mark.STOP, "Medical claim")
PAID_UNKNOWN = "Who paid is not stated."
NOT_CHECKED = "not yet checked by us"

DESIGNS: Mapping[StudyType, str] = MappingProxyType(
    {
        StudyType.SYSTEMATIC_REVIEW_RCT: "systematic review of randomized trials",
        StudyType.RCT: "randomized trial",
        StudyType.CONTROLLED_NON_RANDOMISED: "controlled trial, not randomized",
        StudyType.COHORT: "cohort study",
        StudyType.SYSTEMATIC_REVIEW_MIXED: "systematic review of studies of several kinds",
        StudyType.CASE_CONTROL: "case-control study",
        StudyType.SINGLE_ARM: "study without a comparison group",
        StudyType.CASE_SERIES: "series of cases",
        StudyType.CASE_REPORT: "report of single cases",
        StudyType.INSTRUMENTAL_TEST: "test with an instrument",
        StudyType.CONSUMER_PERCEPTION: "survey of users",
        StudyType.ANIMAL: "test on animals",
        StudyType.IN_VITRO: "laboratory test, not on people",
        StudyType.MECHANISM: "reasoning from how it might work",
        StudyType.EXPERT_OPINION: "opinion of an expert",
        StudyType.TESTIMONIAL: "what single users said",
    }
)
MATCHES: Mapping[Match, str] = MappingProxyType(
    {
        Match.SAME_PRODUCT: " of this product",
        Match.SIMILAR_PRODUCT: " of a similar product, not of this one",
        Match.SAME_INGREDIENT: " of the ingredient, not of this product",
        Match.OTHER: ", not of this product",
    }
)
# In these, things are counted that are no people: tresses, runs, cultures.
_NOT_ON_PEOPLE = frozenset({StudyType.INSTRUMENTAL_TEST, StudyType.ANIMAL, StudyType.IN_VITRO})


def tags(letter: Letter | None, claim_class: ClaimClass) -> tuple[Tag, ...]:
    """What stands beside the bar. A statement with evidence bears its words instead of a tag."""
    found = []
    if letter is None:
        found.append(Tag(Mark.REVIEW, NOT_GRADED))
    elif LEVELS[letter] == 0 and (letter is not Letter.NONE_FOUND or not _is_medical(claim_class)):
        found.append(Tag(Mark.WARN, WORDS[letter]))
    if _is_medical(claim_class):
        found.append(MEDICAL)
    return tuple(found)


def describe(study_type: StudyType | None, n: int | None, match: Match | None) -> str:
    """A study in one phrase: "randomized trial of this product, 64 people"."""
    design = DESIGNS[study_type] if study_type else "study of unknown design"
    phrase = design + (MATCHES[match] if match is not None else "")
    if n is None:
        return phrase
    one, many = ("sample", "samples") if study_type in _NOT_ON_PEOPLE else ("person", "people")
    return f"{phrase}, {n:,} {one if n == 1 else many}"


def paid_by(funding: str) -> str:
    """Who paid, as a sentence."""
    if funding.strip().lower().rstrip(".") in {"", "not recorded", "not stated", "unknown"}:
        return PAID_UNKNOWN
    if funding.strip().lower() == "not applicable":
        return ""
    return f"Paid for by {funding.strip().rstrip('.')}."


def _is_medical(claim_class: ClaimClass) -> bool:
    return claim_class is ClaimClass.DISEASE
