"""Which text of a page does nobody see, though it is there? Painted over, or never drawn.

Candidates are cheap to name: no ink where they stand, no colour, a shape painted later. The proof
is a second drawing without them: what looks the same without a text does not show it.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from shop.assay.certificates.inside import Look, Oddity, OddityKind
from shop.certificates.reader import comparing, crops, painting, places
from shop.certificates.reader.painting import Painting, Rect, Shape, Text
from shop.certificates.reader.sight import Sight

_FAINT = comparing.FAINT
_A_SCAN, _A_PICTURE = 0.5, 0.25  # of the page
_PALE = 225  # of 255, every colour: hardly seen on paper
_THIN = 16  # of 255: as good as transparent
_TINY = 1.0  # points
_EDGE = 1.5
_ALIKE = 0.75
_WHOLLY = 0.97  # of a text's box lies under a shape; of less it is asked letter by letter
_ECHO = 0.8  # of a text's box
_LONGEST = 300
_MOST_ODD = 40  # on a page
_MOST_LINES = 300  # of unseen text
_INVISIBLE = frozenset({3, 7})  # rendering modes (ISO 32000-2, 9.3.6)


@dataclass(slots=True)
class Piece:
    """A text object or a part of one that may not be seen."""

    text: str
    owner: Text
    box: Rect
    cover: Shape | None
    is_part: bool = False


class _Line:
    """Pieces side by side, and what stands in their place to be seen."""

    def __init__(self, pieces: tuple[Piece, ...], seen: list[Text], painted: Painting) -> None:
        self.pieces, self.cover = pieces, pieces[0].cover
        self.box = places.around(piece.box for piece in pieces)
        self.words = " ".join(piece.text for piece in pieces)
        self.above = _said(painted, seen, self.box, self.cover)

    @property
    def kind(self) -> OddityKind:
        return OddityKind.HIDDEN if self.cover is None else OddityKind.COVERED

    @property
    def needs_picture(self) -> bool:
        """Whether something may be printed there that is no text."""
        return not self.above and (self.cover is None or self.cover.is_picture)


def look(sight: Sight, page: pypdfium2.PdfPage, painted: Painting, number: int) -> None:
    """Note text that is covered or hidden, and take it off the page, so that it is not read.

    The words that a scanner lays over its picture are none of it: the page's number is noted.
    """
    if not painted.is_whole:
        sight.unfinished.add(Look.TEXT)
    picture = comparing.draw(page, sight.limits, with_notes=False)
    found = list(_candidates(painted, picture))
    if not found:
        return
    unseen = _proven(page, found, picture, sight)
    layer = [piece for piece in unseen if _is_layer(piece, painted, picture)]
    if layer:
        sight.layered.add(number)
    rest = [piece for piece in unseen if piece not in layer]
    sight.oddities += list(_judged(sight, page, rest, number))[:_MOST_ODD]


def _candidates(painted: Painting, picture: Image.Image) -> Iterator[Piece]:
    for text in painted.texts:
        if not any(map(str.isalnum, text.text)) or _is_repeated(text, painted):
            continue
        covers = [
            shape
            for shape in painted.shapes_at(text.box)
            if shape.order > text.order and places.shared(text.box, shape.box) > 0
        ]
        cover = next(
            (shape for shape in covers if places.is_under(text.box, shape.box, share=_WHOLLY)),
            None,
        )
        if cover or _has_no_ink(text.box, picture) or _is_pale(text):
            yield Piece(text.text.strip(), text, text.box, cover)
            continue
        for shape in covers:
            yield from _part(painted, text, shape)


def _is_repeated(text: Text, painted: Painting) -> bool:
    """Whether the same is painted again in the same place, and nothing over that."""
    return any(
        echo.order > text.order
        and places.shared(echo.box, text.box) >= _ECHO * places.shared(text.box, text.box)
        and not any(
            shape.order > echo.order and places.shared(echo.box, shape.box) > 0
            for shape in painted.shapes_at(echo.box)
        )
        and not _is_pale(echo)
        for echo in painted.echoes
    )


def _part(painted: Painting, text: Text, shape: Shape) -> Iterator[Piece]:
    """The letters of the text that lie under the shape."""
    letters = [(letter, painted.letter_box(index)) for index, letter in text.letters]
    under = [(letter, box) for letter, box in letters if box and places.is_under(box, shape.box)]
    if any(letter.isalnum() for letter, _ in under):
        box = places.around(box for _, box in under)
        words = "".join(letter for letter, _ in under).strip()
        yield Piece(words, text, box, shape, is_part=True)


def _has_no_ink(box: Rect, picture: Image.Image) -> bool:
    area = places.pixels(box, picture)
    if area is None:
        return True
    low, high = picture.crop(area).getextrema()
    return bool(high - low < _FAINT)  # type: ignore[operator] # one band, two numbers


def _is_pale(text: Text) -> bool:
    """Whether the text says of itself that it is hardly to be seen."""
    if raw.FPDFTextObj_GetTextRenderMode(text.handle) in _INVISIBLE:
        return True
    if text.box[3] - text.box[1] < _TINY:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(text.handle, *map(ctypes.byref, colours)):
        return False
    red, green, blue, alpha = (colour.value for colour in colours)
    return alpha < _THIN or min(red, green, blue) > _PALE


def _proven(
    page: pypdfium2.PdfPage, found: list[Piece], picture: Image.Image, sight: Sight
) -> list[Piece]:
    """The pieces without which the page looks the same."""
    for piece in found:
        raw.FPDFPageObj_SetIsActive(piece.owner.handle, False)  # noqa: FBT003 - not our function
    without = comparing.draw(page, sight.limits, with_notes=False)
    for piece in found:
        raw.FPDFPageObj_SetIsActive(piece.owner.handle, True)  # noqa: FBT003
    difference = ImageChops.difference(picture, without)
    return [piece for piece in found if _is_same(piece, difference)]


def _is_same(piece: Piece, difference: Image.Image) -> bool:
    left, top, right, bottom = piece.box
    margin = _EDGE if piece.is_part else 0.0  # the next letter, which may well be seen
    area = places.pixels((left + margin, top + margin, right - margin, bottom - margin), difference)
    if area is None:
        return not piece.is_part
    counts = difference.crop(area).histogram()
    return sum(counts[_FAINT + 1 :]) == 0


def _is_layer(piece: Piece, painted: Painting, picture: Image.Image) -> bool:
    """Whether the text is a scanner's reading of the picture that it lies over, or under."""
    is_invisible = raw.FPDFTextObj_GetTextRenderMode(piece.owner.handle) in _INVISIBLE
    is_below = piece.cover is not None and piece.cover.is_picture
    if not is_invisible and not is_below:
        return False
    whole = (0.0, 0.0, float(picture.width), float(picture.height))
    areas = {
        shape: places.shared(shape.box, whole) / (whole[2] * whole[3]) for shape in painted.pictures
    }
    if sum(areas.values()) >= _A_SCAN:
        return any(places.shared(piece.box, shape.box) > 0 for shape in painted.pictures)
    return any(
        area >= _A_PICTURE and places.is_under(piece.box, shape.box)
        for shape, area in areas.items()
    )


