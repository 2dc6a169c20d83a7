"""Is the document about this product, and about this very lot of it?"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from shop.assay.certificates.facts import SURE, CertificateFacts, Expected, Field, FieldName
from shop.assay.certificates.keys import code_key, confusable_key, words_of
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

LOT_MATCHES = Rule(
    "certificate.lot_matches",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "The lot on the report, {observed}, is the lot we ship."},
)
LOT_MISMATCH = Rule(
    "certificate.lot_mismatch",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The lot on the report is not the lot on the pack. "
        "Report: {observed}. Pack: {expected}.",
        "similar": "The lot on the report reads {observed} and the pack {expected}; they differ "
        "only in characters that are easily confused.",
        "unclear": "We read the lot on the report as {observed}, unclearly; "
        "the pack has {expected}.",
        "shortened": "The lot on the report reads {observed} and the pack {expected}; they differ "
        "in what may be written or left out before a lot.",
        "among": "The report names more than one lot, {observed}; the pack's, {expected}, is one "
        "of them.",
        "elsewhere": "The lot on the report reads {observed}; the pack's, {expected}, stands "
        "elsewhere on it.",
    },
)
LOT_MISSING = Rule(
    "certificate.lot_missing",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "We found no lot number on the report, so it cannot be tied to lot {expected}.",
        "unread": "We could not read all of the report, and found no lot number in what we read.",
        "elsewhere": "We found no lot number announced as one; {expected} stands on the report.",
        "digits": "We found no lot number on the report; the digits of lot {expected} stand on it.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 g",
)
LOT_UNFILED = Rule(
    "certificate.lot_unfiled",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "This report is not yet filed under a lot that we ship."},
)
PRODUCT_MATCHES = Rule(
    "certificate.product_matches",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "The report names the product: {observed}.",
        "gtin": "The report bears the product's own number (GTIN {observed}).",
    },
)
PRODUCT_MISMATCH = Rule(
    "certificate.product_mismatch",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The report names another product. Report: {observed}. Listed: {expected}.",
        "gtin": "The report bears another product number. Report: GTIN {observed}. "
        "Listed: GTIN {expected}.",
        "partly": "The report's name for the product agrees only in part. "
        "Report: {observed}. Listed: {expected}.",
        "size": "The report names another size. Report: {observed}. Listed: {expected}.",
        "package": "The report bears a number of the same product in another package. "
        "Report: GTIN {observed}. Listed: GTIN {expected}.",
        "language": "The report names the product in another language, or names another one. "
        "Report: {observed}. Listed: {expected}.",
        "missing": "We found no product name on the report.",
        "unclear": "We read the product's name unclearly, as {observed}.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 g",
)
RULES = (LOT_MATCHES, LOT_MISMATCH, LOT_MISSING, LOT_UNFILED, PRODUCT_MATCHES, PRODUCT_MISMATCH)

# How much of the listed name must stand on the report, in words.
_ENOUGH, _TOO_LITTLE = 0.75, 0.34
_ALIKE = 84  # of 100: a misread letter, a plural
_SIZE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?(ml|l|cl|g|kg|mg|oz|fl\.?\s?oz|capsules|tablets)\b", re.IGNORECASE
)
_LEFT_OUT = re.compile(r"^(?:LOTNO|LOT|BATCHNO|BATCH|CHARGE|LOTE|LOTTO|L|B)?0*(?=.*\d)")
_DIGIT_RUN = re.compile(r"\d{3,}")
_MOST_WORDS = 4  # of a lot
_FILLER = frozenset({"the", "and", "with", "for", "of", "by", "a", "in"})
# Words that a laboratory may print for whatever it was sent.
_ANY_PRODUCT_TEXT = """
    sample samples product finished cosmetic bulk liquid solid powder item article material test
    specimen production retail hair care final goods unit bottle
