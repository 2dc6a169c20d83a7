"""Which numbers can a printed quantity mean? Intervals of exact fractions, ends open or closed."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from shop.assay.certificates.reading.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high; None is without end."""

    low: Fraction | None
    high: Fraction | None
    is_low_open: bool = False
    is_high_open: bool = False

    def mapped(self, change: Callable[[Fraction], Fraction | None]) -> "Interval | None":
        """With both ends changed; None where one cannot be."""
        low = None if self.low is None else change(self.low)
        high = None if self.high is None else change(self.high)
        if (low is None) != (self.low is None) or (high is None) != (self.high is None):
            return None
        return Interval(low, high, self.is_low_open, self.is_high_open)

    def doubled(self) -> "Interval":
        """With twice the upper end, which then belongs to it."""
        high = None if self.high is None else 2 * self.high
        return Interval(self.low, high, self.is_low_open)

    def rounded(self, places: int) -> "Interval":
        """Both ends rounded, halves away from zero, as pharmacopoeias do."""
        return Interval(_rounded(self.low, places), _rounded(self.high, places))


def of(quantity: Quantity) -> Interval | None:
    """What a number, a bound or a range means; None for words and states.

    A result of "< 10" is from nothing to ten.
    """
    low = None if quantity.low is None else Fraction(quantity.low)
    high = None if quantity.high is None else Fraction(quantity.high)
    match quantity.op:
        case "=" | "range" | "<=" | ">=":
            return Interval(low, high)
        case "<":
            return Interval(None, high, is_high_open=True)
        case ">":
            return Interval(low, None, is_low_open=True)
        case _:
            return None


def is_inside(inner: Interval, outer: Interval) -> bool:
    """Whether everything in the one is in the other."""
    return _ends_inside(inner, outer) and _ends_inside(_mirrored(inner), _mirrored(outer))


def is_outside(one: Interval, other: Interval) -> bool:
    """Whether the two have nothing in common."""
    return _is_above(one, other) or _is_above(other, one)


def _ends_inside(inner: Interval, outer: Interval) -> bool:
    if outer.high is None or inner.high is None:
        return outer.high is None
    if inner.high == outer.high:
        return inner.is_high_open or not outer.is_high_open
    return inner.high < outer.high


def _mirrored(interval: Interval) -> Interval:
    low = None if interval.high is None else -interval.high
    high = None if interval.low is None else -interval.low
    return Interval(low, high, interval.is_high_open, interval.is_low_open)


def _is_above(one: Interval, other: Interval) -> bool:
    if one.low is None or other.high is None:
        return False
    if one.low == other.high:
        return one.is_low_open or other.is_high_open
    return one.low > other.high


def _rounded(number: Fraction | None, places: int) -> Fraction | None:
    if number is None:
        return None
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if number >= 0 else -whole, 10**places)
