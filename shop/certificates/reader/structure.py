"""Is the file a whole and quiet PDF? Answered from its bytes and its objects; nothing is drawn."""

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf

from shop.assay.certificates.facts import Problem
from shop.certificates.reader.limits import Limits

# The rules that a file can break (assay/certificates/checks_file.py words them).
ACTIVE_CONTENT = "active_content"
FILE_HEADER_OFFSET = "file_header_offset"
FILE_NEEDS_REPAIR = "file_needs_repair"
FILE_NOT_PDF = "file_not_pdf"
FILE_PASSWORD = "file_password"  # noqa: S105 - a rule's name
FILE_POLYGLOT = "file_polyglot"
FILE_TRAILING_DATA = "file_trailing_data"
FILE_TRUNCATED = "file_truncated"
LIMIT_INFLATED = "limit_inflated"
LIMIT_OBJECTS = "limit_objects"
LIMIT_PAGES = "limit_pages"

_HEADER = b"%PDF-"
_HEADER_SEARCH = 1024
_END = b"%%EOF"
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557  # the end record and the longest comment
_FOREIGN = (b"MZ", b"PK", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"#!", b"<", b"Rar!")
# Streams that hold objects or their table are unpacked on opening, before they can be counted.
_OPENED_FIRST = re.compile(rb"/(?:ObjStm|XRef)\b.{0,2000}?stream\r?\n", re.DOTALL)
_MOST_OF_THEM = 64 * 1024 * 1024
_BLANK = b"\x00\t\n\x0c\r "
_CHUNK = 256 * 1024
_SLICE = 64 * 1024

# Keys that carry something to run, send or unpack, and actions that do.
_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/EF": "embedded_file",
    "/EmbeddedFiles": "embedded_file",
    "/XFA": "form_program",
    "/AA": "automatic_action",
    "/RichMediaContent": "media",
}
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToE": "other_file",
    "/GoToR": "other_file",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
}
_LINK = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# A mail or telephone link on a letterhead opens nothing by itself.
_QUIET_LINKS = frozenset({"http", "https", "mailto", "tel"})


class Refusal(Exception):  # noqa: N818 - it is an answer, and no error of ours
    """The file is not read further."""

    def __init__(self, code: str, variant: str = "default", **details: str) -> None:
        super().__init__(code)
        self.problem = Problem(f"certificate.{code}", variant, details or None)


def refuse_bytes(content: bytes) -> None:
    """What can be told before anything parses the file."""
    start = content.find(_HEADER, 0, _HEADER_SEARCH + len(_HEADER))
    if start < 0:
        raise Refusal(FILE_NOT_PDF)
    if start > 0:
        is_foreign = content.startswith(_FOREIGN)
        raise Refusal(FILE_POLYGLOT if is_foreign else FILE_HEADER_OFFSET)
    end = content.rfind(_END)
    if end < 0:
        raise Refusal(FILE_TRUNCATED)
    after = content[end + len(_END) :]
    if _is_zip(content[-_ZIP_TAIL:]):
        raise Refusal(FILE_POLYGLOT)
    if after.strip(_BLANK):
        # An earlier revision's end, and then objects without one: the rest was cut off.
        is_cut = b" obj" in after or b"endstream" in after
        if is_cut:
            raise Refusal(FILE_TRUNCATED)
        raise Refusal(FILE_TRAILING_DATA, bytes=str(len(after.strip(_BLANK))))


def open_whole(content: bytes, limits: Limits) -> pikepdf.Pdf:
    """The file's objects, if it needs no repair and no password and is not too large."""
    _refuse_packed_objects(content)
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refusal(FILE_PASSWORD) from None
    except pikepdf.PdfError:
        raise Refusal(FILE_NEEDS_REPAIR) from None
    if len(pdf.objects) > limits.objects:
        raise Refusal(LIMIT_OBJECTS, count=str(len(pdf.objects)), limit=str(limits.objects))
    count = _page_count(pdf)
    if count > limits.pages:
        raise Refusal(LIMIT_PAGES, count=str(count), limit=str(limits.pages))
    if count < 1:
        raise Refusal(FILE_NEEDS_REPAIR)
    return pdf


