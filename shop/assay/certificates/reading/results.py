"""Which lines of the document are results, and what does each say?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shop.assay.certificates.facts import Result
from shop.assay.certificates.reading.headings import Column
from shop.assay.certificates.reading.layout import Line, Page, Word, box
from shop.assay.certificates.reading.loose import read_loose
from shop.assay.certificates.reading.tables import Row, Table, read_rows, read_tables
from shop.assay.certificates.reading.transposed import read_transposed

_MOST_RESULTS = 1000
_LESS = 0.12  # heights of a line, that two lines of one name stand closer than two results
_TIGHT = 0.45  # heights of a line between two lines of one name, where nothing else tells
_NEAR = 0.5
_FAR = 1000.0
_Words = Mapping[str, Sequence[Word]]
_LONGEST_NAME = 200
_NO_RESULT = re.compile(
    r"(?:complete|completed|tested|not tested|pending|n/?t|see (?:below|attached|next)|results?|-+"
    r"|/)",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"(?:pass(?:ed|es)?|fail(?:ed|s)?|compl(?:ies|y)|conforms?|conformant|compliant|ok"
    r"|within limits?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[<>\u2264\u2265~]?\s?[\d.,]+(?:\s?[x\u00d7]\s?10\S*)?|n\.?d\.?|<?\s?lo[qd]", re.IGNORECASE
)
_SLASH = re.compile(r"\s+[/|]\s+|\s*/\s*(?=[<>\u2264\u2265A-Z\d])")


@dataclass(slots=True)
class _Entry:
    """A result that is being put together, by what its columns hold."""

    texts: dict[str, list[Word]] = field(default_factory=dict)
    top: float = 0.0
    bottom: float = 0.0

    def add(self, words: Mapping[str, Sequence[Word]], row: Row) -> None:
        for role, found in words.items():
            self.texts.setdefault(role, []).extend(found)
        self.top = self.top or row.top
        self.bottom = row.bottom

    def has(self, *roles: str) -> bool:
        return any(self.texts.get(role) for role in roles)

    def text(self, role: str) -> str:
        return " ".join(word.text for word in self.texts.get(role, ()))[:_LONGEST_NAME].strip()


def read_results(laid_out: Sequence[tuple[Page, list[Line]]]) -> tuple[Result, ...]:
    """Every line of every table of results; where there is no table, lines that look like them."""
    found: list[Result] = []
    last: Table | None = None
    for page, page_lines in laid_out:
        found.extend(read_transposed(page, page_lines))
        for table in read_tables(page, page_lines, last):
            found.extend(_table_results(table))
            last = table
        if len(found) >= _MOST_RESULTS:
            break
    return tuple(found[:_MOST_RESULTS]) or tuple(read_loose(laid_out))


def _table_results(table: Table) -> list[Result]:
    rows = read_rows(table)
    panels = sorted({column.panel for column in table.heading.columns})
    found: list[Result] = []
    for panel in panels:
        found.extend(_panel_results(table, rows, panel))
    return found


def _panel_results(table: Table, rows: Sequence[Row], panel: int) -> Iterator[Result]:
    columns = table.heading.columns
    roles = {place: column.role for place, column in enumerate(columns) if column.panel == panel}
    units = {column.role: column.unit for column in columns if column.panel == panel}
    if not {"value", "both", "verdict"} & set(roles.values()):
        return
    results = []
    for group, entry in _entries(rows, roles):
        result = _result(entry, group, units, table.page)
        if result is not None:
            results.append(result)
    if not _is_summary(results, columns):
        yield from results


def _entries(rows: Sequence[Row], roles: Mapping[int, str]) -> Iterator[tuple[str, _Entry]]:
    """Each result with the group it stands in; lines of one name put together."""
    filled = [(row, words) for row in rows if (words := _by_role(row, roles))]
    space = _space(filled)
    group, entry = "", _Entry()
    waiting: list[tuple[Row, _Words]] = []  # names without a value yet
    for row, words in filled:
        gap = row.top - entry.bottom if entry.bottom else _FAR
        is_wrapped = gap < min(space, row.height) - _LESS * row.height
        if _is_filled(words):
            begins = bool(words.get("analyte"))
            split_name = _is_name_of(waiting, row, space if begins else _NEAR * row.height)
            if begins or split_name:
                if entry.has("value", "verdict", "both"):
                    yield group, entry
                group = _group(waiting[:-1] if split_name else waiting) or group
                entry = _Entry()
                if split_name:
                    entry.add(waiting[-1][1], waiting[-1][0])
                waiting = []
            if begins or split_name or is_wrapped:
                entry.add(words, row)
        elif entry.texts and is_wrapped:
            entry.add(words, row)
        elif words.get("analyte"):
            waiting.append((row, words))
    if entry.has("value", "verdict", "both"):
        yield group, entry


def _is_name_of(waiting: Sequence[tuple[Row, _Words]], row: Row, space: float) -> bool:
    """Whether the last line without a value begins the name of this one: it stands so close."""
    if not waiting:
        return False
    return row.top - waiting[-1][0].bottom < min(space, row.height) - _LESS * row.height


def _is_filled(words: _Words) -> bool:
    return any(words.get(role) for role in ("value", "verdict", "both"))


def _group(waiting: Sequence[tuple[Row, _Words]]) -> str:
    """The name of the group that the last of these lines gives."""
    names = [
        " ".join(word.text for found in words.values() for word in found) for _, words in waiting
    ]
    return names[-1][:_LONGEST_NAME] if names else ""


def _space(filled: Sequence[tuple[Row, _Words]]) -> float:
    """The least space between two results that follow one another; far where there are none."""
    spaces = [
        after.top - before.bottom
        for (before, first), (after, second) in pairwise(filled)
        if _is_result_line(first) and _is_result_line(second)
    ]
    return min(spaces, default=_TIGHT * filled[0][0].height if filled else 0.0)


def _is_result_line(words: _Words) -> bool:
    return bool(words.get("analyte")) and _is_filled(words)


def _by_role(row: Row, roles: Mapping[int, str]) -> dict[str, tuple[Word, ...]]:
    words: dict[str, tuple[Word, ...]] = {}
    for place, found in sorted(row.cells.items()):
        if place in roles:
            role = roles[place]
            words[role] = (*words.get(role, ()), *found)
    return words


def _result(entry: _Entry, group: str, units: Mapping[str, str], page: Page) -> Result | None:
    spec, value = entry.text("spec"), entry.text("value")
    verdict = entry.text("verdict")
    if entry.has("both"):
        first, *rest = _SLASH.split(entry.text("both"), maxsplit=1)
        spec, value = (first, rest[0]) if rest else (spec, first)
    low, high = entry.text("low"), entry.text("high")
    if low or high:
        spec = f"{low} - {high}" if low and high else (f"min. {low}" if low else f"max. {high}")
    second = entry.text("second")
    if not verdict and _VERDICT.fullmatch(second):
        verdict = second
    analyte = entry.text("analyte")
    if not any(map(str.isalpha, analyte)) or _NO_RESULT.fullmatch(value or verdict):
        return None
    lod, slash, loq = entry.text("lodloq").partition("/")
    unit = entry.text("unit")
    if not unit and _NUMBER.fullmatch(value):
        unit = units.get("value", "") or units.get("both", "")
    words = [word for found in entry.texts.values() for word in found]
    return Result(
        group=group,
        analyte=analyte,
        method=entry.text("method"),
        unit=unit[:60],
        lod=(entry.text("lod") or lod.strip() if slash else entry.text("lod"))[:60],
        loq=(entry.text("loq") or loq.strip())[:60],
        spec=spec,
        value=value,
        verdict=verdict[:60],
        page=page.number,
        box=box(words, page),
    )


def _is_summary(results: Sequence[Result], columns: Sequence[Column]) -> bool:
    """A list of what was tested when, whose results stand elsewhere: no number in any of them."""
    has_date = any(column.role == "other" for column in columns)
    is_wordy = not any(any(map(str.isdigit, r.value)) or r.spec or r.method for r in results)
    is_only_passed = all(_VERDICT.fullmatch(r.value or r.verdict) for r in results)
    return has_date and len(columns) <= 4 and is_wordy and is_only_passed  # noqa: PLR2004
