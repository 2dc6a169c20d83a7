"""A letter: address, salutation, a paragraph, and the results as a short list, on US Letter."""

from shop.demo.layouts.columns import us_date
from shop.demo.layouts.paper import GRAY, ITALIC, LETTER, SERIF, Paper
from shop.demo.reports import Report

_LEFT, _RIGHT = 82.0, 530.0
_COLUMNS = (82.0, 262.0, 356.0, 456.0)


def draw(report: Report, paper: Paper) -> None:
    y = _address(report, paper)
    y = _about(report, paper, y)
    y = _results(report, paper, y)
    _close(report, paper, y)


def sheet(report: Report) -> Paper:
    return Paper(LETTER, title=f"Certificate of Analysis {report.number}", creator="Writer")


def _address(report: Report, paper: Paper) -> float:
    laboratory = report.laboratory
    middle = paper.width / 2
    paper.text(
        middle, 66, laboratory.name, font=SERIF, size=21, color=laboratory.ink, align="center"
    )
    line = f"{laboratory.about} · {laboratory.street}"
    paper.text(middle, 82, line, font=SERIF, size=8.5, color=GRAY, align="center")
    paper.rule(middle - 30, 94, middle + 30, color=laboratory.ink, thickness=1)
    paper.text(_LEFT, 126, report.client, font=SERIF, size=10.5)
    paper.text(_LEFT, 140, "Quality Assurance", font=SERIF, size=10.5)
    paper.text(_LEFT, 176, "Certificate of Analysis", font=SERIF, size=15)
    return 198


def _about(report: Report, paper: Paper, y: float) -> float:
    pairs = (
        ("Report number:", report.number),
        ("Date of issue:", us_date(report.issued)),
        ("Product name:", f"{report.brand} {report.product}, {report.size}"),
        ("Lot number:", report.lot),
        ("Date received:", us_date(report.received)),
        ("Date tested:", us_date(report.tested_to)),
        ("Manufactured:", us_date(report.made)),
        ("Expiry date:", us_date(report.expires)),
    )
    for label, value in pairs:
        paper.text(_LEFT, y, label, font=SERIF, size=10, color=GRAY)
        paper.text(_LEFT + 110, y, value, font=SERIF, size=10.5)
        y += 15
    y += 8
    return paper.paragraph(
        _LEFT,
        y,
        "We have examined the sealed units that you sent us and report what we measured in them. "
        "Every value below lies within the limit stated beside it.",
        width=_RIGHT - _LEFT,
        font=SERIF,
        size=10.5,
    )


def _results(report: Report, paper: Paper, y: float) -> float:
    y += 10
    heads = ("Test", "Method", "Limit", "Result")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), font=SERIF, size=9.4, color=GRAY)
    paper.rule(_LEFT, y + 5, _RIGHT, color=report.laboratory.ink)
    for line in report.lines:
        y += 17
        cells = (line.test, line.method, line.limit, line.result)
        paper.row(y, list(zip(_COLUMNS, cells, strict=True)), font=SERIF, size=9.8)
    return y + 30


def _close(report: Report, paper: Paper, y: float) -> None:
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y + 22, name, font=ITALIC, size=22, color="#2b3d78")
    paper.text(_LEFT, y + 38, f"{name}, {role}", font=SERIF, size=9.5)
    paper.code(_RIGHT - 74, y - 8, 78, report.verify_url)
    paper.text(
        _LEFT,
        742,
        f"Accreditation number: {report.laboratory.number} ({report.laboratory.accreditor}, "
        "ISO/IEC 17025)",
        font=SERIF,
        size=8,
        color=GRAY,
    )
    paper.text(
        _LEFT,
        754,
        f"Verify this report: {report.verify_url}",
        font=SERIF,
        size=8,
        color=GRAY,
    )
