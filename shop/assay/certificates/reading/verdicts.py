"""Does a result keep its limit, by the numbers?

A number outside its limit is called outside only where nothing else can be meant: not its
rounding, its uncertainty, how colonies are counted, or another way to read the digits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from shop.assay.certificates.facts import Result
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading import decimals
from shop.assay.certificates.reading.decimals import Notation
from shop.assay.certificates.reading.intervals import Interval, is_inside, is_outside, of
from shop.assay.certificates.reading.quantities import Quantity, parse_limit, parse_value
from shop.assay.certificates.reading.units import NONE, Unit, convert, is_count, is_same, unit


class Doubt(StrEnum):
    """Why a number that seems to be outside its limit may be inside all the same."""

    NONE = ""
    UNCLEAR = "unclear"  # the digits can be read otherwise
    UNIT = "unit"  # limit and result are in units of which one is not the other
    ROUNDING = "rounding"  # inside, once it is rounded as the limit is printed
    UNCERTAINTY = "uncertainty"  # inside, within what the report says of its own uncertainty
    COUNT = "count"  # colonies up to twice a power of ten are accepted


@dataclass(frozen=True, slots=True)
class Computed:
    """`verdict` is "pass", "fail", or empty where we cannot tell; then a doubt may say why."""

    verdict: str
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class Line:
    """A result with its numbers, all in the unit of its limit."""

    limit: Quantity
    value: Quantity
    unit: Unit  # of the limit
    unit_text: str
    allowed: Interval | None  # None: no limit in numbers
    found: Interval | None  # None: no number, or in a unit that we cannot convert
    wide: Interval | None  # the same with its uncertainty; None: none is known
    is_same_unit: bool  # printed as such, neither converted nor taken for granted
    is_guess: bool  # a bare number, taken for the most that is allowed


_CANNOT_TELL = Computed("")
_EXACT = Context(prec=60)  # twice the digits that a printed number may have
_MOST_LOG = 30
_LOST_RAISING = frozenset(range(101, 110))
# What nobody wants in a product.
_UNWANTED_TEXT = """
    lead arsenic cadmium mercury nickel chromium antimony cobalt barium thallium pb cd hg blei arsen
    quecksilber plomb arsenico mercure plomo mercurio piombo chumbo lood kwik arseen metals metalle
    metaux metales metalli aerobic microbial microbiological microbiology microorganisms bacteria
    bacterial count counts yeast yeasts mold molds mould moulds coliforms coliform
    enterobacteriaceae tamc tymc tvc tpc tvac aflatoxin aflatoxins ochratoxin mycotoxins mycotoxin
    solvents solvent pesticides pesticide residual residue residues impurity impurities benzene
    toluene hexane methanol dioxane formaldehyde nitrosamines keimzahl hefen schimmelpilze
    levures moisissures levaduras mohos lieviti muffe bolores leveduras gisten schimmels
