"""Which pieces of a page may be the value of a label: after it, beside it, or below it?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.reading.headings import read_heading
from shop.assay.certificates.reading.labels import Label, is_label_like, labels
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word
from shop.assay.certificates.reading.titles import is_title
from shop.assay.certificates.reading.vocabulary import USUALLY

_NEAR_BELOW = 1.5  # heights of a word
_MOST_BELOW = 2  # lines
_CONTINUES = 0.9  # heights of a word between the lines of one value
_SAME_EDGE = 4.0  # points
_FEWEST_HEADS = 2
_NAMES = frozenset({FieldName.PRODUCT, FieldName.CLIENT, FieldName.BRAND, FieldName.LAB_NAME})
_NUMBERED = re.compile(r"(?:no|nr|number|n[\u00b0\u00ba])\b[.:#\s]*|#[:\s]*", re.IGNORECASE)


class Place(Enum):
    """Where the value stands, seen from its label."""

    AFTER_COLON = auto()
    RUNNING_ON = auto()
    BESIDE = auto()
    BELOW = auto()
    IN_COLUMN = auto()  # below, in a row of values under a row of labels


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of the page that may be the value of a label."""

    label: Label
    text: str
    words: tuple[Word, ...]
    page: Page
    place: Place


def candidates(page: Page, page_lines: Sequence[Line]) -> Iterator[Candidate]:
    """Every piece of the page that stands where a label's value may stand."""
    found = [[labels(cell.text) for cell in line.cells] for line in page_lines]
    for row, line in enumerate(page_lines):
        yield from _beside_title(page, line)
        is_heading = _is_heading(page_lines, found, row)
        for column, cell in enumerate(line.cells):
            inside = found[row][column]
            for label, following in zip_longest(inside, inside[1:]):
                end = following.start if following else len(cell.text)
                yield from _inside(page, cell, label, end)
            if not inside or cell.text[inside[-1].end :].strip():
                continue
            if inside[-1].name in _NAMES and read_heading(page_lines, row):
                continue  # "Compound" heads what was tested
            if not is_heading:
                yield from _beside(page, page_lines, row, column, inside[-1])
            place = Place.IN_COLUMN if is_heading else Place.BELOW
            below = page_lines[row + 1 : row + 1 + _MOST_BELOW]
            yield from _below(page, below, cell, inside[-1], place)


def _beside_title(page: Page, line: Line) -> Iterator[Candidate]:
    """What stands as "No. 4711" on the title's line numbers the report."""
    if not any(is_title(cell.text) for cell in line.cells):
        return
    for cell in line.cells:
        match = _NUMBERED.match(cell.text)
        if match:
            end = match.end()
            label = Label(FieldName.REPORT_NO, 0, end, USUALLY, has_colon=True)
            words = _words_between(cell, end, len(cell.text))
            yield Candidate(label, cell.text[end:], words, page, Place.AFTER_COLON)


def _is_heading(page_lines: Sequence[Line], found: list[list[list[Label]]], row: int) -> bool:
    """Whether the line is a row of labels, with a row of their values below."""
    cells = page_lines[row].cells
    if len(cells) < _FEWEST_HEADS or row + 1 >= len(page_lines):
        return False
    heads = sum(_is_head(cell, inside) for cell, inside in zip(cells, found[row], strict=True))
    values = page_lines[row + 1].cells
    is_below = sum(any(value.overlap(cell) > 0 for cell in cells) for value in values)
    is_near = (
        page_lines[row + 1].top - page_lines[row].bottom < _NEAR_BELOW * page_lines[row].height
    )
    below = [inside for value, inside in zip(values, found[row + 1], strict=True) if inside]
    return heads == len(cells) and is_below >= 1 and is_near and len(below) * 2 <= len(values)


def _is_head(cell: Cell, inside: list[Label]) -> bool:
    if inside:
        return inside[0].start == 0 and not cell.text[inside[-1].end :].strip()
    return is_label_like(cell.text)


def _inside(page: Page, cell: Cell, label: Label, end: int) -> Iterator[Candidate]:
    text = cell.text[label.end : end].strip()
    if text:
        place = Place.AFTER_COLON if label.has_colon else Place.RUNNING_ON
        yield Candidate(label, text, _words_between(cell, label.end, end), page, place)


def _beside(
    page: Page, page_lines: Sequence[Line], row: int, column: int, label: Label
) -> Iterator[Candidate]:
    cells = page_lines[row].cells
    following = [cell for cell in cells[column + 1 :] if cell.text.strip(" :\uff1a.-")]
    if not following or is_label_like(following[0].text):
        return
    cell = following[0]
    if label.name in _NAMES and len(following) > 1 and not any(map(str.isalpha, cell.text)):
        cell = following[1]  # "Material: 300112  Rosemary extract"
    found = labels(cell.text)
    if found and found[0].start == 0 and (found[0].has_colon or not found[0].is_weak):
        return
    end = found[0].start if found and found[0].has_colon else len(cell.text)
    words = _words_between(cell, 0, end)
    text = cell.text[:end].strip()
    if label.name is FieldName.PRODUCT:
        more = _continued(page_lines[row + 1 : row + 2], cells[column], cell, page_lines[row])
        text, words = " ".join([text, *(word.text for word in more)]), (*words, *more)
    yield Candidate(label, text, words, page, Place.BESIDE)


def _continued(below: Sequence[Line], head: Cell, cell: Cell, line: Line) -> tuple[Word, ...]:
    """The value's second line: it begins where the first does, with nothing below the label."""
    for following in below:
        is_near = following.top - line.bottom < _CONTINUES * line.height
        is_under_label = any(
            other.overlap(head) > 0 and not _is_rest_of(head, other) for other in following.cells
        )
        for other in following.cells:
            is_aligned = abs(other.left - cell.left) < _SAME_EDGE
            if is_near and is_aligned and not is_under_label and not labels(other.text):
                return other.words
    return ()


def _is_rest_of(head: Cell, below: Cell) -> bool:
    """Whether the label runs over two lines: "Product" above "name:"."""
    joined = f"{head.text} {below.text}"
    whole, first = labels(joined), labels(head.text)
    own = labels(below.text)
    return (
        len(whole) == 1
        and bool(first)
        and whole[0].name is first[0].name
        and whole[0].end >= len(joined)
        and all(label.name is whole[0].name for label in own)
    )


def _below(
    page: Page, below: Sequence[Line], cell: Cell, label: Label, place: Place
) -> Iterator[Candidate]:
    bottom = cell.bottom
    for line in below:
        if line.top - bottom > _NEAR_BELOW * (cell.bottom - cell.top):
            return
        for other in line.cells:
            if other.overlap(cell) > 0:
                found = labels(other.text)
                is_label = bool(found) and found[0].start == 0
                if not is_label or (place is Place.IN_COLUMN and not found[0].has_colon):
                    yield Candidate(label, other.text, other.words, page, place)
                return


def _words_between(cell: Cell, start: int, end: int) -> tuple[Word, ...]:
    """The cell's words that have a character from `start` up to `end`."""
    inside = []
    position = 0
    for word in cell.words:
        if position < end and position + len(word.text) > start:
            inside.append(word)
        position += len(word.text) + 1
    return tuple(inside)
