"""Do the report's codes and links name this very report?

A laboratory's system writes its own number into the code. Where the printed number was changed
afterwards, the code still names the report that it was made for.
"""

from collections.abc import Iterator

from shop.assay.certificates.bearing import Answer, Borne, borne, tokens_of
from shop.assay.certificates.facts import SURE, CertificateFacts, FieldName
from shop.assay.certificates.inside import LinkKind
from shop.assay.certificates.saying import doubt, place_of, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity

REPORT_MISMATCH = Rule(
    "certificate.verify_report_mismatch",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "A code or link on the report bears {observed}; the {what} printed on it is "
        "{expected}.",
        "perhaps": "A code or link on the report bears {observed}, which may be a number of the "
        "program behind it; the {what} printed on it is {expected}.",
        "unclear": "A code or link on the report bears {observed}; we read the {what} printed on "
        "it unclearly, as {expected}.",
    },
)
REPORT_MATCHES = Rule(
    "certificate.verify_report_matches",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "A code or link on the report bears its own {what}, {observed}."},
)
RULES = (REPORT_MATCHES, REPORT_MISMATCH)
_NAMES = {
    FieldName.REPORT_NO: "report number",
    FieldName.LOT: "lot",
    FieldName.SAMPLE_ID: "sample number",
}


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """What codes and links say of the printed numbers: each number once, contradiction first."""
    fields = [field for name in _NAMES if (field := facts.field(name)) and field.value]
    numbers = frozenset(facts.inside.numbers)
    found: dict[FieldName, tuple[Borne, Place | None]] = {}
    for text, place in _sayings(facts):
        for said in borne(tokens_of(text), fields, numbers):
            known = found.get(said.field.name)
            if known is None or known[0].answer is not Answer.SAME:
                found[said.field.name] = (said, place)
    is_same = any(said.answer is Answer.SAME for said, _ in found.values())
    for said, place in found.values():
        # One number that agrees makes another, built alike, a number of something else.
        if said.answer is Answer.SAME or not is_same or said.answer is Answer.OTHER:
            yield _number(said, place)


def _number(said: Borne, place: Place | None) -> Finding:
    details = {"what": _NAMES[said.field.name], "observed": said.text}
    if said.answer is Answer.SAME:
        return say(REPORT_MATCHES, about=place, details=details)
    details["expected"] = said.field.value
    if said.answer is Answer.OTHER and said.field.confidence >= SURE:
        return say(REPORT_MISMATCH, about=place, details=details)
    variant = "perhaps" if said.answer is Answer.PERHAPS else "unclear"
    return doubt(REPORT_MISMATCH, variant, about=place, details=details)


def _sayings(facts: CertificateFacts) -> Iterator[tuple[str, Place | None]]:
    for link in facts.inside.links:
        if link.kind in {LinkKind.QR, LinkKind.LINK}:
            yield link.url, Place(link.page, link.box)
    field = facts.field(FieldName.VERIFY_URL)
    if field is not None:
        yield field.value, place_of(field)
    urls = {link.url for link in facts.inside.links}
    for code in facts.codes:
        if code.payload.strip() not in urls and "\n" not in code.payload.strip():
            yield code.payload, Place(code.page, code.box)
