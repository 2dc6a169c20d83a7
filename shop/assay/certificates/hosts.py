"""Whose place does an address on a document open?

The host is the one that a browser opens (WHATWG URL, by ada), as for sellers' links; the two judges
do not know each other, and a test holds their answers together.
"""

import re
from functools import cache
from typing import NamedTuple

import ada_url
from publicsuffixlist import PublicSuffixList

_EDGES = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST = 2_000
LONGEST_HOST = 253  # characters without the root's dot (RFC 1035, 2.3.4)
# Where the first part of the path says whose files they are, and everybody can have some.
_STORES = frozenset({"s3.amazonaws.com", "storage.cloud.google.com", "storage.googleapis.com"})
_REGION_STORE = re.compile(r"s3[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?")
# Firebase: /v0/b/<bucket>/o/<file>
_FIREBASE, _FIREBASE_PLACE = "firebasestorage.googleapis.com", 2
# Where an address is a key to one file, and does not say whose it is.
_DROPS = frozenset(
    {"docs.google.com", "drive.google.com", "dropbox.com", "we.tl", "wetransfer.com", "box.com"}
    | {"1drv.ms", "onedrive.live.com", "mega.nz", "scribd.com", "issuu.com", "docdroid.net"}
)


class Address(NamedTuple):
    """A web address, opened."""

    href: str  # as the browser sends it
    host: str  # lower case, punycode, without the root's dot
    path: str
    query: str  # with its question mark


def opened(text: str) -> Address | None:
    """The address; without a scheme only if its ending is known. None for what opens no site."""
    trimmed = _SURROGATE.sub("\ufffd", text[:_LONGEST]).strip(_EDGES)
    has_scheme = bool(_SCHEME.match(trimmed))
    if not has_scheme:
        trimmed = f"https://{trimmed.removeprefix('//')}"
    if not trimmed.lower().startswith(("http:", "https:")):
        return None
    try:
        url = ada_url.URL(trimmed)
    except ValueError:
        return None
    host = str(url.hostname).removesuffix(".")
    if not host or len(host) > LONGEST_HOST or not (has_scheme or has_known_ending(host)):
        return None
    return Address(str(url.href), host, str(url.pathname), str(url.search))


def keeper(address: Address) -> str:
    """Who keeps what the address leads to: the host, on shared stores the bucket with it.

    Empty where the address does not say whose the file is.
    """
    segments = [segment for segment in address.path.split("/") if segment]
    host = address.host.removeprefix("www.")
    if is_under(host, _DROPS):
        return ""
    if host == _FIREBASE:
        rest = segments[_FIREBASE_PLACE:]
        return f"{host}/{rest[0]}" if rest else ""
    if host in _STORES or _REGION_STORE.fullmatch(host):
        return f"{host}/{segments[0]}" if segments else ""
    return address.host


def site_of(host: str) -> str:
    """The registrable name that a host stands under, a platform's tenant counting as one."""
    if host[-1:].isdigit() or host.startswith("["):
        return host  # a number, of which every part counts
    name = endings().privatesuffix(host)
    if name is not None or endings().publicsuffix(host) is not None:
        return str(name or host)
    return ".".join(host.split(".")[-2:])  # an ending that is on no list, as browsers take it


def has_known_ending(host: str) -> bool:
    """Whether somebody can have the name: its ending is public, or the one of documentation."""
    return host.endswith(".example") or endings().privatesuffix(host) is not None


def is_under(host: str, names: frozenset[str] | tuple[str, ...]) -> bool:
    """Whether the host is one of the names, or stands below one; "www." on record counts not.

    A name may end in a bucket ("storage.googleapis.com/lab"), see `keeper`.
    """
    return any(_is_below(host, name.strip().lower().removeprefix("www.")) for name in names)


def _is_below(host: str, name: str) -> bool:
    return bool(name) and (host == name or host.endswith(f".{name}"))


@cache
def endings() -> PublicSuffixList:
    """The list, read once: that takes 30 ms, which a server pays before it forks."""
    return PublicSuffixList(accept_unknown=False)
