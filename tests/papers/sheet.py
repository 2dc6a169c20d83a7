"""What does an invented document print, and therefore what must be read from it?

A layout asks a Sheet for every value that it prints, so that the truth holds what is printed and
nothing else.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.papers import stock


@dataclass(frozen=True)
class Line:
    """One line of results. Empty: the layout does not print it."""

    analyte: str
    value: str
    unit: str = ""
    spec: str = ""
    method: str = ""
    lod: str = ""
    loq: str = ""
    verdict: str = ""


class Sheet:
    """The values of one document. Asking for a value is printing it."""

    def __init__(self, seed, *, language="en", day="%m/%d/%Y", kind="analysis"):
        self.dice = random.Random(seed)  # noqa: S311 - the same document every time
        self.language, self.kind, self.day = language, kind, day
        self.fields, self.results = {}, []
        self._made = date(2026, 1, 5) + timedelta(days=self.dice.randrange(200))
        self._values = self._invent()

    def __call__(self, name, text=None):
        """The value as it is printed; `text` is how this layout writes it."""
        value = self._values[name]
        self.fields[name] = value
        return text if text is not None else value

    def peek(self, name):
        """The value for a place that does not announce it."""
        return self._values[name]

    def give(self, name, value):
        """Set a value that the layout chooses itself."""
        self._values[name] = value
        return self(name)

    def date(self, name, day=None, *, months_only=False):
        """A date in the document's way of writing; the truth is its ISO form."""
        value = self._dates[name]
        self.fields[name] = value.isoformat()[:7] if months_only else value.isoformat()
        return self.other_day(value, day)

    def raw(self, name):
        return self._dates[name]

    def peek_date(self, name):
        """A date that is printed once more, where nothing announces it."""
        return self.other_day(self._dates[name])

    def other_day(self, value, day=None):
        pattern = day or self.day
        month = stock.MONTHS.get(self.language, stock.MONTHS["en"])[value.month - 1]
        return value.strftime(pattern.replace("%B", month).replace("%b", month[:3]))

    def a_date(self, days=0):
        """A date that announces nothing: a print date, a calibration."""
        return self.other_day(self._made + timedelta(days=days))

    def lines(self, panel, shown="value unit", most=None):
        """Results of a panel, with what the layout shows of each."""
        drawn = [self._line(row) for row in stock.PANELS[panel][: most or None]]
        kept = [
            replace(
                line,
                **{
                    name: ""
                    for name in ("unit", "spec", "method", "lod", "loq", "verdict")
                    if name not in shown.split()
                },
            )
            for line in drawn
        ]
        self.results += kept
        return drawn

    def _line(self, row):
        analyte, unit, low, high, spec, method = row
        if low is None:
            return Line(analyte, high, unit, spec, method, "", "", "Pass")
        places = len(str(high).partition(".")[2])
        number = f"{self.dice.uniform(low, high):.{places}f}"
        value = self.dice.choice(("ND", "<LOQ", number)) if low == 0 else number
        lod, loq = f"{high / 100:.4f}", f"{high / 33:.4f}"
        return Line(analyte, value, unit, spec, method, lod, loq, "Pass")

    def _invent(self):
        dice, made = self.dice, self._made
        steps = (0, 12, 15, 21, 24)
        names = ("date_made", "date_sampled", "date_received", "date_tested", "date_issued")
        self._dates = {
            name: made + timedelta(days=step + dice.randrange(2))
            for name, step in zip(names, steps, strict=True)
        }
        self._dates["date_expires"] = made.replace(year=made.year + 3, day=min(made.day, 28))
        number = dice.randrange(10_000, 99_999)
        return {
            "lab_name_printed": dice.choice(stock.LABORATORIES[self.language]),
            "client": dice.choice(stock.CLIENTS),
            "product": dice.choice(stock.PRODUCTS[self.language]),
            "report_no": f"{dice.choice(('RA', 'CA', 'TR'))}-26-{number}",
            "lot": f"{dice.choice('ABKMX')}{number % 9000 + 1000}{dice.choice('ABC')}",
            "sample_id": f"S{dice.randrange(100_000, 999_999)}",
            "signatory": dice.choice(stock.PEOPLE),
        }
