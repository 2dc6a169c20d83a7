"""Who owns which address in a case, who may sell, and how was it shown? JSON into ProductFacts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from shop.assay.sellers.case_reading import CaseError, Node
from shop.assay.sellers.case_scopes import Scope, host_and_path, read_scope, segments_of
from shop.assay.sellers.facts import (
    Authorization,
    AuthorizationStatus,
    Host,
    NotAuthorized,
    Proof,
    ProofMethod,
    ProofState,
    Seller,
    Source,
)
from shop.assay.sellers.hostnames import host_of, suffixes

_LONGEST_PROOF = timedelta(days=90)
_STATES = {
    **dict.fromkeys(("ok", "valid", "verified", "proven", "active", "current"), ProofState.OK),
    **dict.fromkeys(("stale", "expired", "old", "outdated"), ProofState.STALE),
    **dict.fromkeys(("lost", "gone", "missing", "removed", "failed", "revoked"), ProofState.LOST),
    **dict.fromkeys(("none", "", "pending", "unproven", "unverified", "never"), ProofState.NONE),
}
_METHODS = (
    (("dns", "txt"), ProofMethod.DNS),
    (("meta", "tag"), ProofMethod.META),
    (("file", "well_known", "http"), ProofMethod.FILE),
)
# What stands in a brand's page or letter was entered by staff: the first mark found counts.
_SOURCES = (
    (("staff", "manual", "page", "letter", "document"), Source.STAFF),
    (("list", "brand", "published", "well_known"), Source.BRAND_LIST),
)
_ENDED = frozenset({"expired", "ended", "lapsed", "inactive", "suspended"})
_REVOKED = frozenset({"revoked", "withdrawn", "removed", "terminated", "cancelled", "canceled"})
_STANDING = frozenset({"active", "authorized", "current", "listed", "ok", "valid"})
_REFUSED = frozenset({"not_authorized", "unauthorized", "refused", "denied"})
_DAY = timedelta(days=1)
_MOST_TENANTS = 10_000  # of one retailer: each name under each of its domains
# Told how many hosts are about to be made, and for which place of the case.
Count = Callable[[int, str], None]


def read_official(brand: Node, at: datetime) -> tuple[list[Host], list[Seller]]:
    """The brand's own addresses; a page of its own on somebody's market reads as a seller."""
    hosts: list[Host] = []
    pages: list[Seller] = []
    for item in brand.each("official", "official_domains", "domains"):
        found, paths = _domain(item, at)
        scope = read_scope(item.get("scope") if item.is_object else None)
        scope.paths += paths
        if scope.paths:
            said = Authorization(Source.BRAND_LIST, paths=tuple(scope.paths))
            name = brand.text() if brand.is_text else brand.text_of("name")
            pages.append(Seller(name, (found,), said))
        else:
            hosts.append(replace(found, is_exact=found.is_exact or scope.is_exact))
    return hosts, pages


def read_sellers(retailer: Node, at: datetime, count: Count) -> Iterator[Seller]:
    """One retailer: what the brand says of it, and where that ends, what it is besides."""
    retailer.object("a retailer")
    read = [_domain(item, at) for item in retailer.each("domains", "domain", "hosts", "host")]
    hosts = tuple(host for host, _ in read)
    count(len(hosts), retailer.path)
    name = retailer.text_of("name") or (hosts[0].name if hosts else "")
    kind = retailer.get("kind", "type", "relation")
    is_marketplace = retailer.flag_of("marketplace", "is_marketplace") or (
        kind is not None and kind.is_text and kind.word() == "marketplace"
    )
    whole = Seller(name, hosts, None, is_marketplace)
    said = retailer.get("authorization", "authorized")
    authorization = _authorization(said, at) if said is not None else None
    if authorization is None:
        yield whole
        return
    scope = read_scope(
        retailer.get("scope"), said.get("scope") if said else None, *_limits(retailer, said)
    )
    scope.paths += [path for _, paths in read for path in paths]
    authorization = replace(
        authorization,
        paths=tuple(scope.paths),
        regions=tuple(scope.regions),
        products=tuple(scope.products),
    )
    count(_reach(hosts, scope, retailer.path), retailer.path)
    within = tuple(_within(hosts, scope))
    is_narrow = within != hosts
    is_one_shop = bool(scope.tenants or scope.is_tenant) or (is_narrow and not scope.paths)
    yield Seller(name, within, authorization, is_marketplace and not is_one_shop)
    if is_narrow:
        yield whole


def read_refusals(place: Node, listed_on: date) -> Iterator[NotAuthorized]:
    """The addresses that the brand names as not authorized."""
    for item in place.each("not_authorized", "unauthorized"):
        named_on = item.day_of("date", "named_on", "since", "listed_at", "dated")
        for host in _hosts_named(item):
            yield NotAuthorized(host, named_on or listed_on)


def refused_hosts(retailer: Node, at: datetime) -> Iterator[NotAuthorized]:
    """A retailer whose authorization says that there is none."""
    said = retailer.get("authorization", "authorized")
    status = said.get("status") if said is not None else None
    if said is None or status is None or status.word() not in _REFUSED:
        return
    day = said.day_of("revoked_at", "date", "until", "from") or at.date()
    for item in retailer.each("domains", "domain", "hosts", "host"):
        yield NotAuthorized(_domain(item, at)[0].name, day)


def _hosts_named(item: Node) -> Iterator[str]:
    if item.is_text:
        yield _host(item)
        return
    item.object("an entry")
    for host in item.each("domains", "domain", "hosts", "host", "url", "name"):
        yield _host(host)


def _limits(retailer: Node, said: Node | None) -> Iterator[Node]:
    """Limits that stand beside the scope, as a published list writes them."""
    for place in (retailer, said):
        if place is None or not place.is_object:
            continue
        named = ("paths", "regions", "region", "countries", "products")
        held = {name: found.value for name in named if (found := place.get(name)) is not None}
        if held:
            yield Node(held, place.path)


def _reach(hosts: tuple[Host, ...], scope: Scope, path: str) -> int:
    """How many hosts a scope makes of a seller's. Raises CaseError when one alone has too many."""
    tenants = len(scope.tenants) * len(hosts)
    if tenants > _MOST_TENANTS:
        message = f"there are more than {_MOST_TENANTS} tenants"
        raise CaseError(path, message)
    return tenants + len(scope.hosts)