"""
_UNWANTED = frozenset(_UNWANTED_TEXT.split())
_TRACE = Fraction(1, 10**6)  # in units this small one prints limits, and hardly targets
# Beyond this a value in another unit than its limit is a misread unit sooner than a result.
_MOST_TIMES = 100
_ABOVE_ALL_COUNTS = 250  # colonies on one plate: more are "too numerous to count"


def notation(language: str, results: Iterable[Result]) -> Notation:
    """How a document writes its decimals."""
    texts = [text for each in results for text in (each.spec, each.value, each.lod, each.loq)]
    return decimals.notation(language, texts)


def computed(result: Result, style: Notation = Notation.UNKNOWN) -> Computed:
    """Whether the value keeps the limit."""
    line = understood(result, style)
    if line.limit.op == "absent":
        return _of_absence(line)
    if line.allowed is None or not line.value.op:
        return _CANNOT_TELL
    if line.found is None:
        return _in_other_units(line)
    is_sure = line.limit.is_sure and line.value.is_sure
    if is_inside(line.found, line.allowed):
        return Computed("pass") if is_sure else _CANNOT_TELL
    if not is_outside(line.found, line.allowed):
        return _CANNOT_TELL
    doubt = _doubt(line) if is_sure else Doubt.UNCLEAR
    return Computed("" if doubt else "fail", doubt)


def understood(result: Result, style: Notation = Notation.UNKNOWN) -> Line:
    """Limit and value as intervals on one axis."""
    limit, value = parse_limit(result.spec, style), parse_value(result.value, style)
    limit, is_guess = _plain_limit(limit, result)
    column = unit(result.unit)
    own, other = _unit_of(limit, column), _unit_of(value, column)
    is_assumed = (own == NONE) != (other == NONE)
    target = other if own == NONE else own
    source = own if other == NONE else other
    limit, value = (_without_lost_raising(each, target) for each in (limit, value))
    text = limit.unit or result.unit or value.unit

    def in_unit(amount: Fraction) -> Fraction | None:
        return _converted(amount, source, target)

    wide = of(_widened(value, source))
    return Line(
        limit=limit,
        value=value,
        unit=target,
        unit_text=text,
        allowed=of(limit) if limit.op in {"<", "<=", ">", ">=", "range"} else _below_limit(limit),
        found=_found(value, result, style, in_unit),
        wide=wide and wide.mapped(in_unit),
        is_same_unit=not is_assumed and is_same(source, target),
        is_guess=is_guess,
    )


def _plain_limit(limit: Quantity, result: Result) -> tuple[Quantity, bool]:
    """A bare number is the most that is allowed of what nobody wants, and in ppm most likely."""
    if limit.op != "=":
        return limit, False
    words = {*words_of(result.analyte), *words_of(result.group)}
    one = unit(limit.unit or result.unit)
    is_most = bool(words & _UNWANTED) or is_count(one)
    if not is_most and not (one.dimension == "mass/mass" and one.factor <= _TRACE):
        return Quantity(), False
    return replace(limit, op="<=", low=None), not is_most


def _unit_of(quantity: Quantity, column: Unit) -> Unit:
    return unit(quantity.unit) if quantity.unit else column


def _without_lost_raising(quantity: Quantity, one: Unit) -> Quantity:
    """103 CFU/g may be 10³ CFU/g whose raised number lost its place."""
    has_lost = any(number in _LOST_RAISING for number in (quantity.low, quantity.high))
    return replace(quantity, is_sure=False) if has_lost and is_count(one) else quantity


def _below_limit(limit: Quantity) -> Interval | None:
    """A limit of "< LOQ (0.05)"."""
    if limit.op != "below" or limit.high is None:
        return None
    return Interval(None, Fraction(limit.high), is_high_open=True)


def _found(
    value: Quantity,
    result: Result,
    style: Notation,
    in_unit: Callable[[Fraction], Fraction | None],
) -> Interval | None:
    if value.op in {"absent", "below"}:
        return _under_detection(value, result, style, in_unit)
    if value.op == "many":
        return Interval(Fraction(_ABOVE_ALL_COUNTS), None, is_low_open=True)
    plain = of(value)
    mapped = plain and plain.mapped(in_unit)
    if mapped and mapped.low is None and mapped.high is not None and mapped.high > 0:
        return replace(mapped, low=Fraction(0))  # "< 10" is from nothing to ten
    return mapped


def _widened(value: Quantity, source: Unit) -> Quantity:
    """With what the report says of its uncertainty; a logarithm with its rounding."""
    if value.op != "=" or value.low is None:
        return Quantity()
    width = value.width
    if width is None and source.is_log:
        width = Decimal((0, (5,), int(value.low.as_tuple().exponent) - 1))
    if width is None:
        return Quantity()
    low, high = _EXACT.subtract(value.low, width), _EXACT.add(value.low, width)
    return replace(value, op="range", low=low, high=high)


def _under_detection(
    value: Quantity,
    result: Result,
    style: Notation,
    in_unit: Callable[[Fraction], Fraction | None],
) -> Interval | None:
    """From nothing up to the limit of detection: its own, else its column's, else unknown."""
    limit = value.high
    columns = (result.lod, result.loq) if value.op == "absent" else (result.loq, result.lod)
    for text in columns:
        beside = parse_value(text, style)
        if limit is None and beside.op in {"=", "<", "<="} and beside.is_sure:
            limit = beside.high
    if limit is None:
        return Interval(Fraction(0), Fraction(0)) if value.op == "absent" else None
    most = in_unit(Fraction(limit))
    return most if most is None else Interval(Fraction(0), most, is_high_open=True)


