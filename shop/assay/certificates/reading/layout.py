"""Which words of a page stand on one line, and which lines fall into columns?"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import Source

# A gap wider than this many word heights separates two columns; a picture's words are measured
# to the ink and are therefore lower than a file's, which are measured to the font.
_COLUMN_GAP = {Source.PDF: 0.7, Source.OCR: 1.0, Source.STAFF: 0.7}
_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: int = 100

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words. `aside` holds text that runs at an angle: stamps and watermarks."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    aside: str = ""
    source: Source = Source.PDF


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one line that no wide gap separates."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def confidence(self) -> int:
        return min(word.confidence for word in self.words)

    def overlap(self, other: "Cell") -> float:
        """How much of the narrower one stands under or over the other, 0 to 1."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        narrower = min(self.right - self.left, other.right - other.left)
        return max(0.0, shared) / max(narrower, 0.1)


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line from left to right, never empty."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return "  ".join(cell.text for cell in self.cells)

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells for word in cell.words]

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def height(self) -> float:
        return statistics.median(word.height for word in self.words)


def lines(page: Page) -> list[Line]:
    """The page's lines from top to bottom, each split into cells at wide gaps."""
    gathered: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: (word.middle, word.left)):
        if gathered and _is_same_line(gathered[-1], word):
            gathered[-1].append(word)
        else:
            gathered.append([word])
    gap = _COLUMN_GAP[page.source]
    return [Line(_cells(sorted(words, key=lambda word: word.left), gap)) for words in gathered]


def box(words: Sequence[Word], page: Page) -> Box:
    """The box around the words, as thousandths of the page."""
    return (
        _thousandth(min(word.left for word in words), page.width),
        _thousandth(min(word.top for word in words), page.height),
        _thousandth(max(word.right for word in words), page.width),
        _thousandth(max(word.bottom for word in words), page.height),
    )


def _is_same_line(line: list[Word], word: Word) -> bool:
    last = line[-1]
    return abs(word.middle - last.middle) < _SAME_LINE * min(word.height, last.height)


def _cells(words: list[Word], gap: float) -> tuple[Cell, ...]:
    widest = gap * statistics.median(word.height for word in words)
    groups = [[words[0]]]
    for word in words[1:]:
        if word.left - groups[-1][-1].right > widest:
            groups.append([])
        groups[-1].append(word)
    return tuple(Cell(tuple(group)) for group in groups)


def _thousandth(value: float, whole: float) -> int:
    return max(0, min(1000, round(1000 * value / whole))) if whole > 0 else 0
