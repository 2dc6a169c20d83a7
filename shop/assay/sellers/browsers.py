"""Which host does `new URL(input, base)` name in Chromium, and on which port?

The standard (WHATWG URL, by ada) answers nearly always. Where Chromium departs from it for http,
https and their kin, Chromium's answer stands here; tests/accuracy compares both with a real
browser. The judge does not use this: `hostnames.parse` keeps to the standard, so that what only one
browser would repair is never rendered as a link.
"""

import re
import unicodedata
from dataclasses import dataclass

import ada_url
from idna.core import valid_contextj

from shop.assay.sellers import bidi
from shop.assay.sellers.hostnames import Link, parse

_EDGES = "".join(map(chr, range(0x21)))
_REMOVED = str.maketrans("", "", "\t\n\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SPECIAL = frozenset({"http", "https", "ws", "wss", "ftp"})
_AUTHORITY = re.compile(r"([/\\]*)([^/\\?#]*)")
_OPAQUE_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
# A host with none of these is read by Chromium as the standard says.
_ODD = re.compile(r"[^!-$&-)+-Z^-~]")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x1f#%/<>?@\\^|\x7f]")
_TO_ESCAPE = re.compile(r"[\x00-\x20#%*/<>?@\\^|\x7f]")
_BRACKETS = re.compile(r"[\[:\]]")  # tolerated until it is known that this is no IPv6 address
_FORBIDDEN_BYTES = frozenset(b"\0\t\n\r #/:<>?@[\\]^|")
_NUMBER_AT_END = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9A-Fa-f]*)\.?\Z")
_DOTTED_TAIL = re.compile(r"(\[[0-9a-f:]*:)([0-9a-fx]+(?:\.[0-9a-fx]+){3})\]")
_JOINERS = re.compile("[\u200c\u200d]")
_STAND_IN, _STAND_IN_OF_BASE = "stand-in.invalid", "stand-in-of-base.invalid"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a browser makes of an address."""

    host: str  # URL.hostname: punycode, lower case, IPv6 in brackets; "" where a scheme has none
    port: int | None  # None: the scheme's own
    registrable: str  # "" when there is none: numbers, single labels, public suffixes


def opened(text: str, base: str | None = None) -> Opened | None:
    """The same as `new URL(text, base)`; None where a browser throws. An empty base is none."""
    try:
        url, host = _url(_cleaned(text), _cleaned(base) if base else None)
    except ValueError:
        return None
    return Opened(host, int(str(url.port)) if url.port else None, _registrable(host))


def registrable(link: Link) -> str:
    """The name that somebody registered, private suffixes counted; "" for a suffix itself."""
    return "" if link.is_suffix else link.registrable


def _registrable(host: str) -> str:
    return registrable(parse(f"https://{host}/")) if host and "%" not in host else ""


def _cleaned(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text).strip(_EDGES).translate(_REMOVED)


def _url(text: str, base: str | None) -> tuple[ada_url.URL, str]:
    """The URL as the standard reads it, and the host as Chromium does. Raises ValueError."""
    odd: dict[str, str] = {}
    below = ""
    if base is not None:
        base = _with_stand_in(base, "", _STAND_IN_OF_BASE, odd)
        below = str(ada_url.URL(base).protocol).removesuffix(":")
    text = _with_stand_in(text, below, _STAND_IN, odd)
    url = ada_url.URL(text) if base is None else ada_url.URL(text, base)
    host = str(url.hostname)
    return url, odd.get(host, host)


def _with_stand_in(text: str, below: str, stand_in: str, odd: dict[str, str]) -> str:
    """The text with an ordinary host in place of one that Chromium reads in its own way.

    What it reads is put into `odd`. `below` is the scheme of the base, if there is one.
    """
    scheme = _SCHEME.match(text)
    name = scheme[1].lower() if scheme else below
    if name not in _SPECIAL:
        _refuse_opaque(text)
        return text
    start = scheme.end() if scheme else 0
    found = _AUTHORITY.match(text, start)
    if found is None or (len(found[1]) < 2 and name == below):  # noqa: PLR2004 - it is relative
        return text
    first = found.start(2) + found[2].rfind("@") + 1
    host = _without_port(text[first : found.end()])
    if not host or not _ODD.search(host):
        return text
    odd[stand_in] = _host(host)
    return f"{text[:first]}{stand_in}{text[first + len(host) :]}"


def _without_port(authority: str) -> str:
    """Up to the last colon outside brackets; the standard ends a host at the first."""
    after_brackets = len(authority) if authority.startswith("[") else 0
    after_brackets = authority.rfind("]") + 1 or after_brackets
    colon = authority.rfind(":", after_brackets)
    return authority if colon < 0 else authority[:colon]


def _refuse_opaque(text: str) -> None:
    """Of a host under another scheme, Chromium tests the low bytes of its UTF-16 units."""
    found = _OPAQUE_HOST.match(text)
    host = _without_port(found[1].rpartition("@")[2]) if found else ""
    if not host.isascii() and any(_first_unit(char) & 0xFF in _FORBIDDEN_BYTES for char in host):
        raise ValueError


def _first_unit(char: str) -> int:
    code = ord(char)
    return code if code < 0x10000 else 0xD800 + ((code - 0x10000) >> 10)  # noqa: PLR2004 - UTF-16


def _host(raw: str) -> str:
    """A host by Chromium's steps: unescape, escape again, to ASCII, unescape once more.

    A space and an asterisk stay escaped, where the standard forbids the one and keeps the other.
    """
    host = _unescaped(raw)
    if not host.isascii():
        host = _unescaped(_to_ascii(_TO_ESCAPE.sub(_escaped, host)))
    if _FORBIDDEN.search(host):
        raise ValueError
    host = _TO_ESCAPE.sub(_escaped, host)
    if host.startswith("[") and host.endswith("]"):
        return _with_plain_tail(host)
    if _BRACKETS.search(host):
        raise ValueError
    if "%" not in host:
        return str(ada_url.URL(f"https://{host}/").hostname)
    if _NUMBER_AT_END.search(host):
        raise ValueError
    return host


def _to_ascii(host: str) -> str:
    found = ada_url.idna_to_ascii(host).decode()
    mapped = str(ada_url.idna_to_unicode(found))
    if not found or bidi.breaks_rule(mapped) or not all(map(_joins_well, mapped.split("."))):
        raise ValueError
    if not all(map(_is_punycode, found.split("."))):  # "xn---Ⅷ": only now written like it
        raise ValueError
    return found


def _is_punycode(label: str) -> bool:
    is_plain = not label.startswith("xn--") or "%" in label
    return is_plain or bool(ada_url.idna_to_ascii(label))


def _joins_well(label: str) -> bool:
    """Ada knows fewer joining letters and marks than Unicode has (RFC 5892, A.1 and A.2)."""
    if unicodedata.category(label[:1] or "a").startswith("M"):
        return False
    return all(valid_contextj(label, found.start()) for found in _JOINERS.finditer(label))


def _unescaped(text: str) -> str:
    raw = _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), text.encode())
    return raw.decode().lower() if raw.isascii() else raw.decode()


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _with_plain_tail(host: str) -> str:
    """Chromium lets the IPv4 part of an IPv6 address be written in octal or hexadecimal."""
    found = _DOTTED_TAIL.fullmatch(host)
    if found is not None:
        host = f"{found[1]}{ada_url.URL(f'https://{found[2]}/').hostname}]"
    return str(ada_url.URL(f"https://{host}/").hostname)
