"""Do the digits on a page look like what the text says they are?

A file can say of the shape of a 3 that it is to be read as an 8. No structure tells: the shape
does. Every digit is laid over those of common typefaces; one that looks clearly like another is
reason to read the picture (disagreements.py), and no more than that.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import sub
from statistics import median

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from shop.certificates.reader.painting import Painting, Rect

_WIDE, _HIGH = 10, 14  # of a shape that is compared
_TYPEFACES = (
    b"Helvetica",
    b"Helvetica-Bold",
    b"Helvetica-Oblique",
    b"Times-Roman",
    b"Times-Bold",
    b"Times-Italic",
    b"Courier",
    b"Courier-Bold",
)
_MOST = 600  # digits of a page
_SAME = 26.0  # grey of 255, on average: the same shape, drawn a hair elsewhere
_IDENTICAL = 10.0
_LIKE = 48.0  # and the same digit in another typeface
_CLEARLY = 1.3  # times as far from the digit that it is said to be
_LOWEST = 7  # pixels: lower digits are a blur
_FEWEST_GREY = 60
_PAGE = 120
_INKED = [0] * 96 + [255] * 160  # from the ink of a point to whether it counts

Shape = Sequence[int]


def suspicious(painted: Painting, picture: Image.Image) -> bool:
    """Whether a digit of the page's text is drawn like another one."""
    grey = picture.convert("L")
    known: dict[int, dict[str, list[Shape]]] = {}
    for font, digit, box in _digits(painted):
        shape = _shape(grey, _scaled(box, painted.page, grey))
        if shape is None:
            continue
        of_font = known.setdefault(font, {})
        alike = of_font.setdefault(digit, [])
        if any(_distance(shape, other) < _SAME for other in alike):
            continue
        if _is_also(shape, digit, of_font) or _is_other(shape, digit):
            return True
        alike.append(shape)
    return False


@cache
def references() -> dict[str, list[Shape]]:
    """The digits as common typefaces have them, drawn here. Takes a moment, once."""
    found: dict[str, list[Shape]] = {str(digit): [] for digit in range(10)}
    document = pypdfium2.PdfDocument.new()
    for typeface in _TYPEFACES:
        page = document.new_page(10 * 2 * _PAGE // 10, _PAGE // 5)
        for digit in range(10):
            text = raw.FPDFPageObj_NewTextObj(document, typeface, 12.0)
            raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * 2)(ord(str(digit)), 0))
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 6 + 20 * digit, 6)
            raw.FPDFPage_InsertObject(page, text)
        page.gen_content()
        picture = page.render(scale=2, grayscale=True).to_pil()
        for digit in range(10):
            spot = (digit * 40 + 4, 0, digit * 40 + 44, picture.height)
            ink = picture.crop(spot).point(lambda grey: 255 - grey).getbbox()
            if ink is not None:
                box = (spot[0] + ink[0], ink[1], spot[0] + ink[2] - 1, ink[3] - 1)
                shape = _shape(picture, tuple(map(float, box)))  # type: ignore[arg-type]
                found[str(digit)] += [shape] if shape is not None else []
        page.close()
    document.close()
    return found


def _digits(painted: Painting) -> Iterator[tuple[int, str, Rect]]:
    """The digits with their fonts and the boxes of their ink."""
    count = 0
    for text in painted.texts:
        for index, letter in text.letters:
            if letter.isdecimal() and letter.isascii() and (box := painted.tight_box(index)):
                yield text.font, letter, box
                count += 1
        if count > _MOST:
            return


def _is_also(shape: Shape, digit: str, of_font: Mapping[str, Sequence[Shape]]) -> bool:
    """Whether the same font has this very shape for another digit too."""
    return any(
        _distance(shape, known) < _IDENTICAL
        for other, shapes in of_font.items()
        if other != digit
        for known in shapes
    )


def _is_other(shape: Shape, digit: str) -> bool:
    """Whether the shape is much more like another digit than like this one."""
    near = {
        other: min(_distance(shape, known) for known in shapes)
        for other, shapes in references().items()
    }
    best = min(near, key=lambda other: near[other])
    return best != digit and near[best] < _LIKE and near[digit] > _CLEARLY * near[best]


def _distance(one: Shape, other: Shape) -> float:
    total: int = sum(map(abs, map(sub, one, other)))
    return total / len(one)


def _scaled(box: Rect, page: pypdfium2.PdfPage, picture: Image.Image) -> Rect:
    width, height = page.get_size()
    across, down = picture.width / width, picture.height / height
    return box[0] * across, box[1] * down, box[2] * across, box[3] * down


def _shape(picture: Image.Image, box: Rect) -> Shape | None:
    """The ink in the box, on a field of one size; None where there is too little of it."""
    left, top, right, bottom = int(box[0]), int(box[1]), int(box[2]) + 1, int(box[3]) + 1
    if bottom - top < _LOWEST or left < 0 or top < 0:
        return None
    if right > picture.width or bottom > picture.height or right <= left:
        return None
    part = picture.crop((left, top, right, bottom))
    low, high = _extremes(part)
    if high - low < _FEWEST_GREY:
        return None
    is_on_dark = _ground(picture, (left, top, right, bottom)) < (low + high) / 2
    part = part.point(_ink(low, high, is_light=is_on_dark))
    inked = part.point(_INKED).getbbox()
    if inked is None or inked[3] - inked[1] < _LOWEST:
        return None
    part = part.crop(inked)  # a box of whole pixels holds a seam of paper, which would shift it
    width = max(1, min(_WIDE, round(part.width * _HIGH / part.height)))
    field = Image.new("L", (_WIDE, _HIGH), 0)
    field.paste(part.resize((width, _HIGH), Image.Resampling.BOX), ((_WIDE - width) // 2, 0))
    return field.tobytes()


def _ground(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The grey on which a digit stands, above and below it; it may itself fill most of its box."""
    left, top, right, bottom = box
    rows = (max(0, top - 2), min(picture.height - 1, bottom + 1))
    strips = [picture.crop((left, row, right, row + 1)).tobytes() for row in rows]
    return median(b"".join(strips))


@lru_cache(maxsize=512)
def _ink(low: int, high: int, *, is_light: bool) -> list[int]:
    """From greys to ink, 0 none to 255 full; light letters on a dark ground are ink too."""
    scale = 255 / (high - low)
    greys = (min(max(grey, low), high) for grey in range(256))
    return [round((grey - low if is_light else high - grey) * scale) for grey in greys]


def _extremes(part: Image.Image) -> tuple[int, int]:
    low, high = part.getextrema()
    return int(low), int(high)  # type: ignore[arg-type] # of one band
