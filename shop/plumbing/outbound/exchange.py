"""What does one server answer to one request? At an address that was judged, within bounds.

urllib3 connects and checks the certificate; every byte it reads comes through `_Wire`, which
counts them and gives each wait no more than what is left of the time. A timeout of urllib3's own
starts anew with every byte that drips.
"""

import contextlib
import http.client
import io
import logging
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import urllib3.connection
import urllib3.exceptions
from urllib3.util.ssl_match_hostname import CertificateError

from shop.plumbing.outbound.answers import (
    KIBIBYTE,
    Code,
    Limits,
    NotTrusted,
    OutboundError,
    TooLarge,
    TooSlow,
    Unreachable,
)
from shop.plumbing.outbound.deadline import Deadline
from shop.plumbing.outbound.denied import Address

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from urllib3.response import HTTPResponse

HEADER_BYTES = 32 * KIBIBYTE
_FRAMING_BYTES = 64 * KIBIBYTE  # what chunk sizes and trailers may add to a body
_NAME_MISMATCH = frozenset({62, 64})  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH

# It would print strangers' certificates and headers to standard error.
logging.getLogger("urllib3").setLevel(logging.ERROR)


@dataclass(slots=True)
class Seen:
    """What was met on the way, known even when it then went wrong."""

    status: int | None = None
    address: str = ""
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes: the address to connect to, and the name to ask it for."""

    address: Address
    port: int
    name: str  # for TLS: without the root's dot or brackets
    authority: str  # for the Host header
    path: str
    tls: ssl.SSLContext | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to say, and how much of the answer to read."""

    headers: Mapping[str, str]
    limits: Limits
    has_body: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. The body is b"" when it was not wanted."""

    status: int
    headers: Mapping[str, str]
    locations: tuple[str, ...]  # of the header Location: text as http.client gives it
    body: bytes


def connect(
    target: Target, deadline: Deadline, patience: float, seen: Seen
) -> urllib3.connection.HTTPConnection:
    """An open connection to exactly this address, waiting `patience` seconds for it to take one.

    Raises an OutboundError, with everything closed.
    """
    connection = _connection(target, deadline, patience)
    seen.address = str(target.address)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(connection.close)
        try:
            connection.connect()
            deadline.remaining()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as problem:
            failure = _connect_failure(problem)
            seen.tls = failure.code if isinstance(failure, NotTrusted) else ""
            raise failure from problem
        on_failure.pop_all()
    seen.tls = "ok" if target.tls else ""
    return connection


def ask(
    connection: urllib3.connection.HTTPConnection,
    target: Target,
    wanted: Wanted,
    deadline: Deadline,
    seen: Seen,
) -> Reply:
    """GET over an open connection, which is closed afterwards. Raises an OutboundError."""
    opened = cast("socket.socket", connection.sock)
    wire = _Wire(opened, deadline)
    try:
        connection.sock = cast("socket.socket", wire)
        connection.request(
            "GET",
            target.path,
            headers={**wanted.headers, "Host": target.authority, "Connection": "close"},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        seen.status = response.status
        if response.status < http.client.OK:
            raise Unreachable(Code.NOT_HTTP)
        wire.allow(wanted.limits.max_bytes + _FRAMING_BYTES, Code.BODY_TOO_LARGE)
        body = _body(response, wanted.limits) if wanted.has_body else b""
        return Reply(
            response.status,
            {name.lower(): _plain(value) for name, value in response.headers.itermerged()},
            tuple(response.headers.getlist("location")),
            body,
        )
    except OutboundError:
        raise
    except (
        urllib3.exceptions.HTTPError,
        http.client.HTTPException,
        OSError,
        ValueError,
    ) as problem:
        raise _answer_failure(problem) from problem
    finally:
        opened.close()
        connection.sock = None
        connection.close()


def _body(response: "HTTPResponse", limits: Limits) -> bytes:
    parts: list[bytes] = []
    left = limits.max_bytes + 1
    while left > 0 and (part := response.read(left)):
        parts.append(part)
        left -= len(part)
    body = b"".join(parts)
    if len(body) > limits.max_bytes and not limits.keeps_start:
        raise TooLarge(Code.BODY_TOO_LARGE)
    return body[: limits.max_bytes]


class _Wire(io.RawIOBase):
    """As much of a socket as http.client uses, with a budget of time and bytes."""

    def __init__(self, opened: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._opened = opened
        self._deadline = deadline
        self.allow(HEADER_BYTES, Code.HEADERS_TOO_LARGE)

    def allow(self, count: int, code: Code) -> None:
        """From now on at most so many bytes; more is TooLarge with this code."""
        self._left, self._code = count, code

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if self._left <= 0:
            raise TooLarge(self._code)
        view = memoryview(buffer)[: self._left]
        try:
            self._opened.settimeout(self._deadline.remaining())
            count = self._opened.recv_into(view)
        except TimeoutError as problem:
            raise TooSlow(Code.TOO_SLOW) from problem
        self._deadline.remaining()
        self._left -= count
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode  # it is always "rb"
        return io.BufferedReader(self)

    def sendall(self, data: bytes) -> None:
        self._opened.settimeout(self._deadline.remaining())
        self._opened.sendall(data)

    def settimeout(self, seconds: float | None) -> None:
        """urllib3 sets its own: ours is set before each wait."""

    def close(self) -> None:
        """Nothing: http.client closes early, `ask` closes the socket itself."""


class _Plain(urllib3.connection.HTTPConnection):
    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        return _bounded(super()._new_conn(), self.deadline)


class _Encrypted(urllib3.connection.HTTPSConnection):
    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        return _bounded(super()._new_conn(), self.deadline)


def _bounded(opened: socket.socket, deadline: Deadline) -> socket.socket:
    """The handshake that follows gets what is left, not what connecting was given."""
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(opened.close)
        opened.settimeout(deadline.remaining())
        on_failure.pop_all()
    return opened


def _connection(target: Target, deadline: Deadline, patience: float) -> _Plain | _Encrypted:
    host = str(target.address)  # a literal: nothing is left to resolve
    connection: _Plain | _Encrypted
    if target.tls is None:
        connection = _Plain(host, target.port, timeout=patience)
    else:
        connection = _Encrypted(
            host,
            target.port,
            timeout=patience,
            ssl_context=target.tls,
            server_hostname=target.name,
            assert_hostname=target.name,
        )
    connection.deadline = deadline
    return connection


def _connect_failure(problem: Exception) -> OutboundError:
    if isinstance(problem, CertificateError):
        return NotTrusted(Code.NAME_MISMATCH)
    if isinstance(problem, ssl.SSLCertVerificationError):
        is_name = problem.verify_code in _NAME_MISMATCH
        return NotTrusted(Code.NAME_MISMATCH if is_name else Code.NOT_TRUSTED)
    if isinstance(problem.__cause__ or problem, TimeoutError):  # urllib3 wraps the system's
        return TooSlow(Code.TOO_SLOW)
    if isinstance(problem, ssl.SSLError):
        return Unreachable(Code.TLS_FAILED)
    return Unreachable(Code.NO_CONNECTION)


def _answer_failure(problem: Exception) -> OutboundError:
    if isinstance(problem, TimeoutError):
        return TooSlow(Code.TOO_SLOW)
    origin = problem.__cause__ or problem  # urllib3 wraps what http.client says
    is_cut = isinstance(origin, http.client.IncompleteRead | OSError)
    return Unreachable(Code.CUT_OFF if is_cut else Code.NOT_HTTP)


def _plain(value: str) -> str:
    """A header's value on one line, without control characters."""
    return "".join(char for char in " ".join(value.split()) if char.isprintable())
