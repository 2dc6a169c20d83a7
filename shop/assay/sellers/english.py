"""Is a name an English word, and if not, how surprising is it as one?

Whoever invents a name makes one that can be spoken; whoever mistypes one seldom does. So a name
that is close to another but reads like a word is more likely somebody's own.
"""

from functools import cache, lru_cache

from shop.assay.sellers import dictionary
from shop.assay.sellers.words import WORDS

_BEGINNING = 4  # letters that stand before the colon in the table
_BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LETTERS = {letter: place for place, letter in enumerate("^abcdefghijklmnopqrstuvwxyz")}
_NO_LETTER = 8.0  # bits: a digit in a word surprises more than any letter


def is_word(text: str) -> bool:
    """Whether an English dictionary has it, names of people and places counted; lower case."""
    return is_common(text) or f" {text[_BEGINNING:] or '-'}' " in _rests(text)


def is_common(text: str) -> bool:
    """Whether it is a word and not only a name: "prose", but not "douglas"."""
    return f" {text[_BEGINNING:] or '-'} " in _rests(text) or text in WORDS


@lru_cache(maxsize=4096)
def surprise(text: str) -> float:
    """How surprising a text in lower case is as a word, in bits: "stella" 23, "olapelx" 46.

    The sum over its letters, each after the two before it, as English words have them. A shorter
    name surprises less: more people have had it.
    """
    digits = _digits()
    bits = 0.0
    before = last = 0
    for char in f"{text}^":
        place = _LETTERS.get(char)
        if place is None:
            bits += _NO_LETTER
            before = last = 0
            continue
        bits += digits[(before * 27 + last) * 27 + place]
        before, last = last, place
    return bits


@cache
def _digits() -> list[float]:
    values = {digit: value / 4 for value, digit in enumerate(_BASE_64)}
    return [values[digit] for digit in dictionary.SURPRISE.replace("\n", "")]


def _rests(text: str) -> str:
    return _beginnings().get(text[:_BEGINNING], "")


@cache
def _beginnings() -> dict[str, str]:
    lines = dictionary.TABLE.replace("\n ", " ").splitlines()
    return {line[:_BEGINNING]: f"{line[_BEGINNING + 1 :]} " for line in lines}
