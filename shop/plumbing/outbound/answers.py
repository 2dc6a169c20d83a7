"""What comes back from outside, and in which ways does it not come back?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

KIBIBYTE = 1024
MOST_BYTES = 1024 * KIBIBYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may cost, over all its redirects. ValueError for a body above 1 MiB."""

    max_bytes: int = 64 * KIBIBYTE
    seconds: float = 10.0
    redirects: int = 5
    keeps_start: bool = False  # of a longer body keep the first `max_bytes` instead of refusing it

    def __post_init__(self) -> None:
        if not 0 < self.max_bytes <= MOST_BYTES:
            message = f"max_bytes is {self.max_bytes}; nothing larger than {MOST_BYTES} is read"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Hop:
    """One address on the way, as a browser would send it, and what was met there.

    `tls` is "ok", "name_mismatch" or "not_trusted"; "" over http and where no certificate was
    seen. `status` is None and `address` is "" when it did not come so far.
    """

    url: str
    status: int | None = None
    address: str = ""
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the last address answered. `body` is as sent, whatever its Content-Encoding."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in lower case; several of a name joined by ", "
    body: bytes
    hops: tuple[Hop, ...]

    @property
    def is_encoded(self) -> bool:
        """Whether the server packed the body though we asked it not to: it stays packed."""
        return self.headers.get("content-encoding", "identity").lower() != "identity"


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a link led. `trouble` is about the last hop; its values are those of
    `shop.assay.sellers.observed.Trouble`, and "" when an answer was there. A certificate that
    does not hold ends the trace as "unreachable", and its hop's `tls` says why.
    """

    hops: tuple[Hop, ...]
    trouble: Literal["", "blocked", "too_many", "not_found", "unreachable"]


@dataclass(frozen=True, slots=True)
class TxtAnswer:
    """The TXT records of a name, the strings of each joined.

    "absent": the DNS says that there are none. "unavailable": the DNS did not say.
    """

    values: tuple[bytes, ...]
    state: Literal["ok", "absent", "unavailable"]


class Code(StrEnum):
    """Why there is no answer. Stable: kept in rows and logs."""

    ADDRESS_DENIED = "address_denied"  # Blocked
    LOCAL_NAME = "local_name"  # Blocked: localhost, printer.local
    INVALID = "invalid"  # NotOpened
    SCHEME = "scheme"  # NotOpened: neither http nor https
    PORT = "port"  # NotOpened
    CREDENTIALS = "credentials"  # NotOpened
    TOO_LONG = "too_long"  # NotOpened
    NOT_ENCRYPTED = "not_encrypted"
    LEFT_HOST = "left_host"
    NOT_FOUND = "not_found"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    HEADERS_TOO_LARGE = "headers_too_large"  # TooLarge
    BODY_TOO_LARGE = "body_too_large"  # TooLarge
    TOO_SLOW = "too_slow"
    NAME_MISMATCH = "name_mismatch"  # NotTrusted: for another name
    NOT_TRUSTED = "not_trusted"  # NotTrusted: expired, self-signed, of an unknown authority
    DNS_UNAVAILABLE = "dns_unavailable"  # Unreachable, as all below
    NO_CONNECTION = "no_connection"
    TLS_FAILED = "tls_failed"
    NOT_HTTP = "not_http"
    CUT_OFF = "cut_off"
    BAD_REDIRECT = "bad_redirect"
    RDAP_STATUS = "rdap_status"
    RDAP_UNREADABLE = "rdap_unreadable"


class OutboundError(Exception):
    """No answer. `hops` is how far it came, the failing one last."""

    def __init__(self, code: Code, hops: tuple[Hop, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.hops = hops

    def __str__(self) -> str:
        return f"{self.code} at {self.hops[-1].url:.200}" if self.hops else self.code


class Blocked(OutboundError):  # noqa: N818 - the words of the house: an outcome, not a fault
    """It leads to an internal network."""


class NotOpened(OutboundError):  # noqa: N818 - as Blocked
    """No address that we open, whatever is there."""


class NotEncrypted(OutboundError):  # noqa: N818 - as Blocked
    """It is, or goes on to, http where only https will do."""


class LeftHost(OutboundError):  # noqa: N818 - as Blocked
    """It redirects to another host where it must not."""


class NotFoundInDns(OutboundError):  # noqa: N818 - as Blocked
    """The DNS says that the name has no address."""


class TooManyRedirects(OutboundError):  # noqa: N818 - as Blocked
    """More redirects than the limits allow."""


class TooLarge(OutboundError):  # noqa: N818 - as Blocked
    """More bytes than the limits allow."""


class TooSlow(OutboundError):  # noqa: N818 - as Blocked
    """The time was over before the answer was whole."""


class NotTrusted(OutboundError):  # noqa: N818 - as Blocked
    """The certificate does not hold."""


class Unreachable(OutboundError):  # noqa: N818 - as Blocked
    """No answer, or none that can be read."""
