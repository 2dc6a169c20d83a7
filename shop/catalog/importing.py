"""How does a CSV file of products get into the catalog?

Rows are read and judged first; only then is one write transaction opened for the whole file. So
the catalog has all of a file or nothing of it, whenever the process dies: a half-imported file
would show shoppers counts and facets that no file ever said. The price is that on SQLite other
writers wait meanwhile (about two seconds for 4,336 rows); split a file of a hundred thousand.

A product is known again by (source, source_id), and by a digest of what its row came to, so a
second run changes nothing, and what staff changed in the shop survives it.
"""

import csv
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from shop.catalog import import_writing
from shop.catalog.import_reading import Problem, read
from shop.catalog.import_rows import Draft, draft
from shop.plumbing.errors import Refused

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an import did, or would do if it is a dry run."""

    file: str
    is_dry_run: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int
    warnings: int
    problems: tuple[Problem, ...]  # in the order of the file; errors and warnings
    folder: Path

    @property
    def errors_path(self) -> Path:
        return self.folder / f"{Path(self.file).stem}.errors.csv"

    @property
    def warnings_path(self) -> Path:
        return self.folder / f"{Path(self.file).stem}.warnings.csv"

    @property
    def summary_path(self) -> Path:
        return self.folder / f"{Path(self.file).stem}.summary.json"

    def lines(self, shown: int) -> Iterator[str]:
        """The summary in words, with the first problems."""
        would = "would be " if self.is_dry_run else ""
        yield (
            f"{self.file}: {self.rows:,} rows; {self.created:,} {would}created, "
            f"{self.updated:,} {would}updated, {self.unchanged:,} unchanged, "
            f"{self.refused:,} left out."
        )
        for code, count in Counter(each.code for each in self.problems).most_common():
            yield f"  {count:,} x {code}"
        errors = [problem for problem in self.problems if problem.is_error]
        for each in errors[:shown]:
            yield f"  line {each.line}, {each.column}: {each.message} ({each.code})"
        if len(errors) > shown:
            yield f"  and {len(errors) - shown:,} more"
        if not self.is_dry_run:
            yield f"Written: {self.summary_path}, {self.errors_path}, {self.warnings_path}"

    def counts(self) -> dict[str, object]:
        """The summary as data, with how often each problem occurred."""
        return {
            "file": self.file,
            "is_dry_run": self.is_dry_run,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "warnings": self.warnings,
            "problems": dict(Counter(problem.code for problem in self.problems).most_common()),
        }


def run(
    path: Path,
    *,
    folder: Path,
    transaction: Callable[[], AbstractContextManager[None]],
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Summary:
    """Import a file, and write its summary and broken rows into `folder`.

    A dry run says what would be done and writes nothing at all. Raises Refused for a file that
    is no CSV of ours, before anything is written.
    """
    drafts, problems, rows = _read(path, progress)
    if dry_run:
        plan = import_writing.plan(drafts)
    else:
        with transaction():
            plan = import_writing.plan(drafts)
            total = len(plan.to_create) + len(plan.to_update)
            import_writing.write(plan, lambda done: progress("writing", done, total))
    summary = Summary(
        file=path.name,
        is_dry_run=dry_run,
        rows=rows,
        created=len(plan.to_create),
        updated=len(plan.to_update),
        unchanged=plan.unchanged,
        refused=rows - len(drafts),
        warnings=sum(not problem.is_error for problem in problems),
        problems=tuple(problems),
        folder=folder,
    )
    if not dry_run:
        _report(summary)
    return summary


def _read(path: Path, progress: Progress) -> tuple[list[Draft], list[Problem], int]:
    """The products of a file, what is wrong with it, and how many rows it has."""
    drafts: dict[tuple[str, str], tuple[int, Draft]] = {}
    problems: list[Problem] = []
    rows = 0
    size = _size(path)
    for found in read(path):
        if isinstance(found, Problem):
            problems.append(found)
            rows += found.is_error
            continue
        rows += 1
        made, judged = draft(found)
        problems += judged
        if made is None:
            continue
        key = (made.source, made.source_id)
        if key in drafts:
            message = f"Line {drafts[key][0]} has the same source and source_id."
            code = "catalog.import_repeated"
            problems.append(Problem(found.line, "source_id", code, message, found.row))
            continue
        drafts[key] = (found.line, made)
        progress("reading", found.place, size)
    progress("reading", size, size)
    return [made for _, made in drafts.values()], problems, rows


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        code = "catalog.import_unreadable"
        message = f"The file cannot be read: {error.strerror}."
        raise Refused(code, message) from error


def _report(summary: Summary) -> None:
    summary.folder.mkdir(parents=True, exist_ok=True)
    errors = [problem for problem in summary.problems if problem.is_error]
    warnings = [problem for problem in summary.problems if not problem.is_error]
    _replace(summary.errors_path, _as_csv(errors))
    _replace(summary.warnings_path, _as_csv(warnings))
    _replace(summary.summary_path, json.dumps(summary.counts(), indent=2) + "\n")


def _as_csv(problems: Iterable[Problem]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("line", "column", "code", "message", "row"))
    writer.writerows(
        (each.line, each.column, each.code, each.message, each.row) for each in problems
    )
    return text.getvalue()


def _replace(path: Path, text: str) -> None:
    """The whole new file or the whole old one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    Path(temporary).replace(path)