def _judged(
    sight: Sight, page: pypdfium2.PdfPage, pieces: list[Piece], number: int
) -> Iterator[Oddity]:
    """What is odd about each line of them; what is odd is not read any more."""
    for piece in pieces:
        _show(piece, is_seen=False)
    lines = _seen_lines(page, pieces)
    if len(lines) > _MOST_LINES:
        sight.unfinished.add(Look.TEXT)
    drawn = _drawn(sight, page, [line for line in lines[:_MOST_LINES] if line.needs_picture])
    for place, line in enumerate(lines):
        above = line.above or drawn.get(line.box, "")
        if place >= _MOST_LINES or _is_alike(line.words, above):
            for piece in line.pieces:
                _show(piece, is_seen=True)
            continue
        box = places.thousandths(line.box, page)
        yield Oddity(line.kind, line.words[:_LONGEST], above[:_LONGEST], number, box)


def _seen_lines(page: pypdfium2.PdfPage, pieces: list[Piece]) -> list[_Line]:
    """Line by line, with what is seen there when the page is read without them.

    Read anew, because of two equal letters in one place only the lower one counts as text.
    """
    textpage = page.get_textpage()
    try:
        painted = painting.look(page, textpage)
        return [_Line(tuple(line), painted.texts, painted) for line in _lines(pieces)]
    finally:
        textpage.close()


def _drawn(sight: Sight, page: pypdfium2.PdfPage, lines: list[_Line]) -> dict[Rect, str]:
    """What the picture says where there is ink and no text."""
    picture = comparing.draw(page, sight.limits, with_notes=False)
    boxes = [line.box for line in lines if not _has_no_ink(line.box, picture)]
    if not boxes:
        return {}
    said = crops.read(sight, page, [places.thousandths(box, page) for box in boxes])
    return {box: words.text for box, words in zip(boxes, said, strict=True)}


def _show(piece: Piece, *, is_seen: bool) -> None:
    """Put a text object on the page, or take it off. One that is seen in part stays."""
    if not piece.is_part:
        piece.owner.is_seen = is_seen
        raw.FPDFPageObj_SetIsActive(piece.owner.handle, is_seen)


def _said(painted: Painting, seen: list[Text], box: Rect, cover: Shape | None) -> str:
    """The words that stand there and are seen; after a shape, those painted on it."""
    after, place = 0, box
    if cover is not None:
        after, place = cover.order, _along(box, cover.box)
    there = [text for text in seen if text.order > after and places.shared(text.box, place) > 0]
    letters = [
        letter
        for text in there
        for index, letter in text.letters
        if (spot := painted.letter_box(index)) and places.is_within(spot, place)
    ]
    return " ".join("".join(letters).split())


def _along(box: Rect, cover: Rect) -> Rect:
    """The box, longer by some letters in the direction of its line as far as the cover goes."""
    width, height = box[2] - box[0], box[3] - box[1]
    reach = 2 * min(width, height)
    across, down = (reach, 0.0) if width >= height else (0.0, reach)
    return (
        min(box[0], max(cover[0], box[0] - across)),
        min(box[1], max(cover[1], box[1] - down)),
        max(box[2], min(cover[2], box[2] + across)) + across / 4,
        max(box[3], min(cover[3], box[3] + down)) + down / 4,
    )


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, of one kind."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        last = lines[-1][-1] if lines else None
        if last is not None and last.cover == piece.cover and places.is_beside(last.box, piece.box):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _is_alike(one: str, other: str) -> bool:
    """Whether the first says nothing that the other does not; of figures not one may differ."""
    first, second = ("".join(filter(str.isalnum, text)).casefold() for text in (one, other))
    if not first or not second:
        return False
    figures = ["".join(filter(str.isdigit, text)) for text in (first, second)]
    is_near = SequenceMatcher(None, first, second).ratio() >= _ALIKE
    return first in second or (is_near and figures[0] == figures[1])
