"""Is the address written so that one could take it for somebody else's? (codes `name.*`)

Compared with the product's own brand and sellers, then with the names of others that an index of
protected names found near. These tests only lower a verdict, and a name is said to resemble one
other: the finding that weighs most.
"""

from collections.abc import Callable, Iterator, Sequence

from shop.assay.sellers.facts import OfferFacts
from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.name_rules import (
    CONTAINS_BRAND,
    DOMAIN_EMBEDDED,
    IN_SUBDOMAIN,
    JOINED_OR_SPLIT,
    LOOKALIKE_CHARACTERS,
    MIXED_SCRIPTS,
    RULES,
    SAME_OTHER_ENDING,
    TYPO,
)
from shop.assay.sellers.names import squashed
from shop.assay.sellers.register import Register
from shop.assay.sellers.resemblance import (
    contains,
    is_close_to_any,
    is_country,
    is_redrawn,
    may_hold,
)
from shop.assay.sellers.sight import Sight, sight_of
from shop.assay.sellers.skeletons import is_mixed, loosened
from shop.assay.sellers.statements import is_declared
from shop.assay.sellers.targets import Role, Target, shown_host, targets_of
from shop.assay.sellers.typos import Typo, typo_of
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Severity

__all__ = ["RULES", "judge_name"]

_SHORTEST_NAME = 4  # a name of three letters stands in too many addresses to mean anything
_Test = Callable[[OfferFacts, Sight, Target], Finding | None]


def judge_name(facts: OfferFacts, register: Register, link: Link) -> Iterator[Finding]:
    """What the name itself says of a host that no list names. At most one finding."""
    if link.is_ip or not link.registrable:
        return
    sight = sight_of(link)
    others = [target for text in facts.protected for target in targets_of(text)]
    finding = resembling(facts, sight, register.near(sight), others)
    # Below an address of the brand or of a named seller nothing is said; few hosts come to that.
    if finding and not any(each.is_named for each in register.covering(link.name)):
        yield finding


def resembling(
    facts: OfferFacts, sight: Sight, ours: Sequence[Target], others: Sequence[Target]
) -> Finding | None:
    """What weighs most of what the name says beside these: the product's own, and others'."""
    if any(target.registrable == sight.registrable for target in others):
        return None  # it is that other's own address
    is_a_name = not sight.platform and any(_is_same(sight, target) for target in others)
    of_ours = _first(facts, sight, _OF_HOSTS if is_a_name else _ALL, ours)
    of_others = _first(facts, sight, _OF_NAMES if is_a_name else _ALL, others)
    found = [each for each in (of_ours, of_others, _mixed(sight)) if each is not None]
    if len(found) > 1:
        return max(found, key=lambda finding: finding.severity.rank)  # of equals the first
    return found[0] if found else None


def _first(
    facts: OfferFacts, sight: Sight, tests: Sequence[_Test], targets: Sequence[Target]
) -> Finding | None:
    """The first test that finds something, the strongest being asked first."""
    holding: list[Target] = []
    kept: list[Target] = []  # these and whoever is close: most are put aside, at little cost
    for target in targets:
        is_held = may_hold(sight, target)
        if not (is_held or is_close_to_any(sight, (target.typed,))):
            continue
        if _is_unrelated(facts, sight, target):
            continue
        kept.append(target)
        if is_held:
            holding.append(target)
    found = (
        test(facts, sight, target)
        for test in (tests if kept else ())
        for target in (kept if test in _OF_SLIPS else holding)
    )
    return next((finding for finding in found if finding is not None), None)


def _is_unrelated(facts: OfferFacts, sight: Sight, target: Target) -> bool:
    """Whether our staff found two companies behind the two names."""
    return bool(facts.product.unrelated) and any(
        mark.covers(one, other)
        for mark in facts.product.unrelated
        for one in {sight.label, sight.native, sight.joined}
        for other in {target.label, target.joined}
    )


