"""What a laboratory's system prints: everything in one typewriter face, boxed, on US Letter."""

from shop.demo.layouts.paper import BOLD, GRAY, LETTER, MONO, Paper
from shop.demo.reports import Report

_LEFT, _RIGHT = 40.0, 572.0
_COLUMNS = (46.0, 222.0, 300.0, 404.0, 500.0)


def draw(report: Report, paper: Paper) -> None:
    laboratory = report.laboratory
    paper.text(_LEFT, 48, laboratory.name, font=BOLD, size=13, color=laboratory.ink)
    paper.text(_LEFT, 61, laboratory.street, size=7.5, color=GRAY)
    paper.text(_RIGHT, 48, "TEST REPORT", font=BOLD, size=13, align="right")
    paper.text(_RIGHT, 61, f"{laboratory.accreditor} {laboratory.number}", size=7.5, align="right")
    _facts(report, paper)
    y = _results(report, paper)
    _end(report, paper, y)


def sheet(report: Report) -> Paper:
    return Paper(LETTER, title=f"Test report {report.number}", creator="LabDock 11")


def _facts(report: Report, paper: Paper) -> None:
    rows = (
        (("REPORT NO", report.number), ("REPORT DATE", report.issued.isoformat())),
        (("LOT NO", report.lot), ("DATE RECEIVED", report.received.isoformat())),
        (("PRODUCT", report.product), ("DATE TESTED", report.tested_to.isoformat())),
        (("BRAND", report.brand), ("MFG DATE", report.made.isoformat())),
        (("NET CONTENT", report.size), ("EXP DATE", report.expires.isoformat())),
        (("CLIENT", report.client), ("GTIN", report.gtin)),
    )
    paper.box(_LEFT, 72, _RIGHT - _LEFT, 92, stroke="#8a949c")
    y = 86.0
    for left, right in rows:
        for x, (label, value) in ((46.0, left), (336.0, right)):
            paper.text(x, y, label, font=MONO, size=7.2, color=GRAY)
            paper.text(x + 84, y, value, font=MONO, size=8)
        y += 14.4


def _results(report: Report, paper: Paper) -> float:
    y = 184.0
    paper.box(_LEFT, y - 11, _RIGHT - _LEFT, 16, fill="#e6ece9")
    heads = ("TEST", "METHOD", "LIMIT", "RESULT", "PASS/FAIL")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), font=MONO, size=7.4)
    for line in report.lines:
        y += 14
        cells = (line.test, line.method, line.limit, line.result, "PASS")
        paper.row(y, list(zip(_COLUMNS, cells, strict=True)), font=MONO, size=7.4)
        paper.rule(_LEFT, y + 4, _RIGHT, thickness=0.3)
    return y + 24


def _end(report: Report, paper: Paper, y: float) -> None:
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y, f"AUTHORIZED BY: {name}, {role}", font=MONO, size=7.6)
    paper.text(_LEFT, y + 13, f"LOOK-UP CODE {report.code}", font=MONO, size=7.6)
    paper.text(_LEFT, y + 26, f"VERIFY AT: {report.verify_url}", font=MONO, size=7.6)
    paper.text(_LEFT, y + 44, "*** END OF REPORT ***", font=MONO, size=7.6, color=GRAY)
    paper.code(_RIGHT - 76, y - 16, 80, report.verify_url)
