"""Which number do these digits mean: is 1,000 a thousand, or one to three places?

A document uses one sign for decimals. Its own unmistakable numbers tell which, else its language;
where neither does, the number stays unsure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shop.assay.certificates.reading.spelling import folded, plain


class Notation(StrEnum):
    """What stands before the decimals of a document's numbers."""

    POINT = "point"
    COMMA = "comma"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the places that are printed of it, and whether it can be read otherwise."""

    value: Decimal
    is_sure: bool = True


MOST_DIGITS = 30
_MOST_POWER = 30
_GROUP = 3
_COMMA_LANGUAGES = frozenset({"de", "fr", "es", "it", "pt", "nl"})
# Digits with their signs; blanks only where they part thousands. "10 e 20" is Italian for a range.
_DIGITS = r"\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*\d|\d|\.\d+"
_TIMES = r"\s?[x*\u00b7]\s?10"
_POWER = (
    rf"(?:{_TIMES}(?:\^([-+]?\d{{1,9}})|\s?([1-9])(?![\d.,]))"
    r"|(?:e|\s?e(?=[-+]))([-+]?\d{1,9})(?!\w))"
)
_NUMBER = re.compile(rf"({_DIGITS})(?:{_POWER}|\^([-+]?\d{{1,9}}))?")
_RUN = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?!\w*[.,]?\d)")


def notation(language: str, texts: Iterable[str]) -> Notation:
    """How this document writes its decimals, by its numbers, else by its language."""
    found = {mark for text in texts for run in _RUN.findall(plain(text)) if (mark := _decimal(run))}
    if len(found) == 1:
        return found.pop()
    if found or not language:
        return Notation.UNKNOWN
    return Notation.COMMA if language in _COMMA_LANGUAGES else Notation.POINT


def number_at(text: str, position: int, style: Notation) -> tuple[Number | None, int] | None:
    """The number that begins here in a folded text, and where it ends.

    None where no digits stand; a number of None where they are no number that we understand.
    """
    match = _NUMBER.match(text, position)
    if match is None:
        return None
    return _value(match, style), match.end()


def number(text: str, style: Notation = Notation.UNKNOWN) -> Number | None:
    """The number that the whole text is."""
    written = folded(plain(text))
    sign = -1 if written.startswith("-") else 1
    found = number_at(written, 1 if written[:1] in {"-", "+"} else 0, style)
    if found is None or found[0] is None or found[1] != len(written):
        return None
    return Number(found[0].value.copy_sign(Decimal(sign)), found[0].is_sure)


def _value(match: re.Match[str], style: Notation) -> Number | None:
    digits, power, lost, exponent, bare = match.groups()
    if bare and digits != "10":
        return None  # 5^3 is no way to print a result
    base = _base(digits, style)
    shift = power or lost or exponent or bare
    if base is None or shift is None:
        return base
    if abs(int(shift)) > _MOST_POWER:
        return None
    if bare:
        return Number(Decimal(1).scaleb(int(shift)))
    # 10E3 is ten thousand on a calculator and a thousand on many a microbiologist's sheet.
    is_sure = base.is_sure and not (exponent and digits == "10")
    return Number(_scaled(base.value, int(shift)), is_sure)


def _scaled(value: Decimal, shift: int) -> Decimal:
    """By a power of ten, without the rounding that Decimal.scaleb does."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + shift))


def _base(digits: str, style: Notation) -> Number | None:
    if sum(map(str.isdigit, digits)) > MOST_DIGITS:
        return None
    joined = re.sub("[ ']", "", digits)
    marks = [mark for mark in joined if mark in ".,"]
    if not marks:
        return Number(Decimal(joined))
    if len(set(marks)) > 1:
        return _of_both(joined)
    whole, *groups = joined.split(marks[0])
    are_groups = _are_thousands(whole, groups)
    if len(marks) > 1:
        return Number(Decimal(joined.replace(marks[0], ""))) if are_groups else None
    as_decimal = Number(Decimal(joined.replace(",", ".")))
    if not are_groups or joined != digits:
        return as_decimal
    return _of_one(joined, marks[0], style, as_decimal)


def _of_one(joined: str, mark: str, style: Notation, as_decimal: Number) -> Number:
    """One sign and three digits after it: thousands, or decimals?"""
    as_thousands = Number(Decimal(joined.replace(mark, "")))
    match style:
        case Notation.UNKNOWN:
            likelier = as_thousands if mark == "," else as_decimal
            return Number(likelier.value, is_sure=False)
        case Notation.POINT:
            return as_decimal if mark == "." else as_thousands
        case Notation.COMMA:
            return as_decimal if mark == "," else as_thousands


def _of_both(joined: str) -> Number | None:
    """Both signs: the last one stands before the decimals, and must stand there once."""
    last = max(joined.rfind(","), joined.rfind("."))
    mark, other = joined[last], "," if joined[last] == "." else "."
    whole, *groups = joined[:last].split(other)
    if mark in joined[:last] or not _are_thousands(whole, groups):
        return None
    return Number(Decimal(f"{joined[:last].replace(other, '')}.{joined[last + 1 :]}"))


def _are_thousands(whole: str, groups: list[str]) -> bool:
    is_head = 1 <= len(whole) <= _GROUP and not whole.startswith("0")
    return is_head and all(len(group) == _GROUP for group in groups)


def _decimal(run: str) -> Notation | None:
    """Which sign is certainly a decimal one in this run of digits."""
    marks = [mark for mark in run if mark in ".,"]
    if not marks:
        return None
    mark, others = marks[-1], marks[:-1]
    if mark in others:
        whole, *groups = run.split(mark)
        # 1.000.000 says that the point parts thousands.
        is_grouped = len(set(marks)) == 1 and _are_thousands(whole, groups)
        return (Notation.POINT if mark == "," else Notation.COMMA) if is_grouped else None
    whole, _, places = run.rpartition(mark)
    if not others and _are_thousands(whole, [places]):
        return None
    return Notation.COMMA if mark == "," else Notation.POINT
