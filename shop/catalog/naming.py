"""How is a name folded for comparison, made into an address, a code or a number checked?

Pure text. What a shopper types and what is indexed pass through the same `words`, so that both
databases compare the same plain tokens and neither needs a dictionary of its own.
"""

import re
import unicodedata

from shop.plumbing.errors import Refused

MAX_SLUG = 140  # the column has 160: room for a number that tells two alike apart
MAX_WORD = 40
_GTIN_LENGTHS = {8, 12, 13, 14}
_NOT_DECOMPOSED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_APOSTROPHES = re.compile("['`’\u02bc\u00b4]")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_NOT_ALNUM = re.compile(r"[\W_]+")
_ONLY_LETTERS = re.compile(r"[a-z]+")


def fold(text: str) -> str:
    """Lower case without accents; "Crème & Co’s" is "creme & cos"."""
    parts = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain.translate(_NOT_DECOMPOSED)


def printable(text: str) -> str:
    """The text without control characters, and without those that turn the reading direction
    (with them, a name could be made to read as another). Any space becomes a plain one.
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN)


def words(text: str) -> list[str]:
    """Every word in order, folded and without its plural ending. Never anything but letters
    and digits, so that no search engine finds an operator in it.
    """
    # Only `isalnum` characters: `\w` would let a vowel sign through that one engine splits at.
    spaced = "".join(char if char.isalnum() else " " for char in fold(text))
    return [_singular(word[:MAX_WORD]) for word in spaced.split()]


def slug(text: str) -> str:
    """An address of a-z, 0-9 and single hyphens, cut between words; empty if nothing is left."""
    plain = _NOT_ALNUM.sub("-", fold(text).encode("ascii", "ignore").decode()).strip("-")
    if len(plain) <= MAX_SLUG:
        return plain
    return plain[: MAX_SLUG + 1].rpartition("-")[0] or plain[:MAX_SLUG]


def lot_key(code: str) -> str:
    """The form in which two printed codes are compared: "mo-2609 b" and "MO2609B" are one."""
    upper = unicodedata.normalize("NFKC", code).upper()
    return "".join(char for char in upper if char.isascii() and char.isalnum())


def gtin14(text: str) -> str:
    """A trade item number as 14 digits. Raises Refused unless its check digit is right."""
    digits = re.sub(r"[ -]", "", text.strip())
    if not (digits.isascii() and digits.isdigit() and len(digits) in _GTIN_LENGTHS):
        message = "A GTIN has 8, 12, 13 or 14 digits. Copy the number under the bar code."
        code = "catalog.gtin_invalid"
        raise Refused(code, message, gtin=text[:40])
    filled = digits.zfill(14)
    expected = _check_digit(filled[:-1])
    if filled[-1] != expected:
        message = (
            f"The last digit of this GTIN should be {expected}, not {filled[-1]}. "
            "Compare it with the number under the bar code."
        )
        code = "catalog.gtin_invalid"
        raise Refused(code, message, gtin=text[:40])
    return filled


def _check_digit(digits: str) -> str:
    """GS1 General Specifications 7.9: weights 3 and 1 alternate from the right."""
    total = sum(
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits[::-1])
    )
    return str(-total % 10)


def _singular(word: str) -> str:
    """English plurals folded: "brushes" is "brush", "curls" is "curl"; "gloss" stays."""
    if len(word) < 4 or not _ONLY_LETTERS.fullmatch(word):  # noqa: PLR2004 - "gas" is no plural
        return word
    if word.endswith(("shes", "ches", "xes", "sses", "zzes")):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
