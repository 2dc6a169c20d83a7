"""Which rows does a CSV file hold, and where is it broken?

A file that is no CSV of ours raises Refused before any row. A broken row is one Problem, and
reading goes on at the next line, even after a quotation mark that never closes.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from shop.plumbing.errors import Refused

REQUIRED = ("source", "source_id", "name", "category")
OPTIONAL = (
    "brand",
    "brand_basis",
    "company",
    "price",
    "currency",
    "size",
    "ingredients",
    "reported_chemicals",
    "damaged_text",
)
# Known, and left out: registration numbers (malformed at the source), domains (not verified).
LEFT_OUT = ("id", "brand_domain", "source_category", "reg_scheme", "reg_number", "licence")
MAX_FIELD = 20_000  # characters
_MAX_LINE = 8 * 1024 * 1024  # bytes
_MAX_RECORD_LINES = 100
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16 and, in part, UTF-32


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row and where. A row with an error is not imported."""

    line: int
    column: str
    code: str
    message: str
    row: str  # as it stands in the file
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the right shape. `place` is how many bytes of the file are read by then."""

    line: int
    row: str
    fields: dict[str, str]
    place: int


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    content: bytes


def read(path: Path) -> Iterator[Record | Problem]:
    """Every row in order. Raises Refused, naming line and column, for a file not of this kind."""
    with path.open("rb") as file:
        lines = _Lines(file)
        columns = _header(lines)
        for number, name in enumerate(columns, 1):
            if name not in {*REQUIRED, *OPTIONAL, *LEFT_OUT}:
                message = f"Column {number} {name[:40]!r} is not known and is left out."
                yield Problem(1, name, "catalog.import_column_unknown", message, "", is_error=False)
        while (first := lines.take()) is not None:
            if first.content.strip():
                yield _record(first, lines, columns)


class _Lines:
    """The lines of a file; some can be given back to be read again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._again: deque[_Line] = deque()
        self._number = 0

    def take(self) -> _Line | None:
        if self._again:
            return self._again.popleft()
        content = self._file.readline(_MAX_LINE)
        if not content:
            return None
        while len(content) >= _MAX_LINE and not content.endswith(b"\n"):
            rest = self._file.readline(_MAX_LINE)  # read past; the row is too long anyway
            if not rest or rest.endswith(b"\n"):
                break
        self._number += 1
        return _Line(self._number, content)

    def give_back(self, lines: list[_Line]) -> None:
        self._again.extendleft(reversed(lines))

    @property
    def place(self) -> int:
        return self._file.tell()


def _header(lines: _Lines) -> list[str]:
    first = lines.take()
    if first is None:
        code = "catalog.import_empty"
        raise Refused(code, "The file is empty.")
    if first.content.startswith(_WIDE_MARKS):
        code = "catalog.import_not_utf8"
        raise Refused(code, "The file is in UTF-16 or UTF-32. Save it as CSV in UTF-8.", line=1)
    names = _names(first)
    if names is None:
        code = "catalog.import_not_csv"
        message = "Line 1 is not a line of column names. Is this a CSV file in UTF-8?"
        raise Refused(code, message, line=1)
    _check_names(names)
    return names


def _names(line: _Line) -> list[str] | None:
    try:
        text = line.content.decode("utf-8-sig")
        row = next(csv.reader([text], strict=True))
    except (UnicodeDecodeError, csv.Error, StopIteration):
        return None
    is_words = all(name.isprintable() for name in row)
    is_list = any(separator in text for separator in ",;\t")
    return [name.strip().lower() for name in row] if is_words and is_list else None


def _check_names(names: list[str]) -> None:
    for number, name in enumerate(names, 1):
        earlier = names.index(name) + 1
        if earlier != number:
            code = "catalog.import_column_twice"
            message = f"Line 1: column {number} has the name of column {earlier}, {name!r}."
            raise Refused(code, message, line=1, column=name)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        code = "catalog.import_columns_missing"
        message = f"Line 1: no column is named {' or '.join(map(repr, missing))}."
        if len(names) == 1:
            message += " Columns must be separated by commas."
        raise Refused(code, message, line=1, column=missing[0])


