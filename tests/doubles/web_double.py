r"""Real HTTP and HTTPS servers on loopback, with certificates of an authority of their own.

Fixture `web_server` stands in for the whole web: which site a request is for is told by its Host
header and TLS name, so let the `dns_server` send every name to `web_server.host`.

    web_server.page("https://shop.test/.well-known/list.json", b"{}", etag='"1"')
    web_server.page("https://shop.test/gone", status=404)
    web_server.redirect("http://shop.test/", "https://shop.test/", status=301)
    web_server.script("http://shop.test/odd", lambda to: to.send(b"HTTP/1.1 200 OK\r\n\r\nhello"))
    web_server.certificate("shop.test", Certificate.EXPIRED)     # the usual one is good
    web_server.asked                                     # [Request(...), ...]

Fixture `outbound` is the real gate, to which these servers are the internet: addresses may be
written without a port, as people write them (80 and 443 are what `web_server` stands in for).
Pages are found by scheme, host and path with its query. Without a page the answer is 404.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from shop.plumbing.outbound import Outbound
from tests.doubles.dns_double import DnsDouble

_LONGEST_REQUEST = 65536
_PAST, _FUTURE = datetime(2001, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Certificate(StrEnum):
    """What a site may show for itself."""

    GOOD = "good"
    OTHER_NAME = "for another name"
    COMMON_NAME = "with its name where browsers no longer look, and nowhere else"
    STAR = "for *.shop.test"
    EXPIRED = "expired"
    NOT_YET = "not valid yet"
    SELF_SIGNED = "self-signed"
    UNKNOWN = "of an authority that nobody knows"


@dataclass(frozen=True)
class Request:
    """One request as it came. Header names are in lower case."""

    url: str  # without the port
    headers: Mapping[str, str]
    address: str  # that was connected to
    raw: bytes


@dataclass
class Connection:
    """What a script may do with one visitor. Writing to one who has left does nothing."""

    opened: socket.socket
    request: Request
    is_left: bool = False

    def send(self, data: bytes) -> None:
        try:
            self.opened.sendall(data)
        except OSError:
            self.is_left = True

    def reset(self) -> None:
        """Hang up with a RST."""
        self.opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.opened.close()


Script = Callable[[Connection], None]


class Clock:
    """A monotonic clock that only a test moves: give it to `Outbound(monotonic=...)`."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Authority:
    """Who signs the certificates of all the doubles; `file` is what to trust."""

    known: trustme.CA
    unknown: trustme.CA
    file: str
    _contexts: dict[tuple[str, Certificate], ssl.SSLContext] = field(default_factory=dict)

    def context(self, name: str, kind: Certificate) -> ssl.SSLContext:
        """What a server for this name uses. Made once for each."""
        if (name, kind) not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._issue(name, kind).configure_cert(context)
            self._contexts[name, kind] = context
        return self._contexts[name, kind]

    def _issue(self, name: str, kind: Certificate) -> trustme.LeafCert:
        if kind is Certificate.COMMON_NAME:
            return _nameless(self.known, name)
        signer = {Certificate.SELF_SIGNED: trustme.CA(), Certificate.UNKNOWN: self.unknown}
        names = {Certificate.OTHER_NAME: "other.test", Certificate.STAR: "*.shop.test"}
        more: dict[Certificate, dict] = {
            Certificate.EXPIRED: {"not_before": _PAST, "not_after": _PAST + timedelta(days=90)},
            Certificate.NOT_YET: {"not_before": _FUTURE},
        }
        signed_by = signer.get(kind, self.known)
        return signed_by.issue_cert(names.get(kind, name), **more.get(kind, {}))