def _converted(amount: Fraction, source: Unit, target: Unit) -> Fraction | None:
    """As `convert`, between a count and its logarithm too."""
    if source.is_log == target.is_log:
        return convert(amount, source, target)
    if source.is_log:
        power = _EXACT.power(Decimal(10), _decimal(amount)) if abs(amount) < _MOST_LOG else None
        linear = replace(source, is_log=False)
        return None if power is None else convert(Fraction(power), linear, target)
    count = convert(amount, source, replace(target, is_log=False))
    return Fraction(_EXACT.log10(_decimal(count))) if count is not None and count > 0 else None


def _decimal(number: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))


def _of_absence(line: Line) -> Computed:
    """A limit of "absent": nothing may be found."""
    value = line.value
    if not (value.is_sure and line.limit.is_sure):
        return _CANNOT_TELL
    if value.op == "absent" or (value.op == "=" and value.low == 0):
        return Computed("pass")
    is_number = value.op in {"=", ">", ">="} and value.low is not None and value.low > 0
    # "1 g" under a limit of "absent in 1 g" names the sample, no finding.
    is_finding = is_number and (not value.unit or is_count(unit(value.unit)))
    return Computed("fail") if value.op in {"present", "many"} or is_finding else _CANNOT_TELL


def _in_other_units(line: Line) -> Computed:
    """Units that do not go over into one another: outside by the digits alone is a doubt."""
    plain = of(line.value)
    if plain is None or line.allowed is None or line.value.op == "below":
        return _CANNOT_TELL
    return Computed("", Doubt.UNIT if is_outside(plain, line.allowed) else Doubt.NONE)


def _doubt(line: Line) -> Doubt:
    """Why the value may be inside after all."""
    allowed, found, value = line.allowed, line.found, line.value
    if allowed is None or found is None or value.op == "absent":
        return Doubt.UNCLEAR  # of what should be there, it matters how little can be seen
    is_within = line.wide is not None and not is_outside(line.wide, allowed)
    doubts = (
        (Doubt.UNCLEAR, line.is_guess),
        (Doubt.UNIT, not line.is_same_unit and _is_far(found, allowed)),
        (Doubt.UNCERTAINTY, is_within and value.width is not None),
        (Doubt.COUNT, _is_power_of_ten(line) and not is_outside(found, allowed.doubled())),
        (Doubt.ROUNDING, is_within),
        (Doubt.ROUNDING, value.op == "=" and is_inside(_rounded(line, found), allowed)),
    )
    return next((doubt for doubt, holds in doubts if holds), Doubt.NONE)


def _rounded(line: Line, found: Interval) -> Interval:
    """The value with as many decimals as the limit is printed with."""
    exponents = [
        int(number.as_tuple().exponent)
        for number in (line.limit.low, line.limit.high)
        if number is not None
    ]
    return found.rounded(max([0, *(-exponent for exponent in exponents)]))


def _is_far(found: Interval, allowed: Interval) -> bool:
    high, low = allowed.high, allowed.low
    if high is not None and found.low is not None and found.low > _MOST_TIMES * abs(high):
        return True
    return low is not None and found.high is not None and found.high * _MOST_TIMES < low


def _is_power_of_ten(line: Line) -> bool:
    """10^2 CFU/g accepts up to 200 (USP 1111, Ph. Eur. 5.1.4, ISO 17516)."""
    high = line.limit.high
    is_power = high is not None and high > 1 and high.normalize().as_tuple().digits == (1,)
    return is_power and is_count(line.unit) and not line.unit.is_log
