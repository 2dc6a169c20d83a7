"""Does a list of the right shape say something that can be so? Hosts, paths, days, and repeats.

Each check yields Problems; what they say is what to do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.hostnames import Link, parse, path_of
from shop.assay.sellers.hostnames import Problem as LinkProblem
from shop.assay.sellers.names import folded
from shop.assay.sellers.paths import is_below
from shop.assay.sellers.published_schema import REFUSED_KEYS, SELLER_KEYS, TOP_KEYS
from shop.assay.sellers.published_text import MOST_PROBLEMS, Problem, child, shown
from shop.assay.sellers.regions import region_of

LONGEST_LIFE = timedelta(days=400)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LONGEST_NAME = 200  # folded: one character may become many
_NEAR = 0.75  # of difflib's ratio: "region" and "regions", "path" and "paths"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_DAY = "There is no such day. Write it as YYYY-MM-DD."


def check_keys(document: object) -> Iterator[Problem]:
    """Keys that the format does not know. One that is nearly ours is a mistake: `region` for
    `regions` would authorize the seller everywhere.
    """
    if not isinstance(document, dict):
        return
    yield from _unknown("$", document, TOP_KEYS)
    told = 0
    for name, known in (
        ("sellers", SELLER_KEYS),
        ("not_authorized", REFUSED_KEYS),
        ("not_authorised", REFUSED_KEYS),
    ):
        entries = document.get(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if told >= MOST_PROBLEMS:
                return
            if isinstance(entry, dict):
                found = list(_unknown(f"$.{name}[{number}]", entry, known))
                told += len(found)
                yield from found


def check_lifetime(text: str, today: date) -> Iterator[Problem]:
    """Of `expires`: a day, not over, at most 400 days ahead."""
    day = read_day(text)
    if day is None:
        yield Problem("$.expires", _NO_DAY)
    elif day < today:
        yield Problem("$.expires", f"This list ended on {day}. Write a day that is to come.")
    elif day > today + LONGEST_LIFE:
        latest = today + LONGEST_LIFE
        yield Problem("$.expires", f"At most 400 days ahead: write {latest} or an earlier day.")


def check_seller(path: str, seller: Mapping[str, Any]) -> Iterator[Problem]:
    """One entry by itself."""
    if not 0 < len(folded(seller["name"])) <= _LONGEST_NAME:
        yield Problem(f"{path}.name", "Write a short name with letters or digits.")
    yield from _hosts(f"{path}.domains", seller["domains"])
    yield from _paths(f"{path}.paths", seller.get("paths", ()))
    yield from _regions(f"{path}.regions", seller.get("regions", ()))
    yield from _days(path, seller)
    if seller.get("relation") == "marketplace-store" and not seller.get("paths"):
        alone = [host for host in seller["domains"] if not parse(f"https://{host}").platform]
        if alone:
            told = f"Add the path of the store’s page: others sell on {shown(alone[0])} too."
            yield Problem(f"{path}.paths", told)


def check_hosts_agree(
    sellers: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]], refused_key: str
) -> Iterator[Problem]:
    """No entry twice, no page with two sellers, and nobody named both ways."""
    entries: dict[tuple[object, ...], int] = {}
    pages: dict[tuple[str, str], tuple[str, int]] = {}
    hosts: dict[str, str] = {}
    for number, seller in enumerate(sellers):
        path = f"$.sellers[{number}]"
        first = entries.setdefault(_all_of(seller), number)
        if first != number:
            yield Problem(path, f"This repeats $.sellers[{first}]. Keep one of them.")
            continue
        for place, text in enumerate(seller["domains"]):
            host = host_name(text)
            hosts.setdefault(host, f"{path}.domains[{place}]")
            yield from _other_owner(pages, f"{path}.domains[{place}]", host, seller, number)
    yield from _refused_too(hosts, refused, refused_key)


def host_problem(text: str) -> str:
    """What to do about a text that is no host one owner can hold; "" when it is one."""
    if any(mark in text for mark in "/\\@?#:[]") or text != text.strip():
        return "Write the host alone, like “shop.example”: no “https://”, port or path."
    if text.startswith("*."):
        return f"Write {shown(text[2:])}: a domain stands for all names below it."
    return _name_problem(parse(f"https://{text}"))


@lru_cache(maxsize=16_384)
def host_name(text: str) -> str:
    """The host as it is compared. A list's hosts are asked for several times each."""
    return parse(f"https://{text}").name


def read_day(text: object) -> date | None:
    """The day that YYYY-MM-DD names; None when there is none."""
    if not isinstance(text, str) or _DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def same_page(path: str) -> str:
    """A path as it is compared: without dot segments and a slash at its end."""
    return "/" + "/".join(path_of(path))


