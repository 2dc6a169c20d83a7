"""Which values does the document announce: its number, lot, product, dates, names?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from shop.assay.certificates.facts import Field, FieldName
from shop.assay.certificates.reading import dates
from shop.assay.certificates.reading.labels import Label, labels
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word, box, lines
from shop.assay.certificates.reading.values import CODES, plain_value

# How sure a value is by the way in which it is announced.
_ANNOUNCED, _BELOW, _RUNNING_ON, _RUNNING_ON_TEXT = 95, 85, 80, 45
_WEAKER = 15
_LONGEST_VALUE = 200
_EMPTY = re.compile(
    r"(?:n\s?/\s?a|none|not (?:applicable|provided|stated|given)|unknown|-+|_+|\.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of the page that may be the value of a label."""

    label: Label
    text: str
    words: tuple[Word, ...]
    page: Page
    confidence: int


def read_fields(pages: Sequence[Page]) -> tuple[Field, ...]:
    """The best announced value of every field, in the order of FieldName."""
    laid_out = [(page, lines(page)) for page in pages]
    hint = dates.order(line.text for _, page_lines in laid_out for line in page_lines)
    best: dict[FieldName, Field] = {}
    for page, page_lines in laid_out:
        for candidate in _candidates(page, page_lines):
            field = _field(candidate, hint)
            if field and (field.name not in best or best[field.name].confidence < field.confidence):
                best[field.name] = field
    return tuple(best[name] for name in FieldName if name in best)


def _candidates(page: Page, page_lines: Sequence[Line]) -> Iterator[_Candidate]:
    for row, line in enumerate(page_lines):
        for column, cell in enumerate(line.cells):
            found = labels(cell.text)
            for label, following in zip_longest(found, found[1:]):
                end = following.start if following else len(cell.text)
                yield from _inside(page, cell, label, end)
                if following is None and not cell.text[label.end :].strip():
                    yield from _beside(page, line, column, label)
                    yield from _under(page, page_lines[row + 1 : row + 3], cell, label)


def _inside(page: Page, cell: Cell, label: Label, end: int) -> Iterator[_Candidate]:
    text = cell.text[label.end : end].strip()
    if not text:
        return
    is_text = label.name not in CODES and not label.name.startswith("date_")
    if is_text and label.is_weak and not label.has_colon:
        return  # "Sample condition" announces no product
    running_on = _RUNNING_ON_TEXT if is_text else _RUNNING_ON
    confidence = _ANNOUNCED if label.has_colon else running_on
    words = _words_between(cell, label.end, end)
    yield _Candidate(label, text, words, page, confidence)


def _beside(page: Page, line: Line, column: int, label: Label) -> Iterator[_Candidate]:
    if column + 1 >= len(line.cells):
        return
    cell = line.cells[column + 1]
    found = labels(cell.text)
    if found and found[0].start == 0:
        return
    end = found[0].start if found else len(cell.text)
    yield _Candidate(label, cell.text[:end].strip(), _words_between(cell, 0, end), page, _ANNOUNCED)


def _under(page: Page, below: Sequence[Line], cell: Cell, label: Label) -> Iterator[_Candidate]:
    for line in below:
        if line.top - cell.bottom > 1.5 * (cell.bottom - cell.top):
            return
        for other in line.cells:
            if other.overlap(cell) > 0 and not labels(other.text):
                yield _Candidate(label, other.text, other.words, page, _BELOW)
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


def _field(candidate: _Candidate, hint: dates.Order | None) -> Field | None:
    label, raw = candidate.label, candidate.text[:_LONGEST_VALUE].strip(" ,;|")
    if not raw or _EMPTY.fullmatch(raw) or not candidate.words:
        return None
    value, sureness = plain_value(label.name, raw, hint)
    if value is None:
        return None
    read = [word.confidence for word in candidate.words]
    confidence = min(candidate.confidence, sureness, *read)
    if label.is_weak:
        confidence = max(0, confidence - _WEAKER)
    page = candidate.page
    return Field(
        name=label.name,
        value=value,
        raw=raw,
        page=page.number,
        box=box(candidate.words, page),
        confidence=confidence,
        source=page.source,
    )
