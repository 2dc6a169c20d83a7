"""Which programs made the file, and when, as far as the file itself says?

It says so twice: in the document information, and in XMP (ISO 16684-1), which is read as text, for
nobody parses a stranger's XML. Programs also leave marks of their own on the pages they change.
"""

import re
from collections.abc import Iterator
from datetime import date

import pikepdf
from pikepdf import Dictionary, Stream

from shop.assay.certificates.inside import Look, Metadata
from shop.certificates.reader.revisions import BROKEN
from shop.certificates.reader.sight import Sight

_LONGEST = 200
_LONGEST_XMP = 512 * 1024
_MOST_TOOLS = 40
_MOST_DRAWING = 512 * 1024  # bytes of a page's drawing that are searched for marks
_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
# A property of XMP is an element or an attribute; its prefix is the customary one in practice.
_PROPERTY = r"<{0}>\s*([^<>]{{1,200}}?)\s*</{0}>|\b{0}\s*=\s*[\"']([^\"'<>]{{1,200}})[\"']"
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'"}
_TOUCHED = b"/TouchUp_TextEdit"
TOUCHED = "Acrobat TouchUp"  # the tool that edits text on a page, and marks what it edited


def read(sight: Sight) -> Metadata:
    """What the file says of its making; a record that cannot be read is noted and left out."""
    try:
        information = _information(sight.pdf)
        xmp = _xmp(sight.pdf)
        return Metadata(
            producer=information.get("/Producer", ""),
            creator=information.get("/Creator", ""),
            created=_day(information.get("/CreationDate", "")),
            modified=_day(information.get("/ModDate", "")),
            xmp_created=_day(_first(xmp, "xmp:CreateDate")),
            xmp_modified=_day(_first(xmp, "xmp:ModifyDate")),
            tools=_distinct([*_named(xmp), *_marks(sight)]),
        )
    except BROKEN:
        sight.unfinished.add(Look.METADATA)
        return Metadata()


def _information(pdf: pikepdf.Pdf) -> dict[str, str]:
    record = pdf.trailer.get("/Info")
    if not isinstance(record, Dictionary):
        return {}
    names = ("/Producer", "/Creator", "/CreationDate", "/ModDate")
    return {
        name: " ".join(str(record[name]).split())[:_LONGEST]
        for name in names
        if isinstance(record.get(name), pikepdf.String)
    }


def _xmp(pdf: pikepdf.Pdf) -> str:
    record = pdf.Root.get("/Metadata")
    if not isinstance(record, Stream):
        return ""
    return bytes(record.read_bytes())[:_LONGEST_XMP].decode("utf-8", "replace")


def _named(xmp: str) -> Iterator[str]:
    for name in ("xmp:CreatorTool", "pdf:Producer", "stEvt:softwareAgent"):
        yield from _all(xmp, name)


def _first(xmp: str, name: str) -> str:
    return next(_all(xmp, name), "")


def _all(xmp: str, name: str) -> Iterator[str]:
    for found in re.finditer(_PROPERTY.format(re.escape(name)), xmp):
        text = found[1] or found[2] or ""
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
        yield " ".join(text.split())


def _marks(sight: Sight) -> Iterator[str]:
    """Programs that say on a page that they worked on it (ISO 32000-2, 14.5)."""
    for page in sight.pdf.pages[: sight.limits.pages_read]:
        pieces = page.obj.get("/PieceInfo")
        if isinstance(pieces, Dictionary):
            yield from (key.lstrip("/")[:_LONGEST] for key in pieces.keys())  # noqa: SIM118
        if _TOUCHED in _drawing(page.obj.get("/Contents")):
            yield TOUCHED


def _drawing(contents: object) -> bytes:
    if isinstance(contents, Stream):
        return bytes(contents.read_bytes())[:_MOST_DRAWING]
    if isinstance(contents, pikepdf.Array):
        parts = [bytes(part.read_bytes()) for part in contents if isinstance(part, Stream)]
        return b"\n".join(parts)[:_MOST_DRAWING]
    return b""


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:_MOST_TOOLS]


def _day(text: str) -> str:
    """The day of a PDF or XMP date, as its writer's clock had it; empty for what is none."""
    found = _DATE.match(text)
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""
