"""Where in the file did earlier revisions of it end?

A file that was changed by appending still carries what it was before (ISO 32000-2, 7.5.6): its
bytes up to an earlier end are a file of their own. Ends are found by their marks, and, where the
marks were wiped out, by the chain of cross-reference tables that the file itself follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(rb"startxref[\s\x00]+(\d{1,10})[\s\x00]+%%EOF")
_OBJECT = re.compile(rb"(?<![0-9])\d{1,10}[\s\x00]+\d{1,5}[\s\x00]+obj\b(?=(.{0,400}))", re.DOTALL)
_TABLE = re.compile(rb"xref\b|\d{1,10}[\s\x00]+\d{1,5}[\s\x00]+obj\b")
_PREVIOUS = re.compile(rb"/Prev[\s\x00]+(\d{1,10})")
_AFTER_TRAILER = re.compile(
    rb"startxref|%%EOF|[\r\n]xref\b|[\r\n]\d{1,10}[\s\x00]+\d{1,5}[\s\x00]+obj"
)
_XREF_STREAM = re.compile(rb"/Type[\s\x00]*/XRef\b")
_BODY_END = re.compile(rb"\bstream\b|\bendobj\b")
_LONGEST_TRAILER = 20_000
_LONGEST_CHAIN = 200


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of an earlier revision, and the table that lists its objects."""

    end: int
    table: int
    is_marked: bool = True  # False: the end's own mark is gone, and has to be written again

    def revision(self, content: bytes) -> bytes:
        """The file as it was then."""
        mark = b"" if self.is_marked else b"\nstartxref\n%d\n%%%%EOF\n" % self.table
        return content[: self.end] + mark


def earlier(content: bytes) -> list[Ending]:
    """Every place at which the file may have ended before, the oldest first."""
    marked = [Ending(found.end(), int(found[1])) for found in _END.finditer(content)]
    if not marked:
        return []
    last = marked[-1].table
    found = {
        ending.table: ending
        for ending in reversed(marked)  # of several with one table the first
        if ending.table != last and _is_table(content, ending.table, ending.end)
    }
    for table in _chain(content, last):
        if table not in found and table != last:
            end = _end_of(content, table)
            if end is not None:
                found[table] = Ending(end, table, is_marked=False)
    return sorted(found.values(), key=lambda ending: ending.end)


def has_objects(content: bytes, start: int, end: int) -> bool:
    """Whether anything but a table of objects stands in this part of the file.

    Office appends to every export a second table, for older programs, and no object at all.
    """
    return any(
        not _XREF_STREAM.search(_BODY_END.split(found[1], maxsplit=1)[0])
        for found in _OBJECT.finditer(content, start, end)
    )


def _is_table(content: bytes, at: int, end: int) -> bool:
    return 0 < at < end and _TABLE.match(content, at) is not None


def _chain(content: bytes, table: int) -> Iterator[int]:
    """The tables before this one, as each names the one before it.

    In a file made for the web the first table names one further down, which is its other half.
    """
    seen = {table}
    while len(seen) < _LONGEST_CHAIN:
        previous = _PREVIOUS.search(_trailer(content, table))
        if previous is None or int(previous[1]) in seen:
            return
        before = int(previous[1])
        seen.add(before)
        if before < table and _is_table(content, before, table):
            yield before
        table = before


def _trailer(content: bytes, table: int) -> bytes:
    """The dictionary that goes with a table."""
    start = table
    if content.startswith(b"xref", table):
        start = content.find(b"trailer", table)
        if start < 0:
            return b""
    text = content[start : start + _LONGEST_TRAILER]
    end = re.search(rb"startxref|stream\b", text)
    return text[: end.start()] if end else text


def _end_of(content: bytes, table: int) -> int | None:
    """Where a revision whose mark is gone must have ended: behind its table."""
    if not content.startswith(b"xref", table):
        end = content.find(b"endobj", table)
        return None if end < 0 else end + len(b"endobj")
    trailer = content.find(b"trailer", table)
    after = _AFTER_TRAILER.search(content, trailer) if trailer >= 0 else None
    return after.start() if after else None
