"""Where does a result stand against its limit, on a line to be drawn?

A limit on one side starts the line at nothing, or ends it well beyond the limit; a range has as
much line beside it as in it. What lies further out is drawn at the end and marked as beyond.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from shop.assay.certificates.facts import Result
from shop.assay.certificates.reading.decimals import Notation
from shop.assay.certificates.reading.intervals import Interval
from shop.assay.certificates.reading.verdicts import Line, computed, understood

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Scale:
    """A result in its limit's unit; positions are 0 to WIDTH.

    For a result that is only bounded ("< 10", "ND") `value` is the bound and `from_at` to
    `value_at` is where it may lie; else both are one. `value` is None where no number is known.
    """

    low: Decimal | None
    high: Decimal | None
    value: Decimal | None
    op: str  # of the value: =, <, <=, >, >=, range, absent, below, many
    unit: str
    verdict: str  # pass, fail, or empty: could not tell
    low_at: int | None
    high_at: int | None
    from_at: int
    value_at: int
    is_beyond: bool  # the value is off the line


_DIGITS = Context(prec=30)
_FARTHEST = 3  # times the limit: what is more is drawn at the end
_AIR = Fraction(1, 4)  # beyond the limit, of it


def scale(result: Result, notation: Notation = Notation.UNKNOWN) -> Scale | None:
    """The line for a result; None where limit or value is no number, or they do not compare."""
    line = understood(result, notation)
    allowed, found = line.allowed, line.found
    is_sure = line.limit.is_sure and line.value.is_sure
    if allowed is None or found is None or line.unit.is_log or not is_sure:
        return None
    start, end = _ends(allowed, found)
    if start >= end:
        return None
    first, last = _value(found, start, end)
    value = found.high if found.high is not None else found.low
    return Scale(
        low=_exact(allowed.low),
        high=_exact(allowed.high),
        value=_exact(value) if _is_known(line) else None,
        op=line.value.op,
        unit=line.unit_text,
        verdict=computed(result, notation).verdict,
        low_at=_at(allowed.low, start, end),
        high_at=_at(allowed.high, start, end),
        from_at=_placed(first, start, end),
        value_at=_placed(last, start, end),
        is_beyond=last > end or first < start,
    )


def _ends(allowed: Interval, found: Interval) -> tuple[Fraction, Fraction]:
    """From where to where the line goes."""
    low, high = allowed.low, allowed.high
    values = [end for end in (found.low, found.high) if end is not None]
    if low is not None and high is not None:
        width = (high - low) or abs(high) or Fraction(1)
        start = max(low - width, min([low - width / 2, *values]))
        end = min(high + width, max([high + width / 2, *values]))
        return (
            max(start, Fraction(0)) if low >= 0 and min(values, default=low) >= 0 else start
        ), end
    if high is not None:
        reach = abs(high) or Fraction(1)
        start = min([Fraction(0), high, *values]) if high < 0 else Fraction(0)
        return start, min(high + (_FARTHEST - 1) * reach, max([high, *values]) + _AIR * reach)
    limit = low if low is not None else Fraction(0)
    beyond = [abs(value - limit) for value in values]
    reach = max([abs(limit) / 20 or Fraction(1), *beyond])
    reach = min(reach, _FARTHEST * (abs(limit) or Fraction(1)))
    start = limit - reach
    return (max(start, Fraction(0)) if limit >= 0 else start), limit + reach * (1 + _AIR)


def _value(found: Interval, start: Fraction, end: Fraction) -> tuple[Fraction, Fraction]:
    first = found.low if found.low is not None else start
    last = found.high if found.high is not None else max(end, first)
    return first, last


def _is_known(line: Line) -> bool:
    """Whether a number was printed: "ND" alone has none."""
    found = line.found
    return line.value.op not in {"absent", "below", "many"} or bool(found and found.high)


def _at(number: Fraction | None, start: Fraction, end: Fraction) -> int | None:
    return None if number is None else _placed(number, start, end)


def _placed(number: Fraction, start: Fraction, end: Fraction) -> int:
    return max(0, min(WIDTH, round(WIDTH * (number - start) / (end - start))))


def _exact(number: Fraction | None) -> Decimal | None:
    """As a decimal; of degrees Fahrenheit in Celsius thirty digits."""
    if number is None:
        return None
    found = _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    exponent = int(found.as_tuple().exponent)
    return found if exponent <= 0 else _DIGITS.quantize(found, Decimal(1))
