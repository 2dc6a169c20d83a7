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

import pikepdf
import pypdfium2
from PIL import Image

from shop.assay.certificates.facts import FileFacts, Problem, Source
from shop.assay.certificates.inside import Inside
from shop.assay.certificates.reading import document
from shop.certificates.reader import paging, sandbox, structure
from shop.certificates.reader.limits import Limits
from shop.certificates.reader.sight import Sight
from shop.certificates.reader.wire import Reading, encode

# How the process ends when it knows why (parent.py tells the rest from the signal).
OUT_OF_MEMORY = 3
# Nothing new is begun when this part of the time is gone.
_TIME_TO_BEGIN = 0.75


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
    deadline = time.monotonic() + _TIME_TO_BEGIN * limits.wall_seconds
    page_count = 0
    try:
        structure.refuse_bytes(content)
        with structure.open_whole(content, limits) as pdf:
            page_count = len(pdf.pages)
            structure.refuse_active(pdf, limits)
            structure.refuse_bombs(pdf, limits)
            sight = _open(content, pdf, folder, limits, deadline)
            return _reading(sight)
    except structure.Refusal as refusal:
        return Reading(file=_file(page_count, problem=refusal.problem))


def look_inside(sight: Sight) -> Inside:
    """What each of those who look for one thing found: a line for each."""
    return Inside(
        oddities=tuple(sight.oddities),
        unfinished=tuple(sorted(sight.unfinished)),
    )


def _open(content: bytes, pdf: pikepdf.Pdf, folder: Path, limits: Limits, deadline: float) -> Sight:
    """The document drawn and read, page by page."""
    try:
        opened = pypdfium2.PdfDocument(content)
        sight = Sight(
            content=content, pdf=pdf, opened=opened, folder=folder, limits=limits, deadline=deadline
        )
        for index in range(min(len(opened), limits.pages_read)):
            page = opened[index]
            paging.read_page(sight, page, index + 1)
            page.close()
    except (pypdfium2.PdfiumError, Image.DecompressionBombError):
        raise structure.Refusal(structure.FILE_NEEDS_REPAIR) from None
    return sight


def _reading(sight: Sight) -> Reading:
    said = document.read(sight.pages)
    is_ocr = any(page.source is Source.OCR for page in sight.pages)
    return Reading(
        file=FileFacts(
            sha256="",
            size=0,
            page_count=len(sight.opened),
            pages_read=len(sight.pages),
            text_source=Source.OCR if is_ocr else Source.PDF,
            unreadable_pages=tuple(sight.unreadable),
            is_restricted=sight.pdf.is_encrypted,
            is_ocr_missing=sight.is_ocr_missing,
            text_sha256=said.text_sha256,
        ),
        kind=said.kind,
        title=said.title,
        specimen_phrase=said.specimen_phrase,
        language=said.language,
        fields=said.fields,
        results=said.results,
        codes=tuple(sight.codes),
        previews=tuple(sight.previews),
        inside=look_inside(sight),
    )


def _file(page_count: int, *, problem: Problem) -> FileFacts:
    return FileFacts(sha256="", size=0, page_count=page_count, problems=(problem,))


if __name__ == "__main__":
    main()
