"""What was painted on a page, and in which order? What comes later lies on top."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

Rect = tuple[float, float, float, float]  # left, top, right, bottom in points of the shown page

_MOST = 30_000  # things on a page, and characters
_MOST_ECHOES = 200
_DEEPEST = 8  # drawings within drawings
_LONGEST_NAME = 200
_UNITS = 100  # device units per point
_STEP = 1_000
_OPAQUE = 250  # of 255
_ROW, _MOST_ROWS, _MOST_IN_ROW = 20, 100, 600  # points; rows; shapes
_SMALLEST = 3.0  # points: a lower or narrower shape is a rule, and covers nothing


@dataclass(slots=True)
class Text:
    """One text object: what one operator printed, from a digit to a line."""

    order: int
    handle: object
    box: Rect
    letters: list[tuple[int, str]] = field(default_factory=list)  # place in the page's text
    is_seen: bool = True

    @property
    def text(self) -> str:
        return "".join(letter for _, letter in self.letters)

    @property
    def font(self) -> int:
        """Which font, as long as the document is open."""
        return _address(raw.FPDFTextObj_GetFont(self.handle))

    @property
    def font_name(self) -> str:
        """As the font calls itself: "ABCDEF+Arial-BoldMT"."""
        font = raw.FPDFTextObj_GetFont(self.handle)
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        used = raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME) if font else 0
        return name.value.decode("latin-1") if used else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape or a picture."""

    order: int
    box: Rect
    is_picture: bool


@dataclass(slots=True)
class Painting:
    """Everything on a page that matters to what can be read on it."""

    page: pypdfium2.PdfPage
    textpage: pypdfium2.PdfTextPage
    texts: list[Text]
    echoes: list[Text]  # painted where the same stands already: no letters are left to them
    pictures: list[Shape]
    is_whole: bool  # False: there is more than could be looked at
    shown: "_Shown"
    rows: dict[int, list[Shape]] = field(default_factory=dict)  # by height on the page

    def shapes_at(self, box: Rect) -> list[Shape]:
        """The shapes that stand at the same height, in their order."""
        found = {shape for row in _rows(box) for shape in self.rows.get(row, ())}
        return sorted(found, key=lambda shape: shape.order)

    def letter_box(self, index: int) -> Rect | None:
        """The place of one character of the page's text."""
        rect = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.textpage, index, ctypes.byref(rect)):
            return None
        return self.shown.box(rect.left, rect.bottom, rect.right, rect.top)

    def size(self, text: Text) -> float:
        """The height of its letters, as the font has it, in points."""
        box = next((box for index, _ in text.letters if (box := self.letter_box(index))), None)
        return 0.0 if box is None else box[3] - box[1]

    def tight_box(self, index: int) -> Rect | None:
        """The place of a character's ink."""
        sides = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = sides
        if not raw.FPDFText_GetCharBox(self.textpage, index, *map(ctypes.byref, sides)):
            return None
        return self.shown.box(left.value, bottom.value, right.value, top.value)


def look(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Painting:
    """Everything painted on the page, in its order."""
    texts: dict[int, Text] = {}
    shapes: list[Shape] = []
    shown = _Shown.of(page)
    order = 0
    for order, (handle, kind, matrix) in enumerate(_things(page)):
        if order >= _MOST:
            break
        box = _bounds(handle, matrix, shown)
        if box is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts[_address(handle)] = Text(order, handle, box)
        elif _may_cover(handle, kind, box):
            shapes.append(Shape(order, box, kind == raw.FPDF_PAGEOBJ_IMAGE))
    is_whole = order < _MOST and _spell(textpage, texts)
    printed = [text for text in texts.values() if text.letters]
    rows = _by_row(shapes)
    is_whole &= all(len(row) <= _MOST_IN_ROW for row in rows.values())
    latest = {place: row[-_MOST_IN_ROW:] for place, row in rows.items()}
    pictures = [shape for shape in shapes if shape.is_picture]
    echoes = [text for text in texts.values() if not text.letters][:_MOST_ECHOES]
    return Painting(page, textpage, printed, echoes, pictures, is_whole, shown, latest)


def _by_row(shapes: list[Shape]) -> dict[int, list[Shape]]:
    """The shapes, so that one need not be asked about text at another height."""
    rows: dict[int, list[Shape]] = {}
    for shape in shapes:
        for row in _rows(shape.box):
            rows.setdefault(row, []).append(shape)
    return rows


def _rows(box: Rect) -> range:
    top, bottom = (max(0, min(_MOST_ROWS, int(side / _ROW))) for side in (box[1], box[3]))
    return range(top, bottom + 1)


@dataclass(frozen=True, slots=True)
class _Shown:
    """From the page's coordinates to points from the upper left of the page as it is shown."""

    start: tuple[float, float]
    right: tuple[float, float]
    up: tuple[float, float]

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> "_Shown":
        start, right, up = (_shown(page, *at) for at in ((0, 0), (_STEP, 0), (0, _STEP)))
        return cls(
            start,
            ((right[0] - start[0]) / _STEP, (right[1] - start[1]) / _STEP),
            ((up[0] - start[0]) / _STEP, (up[1] - start[1]) / _STEP),
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Rect:
        corners = [self._point(x, y) for x, y in ((left, bottom), (right, top))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.start[0] + x * self.right[0] + y * self.up[0],
            self.start[1] + x * self.right[1] + y * self.up[1],
        )


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    size = [round(side * _UNITS) for side in page.get_size()]
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _UNITS, down.value / _UNITS


def _things(page: pypdfium2.PdfPage) -> Iterator[tuple[object, int, pypdfium2.PdfMatrix | None]]:
    """Every thing on the page, those inside of others in their place, with what moves them."""
    count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    yield from _inside(page, count, get, None, 0)


def _inside(
    holder: object,
    count: object,
    get: object,
    matrix: pypdfium2.PdfMatrix | None,
    depth: int,
) -> Iterator[tuple[object, int, pypdfium2.PdfMatrix | None]]:
    for place in range(count(holder)):  # type: ignore[operator] # functions of a C library
        handle = get(holder, place)  # type: ignore[operator]
        kind = raw.FPDFPageObj_GetType(handle)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield handle, kind, matrix
        elif depth < _DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(own))
            moved = pypdfium2.PdfMatrix(own.a, own.b, own.c, own.d, own.e, own.f)
            if matrix is not None:
                moved = moved.multiply(matrix)
            yield from _inside(
                handle, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, moved, depth + 1
            )


def _bounds(handle: object, matrix: pypdfium2.PdfMatrix | None, shown: _Shown) -> Rect | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    if matrix is not None:
        left, bottom, right, top = matrix.on_rect(left, bottom, right, top)
    return shown.box(left, bottom, right, top)


def _may_cover(handle: object, kind: int, box: Rect) -> bool:
    if box[2] - box[0] < _SMALLEST or box[3] - box[1] < _SMALLEST:
        return False
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return bool(kind == raw.FPDF_PAGEOBJ_SHADING)
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroke))
    if mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    colours = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *map(ctypes.byref, colours))
    alpha: int = colours[3].value
    return not known or alpha >= _OPAQUE


def _spell(textpage: pypdfium2.PdfTextPage, texts: dict[int, Text]) -> bool:
    """Give every text object its characters; False if there are more than can be."""
    count = int(textpage.count_chars())
    for index in range(min(count, _MOST)):
        owner = texts.get(_address(raw.FPDFText_GetTextObject(textpage, index)))
        if owner is not None:
            owner.letters.append((index, chr(raw.FPDFText_GetUnicode(textpage, index))))
    return count <= _MOST


def _address(handle: object) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
