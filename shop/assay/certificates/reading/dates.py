"""Which day does a printed date mean, and how sure is that?

"10/03/2026" is 3 October in the United States and 10 March in most other places. It stays unsure
unless another date of the same document settles the order.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Order(StrEnum):
    """Which number comes first in the document's numeric dates."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Printed:
    """A date's ISO text ("2029-03" where no day is printed) and how sure it is, 0 to 100."""

    value: str
    confidence: int


SURE, LIKELY, UNSURE = 100, 80, 40
_CENTURY = 2000
_MOST_MONTHS = 12
_MONTHS = (
    "jan janv january januar janvier enero ene gennaio gen janeiro januari",
    "feb fev febr february februar fevrier febrero febbraio fevereiro februari",
    "mar mars mrz march marz maerz marzo marco maart mrt",
    "apr avr april avril abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juil juillet julio luglio lug julho",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre settembre set setembro",
    "oct okt october oktober octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec dez dic december dezember decembre diciembre dicembre dezembro",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = r"([a-z]{3,12})\.?"
_YEAR = r"(\d{4}|\d{2})"
_SEP = r"[\s./,'-]{0,3}"
_KOREAN = str.maketrans("\ub144\uc6d4\uc77c", "\u5e74\u6708\u65e5")
_DAY_FIRST = frozenset(["de", "fr", "es", "it", "pt", "nl"])
_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
        "PR",
    ]
)
_STATE_AND_ZIP = re.compile(r"\b([A-Z]{2})[,.]?\s{1,3}\d{5}(?:-\d{4})?\b")
_BRITISH = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
    r"|\b(?:United Kingdom|Australia|Ireland|New Zealand|India)\b"
)
_ISO = re.compile(r"\b((?:19|20)\d{2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_ASIAN = re.compile(r"((?:19|20)\d{2})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")
_DAY_NAME_YEAR = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|o)?{_SEP}(?:(?:de|of)\s)?{_NAME}{_SEP}(?:(?:de|del)\s)?{_YEAR}\b"
)
_NAME_DAY_YEAR = re.compile(rf"\b{_NAME}{_SEP}(\d{{1,2}})(?:st|nd|rd|th)?[\s,./'-]{{1,3}}{_YEAR}\b")
_YEAR_NAME_DAY = re.compile(rf"\b((?:19|20)\d{{2}}){_SEP}{_NAME}{_SEP}(\d{{1,2}})\b")
_NUMERIC = re.compile(rf"\b(\d{{1,2}})\s?([/.\-])\s?(\d{{1,2}})\s?\2\s?{_YEAR}(?!\d)")
_COMPACT = re.compile(r"\b(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\b")
_NAME_YEAR = re.compile(rf"\b{_NAME}{_SEP}(?:(?:de|del|of)\s)?((?:19|20)\d{{2}})\b")
_MONTH_YEAR = re.compile(r"\b(0?[1-9]|1[0-2])\s?[/.-]\s?((?:19|20)\d{2})\b")
_YEAR_MONTH = re.compile(r"\b((?:19|20)\d{2})\s?[/.-]\s?(0[1-9]|1[0-2])\b(?![/.-]?\d)")


def order(texts: Iterable[str]) -> Order | None:
    """What the document's own unmistakable dates say about the order of day and month."""
    found: set[Order] = set()
    for text in texts:
        for match in _NUMERIC.finditer(_plain(text)):
            first, second = int(match[1]), int(match[3])
            if first > _MOST_MONTHS >= second:
                found.add(Order.DAY)
            elif second > _MOST_MONTHS >= first:
                found.add(Order.MONTH)
    return found.pop() if len(found) == 1 else None


def habit(text: str, language: str) -> Order | None:
    """How such documents write their dates, where none of them is unmistakable."""
    if language in _DAY_FIRST:
        return Order.DAY
    is_american = any(state in _STATES for state in _STATE_AND_ZIP.findall(text))
    is_british = bool(_BRITISH.search(text))
    if is_american != is_british:
        return Order.MONTH if is_american else Order.DAY
    return None


def parse(text: str, hint: Order | None = None, *, is_period: bool = True) -> Printed | None:
    """The first date in the text, or the last where a period may stand; None if there is none."""
    plain = _plain(text)
    # "31 Feb 2026" has a day, if none that exists, and is not February 2026.
    found = [*_with_day(plain, hint)] or [*_without_day(plain)]
    if not found:
        return None
    pick = max if is_period else min
    return pick(found, key=lambda pair: pair[0])[1]


def _with_day(plain: str, hint: Order | None) -> Iterator[tuple[int, Printed | None]]:
    for pattern, year, month, day in (
        (_ISO, 1, 2, 3),
        (_COMPACT, 1, 2, 3),
        (_ASIAN, 1, 2, 3),
        (_DAY_NAME_YEAR, 3, 2, 1),
        (_NAME_DAY_YEAR, 3, 1, 2),
        (_YEAR_NAME_DAY, 1, 2, 3),
    ):
        for match in pattern.finditer(plain):
            if match[day]:  # the Asian form may leave it out
                yield match.end(), _day(match[year], match[month], match[day], SURE)
    for match in _NUMERIC.finditer(plain):
        yield match.end(), _numeric(match, hint)


def _without_day(plain: str) -> Iterator[tuple[int, Printed | None]]:
    for pattern, year, month in (
        (_ASIAN, 1, 2),
        (_NAME_YEAR, 2, 1),
        (_MONTH_YEAR, 2, 1),
        (_YEAR_MONTH, 1, 2),
    ):
        for match in pattern.finditer(plain):
            printed = _day(match[year], match[month], "1", SURE)
            if printed:
                yield match.end(), Printed(printed.value[:7], printed.confidence)


def _numeric(match: re.Match[str], hint: Order | None) -> Printed | None:
    first, mark, second, year = match.groups()
    as_day_first = _day(year, second, first, SURE)
    as_month_first = _day(year, first, second, SURE)
    if as_day_first is None or as_month_first is None or first == second:
        return as_day_first or as_month_first
    if mark == "." or hint is Order.DAY:  # points between numbers are written day first
        return Printed(as_day_first.value, min(LIKELY, as_day_first.confidence))
    confidence = LIKELY if hint is Order.MONTH else UNSURE
    return Printed(as_month_first.value, min(confidence, as_month_first.confidence))


def _day(year: str, month: str, day: str, confidence: int) -> Printed | None:
    number = int(month) if month.isdigit() else _MONTH_OF.get(month, 0)
    is_short = len(year) <= 2  # noqa: PLR2004 - "26"
    whole_year = int(year) + (_CENTURY if is_short else 0)
    try:
        value = date(whole_year, number, int(day)).isoformat()
    except ValueError:
        return None
    return Printed(value, min(confidence, LIKELY) if is_short else confidence)


def _plain(text: str) -> str:
    """Lower case without accents; at most as much as a date needs."""
    folded = unicodedata.normalize("NFKD", text[:300].translate(_KOREAN).casefold())
    return "".join(mark for mark in folded if not unicodedata.combining(mark))
