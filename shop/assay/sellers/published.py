"""Whom does a brand name? Reads a published list of sellers (`authorized-sellers.json`).

A list is used whole or not at all: one mistake keeps all of it out, because half a list would
revoke whoever stands in the other half. The format is described in docs/sellers.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any

from shop.assay.sellers import published_schema, published_text
from shop.assay.sellers.facts import Host
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.names import spellings
from shop.assay.sellers.published_checks import (
    check_hosts_agree,
    check_keys,
    check_lifetime,
    check_seller,
    host_name,
    host_problem,
    read_day,
    same_page,
)
from shop.assay.sellers.published_schema import SCHEMA
from shop.assay.sellers.published_text import LARGEST, MOST_PROBLEMS, Problem, shown
from shop.assay.sellers.regions import region_of

__all__ = [
    "LARGEST",
    "SCHEMA",
    "WELL_KNOWN",
    "ListedSeller",
    "Problem",
    "PublishedList",
    "Reading",
    "RefusedHost",
    "fit",
    "fit_place",
    "read",
    "read_seller",
]

WELL_KNOWN = "/.well-known/authorized-sellers.json"
_PART = re.compile(r"\$\.[a-z_]+(?:\[[0-9]+\])?")


@dataclass(frozen=True, slots=True)
class ListedSeller:
    """One entry: a seller, its addresses, and how far the brand's word reaches."""

    name: str
    hosts: tuple[str, ...]  # as hostnames.host_of gives them
    paths: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # ISO 3166-1, upper case, or "001"
    products: tuple[str, ...] = ()
    relation: str = "reseller"
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class RefusedHost:
    """An address that the brand names as not authorized; `since` when it says so."""

    host: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list without mistakes of its own. Whether it is the brand's word, `fit` says."""

    brand: str
    canonical: str  # as a browser opens it
    expires_on: date
    sellers: tuple[ListedSeller, ...] = ()
    not_authorized: tuple[RefusedHost, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The list, or None and at least one problem that is no warning."""

    list: PublishedList | None
    problems: tuple[Problem, ...] = ()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_warning)


def read(data: bytes, *, today: date) -> Reading:
    """Understand a list as it came. Never raises; at most MOST_PROBLEMS problems are told."""
    parsed = published_text.parse(data)
    if not parsed.is_usable:
        return Reading(None, parsed.problems)
    misshapen = tuple(published_schema.misshapen(parsed.document))
    problems = [*parsed.problems, *check_keys(parsed.document), *misshapen]
    if not isinstance(parsed.document, dict) or len(misshapen) >= MOST_PROBLEMS:
        return Reading(None, _first(problems))
    problems += _content_problems(parsed.document, today, misshapen)
    if any(not problem.is_warning for problem in problems):
        return Reading(None, _first(problems))
    return Reading(_built(parsed.document), _first(problems))


def read_seller(entry: Mapping[str, Any]) -> tuple[ListedSeller | None, tuple[Problem, ...]]:
    """One entry alone, as somebody entered it by hand; paths begin with `$`."""
    problems = list(published_schema.misshapen_seller(entry)) or list(check_seller("$", entry))
    return (None, tuple(problems)) if problems else (_seller(entry), ())


def fit(
    published: PublishedList, *, brand: str, official: Sequence[Host], address: str
) -> tuple[Problem, ...]:
    """Why a list that was read at `address` is not this brand's word; empty when it is.

    `official` are the brand's own addresses. A copy of a list elsewhere does not count.
    """
    return (
        *_other_brand(published, brand),
        *fit_place(published, address),
        *_not_official(published, official),
        *_refuses_itself(published, official),
    )


def fit_place(published: PublishedList, address: str) -> tuple[Problem, ...]:
    """Why a list is not the one that is published at `address`; empty when it is."""
    here = parse(address).href.partition("#")[0]
    if here == published.canonical:
        return ()
    told = (
        f"We read this list at {here}, but it says that it is published elsewhere. "
        "Write the address at which it is published."
    )
    return (Problem("$.canonical", told),)


def _parts(misshapen: Iterable[Problem]) -> frozenset[str]:
    """The fields and entries in which something has the wrong shape: "$.sellers[3]"."""
    matches = (_PART.match(problem.path) for problem in misshapen)
    return frozenset(match[0] for match in matches if match)


def _content_problems(
    document: dict[str, Any], today: date, misshapen: Sequence[Problem]
) -> list[Problem]:
    """What is wrong with all that has its shape, so that a brand mends its list in one go."""
    broken = _parts(misshapen)
    refused, key = _refused(document)
    checks: dict[str, Callable[[], Iterator[Problem]]] = {}
    if "expires" in document:
        checks["$.expires"] = partial(check_lifetime, document["expires"], today)
    if "canonical" in document:
        checks["$.canonical"] = partial(_canonical_problems, document["canonical"])
    for name, entries, check in (
        ("sellers", document.get("sellers"), check_seller),
        (key, refused, partial(_refused_problems, today=today)),
    ):
        if f"$.{name}" not in broken and isinstance(entries, list):
            paths = (f"$.{name}[{number}]" for number in range(len(entries)))
            checks |= {
                path: partial(check, path, entry)
                for path, entry in zip(paths, entries, strict=True)
            }
    each_alone = chain.from_iterable(
        check() for path, check in checks.items() if path not in broken
    )
    found = list(islice(each_alone, MOST_PROBLEMS))
    if misshapen or any(not problem.is_warning for problem in found):
        return found
    among = check_hosts_agree(document["sellers"], refused, key)
    return [*found, *islice(among, MOST_PROBLEMS)]


def _refused(document: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
    key = "not_authorised" if "not_authorised" in document else "not_authorized"
    return document.get(key, []), key


def _refused_problems(path: str, entry: dict[str, Any], today: date) -> Iterator[Problem]:
    told = host_problem(entry["domain"])
    if told:
        yield Problem(f"{path}.domain", told)
    since = read_day(entry.get("since"))
    if "since" in entry and since is None:
        yield Problem(f"{path}.since", "There is no such day. Write it as YYYY-MM-DD.")
    elif since is not None and since > today:
        yield Problem(f"{path}.since", "This day is still to come. Write the day since when.")


def _canonical_problems(text: str) -> Iterator[Problem]:
    link = parse(text)
    if not link.is_valid or link.scheme != "https" or link.has_credentials:
        yield Problem("$.canonical", "Write an address that begins with “https://”.")
    elif not link.is_public or link.is_internal or link.is_suffix:
        yield Problem("$.canonical", "Write an address on a public website of the brand’s own.")
    elif "#" in text:
        yield Problem("$.canonical", "Leave out “#” and what follows it.")
    elif link.port is not None:
        told = "We read lists at the usual port only. Leave the port out."
        yield Problem("$.canonical", told, is_warning=True)


def _built(document: dict[str, Any]) -> PublishedList:
    expires = read_day(document["expires"])
    assert expires is not None  # noqa: S101 - for the type checker; check_lifetime saw to it
    return PublishedList(
        brand=document["brand"],
        canonical=parse(document["canonical"]).href,
        expires_on=expires,
        sellers=tuple(map(_seller, document["sellers"])),
        not_authorized=tuple(
            RefusedHost(host_name(entry["domain"]), read_day(entry.get("since")))
            for entry in _refused(document)[0]
        ),
    )


def _seller(entry: Mapping[str, Any]) -> ListedSeller:
    return ListedSeller(
        name=entry["name"].strip(),
        hosts=tuple(map(host_name, entry["domains"])),
        paths=tuple(same_page(path) for path in entry.get("paths", ())),
        regions=tuple(map(region_of, entry.get("regions", ()))),
        products=tuple(entry.get("products", ())),
        relation=entry.get("relation", "reseller"),
        starts_on=read_day(entry.get("from")),
        ends_on=read_day(entry.get("until")),
    )


def _first(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Mistakes before warnings, each in the order in which it was found."""
    return tuple(sorted(problems, key=lambda problem: problem.is_warning)[:MOST_PROBLEMS])


def _other_brand(published: PublishedList, brand: str) -> Iterator[Problem]:
    if not set(spellings(published.brand)) & set(spellings(brand)):
        told = f"This list is of {shown(published.brand)}; we read it for {shown(brand)}."
        yield Problem("$.brand", f"{told} Write the brand’s name as it stands on the products.")


def _not_official(published: PublishedList, official: Sequence[Host]) -> Iterator[Problem]:
    name = parse(published.canonical).name
    if not any(host.covers(name) for host in official):
        told = f"{name} is not on record as an official website of {shown(published.brand)}."
        yield Problem("$.canonical", f"{told} Publish the list on an official website.")


def _refuses_itself(published: PublishedList, official: Sequence[Host]) -> Iterator[Problem]:
    own = {host.name for host in official}
    for number, entry in enumerate(published.not_authorized):
        if entry.host in own:
            path = f"$.not_authorized[{number}].domain"
            yield Problem(path, f"{entry.host} is an official website of the brand. Remove it.")
