"""What is the plain form of a printed value, and can the text be such a value at all?"""

import re
from collections.abc import Iterable

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.reading import dates

CODES = frozenset({FieldName.LOT, FieldName.REPORT_NO, FieldName.SAMPLE_ID, FieldName.AMENDS})
_CODE_WORD = re.compile(r"(?=[^\s]*\d)[^\W_][\w./\\+*-]{0,39}|[A-Z]{2,6}(?=\s|$)")
_URL = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:/[^\s,;]{0,300})?", re.IGNORECASE
)
_MOST_WORDS = 4  # of a code
_NEXT_WORD = 3  # letters: a shorter word after a code is a quantity, or the next column


def plain_value(
    name: FieldName, raw: str, hint: dates.Order | None = None
) -> tuple[str | None, int]:
    """The plain form and how sure it is; None when the text cannot be such a value."""
    if name.startswith("date_"):
        printed = dates.parse(raw, hint)
        if printed is None:
            # "31 Feb 2026" is a date that was not understood; "see page 2" is none.
            return ("", 1) if sum(map(str.isdigit, raw)) >= 3 and len(raw) < 40 else (None, 0)  # noqa: PLR2004
        return printed.value, printed.confidence
    if name in CODES:
        return _code(raw), 100
    if name is FieldName.GTIN:
        return _gtin(raw), 100
    if name is FieldName.VERIFY_URL:
        match = _URL.search(raw)
        return (match[0].rstrip(".") if match else None), 100
    return (raw if any(map(str.isalpha, raw)) or name is FieldName.ACCREDITATION else None), 100


def _code(raw: str) -> str | None:
    """A code of up to four words ("MO-2609-B", "AB 1234"), or None for a sentence."""
    taken: list[str] = []
    for word in raw.replace(",", " ").split():
        bare = word.strip("()[];:")
        is_whole = any(map(str.isdigit, "".join(taken))) and len(bare) < _NEXT_WORD
        if not _CODE_WORD.fullmatch(bare) or len(taken) == _MOST_WORDS or is_whole:
            break
        taken.append(bare)
    return " ".join(taken) if any(map(str.isdigit, "".join(taken))) else None


def _gtin(raw: str) -> str | None:
    digits = re.sub(r"[\s-]", "", raw)
    match = re.match(r"\d{8,14}", digits)
    if match is None or len(match[0]) not in {8, 12, 13, 14}:
        return None
    filled = match[0].zfill(14)
    return filled if _check_digit(filled[:13]) == int(filled[13]) else None


def _check_digit(digits: Iterable[str]) -> int:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -total % 10