def _name_problem(link: Link) -> str:
    if link.problem is LinkProblem.INVALID or not link.name:
        return "No browser opens this as a website. Write a host, like “shop.example”."
    if link.is_ip:
        return "Write the name of a website, not its number."
    if len(link.name) > LONGEST_HOST or not all(map(_LABEL.fullmatch, link.name.split("."))):
        return "No website has this name. Write a host of letters, digits and hyphens."
    if link.is_suffix:
        return f"Everybody’s names stand below {shown(link.name)}. Write the seller’s own."
    if not link.is_public or link.is_internal:
        return "This is not a public website name. Write all of it, like “shop.example”."
    return ""


def _unknown(path: str, entry: Mapping[str, object], known: Sequence[str]) -> Iterator[Problem]:
    for key in islice((key for key in entry if key not in known), MOST_PROBLEMS):
        near = get_close_matches(key[:40].lower(), known, n=1, cutoff=_NEAR)
        if near and near[0] not in entry:
            told = f"This key is not known. Write {shown(near[0])}, or remove it."
            yield Problem(child(path, key), told)
        else:
            told = "This key is not known and says nothing to us."
            yield Problem(child(path, key), told, is_warning=True)


def _hosts(path: str, texts: Sequence[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, text in enumerate(texts):
        told = host_problem(text)
        first = number if told else seen.setdefault(host_name(text), number)
        if first != number:
            told = f"This is the same host as {path}[{first}]. Keep one of them."
        if told:
            yield Problem(f"{path}[{number}]", told)


def _paths(path: str, texts: Sequence[str]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, text in enumerate(texts):
        told = _path_problem(text)
        first = number if told else seen.setdefault(same_page(text), number)
        if first != number:
            told = f"This is the same page as {path}[{first}]. Keep one of them."
        if told:
            yield Problem(f"{path}[{number}]", told)


def _path_problem(text: str) -> str:
    if not text.startswith("/") or text.startswith("//") or "\\" in text or text != text.strip():
        return "Write a path that begins with one “/”, like “/stores/name”."
    if "?" in text or "#" in text:
        return "Leave out “?” and “#”: a page is known by its path alone."
    segments = path_of(text)
    if not segments:
        return "This is the whole site. Leave “paths” out to say that."
    if not is_below(segments, segments) or {".", ".."} & set(text.split("/")):
        return "Write the path as it opens, without “..” and encoded slashes."
    return ""


def _regions(path: str, texts: Sequence[str]) -> Iterator[Problem]:
    for number, text in enumerate(texts):
        if not region_of(text):
            told = "Write two letters of ISO 3166-1, like “US”, or “001” for the world."
            yield Problem(f"{path}[{number}]", told)


def _days(path: str, seller: Mapping[str, Any]) -> Iterator[Problem]:
    begins, ends = read_day(seller.get("from")), read_day(seller.get("until"))
    for key, day in (("from", begins), ("until", ends)):
        if key in seller and day is None:
            yield Problem(f"{path}.{key}", _NO_DAY)
    if begins is not None and ends is not None and ends < begins:
        told = f"It cannot end before it begins: write {begins} or a later day."
        yield Problem(f"{path}.until", told)


def _all_of(seller: Mapping[str, Any]) -> tuple[object, ...]:
    """Everything that an entry says, so that two that say the same are equal."""
    return (
        folded(seller["name"]),
        frozenset(host_name(host) for host in seller["domains"]),
        frozenset(map(same_page, seller.get("paths", ()))),
        frozenset(map(region_of, seller.get("regions", ()))),
        frozenset(seller.get("products", ())),
        seller.get("relation", "reseller"),
        seller.get("from"),
        seller.get("until"),
    )


def _other_owner(
    pages: dict[tuple[str, str], tuple[str, int]],
    path: str,
    host: str,
    seller: Mapping[str, Any],
    number: int,
) -> Iterator[Problem]:
    name = folded(seller["name"])
    for page in map(same_page, seller.get("paths") or ("",)):
        owner, first = pages.setdefault((host, page), (name, number))
        if owner != name:
            told = f"$.sellers[{first}] is at this address too. Give each its own domain or paths."
            yield Problem(path, told)
            return


def _refused_too(
    hosts: Mapping[str, str], refused: Sequence[Mapping[str, Any]], key: str
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, entry in enumerate(refused):
        host = host_name(entry["domain"])
        path = f"$.{key}[{number}].domain"
        first = seen.setdefault(host, number)
        if host in hosts:
            yield Problem(path, f"{hosts[host]} names the same address as a seller’s. Keep one.")
        elif first != number:
            yield Problem(path, f"This is the same host as $.{key}[{first}]. Keep one of them.")
