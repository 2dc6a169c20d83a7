"""Which site does a link open? Answered as a browser answers it (WHATWG URL, by ada).

Nothing else in the house may take a host out of a link. `parse` never raises, whatever the text.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import ada_url

from shop.assay.sellers.endings import Place, place_of

# What WHATWG strips from both ends of a link: C0 controls and the space.
_EDGES = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# A link as a person reads it: two slashes, then everything up to the path.
_AS_READ = re.compile(r"[A-Za-z]+://([^/?#]*)")
_PORT_AT_END = re.compile(r":[0-9]*\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Reserved for documentation (RFC 6761, 6.5). Our sample data lives there: it counts as an ending.
_DOCUMENTATION = "example"
_NOWHERE = Place()
# Names that no public DNS serves (RFC 6761, RFC 6762 appendix G, RFC 8375, ICANN SAC113).
_INTERNAL = (
    ".corp",
    ".home",
    ".home.arpa",
    ".internal",
    ".intranet",
    ".lan",
    ".local",
    ".localdomain",
    ".localhost",
    ".private",
)
# The link as nearly everybody writes it, which a browser takes as it stands: ada has nothing to
# decode, fold, encode or resolve in these characters. docs/adr/0010; a test holds it to ada.
_SAFE = "A-Za-z0-9_.~!$&*+,;=:@()-"
# A repetition takes all it can and gives nothing back (*+), where what follows could not be in it.
_PLAIN = re.compile(
    r"https://([a-z0-9-][a-z0-9.-]*[.][a-z]{2,63})"
    rf"(((?:/(?![.])[{_SAFE}]*+)++)(?:[?][/?%{_SAFE}]++)?+(?:#[/?%{_SAFE}]++)?+)?"
)

# A link whose host is as plain, whatever comes after it: nothing there changes the host.
USUAL = re.compile(r"https://([a-z0-9-][a-z0-9.-]*[.][a-z]{2,63})(?![^/?#])")


class Problem(StrEnum):
    """Why a text is no web address that can be opened."""

    NOT_ABSOLUTE = "not_absolute"
    SCHEME_NOT_WEB = "scheme_not_web"
    SCRIPT = "script"  # javascript: and data:, which run something instead of opening a site
    INVALID = "invalid"


class Link(NamedTuple):
    """A text that is or is not a link, and what a browser makes of it.

    When `problem` is set everything after it is empty. A tuple, because links are made by the
    million and a tuple is made at once; what few ask for is found out when it is asked for.
    """

    text: str
    problem: Problem | None = None
    href: str = ""  # as the browser sends it
    scheme: str = ""
    host: str = ""  # lower case, punycode; an IPv6 address keeps its brackets
    unicode_host: str = ""
    is_ip: bool = False
    port: int | None = None  # None: the scheme's own
    path: str = ""  # after dot segments are resolved
    after_host: str = ""  # path, query and fragment
    has_credentials: bool = False
    is_rewritten: bool = False  # the site as written is not the site that opens
    as_written: str = ""  # what a person takes for the site, when it is rewritten

    @property
    def is_valid(self) -> bool:
        return self.problem is None

    @property
    def name(self) -> str:
        """The host without the root's dot: what is compared."""
        return self.host.removesuffix(".")

    @property
    def place(self) -> Place:
        """Where the name stands under the endings that the Public Suffix List knows."""
        return _NOWHERE if self.is_ip or not self.host else place_of(self.name)

    @property
    def suffix(self) -> str:
        """The public suffix, private ones included ("myshopify.com")."""
        return self.place.suffix

    @property
    def registrable(self) -> str:
        """The suffix and one label more; empty when there is none."""
        return self.place.registrable

    @property
    def platform(self) -> str:
        """The private suffix of which this host is a tenant."""
        return self.place.platform

    @property
    def site(self) -> str:
        """The registrable name when private suffixes do not count."""
        return self.place.site

    @property
    def segments(self) -> tuple[str, ...]:
        """Of the path, after dot segments are resolved."""
        parts = self.path.removeprefix("/").split("/")
        return tuple(parts[:-1] if parts[-1] == "" else parts)

    @property
    def shown(self) -> str:
        """The host as the browser shows it, with its punycode beside it for an IDN."""
        return shown_as(self.host, self.unicode_host)

    @property
    def label(self) -> str:
        """The registrable name without its ending: "hairiz" of shop.hairiz.com."""
        return self.registrable.partition(".")[0]

    @property
    def subdomain(self) -> str:
        """What stands before the registrable name."""
        return self.name.removesuffix(self.registrable).removesuffix(".")

    @property
    def is_internal(self) -> bool:
        return is_internal_name(self.name)

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it needs a word but whose the site is; true of nearly every link."""
        is_usual = self.scheme == "https" and self.port is None and not self.has_credentials
        return is_usual and not (self.is_rewritten or self.is_ip or self.is_internal)

    @property
    def is_sample(self) -> bool:
        """Whether the name is reserved for documentation: no site is there to be visited."""
        return self.suffix == _DOCUMENTATION

    @property
    def is_suffix(self) -> bool:
        """Whether everybody's names stand directly below this one (co.uk, myshopify.com)."""
        return self.place.is_suffix

    @property
    def is_public(self) -> bool:
        """Whether the name can be registered by somebody: it has a known ending and more."""
        place = self.place
        return bool(place.registrable) and (self.is_sample or place.is_listed)


