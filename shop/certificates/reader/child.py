"""The process that opens one document: bytes on standard input, one line of JSON out.

`python -m shop.certificates.reader.child LIMITS FOLDER`, started by parent.py only. Previews are
written to FOLDER. Whatever happens here happens to this process alone.
"""

import dataclasses
import json
import os
import sys
import time
from pathlib import Path

import pypdfium2
from PIL import Image

from shop.assay.certificates.facts import Code, FileFacts, Problem, Source
from shop.assay.certificates.reading import document
from shop.assay.certificates.reading.layout import Page
from shop.assay.certificates.reading.legibility import is_legible
from shop.certificates.reader import ocr, pages, sandbox, structure
from shop.certificates.reader.limits import Limits
from shop.certificates.reader.wire import Preview, Reading, encode, preview_name

# How the process ends when it knows why (parent.py tells the rest from the signal).
OUT_OF_MEMORY = 3
# OCR stops asking for more pages when this part of the time is gone.
_TIME_FOR_PAGES = 0.75
_BLANK = 0.002  # of a page's pixels are dark
_DARK = 128


@dataclasses.dataclass(slots=True)
class _Gathered:
    """What has come together, page by page."""

    deadline: float  # of the monotonic clock; pictures are no longer read after it
    pages: list[Page] = dataclasses.field(default_factory=list)
    codes: list[Code] = dataclasses.field(default_factory=list)
    previews: list[Preview] = dataclasses.field(default_factory=list)
    unreadable: list[int] = dataclasses.field(default_factory=list)
    is_ocr_missing: bool = False


def main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    folder = Path(sys.argv[2])
    isolation = sandbox.enter(limits)
    Image.MAX_IMAGE_PIXELS = 4 * limits.longest_side**2
    try:
        content = sys.stdin.buffer.read(limits.file_bytes)
        reading = examine(content, folder, limits)
        answer = encode(dataclasses.replace(reading, isolation=isolation))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


def examine(content: bytes, folder: Path, limits: Limits) -> Reading:
    """Structure first; only a whole and quiet file is drawn and read."""
    page_count, is_restricted = 0, False
    try:
        structure.refuse_bytes(content)
        with structure.open_whole(content, limits) as pdf:
            page_count, is_restricted = len(pdf.pages), pdf.is_encrypted
            structure.refuse_active(pdf, limits)
            structure.refuse_bombs(pdf, limits)
    except structure.Refusal as refusal:
        return Reading(file=_file(page_count, problem=refusal.problem))
    return _read(content, folder, limits, is_restricted=is_restricted)


def _read(content: bytes, folder: Path, limits: Limits, *, is_restricted: bool) -> Reading:
    deadline = time.monotonic() + _TIME_FOR_PAGES * limits.wall_seconds
    gathered = _Gathered(deadline)
    try:
        opened = pypdfium2.PdfDocument(content)
        page_count = len(opened)
        for index in range(min(page_count, limits.pages_read)):
            page = opened[index]
            _read_page(page, index + 1, folder, limits, gathered)
            page.close()
    except (pypdfium2.PdfiumError, Image.DecompressionBombError):
        refused = structure.Refusal(structure.FILE_NEEDS_REPAIR)
        return Reading(file=_file(0, problem=refused.problem))
    said = document.read(gathered.pages)
    is_ocr = any(page.source is Source.OCR for page in gathered.pages)
    return Reading(
        file=FileFacts(
            sha256="",
            size=0,
            page_count=page_count,
            pages_read=len(gathered.pages),
            text_source=Source.OCR if is_ocr else Source.PDF,
            unreadable_pages=tuple(gathered.unreadable),
            is_restricted=is_restricted,
            is_ocr_missing=gathered.is_ocr_missing,
            text_sha256=said.text_sha256,
        ),
        kind=said.kind,
        title=said.title,
        specimen_phrase=said.specimen_phrase,
        language=said.language,
        fields=said.fields,
        results=said.results,
        codes=tuple(gathered.codes),
        previews=tuple(gathered.previews),
    )


def _read_page(
    opened: pypdfium2.PdfPage,
    number: int,
    folder: Path,
    limits: Limits,
    gathered: _Gathered,
) -> None:
    page = pages.read_words(opened, number, limits)
    picture = pages.render(opened, dots_per_inch=None, limits=limits)
    pages.save_preview(picture, folder / preview_name(number))
    gathered.codes += pages.read_codes(picture, number)
    is_empty = _is_blank(picture) and not pages.has_picture(opened)
    if not is_empty and not is_legible(_text(page)):
        page = _read_picture(opened, page, limits, gathered)
    gathered.pages.append(page)
    gathered.previews.append(Preview(number, picture.width, picture.height, _text(page)))


def _read_picture(
    opened: pypdfium2.PdfPage, page: Page, limits: Limits, gathered: _Gathered
) -> Page:
    """The page read from its picture, or marked as unreadable with no words at all."""
    if not ocr.is_installed():
        gathered.is_ocr_missing = True
    left = gathered.deadline - time.monotonic()
    if ocr.is_installed() and left > 0:
        picture = pages.render(opened, dots_per_inch=ocr.DOTS_PER_INCH, limits=limits)
        seen = ocr.read_words(picture, page, seconds=left)
        if seen is not None and is_legible(_text(seen)):
            return seen
    gathered.unreadable.append(page.number)
    return dataclasses.replace(page, words=())


def _is_blank(picture: Image.Image) -> bool:
    grey = picture.convert("L")
    return sum(grey.histogram()[:_DARK]) < _BLANK * grey.width * grey.height


def _text(page: Page) -> str:
    return " ".join(word.text for word in page.words)[:100_000]


def _file(page_count: int, *, problem: Problem) -> FileFacts:
    return FileFacts(sha256="", size=0, page_count=page_count, problems=(problem,))


if __name__ == "__main__":
    main()
