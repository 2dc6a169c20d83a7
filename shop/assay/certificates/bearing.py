"""Which report, lot or sample does an address or a code name?

Most addresses bear a token that says nothing of the printed numbers. A number in them is compared
with a printed one only if it is built like it: letters where it has letters, digits where it has
digits, and half of them the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from shop.assay.certificates.facts import Field
from shop.assay.certificates.hosts import opened
from shop.assay.certificates.keys import code_key, confusable_key


class Answer(IntEnum):
    """What an address or code says of a printed number, the weightiest last."""

    NOTHING = 0
    SAME = 1
    PERHAPS = 2  # another number of the same build, which may be a program's own
    OTHER = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an address, and the word before it: `report=`, `/lot/`."""

    text: str
    name: str = ""
    is_lot: bool = False  # a standard says so (GS1)


@dataclass(frozen=True, slots=True)
class Borne:
    """What was found of one printed number: the token that says it, as written."""

    answer: Answer
    field: Field
    text: str


_SHORTEST, _LONGEST = 4, 40  # characters of a number that can be told from others
_MOST = 60
_NAMES_TEXT = """
    batch batchno batchnumber certificate certificateno certificatenumber certno coa coano lot
    lotno lotnumber report reportid reportno reportnumber sample sampleid sampleno
"""
_NAMES = frozenset(_NAMES_TEXT.split())
_NAMED = re.compile(r"(batch|certificate|cert|coa|lot|report|sample)[-_=:]", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:pdf|html?|aspx?|php|json)$", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# GS1 General Specifications: application identifiers 01 (GTIN), 11 to 17 (dates), 10 (lot).
_GS1_PATH = re.compile(r"/01/\d{8,14}(?:/\d{2}/[^/]+)*?/10/([^/?#]+)")
_GS1_TEXT = re.compile(r"\(10\)([^()\x1d]{1,20})")
_GS1_RAW = re.compile(r"(?:\][A-Za-z]\d)?01\d{14}(?:1[1-7]\d{6})*10([^\x1d]{1,20})")
_DAY = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)\d\d")
_FEWEST_DIGITS, _ENOUGH_DIGITS = 5, 6  # of a number without letters: fewer agree by chance


def tokens_of(text: str) -> tuple[Token, ...]:
    """The pieces of an address, or of what a code says, that may be numbers of a report."""
    return tuple(token for token, _ in zip(_tokens(text), range(_MOST), strict=False))


def borne(
    tokens: Sequence[Token], fields: Sequence[Field], numbers: frozenset[str]
) -> Iterator[Borne]:
    """Answer for each printed number of which the tokens say something.

    A token whose digits the document prints elsewhere is no other report's number.
    """
    same = {
        field.name: token
        for field in fields
        for token in tokens
        if _is_same(token, code_key(field.value))
    }
    told = {id(token) for token in same.values()}
    for field in fields:
        if field.name in same:
            yield Borne(Answer.SAME, field, same[field.name].text)
            continue
        others = [token for token in tokens if id(token) not in told]
        said = [(_other(token, field), token) for token in others if not _is_in(token, numbers)]
        answer, token = max(said, key=lambda pair: pair[0], default=(Answer.NOTHING, None))
        if token is not None and answer is not Answer.NOTHING:
            yield Borne(answer, field, token.text)


def _tokens(text: str) -> Iterator[Token]:
    address = opened(text) if "/" in text or "." in text else None
    for pattern in (_GS1_TEXT, _GS1_RAW):
        if address is None and (match := pattern.search(text)):
            yield Token(match[1].strip(), is_lot=True)
            return
    if address is None:
        yield from (Token(word) for word in re.split(r"[\s;,|]+", text) if word)
        return
    if match := _GS1_PATH.search(address.path):
        yield Token(_plain(match[1]), is_lot=True)
        return
    before = ""
    for piece in address.path.split("/"):
        yield from _named(_ENDING.sub("", _plain(piece)), before)
        before = piece
    fragment = address.href.partition("#")[2]
    for piece in re.split(r"[?&;/]", f"{address.query}&{fragment}"):
        name, _, value = piece.rpartition("=")
        yield from _named(_plain(value), name)


def _named(text: str, name: str) -> Iterator[Token]:
    """The piece; "report-NM-26-10417" names itself."""
    match = _NAMED.match(text)
    if match:
        name, text = match[1], text[match.end() :]
    if text:
        yield Token(text[:200], re.sub(r"[\W_]", "", name).lower())


def _plain(escaped: str) -> str:
    return _ESCAPED.sub(
        lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"),
        escaped.replace("+", " "),
    )


def _is_same(token: Token, key: str) -> bool:
    """Whether the token is the number, or holds it among other things."""
    own = code_key(token.text)
    return bool(key) and (own == key or (len(key) >= _FEWEST_DIGITS and key in own))


def _is_in(token: Token, numbers: frozenset[str]) -> bool:
    runs = [run for run in re.findall(r"\d+", token.text) if len(run) >= _SHORTEST]
    return bool(runs) and all(run in numbers for run in runs)


def _other(token: Token, field: Field) -> Answer:
    """Whether the token is another number of the same build."""
    own, key = code_key(token.text), code_key(field.value)
    if confusable_key(own) == confusable_key(key) or not key:
        return Answer.NOTHING
    if token.is_lot:
        return Answer.OTHER if field.name == "lot" else Answer.NOTHING
    if not _SHORTEST <= len(own) <= _LONGEST or _build(own) != _build(key) or _DAY.fullmatch(own):
        return Answer.NOTHING
    is_half_alike = 2 * sum(map(str.__eq__, own, key)) >= len(key)
    if not own.isdigit():
        return Answer.OTHER if is_half_alike else Answer.NOTHING
    is_named = token.name in _NAMES
    if len(own) < _FEWEST_DIGITS or not (is_named or is_half_alike):
        return Answer.NOTHING
    is_certain = is_named and is_half_alike and len(own) >= _ENOUGH_DIGITS
    return Answer.OTHER if is_certain else Answer.PERHAPS


def _build(key: str) -> str:
    return "".join("9" if character.isdigit() else "A" for character in key)
