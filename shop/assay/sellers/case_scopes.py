"""How far does a brand's word for a seller reach? The `scope` of a case, in each way to write it.

Nothing or "domain": the whole domain. "host": the named hosts alone. "tenant": one shop of a hosted
platform. "/stores/x" or an address with a path: that page and what is below it. A host: that host
alone. An object names its kind (`path`, `paths`, `host`, `hosts`, `tenant`, `regions`, `products`,
or `type` with `value`); a list is all of its entries together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shop.assay.sellers.case_reading import Node, normal
from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.hostnames import host_of, parse

_WHOLE = frozenset(
    {"", "all", "any", "domain", "domains", "entire_domain", "everything", "full", "none"}
    | {"registrable", "registrable_domain", "site", "subdomains", "whole", "whole_domain", "*"}
)
_EXACT = frozenset(
    {"exact", "exact_host", "host", "host_only", "hostname", "one_host", "this_host"}
)
_TENANT = frozenset({"platform_tenant", "store", "subdomain", "tenant"})
_PATH = frozenset({"page", "pages", "path", "path_prefix", "paths", "prefix", "url", "urls"})
# Most hosts are written like this, and read without asking how a browser would read them.
_PLAIN_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}")
_WORLD = frozenset({"*", "all", "everywhere", "global", "world", "worldwide"})
_COUNTRIES = {"UK": "GB", "USA": "US", "UNITED STATES": "US", "UNITED KINGDOM": "GB"}


@dataclass(slots=True)
class Scope:
    """What a scope comes to. Empty: everything."""

    paths: list[tuple[str, ...]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)  # these alone
    tenants: list[str] = field(default_factory=list)  # names of shops below the seller's domains
    regions: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    is_exact: bool = False  # the seller's hosts, and nothing below them
    is_tenant: bool = False


def read_scope(*places: Node | None) -> Scope:
    """Everything that these fields say together."""
    scope = Scope()
    for place in places:
        for item in place.items() if place is not None else ():
            _read(item, scope)
    return scope


def segments_of(text: str) -> tuple[str, ...]:
    """A page's path by its segments, as a browser resolves it."""
    return parse(f"https://host.example/{text.lstrip('/')}").segments


def host_and_path(text: str) -> tuple[str, str]:
    """The host of an entry like `market.com/stores/x`, and its path ("" for none)."""
    said = text.strip().removeprefix("*.")
    if len(said) <= LONGEST_HOST and _PLAIN_HOST.fullmatch(said) and "xn--" not in said:
        return said, ""
    found = parse(said if "://" in said else f"https://{said.removeprefix('//')}")
    path = found.after_host.partition("?")[0].partition("#")[0].rstrip("/")
    return host_of(said), path


def read_regions(node: Node) -> Iterator[str]:
    """ISO codes; the world is 001."""
    for item in node.items():
        said = item.text().strip()
        if said:
            name = said.upper()
            yield "001" if normal(said) in _WORLD else _COUNTRIES.get(name, name)


def _read(item: Node, scope: Scope) -> None:
    if item.is_text:
        kind, colon, value = item.text().strip().partition(":")
        if colon and not value.startswith("//") and normal(kind) in _PATH | _EXACT | _TENANT:
            _read_kind(item, normal(kind), value.strip(), scope)
        else:
            _read_text(item, item.text().strip(), scope)
        return
    item.object("a scope")
    kind_of = item.get("type", "kind")
    if kind_of is not None:
        held = item.get("value", "path", "path_prefix", "prefix", "host", "tenant", "domain", "url")
        values = [each.text().strip() for each in held.items()] if held is not None else [""]
        for value in values:
            _read_kind(item, kind_of.word(), value, scope)
    else:
        _read_fields(item, scope)
    for regions in item.each("regions", "region", "countries", "country"):
        scope.regions += read_regions(regions)
    scope.products += [each.text().strip() for each in item.each("products", "product")]


def _read_fields(item: Node, scope: Scope) -> None:
    for names, kind in (
        (
            ("paths", "path", "path_prefix", "path_prefixes", "prefix", "pages", "page", "url"),
            "path",
        ),
        (("hosts", "host", "hostname"), "host"),
        (("tenants", "tenant"), "tenant"),
    ):
        for each in item.each(*names):
            if each.value is not False:
                said = "" if each.value is True else each.text().strip()
                _read_kind(each, kind, said, scope)
    if item.flag_of("exact", "is_exact", "host_only"):
        scope.is_exact = True


def _read_kind(item: Node, kind: str, value: str, scope: Scope) -> None:
    if kind in _WHOLE:
        return
    if kind in _PATH:
        _read_path(value, scope)
    elif kind in _TENANT:
        scope.is_tenant = True
        scope.tenants += [value] if value else []
    elif kind in _EXACT:
        scope.is_exact = True
        scope.hosts += [host_of(value)] if value else []
    else:
        item.refuse("a scope is domain, host, tenant or a path")


def _read_text(item: Node, said: str, scope: Scope) -> None:
    word = normal(said)
    if word in _WHOLE | _EXACT | _TENANT:
        _read_kind(item, word, "", scope)
    elif said.startswith("/") or "." in host_and_path(said)[0]:
        _read_path(said, scope)
    else:
        item.refuse("a scope is domain, host, tenant, a path, or an address with a path")


def _read_path(value: str, scope: Scope) -> None:
    """`/stores/x` on every host of the seller; `https://market.com/stores/x` on this one."""
    is_path = value.startswith("/") and not value.startswith("//")
    host, path = ("", value) if is_path else host_and_path(value)
    segments = segments_of(path)
    scope.paths += [segments] if segments else []
    scope.hosts += [host] if host else []
