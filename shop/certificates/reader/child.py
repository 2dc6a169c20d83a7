"""What does the process do that opens one document? Bytes in, one line of JSON out.

Forked by server.py, or `python -m shop.certificates.reader.child LIMITS FOLDER` by alone.py, where
there is no such server. Previews are written to FOLDER. Whatever happens here happens to this
process alone.
"""

import dataclasses
import errno
import json
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pikepdf
import pypdfium2
from PIL import Image

from shop.assay.certificates.facts import FileFacts, Problem, Source
from shop.assay.certificates.inside import Inside
from shop.assay.certificates.reading import document
from shop.assay.certificates.reading.endings import is_end_marked
from shop.assay.certificates.reading.numbers import read_numbers
from shop.certificates.reader import (
    annotations,
    ending,
    metadata,
    oddities,
    paging,
    revisions,
    sandbox,
    signatures,
    structure,
)
from shop.certificates.reader.limits import Limits
from shop.certificates.reader.sight import Sight
from shop.certificates.reader.wire import Reading, encode

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
# Nothing new is begun when this part of the time is gone.
_TIME_TO_BEGIN = 0.75


def main() -> None:
    limits, folder = Limits(**json.loads(sys.argv[1])), Path(sys.argv[2])
    sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer, folder, limits))


def serve(
    source: BinaryIO, out: BinaryIO, folder: Path, limits: Limits, *, network: str = ""
) -> int:
    """Give up what reading does not need, read, answer; returns the exit status.

    `network` says how it was taken away already, see `sandbox.enter`.
    """
    isolation = sandbox.enter(limits, folder, network=network)
    Image.MAX_IMAGE_PIXELS = 4 * limits.longest_side**2
    try:
        reading = examine(source.read(limits.file_bytes), folder, limits)
        out.write(encode(dataclasses.replace(reading, isolation=isolation)))
        out.flush()
    except MemoryError:
        return ending.OUT_OF_MEMORY
    except OSError as problem:
        if problem.errno not in _NO_SPACE:
            raise
        return ending.OUT_OF_SPACE
    return 0


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


def look_inside(sight: Sight, said: document.Document) -> Inside:
    """What each of those who look for one thing found: a line for each."""
    return Inside(
        history=revisions.examine(sight),
        metadata=metadata.read(sight),
        oddities=oddities.conclude(sight, said),
        links=annotations.look(sight),
        numbers=read_numbers(sight.pages),
        is_end_marked=is_end_marked(sight.pages),
        signatures=signatures.read(sight.content, sight.pdf),
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
    inside = look_inside(sight, said)
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
        inside=inside,
    )


def _file(page_count: int, *, problem: Problem) -> FileFacts:
    return FileFacts(sha256="", size=0, page_count=page_count, problems=(problem,))


if __name__ == "__main__":
    main()
