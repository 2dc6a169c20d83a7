"""Where in a cell does the unit behind a number end, and which of its words are the unit?"""

import re
from collections.abc import Callable

from shop.assay.certificates.reading.units import unit

_WORD = re.compile(
    r"\s?(?:log\s?_?10\s?|"
    r"[^\s\d<>\u2264\u2265\u00b1~,;:()\-](?:[^\s\d<>\u2264\u2265\u00b1~,;:()\-]|(?<=[a-z])[23](?![\d.,]))*)"
)
# The amount that something is found in: CFU/10 g, g/100g, CFU per 100 ml, mg kg-1.
_AMOUNT = re.compile(
    r"\s?(?:(?<=/)|/|\b(?:per|pro|par|por|in|en|dans|je|al)\b)\s?\d{1,4}\s?(?:k?g|[mcd]?l|cm2)(?![a-z])"
)
_POWER = re.compile(r"(?<=[gl])\s?\^?-1(?![\d.,])")
_LONGEST, _MOST_WORDS = 24, 3


def unit_end(text: str, position: int, *, stops: Callable[[int], bool]) -> int:
    """Where the words behind a number end, at a sign, a digit, or where `stops` says so."""
    while position < len(text):
        blank = position + (text[position] == " ")
        amount = _AMOUNT.match(text, position) or _POWER.match(text, position)
        if amount:
            position = amount.end()
            continue
        word = _WORD.match(text, position)
        if word is None or stops(blank):
            break
        position = word.end()
    return position


def known_part(text: str) -> str:
    """The longest beginning that is a unit; short words that are none may be one all the same."""
    words = text.split()
    for length in range(len(words), 0, -1):
        part = " ".join(words[:length])
        if unit(part).is_known:
            return part
    whole = " ".join(words)
    return whole if len(words) <= _MOST_WORDS and len(whole) <= _LONGEST else ""