"""
_ANY_PRODUCT = frozenset(_ANY_PRODUCT_TEXT.split())


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """Whether the report is about the lot, and about the product."""
    yield lot(facts)
    named = product(facts)
    if named is not None:
        yield named


def lot(facts: CertificateFacts) -> Finding:
    """Answer for the lot number, printed against expected."""
    field, expected = facts.field(FieldName.LOT), facts.expected
    if expected is None or not code_key(expected.lot):
        return LOT_UNFILED.found()
    if field is not None and code_key(field.value):
        return _lot_printed(field, facts, expected)
    if facts.file.unreadable_pages:
        return doubt(LOT_MISSING, "unread")
    if _stands_elsewhere(facts, expected):
        return doubt(LOT_MISSING, "elsewhere", details={"expected": expected.lot})
    if _has_digits(facts, expected):
        return doubt(LOT_MISSING, "digits", details={"expected": expected.lot})
    return LOT_MISSING.found(expected=expected.lot)


def product(facts: CertificateFacts) -> Finding | None:
    """Answer for the product by its GTIN where printed, else by its name and size.

    None where no product is expected: a lot may be all that is known.
    """
    expected = facts.expected
    if expected is None or not (expected.gtin or words_of(expected.product)):
        return None
    gtin = facts.field(FieldName.GTIN)
    if gtin is not None and gtin.value and expected.gtin:
        return _gtin_printed(gtin, expected.gtin)
    field = facts.field(FieldName.PRODUCT)
    if field is None or not words_of(field.value):
        return doubt(PRODUCT_MISMATCH, "missing")
    return _product_named(field, facts, expected)


def _gtin_printed(field: Field, expected: str) -> Finding:
    """The digit before the last thirteen tells the package: a bottle, a case of them."""
    details = {"observed": field.value, "expected": expected}
    own, other = field.value.zfill(14), expected.zfill(14)
    if own == other:
        return say(PRODUCT_MATCHES, "gtin", about=field, details=details)
    if own[1:13] == other[1:13]:
        return doubt(PRODUCT_MISMATCH, "package", about=field, details=details)
    if field.confidence < SURE:
        return doubt(PRODUCT_MISMATCH, "gtin", about=field, details=details)
    return say(PRODUCT_MISMATCH, "gtin", about=field, details=details)


def _lot_printed(field: Field, facts: CertificateFacts, expected: Expected) -> Finding:
    details = {"observed": field.value, "expected": expected.lot}
    own, wanted = field.value, expected.lot
    if code_key(own) == code_key(wanted):
        return say(LOT_MATCHES, about=field, details=details)
    if _holds(field.raw, wanted):
        return doubt(LOT_MISMATCH, "among", about=field, details={**details, "observed": field.raw})
    doubts = (
        ("similar", confusable_key(own) == confusable_key(wanted)),
        ("shortened", _shortened(own) == _shortened(wanted)),
        ("unclear", field.confidence < SURE),
        ("elsewhere", _stands_elsewhere(facts, expected)),
    )
    for variant, holds in doubts:
        if holds:
            return doubt(LOT_MISMATCH, variant, about=field, details=details)
    return say(LOT_MISMATCH, about=field, details=details)


def _shortened(lot: str) -> str:
    """Without the letter that the law has packs print before it, and without leading noughts."""
    return _LEFT_OUT.sub("", code_key(lot))


def _holds(text: str, lot: str) -> bool:
    """Whether some words of the text, one after another, are the lot."""
    words = re.split(r"[\s,;|/()&+]+", text)
    wanted = code_key(lot)
    return any(
        code_key("".join(words[start : start + length])) == wanted
        for start in range(len(words))
        for length in range(1, _MOST_WORDS + 1)
    )


def _stands_elsewhere(facts: CertificateFacts, expected: Expected) -> bool:
    names = (FieldName.SAMPLE_ID, FieldName.PRODUCT)
    printed = [field.raw for name in names if (field := facts.field(name))]
    return any(_holds(text, expected.lot) for text in printed)


def _has_digits(facts: CertificateFacts, expected: Expected) -> bool:
    """Whether all longer runs of the lot's digits are among the report's numbers."""
    runs = _DIGIT_RUN.findall(expected.lot)
    return bool(runs) and set(runs) <= set(facts.inside.numbers)


def _product_named(field: Field, facts: CertificateFacts, expected: Expected) -> Finding:
    listed = f"{expected.product} {expected.size}".strip()
    details = {"observed": field.value, "expected": listed}
    share = _share(expected, [field.value, *_also_printed(facts, expected)])
    if share < _TOO_LITTLE and field.confidence < SURE:
        return doubt(PRODUCT_MISMATCH, "unclear", about=field, details=details)
    if share < _TOO_LITTLE and not _is_part_of_name(field.value, expected):
        if facts.language not in {"", "en"}:
            return doubt(PRODUCT_MISMATCH, "language", about=field, details=details)
        return say(PRODUCT_MISMATCH, about=field, details=details)
    if share < _ENOUGH:
        return doubt(PRODUCT_MISMATCH, "partly", about=field, details=details)
    if _has_other_size(field.value, expected.size):
        return doubt(PRODUCT_MISMATCH, "size", about=field, details=details)
    return say(PRODUCT_MATCHES, about=field, details=details)


def apart(named: str) -> tuple[str, str]:
    """A product's name and its size: "Rosemary Scalp Serum 50 ml" is a serum of 50 ml."""
    sizes = list(_SIZE.finditer(named))
    if not sizes:
        return named.strip(), ""
    start, end = sizes[-1].span()
    return f"{named[:start]} {named[end:]}".strip(" ,;-()"), named[start:end]


def _share(expected: Expected, printed: list[str]) -> float:
    """How much of the listed name stands on the report, from 0 to 1."""
    brand = set(words_of(expected.brand))
    wanted = [word for word in words_of(expected.product) if word not in _FILLER | brand]
    wanted = wanted or words_of(expected.product)
    there = [word for text in printed for word in words_of(text)]
    found = [word for word in wanted if any(_is_alike(word, other) for other in there)]
    return len(found) / len(wanted) if wanted else 0.0


def _is_part_of_name(printed: str, expected: Expected) -> bool:
    """Whether the report says less than the shop ("Serum", "Sample 2"), and nothing else."""
    listed = words_of(f"{expected.brand} {expected.product} {expected.size}")
    said = [word for word in words_of(_SIZE.sub(" ", printed)) if word not in _FILLER]
    rest = [word for word in said if not any(_is_alike(word, other) for other in listed)]
    return all(word in _ANY_PRODUCT or not word.isalpha() for word in rest)


def _is_alike(word: str, other: str) -> bool:
    if word == other:
        return True
    return min(len(word), len(other)) > 3 and fuzz.ratio(word, other) >= _ALIKE  # noqa: PLR2004


def _also_printed(facts: CertificateFacts, expected: Expected) -> list[str]:
    """The brand may stand apart from the product's name; words of the name may stand with it.

    Where the brand is not told from the name, its words may stand with the client's.
    """
    names = (FieldName.BRAND,) if expected.brand else (FieldName.BRAND, FieldName.CLIENT)
    return [field.value for name in names if (field := facts.field(name))]


def _has_other_size(printed: str, listed: str) -> bool:
    on_report, on_pack = _sizes(printed), _sizes(listed)
    return bool(on_report and on_pack and not on_report & on_pack)


def _sizes(text: str) -> set[tuple[str, str]]:
    return {
        (
            number.replace(",", ".").rstrip("0").rstrip(".") if "." in number else number,
            unit.lower().replace(" ", "").replace(".", ""),
        )
        for number, unit in _SIZE.findall(text)
    }