class WebDouble:
    """See the module. Several may run; each has ports of its own."""

    def __init__(self, authority: Authority, host: str = "127.0.0.1") -> None:
        self.asked: list[Request] = []
        self.authority, self.host = authority, host
        self._scripts: dict[str, Script] = {}
        self._certificates: dict[str, Certificate] = {}
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._doors = [_listening(host), _listening(host)]
        self.port, self.tls_port = (door.getsockname()[1] for door in self._doors)
        for door, scheme in zip(self._doors, ("http", "https"), strict=True):
            self._start(self._serve, door, scheme)

    @property
    def ports(self) -> dict[int, int]:
        """What stands in for 80 and 443: `Outbound(stand_ins=...)`."""
        return {80: self.port, 443: self.tls_port}

    def page(self, url: str, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        """Answer with this. Underscores in names of headers become hyphens."""
        fields = {"Content-Length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        answer = f"HTTP/1.1 {status} Answer\r\n{head}\r\n".encode() + body
        self.script(url, lambda to: to.send(answer))

    def redirect(self, url: str, location: str | bytes, *, status: int = 302) -> None:
        place = location if isinstance(location, bytes) else location.encode()
        head = b"HTTP/1.1 %d Moved\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n"
        self.script(url, lambda to: to.send(head % (status, place)))

    def script(self, url: str, script: Script) -> None:
        """Run this with every visitor; afterwards the connection is closed."""
        self._scripts[url] = script

    def certificate(self, name: str, kind: Certificate) -> None:
        self._certificates[name] = kind

    def close(self) -> None:
        for opened in [*self._doors, *self._open]:
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, door: socket.socket, scheme: str) -> None:
        while True:
            try:
                opened, _ = door.accept()
            except OSError:
                return
            self._start(self._welcome, opened, scheme)

    def _welcome(self, opened: socket.socket, scheme: str) -> None:
        opened.settimeout(5)
        self._open.add(opened)
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(self._open.discard, opened)
            stack.callback(opened.close)
            address = opened.getsockname()[0]
            if scheme == "https":
                opened = self._greeter(address).wrap_socket(opened, server_side=True)
                stack.callback(opened.close)
            raw = _head(opened)
            request = _read(raw, scheme, address)
            self.asked.append(request)
            self._scripts.get(request.url, _missing)(Connection(opened, request))
            with contextlib.suppress(OSError):
                if scheme == "http":
                    opened.shutdown(socket.SHUT_WR)
                    opened.recv(_LONGEST_REQUEST)  # so that closing does not reset the answer

    def _greeter(self, address: str) -> ssl.SSLContext:
        """Shows the certificate of the site that is asked for; without a name that of the IP."""

        def choose(opened: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            if name is not None:
                opened.context = self._context(name)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.known.issue_cert(address).configure_cert(context)
        context.sni_callback = choose
        return context

    def _context(self, name: str) -> ssl.SSLContext:
        return self.authority.context(name, self._certificates.get(name, Certificate.GOOD))


def _nameless(authority: trustme.CA, name: str) -> trustme.LeafCert:
    """A certificate as they were before 2000: no alternative names, only a common one."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    secret = load_pem_private_key(authority.private_key_pem.bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    signed = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(signer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_PAST)
        .not_valid_after(_FUTURE)
        .sign(secret, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return trustme.LeafCert(pem, signed.public_bytes(Encoding.PEM), [])


def _listening(host: str) -> socket.socket:
    door = socket.create_server((host, 0), backlog=16)
    door.settimeout(None)
    return door


def _head(opened: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw and len(raw) < _LONGEST_REQUEST:
        part = opened.recv(_LONGEST_REQUEST)
        raw += part
        if not part or raw.startswith(b"\x16\x03"):  # nobody, or TLS where none is spoken
            raise ConnectionError
    return raw


def _read(raw: bytes, scheme: str, address: str) -> Request:
    first, *lines = raw.decode("latin-1").split("\r\n")
    fields = [line.partition(":") for line in lines if line]
    headers = {name.lower(): value.strip() for name, _, value in fields}
    host = headers.get("host", "").rpartition(":")
    name = host[0] if host[1] and host[2].isdigit() else headers.get("host", "")
    return Request(f"{scheme}://{name}{first.split(' ')[1]}", headers, address, raw)


def _missing(to: Connection) -> None:
    to.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    known, unknown = trustme.CA(), trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    known.cert_pem.write_to_path(str(path))
    return Authority(known, unknown, str(path))


@pytest.fixture
def web_server(authority: Authority) -> Iterator[WebDouble]:
    double = WebDouble(authority)
    yield double
    double.close()


@pytest.fixture
def outbound(dns_server: DnsDouble, web_server: WebDouble) -> Outbound:
    """The gate as workers use it, to which the doubles are the internet."""
    return Outbound(
        allow_loopback=True,
        nameservers=(dns_server.address,),
        trust=web_server.authority.file,
        stand_ins=web_server.ports,
        rdap_url="https://rdap.test/domain/",
    )
