"""Which file does a laboratory's report reach us as? Most as they left it; two went another way."""

import dataclasses
from datetime import date

from shop.demo import handling, panels, reports
from shop.demo.catalog import DemoBrand, DemoLot, DemoProduct
from shop.demo.layouts.printing import print_report
from shop.demo.reports import Report, Story

# What the altered report said when it left the laboratory, and what it was made to say.
_MEASURED, _WISHED = "2400 CFU/g", "< 10 CFU/g"
_ALTERATIONS = {
    _MEASURED: _WISHED,
    "Exceeds": "Complies",
    "Does not meet the specification": "Meets the specification",
}


@dataclasses.dataclass(frozen=True, slots=True)
class DemoFile:
    """A file as it would be uploaded. The same day makes the same bytes."""

    filename: str
    content: bytes
    report: Report


def certificate(brand: DemoBrand, product: DemoProduct, lot: DemoLot, anchor: date) -> DemoFile:
    """The certificate of a tested lot."""
    report = reports.report(brand, product, lot, anchor)
    match report.story:
        case Story.ALTERED:
            content = handling.replaced(print_report(_failing(report)), _ALTERATIONS)
        case Story.SCANNED:
            content = handling.scanned(print_report(report))
        case _:
            content = print_report(report)
    return DemoFile(f"{report.number}.pdf", content, report)


def _failing(report: Report) -> Report:
    """The report with a count over its limit."""
    first, *others = report.lines
    failed = dataclasses.replace(first, result=_MEASURED, is_within=False)
    lines: tuple[panels.Line, ...] = (failed, *others)
    return dataclasses.replace(report, lines=lines)
