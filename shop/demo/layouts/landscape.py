"""One wide table on a sheet turned sideways."""

from shop.demo.layouts.columns import us_date
from shop.demo.layouts.paper import A4, BOLD, GRAY, ITALIC, MONO, SANS, Paper
from shop.demo.reports import Report

_LEFT, _RIGHT = 48.0, 794.0
_COLUMNS = (56.0, 280.0, 400.0, 490.0, 610.0, 730.0)


def draw(report: Report, paper: Paper) -> None:
    laboratory = report.laboratory
    paper.box(_LEFT, 36, 6, 44, fill=laboratory.ink)
    paper.text(_LEFT + 18, 54, laboratory.name, font=BOLD, size=16)
    paper.text(_LEFT + 18, 70, laboratory.street, size=8.5, color=GRAY)
    paper.text(_RIGHT, 54, "Certificate of Analysis", font=BOLD, size=16, align="right")
    accredited = f"ISO/IEC 17025, {laboratory.accreditor} {laboratory.number}"
    paper.text(_RIGHT, 70, accredited, size=8.5, color=GRAY, align="right")
    _facts(report, paper)
    y = _results(report, paper)
    _end(report, paper, y)


def sheet(report: Report) -> Paper:
    size = (A4[1], A4[0])
    return Paper(size, title=f"Certificate of Analysis {report.number}", creator="LabDock 11")


def _facts(report: Report, paper: Paper) -> None:
    columns = (
        (
            ("Report no.", report.number),
            ("Date of issue", us_date(report.issued)),
            ("Client", report.client),
        ),
        (
            ("Product", f"{report.brand} {report.product} {report.size}"),
            ("Lot no.", report.lot),
            ("Manufactured", us_date(report.made)),
        ),
        (
            ("Date received", us_date(report.received)),
            ("Date tested", us_date(report.tested_to)),
            ("Expiry", us_date(report.expires)),
        ),
    )
    for x, pairs in zip((_LEFT, 292.0, 590.0), columns, strict=True):
        y = 110.0
        for label, value in pairs:
            paper.text(x, y, label, size=8.5, color=GRAY)
            font = MONO if label in {"Report no.", "Lot no."} else SANS
            paper.text(x + 74, y, value, size=9, font=font)
            y += 17


def _results(report: Report, paper: Paper) -> float:
    y = 182.0
    paper.box(_LEFT, y - 13, _RIGHT - _LEFT, 20, fill=report.laboratory.ink)
    heads = ("Test", "Method", "Unit", "Limit", "Result", "Verdict")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), font=BOLD, size=9, color="#ffffff")
    for number, line in enumerate(report.lines):
        y += 19
        if number % 2:
            paper.box(_LEFT, y - 13, _RIGHT - _LEFT, 19, fill="#f0f4f2")
        unit = _unit(line.limit)
        numbers = [words.removesuffix(f" {unit}") for words in (line.limit, line.result)]
        cells = (line.test, line.method, unit, *numbers, "Pass")
        paper.row(y, list(zip(_COLUMNS, cells, strict=True)), size=9)
    return y + 28


def _end(report: Report, paper: Paper, y: float) -> None:
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y + 34, name, font=ITALIC, size=20, color="#1f3f6b")
    paper.text(_LEFT, y + 50, f"{name}, {role}", size=8.5, color=GRAY)
    paper.code(_RIGHT - 84, y - 8, 88, report.verify_url)
    paper.text(_LEFT, 570, f"Verify at:  {report.verify_url}", size=8, color=GRAY)
    paper.text(_RIGHT, 570, "Page 1 of 1", size=8, color=GRAY, align="right")


def _unit(words: str) -> str:
    """What a limit is measured in; empty for words and for pH."""
    last = words.rpartition(" ")[2]
    return last if "/" in last or last == "%" else ""
