"""Is every piece of the document's text what it seems to be?

What is odd about a text need not be wrong: layouts are mended with white boxes, and values stamped
with another font. So none of these fails a document; each is shown to a person, with its place.
"""

from collections.abc import Iterator, Mapping

from shop.assay.certificates.facts import CertificateFacts
from shop.assay.certificates.inside import Oddity, OddityKind
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity


def _rule(name: str, wordings: Mapping[str, str], source: str = "") -> Rule:
    return Rule(f"certificate.{name}", Severity.NOTICE, Outcome.INDETERMINATE, wordings, source)


FONT_OUTLIER = _rule(
    "font_outlier",
    {
        DEFAULT: "“{text}” on page {page} is set in {other}, a font that hardly anything else in "
        "the document is set in.",
        "unnamed": "“{text}” on page {page} is set in a font that hardly anything else in the "
        "document is set in.",
        "more": "{count} more pieces of text are in a font of their own.",
    },
)
TEXT_COVERED = _rule(
    "text_covered",
    {
        DEFAULT: "“{text}” is in the file on page {page}, and something is painted over it.",
        "other": "“{text}” is in the file on page {page}, and painted over; what shows there is "
        "“{other}”.",
        "more": "{count} more pieces of text are painted over.",
    },
    "ISO 32000-2:2020, 8.2",
)
TEXT_HIDDEN = _rule(
    "text_hidden",
    {
        DEFAULT: "“{text}” is in the file on page {page} and cannot be seen there.",
        "other": "“{text}” is in the file on page {page} and cannot be seen; what shows there is "
        "“{other}”.",
        "more": "{count} more pieces of text cannot be seen.",
    },
    "ISO 32000-2:2020, 9.3.6",
)
TEXT_OCR_DISAGREE = _rule(
    "text_ocr_disagree",
    {
        DEFAULT: "The file's text says “{text}” on page {page}, and its picture reads “{other}”.",
        "more": "{count} more values read otherwise in the picture than in the file's text.",
    },
    "ISO 32000-2:2020, 9.10",
)
RULES = (FONT_OUTLIER, TEXT_COVERED, TEXT_HIDDEN, TEXT_OCR_DISAGREE)

_MOST_SAID = 8  # of one kind
_LONGEST = 160
_RULE_OF = {
    OddityKind.DISAGREES: TEXT_OCR_DISAGREE,
    OddityKind.COVERED: TEXT_COVERED,
    OddityKind.HIDDEN: TEXT_HIDDEN,
    OddityKind.FONT: FONT_OUTLIER,
}


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """One finding for each odd piece of text, up to a few of a kind, and one for the rest."""
    for kind, rule in _RULE_OF.items():
        found = [oddity for oddity in facts.inside.oddities if oddity.kind is kind]
        for oddity in found[:_MOST_SAID]:
            yield _said(rule, oddity)
        if len(found) > _MOST_SAID:
            yield rule.found("more", count=len(found) - _MOST_SAID)


def _said(rule: Rule, oddity: Oddity) -> Finding:
    return rule.found(
        _variant(oddity),
        place=Place(oddity.page, oddity.box),
        text=_short(oddity.text),
        other=_short(oddity.other),
        page=oddity.page,
    )


def _variant(oddity: Oddity) -> str:
    match oddity.kind:
        case OddityKind.FONT:
            return DEFAULT if oddity.other else "unnamed"
        case OddityKind.COVERED | OddityKind.HIDDEN:
            return "other" if oddity.other else DEFAULT
        case OddityKind.DISAGREES:
            return DEFAULT


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
