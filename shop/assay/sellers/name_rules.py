"""The wordings of `name.*`: what an address resembles. They lower a verdict and never raise one."""

from shop.assay.vocabulary import DEFAULT, Outcome, Rule, Severity

LOOKALIKE_CHARACTERS = Rule(
    "name.lookalike_characters",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "{h} uses characters that look like those in {target}, "
        "but it is a different address."
    },
    "Unicode UTS #39, confusables.txt 15.0.0",
)
MIXED_SCRIPTS = Rule(
    "name.mixed_scripts",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The address {h} mixes letters from different alphabets."},
    "Unicode UTS #39, 5.2, highly restrictive",
)
TYPO = Rule(
    "name.typo",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "{h} differs from {target} by {n} characters: {diff}.",
        "one": "{h} differs from {target} by {n} character: {diff}.",
    },
    "optimal string alignment, and how people mistype: shop/assay/sellers/typos.py",
)
JOINED_OR_SPLIT = Rule(
    "name.joined_or_split",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "{h} is written like {target} with a dot or hyphen moved."},
)
DOMAIN_EMBEDDED = Rule(
    "name.brand_domain_embedded",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "{target} appears inside this address, but the site is {registrable}."},
)
IN_SUBDOMAIN = Rule(
    "name.brand_in_subdomain",
    Severity.WARNING,  # on a hosted platform: caution, since anyone may open a page there
    Outcome.FAILED,
    {DEFAULT: '"{brand}" is only the first part of this address. The site is {registrable}.'},
)
CONTAINS_BRAND = Rule(
    "name.contains_brand",
    Severity.NOTICE,  # caution when somebody ties the link to the brand in words
    Outcome.INDETERMINATE,
    {
        DEFAULT: "{h} contains the name {brand} but is not on {brand}'s list.",
        "other": "{h} contains the name {brand} and is not an address that we know for it.",
    },
)
SAME_OTHER_ENDING = Rule(
    "name.same_other_ending",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "{h} has the same name as {target} with another ending. "
        "Brands often own several; this one is not on the list.",
        "other": "{h} has the same name as {target} with another ending, "
        "and is not an address that we know for it.",
    },
)

RULES = (
    LOOKALIKE_CHARACTERS,
    MIXED_SCRIPTS,
    TYPO,
    JOINED_OR_SPLIT,
    DOMAIN_EMBEDDED,
    IN_SUBDOMAIN,
    CONTAINS_BRAND,
    SAME_OTHER_ENDING,
)
