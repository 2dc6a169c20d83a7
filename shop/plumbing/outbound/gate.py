"""How is a stranger's address opened without being led inside?

Every address on the way, the first and each redirect, is read as a browser reads it, resolved
once, refused if any of its addresses is one that nobody outside has (denied.py), and connected to
at the address that was judged. Cookies, proxies and credentials do not exist here.
"""

import contextlib
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from ipaddress import ip_address
from types import MappingProxyType
from typing import Literal

import ada_url
from urllib3.connection import HTTPConnection

from shop.assay.sellers.hostnames import Link, Problem, parse
from shop.plumbing.outbound import registrations
from shop.plumbing.outbound.answers import (
    Answer,
    Blocked,
    Code,
    Hop,
    LeftHost,
    Limits,
    NotEncrypted,
    NotFoundInDns,
    NotOpened,
    OutboundError,
    TooManyRedirects,
    TooSlow,
    Trace,
    TxtAnswer,
    Unreachable,
)
from shop.plumbing.outbound.deadline import Deadline, Monotonic
from shop.plumbing.outbound.denied import Address, denied, is_loopback, unwrapped
from shop.plumbing.outbound.exchange import Reply, Seen, Target, Wanted, ask, connect
from shop.plumbing.outbound.resolving import DNS_PORT, Names

Follow = Literal["any", "same_host", "none"]
RDAP_URL = "https://rdap.org/domain/"
LONGEST_URL = 8192
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USUAL_PORTS = {"http": 80, "https": 443}
_MOST_TRIES = 3  # of a name's addresses, when the first ones take no connection
_USUAL = Limits()
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NO_STAND_INS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Errand:
    """One fetch with everything that holds for all its hops."""

    wanted: Wanted
    follow: Follow
    https_only: bool
    deadline: Deadline


class Outbound:
    """The one gate out. Safe to share between threads; opens nothing until it is asked to.

    `ports`: those that may be opened. `agent`: what we call ourselves. `rdap_url`: where
    registrations are asked for, the name is put behind it. For tests: `allow_loopback` opens
    127.0.0.0/8 and ::1, at every port; `stand_ins` names for a port the one to connect to there;
    `trust` is a file of further certificate authorities.
    """

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        nameservers: Sequence[str] = (),
        nameserver_port: int = DNS_PORT,
        ports: frozenset[int] = frozenset({80, 443}),
        trust: str | None = None,
        stand_ins: Mapping[int, int] = _NO_STAND_INS,
        agent: str = "Assay",
        rdap_url: str = RDAP_URL,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._allow_loopback = allow_loopback
        self._names = Names(tuple(nameservers), nameserver_port)
        self._ports = ports
        self._trust = trust
        self._stand_ins = stand_ins
        self._agent = agent
        self._rdap_url = rdap_url
        self._monotonic = monotonic

    def fetch(
        self,
        url: str,
        *,
        limits: Limits = _USUAL,
        headers: Mapping[str, str] = _NO_HEADERS,
        follow: Follow = "any",
        https_only: bool = False,
    ) -> Answer:
        """GET an address and whatever it redirects to. Raises an OutboundError and nothing else.

        Any status that is no redirect is an answer, 404 and 500 too. `follow`: "same_host" raises
        LeftHost for a redirect elsewhere, "none" gives the redirect itself as the answer.
        """
        errand = self._errand(limits, headers, follow, https_only=https_only, wants_body=True)
        reply, hops = self._go(url, errand)
        return Answer(hops[-1].url, reply.status, reply.headers, reply.body, hops)

    def trace(self, url: str, *, limits: Limits = _USUAL) -> Trace:
        """Every address that a link leads through, to the end or to where it broke off.

        Raises nothing. Reads no body: a page that moves on by script or meta tag is an end.
        """
        errand = self._errand(limits, _NO_HEADERS, "any", https_only=False, wants_body=False)
        try:
            _, hops = self._go(url, errand)
        except Blocked as problem:
            return Trace(problem.hops, "blocked")
        except TooManyRedirects as problem:
            return Trace(problem.hops, "too_many")
        except NotFoundInDns as problem:
            return Trace(problem.hops, "not_found")
        except OutboundError as problem:
            return Trace(problem.hops, "unreachable")
        return Trace(hops, "")

    def txt(self, name: str, *, seconds: float = 5.0) -> TxtAnswer:
        """The TXT records of a name. Raises nothing."""
        return self._names.txt(name, seconds)

    def registered_on(self, name: str) -> date | None:
        """Since when a registrable name belongs to its holder; None when the registry has none.

        Raises an OutboundError, also when the answer cannot be read.
        """
        url = registrations.url_for(self._rdap_url, name)
        answer = self.fetch(
            url,
            limits=registrations.LIMITS,
            headers=registrations.HEADERS,
            https_only=self._rdap_url.startswith("https:"),
        )
        return registrations.registration_date(answer, name)

    def _errand(
        self,
        limits: Limits,
        headers: Mapping[str, str],
        follow: Follow,
        *,
        https_only: bool,
        wants_body: bool,
    ) -> _Errand:
        ours = {"User-Agent": self._agent, "Accept-Encoding": "identity"}
        theirs = {  # an ETag comes from a stranger
            name: value
            for name, value in headers.items()
            if value.isascii() and value.isprintable()
        }
        deadline = Deadline(limits.seconds, self._monotonic)
        wanted = Wanted({"Accept": "*/*", **theirs, **ours}, limits, wants_body)
        return _Errand(wanted, follow, https_only, deadline)

    def _go(self, url: str, errand: _Errand) -> tuple[Reply, tuple[Hop, ...]]:
        hops: list[Hop] = []
        first = link = parse(url[: LONGEST_URL + 1])
        while True:
            seen = Seen()
            try:
                _refuse(link, first, errand)
                reply = self._visit(link, errand, seen)
                onward = _onward(link, reply, errand, len(hops))
            except OutboundError as problem:
                problem.hops = (*hops, _hop(link, seen))
                raise
            hops.append(_hop(link, seen))
            if onward is None:
                return reply, tuple(hops)
            link = onward

    def _visit(self, link: Link, errand: _Errand, seen: Seen) -> Reply:
        addresses = self._addresses(link, errand.deadline)
        port = link.port or _USUAL_PORTS[link.scheme]
        self._judge(addresses, port, seen)
        targets = [
            Target(
                address=unwrapped(address),
                port=self._stand_ins.get(port, port) if self._is_ours(address) else port,
                name=link.name.strip("[]"),
                authority=link.host if link.port is None else f"{link.host}:{link.port}",
                path=link.after_host.partition("#")[0],
                tls=self._tls if link.scheme == "https" else None,
            )
            for address in addresses[:_MOST_TRIES]
        ]
        connection, target = _first_open(targets, errand.deadline, seen)
        return ask(connection, target, errand.wanted, errand.deadline, seen)

    def _addresses(self, link: Link, deadline: Deadline) -> tuple[Address, ...]:
        """All that the host stands for now. What is connected to later is one of these."""
        if link.is_ip:
            return (ip_address(link.host.strip("[]")),)
        if link.is_internal:
            raise Blocked(Code.LOCAL_NAME)
        return self._names.addresses(link.name, deadline)

    def _judge(self, addresses: tuple[Address, ...], port: int, seen: Seen) -> None:
        """Refuses all for one: whoever mixes inside and outside wants us inside."""
        for address in addresses:
            is_ours = self._is_ours(address)
            if not is_ours and denied(address):
                seen.address = str(address)
                raise Blocked(Code.ADDRESS_DENIED)
            if not is_ours and port not in self._ports:
                raise NotOpened(Code.PORT)

    def _is_ours(self, address: Address) -> bool:
        return self._allow_loopback and is_loopback(address)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.hostname_checks_common_name = False
        if self._trust:
            context.load_verify_locations(self._trust)
        return context


