"""What does a printed limit or result say? Exact decimals; what is not understood is empty.

Limits and results are read alike, but for two things: "5.0 ± 0.5" is a range as a limit, and a
number with its uncertainty as a result; "5 min" is a minimum as a limit, and a time as a result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from shop.assay.certificates.reading import quantity_words as words
from shop.assay.certificates.reading.decimals import Notation, number_at
from shop.assay.certificates.reading.spelling import LONGEST, folded, plain
from shop.assay.certificates.reading.unit_texts import known_part, unit_end
from shop.assay.certificates.reading.units import PERCENT, is_same, unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell says.

    `op` is one of <, <=, >, >=, =, range; of the states absent, below, present, many; or empty.
    A state's `high` is the detection limit that stands beside it. `width` is a result's own
    uncertainty. Not sure: the cell can be read otherwise.
    """

    op: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""  # as printed
    is_sure: bool = True
    width: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One number with what stands around it."""

    op: str
    value: Decimal
    unit: str
    is_sure: bool
    has_power: bool
    end: int


_NOTHING = Quantity()
# Numbers have at most 30 digits and a power of 30: nothing is ever rounded in here.
_EXACT = Context(prec=200)
_GROUP = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_HELD = re.compile(r"\((.*)\)|\[(.*)\]")
_OF_WHAT = re.compile(r"[wmvp]t?/[wmvp]t?")  # "98.7 % (w/w)"
_SPACE = re.compile(r"\s*")
_SIGN = re.compile(r"([-+])\s?(?=[\d.])")
_DIGIT = re.compile(r"\d")
_NOTE = re.compile(r"\s?(?:[*\u2020\u2021#]{1,3}|\^[a-z])(?=\s|$)")
_AGAIN = re.compile(r"\s?[\u2264\u2265<>]\s?[a-z]{0,12}\s?(?=[\u2264<])")


def parse_limit(text: str, style: Notation = Notation.UNKNOWN) -> Quantity:
    """What a specification allows; empty where it is words, or nothing ("Report")."""
    return _parse(text, style, is_limit=True)


def parse_value(text: str, style: Notation = Notation.UNKNOWN) -> Quantity:
    """What was found; empty where it is words ("Conforms")."""
    return _parse(text, style, is_limit=False)


def _parse(text: str, style: Notation, *, is_limit: bool) -> Quantity:
    if len(text) > LONGEST:
        return _NOTHING
    written, asides = _cleaned(text)
    state = _state(written, asides, style, is_limit=is_limit)
    if state is not None:
        return state
    found = _Cell(written, style, is_limit=is_limit).quantity()
    if not is_limit or found.op not in {"", "="}:
        return found
    # "5.0 (4.5 - 5.5)": the number is a target, and the limit stands beside it.
    for aside in asides:
        inner = _Cell(aside, style, is_limit=True).quantity()
        if inner.op in {"range", "<", "<=", ">", ">="}:
            return inner if inner.unit else replace(inner, unit=found.unit)
    is_target = found.op == "=" and words.TARGET.search(folded(written))
    return _NOTHING if is_target else found


def _cleaned(text: str) -> tuple[str, list[str]]:
    """The cell without notes and conditions, and what stood in brackets."""
    written = plain(text)
    if held := _HELD.fullmatch(written):
        written = held[1] or held[2] or ""
    for pattern in (words.CONDITION, words.REFERENCE, _NOTE):
        written = _without(written, pattern)
    asides: list[str] = []

    def taken(match: re.Match[str]) -> str:
        inner = match[1] or match[2] or ""
        is_unit = inner.strip() and not inner[:1].isdigit() and unit(inner).is_known
        if is_unit or _OF_WHAT.fullmatch(folded(inner)):
            return f" {inner}"
        asides.append(inner)
        return " "

    return " ".join(_GROUP.sub(taken, written).split()), asides


def _without(written: str, pattern: re.Pattern[str]) -> str:
    kept, start = [], 0
    for match in pattern.finditer(folded(written)):
        kept.append(written[start : match.start()])
        start = match.end()
    return " ".join("".join([*kept, written[start:]]).split())


def _state(written: str, asides: list[str], style: Notation, *, is_limit: bool) -> Quantity | None:
    """Nothing found, something found, too little or too much to count."""
    low = folded(written)
    if low == "none":
        return _NOTHING if is_limit else Quantity("absent")
    for op, pattern in words.STATES:
        if match := pattern.match(low):
            rest = low[match.end() :]
            has_bound = bool(re.search(r"[<>\u2264\u2265]\s?\d|\bnmt\b|\bmax", rest))
            return Quantity(op, high=_beside(rest, asides, style), is_sure=not has_bound)
    return None


def _beside(rest: str, asides: list[str], style: Notation) -> Decimal | None:
    """The detection limit in "ND (< 0.01)" or "< LOQ 0.05"; not the gram in "absent in 1 g"."""
    own = [rest] if re.match(r"\s?(?:[=:<]\s?)?\d", rest) and "g" not in rest[-2:] else []
    for aside in [*asides, *own]:
        plainly = re.sub(r"^\s*(?:lo[dq]|mdl|rl|[=:<\u2264]|\s)+", "", folded(aside))
        side = _Cell(plainly, style, is_limit=False).quantity()
        if side.op == "=" and side.is_sure:
            return side.high
    return None


class _Cell:
    """A cell that is read from left to right."""

    def __init__(self, written: str, style: Notation, *, is_limit: bool) -> None:
        self.plain, self.text = written, folded(written)
        self.style, self.is_limit = style, is_limit

    def quantity(self) -> Quantity:
        start, is_between = self._opening()
        first = self._side(start)
        if first is None:
            return _NOTHING
        for way in (self._tolerance, self._span, self._enclosed, self._bounds):
            found = way(first, is_between)
            if found is not None:
                return found
        return self._single(first) if self._is_done(first.end) else _NOTHING

    def _opening(self) -> tuple[int, bool]:
        start = 0
        while match := words.PREFIX.match(self.text, start):
            start = match.end()
        between = words.BETWEEN.match(self.text, start)
        return (between.end(), True) if between else (start, False)

    def _side(self, position: int) -> _Side | None:
        """[bound] [roughly] number [unit] [bound]"""
        op, is_sure, sign, start = self._before(position)
        found = number_at(self.text, start, self.style)
        if found is None or found[0] is None:
            return None
        value, end = found[0].value, found[1]
        has_power = any(mark in self.text[start:end] for mark in "x^*e\u00b7")
        unit_to = unit_end(self.text, end, stops=self._is_stop)
        printed = known_part(self.plain[end:unit_to])
        after = words.bound_after(self.text, self._skip(unit_to)) if self.is_limit else None
        if after and not op:
            is_sure &= bool(printed) or not self.text[self._skip(unit_to) :].startswith("min")
            op, unit_to = after
            unit_to, printed = self._late_unit(unit_to, printed)
        value = value.copy_negate() if sign == "-" else value
        return _Side(op, value, printed, is_sure and found[0].is_sure, has_power, unit_to)

    def _before(self, position: int) -> tuple[str, bool, str, int]:
        """What stands before a number: its bound, whether it is sure, its sign, where it begins."""
        op, position, is_sure = "", self._skip(position), True
        if bound := words.bound_at(self.text, position):
            op, position = bound[0], self._skip(bound[1])
        if match := words.ROUGHLY.match(self.text, position):
            position, is_sure = self._skip(match.end()), False
        sign = _SIGN.match(self.text, position)
        return op, is_sure, sign[1] if sign else "", sign.end() if sign else position

    def _late_unit(self, position: int, printed: str) -> tuple[int, str]:
        """As in 10 max ppm."""
        if printed:
            return position, printed
        end = unit_end(self.text, position, stops=self._is_stop)
        return end, known_part(self.plain[position:end])

    def _tolerance(self, first: _Side, _: object) -> Quantity | None:
        match = words.PLUS_MINUS.match(self.text, self._skip(first.end))
        second = self._side(match.end()) if match else None
        if second is None or first.op or not self._is_done(second.end):
            return None
        is_part = unit(second.unit) == PERCENT and unit(first.unit) != PERCENT
        is_relative = is_part and bool(first.unit)
        width = abs(second.value)
        if is_relative:
            width = _EXACT.multiply(abs(first.value), _EXACT.scaleb(width, Decimal(-2)))
        is_sure = first.is_sure and second.is_sure
        named = first.unit or second.unit
        if not self.is_limit:
            return Quantity("=", first.value, first.value, named, is_sure, width)
        # "95 ± 5 %" may be five of a hundred, or five of ninety-five hundredths.
        is_sure &= is_relative or unit(second.unit) != PERCENT
        low, high = _EXACT.subtract(first.value, width), _EXACT.add(first.value, width)
        return Quantity("range", low, high, named, is_sure)

    def _span(self, first: _Side, is_between: object) -> Quantity | None:
        at = self._skip(first.end)
        match = words.TO.match(self.text, at) or (
            words.AND.match(self.text, at) if is_between else None
        )
        second = self._side(match.end()) if match else None
        if second is None or first.op or second.op or not self._is_done(second.end):
            return None
        if first.value > second.value:
            return _NOTHING
        is_sure = first.is_sure and second.is_sure and (first.has_power or not second.has_power)
        return self._joined(first, second, is_sure=is_sure)

    def _enclosed(self, first: _Side, _: object) -> Quantity | None:
        """4.0 <= pH <= 6.0"""
        match = _AGAIN.match(self.text, first.end)
        second = self._side(match.end()) if match else None
        if second is None or first.op or not self._is_done(second.end):
            return None
        is_sure = first.is_sure and second.is_sure and first.value <= second.value
        return self._joined(first, second, is_sure=is_sure)

    def _bounds(self, first: _Side, _: object) -> Quantity | None:
        """As in "not less than 98.0 % and not more than 102.0 %", "min 4 - max 6"."""
        at = self._skip(first.end)
        match = words.TO.match(self.text, at) or words.AND.match(self.text, at)
        second = self._side(match.end() if match else at) if first.op else None
        if second is None or not second.op or not self._is_done(second.end):
            return None
        if first.op[0] == second.op[0]:
            return _NOTHING
        low, high = (first, second) if first.op[0] == ">" else (second, first)
        is_sure = first.is_sure and second.is_sure and low.value <= high.value
        return self._joined(low, high, is_sure=is_sure)

    def _joined(self, low: _Side, high: _Side, *, is_sure: bool) -> Quantity:
        if low.unit and high.unit and not is_same(unit(low.unit), unit(high.unit)):
            return _NOTHING
        return Quantity("range", low.value, high.value, high.unit or low.unit, is_sure)

    def _single(self, side: _Side) -> Quantity:
        low = None if side.op in {"<", "<="} else side.value
        high = None if side.op in {">", ">="} else side.value
        return Quantity(side.op or "=", low, high, side.unit, side.is_sure)

    def _skip(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def _is_done(self, position: int) -> bool:
        """Whether nothing follows that could take the number back: only a remark in words."""
        rest = self.text[position:]
        return not _DIGIT.search(rest) and not any(sign in rest for sign in "<>\u2264\u2265\u00b1")

    def _is_stop(self, position: int) -> bool:
        """Whether the unit ends here, because another part of the cell begins."""
        return any(self._stops(position))

    def _stops(self, position: int) -> Iterator[bool]:
        text = self.text
        yield words.PLUS_MINUS.match(text, position) is not None
        yield self.is_limit and words.bound_after(text, position) is not None
        for pattern in (words.TO, words.AND):
            match = pattern.match(text, position)
            yield match is not None and self._has_number(match.end())
        yield words.bound_at(text, position) is not None and self._has_number(position)

    def _has_number(self, position: int) -> bool:
        start = self._before(position)[3]
        return self.text[start : start + 1].isdigit()
