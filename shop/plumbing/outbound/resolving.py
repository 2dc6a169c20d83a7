"""Which addresses does a name have, and what does it say in TXT? Asked of the DNS once."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import dns.exception
import dns.flags
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
import dns.rrset

from shop.plumbing.outbound.answers import Code, NotFoundInDns, TxtAnswer, Unreachable
from shop.plumbing.outbound.deadline import Deadline
from shop.plumbing.outbound.denied import Address

DNS_PORT = 53
_PAYLOAD = 1232  # bytes of an UDP answer that no path fragments (DNS flag day 2020)
_TRY_S = 2.0  # for one server, before the next one is asked
_LOOKUP_S = 4.0  # for one kind of record
_SECOND_LOOKUP_S = 2.0  # for AAAA when A is known: some servers never answer it


class _AbsentError(Exception):
    """The DNS says that there is no such record."""


class _UnavailableError(Exception):
    """The DNS did not say."""


@dataclass(frozen=True)
class Names:
    """Asks the given servers ("192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]"), or those
    of the system when there are none.
    """

    servers: Sequence[str] = ()
    port: int = DNS_PORT

    def addresses(self, name: str, deadline: Deadline) -> tuple[Address, ...]:
        """Every address of a name, IPv4 first. Raises NotFoundInDns, Unreachable or TooSlow."""
        found: list[Address] = []
        problems: list[Exception] = []
        for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
            most = _SECOND_LOOKUP_S if found else _LOOKUP_S
            try:
                answer = self._ask(name, kind, min(most, deadline.remaining()))
            except (_AbsentError, _UnavailableError) as problem:
                problems.append(problem)
            else:
                found += [ip_address(record.address) for record in answer]
        deadline.remaining()
        if found:
            return tuple(found)
        if any(isinstance(problem, _UnavailableError) for problem in problems):
            raise Unreachable(Code.DNS_UNAVAILABLE)
        raise NotFoundInDns(Code.NOT_FOUND)

    def txt(self, name: str, seconds: float) -> TxtAnswer:
        """The TXT records of a name. Raises nothing."""
        try:
            answer = self._ask(name, dns.rdatatype.TXT, seconds)
        except _AbsentError:
            return TxtAnswer((), "absent")
        except _UnavailableError:
            return TxtAnswer((), "unavailable")
        return TxtAnswer(tuple(b"".join(record.strings) for record in answer), "ok")

    def _ask(self, name: str, kind: dns.rdatatype.RdataType, seconds: float) -> dns.rrset.RRset:
        """One lookup. A chain of aliases longer than 16 (`dns.message.MAX_CHAIN`) is no answer."""
        try:
            answer = self._resolver().resolve(
                _absolute(name), kind, lifetime=seconds, raise_on_no_answer=False
            )
        except dns.resolver.NXDOMAIN as problem:
            if self._sees_the_root(seconds):
                raise _AbsentError from problem
            raise _UnavailableError from problem
        except (dns.exception.DNSException, OSError, ValueError) as problem:
            raise _UnavailableError from problem
        if answer.response.flags & dns.flags.TC:  # cut short over TCP as well
            raise _UnavailableError
        if answer.rrset is None:
            raise _AbsentError
        return answer.rrset

    def _sees_the_root(self, seconds: float) -> bool:
        """Whether the DNS that we ask is the world's: one that is cut off knows no name at all,
        and its "there is no such name" must never be told of a shop.
        """
        try:
            answer = self._resolver().resolve(dns.name.root, dns.rdatatype.SOA, lifetime=seconds)
        except (dns.exception.DNSException, OSError):
            return False
        return answer.rrset is not None

    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self.servers)
        if self.servers:
            resolver.nameservers = [_server(text, self.port) for text in self.servers]
        resolver.timeout = _TRY_S
        resolver.use_edns(0, 0, _PAYLOAD)
        return resolver


def _server(text: str, usual_port: int) -> dns.nameserver.Nameserver:
    parts = urlsplit(f"//{text}")
    return dns.nameserver.Do53Nameserver(parts.hostname or "", parts.port or usual_port)


def _absolute(name: str) -> dns.name.Name:
    """The name as it stands: no escapes, no IDNA, no search list."""
    labels = name.removesuffix(".").split(".")
    try:
        return dns.name.Name([*(label.encode("ascii") for label in labels), b""])
    except (dns.exception.DNSException, UnicodeEncodeError) as problem:
        raise _AbsentError from problem  # a label of 64 letters is in nobody's DNS
