"""Where are the tables of results, and which words stand in which of their columns?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.headings import Column, Heading, read_heading
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word

_MOST_GAP = 5  # heights of a line between two rows
_SENTENCE = 9  # words of a first cell that runs across the table: it ends it
_ACROSS = 0.5  # of the table's width
_BEYOND = 0.15  # of the page's width, past the last heading, a value may still begin
_STEP_IN = 8.0  # points
_HEAD_WEIGHT = 3
_STOPS_TEXT = """
    conclusion; conclusions; storage; store; packing; packaging; shelf life; remark; remarks;
    note; notes; comment; comments; approved by; analyst; prepared by; reviewed by; reported by;
    page; disclaimer; end of report; signature; signed; authorized by; authorised by;
    checked by; verified by; released by; released; quality control manager; qa manager;
    qc manager; tested by; analyzed by; analysed by; analysis by; the results; results relate;
    this report; this certificate; these results; lod limit; loq limit; nd not; date;
    date tested; date of issue; report date; legend; abbreviations; all results; results are;
    test results relate; opinion; final approval; analysis method; instrument used; bemerkung;
    bemerkungen; fazit; ende; fin; nota; note di; conclusione; expanded uncertainty;
    measurement uncertainty; lab director; the above; based on; in conclusion;
    end of certificate; signatories; signatory; verify; scan; www; product complies; country of;
    instrument; extracted by; batch; lot; reference; storage condition; storage conditions;
    analytical batch; batch number; preparation; nd; loq; lod; definitions; key; certified by;
    jugement; konklusion; freigabe; gepruft; datum; visa; le responsable; il responsabile;
    el responsable; technical manager; laboratory manager; sincerely; respectfully; the data;
    we hereby; qa; qc; quality assurance; head of; director; *** end; manager; expiry date;
    expiration date; retest"""
_STOPS = frozenset(" ".join(words_of(stop)) for stop in _STOPS_TEXT.split(";"))
_STOP_MARKS = ("*", "\u2020", "#", "(1)")
_SAID_WORDS = 5
_LONGEST_STOP = max(len(stop.split()) for stop in _STOPS)
_LABELED = re.compile(r"^[^:\uff1a]{2,40}[:\uff1a](?:\s|$)")


@dataclass(slots=True)
class Table:
    """A heading and the lines below it, as far as they belong to it."""

    heading: Heading
    page: Page
    left: float
    right: float
    lines: list[Line] = field(default_factory=list)
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one table: its words by column, and where it stands."""

    cells: Mapping[int, tuple[Word, ...]]
    top: float
    bottom: float
    height: float


def read_tables(page: Page, page_lines: Sequence[Line], last: Table | None) -> Iterator[Table]:
    """The tables of a page; `last` may run on from the page before, without its heading."""
    open_tables: list[Table] = []
    carried = _carried(last, page, page_lines) if last else None
    if carried:
        yield carried
    row = 0
    while row < len(page_lines):
        heading = read_heading(page_lines, row)
        if heading is None:
            for table in list(open_tables):
                if not _take(table, page_lines[row]):
                    open_tables.remove(table)
                    yield table
            row += 1
            continue
        started = _start(heading, page)
        for table in list(open_tables):
            if table.heading.right < started.heading.left - 1:
                table.right = min(table.right, started.heading.left - _STEP_IN)
                started.left = table.right
            elif table.heading.left > started.heading.right + 1:
                started.right = min(started.right, table.heading.left - _STEP_IN)
            else:
                open_tables.remove(table)
                yield table
        open_tables.append(started)
        row += heading.lines
    yield from open_tables


def read_rows(table: Table) -> list[Row]:
    """The table's lines, each word in its column."""
    cuts = _cuts(table)
    rows = []
    for line in table.lines:
        cells: dict[int, tuple[Word, ...]] = {}
        for word in line.words:
            middle = (word.left + word.right) / 2
            place = sum(middle > cut for cut in cuts)
            cells[place] = (*cells.get(place, ()), word)
        rows.append(Row(cells, line.top, line.bottom, line.height))
    return rows


def _start(heading: Heading, page: Page) -> Table:
    right = heading.right + _BEYOND * page.width
    return Table(heading, page, 0.0, right, [], heading.bottom)


