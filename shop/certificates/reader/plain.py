"""Is a value of the reader's answer what it should be? Each function gives it back, or ValueError.

The process that answers has held a stranger's file, so nothing in its answer is taken on trust.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from shop.assay.certificates.boxes import Box

_MOST_ITEMS = 2_000
_T = TypeVar("_T")


def each(values: object, read: Callable[[Any], _T], *, most: int = _MOST_ITEMS) -> tuple[_T, ...]:
    if not isinstance(values, list) or len(values) > most:
        message = "not a list of sensible length"
        raise ValueError(message)
    return tuple(read(value) for value in values)


def text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        message = f"not a text of at most {longest} characters"
        raise ValueError(message)
    # No database keeps a NUL, and half a surrogate pair cannot be written anywhere.
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def number(value: object, *, most: int = 10_000_000) -> int:
    if type(value) is not int or not 0 <= value <= most:
        message = f"not a number from 0 to {most}"
        raise ValueError(message)
    return value


def flag(value: object) -> bool:
    if type(value) is not bool:
        message = "neither true nor false"
        raise ValueError(message)
    return value


def box(value: object) -> Box | None:
    return None if value is None else sides(value)


def sides(value: object) -> Box:
    """The box itself, where there has to be one."""
    if not isinstance(value, list) or len(value) != 4:  # noqa: PLR2004 - four sides
        message = "not a box"
        raise ValueError(message)
    left, top, right, bottom = (number(side, most=1000) for side in value)
    return left, top, right, bottom
