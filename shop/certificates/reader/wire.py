"""What comes back from the reader's process, and how is it told apart from nonsense?

The process that answers has held a stranger's file, so its answer is checked like a stranger's:
every value has its type and its greatest length, and what does not fit is `Malformed`.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from shop.assay.certificates.facts import (
    Box,
    Code,
    Field,
    FieldName,
    FileFacts,
    Kind,
    Problem,
    Result,
    Source,
)

_LONGEST_TEXT = 200_000
_MOST_ITEMS = 2_000
_T = TypeVar("_T")


class Malformed(Exception):  # noqa: N818 - a judgement on the answer
    """The answer is not one that our reader gives."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """One page as shoppers see it, a WebP picture, and the words on it."""

    number: int
    width: int
    height: int
    text: str
    content: bytes = b""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything the reader can say about one document."""

    file: FileFacts
    kind: Kind = Kind.UNKNOWN
    title: str = ""
    specimen_phrase: str = ""
    language: str = ""
    fields: tuple[Field, ...] = ()
    results: tuple[Result, ...] = ()
    codes: tuple[Code, ...] = ()
    previews: tuple[Preview, ...] = ()
    isolation: str = ""  # how the network was taken away, see sandbox.cut_network


def encode(reading: Reading) -> bytes:
    """One line of JSON; the previews' pictures travel as files."""
    bare = dataclasses.replace(
        reading,
        previews=tuple(dataclasses.replace(page, content=b"") for page in reading.previews),
    )
    return json.dumps(dataclasses.asdict(bare), default=lambda _: "").encode() + b"\n"


def decode(line: bytes, *, sha256: str, size: int, picture: Callable[[int], bytes]) -> Reading:
    """The checked answer. Digest and size are the parent's; `picture` loads a page's preview."""
    try:
        answer = json.loads(line)
        return _reading(answer, sha256, size, picture)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        message = f"unexpected answer: {problem!r}"[:300]
        raise Malformed(message) from None


def _reading(
    answer: Mapping[str, Any], sha256: str, size: int, picture: Callable[[int], bytes]
) -> Reading:
    return Reading(
        file=_file(answer["file"], sha256, size),
        kind=Kind(answer["kind"]),
        title=_text(answer["title"], 200),
        specimen_phrase=_text(answer["specimen_phrase"], 200),
        language=_text(answer["language"], 10),
        fields=_each(answer["fields"], _field),
        results=_each(answer["results"], _result),
        codes=_each(answer["codes"], _code),
        previews=_each(answer["previews"], lambda page: _preview(page, picture)),
        isolation=_text(answer["isolation"], 20),
    )


def _file(value: Mapping[str, Any], sha256: str, size: int) -> FileFacts:
    return FileFacts(
        sha256=sha256,
        size=size,
        page_count=_number(value["page_count"]),
        pages_read=_number(value["pages_read"]),
        problems=_each(value["problems"], problem),
        text_source=Source(value["text_source"]),
        unreadable_pages=_each(value["unreadable_pages"], _number),
        is_restricted=bool(value["is_restricted"]),
        is_ocr_missing=bool(value["is_ocr_missing"]),
        text_sha256=_text(value["text_sha256"], 64),
    )


def problem(value: Mapping[str, Any]) -> Problem:
    """A problem from its JSON (rows keep it too)."""
    details = {_text(k, 40): _text(v, 300) for k, v in (value["details"] or {}).items()}
    return Problem(_text(value["code"], 60), _text(value["variant"], 40), details or None)


def code(value: Mapping[str, Any]) -> Code:
    """A code from its JSON (rows keep it too)."""
    return _code(value)


def _field(value: Mapping[str, Any]) -> Field:
    return Field(
        name=FieldName(value["name"]),
        value=_text(value["value"], 300),
        raw=_text(value["raw"], 300),
        page=_number(value["page"]),
        box=_box(value["box"]),
        confidence=_number(value["confidence"], most=100),
        source=Source(value["source"]),
    )


def _result(value: Mapping[str, Any]) -> Result:
    names = ("group", "analyte", "method", "spec", "value")
    short = ("unit", "lod", "loq", "verdict")
    texts = {name: _text(value[name], 200) for name in names}
    texts |= {name: _text(value[name], 60) for name in short}
    return Result(**texts, page=_number(value["page"]), box=_box(value["box"]))


def _code(value: Mapping[str, Any]) -> Code:
    return Code(
        format=_text(value["format"], 40),
        payload=_text(value["payload"], 2_000),
        page=_number(value["page"]),
        box=_box(value["box"]),
    )


def _preview(value: Mapping[str, Any], picture: Callable[[int], bytes]) -> Preview:
    number = _number(value["number"])
    return Preview(
        number=number,
        width=_number(value["width"], most=10_000),
        height=_number(value["height"], most=10_000),
        text=_text(value["text"], _LONGEST_TEXT),
        content=picture(number),
    )


def _each(values: object, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    if not isinstance(values, list) or len(values) > _MOST_ITEMS:
        message = "not a list of sensible length"
        raise ValueError(message)
    return tuple(read(value) for value in values)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        message = f"not a text of at most {longest} characters"
        raise ValueError(message)
    # No database keeps a NUL, and half a surrogate pair cannot be written anywhere.
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def _number(value: object, *, most: int = 10_000_000) -> int:
    if type(value) is not int or not 0 <= value <= most:
        message = f"not a number from 0 to {most}"
        raise ValueError(message)
    return value


def _box(value: object) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:  # noqa: PLR2004 - four sides
        message = "not a box"
        raise ValueError(message)
    left, top, right, bottom = (_number(side, most=1000) for side in value)
    return left, top, right, bottom
