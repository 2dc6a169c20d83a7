"""What does an owner publish to show control of an address, and is it what we asked for?

The text is `token=<base32, 160 bits> expiry=YYYY-MM-DD`, as a DNS record, in a file or in a tag of
the home page. What others publish beside it is passed over. Its `expiry` is for people: by when we
must have found it. When a token runs out is read off our own record.
"""

import base64
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import escape
from html.parser import HTMLParser

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.facts import ProofMethod
from shop.assay.sellers.hostnames import parse

TOKEN_BYTES = 20  # 160 bits
RECORD = "_assay-challenge"
FILE = "/.well-known/assay-challenge.txt"
TAG = "assay-challenge"
# Of a page, as much as is read: the head comes first, and a page may be of any size.
PAGE_CHARACTERS = 65_536
_TOKEN = re.compile(r"[A-Z2-7]{32}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTES = "\"'"
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_OF_A_HEAD = frozenset({"base", "head", "html", "link", "meta"})
# Whatever stands in these is text, or for other eyes; a tag in it is none.
_CLOSED = ("noscript", "script", "style", "template", "title")


@dataclass(frozen=True, slots=True)
class Published:
    """What was found in the place where a token is looked for."""

    tokens: tuple[str, ...] = ()
    is_empty: bool = True  # nothing at all, of anybody


@dataclass(frozen=True, slots=True)
class Instructions:
    """What the owner is asked to do: put `text` at `place`."""

    place: str  # a DNS name, or a web address
    text: str  # a record's value, a file's contents, or a tag


def token_text(entropy: bytes) -> str:
    """160 random bits as people copy them: 32 letters and digits."""
    return base64.b32encode(entropy).decode("ascii")


def digest(token: str, host: str, owner: str) -> str:
    """What is kept of a token. Copied to another host or another owner it gives another digest."""
    return sha256(f"assay-challenge\n{token}\n{host}\n{owner}".encode()).hexdigest()


def is_ours(published: Published, *, host: str, owner: str, kept: str) -> bool:
    """Whether one of the tokens is the one of which `kept` is the digest. In constant time."""
    same = [hmac.compare_digest(digest(token, host, owner), kept) for token in published.tokens]
    return any(same)


def methods_for(host: str) -> tuple[ProofMethod, ...]:
    """How control of a host can be shown, the strongest first; empty where nobody can have it.

    Below a private suffix (github.io) the records are the platform's, not the tenant's.
    """
    link = parse(f"https://{host}")
    if not link.is_public or link.is_internal or link.is_ip:
        return ()
    if link.platform or link.is_suffix or len(f"{RECORD}.{link.name}") > LONGEST_HOST:
        return ProofMethod.FILE, ProofMethod.META
    return ProofMethod.DNS, ProofMethod.FILE, ProofMethod.META


def place(method: ProofMethod, host: str) -> str:
    """Where the owner publishes, and where we look."""
    match method:
        case ProofMethod.DNS:
            return f"{RECORD}.{host}"
        case ProofMethod.FILE:
            return f"https://{host}{FILE}"
        case ProofMethod.META:
            return f"https://{host}/"


def instructions(method: ProofMethod, host: str, *, token: str, expires_on: date) -> Instructions:
    """Where the owner of a host publishes the token, and the exact text to put there."""
    text = f"token={token} expiry={expires_on.isoformat()}"
    is_tag = method is ProofMethod.META
    written = f'<meta name="{TAG}" content="{escape(text)}">' if is_tag else text
    return Instructions(place(method, host), written)


def in_records(values: Iterable[bytes]) -> Published:
    """TXT values, the strings of each joined."""
    return _read(value.decode("utf-8", "replace") for value in values)


def in_file(body: bytes) -> Published:
    """A file; each line may hold a token, so that several accounts can share it."""
    return _read(body.decode("utf-8-sig", "replace").splitlines())


def in_page(body: bytes) -> Published:
    """The tags in the head of a page, as a browser without scripts reads it."""
    reader = _Head()
    reader.read(body.decode("utf-8-sig", "replace")[:PAGE_CHARACTERS])
    return _read(reader.contents)


def _read(texts: Iterable[str]) -> Published:
    said = [text for text in map(str.strip, texts) if text]
    found = (_token(text) for text in said)
    tokens = tuple(dict.fromkeys(token for token in found if token))
    return Published(tokens, is_empty=not said)


def _token(text: str) -> str:
    """The token of one text; "" when it is another text. Quotation marks were pasted along."""
    pairs = [part.partition("=") for part in text.strip(_QUOTES).split()]
    if not all(equals for _, equals, _ in pairs):
        return ""
    fields = {key.lower(): value for key, _, value in pairs}
    token = fields.get("token", "").upper()
    if _TOKEN.fullmatch(token) is None or not _is_day(fields.get("expiry", "")):
        return ""
    return token


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _OverError(Exception):
    """The head has ended."""


class _Head(HTMLParser):
    """The `content` of our tags in a page's head.

    Strict where html.parser takes for a tag what a browser does not: comments end, and closed
    elements end, as in WHATWG's tokenizer. Whatever cannot stand in a head ends it, so that
    garbage costs one look.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.contents: list[str] = []

    def read(self, text: str) -> None:
        try:
            self.feed(text)
            self.close()
        except (_OverError, AssertionError):  # html.parser asserts on <![ of an unknown kind
            return

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        del escapable
        super().set_cdata_mode(elem)
        self.interesting = re.compile(rf"</{elem}(?=[\s/>])", re.IGNORECASE)

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - html.parser's own
        del report
        comment = _COMMENT.match(self.rawdata, i)
        return comment.end() if comment else len(self.rawdata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED:
            self.set_cdata_mode(tag)
            return
        if tag not in _OF_A_HEAD:
            raise _OverError
        named = {key: value or "" for key, value in reversed(attrs)}  # the first of two counts
        if tag == "meta" and named.get("name", "").strip().lower() == TAG:
            self.contents.append(named.get("content", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTML knows no <script/>: what follows is script."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            raise _OverError

    def handle_data(self, data: str) -> None:
        if data.strip() and self.cdata_elem is None:
            raise _OverError
