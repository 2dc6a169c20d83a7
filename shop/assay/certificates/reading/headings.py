"""Which line heads a table of results, and what does each of its columns hold?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from rapidfuzz import fuzz, process

from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.columns import ROLE_OF, ROLE_WORDS
from shop.assay.certificates.reading.labels import is_label_like
from shop.assay.certificates.reading.layout import Cell, Line, Word
from shop.assay.certificates.reading.unit_words import is_unit, unit_in

_MOST_WORDS = 45  # of a heading
_MOST_CELL_WORDS = 7
_MOST_HEADING = 4  # words
_PARENTHESES = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_NUMBER = re.compile(
    r"[<>\u2264\u2265~\u00b1]?\s?\d+(?:[.,]\d+)*(?:$|\s?\D)|n\.?d\.?$", re.IGNORECASE
)
_LONG_WORD, _ALIKE = 7, 86  # letters; of 100
_LONG_HEADINGS = [word for word in ROLE_OF if " " not in word and len(word) >= _LONG_WORD]
_FEWEST_BESIDE_NUMBERS = 3  # headings that are known, where a number heads a column
_BLANK = 0.4  # heights of a word
_SECOND_LINE = 1.2  # heights of a word from the heading's first line to its second
_SUPPORTING = frozenset({"unit", "lod", "loq", "lodloq", "spec", "method", "low", "high"})
_VALUES = frozenset({"value", "verdict", "both", "amount"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it holds ("" unknown), where its heading stands, in which unit.

    Tables that stand side by side under one line of headings differ in `panel`.
    """

    role: str
    left: float
    right: float
    unit: str = ""
    panel: int = 0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns from left to right, and where the lines below begin."""

    columns: tuple[Column, ...]
    lines: int  # of the page's lines that the heading takes
    bottom: float

    @property
    def left(self) -> float:
        return self.columns[0].left

    @property
    def right(self) -> float:
        return max(column.right for column in self.columns)


def read_heading(page_lines: Sequence[Line], row: int) -> Heading | None:
    """The heading that begins on this line, if one does."""
    line = page_lines[row]
    if len(line.words) > _MOST_WORDS or not _may_head(line.cells):
        return None
    columns = list(_columns(line.cells))
    taken, bottom = 1, line.bottom
    if row + 1 < len(page_lines):
        following = page_lines[row + 1]
        merged = _with_second(columns, line, following)
        if merged is not None:
            columns, taken, bottom = merged, 2, following.bottom
    panels = _in_panels(columns)
    if panels is None:
        return None
    return Heading(tuple(panels), taken, bottom)


def _may_head(cells: Sequence[Cell]) -> bool:
    if len(cells) == 1 and len(cells[0].words) < 2:  # noqa: PLR2004 - one word heads no table
        return False
    numbers = sum(bool(_NUMBER.match(cell.text)) for cell in cells)
    if numbers and sum(bool(role_of(cell.text)[0]) for cell in cells) < _FEWEST_BESIDE_NUMBERS:
        return False
    announcing = sum(is_label_like(cell.text) for cell in cells)
    return announcing * 2 < len(cells) + (len(cells) == 1)


def _columns(cells: Sequence[Cell]) -> Iterator[Column]:
    for cell in cells:
        role, unit = role_of(cell.text)
        pieces = list(_segments(cell))
        is_split = len(pieces) > 1 and all(piece[1] for piece in pieces)
        roles = {piece[1] for piece in pieces}
        is_both = role == "both" and _are_apart(pieces, cell)
        is_exact = " ".join(words_of(_PARENTHESES.sub(" ", cell.text))) in ROLE_OF
        if is_split and (not role or is_both or (not is_exact and roles >= {"analyte", "value"})):
            for words, name, own_unit in pieces:
                yield Column(name, words[0].left, words[-1].right, own_unit)
        else:
            yield Column(role, cell.left, cell.right, unit)


def _are_apart(pieces: Sequence[tuple[tuple[Word, ...], str, str]], cell: Cell) -> bool:
    """Whether more than a blank stands between the headings of two columns."""
    return all(
        other[0].left - one[-1].right > _BLANK * cell.words[0].height
        for (one, _, _), (other, _, _) in pairwise(pieces)
    )


def role_of(text: str) -> tuple[str, str]:
    """What a column with this heading holds, and the unit that the heading gives."""
    unit = next((found for part in _PARENTHESES.findall(text) if (found := unit_in(part))), "")
    bare = _PARENTHESES.sub(" ", text)
    words = bare.replace("|", " ").split()
    while len(words) > 1 and is_unit(words[-1].strip(",")):
        unit = unit or words[-1].strip(",")
        words.pop()
    if not words or (len(words) == 1 and is_unit(words[0])):
        return "amount", unit or (words[0] if words else "")
    plain = words_of(" ".join(words))
    role = ROLE_OF.get(" ".join(plain)) or _misread(plain)
    if role is None and len(plain) <= _MOST_CELL_WORDS:
        role = _by_words(plain)
    return role or "", unit


def _misread(plain: Sequence[str]) -> str | None:
    """The role of one long word that a picture gave with a letter or two wrong."""
    if len(plain) != 1 or len(plain[0]) < _LONG_WORD:
        return None
    found = process.extractOne(plain[0], _LONG_HEADINGS, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return ROLE_OF[found[0]] if found else None


def _by_words(plain: Sequence[str]) -> str:
    """What a heading of several words is about, by the first group that has one of them."""
    if any(word.isdigit() for word in plain):
        return ""
    said = [role for role, words in ROLE_WORDS if any(word in words for word in plain)]
    if "value" in said and "spec" in said:
        return "both"
    return said[0] if said else ""


def _segments(cell: Cell) -> Iterator[tuple[tuple[Word, ...], str, str]]:
    """The cell's words as the headings of several columns, where narrow gaps join them."""
    words = list(cell.words)
    start = 0
    while start < len(words):
        end, role = _next_heading(words, start)
        piece = tuple(words[start:end])
        yield piece, role, role_of(" ".join(word.text for word in piece))[1] if role else ""
        start = end


