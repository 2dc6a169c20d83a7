"""What stands on a page, and what does it look like? Words with places, a preview, codes."""

import ctypes
import io
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import Code
from shop.assay.certificates.reading.layout import Page, Word
from shop.certificates.reader.limits import Limits

_PREVIEW_SCALE = 150 / 72
_WEBP = {"quality": 78, "method": 2}  # 3 takes twice as long and saves 3 % of the size
_SLANT = math.radians(8)  # beyond this a character belongs to a stamp or watermark
_WORD_GAP = 0.28  # of the font's height
_BLANK = 0.03  # of the font's height: no blank is narrower
_UNITS = 100  # device units per point, so that whole numbers lose nothing
_LONGEST_PAYLOAD = 2_000
_MOST_CODES = 20
_MOST_OBJECTS = 2_000
_LINE_END_HYPHEN = 0xFFFE  # pdfium's own
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_STEP = 100.0  # points, to measure how the page is drawn
_TWICE = 1.5  # points
_Rect = tuple[float, float, float, float]


def read_words(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    """The page's words as the file itself spells them, turned so that most of them are upright."""
    textpage = page.get_textpage()
    aside: list[str] = []
    try:
        glyphs = list(_glyphs(textpage, aside, 8 * limits.words))
    finally:
        textpage.close()
    width, height = page.get_size()
    lying = _mostly(glyph.quarter for glyph in glyphs)
    turns = -(lying + page.get_rotation() // 90) % 4
    upright = [glyph for glyph in glyphs if glyph.quarter in {lying, None}]
    place = _Place.of(page, turns)
    words = tuple(islice(_once(_words(upright, place)), limits.words))
    if turns % 2:
        width, height = height, width
    return Page(number, width, height, words, aside="".join(aside)[:500], turns=turns)


def render(page: pypdfium2.PdfPage, *, dots_per_inch: float | None, limits: Limits) -> Image.Image:
    """The page's picture, never longer than the limit on its longest side."""
    scale = dots_per_inch / 72 if dots_per_inch else _PREVIEW_SCALE
    longest = max(*page.get_size(), 1.0)
    most = limits.longest_side if dots_per_inch is None else int(limits.longest_side * 1.4)
    bitmap = page.render(
        scale=min(scale, most / longest), may_draw_forms=False, grayscale=dots_per_inch is not None
    )
    picture: Image.Image = bitmap.to_pil()
    return picture


def save_preview(picture: Image.Image, path: Path) -> None:
    """Write the WebP that shoppers see."""
    buffer = io.BytesIO()
    try:
        picture.save(buffer, "WEBP", **_WEBP)
    except ValueError as problem:  # how the encoder says that it got no memory
        raise MemoryError from problem
    path.write_bytes(buffer.getvalue())


def has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether an image is placed on the page, be it drawn or not."""
    objects = range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, place)) for place in objects)
    return raw.FPDF_PAGEOBJ_IMAGE in kinds


def read_codes(picture: Image.Image, number: int) -> list[Code]:
    """The QR codes and barcodes on the page's picture."""
    codes = []
    for found in zxingcpp.read_barcodes(picture.convert("L"))[:_MOST_CODES]:
        if found.text:
            payload = found.text[:_LONGEST_PAYLOAD]
            codes.append(Code(str(found.format), payload, number, _code_box(found, picture)))
    return codes


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character, how many quarters clockwise it is turned on the page, and its rectangle."""

    character: str
    quarter: int | None  # None: a blank
    rect: _Rect | None


@dataclass(frozen=True, slots=True)
class _Place:
    """From the page's own coordinates to points from the upper left of the upright page."""

    start: tuple[float, float]
    along: tuple[float, float]  # for a step to the right in the page's coordinates
    up: tuple[float, float]

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, turns: int) -> "_Place":
        start, right, above = (
            _shown(page, turns, x, y) for x, y in ((0, 0), (_STEP, 0), (0, _STEP))
        )
        return cls(
            start,
            ((right[0] - start[0]) / _STEP, (right[1] - start[1]) / _STEP),
            ((above[0] - start[0]) / _STEP, (above[1] - start[1]) / _STEP),
        )

    def box(self, rect: _Rect) -> _Rect:
        xs, ys = zip(*(self._point(rect[i], rect[j]) for i, j in ((0, 1), (2, 3))), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.start[0] + x * self.along[0] + y * self.up[0],
            self.start[1] + x * self.along[1] + y * self.up[1],
        )


def _glyphs(textpage: pypdfium2.PdfTextPage, aside: list[str], most: int) -> Iterator[_Glyph]:
    """The characters in the file's order. Slanted ones go to `aside`."""
    rect = raw.FS_RECTF()
    for index in range(min(textpage.count_chars(), most)):
        character = _character(raw.FPDFText_GetUnicode(textpage, index))
        angle = raw.FPDFText_GetCharAngle(textpage, index)
        if _is_slanted(angle):
            aside.append(character)
        elif character.isspace():
            yield _Glyph(character, None, None)
        elif raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
            quarter = round(angle / (math.pi / 2)) % 4 if angle > 0 else 0
            yield _Glyph(character, quarter, (rect.left, rect.bottom, rect.right, rect.top))


def _mostly(quarters: Iterable[int | None]) -> int:
    counted = Counter(quarter for quarter in quarters if quarter is not None)
    return counted.most_common(1)[0][0] if counted else 0


def _words(glyphs: Iterable[_Glyph], place: _Place) -> Iterator[Word]:
    """Characters joined to words at blanks and gaps."""
    text, box, is_parted = "", (0.0, 0.0, 0.0, 0.0), False
    for glyph in glyphs:
        if glyph.rect is None:
            is_parted = True  # or so it seems: a blank may be made up where letters are kerned
            continue
        here = place.box(glyph.rect)
        gap = here[0] - box[2]
        if text and (_is_apart(box, here) or (is_parted and gap > _BLANK * (here[3] - here[1]))):
            yield Word(text, *box)
            text = ""
        box = _around(box, here) if text else here
        text += glyph.character
        is_parted = False
    if text:
        yield Word(text, *box)


def _once(words: Iterable[Word]) -> Iterator[Word]:
    """Each word once, where a program drew it twice to make it look bold."""
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        column, row = round(word.left / _TWICE), round(word.top / _TWICE)
        near = {(word.text, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
        if not near & seen:
            yield word
        seen.add((word.text, column, row))


def _character(code: int) -> str:
    """What is no character of a text becomes the replacement character, so that it is noticed."""
    if code == _LINE_END_HYPHEN:
        return "-"
    character = chr(code)
    if character.isspace():
        return character
    return _REPLACEMENT if unicodedata.category(character) in {"Cc", "Cs", "Cn"} else character


def _is_slanted(angle: float) -> bool:
    """Angles are 0 to 2 pi, or -1 where pdfium cannot tell; quarter turns follow the page."""
    return angle > 0 and min(angle % (math.pi / 2), -angle % (math.pi / 2)) > _SLANT


def _is_apart(box: tuple[float, ...], place: tuple[float, ...]) -> bool:
    height = max(place[3] - place[1], 1.0)
    is_other_line = place[1] > box[3] - 0.3 * height or place[3] < box[1] + 0.3 * height
    return is_other_line or place[0] - box[2] > _WORD_GAP * height or place[0] < box[0] - height


def _around(box: tuple[float, ...], place: tuple[float, ...]) -> tuple[float, float, float, float]:
    return (
        min(box[0], place[0]),
        min(box[1], place[1]),
        max(box[2], place[2]),
        max(box[3], place[3]),
    )


def _shown(page: pypdfium2.PdfPage, turns: int, x: float, y: float) -> tuple[float, float]:
    """A point as it is shown, after so many more quarters clockwise."""
    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = page.get_size()
    if turns % 2:
        width, height = height, width
    size = round(width * _UNITS), round(height * _UNITS)
    raw.FPDF_PageToDevice(page, 0, 0, *size, turns, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _UNITS, down.value / _UNITS


def _code_box(found: zxingcpp.Barcode, picture: Image.Image) -> Box:
    spot = found.position
    corners = (spot.top_left, spot.top_right, spot.bottom_left, spot.bottom_right)
    across = [1000 * corner.x // picture.width for corner in corners]
    down = [1000 * corner.y // picture.height for corner in corners]
    return min(across), min(down), max(across), max(down)
