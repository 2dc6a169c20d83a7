"""What comes back from the reader's process, and how is it told apart from nonsense?

The process that answers has held a stranger's file, so its answer is checked like a stranger's:
every value has its type and its greatest length, and what does not fit is `Malformed`.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from shop.assay.certificates import checks_file
from shop.assay.certificates.facts import (
    Code,
    Field,
    FieldName,
    FileFacts,
    Kind,
    Problem,
    Result,
    Source,
)
from shop.assay.certificates.inside import NOTHING, Inside
from shop.certificates.reader import plain, wire_inside

_LONGEST_TEXT = 200_000


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
    revision: int = 0  # 0: as the file is; else the earlier revision that it shows


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
    inside: Inside = NOTHING
    isolation: str = ""  # what was taken from the process, see sandbox.enter


def preview_name(number: int, revision: int = 0) -> str:
    """The file in which the reader's process leaves a page's picture."""
    return f"page-{number}-{revision}.webp"


def encode(reading: Reading) -> bytes:
    """One line of JSON; the previews' pictures travel as files."""
    bare = dataclasses.replace(
        reading,
        previews=tuple(dataclasses.replace(page, content=b"") for page in reading.previews),
    )
    return json.dumps(dataclasses.asdict(bare), default=lambda _: "").encode() + b"\n"


def decode(line: bytes, *, sha256: str, size: int, picture: Callable[[str], bytes]) -> Reading:
    """The checked answer. Digest and size are the parent's; `picture` loads a preview by name."""
    try:
        answer = json.loads(line)
        return _reading(answer, sha256, size, picture)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        message = f"unexpected answer: {problem!r}"[:300]
        raise Malformed(message) from None


def _reading(
    answer: Mapping[str, Any], sha256: str, size: int, picture: Callable[[str], bytes]
) -> Reading:
    return Reading(
        file=_file(answer["file"], sha256, size),
        kind=Kind(answer["kind"]),
        title=plain.text(answer["title"], 200),
        specimen_phrase=plain.text(answer["specimen_phrase"], 200),
        language=plain.text(answer["language"], 10),
        fields=plain.each(answer["fields"], _field),
        results=plain.each(answer["results"], _result),
        codes=plain.each(answer["codes"], _code),
        previews=_once(plain.each(answer["previews"], lambda page: _preview(page, picture))),
        inside=wire_inside.inside(answer["inside"]),
        isolation=plain.text(answer["isolation"], 40),
    )


def _file(value: Mapping[str, Any], sha256: str, size: int) -> FileFacts:
    return FileFacts(
        sha256=sha256,
        size=size,
        page_count=plain.number(value["page_count"]),
        pages_read=plain.number(value["pages_read"]),
        problems=plain.each(value["problems"], _known),
        text_source=Source(value["text_source"]),
        unreadable_pages=plain.each(value["unreadable_pages"], plain.number),
        is_restricted=bool(value["is_restricted"]),
        is_ocr_missing=bool(value["is_ocr_missing"]),
        text_sha256=plain.text(value["text_sha256"], 64),
    )


def problem(value: Mapping[str, Any]) -> Problem:
    """A problem from its JSON (rows keep it too)."""
    details = {plain.text(k, 40): plain.text(v, 300) for k, v in (value["details"] or {}).items()}
    return Problem(plain.text(value["code"], 60), plain.text(value["variant"], 40), details or None)


def _known(value: Mapping[str, Any]) -> Problem:
    """A problem that can be told: its rule and variant exist, and its sentence has its values."""
    found = problem(value)
    checks_file.told(found).sentence  # noqa: B018 - KeyError is the answer
    return found


def code(value: Mapping[str, Any]) -> Code:
    """A code from its JSON (rows keep it too)."""
    return _code(value)


def _field(value: Mapping[str, Any]) -> Field:
    return Field(
        name=FieldName(value["name"]),
        value=plain.text(value["value"], 300),
        raw=plain.text(value["raw"], 300),
        page=plain.number(value["page"]),
        box=plain.box(value["box"]),
        confidence=plain.number(value["confidence"], most=100),
        source=Source(value["source"]),
    )


def _result(value: Mapping[str, Any]) -> Result:
    names = ("group", "analyte", "method", "spec", "value")
    short = ("unit", "lod", "loq", "verdict")
    texts = {name: plain.text(value[name], 200) for name in names}
    texts |= {name: plain.text(value[name], 60) for name in short}
    return Result(**texts, page=plain.number(value["page"]), box=plain.box(value["box"]))


def _code(value: Mapping[str, Any]) -> Code:
    return Code(
        format=plain.text(value["format"], 40),
        payload=plain.text(value["payload"], 2_000),
        page=plain.number(value["page"]),
        box=plain.box(value["box"]),
    )


def _once(previews: tuple[Preview, ...]) -> tuple[Preview, ...]:
    """Each page of each revision at most once: rows are kept by them."""
    if len({(page.number, page.revision) for page in previews}) != len(previews):
        message = "a page twice"
        raise ValueError(message)
    return previews


def _preview(value: Mapping[str, Any], picture: Callable[[str], bytes]) -> Preview:
    number = plain.number(value["number"])
    revision = plain.number(value["revision"], most=1000)
    return Preview(
        number=number,
        width=plain.number(value["width"], most=10_000),
        height=plain.number(value["height"], most=10_000),
        text=plain.text(value["text"], _LONGEST_TEXT),
        content=picture(preview_name(number, revision)),
        revision=revision,
    )
