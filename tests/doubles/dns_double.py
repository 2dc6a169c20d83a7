"""A real DNS server on loopback that answers what a test tells it to, lies and silence included.

Fixture `dns_server`; give `dns_server.address` ("127.0.0.1:port") to `Outbound(nameservers=...)`
or to ASSAY_DNS_SERVERS. It answers as a resolver does: aliases are followed to their end.

    dns_server.add("shop.test", "127.0.0.1", "::1")      # A and AAAA
    dns_server.add("shop.test", "10.0.0.1")              # adds one more
    dns_server.turn("shop.test", ["127.0.0.1"], ["10.0.0.1"])  # one after the other; the last stays
    dns_server.txt("_assay-challenge.shop.test", b"token=abc", (b"in two ", b"strings"))
    dns_server.alias("www.shop.test", "shop.test")
    dns_server.fail("shop.test", Fault.SERVFAIL)         # every kind of record, or one: kind="AAAA"
    dns_server.remove("shop.test")
    dns_server.is_cut_off = True                         # knows no name, not even the root
    dns_server.asked                                     # [("shop.test", "A", "udp"), ...]

A name that nobody added is NXDOMAIN; a name without records of a kind answers with none.
"""

import contextlib
import socket
import struct
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from enum import StrEnum
from ipaddress import ip_address

import pytest
from dnslib import AAAA, CNAME, QTYPE, RCODE, RR, SOA, TXT, A, DNSRecord

_LONGEST_CHAIN = 20


class Fault(StrEnum):
    """What may happen to a question instead of an answer."""

    SERVFAIL = "SERVFAIL"
    REFUSED = "REFUSED"
    SILENT = "no answer at all"
    CUT = "cut short over UDP: ask again over TCP"
    ALWAYS_CUT = "cut short over TCP as well"
    JUNK = "bytes that are no DNS message"
    OTHER_ID = "an answer to another question"


class DnsDouble:
    """See the module. Changes may be made while it runs."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.asked: list[tuple[str, str, str]] = []  # the root left out
        self.is_cut_off = False
        self._records: dict[tuple[str, str], list] = defaultdict(list)
        self._turns: dict[str, deque[Sequence[str]]] = {}
        self._faults: dict[tuple[str, str], Fault] = {}
        self._udp, self._tcp = _bound_pair(host)
        self.host, self.port = self._udp.getsockname()
        self._threads = [
            threading.Thread(target=run, daemon=True) for run in (self._serve_udp, self._serve_tcp)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def add(self, name: str, *addresses: str) -> None:
        self._records[name, "known"] = []
        for address in addresses:
            is_v4 = ip_address(address).version == 4
            self._records[name, "A" if is_v4 else "AAAA"].append(address)

    def turn(self, name: str, *answers: Sequence[str]) -> None:
        """Answer questions for A with these IPv4 addresses, one list per question."""
        self.add(name)
        self._turns[name] = deque(answers)

    def txt(self, name: str, *values: bytes | Sequence[bytes]) -> None:
        """Set the TXT records; a value of several strings is written as such."""
        self._records[name, "TXT"] = [
            [value] if isinstance(value, bytes) else list(value) for value in values
        ]

    def alias(self, name: str, target: str) -> None:
        self._records[name, "CNAME"] = [target]

    def fail(self, name: str, fault: Fault, *, kind: str = "ANY") -> None:
        self._faults[name, kind] = fault

    def remove(self, name: str) -> None:
        for kept in (self._records, self._faults):
            for key in [key for key in kept if key[0] == name]:
                del kept[key]
        self._turns.pop(name, None)

    def close(self) -> None:
        for opened in (self._udp, self._tcp):
            with contextlib.suppress(OSError):  # an UDP socket is woken by it, and complains
                opened.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._udp.close()
        self._tcp.close()

    def _serve_udp(self) -> None:
        while True:
            try:
                data, sender = self._udp.recvfrom(4096)
            except OSError:
                return
            if sender is None:  # shut down
                return
            answer = self._answer(data, "udp")
            if answer is not None:
                self._udp.sendto(answer, sender)

    def _serve_tcp(self) -> None:
        while True:
            try:
                opened, _ = self._tcp.accept()
            except OSError:
                return
            with opened:
                opened.settimeout(5)
                data = opened.recv(4096)
                answer = self._answer(data[2:], "tcp") if data else None
                if answer is not None:
                    opened.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, data: bytes, transport: str) -> bytes | None:
        question = DNSRecord.parse(data)
        name, kind = str(question.q.qname).removesuffix("."), QTYPE[question.q.qtype]
        if name:
            self.asked.append((name, kind, transport))
        fault = self._faults.get((name, kind)) or self._faults.get((name, "ANY"))
        reply = question.reply()
        reply.header.ra = 1
        if fault is Fault.SILENT:
            return None
        if fault is Fault.JUNK:
            return b"\xff" * 40
        if fault in {Fault.SERVFAIL, Fault.REFUSED}:
            reply.header.rcode = getattr(RCODE, fault.name)
            return reply.pack()
        if fault is Fault.ALWAYS_CUT or (fault is Fault.CUT and transport == "udp"):
            reply.header.tc = 1
            return reply.pack()
        self._fill(reply, name, kind)
        if fault is Fault.OTHER_ID:
            reply.header.id = (reply.header.id + 1) % 65536
        return reply.pack()

    def _fill(self, reply: DNSRecord, name: str, kind: str) -> None:
        if self.is_cut_off:
            reply.header.rcode = RCODE.NXDOMAIN
            return
        if not name and kind == "SOA":
            reply.add_answer(RR(".", QTYPE.SOA, rdata=SOA("ns.test", "host.test", (1,) * 5), ttl=0))
            return
        for _ in range(_LONGEST_CHAIN):
            target = self._records.get((name, "CNAME"))
            if not target:
                break
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME(target[0]), ttl=0))
            name = target[0]
        if not any(known == name for known, _ in [*self._records]):
            reply.header.rcode = RCODE.NXDOMAIN
        values = self._values(name, kind)
        for value in values:
            made = TXT(value) if kind == "TXT" else _address(value)
            reply.add_answer(RR(name, getattr(QTYPE, kind), rdata=made, ttl=0))
        if not values:
            reply.add_auth(RR(name, QTYPE.SOA, rdata=SOA("ns.test", "host.test", (1,) * 5), ttl=0))

    def _values(self, name: str, kind: str) -> Sequence:
        turns = self._turns.get(name)
        if kind == "A" and turns:
            return turns.popleft() if len(turns) > 1 else turns[0]
        return self._records.get((name, kind), ()) if kind in {"A", "AAAA", "TXT"} else ()


def _address(text: str) -> A | AAAA:
    address = ip_address(text)
    return A(text) if address.version == 4 else AAAA(tuple(address.packed))


def _bound_pair(host: str) -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket on the same port, as the protocol wants it."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        udp.bind((host, 0))
        try:
            tcp.bind(udp.getsockname())
        except OSError:  # somebody has it for TCP
            udp.close()
            tcp.close()
            continue
        tcp.listen()
        return udp, tcp


@pytest.fixture
def dns_server() -> Iterator[DnsDouble]:
    double = DnsDouble()
    yield double
    double.close()