def parse(text: str) -> Link:
    """Read a link as the address bar does."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None and "xn--" not in text:
        host, after_host, path = plain.groups()
        return _as_it_stands(text, host, path, after_host)
    return _parse_at_length(text)


def host_of(text: str) -> str:
    """The host in a field where people write hosts, addresses or both; "" when there is none.

    Punycode, lower case, without the root's dot: the form in which hosts are stored and compared.
    """
    link = parse(text)
    if link.problem is Problem.NOT_ABSOLUTE or (link.problem and "://" not in text):
        link = parse(f"https://{text.strip(_EDGES).removeprefix('//')}")
    has_only_host = not (link.has_credentials or link.is_ip)
    return link.name if link.is_valid and has_only_host else ""


def shown_as(host: str, unicode_host: str) -> str:
    """A host as the browser shows it, with its punycode beside it for an IDN."""
    return host if host == unicode_host else f"{unicode_host} ({host})"


def is_internal_name(name: str) -> bool:
    """Whether no public DNS serves it."""
    return f".{name}".endswith(_INTERNAL)


def suffixes(name: str) -> tuple[str, ...]:
    """A name and all that it stands under: a.b.c, b.c, c. At most 127, as DNS allows."""
    labels = name.split(".")[-127:]
    return tuple(".".join(labels[start:]) for start in range(len(labels)))


def path_of(text: str) -> tuple[str, ...]:
    """The segments of a path that somebody wrote, resolved as in a link."""
    link = parse(f"https://host.example/{text.strip(_EDGES).lstrip('/')}")
    return link.segments


@lru_cache(maxsize=8)  # whoever gathers, looks near and judges asks for the same link in a row
def _parse_at_length(text: str) -> Link:
    trimmed = _SURROGATE.sub("\ufffd", text).strip(_EDGES)
    scheme = _SCHEME.match(re.sub(r"[\t\n\r]", "", trimmed))
    if scheme is None:
        return Link(text, Problem.NOT_ABSOLUTE)
    if scheme[1].lower() not in {"http", "https"}:
        is_script = scheme[1].lower() in {"javascript", "data"}
        return Link(text, Problem.SCRIPT if is_script else Problem.SCHEME_NOT_WEB)
    try:
        url = ada_url.URL(trimmed)
    except ValueError:
        return Link(text, Problem.INVALID)
    return _describe(text, trimmed, url)


def _as_it_stands(text: str, host: str, path: str | None, after_host: str | None) -> Link:
    """A plain link, which a browser changes in nothing but adding the path "/".

    Made by the tuple's own constructor, in a third of the time that the named one takes.
    """
    href = text
    if path is None:
        href, path, after_host = f"{text}/", "/", "/"
    fields = (
        text,
        None,
        href,
        "https",
        host,
        host,
        False,
        None,
        path,
        after_host,
        False,
        False,
        "",
    )
    return tuple.__new__(Link, fields)


def _describe(text: str, trimmed: str, url: ada_url.URL) -> Link:
    host = str(url.hostname)
    is_ip = url.host_type in {ada_url.HostType.IPV4, ada_url.HostType.IPV6}
    unicode_host = host if is_ip else _unicode(host)
    as_written = _site_as_written(trimmed)
    is_rewritten = as_written not in {host, unicode_host}
    path = str(url.pathname)
    return Link(
        text=text,
        href=str(url.href),
        scheme=str(url.protocol).removesuffix(":"),
        host=host,
        unicode_host=unicode_host,
        is_ip=is_ip,
        port=int(str(url.port)) if url.port else None,
        path=path,
        after_host=f"{path}{url.search}{url.hash}",
        has_credentials=bool(url.username or url.password),
        is_rewritten=is_rewritten,
        as_written=(as_written if as_written is not None else trimmed) if is_rewritten else "",
    )


def _site_as_written(trimmed: str) -> str | None:
    """The site that a person reads in the text; None when it is not written like an address."""
    read = _AS_READ.match(trimmed)
    if read is None:
        return None
    site = _PORT_AT_END.sub("", read[1].rpartition("@")[2])
    return unicodedata.normalize("NFC", site.lower())


def _unicode(host: str) -> str:
    return str(ada_url.idna_to_unicode(host)) if "xn--" in host else host
