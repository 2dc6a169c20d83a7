"""Which lines look like results where no heading says so: a name, a number, its unit?"""

import re
from collections.abc import Iterator, Sequence

from shop.assay.certificates.facts import Result
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.labels import labels
from shop.assay.certificates.reading.layout import Line, Page, Word, box
from shop.assay.certificates.reading.unit_words import is_unit

_AMOUNT = re.compile(
    r"(?P<value>[<>\u2264\u2265~]?\s?\d+(?:[.,]\d+)*(?:\s?[x\u00d7]\s?10\s?\^?\d)?)\s*(?P<unit>[^\d\s].*)?"
)
_WORDS = re.compile(
    r"(?:not detected|nd|n\.d\.|none detected|absent|negative|<\s?lo[qd]|conforms?|complies"
    r"|pass(?:ed)?)"
    r"(?:\s?(?:in|/)\s?\d+\s?m?[gl])?",
    re.IGNORECASE,
)
_TESTS_TEXT = """
    purity assay content thc cbd cbda thca cbg cbn cannabinoids lead arsenic cadmium mercury
    coli salmonella yeast mold mould count staphylococcus pseudomonas candida aerobic coliforms
    moisture water ph density viscosity endotoxin identity potency peptide mercury ash drying
    enterobacteriaceae listeria aflatoxin terpenes sterility bioburden
"""
_TESTS = frozenset(_TESTS_TEXT.split())
_NO_TESTS_TEXT = """
    weight size quantity volume serving page mass formula temperature storage shelf net gross fee
    dilution cas phone tel fax suite street batch lot date time injection wavelength flow
    column sample price container package units age molecular mw amount
"""
_NO_TESTS = frozenset(_NO_TESTS_TEXT.split())
_MOST = 200
_MOST_NAME = 6  # words


def read_loose(laid_out: Sequence[tuple[Page, list[Line]]]) -> Iterator[Result]:
    """At most a few hundred lines that say a name and an amount with a unit that we know."""
    count = 0
    for page, page_lines in laid_out:
        for line in page_lines:
            words = tuple(line.words)
            found = _split(words)
            if found is None:
                continue
            name, value, unit = found
            yield Result("", name, "", unit, "", "", "", value, "", page.number, box(words, page))
            count += 1
            if count >= _MOST:
                return


def _split(words: Sequence[Word]) -> tuple[str, str, str] | None:
    """Name, value and unit of a line, where it has the form of a result."""
    for place in range(1, min(len(words), _MOST_NAME + 1)):
        name = " ".join(word.text for word in words[:place]).rstrip(" :.\uff1a")
        rest = " ".join(word.text for word in words[place:]).strip(" :.\uff1a")
        plain = words_of(name)
        if not _may_be_test(name, plain):
            return None
        if _WORDS.fullmatch(rest):
            return (name, rest, "") if _TESTS & set(plain) else None
        match = _AMOUNT.fullmatch(rest)
        if match is None:
            continue
        unit = (match["unit"] or "").strip()
        is_ratio = "/" in unit or "%" in unit or unit.lower().startswith("pp")
        if is_unit(unit) and (is_ratio or _TESTS & set(plain)):
            return name, match["value"].strip(), unit
    return None


def _may_be_test(name: str, plain: Sequence[str]) -> bool:
    if not plain or not any(map(str.isalpha, name)) or _NO_TESTS & set(plain):
        return False
    return not any(label.start == 0 and not label.is_weak for label in labels(name + ":"))
