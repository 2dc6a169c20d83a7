"""What did a worker see when it followed a link? Stored, dated, and judged without a network."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trouble(StrEnum):
    """Why following a link ended before a page was there."""

    BLOCKED = "blocked"  # led to an address of an internal network: not opened
    TOO_MANY = "too_many"  # more redirects than a shop needs
    NOT_FOUND = "not_found"  # the name is in nobody's DNS
    UNREACHABLE = "unreachable"  # no answer in time, or none that could be read


class TlsState(StrEnum):
    """Whether the site's certificate vouches for its name."""

    OK = "ok"
    NAME_MISMATCH = "name_mismatch"
    NOT_TRUSTED = "not_trusted"


@dataclass(frozen=True, slots=True)
class Chain:
    """The addresses that a link led through, itself first, each as a browser would send it."""

    urls: tuple[str, ...]
    followed_on: date
    trouble: Trouble | None = None  # about the last address


@dataclass(frozen=True, slots=True)
class Tls:
    """What the certificate at one host came to."""

    host: str
    state: TlsState
    seen_on: date


@dataclass(frozen=True, slots=True)
class Registration:
    """Since when a registrable name belongs to whoever has it now (RDAP)."""

    name: str
    created_on: date


@dataclass(frozen=True, slots=True)
class Listing:
    """That a public list of harmful sites names a host, or a name above it."""

    host: str
    source: str  # the list's own name
    listed_on: date


@dataclass(frozen=True, slots=True)
class Observed:
    """Everything seen about one link. Empty: nobody has looked yet."""

    chain: Chain | None = None
    before: Chain | None = None  # the one before, when it ended elsewhere
    tls: tuple[Tls, ...] = ()
    registrations: tuple[Registration, ...] = ()
    listings: tuple[Listing, ...] = ()


NOTHING_OBSERVED = Observed()