def _within(hosts: tuple[Host, ...], scope: Scope) -> Iterator[Host]:
    """The seller's hosts as far as the scope reaches."""
    below = [
        host.name if host.name.startswith(f"{tenant}.") else f"{tenant}.{host.name}"
        for tenant in scope.tenants
        for host in hosts
    ]
    tenants = [host_of(name) for name in scope.tenants if "." in name] or below
    own = {host.name: host for host in reversed(hosts)}
    wanted, shops = [*scope.hosts, *tenants], set(tenants)
    if scope.paths and all(name.removeprefix("www.") in own for name in scope.hosts):
        wanted = tenants  # a page on the seller's own host, with or without www
    if not wanted:
        yield from (replace(host, is_exact=host.is_exact or scope.is_exact) for host in hosts)
        return
    for name in wanted:
        over = next((own[above] for above in suffixes(name) if above in own), Host(name))
        proof = over.proof if over.is_proven_for(name) else Proof()
        yield Host(name, proof, is_exact=name not in shops)


def _domain(item: Node, at: datetime) -> tuple[Host, list[tuple[str, ...]]]:
    """A domain with its proof, and the page that was written behind it, if any."""
    if item.is_text:
        name, field = item.text(), item
        proof, is_exact = Proof(), False
    else:
        if not item.is_object:
            item.refuse("a domain is a host or an object")
        found = item.get("domain", "host", "name", "hostname", "url")
        if found is None:
            item.refuse("a domain needs `domain`")
        name, field = found.text(), found
        proof = _proof(item.get("proof"), at)
        is_exact = item.flag_of("exact", "is_exact")
        is_exact = is_exact or read_scope(item.get("scope")).is_exact
    path = host_and_path(name)[1]
    return Host(_host(field), proof, is_exact=is_exact), [segments_of(path)] if path else []


def _host(field: Node) -> str:
    host = host_and_path(field.text())[0]
    if not host:
        field.refuse("this must be the name of a host, like shop.example")
    return host


def _proof(node: Node | None, at: datetime) -> Proof:
    """A proof that is said to hold, without its date, is taken as of the moment of the case."""
    if node is None or node.value is False:
        return Proof()
    if node.is_text or node.value is True:
        state = _STATES.get(node.word()) if node.is_text else ProofState.OK
        if state is None:
            node.refuse("a proof is ok, stale, lost or none, or an object")
        return Proof(state, verified_on=at.date())
    node.object("a proof")
    verified_on = node.day_of("verified_at", "verified_on", "verified", "date")
    expires_on = node.last_day_of(at, "expires_at", "expires_on", "expires", "until")
    state = _proof_state(node, has_date=verified_on is not None)
    if expires_on is None and verified_on is not None and node.get("status", "state") is None:
        expires_on = verified_on + min(_LONGEST_PROOF, date.max - verified_on)
    return Proof(
        state,
        _method(node.get("method", "kind", "type")),
        verified_on or at.date(),
        expires_on,
        node.day_of("lost_at", "lost_on"),
    )


def _proof_state(node: Node, *, has_date: bool) -> ProofState:
    status = node.get("status", "state")
    if status is None:
        return ProofState.OK if has_date else ProofState.NONE
    state = _STATES.get(status.word())
    if state is None:
        status.refuse("a proof's status is ok, stale, lost or none")
    return state


def _method(node: Node | None) -> ProofMethod:
    if node is None:
        return ProofMethod.DNS
    said = node.word()
    found = next(
        (method for marks, method in _METHODS if any(each in said for each in marks)), None
    )
    if found is None:
        node.refuse("a proof's method is dns, file or meta")
    return found


def _authorization(node: Node, at: datetime) -> Authorization | None:
    if node.value is False:
        return None
    if node.value is True:
        return Authorization(Source.BRAND_LIST)
    if node.is_text:
        return None if node.word() in {"none", ""} else Authorization(_source(node))
    node.object("an authorization")
    status = node.get("status", "state")
    said = status.word() if status is not None else "active"
    if said in {"none", *_REFUSED}:
        return None
    source = node.get("source")
    ends_on = node.last_day_of(at, "until", "to", "ends_at", "ends_on", "expires", "expires_at")
    if said in _ENDED:
        ends_on = min(ends_on or date.max, at.date() - _DAY)
    elif said not in _REVOKED and said not in _STANDING:
        node.refuse("an authorization's status is active or revoked")
    return Authorization(
        _source(source) if source is not None else Source.STAFF,
        AuthorizationStatus.REVOKED if said in _REVOKED else AuthorizationStatus.ACTIVE,
        listed_on=node.day_of("list_date", "listed_at", "listed_on", "dated"),
        starts_on=node.day_of("from", "starts_on", "starts_at", "since"),
        ends_on=ends_on,
        revoked_on=node.day_of("revoked_at", "revoked_on", "revoked"),
    )


def _source(node: Node) -> Source:
    said = node.word()
    for marks, source in _SOURCES:
        if any(mark in said for mark in marks):
            return source
    node.refuse("an authorization's source is brand_list or staff")
    return Source.STAFF
