"""The wordings of `seller.*`: whom the brand names, and what contradicts a label."""

from shop.assay.vocabulary import DEFAULT, Outcome, Rule, Severity

OFFICIAL = Rule(
    "seller.official",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "{h} is an official website of {brand}. "
        "{brand} showed us on {date} that it controls this address."
    },
)
AUTHORIZED = Rule(
    "seller.authorized",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "{brand} lists {seller} as an authorized seller (list of {date}), "
        "and {seller} showed that it controls {h}."
    },
)
AUTHORIZED_PAGE = Rule(
    "seller.authorized_page",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "{brand} lists this page of {seller} on {h}. "
        "Other pages on {h} may belong to other sellers."
    },
)
NOT_LISTED = Rule(
    "seller.not_listed",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{h} is not on {brand}'s list of sellers dated {date}."},
)
LIST_UNAVAILABLE = Rule(
    "seller.list_unavailable",
    Severity.INFO,
    Outcome.INDETERMINATE,
    {DEFAULT: "{brand} has not published a list of sellers that we could read."},
)
LISTED_BY_STAFF_ONLY = Rule(
    "seller.listed_by_staff_only",
    Severity.INFO,
    Outcome.INDETERMINATE,
    {DEFAULT: "Our staff added this shop. {brand} has not confirmed it."},
)
NO_DOMAIN_PROOF = Rule(
    "seller.no_domain_proof",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{brand} lists {seller}, but we have no proof that {h} belongs to {seller}."},
)
PROOF_STALE = Rule(
    "seller.proof_stale",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "We last confirmed who controls {h} on {date}."},
)
PROOF_LOST = Rule(
    "seller.proof_lost",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "The proof for {h} was no longer there on {date}."},
)
AUTHORIZATION_EXPIRED = Rule(
    "seller.authorization_expired",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{brand}'s authorization of {seller} ended on {date}."},
)
AUTHORIZATION_REVOKED = Rule(
    "seller.authorization_revoked",
    Severity.CAUTION,
    Outcome.FAILED,
    {DEFAULT: "{brand} no longer lists {seller} as a seller, as of {date}."},
)
LISTED_AS_UNAUTHORIZED = Rule(
    "seller.listed_as_unauthorized",
    Severity.CAUTION,
    Outcome.FAILED,
    {DEFAULT: "{brand}'s own page names {h} as not authorized ({date})."},
)
NOT_COVERED = Rule(
    "seller.product_or_region_not_covered",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{brand}'s list covers {seller} for other products or countries."},
)
MISMATCH_DECLARED = Rule(
    "seller.mismatch_declared",
    Severity.CAUTION,
    Outcome.FAILED,
    {
        "labelled": "This link is labelled {seller}, but it opens {h}, "
        "which is not an address that {seller} has confirmed.",
        "stated": "This link is said to be {statement} for {brand}, "
        "but {brand} names no seller at {h}.",
    },
)
MARKETPLACE_UNKNOWN_SELLER = Rule(
    "seller.marketplace_unknown_seller",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{h} hosts many sellers. This page does not tell us which one you would buy from."},
)
HOSTED_PLATFORM = Rule(
    "seller.hosted_platform",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{h} is a page on {platform}, where anyone can open a shop."},
    "Public Suffix List, private section",
)

RULES = (
    OFFICIAL,
    AUTHORIZED,
    AUTHORIZED_PAGE,
    NOT_LISTED,
    LIST_UNAVAILABLE,
    LISTED_BY_STAFF_ONLY,
    NO_DOMAIN_PROOF,
    PROOF_STALE,
    PROOF_LOST,
    AUTHORIZATION_EXPIRED,
    AUTHORIZATION_REVOKED,
    LISTED_AS_UNAUTHORIZED,
    NOT_COVERED,
    MISMATCH_DECLARED,
    MARKETPLACE_UNKNOWN_SELLER,
    HOSTED_PLATFORM,
)
