"""Which words of a page stand on one line, and which lines fall into columns?"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import Source

# A gap wider than this many word heights separates two columns; a picture's words are measured
# to the ink and are therefore lower than a file's, which are measured to the font.
_COLUMN_GAP = {Source.PDF: 0.7, Source.OCR: 1.0, Source.STAFF: 0.7}
_SAME_LINE = 0.55  # of the lower one of word and line
_ALIKE, _SAME_BASE = 0.7, 0.25  # of heights
_RECENT = 4  # lines that a word may still belong to
_TOUCH, _OVERLAP = 0.02, 0.3  # heights of a word
_FEWEST_LETTERS, _MOSTLY = 6, 0.7  # single letters on a line, for it to be set apart


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
    """A page's words, upright. `aside` holds text that runs at an angle: stamps and watermarks.

    `turns` says how many quarters clockwise the page as it is shown was turned so that its words
    stand upright; width and height are those of the upright page.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    aside: str = ""
    source: Source = Source.PDF
    turns: int = 0


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


@dataclass(slots=True)
class _Band:
    """The words of one line, and how high it runs: long words say more of that than short ones."""

    words: list[Word] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0
    weight: float = 0.0

    def add(self, word: Word) -> None:
        self.words.append(word)
        width = max(0.1, word.right - word.left) * max(0.1, word.height)
        whole = self.weight + width
        self.top = (self.top * self.weight + word.top * width) / whole
        self.bottom = (self.bottom * self.weight + word.bottom * width) / whole
        self.weight = whole

    def share(self, word: Word) -> float:
        """How much of the lower one of word and line is level with the other, 0 to 1.

        Nothing where one is much smaller and they do not stand on the same base: a large headline
        beside two small lines is on neither of them.
        """
        height = max(0.1, self.bottom - self.top)
        lower, higher = min(height, word.height), max(height, word.height)
        is_level = abs(self.bottom - word.bottom) < _SAME_BASE * lower
        is_mark = not any(map(str.isalnum, word.text))
        if lower < _ALIKE * higher and not is_level and not is_mark:
            return 0.0
        shared = min(self.bottom, word.bottom) - max(self.top, word.top)
        return shared / max(0.1, lower)


def lines(page: Page, *, gap: float | None = None) -> list[Line]:
    """The page's lines from top to bottom, each split into cells at wide gaps.

    `gap` is the width of such a gap in heights of a word, where the usual one does not serve.
    """
    gathered: list[_Band] = []
    for word in sorted(page.words, key=lambda word: (word.middle, word.left)):
        band = max(gathered[-_RECENT:], key=lambda band: band.share(word), default=None)
        if band is None or band.share(word) < _SAME_LINE:
            band = _Band()
            gathered.append(band)
        band.add(word)
    gathered.sort(key=lambda band: band.top)
    widest = gap or _COLUMN_GAP[page.source]
    ordered = (_joined(sorted(band.words, key=lambda word: word.left)) for band in gathered)
    return [Line(_cells(words, widest)) for words in ordered]


def box(words: Sequence[Word], page: Page) -> Box:
    """The box around the words on the page as it is shown, as thousandths of it."""
    upright = (
        _thousandth(min(word.left for word in words), page.width),
        _thousandth(min(word.top for word in words), page.height),
        _thousandth(max(word.right for word in words), page.width),
        _thousandth(max(word.bottom for word in words), page.height),
    )
    return _as_shown(upright, page.turns % 4)


def _as_shown(upright: Box, turns: int) -> Box:
    left, top, right, bottom = upright
    if turns == 1:
        return top, 1000 - right, bottom, 1000 - left
    if turns == 2:  # noqa: PLR2004 - half a turn
        return 1000 - right, 1000 - bottom, 1000 - left, 1000 - top
    if turns == 3:  # noqa: PLR2004
        return 1000 - bottom, left, 1000 - top, right
    return upright


def _joined(words: list[Word]) -> list[Word]:
    """Words whose letters were set apart put together again; other lines stay as they are."""
    words = _whole(words)
    single = sum(len(word.text) == 1 for word in words)
    if len(words) < _FEWEST_LETTERS or single < _MOSTLY * len(words):
        return words
    gaps = sorted(after.left - before.right for before, after in pairwise(words))
    usual = gaps[len(gaps) // 3]
    if usual > words[0].height:  # marks in the columns of a table
        return words
    widest = max(1.7 * usual, usual + 0.12 * words[0].height)
    return _together(words, widest)


def _whole(words: list[Word]) -> list[Word]:
    """Words that touch are one word, drawn in pieces."""
    if all(after.left - before.right > _TOUCH * before.height for before, after in pairwise(words)):
        return words
    return _together(words, _TOUCH * words[0].height)


def _together(words: list[Word], widest: float) -> list[Word]:
    joined = [words[0]]
    for word in words[1:]:
        last = joined[-1]
        gap = word.left - last.right
        if gap > widest or gap < -_OVERLAP * word.height:
            joined.append(word)
            continue
        joined[-1] = Word(
            last.text + word.text,
            last.left,
            min(last.top, word.top),
            max(last.right, word.right),
            max(last.bottom, word.bottom),
            min(last.confidence, word.confidence),
        )
    return joined


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