def refuse_active(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Walk the trailer and every object, the direct ones inside them too."""
    try:
        seen = limits.objects * 5
        for whole in (pdf.trailer, *pdf.objects):
            for part in _direct_parts(whole):
                _refuse_part(part)
                seen -= 1
                if seen < 0:
                    raise Refusal(LIMIT_OBJECTS, count="1", limit=str(limits.objects))
    except (pikepdf.PdfError, UnicodeError, ValueError, RecursionError):
        raise Refusal(FILE_NEEDS_REPAIR) from None


def refuse_bombs(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Inflate every stream in pieces and count, keeping none of it."""
    total = 0
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            size = _inflated(thing, min(limits.stream_bytes, limits.inflated_bytes - total))
            total += size
            if size > limits.stream_bytes or total > limits.inflated_bytes:
                most = str(limits.stream_bytes // 1_000_000)
                raise Refusal(LIMIT_INFLATED, limit=most)


def _refuse_packed_objects(content: bytes) -> None:
    total = 0
    for match in _OPENED_FIRST.finditer(content):
        total += _count(_inflate_once(_slices(content, match.end())), _MOST_OF_THEM)
        if total > _MOST_OF_THEM:
            raise Refusal(LIMIT_INFLATED, limit=str(_MOST_OF_THEM // 1_000_000))


def _page_count(pdf: pikepdf.Pdf) -> int:
    try:
        return len(pdf.pages)
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        raise Refusal(FILE_NEEDS_REPAIR) from None


def _is_zip(tail: bytes) -> bool:
    at = tail.rfind(_ZIP_END)
    if at < 0 or at + 22 > len(tail):
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return comment <= len(tail) - at - 22


def _direct_parts(whole: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and every array and dictionary written inside it."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, pikepdf.Array):
            inner = list(part)
        elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            inner = [value for _, value in part.items()]
        else:
            continue
        waiting += [
            child
            for child in inner
            if isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect
        ]


def _refuse_part(part: pikepdf.Object) -> None:
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in part.keys():  # noqa: SIM118 - a pikepdf dictionary is no mapping
        if key in _KEYS:
            raise Refusal(ACTIVE_CONTENT, _KEYS[key])
    action = part.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in _ACTIONS:
        raise Refusal(ACTIVE_CONTENT, _ACTIONS[str(action)])
    link = part.get("/URI")
    if isinstance(link, pikepdf.String):
        scheme = _LINK.match("".join(str(link).split()).lstrip("\x00"))
        if scheme and scheme[1].lower() not in _QUIET_LINKS:
            raise Refusal(ACTIVE_CONTENT, "link", scheme=scheme[1].lower()[:20])


def _inflated(stream: pikepdf.Stream, most: int) -> int:
    """The size of a stream without its Flate filters, counted up to a little over `most`."""
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    flates = 0
    for name in names:
        if str(name) not in {"/FlateDecode", "/Fl"}:
            break
        flates += 1
    raw = stream.read_raw_bytes()
    if flates == 0:
        return len(raw)
    return _count(_unflate(_slices(raw), flates), most)


def _slices(content: bytes, start: int = 0) -> Iterator[bytes]:
    """Small pieces, since the inflater copies what it has not used yet."""
    for place in range(start, len(content), _SLICE):
        yield content[place : place + _SLICE]


def _unflate(pieces: Iterator[bytes], times: int) -> Iterator[bytes]:
    for _ in range(times):
        pieces = _inflate_once(pieces)
    return pieces


def _inflate_once(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for piece in pieces:
        if inflater.eof:
            return
        waiting = piece
        while waiting and not inflater.eof:
            try:
                yield inflater.decompress(waiting, _CHUNK)
            except zlib.error:
                return  # a damaged stream draws nothing; what follows it is judged on its own
            waiting = inflater.unconsumed_tail


def _count(pieces: Iterator[bytes], most: int) -> int:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            break
    return total
