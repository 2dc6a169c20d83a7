"""The words in which a statement and what supports it are kept."""

from enum import StrEnum


class ClaimClass(StrEnum):
    """What kind of statement it is, in law."""

    NONE = "none"
    COSMETIC = "cosmetic"
    STRUCTURE_FUNCTION = "structure_function"
    DISEASE = "disease"


class ClaimStatus(StrEnum):
    """What became of it with us."""

    DRAFT = "draft"
    NEEDS_EVIDENCE = "needs_evidence"
    APPROVED = "approved"
    APPROVED_WITH_WORDING = "approved_with_wording"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ProductKind(StrEnum):
    """What the product is, in law."""

    COSMETIC = "cosmetic"
    OTC_DRUG = "otc_drug"
    SUPPLEMENT = "supplement"
    DEVICE = "device"
    ACCESSORY = "accessory"


class StudyType(StrEnum):
    """How the evidence was made, in falling order of the Oxford CEBM levels."""

    SYSTEMATIC_REVIEW_RCT = "systematic_review_rct"
    RCT = "rct"
    CONTROLLED_NON_RANDOMISED = "controlled_non_randomised"
    COHORT = "cohort"
    SYSTEMATIC_REVIEW_MIXED = "systematic_review_mixed"
    CASE_CONTROL = "case_control"
    SINGLE_ARM = "single_arm"
    CASE_SERIES = "case_series"
    CASE_REPORT = "case_report"
    INSTRUMENTAL_TEST = "instrumental_test"
    CONSUMER_PERCEPTION = "consumer_perception"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    MECHANISM = "mechanism"
    EXPERT_OPINION = "expert_opinion"
    TESTIMONIAL = "testimonial"


class Direction(StrEnum):
    """How evidence bears on a claim."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    NEUTRAL = "neutral"
    CONTRADICTS = "contradicts"


class Match(StrEnum):
    """How near the thing that was studied is to the thing that is sold."""

    SAME_PRODUCT = "same_product"
    SIMILAR_PRODUCT = "similar_product"
    SAME_INGREDIENT = "same_ingredient"
    OTHER = "other"


class Letter(StrEnum):
    """How much the evidence for a claim weighs."""

    HIGH = "A"
    MODERATE = "B"
    LOW = "C"
    VERY_LOW = "D"
    NONE_FOUND = "E"
    CONTRADICTED = "X"
    CITATION_NOT_FOUND = "U"