def _carried(last: Table, page: Page, page_lines: Sequence[Line]) -> Table | None:
    """The lines at the top of a page that fit the columns of the page before."""
    first = next((row for row in range(len(page_lines)) if read_heading(page_lines, row)), None)
    lines = [line for line in page_lines[:first] if _fits(last, line)]
    if not lines:
        return None
    return Table(last.heading, page, last.left, last.right, lines, lines[-1].bottom)


def _fits(table: Table, line: Line) -> bool:
    """Whether each cell stands under a heading, and the analyte's and the result's are filled."""
    heads = table.heading.columns
    under = [
        {column.role for column in heads if cell.left < column.right and cell.right > column.left}
        for cell in line.cells
    ]
    roles = set().union(*under) if under else set()
    is_filled = "analyte" in roles and bool(roles & {"value", "both", "verdict"})
    is_stopped = _is_stop(line.cells[0]) or bool(_LABELED.match(line.cells[0].text))
    return len(line.cells) > 1 and all(under) and is_filled and not is_stopped


def _take(table: Table, line: Line) -> bool:
    """Add what the line has within the table; False where the table has ended."""
    words = [word for word in line.words if table.left <= (word.left + word.right) / 2]
    cells = [
        Cell(inside)
        for cell in line.cells
        if (inside := tuple(word for word in cell.words if word in words))
        and inside[0].left < table.right
    ]
    if not cells:
        return line.top - table.bottom < _MOST_GAP * line.height
    part = Line(tuple(cells))
    if part.top - table.bottom > _MOST_GAP * part.height or _is_end(table, part):
        return False
    table.lines.append(part)
    table.bottom = part.bottom
    return True


def _is_end(table: Table, line: Line) -> bool:
    first = line.cells[0]
    width = max(1.0, table.heading.right - table.heading.left)
    is_across = first.right - first.left > _ACROSS * width and len(first.words) >= _SENTENCE
    is_mark = first.text.startswith(_STOP_MARKS) and len(first.words) > 3  # noqa: PLR2004
    return is_across or is_mark or _is_stop(first)


def _is_stop(cell: Cell) -> bool:
    """Whether a line that opens with this cell speaks of something other than a test."""
    plain = words_of(cell.text[:200])
    opening = (" ".join(plain[:length]) for length in range(1, _LONGEST_STOP + 1))
    found = next((words for words in opening if words in _STOPS), None)
    if found is None:
        return False
    # "Batch" alone may be tested; "Batch: 7" or "Storage conditions ..." is no test.
    is_more = len(plain) - len(found.split())
    return ":" in cell.text or is_more <= 1 or len(plain) >= _SAID_WORDS


def _cuts(table: Table) -> list[float]:
    """Where one column ends and the next begins: where the fewest cells stand in the way."""
    columns = table.heading.columns
    covered = _coverage(table)
    return [_cut(one, other, covered) for one, other in pairwise(columns)]


def _coverage(table: Table) -> list[int]:
    """How many cells of the table cover each point across the page."""
    width = int(table.page.width) + 2
    steps = [0] * (width + 1)

    def cover(left: float, right: float, weight: int) -> None:
        steps[max(0, min(width, int(left)))] += weight
        steps[max(0, min(width, int(right) + 1))] -= weight

    for column in table.heading.columns:
        cover(column.left, column.right, _HEAD_WEIGHT)
    for line in table.lines:
        if len(line.cells) == 1 and len(table.lines) > 1:
            continue  # a group's name may run across
        for left, right in _runs(line):
            cover(left, right, 1)
    covered, total = [], 0
    for step in steps:
        total += step
        covered.append(total)
    return covered


def _runs(line: Line) -> Iterator[tuple[float, float]]:
    """Words that only a blank separates, as one stretch each."""
    words = line.words
    left, right = words[0].left, words[0].right
    for word in words[1:]:
        if word.left - right > 0.4 * line.height:  # more than a blank
            yield left, right
            left = word.left
        right = max(right, word.right)
    yield left, right


def _cut(one: Column, other: Column, covered: Sequence[int]) -> float:
    start, end = int(one.middle), max(int(one.middle) + 1, int(other.middle))
    stretch = covered[start : end + 1] or [0]
    least = min(stretch)
    best_start, best_length, run = 0, 0, 0
    for place, count in enumerate([*stretch, least + 1]):
        if count == least:
            run += 1
            continue
        if run >= best_length and run:
            best_start, best_length = place - run, run
        run = 0
    return start + best_start + best_length / 2
