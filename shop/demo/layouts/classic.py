"""A header table over a ruled results table, on A4."""

from shop.demo.layouts.paper import A4, BOLD, GRAY, HAIR, ITALIC, Paper
from shop.demo.reports import Report

_LEFT, _RIGHT = 48.0, 547.0
_COLUMNS = (52.0, 218.0, 318.0, 412.0, 506.0)
_VERDICT = "#1b6b3a"


def draw(report: Report, paper: Paper) -> None:
    _head(report, paper)
    _facts(report, paper)
    y = _results(report, paper)
    _foot(report, paper, y)


def sheet(report: Report) -> Paper:
    return Paper(A4, title=f"Certificate of Analysis {report.number}", creator="Northlims 4.2")


def long_date(day: object) -> str:
    return f"{day:%d %B %Y}".lstrip("0")


def _head(report: Report, paper: Paper) -> None:
    laboratory = report.laboratory
    paper.text(_LEFT, 62, laboratory.name, font=BOLD, size=17, color=laboratory.ink)
    line = f"{laboratory.about} · {laboratory.street}"
    paper.text(_LEFT, 76, line, size=7.6, color=GRAY)
    for y, words in (
        (60, "ISO/IEC 17025:2017 testing laboratory"),
        (72, f"{laboratory.accreditor}"),
        (84, f"Accreditation no. {laboratory.number}"),
    ):
        paper.text(_RIGHT, y, words, size=7.6, color=GRAY, align="right")
    paper.rule(_LEFT, 94, _RIGHT, color=laboratory.ink, thickness=2)
    paper.text(_LEFT, 126, "Certificate of Analysis", font=BOLD, size=15)


def _facts(report: Report, paper: Paper) -> None:
    pairs = (
        (("Report number", report.number), ("Date of issue", long_date(report.issued))),
        (("Client", report.client), ("Date received", long_date(report.received))),
        (
            ("Product", f"{report.brand} {report.product} {report.size}"),
            ("Date tested", long_date(report.tested_to)),
        ),
        (("Lot number", report.lot), ("Manufactured", long_date(report.made))),
        (("GTIN", report.gtin), ("Expiry", f"{report.expires:%B %Y}")),
        (("Sampled by", "Client, sealed retail units (6)"), ("Condition", "Intact, ambient")),
    )
    y = 152.0
    for left, right in pairs:
        for x, (label, value) in ((_LEFT + 4, left), (352.0, right)):
            is_key = label in {"Report number", "Lot number", "Date of issue"}
            paper.text(x, y, label, size=8.6, color=GRAY)
            paper.text(x + 88, y, value, size=9.2, font=BOLD if is_key else "figtree-regular")
        paper.rule(_LEFT, y + 7, _RIGHT)
        y += 21


def _results(report: Report, paper: Paper) -> float:
    y = 304.0
    heads = ("Test", "Method", "Limit", "Result", "Verdict")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), size=8, color=GRAY)
    paper.rule(_LEFT, y + 6, _RIGHT, color=report.laboratory.ink, thickness=1)
    for line in report.lines:
        y += 19
        cells = (line.test, line.method, line.limit, line.result)
        paper.row(y, list(zip(_COLUMNS[:4], cells, strict=True)))
        paper.text(_COLUMNS[4], y, "Pass", font=BOLD, size=8.5, color=_VERDICT)
        paper.rule(_LEFT, y + 6, _RIGHT, color=HAIR)
    return y + 30


def _foot(report: Report, paper: Paper, y: float) -> None:
    paper.text(
        _LEFT,
        y,
        "Results relate only to the items tested. Decision rule: simple acceptance.",
        size=7.6,
        color=GRAY,
    )
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y + 48, name, font=ITALIC, size=19, color="#27408b")
    paper.text(_LEFT, y + 62, f"{name}, {role}", size=8, color=GRAY)
    paper.code(_RIGHT - 78, y + 8, 82, report.verify_url)
    paper.rule(_LEFT, 800, _RIGHT)
    host = report.verify_url.partition("://")[2].partition("?")[0]
    paper.text(_LEFT, 812, f"Check this report: {host}, code {report.code}", size=7, color=GRAY)
    paper.text(_RIGHT, 812, "Page 1 of 1", size=7, color=GRAY, align="right")
