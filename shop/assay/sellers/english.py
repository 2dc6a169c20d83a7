"""Is a name an English word, and if not, how surprising is it as one?

Whoever invents a name makes one that can be spoken; whoever mistypes one seldom does. So a name
that is close to another but reads like a word is more likely somebody's own.
"""

from functools import cache, lru_cache

from shop.assay.sellers import dictionary
from shop.assay.sellers.renowned import NAMES
from shop.assay.sellers.words import WORDS

_BEGINNING = 4  # letters that stand before the colon in the table
_BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LETTERS = {letter: place for place, letter in enumerate("^abcdefghijklmnopqrstuvwxyz")}
_BITS = {digit: value / 4 for value, digit in enumerate(_BASE_64)}
_NOTHING: tuple[float, dict[str, float]] = (0.0, {})  # three letters that no word has
_NO_LETTER = 8.0  # bits: a digit in a word surprises more than any letter


def is_word(text: str) -> bool:
    """Whether a dictionary has it, names of people, places and companies counted; lower case."""
    if is_common(text) or text in NAMES:
        return True
    return f" {text[_BEGINNING:] or '-'}' " in _rests(text)


def is_common(text: str) -> bool:
    """Whether it is a word and not only a name: "prose", but not "douglas"."""
    return f" {text[_BEGINNING:] or '-'} " in _rests(text) or text in WORDS


@lru_cache(maxsize=4096)
def surprise(text: str) -> float:
    """How surprising a text in lower case is as a word, in bits: "stella" 23, "olapelx" 46.

    The sum over its letters, each after the three before it, as words and names have them. A
    shorter name surprises less: more people have had it.
    """
    after_three = _after_three()
    bits = 0.0
    before = "^^^"
    for char in f"{text}^":
        if char not in _LETTERS:
            bits += _NO_LETTER
            before = "^^^"
            continue
        more, told = after_three.get(before, _NOTHING)
        bits += told[char] if char in told else more + _after_two(before[1:], char)
        before = before[1:] + char
    return bits


def _after_two(before: str, letter: str) -> float:
    at = (_LETTERS[before[0]] * len(_LETTERS) + _LETTERS[before[1]]) * len(_LETTERS)
    return _digits()[at + _LETTERS[letter]]


@cache
def _digits() -> list[float]:
    return [_BITS[digit] for digit in dictionary.SURPRISE.replace("\n", "")]


@cache
def _after_three() -> dict[str, tuple[float, dict[str, float]]]:
    """For three letters what another letter than the told ones adds, and those that are told."""
    found = {}
    for entry in dictionary.AFTER_THREE.split():
        bits = [_BITS[digit] for digit in entry[5::2]]
        found[entry[:3]] = (_BITS[entry[3]], dict(zip(entry[4::2], bits, strict=True)))
    return found


def _rests(text: str) -> str:
    return _beginnings().get(text[:_BEGINNING], "")


@cache
def _beginnings() -> dict[str, str]:
    lines = dictionary.TABLE.replace("\n ", " ").splitlines()
    return {line[:_BEGINNING]: f"{line[_BEGINNING + 1 :]} " for line in lines}
