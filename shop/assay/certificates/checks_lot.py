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
    },
)
LOT_MISSING = Rule(
    "certificate.lot_missing",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "We found no lot number on the report, so it cannot be tied to lot {expected}.",
        "unread": "We could not read all of the report, and found no lot number in what we read.",
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
_FILLER = frozenset({"the", "and", "with", "for", "of", "by", "a", "in"})


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
        return _lot_printed(field, expected)
    if facts.file.unreadable_pages:
        return doubt(LOT_MISSING, "unread")
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
        details = {"observed": gtin.value, "expected": expected.gtin}
        rule = PRODUCT_MATCHES if gtin.value == expected.gtin else PRODUCT_MISMATCH
        return say(rule, "gtin", about=gtin, details=details)
    field = facts.field(FieldName.PRODUCT)
    if field is None or not words_of(field.value):
        return doubt(PRODUCT_MISMATCH, "missing")
    return _product_named(field, facts, expected)


def _lot_printed(field: Field, expected: Expected) -> Finding:
    details = {"observed": field.value, "expected": expected.lot}
    if code_key(field.value) == code_key(expected.lot):
        return say(LOT_MATCHES, about=field, details=details)
    if confusable_key(field.value) == confusable_key(expected.lot):
        return doubt(LOT_MISMATCH, "similar", about=field, details=details)
    if field.confidence < SURE:
        return doubt(LOT_MISMATCH, "unclear", about=field, details=details)
    return say(LOT_MISMATCH, about=field, details=details)


def _product_named(field: Field, facts: CertificateFacts, expected: Expected) -> Finding:
    listed = f"{expected.product} {expected.size}".strip()
    details = {"observed": field.value, "expected": listed}
    share = _share(expected, [field.value, *_also_printed(facts, expected)])
    if share < _TOO_LITTLE and field.confidence >= SURE:
        return say(PRODUCT_MISMATCH, about=field, details=details)
    if share < _TOO_LITTLE:
        return doubt(PRODUCT_MISMATCH, "unclear", about=field, details=details)
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
