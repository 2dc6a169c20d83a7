"""Where does a host's ending stop, and who has what stands before it? (the Public Suffix List)

The list is `publicsuffixlist`'s. One walk from the last label up answers for its two sections at
once, in two or three look-ups for nearly every host; a test holds it to the library's own answers.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from publicsuffixlist import PublicSuffixList

# Private suffixes on the Public Suffix List where names are sold like under any other ending:
# whoever is there is no tenant of a platform.
_REGISTRY_NAMES = """
br.com cn.com co.com co.nl co.no com.de com.se de.com eu.com gb.net hu.net in.net jp.net jpn.com
mex.com radio.am radio.fm ru.com sa.com se.net uk.com uk.net us.com us.org za.bz za.com
"""
_REGISTRIES = frozenset(_REGISTRY_NAMES.split())
LONGEST_HOST = 253  # characters without the root's dot (RFC 1035, 2.3.4)
_LIKE_AN_ENDING = re.compile(r"(?:biz|co|com|edu|info|net|org)\.[a-z]{2}")


class Place(NamedTuple):
    """Where a host name stands. Texts are empty where there is no such thing."""

    registrable: str = ""  # the suffix and one label more
    suffix: str = ""  # the public suffix, private ones included ("myshopify.com")
    platform: str = ""  # the private suffix of which this host is a tenant
    site: str = ""  # the registrable name when private suffixes do not count
    is_suffix: bool = False  # everybody's names stand directly below this one
    is_listed: bool = False  # its ending is on the list


class _Rule(NamedTuple):
    """What the list says of one name: as a rule, as the root of "*.name", as an exception."""

    is_exact: bool = False
    is_wild: bool = False
    is_exception: bool = False


_Rules = tuple[_Rule, _Rule]  # in the whole list, and in its section of ICANN's endings
_NOTHING = (_Rule(), _Rule())


def place_of(name: str) -> Place:
    """Of a host in lower case and punycode, without the root's dot.

    What is too long for DNS stands nowhere: browsers read it, and nobody can have it.
    """
    return _place_of(name) if len(name) <= LONGEST_HOST else Place()


@lru_cache(maxsize=65_536)
def _place_of(name: str) -> Place:
    usual = usual_site(name)
    if usual:
        return Place(usual, usual.partition(".")[2], "", usual, is_listed=True)
    labels = name.split(".")
    if "" in labels:
        return Place()
    count = len(labels)
    every, icann = _depths(labels)
    site = _last(labels, icann + 1) if 0 < icann < count else ""
    suffix = _last(labels, every or 1)
    is_suffix = every == count
    if suffix == name and site:
        return Place(site, _last(labels, icann), "", site, is_suffix, is_listed=True)
    registrable = _last(labels, (every or 1) + 1) if (every or 1) < count else ""
    is_tenant = bool(site) and every != icann and not _is_registry(suffix)
    platform = suffix if is_tenant else ""
    return Place(
        registrable, suffix, platform, site if platform else registrable, is_suffix, every > 0
    )


def usual_site(name: str) -> str:
    """The registrable name of a host under an ending that is that and no more; else "".

    What the walk over the list comes to for nearly every host, in a fifth of the time: no tenant's,
    under no wildcard and no exception.
    """
    if ".." in name or name.startswith("."):
        return ""  # an empty label
    endings = _is_usual()
    is_usual: bool | None = False
    dot = len(name)
    while dot > 0:
        dot = name.rfind(".", 0, dot)
        longer = endings.get(name[dot + 1 :])
        if longer is None:
            return name[dot + 1 :] if is_usual else ""
        is_usual = longer
    return ""


def is_suffix(name: str) -> bool:
    """Whether everybody's names stand directly below this one (co.uk, myshopify.com).

    As `place_of` says, which is asked about the few names of which it could be true.
    """
    could_be = name in _rules() or name.partition(".")[2] in _wild_roots()
    return could_be and place_of(name).is_suffix


def _depths(labels: list[str]) -> tuple[int, int]:
    """How many labels the public suffix has, by the whole list and by ICANN's section; 0: none."""
    rules = _rules()
    found = [0, 0]
    name = ""
    for depth, label in enumerate(reversed(labels), 1):
        name = f"{label}.{name}" if name else label
        said = rules.get(name)
        if said is None:
            break  # no rule ends so, nor any longer one
        for section, rule in enumerate(said):
            if rule.is_exception:
                found[section] = depth - 1
            elif rule.is_wild:
                found[section] = depth + (depth < len(labels))
            elif rule.is_exact:
                found[section] = depth
    return found[0], found[1]


def _last(labels: list[str], count: int) -> str:
    return ".".join(labels[-count:])


def _is_registry(suffix: str) -> bool:
    return suffix in _REGISTRIES or _LIKE_AN_ENDING.fullmatch(suffix) is not None


@cache
def _wild_roots() -> frozenset[str]:
    """The names directly below which every name is a suffix."""
    return frozenset(name for name, said in _rules().items() if any(each.is_wild for each in said))


@cache
def _is_usual() -> dict[str, bool]:
    """Of every name that a rule ends in, whether it is a plain one of ICANN's for sites."""
    plain = _Rule(is_exact=True)
    return {
        name: said == (plain, plain) and not name.endswith("arpa")  # the network's own
        for name, said in _rules().items()
    }


@cache
def _rules() -> dict[str, _Rules]:
    """Every name that a rule ends in, with what the list says of it."""
    found: dict[str, list[_Rule]] = {}
    for section, only_icann in enumerate((False, True)):
        known = PublicSuffixList(accept_unknown=False, only_icann=only_icann)
        for rule in known._publicsuffix:  # noqa: SLF001 - the library has no other way to its rules
            name = rule.removeprefix("!").removeprefix("*.")
            said = found.setdefault(name, list(_NOTHING))
            said[section] = _Rule(
                is_exact=said[section].is_exact or rule == name,
                is_wild=said[section].is_wild or rule.startswith("*."),
                is_exception=said[section].is_exception or rule.startswith("!"),
            )
    rules: dict[str, _Rules] = {name: (said[0], said[1]) for name, said in found.items()}
    for name in found:  # the walk goes through names that are no rules themselves
        while "." in name:
            name = name.partition(".")[2]  # noqa: PLW2901 - up, label by label
            rules.setdefault(name, _NOTHING)
    return rules
