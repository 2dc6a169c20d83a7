"""Is the address written so that one could take it for the brand's or a seller's? (codes `name.*`)

These tests only lower a verdict. Here stand the ones that equality decides: labels moved, joined,
split, embedded or given another ending. Look-alike characters, mixed scripts and typing errors
compare against confusables and edit distances and belong in this module's place for resemblance,
beside an index of protected names.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from shop.assay.sellers.facts import OfferFacts
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.names import spellings, squashed, token_runs
from shop.assay.sellers.register import Register
from shop.assay.sellers.statements import is_declared
from shop.assay.sellers.trades import is_common_word, words_in
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

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
    {DEFAULT: "{h} contains the name {brand} but is not on {brand}'s list."},
)
SAME_OTHER_ENDING = Rule(
    "name.same_other_ending",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "{h} has the same name as {target} with another ending. "
        "Brands often own several; this one is not on the list."
    },
)

RULES = (JOINED_OR_SPLIT, DOMAIN_EMBEDDED, IN_SUBDOMAIN, CONTAINS_BRAND, SAME_OTHER_ENDING)

_SHORTEST_NAME = 4  # a name of three letters stands in too many addresses to mean anything
# Two-letter endings that are sold as general ones: they tell nothing about a country.
_GENERAL_ENDINGS = frozenset(
    {
        "ac",
        "ai",
        "cc",
        "cm",
        "co",
        "fm",
        "gg",
        "io",
        "la",
        "me",
        "nu",
        "sc",
        "sh",
        "st",
        "to",
        "tv",
        "vc",
        "vg",
        "ws",
    }
)
_COUNTRY_LETTERS = 2
_SHORTEST_INSIDE = 6  # inside a longer label, a shorter name is as likely part of another word


def judge_name(facts: OfferFacts, register: Register, link: Link) -> Iterator[Finding]:
    """What the name itself says of a host that is in nobody's list. At most one finding."""
    if link.is_ip or not link.registrable:
        return
    targets = register.targets
    tests: tuple[Callable[[OfferFacts, Link, Sequence[Link]], Finding | None], ...] = (
        _embedded,
        _joined_or_split,
        _in_subdomain,
        _other_ending,
        _contains_brand,
    )
    found = (test(facts, link, targets) for test in tests)
    yield from [finding for finding in found if finding is not None][:1]


def _embedded(facts: OfferFacts, link: Link, targets: Sequence[Link]) -> Finding | None:
    """hairiz.com.deals.net and hairiz.com-shop.net, but not hairiz.com.tr"""
    del facts
    before_ending = link.name.removesuffix(link.suffix)
    for target in targets:
        edged = rf"(?<![a-z0-9]){re.escape(target.registrable)}(?![a-z0-9])"
        if re.search(edged, before_ending.removesuffix(".")):
            return DOMAIN_EMBEDDED.found(
                h=link.shown, target=_shown(target), registrable=_site(link)
            )
    return None


def _joined_or_split(facts: OfferFacts, link: Link, targets: Sequence[Link]) -> Finding | None:
    """hair-iz.com, hai.riz.com, wwwhairiz.com, hairiz-com.net"""
    del facts
    for target in targets:
        if _is_rejoined(link, target):
            return JOINED_OR_SPLIT.found(h=link.shown, target=_shown(target))
    return None


def _in_subdomain(facts: OfferFacts, link: Link, targets: Sequence[Link]) -> Finding | None:
    """hairiz.deals.net, and hairiz.myshopify.com where anybody may take the name"""
    del targets
    names = {
        name
        for name in spellings(facts.product.brand)
        if len(name) >= _SHORTEST_NAME and not is_common_word(name)
    }
    is_tenant = bool(link.platform)
    before = link.subdomain if not is_tenant else link.name.removesuffix(f".{link.platform}")
    runs = frozenset[str]().union(*(token_runs(label) for label in before.split(".")))
    if not names & runs:
        return None
    severity = Severity.CAUTION if is_tenant else Severity.WARNING
    return IN_SUBDOMAIN.found(
        severity=severity, h=link.shown, brand=facts.product.brand, registrable=_site(link)
    )


def _other_ending(facts: OfferFacts, link: Link, targets: Sequence[Link]) -> Finding | None:
    """hairiz.net beside hairiz.com"""
    del facts
    for target in targets:
        if target.label == link.label and target.registrable != link.registrable:
            return SAME_OTHER_ENDING.found(h=link.shown, target=_shown(target))
    return None


def _contains_brand(facts: OfferFacts, link: Link, targets: Sequence[Link]) -> Finding | None:
    """hairizshop.com: never suspicious by itself"""
    del targets
    if not any(_contains(link.label, name) for name in spellings(facts.product.brand)):
        return None
    if is_declared(facts):
        return CONTAINS_BRAND.found(
            severity=Severity.CAUTION,
            outcome=Outcome.FAILED,
            h=link.shown,
            brand=facts.product.brand,
        )
    return CONTAINS_BRAND.found(h=link.shown, brand=facts.product.brand)


def _contains(label: str, name: str) -> bool:
    """Whether a label holds a name as a name: "chi" is in chi-shop and chishop, not in chicago."""
    if name in token_runs(label):
        return True
    if len(name) >= _SHORTEST_INSIDE and name in label.replace("-", ""):
        return True
    words = words_in(label)
    return name in words and all(word == name or is_common_word(word) for word in words)


def _is_rejoined(link: Link, target: Link) -> bool:
    name = link.registrable if link.subdomain in {"", "www"} else link.name
    if len(target.label) < _SHORTEST_NAME or name == target.registrable:
        return False
    whole = squashed(target.registrable)
    if squashed(name) == whole or squashed(link.label) in {whole, f"www{whole}"}:
        return True
    is_same_ending = link.suffix == target.suffix
    if _is_country(link.suffix) and not is_same_ending:
        return False  # brands write themselves differently in other countries
    moved = link.label != target.label and squashed(link.label) == squashed(target.label)
    return moved or link.label in {f"www{target.label}", f"www-{target.label}"}


def _is_country(suffix: str) -> bool:
    ending = suffix.rpartition(".")[2]
    return len(ending) == _COUNTRY_LETTERS and ending not in _GENERAL_ENDINGS


def _site(link: Link) -> str:
    """Whose site it is, for somebody who takes a tenant's name for a site."""
    return link.platform or parse(f"https://{link.registrable}").shown


def _shown(target: Link) -> str:
    return parse(f"https://{target.registrable}").shown