def _record(first: _Line, lines: _Lines, columns: list[str]) -> Record | Problem:
    """The record that begins on this line; of a broken one, only this line is used up."""
    taken = [first]
    while b"".join(line.content for line in taken).count(b'"') % 2:
        following = lines.take() if len(taken) < _MAX_RECORD_LINES else None
        if following is None:
            lines.give_back(taken[1:])
            return _unclosed(first, columns)
        taken.append(following)
    found = _parse(taken, columns, lines.place)
    if isinstance(found, Problem) and any(_is_whole(line, columns) for line in taken[1:]):
        lines.give_back(taken[1:])  # the quotation mark swallowed rows of their own
        return _unclosed(first, columns)
    return found


def _parse(taken: list[_Line], columns: list[str], place: int) -> Record | Problem:
    number, content = taken[0].number, b"".join(line.content for line in taken)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        message = (
            f"The byte {content[error.start]:#04x} is not UTF-8. "
            "Save the file in UTF-8 and import it again."
        )
        return _problem(taken[0], _column_after(before, columns), "not_utf8", message)
    if "\0" in text:
        column = _column_after(text.partition("\0")[0], columns)
        return _problem(taken[0], column, "null_byte", "There is a null byte in the text.")
    longest = _longest(text)
    if longest[1] > MAX_FIELD:
        message = f"The field has {longest[1]:,} characters; {MAX_FIELD:,} is the most."
        return _problem(taken[0], _name(longest[0], columns), "field_too_long", message)
    try:
        values = next(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        column = _column_after(text, columns)
        return _problem(taken[0], column, "not_csv_row", f"The row cannot be read: {error}.")
    if len(values) != len(columns):
        message = f"The row has {len(values)} fields, the header has {len(columns)}."
        column = _name(min(len(values), len(columns)), columns)
        return _problem(taken[0], column, "field_count", message)
    row = text.rstrip("\r\n")
    return Record(number, row, dict(zip(columns, values, strict=True)), place)


def _is_whole(line: _Line, columns: list[str]) -> bool:
    text = line.content.decode("utf-8", "replace")
    return text.count('"') % 2 == 0 and len(list(_lengths(text))) == len(columns)


def _unclosed(line: _Line, columns: list[str]) -> Problem:
    text = line.content.decode("utf-8", "replace")
    message = "A quotation mark in this column opens and never closes. Close it, or double it."
    return _problem(line, _column_after(text, columns), "unclosed_quote", message)


def _problem(line: _Line, column: str, code: str, message: str) -> Problem:
    row = line.content.decode("utf-8", "replace").rstrip("\r\n")
    return Problem(line.number, column, f"catalog.import_{code}", message, row)


def _column_after(text: str, columns: list[str]) -> str:
    return _name(len(list(_lengths(text))) - 1, columns)


def _longest(text: str) -> tuple[int, int]:
    """Which field is the longest, and its length. Cheap for a row that cannot have a long one."""
    if len(text) <= MAX_FIELD:
        return 0, 0
    return max(enumerate(_lengths(text)), key=lambda pair: pair[1])


def _lengths(text: str) -> Iterator[int]:
    """How long each field is, quotes and all; a quote that never closes takes what follows."""
    outside = text.split('"')[::2]
    inside = text.split('"')[1::2]
    length = 0
    for index, part in enumerate(outside):
        *ended, begun = part.split(",")
        for piece in ended:
            yield length + len(piece)
            length = 0
        length += len(begun) + (len(inside[index]) + 2 if index < len(inside) else 0)
    yield length


def _name(index: int, columns: list[str]) -> str:
    return columns[index] if index < len(columns) else f"column {index + 1}"
