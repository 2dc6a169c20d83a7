"""What stands on a page, and what does it look like? Words with places, a preview, codes."""

import ctypes
import io
import math
import unicodedata
from collections.abc import Iterator
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
_WEBP = {"quality": 78, "method": 3}
_SLANT = math.radians(8)  # beyond this a character belongs to a stamp or watermark
_WORD_GAP = 0.28  # of the font's height
_UNITS = 100  # device units per point, so that whole numbers lose nothing
_LONGEST_PAYLOAD = 2_000
_MOST_CODES = 20
_MOST_OBJECTS = 2_000
_LINE_END_HYPHEN = 0xFFFE  # pdfium's own
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def read_words(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    """The page's words as the file itself spells them."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    words: list[Word] = []
    aside: list[str] = []
    try:
        for text, box in _words(page, textpage, aside):
            words.append(Word(text, *box))
            if len(words) >= limits.words:
                break
    finally:
        textpage.close()
    return Page(number, width, height, tuple(words), aside="".join(aside)[:500])


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


def _words(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, aside: list[str]
) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Characters joined to words at blanks and gaps. Slanted ones go to `aside`."""
    text, box = "", (0.0, 0.0, 0.0, 0.0)
    for index in range(textpage.count_chars()):
        character = _character(raw.FPDFText_GetUnicode(textpage, index))
        angle = raw.FPDFText_GetCharAngle(textpage, index)
        if _is_slanted(angle):
            aside.append(character)
            continue
        place = None if character.isspace() else _place(page, textpage, index)
        if place is None or (text and _is_apart(box, place)):
            if text:
                yield text, box
            text = ""
        if place is not None:
            box = _around(box, place) if text else place
            text += character
    if text:
        yield text, box


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


def _place(
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, index: int
) -> tuple[float, float, float, float] | None:
    """A character's box in points from the upper left of the page as it is shown."""
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
        return None
    width, height = page.get_size()
    corners = [
        _shown(page, width, height, x, y)
        for x, y in ((rect.left, rect.top), (rect.right, rect.bottom))
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _shown(
    page: pypdfium2.PdfPage, width: float, height: float, x: float, y: float
) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    size = round(width * _UNITS), round(height * _UNITS)
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _UNITS, down.value / _UNITS


def _code_box(found: zxingcpp.Barcode, picture: Image.Image) -> Box:
    spot = found.position
    corners = (spot.top_left, spot.top_right, spot.bottom_left, spot.bottom_right)
    across = [1000 * corner.x // picture.width for corner in corners]
    down = [1000 * corner.y // picture.height for corner in corners]
    return min(across), min(down), max(across), max(down)
