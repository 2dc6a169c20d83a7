"""Which layout prints a report?"""

from collections.abc import Callable, Mapping

from shop.demo.layouts import classic, columns, compact, german, landscape, letter
from shop.demo.layouts.paper import Paper
from shop.demo.reports import Report, Story

# By name: how to lay out a sheet, and how to write the report on it.
LAYOUTS: Mapping[str, tuple[Callable[[Report], Paper], Callable[[Report, Paper], None]]] = {
    "classic": (classic.sheet, classic.draw),
    "columns": (columns.sheet, columns.draw),
    "compact": (compact.sheet, compact.draw),
    "german": (german.sheet, german.draw),
    "landscape": (landscape.sheet, landscape.draw),
    "letter": (letter.sheet, letter.draw),
}


def print_report(report: Report) -> bytes:
    """The PDF as the laboratory would send it."""
    sheet, draw = LAYOUTS[report.layout]
    paper = sheet(report)
    if report.story is Story.SPECIMEN:
        paper.stamp("SAMPLE")
    draw(report, paper)
    return paper.bytes()