def _next_heading(words: Sequence[Word], start: int) -> tuple[int, str]:
    """Where the longest heading that begins here ends, its units with it, and what it heads."""
    for end in range(min(len(words), start + _MOST_HEADING), start, -1):
        text = " ".join(word.text for word in words[start:end])
        role = ROLE_OF.get(" ".join(words_of(_PARENTHESES.sub(" ", text))))
        if role:
            units = takewhile(lambda word: is_unit(word.text.strip("()")), words[end:])
            return end + len(list(units)), role
    return len(words), ""


def _with_second(columns: list[Column], line: Line, following: Line) -> list[Column] | None:
    """The columns with what a second line of heading says of them: units, or a name's rest."""
    if following.top - line.bottom > _SECOND_LINE * line.height:
        return None
    cells = following.cells
    if all(is_unit(cell.text.strip("()[]")) for cell in cells):
        return [_with_unit(column, cells) for column in columns]
    if len(cells) == 1 and columns and _stands_below(cells[0], columns[0]):
        return None  # the name of a group
    if not all(any(_stands_below(cell, column) for column in columns) for cell in cells):
        return None
    found = []
    for column in columns:
        below = [cell for cell in cells if _stands_below(cell, column)]
        if not below:
            found.append(column)
            continue
        rest = " ".join(cell.text for cell in below)
        role = role_of(rest)
        if any(map(str.isdigit, rest)) or len(rest.split()) > _MOST_CELL_WORDS or not role[0]:
            return None
        found.append(
            Column(
                column.role or role[0],
                min(column.left, *(cell.left for cell in below)),
                max(column.right, *(cell.right for cell in below)),
                column.unit or role[1],
            )
        )
    return found if _is_table(columns) and any(map(_is_word, cells)) else None


def _is_word(cell: Cell) -> bool:
    return any(map(str.isalpha, cell.text))


def _with_unit(column: Column, cells: Sequence[Cell]) -> Column:
    unit = next((cell.text.strip("()[] ") for cell in cells if _stands_below(cell, column)), "")
    return replace(column, unit=column.unit or unit)


def _stands_below(cell: Cell, column: Column) -> bool:
    return cell.left < column.right + 2 and cell.right > column.left - 2


def _in_panels(columns: Sequence[Column]) -> list[Column] | None:
    """The columns of each table on the line, if it heads any; a second result is not the result."""
    panels: list[list[Column]] = [[]]
    for column in columns:
        current = panels[-1]
        roles = [other.role for other in current]
        starts_again = (
            column.role == "analyte" and "analyte" in roles and bool(_VALUES & set(roles))
        )
        if starts_again:
            panels.append([])
        panels[-1].append(column)
    found = [_settled(panel) for panel in panels]
    if not any(_is_table(panel) for panel in found):
        return None
    return [replace(column, panel=n) for n, panel in enumerate(found) for column in panel]


def _settled(panel: list[Column]) -> list[Column]:
    """Each role once; the first column is what was tested; a sample's number heads its results."""
    said = {column.role for column in panel}
    settled: list[Column] = []
    for column in panel:
        roles = {other.role for other in settled}
        role = _role_among(column.role, roles, said)
        settled.append(replace(column, role="second" if role in roles and role else role))
    roles = {column.role for column in settled}
    if "analyte" not in roles and settled and not settled[0].role and said & {"value", "both"}:
        settled[0] = replace(settled[0], role="analyte")
    if not roles & _VALUES and len(roles & _SUPPORTING) > 1:
        places = [place for place, column in enumerate(settled) if not column.role and place]
        if places:
            settled[places[-1]] = replace(settled[places[-1]], role="value")
    return settled


def _role_among(role: str, before: set[str], said: set[str]) -> str:
    """What a column holds that only the columns beside it decide."""
    if role == "amount":  # headed by a unit alone
        return "value" if not before & _VALUES and not said & {"value", "both"} else ""
    if role == "norm":  # a limit in some languages, a method in others
        return "spec" if "method" in said and "spec" not in said else "method"
    return role


def _is_table(panel: Sequence[Column]) -> bool:
    roles = {column.role for column in panel}
    return len(panel) > 1 and "analyte" in roles and bool(roles & _VALUES)
