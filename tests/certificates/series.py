"""Numbers of reports as laboratories print them: honest series, and copies with something changed.

Nothing here needs a file. Programs that measure the search take their documents from it too:
`honest(place)` is the place-th report of many laboratories' series, the same every time.
"""

import random
from dataclasses import dataclass, replace

from shop.assay.certificates.facts import CertificateFacts, FileFacts, Kind, Result
from shop.assay.certificates.inside import Inside
from tests.assay.certificates.builders import field

LABORATORIES = 40
_ROWS = 24


@dataclass(frozen=True)
class Row:
    """A line of results; `value` is as printed."""

    analyte: str
    method: str
    limit: str
    loq: str
    value: str


@dataclass(frozen=True)
class Report:
    """One report, from which tests change what they are about."""

    laboratory: str
    report_no: str
    lot: str
    sample: str
    days: tuple[str, ...]
    rows: tuple[Row, ...]
    amends: str = ""
    telephone: str = "0113 496 0182"

    @property
    def numbers(self):
        """As reading.numbers gives them, in the order of a page."""
        head = [*_split(self.telephone), *_split(self.report_no), *_split(self.lot)]
        dates = [*_split(self.sample), *(part for day in self.days for part in day.split("-"))]
        rows = [
            number
            for row in self.rows
            for text in (row.method, row.limit, row.loq, row.value)
            for number in _split(text)
        ]
        return (*head, *dates, *rows, "17025", "2017")

    def facts(self, **more):
        """What is known of it when it is judged."""
        named = {
            "lab_name_printed": self.laboratory,
            "report_no": self.report_no,
            "lot": self.lot,
            "amends": self.amends,
        }
        results = tuple(
            Result("", row.analyte, row.method, "", "", row.loq, row.limit, row.value, "", 1, None)
            for row in self.rows
        )
        digest = f"{chance(repr(self)).getrandbits(256):064x}"
        return CertificateFacts(
            file=FileFacts(sha256=digest, size=1, text_sha256=digest),
            is_read=True,
            kind=Kind.ANALYSIS,
            fields=tuple(field(name, value) for name, value in named.items() if value),
            results=results,
            inside=Inside(numbers=self.numbers),
            **more,
        )

    def with_value(self, place, value):
        """The report with another value in one line."""
        rows = list(self.rows)
        rows[place] = replace(rows[place], value=value)
        return replace(self, rows=tuple(rows))


def chance(seed):
    return random.Random(seed)  # noqa: S311 - the same reports every time


def honest(place, *, measured=None, laboratory=None):
    """The place-th report on file. `measured` of its 24 lines hold a number, the others "ND"."""
    drawn = chance(place)
    house = chance(f"house {place % LABORATORIES if laboratory is None else laboratory}")
    number = house.randrange(LABORATORIES * 10)
    many = house.choice((3, 8, 16, _ROWS)) if measured is None else measured
    month, day = 1 + place // 28 % 12, 1 + place % 28
    return Report(
        f"Laboratory {number} Analytical",
        f"L{number}-{20000 + place}",
        f"B{drawn.randrange(1000, 10000)}-{drawn.choice('ABCDEFGH')}",
        f"S{100000 + 3 * place}",
        tuple(f"2026-{month:02}-{min(day + step, 30):02}" for step in (0, 1, 4, 6)),
        tuple(_row(house, drawn, row < many) for row in range(_ROWS)),
        telephone=f"0{house.randrange(100, 999)} {house.randrange(100, 999)} {number}",
    )


def altered(report, share, *, seed=0):
    """The report's numbers with this share of them replaced, as a copyist might."""
    drawn = chance(f"{seed} {report.report_no}")
    numbers = list(report.numbers)
    for place in drawn.sample(range(len(numbers)), int(share * len(numbers))):
        numbers[place] = f"{drawn.randrange(100, 10000)}.{drawn.randrange(10)}"
    return tuple(numbers)


def _row(house, drawn, is_measured):
    middle = house.choice((0.5, 5.5, 40.0, 98.0, 1200.0))
    loq, limit = f"{house.randrange(1, 90) / 1000:.3f}", f"{middle * 1.2:.1f}"
    value = f"{middle * drawn.uniform(0.85, 1.15):.4g}" if is_measured else "ND"
    method = f"EN {house.randrange(10000, 20000)}:20{house.randrange(10, 24)}"
    return Row(f"Analyte {house.randrange(1000)}", method, f"<= {limit}", loq, value)


def _split(text):
    plain = "".join(mark if mark.isdigit() or mark == "." else " " for mark in text)
    return [part.strip(".") for part in plain.split() if part.strip(".")]
