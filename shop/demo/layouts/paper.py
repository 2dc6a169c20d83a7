"""A sheet of paper, measured from its upper left corner in points, with three typefaces."""

import io
from collections.abc import Sequence
from functools import cache

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shop.demo.catalog import DATA

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
SANS, BOLD, SERIF, ITALIC, MONO = (
    "figtree-regular",
    "figtree-bold",
    "newsreader-regular",
    "newsreader-italic",
    "mono-regular",
)
INK, GRAY, HAIR = "#1b2733", "#52606d", "#b8c4cf"
_QUIET_ZONE = 4  # modules of white that a QR code needs around it


class Paper:
    """What a layout draws on. The same strokes give the same bytes."""

    def __init__(self, size: tuple[float, float], *, title: str, creator: str) -> None:
        _register_fonts()
        self.width, self.height = size
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setCreator(creator)
        self._canvas.setProducer("ReportLab PDF Library")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        font: str = SANS,
        size: float = 9,
        color: str = INK,
        align: str = "left",
    ) -> None:
        """One line with its base line at y."""
        self._canvas.setFillColor(HexColor(color))
        self._canvas.setFont(font, size)
        draw = {
            "left": self._canvas.drawString,
            "right": self._canvas.drawRightString,
            "center": self._canvas.drawCentredString,
        }[align]
        draw(x, self.height - y, words)

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        *,
        width: float,
        font: str = SANS,
        size: float = 9,
        color: str = INK,
        leading: float = 1.4,
    ) -> float:
        """Lines broken to a width; returns the base line after the last."""
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(longer, font, size) > width and line:
                self.text(x, y, line, font=font, size=size, color=color)
                y += size * leading
                line = word
            else:
                line = longer
        self.text(x, y, line, font=font, size=size, color=color)
        return y + size * leading

    def rule(
        self, x: float, y: float, to: float, *, color: str = HAIR, thickness: float = 0.5
    ) -> None:
        self._canvas.setStrokeColor(HexColor(color))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, self.height - y, to, self.height - y)

    def box(
        self, x: float, y: float, w: float, h: float, *, fill: str = "", stroke: str = ""
    ) -> None:
        """A rectangle, filled or outlined."""
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
            self._canvas.setLineWidth(0.6)
        self._canvas.rect(x, self.height - y - h, w, h, fill=bool(fill), stroke=bool(stroke))

    def row(
        self,
        y: float,
        cells: Sequence[tuple[float, str]],
        *,
        font: str = SANS,
        size: float = 8.5,
        color: str = INK,
    ) -> None:
        """Cells of a table, each with its left edge."""
        for x, words in cells:
            self.text(x, y, words, font=font, size=size, color=color)

    def code(self, x: float, y: float, side: float, payload: str) -> None:
        """A QR code with its quiet zone inside the square."""
        matrix = segno.make(payload, error="m", micro=False).matrix
        module = side / (len(matrix) + 2 * _QUIET_ZONE)
        self._canvas.setFillColor(HexColor("#000000"))
        path = self._canvas.beginPath()
        for row, modules in enumerate(matrix):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    left = x + (column + _QUIET_ZONE) * module
                    top = y + (row + _QUIET_ZONE) * module
                    path.rect(left, self.height - top - module, module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def stamp(self, words: str, *, size: float = 120, color: str = "#d9d9d9") -> None:
        """Large words across the sheet, under all that follows."""
        self._canvas.saveState()
        self._canvas.translate(self.width / 2, self.height / 2)
        self._canvas.rotate(52)
        self._canvas.setFillColor(HexColor(color))
        self._canvas.setFont(BOLD, size)
        self._canvas.drawCentredString(0, -size / 3, words)
        self._canvas.restoreState()

    def picture(self, jpeg: bytes) -> None:
        """A photograph or scan over the whole sheet."""
        image = ImageReader(io.BytesIO(jpeg))
        self._canvas.drawImage(image, 0, 0, self.width, self.height)

    def bytes(self) -> bytes:
        """The finished file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


@cache
def _register_fonts() -> None:
    for name in (SANS, BOLD, SERIF, ITALIC, MONO):
        pdfmetrics.registerFont(TTFont(name, str(DATA / "fonts" / f"{name}.ttf")))
