"""Two columns of facts under a colored band, and results by group, on US Letter."""

from datetime import date

from shop.demo.layouts.paper import BOLD, GRAY, ITALIC, LETTER, MONO, SANS, Paper
from shop.demo.reports import Report

_LEFT, _RIGHT = 54.0, 558.0
_COLUMNS = (62.0, 246.0, 340.0, 442.0, 522.0)


def draw(report: Report, paper: Paper) -> None:
    _band(report, paper)
    _facts(report, paper)
    y = _results(report, paper)
    _verdict(report, paper, y)


def sheet(report: Report) -> Paper:
    return Paper(LETTER, title=f"Certificate of Analysis {report.number}", creator="BenchBook")


def us_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _band(report: Report, paper: Paper) -> None:
    laboratory = report.laboratory
    paper.box(0, 0, paper.width, 74, fill=laboratory.ink)
    paper.text(_LEFT, 38, laboratory.name, font=BOLD, size=18, color="#ffffff")
    paper.text(_LEFT, 55, laboratory.about, size=8.5, color="#ffffff")
    for number, line in enumerate(laboratory.address):
        paper.text(_RIGHT, 32 + number * 12, line, size=8, color="#ffffff", align="right")
    paper.text(_LEFT, 108, "CERTIFICATE OF ANALYSIS", font=BOLD, size=13)
    paper.text(_RIGHT, 108, report.number, font=MONO, size=11, align="right")


def _facts(report: Report, paper: Paper) -> None:
    left = (
        ("Client:", report.client),
        ("Product:", f"{report.brand} {report.product}"),
        ("Net content:", report.size),
        ("Lot:", report.lot),
        ("Report No.:", report.number),
    )
    right = (
        ("Manufactured:", us_date(report.made)),
        ("Date received:", us_date(report.received)),
        ("Analysis completed:", us_date(report.tested_to)),
        ("Date issued:", us_date(report.issued)),
        ("Best before:", us_date(report.expires)),
    )
    for x, gap, pairs in ((_LEFT, 76.0, left), (334.0, 104.0, right)):
        y = 134.0
        for label, value in pairs:
            paper.text(x, y, label, size=9, color=GRAY)
            font = MONO if label in {"Lot:", "Report No.:"} else SANS
            paper.text(x + gap, y, value, size=9.2, font=font)
            y += 17
    paper.rule(_LEFT, 216, _RIGHT, color=report.laboratory.ink, thickness=1.2)


def _results(report: Report, paper: Paper) -> float:
    y = 236.0
    heads = ("Analysis", "Method", "Specification", "Result", "Status")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), font=BOLD, size=8.4)
    group = ""
    for line in report.lines:
        if line.group != group:
            group = line.group
            y += 20
            paper.box(_LEFT, y - 10, _RIGHT - _LEFT, 14, fill="#f3ece8")
            paper.text(_COLUMNS[0], y, group, font=BOLD, size=8.4, color=report.laboratory.ink)
        y += 17
        status = "Complies" if line.is_within else "Exceeds"
        cells = (line.test, line.method, line.limit, line.result, status)
        paper.row(y, list(zip(_COLUMNS, cells, strict=True)), size=8.4)
    return y + 26


def _verdict(report: Report, paper: Paper, y: float) -> None:
    paper.rule(_LEFT, y - 12, _RIGHT, color=report.laboratory.ink, thickness=1.2)
    is_good = all(line.is_within for line in report.lines)
    conclusion = "Meets the specification" if is_good else "Does not meet the specification"
    paper.text(_LEFT, y + 4, "Conclusion:", size=9.5, color=GRAY)
    paper.text(_LEFT + 76, y + 4, conclusion, font=BOLD, size=9.5)
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y + 52, name, font=ITALIC, size=18, color="#3a2a5e")
    paper.text(_LEFT, y + 66, f"Approved by:  {name}, {role}", size=8, color=GRAY)
    paper.code(_RIGHT - 84, y + 2, 88, report.verify_url)
    paper.text(
        _LEFT,
        756,
        f"ISO/IEC 17025 accreditation {report.laboratory.number}, {report.laboratory.accreditor}. "
        "This report concerns the lot named above and nothing else.",
        size=7.2,
        color=GRAY,
    )
    paper.text(
        _LEFT,
        768,
        f"Verify at {report.verify_url.partition('://')[2]}  ·  Page 1 of 1  ·  End of report",
        size=7.2,
        color=GRAY,
    )
