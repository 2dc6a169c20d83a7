"""What does the picture of a page say in a few places? Asked at once, for every start costs."""

import io
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.inside import Look
from shop.certificates.reader.ocr import without_rules
from shop.certificates.reader.sight import Sight

_SCALE = 200 / 72
_LONGEST_SIDE = 4_000  # pixels of the page's picture
_MARGIN = 6  # pixels around a place
_GAP = 24  # pixels between two of them
_MOST = 60
_COLUMNS = 12  # of tesseract's TSV
_SECONDS = 8.0
_MOST_WORDS, _LONGEST_WORD = 60, 60  # of one place


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one place, and how sure each of them is, 0 to 100."""

    words: tuple[str, ...] = ()
    confidences: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read(
    sight: Sight, page: pypdfium2.PdfPage, boxes: Sequence[Box], *, larger: float = 1.0
) -> list[Said]:
    """The words in each place; empty ones where nobody could read, which is then on record."""
    nothing = [Said() for _ in boxes]
    program = shutil.which("tesseract")
    left = min(_SECONDS, sight.deadline - time.monotonic())
    if program is None or left <= 0 or not boxes:
        sight.unfinished |= {Look.TEXT} if boxes else set()
        return nothing
    if len(boxes) > _MOST:
        sight.unfinished.add(Look.TEXT)
    sheet, rows = _sheet(_picture(page, larger), boxes[:_MOST])
    buffer = io.BytesIO()
    without_rules(sheet).save(buffer, "PNG", dpi=(200, 200))
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            [program, "stdin", "stdout", "--psm", "6", "-l", "eng", "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=left,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        sight.unfinished.add(Look.TEXT)
        return nothing
    return _sorted(answer.stdout.decode("utf-8", "replace"), rows, len(boxes))


def _picture(page: pypdfium2.PdfPage, larger: float) -> Image.Image:
    scale = min(_SCALE * larger, _LONGEST_SIDE / max(*page.get_size(), 1.0))
    bitmap = page.render(scale=scale, may_draw_forms=False, grayscale=True)
    picture: Image.Image = bitmap.to_pil()
    return picture


def _sheet(picture: Image.Image, boxes: Sequence[Box]) -> tuple[Image.Image, list[int]]:
    """All places one under the other on one sheet, and where each of them ends."""
    parts = [picture.crop(_area(picture, box)) for box in boxes]
    width = max(part.width for part in parts) + 2 * _GAP
    height = sum(part.height + _GAP for part in parts) + _GAP
    sheet = Image.new("L", (width, height), 255)
    rows, top = [], _GAP
    for part in parts:
        sheet.paste(part, (_GAP, top))
        top += part.height + _GAP
        rows.append(top - _GAP // 2)
    return sheet, rows


def _area(picture: Image.Image, box: Box) -> Box:
    across, down = picture.width / 1000, picture.height / 1000
    left, top = int(box[0] * across) - _MARGIN, int(box[1] * down) - _MARGIN
    right, bottom = int(box[2] * across) + _MARGIN, int(box[3] * down) + _MARGIN
    return (
        max(0, left),
        max(0, top),
        min(picture.width, max(right, left + 8)),
        min(picture.height, max(bottom, top + 8)),
    )


def _sorted(table: str, rows: list[int], count: int) -> list[Said]:
    words: list[list[tuple[str, float]]] = [[] for _ in range(count)]
    for line in table.splitlines()[1:]:
        columns = line.split("\t")
        if len(columns) != _COLUMNS or not columns[11].strip():
            continue
        middle = int(columns[7]) + int(columns[9]) / 2
        row = next((place for place, end in enumerate(rows) if middle < end), None)
        if row is not None and len(words[row]) < _MOST_WORDS:
            words[row].append((columns[11].strip()[:_LONGEST_WORD], float(columns[10])))
    return [
        Said(tuple(word for word, _ in said), tuple(round(sure) for _, sure in said))
        for said in words
    ]