def _first_open(
    targets: list[Target], deadline: Deadline, seen: Seen
) -> tuple[HTTPConnection, Target]:
    *earlier, last = targets
    for place, target in enumerate(earlier):
        patience = deadline.remaining() / (len(targets) - place)
        with contextlib.suppress(Unreachable, TooSlow):
            return connect(target, deadline, patience, seen), target
    return connect(last, deadline, deadline.remaining(), seen), last


def _refuse(link: Link, first: Link, errand: _Errand) -> None:
    """Raises for what is not opened whatever its address."""
    if max(len(link.text), len(link.href)) > LONGEST_URL:
        raise NotOpened(Code.TOO_LONG)
    if link.problem is not None:
        is_form = link.problem in {Problem.INVALID, Problem.NOT_ABSOLUTE}
        raise NotOpened(Code.INVALID if is_form else Code.SCHEME)
    if link.has_credentials:
        raise NotOpened(Code.CREDENTIALS)
    if errand.https_only and link.scheme != "https":
        raise NotEncrypted(Code.NOT_ENCRYPTED)
    if errand.follow == "same_host" and link.name != first.name:
        raise LeftHost(Code.LEFT_HOST)


def _onward(link: Link, reply: Reply, errand: _Errand, followed: int) -> Link | None:
    """Where a redirect leads, read as a browser reads it; None when the answer is no redirect."""
    if errand.follow == "none" or reply.status not in _REDIRECTS:
        return None
    places = {place for place in reply.locations if place.strip()}
    if not places:
        return None  # a browser shows the page that comes with it
    if len(places) > 1:
        raise Unreachable(Code.BAD_REDIRECT)
    if followed >= errand.wanted.limits.redirects:
        raise TooManyRedirects(Code.TOO_MANY_REDIRECTS)
    try:
        return parse(str(ada_url.URL(_as_sent(places.pop()), base=link.href).href))
    except ValueError as problem:
        raise Unreachable(Code.BAD_REDIRECT) from problem


def _as_sent(location: str) -> str:
    """http.client reads headers as Latin-1; browsers read UTF-8, or escape the bytes."""
    raw = location.encode("latin-1")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)  # noqa: PLR2004 - ASCII ends there


def _hop(link: Link, seen: Seen) -> Hop:
    url = (link.href or link.text)[:LONGEST_URL]
    return Hop(url, seen.status, seen.address, seen.tls)
