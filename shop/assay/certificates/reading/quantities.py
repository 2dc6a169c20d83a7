"""Which numbers does a printed limit or result hold? Exact decimals; doubt is empty."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_NUMBER = r"[-+]?\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d+)?|[-+]?\d+(?:[.,]\d+)?"
_EXPONENT = r"(?:\s?[x×*·]\s?10\s?\^?\s?([-+]?\d{1,2})|[eE]([-+]?\d{1,2}))?"  # noqa: RUF001
_AMOUNT = rf"({_NUMBER}){_EXPONENT}"
_WORDS_FOR = {
    "<=": (
        "≤|<=|=<|not more than|nmt|max(?:imum)?\\.?|up to|no more than|at most"
        "|less than or equal to"
    ),
    ">=": "≥|>=|=>|not less than|nlt|min(?:imum)?\\.?|at least|no less than",
    "<": "<|less than|below|under",
    ">": ">|more than|above|over|greater than",
}
_BOUND = re.compile(
    "(?P<op>" + "|".join(_WORDS_FOR.values()) + rf")\s*{_AMOUNT}\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"{_AMOUNT}\s*[^\d\s±]{{0,8}}\s*(?:to|-|–|—|\.\.|bis|à)\s*{_AMOUNT}\s*(.*)")  # noqa: RUF001
_PLUS_MINUS = re.compile(rf"{_AMOUNT}\s*(?:±|\+/-)\s*{_AMOUNT}\s*(.*)")
_PLAIN = re.compile(rf"{_AMOUNT}\s*(\D.*)?")
_ABSENT = re.compile(
    r"(?:nd|n\.d\.|not detected|absent|none detected|negative|nicht nachweisbar|non detecte|"
    r"non détecté|no detectado|ausencia|ausente)\b",
    re.IGNORECASE,
)
_BELOW = re.compile(r"(?:<\s*lo[qd]|<\s*mdl|b?lq|blq|below (?:lo[qd]|detection))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell says: `op` is one of <, <=, >, >=, =, range, absent, below, or empty."""

    op: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


def parse(text: str) -> Quantity:
    """The quantity in a cell; empty when it is words ("Conforms") or not understood."""
    plain = " ".join(text[:200].split())
    if _ABSENT.match(plain):
        return Quantity("absent")
    if _BELOW.match(plain):
        return Quantity("below")
    return _span(plain) or _bound(plain) or _single(plain) or Quantity()


def computed(spec: str, value: str) -> str:
    """Say "pass" or "fail" where limit and result share a unit and leave no doubt, else empty."""
    limit, result = parse(spec), parse(value)
    if limit.op == "absent" and result.op in {"absent", "="}:
        return "pass" if result.op == "absent" or result.low == 0 else "fail"
    if result.op == "absent" and limit.op in {"<", "<="}:
        return "pass"
    if limit.unit and result.unit and _unit(limit.unit) != _unit(result.unit):
        return ""
    return _compare(limit, result)


def _compare(limit: Quantity, result: Quantity) -> str:
    if result.op == "<" and result.high is not None and limit.op in {"<", "<="}:
        is_inside = limit.high is not None and result.high <= limit.high
        return "pass" if is_inside else ""
    if result.op != "=" or result.low is None or not limit.op or limit.op in {"absent", "below"}:
        return ""
    number = result.low
    is_low_kept = (
        limit.low is None or number > limit.low or (number == limit.low and limit.op != ">")
    )
    is_high_kept = (
        limit.high is None or number < limit.high or (number == limit.high and limit.op != "<")
    )
    return "pass" if is_low_kept and is_high_kept else "fail"


def _span(plain: str) -> Quantity | None:
    if match := _PLUS_MINUS.fullmatch(plain):
        middle, width = _number(*match.group(1, 2, 3)), _number(*match.group(4, 5, 6))
        if middle is None or width is None:
            return None
        return Quantity("range", middle - width, middle + width, match[7].strip())
    if match := _RANGE.fullmatch(plain):
        low, high = _number(*match.group(1, 2, 3)), _number(*match.group(4, 5, 6))
        if low is not None and high is not None and low <= high:
            return Quantity("range", low, high, match[7].strip())
    return None


def _bound(plain: str) -> Quantity | None:
    match = _BOUND.fullmatch(plain)
    if match is None:
        return None
    number = _number(*match.group(2, 3, 4))
    word = match["op"].lower()
    op = next(op for op, words in _WORDS_FOR.items() if re.fullmatch(words, word))
    unit = (match["unit"] or "").strip()
    return (
        Quantity(op, high=number, unit=unit) if "<" in op else Quantity(op, low=number, unit=unit)
    )


def _single(plain: str) -> Quantity | None:
    match = _PLAIN.fullmatch(plain)
    if match is None:
        return None
    number = _number(*match.group(1, 2, 3))
    return None if number is None else Quantity("=", number, number, (match[4] or "").strip())


def _number(digits: str, power: str | None, exponent: str | None) -> Decimal | None:
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", digits)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if point > comma else "."
        plain = plain.replace(thousands, "")
    elif re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+", plain):
        plain = plain.replace(",", "")  # 1,000 is a thousand; 0,125 is an eighth
    try:
        number = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None
    shift = power or exponent
    return number.scaleb(int(shift)) if shift else number


def _unit(text: str) -> str:
    plain = text.casefold().replace("µ", "u").replace("μ", "u").replace(" ", "")
    return {"ppm": "mg/kg", "ug/g": "mg/kg", "ppb": "ug/kg"}.get(plain, plain)
