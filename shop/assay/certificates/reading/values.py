"""What is the plain form of a printed value, and can the text be such a value at all?"""

import re
from collections.abc import Iterable

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading import dates

CODES = frozenset({FieldName.LOT, FieldName.REPORT_NO, FieldName.SAMPLE_ID, FieldName.AMENDS})
_CODE_WORD = re.compile(
    r"(?=[^\s]*\d)[(]?[^\W_][\w./\\+*#&:~()-]{0,59}|[A-Z]{1,6}(?:-[A-Z]{1,6})?(?=\s|$)"
)
_BETWEEN = re.compile(r"[-/\u2013\u2014+]")
_URL = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:/[^\s,;]{0,300})?", re.IGNORECASE
)
_MOST_WORDS = 4  # of a code
_NEXT_WORD = 3  # letters: a shorter word after a code is a quantity, or the next column
_SEVERAL = 55  # how sure the first of several codes is the one
_UNLIKE = 40  # how sure a code that looks like something else is one
_LONGEST_NAME = 16  # words
# Words in capitals after which no code goes on.
_ENDS_TEXT = """
    EXP MFG MFD LOT BATCH DATE QTY PO NO SKU REV PAGE OF ML MG KG OZ CT COUNT PCS RECEIVED ISSUED
    TEST TESTED SAMPLE REPORT CLIENT METHOD LBS AND OR THE FOR BY
"""
_ENDS = frozenset(_ENDS_TEXT.split())
_NO_NAMES_TEXT = """
    see below above attached page pages note notes refer tbd pending id no number date type matrix
    details detail information info specification results result method condition yes weight
    ref reference code po order contact address account services service phone email
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_DATE_ALONE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_OF_PAGES = re.compile(r"\d{1,3}\s?(?:of|/|von|de|di)\s?\d{1,3}$", re.IGNORECASE)
_SENTENCE = 2  # words beyond the code
_PHONE = re.compile(r"\+?\(?\d{1,4}\)?[ .-]\d{3}[ .-]\d{3,4}(?:[ .-]\d{2,4})?")
_QUANTITY = re.compile(r"\d+(?:[.,]\d+)?\s?(?:g|mg|kg|ml|l|oz|lb|lbs|units?|pcs|%)", re.IGNORECASE)


def plain_value(
    name: FieldName, raw: str, hint: dates.Order | None = None
) -> tuple[str | None, int]:
    """The plain form and how sure it is; None when the text cannot be such a value."""
    if name.startswith("date_"):
        return _date(name, raw, hint)
    if name in CODES:
        return _code(raw)
    if name is FieldName.GTIN:
        return _gtin(raw), 100
    if name is FieldName.VERIFY_URL:
        match = _URL.search(raw)
        return (match[0].rstrip(".") if match else None), 100
    if name in {FieldName.ACCREDITATION, FieldName.REPORT_REV}:
        return raw, 100
    return _name(raw)


def _date(name: FieldName, raw: str, hint: dates.Order | None) -> tuple[str | None, int]:
    is_period = name in {FieldName.DATE_TESTED, FieldName.DATE_SAMPLED}
    printed = dates.parse(raw, hint, is_period=is_period)
    if printed is not None:
        return printed.value, printed.confidence
    # "31 Feb 2026" is a date that was not understood; "see page 2" is none.
    digits = sum(map(str.isdigit, raw))
    is_date_like = digits >= 3 and len(raw) < 24 and 2 * digits >= sum(map(str.isalpha, raw))  # noqa: PLR2004
    return ("", 1) if is_date_like and not _QUANTITY.fullmatch(raw) else (None, 0)


def _code(raw: str) -> tuple[str | None, int]:
    """A code of up to four words ("MO-2609-B", "AB 1234"), or None for a sentence."""
    if _PHONE.fullmatch(raw):
        return None, 0
    first, comma, rest = raw.partition(",")
    taken = _code_words((first if _has_digit(first) else raw.replace(",", " ")).split())
    code = " ".join(taken)
    if not _has_digit(code) or _QUANTITY.fullmatch(raw):
        return None, 0
    is_begun = sum(any(map(str.isalpha, word)) for word in raw.split()) - len(code.split())
    if _DATE_ALONE.fullmatch(code) or _OF_PAGES.match(raw) or is_begun >= _SENTENCE:
        return code, _UNLIKE  # "3050 Spruce Street, Saint Lorne"
    is_one_of_several = bool(comma) and bool(_code_words(rest.split()[:1])) and _has_digit(rest)
    return code, _SEVERAL if is_one_of_several else 100


def _code_words(words: list[str]) -> list[str]:
    taken: list[str] = []
    for place, word in enumerate(words):
        bare = word.strip("[];:|#")
        bare = f"S{bare[1:]}" if bare.startswith("$") else bare  # as pictures of it are misread
        is_between = bool(_BETWEEN.fullmatch(bare)) and bool(taken) and place + 1 < len(words)
        if is_between and _CODE_WORD.fullmatch(words[place + 1]) and _has_digit(words[place + 1]):
            taken.append(bare)
            continue
        is_whole = _has_digit("".join(taken)) and len(bare) < _NEXT_WORD
        is_joined = bool(taken) and bool(_BETWEEN.fullmatch(taken[-1]))
        is_end = bare.upper() in _ENDS or (is_whole and not is_joined)
        if not _CODE_WORD.fullmatch(bare) or len(taken) >= _MOST_WORDS or is_end:
            break
        taken.append(bare.rstrip(".:"))
    while taken and not _has_digit(taken[-1]):
        taken.pop()
    return taken


def _name(raw: str) -> tuple[str | None, int]:
    """A name or description: words, and not too many of them."""
    words = words_of(raw)
    if not any(map(str.isalpha, raw)) or all(word in _NO_NAMES for word in words):
        return None, 0
    if len(words) > _LONGEST_NAME:
        return raw, _UNLIKE
    return raw, 100


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


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
