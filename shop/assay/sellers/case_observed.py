"""What was seen about the link of a case? The `observed` of a program, into Observed."""

from collections.abc import Iterator
from datetime import date, datetime

from shop.assay.sellers.case_reading import Node, normal
from shop.assay.sellers.hostnames import Link, host_of, parse
from shop.assay.sellers.observed import (
    NOTHING_OBSERVED,
    Chain,
    Listing,
    Observed,
    Registration,
    Tls,
    TlsState,
    Trouble,
)

_UNTRUSTED = """
error expired false invalid not_trusted not_yet_valid revoked self_signed selfsigned unknown_ca
unknown_issuer untrusted untrusted_issuer
"""
_MISMATCH = "name_mismatch host_mismatch hostname_mismatch mismatch wrong_host"
_TLS = {
    **dict.fromkeys(["ok", "good", "true", "trusted", "valid"], TlsState.OK),
    **dict.fromkeys(_MISMATCH.split(), TlsState.NAME_MISMATCH),
    **dict.fromkeys(_UNTRUSTED.split(), TlsState.NOT_TRUSTED),
}
_MATCHES = (
    *("name_matches", "matches", "matches_name", "name_match", "match", "hostname_matches"),
    *("hostname_match", "host_match", "host_matches", "matches_host", "hostname_ok", "name_ok"),
)
_NO_TLS = frozenset({"", "none", "unknown", "http", "not_checked"})
_NOT_FOUND = "not_found nxdomain does_not_resolve no_such_host unresolved fail failed"
_TROUBLES = {
    **dict.fromkeys(["blocked", "blocked_address", "internal", "private_address"], Trouble.BLOCKED),
    **dict.fromkeys(["too_many", "too_many_redirects", "loop", "redirect_loop"], Trouble.TOO_MANY),
    **dict.fromkeys(_NOT_FOUND.split(), Trouble.NOT_FOUND),
    **dict.fromkeys(["unreachable", "timeout", "timed_out", "error"], Trouble.UNREACHABLE),
}
_RESOLVES = frozenset({"", "ok", "resolves", "noerror", "none", "true", "found"})


def read_observed(node: Node | None, link: Link, at: datetime) -> Observed:
    """Everything seen, dated with the day of the case where no date is given."""
    if node is None:
        return NOTHING_OBSERVED
    node.object("`observed`")
    day = (
        node.day_of("date", "checked_at", "followed_at", "followed_on", "seen_at", "at")
        or at.date()
    )
    return Observed(
        chain=_chain(node, link, day),
        before=_before(node, link, day),
        tls=tuple(_certificates(node.get("tls", "certificate"), link, day)),
        registrations=tuple(_registrations(node.get("rdap", "registration", "whois"), link)),
        listings=tuple(_listings(node, link, day)),
    )


def _chain(node: Node, link: Link, day: date) -> Chain | None:
    found = node.get("chain", "redirects", "hops")
    trouble = _trouble(node)
    if found is None and trouble is None:
        return None
    if found is not None and found.is_object:
        trouble = _trouble(found) or trouble
        day = found.day_of("date", "followed_on", "followed_at", "checked_at") or day
        found = found.get("urls", "chain", "hops")
    urls = tuple(_urls(found, link)) if found is not None else (link.href or link.text,)
    return Chain(urls, day, trouble)


def _before(node: Node, link: Link, day: date) -> Chain | None:
    found = node.get("previous_chain", "before", "previous", "last_chain", "chain_before")
    if found is None:
        return None
    if found.is_object:
        day = found.day_of("date", "followed_on", "followed_at", "checked_at") or day
        found = found.get("urls", "chain", "hops") or found
    else:
        day = node.day_of("previous_date", "previous_checked_at", "before_date") or day
    return Chain(tuple(_urls(found, link)), day)


def _urls(node: Node, link: Link) -> Iterator[str]:
    """The addresses, the link itself in front whether or not the program wrote it down."""
    urls = [_url(item, link) for item in node.items()]
    if not urls or urls[0] != (link.href or link.text):
        yield link.href or link.text
    yield from urls


def _url(item: Node, link: Link) -> str:
    held = item if item.is_text else item.object("an address of the chain").get("url", "location")
    if held is None:
        item.refuse("an address of the chain needs `url`")
    text = held.text()
    if text == link.text:
        return link.href or text
    found = parse(text)
    return found.href if found.is_valid else text


def _trouble(node: Node) -> Trouble | None:
    """What went wrong on the way, and whether the name could be found at all."""
    for name in ("trouble", "error", "problem"):
        said = node.get(name)
        if said is not None and said.word():
            if said.word() not in _TROUBLES:
                said.refuse("trouble is blocked, too_many, not_found or unreachable")
            return _TROUBLES[said.word()]
    for name in ("dns", "resolves", "dns_resolves", "resolved"):
        said = node.get(name)
        if said is not None:
            return _resolution(said)
    return None


def _resolution(said: Node) -> Trouble | None:
    if said.is_object:
        inner = said.get("resolves", "status", "state", "ok", "result")
        return _resolution(inner) if inner is not None else None
    if isinstance(said.value, list):
        return None if said.value else Trouble.NOT_FOUND  # the addresses that were found
    word = normal(str(said.value))
    if word in _RESOLVES:
        return None
    return Trouble.NOT_FOUND if word == "false" else _TROUBLES.get(word)


def _certificates(node: Node | None, link: Link, day: date) -> Iterator[Tls]:
    for item in node.items() if node is not None else ():
        state, host, seen_on = _tls_state(item), None, None
        if item.is_object:
            host, seen_on = item.get("host", "name", "hostname"), item.day_of("date", "seen_at")
        if state is not None:
            yield Tls(host_of(host.text()) if host else link.name, state, seen_on or day)


def _tls_state(item: Node) -> TlsState | None:
    if not item.is_object:
        word = normal(str(item.value)) if isinstance(item.value, str | bool) else "?"
        if word not in _TLS and word not in _NO_TLS:
            item.refuse("tls is ok, name_mismatch or not_trusted")
        return _TLS.get(word)
    said = item.get("state", "status", "error", "problem", "result")
    if said is not None:
        return _tls_state(said)
    matches = item.get(*_MATCHES)
    is_good = item.get("trusted", "ok", "valid", "is_trusted", "chain_ok", "chain_trusted")
    if matches is not None and not matches.flag():
        return TlsState.NAME_MISMATCH
    if is_good is not None and not is_good.flag():
        return TlsState.NOT_TRUSTED
    return TlsState.OK if matches is not None or is_good is not None else None


def _registrations(node: Node | None, link: Link) -> Iterator[Registration]:
    for item in node.items() if node is not None else ():
        if item.is_text:
            yield Registration(link.registrable, item.moment().date())
            continue
        item.object("`rdap`")
        created = item.day_of("created", "registered", "created_at", "created_on", "registered_at")
        name = item.get("name", "domain", "host")
        if created is not None:
            registrable = parse(f"https://{host_of(name.text())}").registrable if name else ""
            yield Registration(registrable or link.registrable, created)


def _listings(node: Node, link: Link, day: date) -> Iterator[Listing]:
    for item in node.each("lists", "listings", "public_lists", "on_lists"):
        if item.is_text:
            yield Listing(link.name, item.text(), day)
            continue
        item.object("an entry of `lists`")
        host = item.get("host", "domain")
        source = item.text_of("name", "list", "source") or "A public list"
        listed_on = item.day_of("date", "listed_on", "listed_at", "since") or day
        yield Listing(host_of(host.text()) if host else link.name, source, listed_on)
