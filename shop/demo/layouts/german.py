"""A German test report: points in dates, commas in numbers, on A4."""

from datetime import date

from shop.demo.layouts.paper import A4, BOLD, GRAY, HAIR, Paper
from shop.demo.panels import ELEMENTS, MICROBIOLOGY, PHYSICAL
from shop.demo.reports import Report

_LEFT, _RIGHT = 60.0, 540.0
_COLUMNS = (60.0, 232.0, 318.0, 416.0, 492.0)
_WORDS = {
    MICROBIOLOGY: "Mikrobiologie",
    ELEMENTS: "Elemente",
    PHYSICAL: "Physikalisch-chemische Prüfung",
    "Total aerobic mesophilic count": "Aerobe mesophile Keimzahl",
    "Yeast and mold count": "Hefen und Schimmelpilze",
    "Lead (Pb)": "Blei (Pb)",
    "Arsenic (As)": "Arsen (As)",
    "Cadmium (Cd)": "Cadmium (Cd)",
    "Mercury (Hg)": "Quecksilber (Hg)",
    "pH at 25 °C": "pH-Wert bei 25 °C",
    "Peroxide value": "Peroxidzahl",
    "Acid value": "Säurezahl",
    "In-house 012": "Hausmethode 012",
    "Absent in 1 g": "n. n. in 1 g",
}


def draw(report: Report, paper: Paper) -> None:
    laboratory = report.laboratory
    paper.text(_RIGHT, 60, laboratory.name, font=BOLD, size=14, align="right")
    for number, line in enumerate(laboratory.address):
        paper.text(_RIGHT, 74 + number * 11, line, size=8, color=GRAY, align="right")
    paper.text(_LEFT, 132, "Prüfbericht", font=BOLD, size=18)
    paper.text(_LEFT, 148, f"Akkreditierungsnummer: {laboratory.number}", size=8.5, color=GRAY)
    _facts(report, paper)
    y = _results(report, paper)
    _end(report, paper, y)


def sheet(report: Report) -> Paper:
    return Paper(A4, title=f"Prüfbericht {report.number}", creator="LISA-Labor 9")


def _facts(report: Report, paper: Paper) -> None:
    pairs = (
        ("Prüfbericht Nr.", report.number),
        ("Ausstellungsdatum", _day(report.issued)),
        ("Auftraggeber", report.client),
        ("Produkt", f"{report.brand} {report.product}, {report.size}"),
        ("Charge", report.lot),
        ("Herstelldatum", _day(report.made)),
        ("Probeneingang", _day(report.received)),
        ("Prüfzeitraum", f"{_day(report.tested_from)} bis {_day(report.tested_to)}"),
        ("Mindestens haltbar bis", _day(report.expires)),
    )
    y = 176.0
    for label, value in pairs:
        paper.text(_LEFT, y, label, size=9, color=GRAY)
        paper.text(_LEFT + 150, y, value, size=9.5)
        paper.rule(_LEFT, y + 5, _RIGHT, thickness=0.3)
        y += 17


def _results(report: Report, paper: Paper) -> float:
    y = 352.0
    heads = ("Parameter", "Methode", "Grenzwert", "Ergebnis", "Bewertung")
    paper.row(y, list(zip(_COLUMNS, heads, strict=True)), font=BOLD, size=8.8)
    paper.rule(_LEFT, y + 5, _RIGHT, color="#2d2d2d", thickness=1)
    for line in report.lines:
        y += 18
        cells = (line.test, line.method, line.limit, line.result)
        words = [*(_german(cell) for cell in cells), "erfüllt"]
        paper.row(y, list(zip(_COLUMNS, words, strict=True)), size=8.8)
        paper.rule(_LEFT, y + 6, _RIGHT, color=HAIR, thickness=0.3)
    return y + 30


def _end(report: Report, paper: Paper, y: float) -> None:
    name, role = report.laboratory.signatory
    paper.text(_LEFT, y, "Die Ergebnisse beziehen sich nur auf die geprüften Muster.", size=8)
    paper.text(_LEFT, y + 22, f"Freigegeben durch: {name}, {role}", size=9)
    paper.text(_LEFT, y + 36, "Elektronisch erstellt und ohne Unterschrift gültig.", size=8)
    paper.code(_RIGHT - 74, y - 12, 78, report.verify_url)
    paper.text(_LEFT, 806, report.verify_url, size=7.5, color=GRAY)
    paper.text(_RIGHT, 806, "Seite 1 von 1", size=7.5, color=GRAY, align="right")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _german(words: str) -> str:
    """A cell in German; numbers take a comma."""
    if words in _WORDS:
        return _WORDS[words]
    plain = words.replace(" to ", " bis ").replace("CFU/g", "KBE/g")
    is_number = any(map(str.isdigit, plain)) and not plain.startswith("ISO")
    return plain.replace(".", ",") if is_number else plain