def _embedded(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """hairiz.com.deals.net and hairiz.com-shop.net, but not hairiz.com.tr"""
    del facts
    name = sight.name
    if not target.registrable or target.registrable not in name:
        return None
    if not _holds(name.removesuffix(sight.suffix).removesuffix("."), target.registrable):
        return None
    return DOMAIN_EMBEDDED.found(h=sight.shown, target=target.shown, registrable=_site(sight))


def _redrawn(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """ha1riz.com, halriz-shop.com, or with an a that is Cyrillic"""
    del facts
    if not is_redrawn(sight, target):
        return None
    return LOOKALIKE_CHARACTERS.found(h=sight.shown, target=target.shown)


def _mixed(sight: Sight) -> Finding | None:
    if sight.unicode_host.isascii():
        return None
    if any(is_mixed(label) for label in (*sight.before, sight.native)):
        return MIXED_SCRIPTS.found(h=sight.shown)
    return None


def _joined_or_split(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """hair-iz.com, hai.riz.com, wwwhairiz.com, hairiz-com.net"""
    del facts
    if target.registrable and _is_rejoined(sight, target):
        return JOINED_OR_SPLIT.found(h=sight.shown, target=target.shown)
    return None


def _in_subdomain(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """hairiz.deals.net, and hairiz.myshopify.com where anybody may take the name"""
    del facts
    name = target.joined
    if len(name) < _SHORTEST_NAME or target.is_common:
        return None
    if not any(_speaks_of(label, target) for label in sight.before):
        return None
    return IN_SUBDOMAIN.found(
        severity=Severity.CAUTION if sight.platform else Severity.WARNING,
        h=sight.shown,
        brand=target.name,
        registrable=_site(sight),
    )


def _other_ending(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """hairiz.net beside hairiz.com"""
    del facts
    if not _is_same(sight, target) or target.registrable in {"", sight.registrable}:
        return None
    if target.role is Role.OTHER and is_country(sight.suffix):
        return None  # a shop that goes by its name in another country
    variant = DEFAULT if target.role is Role.BRAND else "other"
    return SAME_OTHER_ENDING.found(variant, h=sight.shown, target=target.shown)


def _mistyped(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """olaplx.com, olaplexx.com, 5ephora.com"""
    del facts
    if _is_nobodys(target):
        return None
    return _typo(sight, target, typo_of(sight.joined, target.typed))


def _part_mistyped(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """olapelx-outlet.com, buyolapelx.com"""
    del facts
    if _is_nobodys(target):
        return None
    found = (typo_of(part, target.typed, is_part=True) for part in sight.parts)
    return _typo(sight, target, next((typo for typo in found if typo is not None), None))


def _typo(sight: Sight, target: Target, typo: Typo | None) -> Finding | None:
    if typo is None:
        return None
    variant = "one" if typo.edits == 1 else DEFAULT
    return TYPO.found(
        variant, h=sight.shown, target=target.shown, n=typo.edits, diff=typo.difference
    )


def _contains_brand(facts: OfferFacts, sight: Sight, target: Target) -> Finding | None:
    """hairizshop.com: never suspicious by itself"""
    if _is_nobodys(target) or not contains(sight.label, target):
        return None
    is_brand = target.role is Role.BRAND and not target.registrable
    variant = DEFAULT if is_brand else "other"
    if is_brand and is_declared(facts):
        return CONTAINS_BRAND.found(
            variant,
            severity=Severity.CAUTION,
            outcome=Outcome.FAILED,
            h=sight.shown,
            brand=target.name,
        )
    return CONTAINS_BRAND.found(variant, h=sight.shown, brand=target.name)


def _is_nobodys(target: Target) -> bool:
    """A word of the trade, which is a name only where the product's own brand is called so."""
    return target.role is Role.OTHER and target.is_generic


def _holds(text: str, host: str) -> bool:
    """Whether a host stands in a text with no letter or digit right before or after it."""
    at = text.find(host)
    while at >= 0:
        end = at + len(host)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(host, at + 1)
    return False


def _is_same(sight: Sight, target: Target) -> bool:
    return sight.label == target.label or sight.native == target.native


def _speaks_of(label: str, target: Target) -> bool:
    """Whether a label before the site is a name, whatever it is written in."""
    return contains(label, target) or loosened(label.replace("-", "")) == target.drawn


def _is_rejoined(sight: Sight, target: Target) -> bool:
    label, registrable = sight.label, sight.registrable
    name = registrable if sight.name in {registrable, f"www.{registrable}"} else sight.name
    if len(target.label) < _SHORTEST_NAME or name == target.registrable:
        return False
    joined = squashed(label)
    if target.whole in {squashed(name), joined} or joined == f"www{target.whole}":
        return True
    suffix = sight.suffix
    if is_country(suffix) and suffix != target.suffix:
        return False  # brands write themselves differently in other countries
    moved = label != target.label and joined == target.joined
    return moved or label in {f"www{target.label}", f"www-{target.label}"}


def _site(sight: Sight) -> str:
    """Whose site it is, for somebody who takes a tenant's name for a site."""
    return sight.platform or shown_host(sight.registrable)


# A protected name under an ending that we do not know for it: it resembles nobody but itself.
_OF_NAMES: tuple[_Test, ...] = (_embedded, _joined_or_split, _in_subdomain, _other_ending)
# Somebody's own name is close to another by chance. To be on our record excuses nothing: whoever
# imitates may be entered like any other shop, and staff can mark two names as unrelated.
_OF_HOSTS: tuple[_Test, ...] = (*_OF_NAMES, _contains_brand)
_OF_SLIPS: tuple[_Test, ...] = (_mistyped, _part_mistyped)
_ALL: tuple[_Test, ...] = (
    _embedded,
    _redrawn,
    _joined_or_split,
    _in_subdomain,
    _other_ending,
    _mistyped,
    _contains_brand,
    _part_mistyped,
)
