"""Does the report bear the numbers of another report, a few of them changed?

Honest reports of one laboratory differ in what was measured and when. Where nothing was measured
that tells ("ND", "< 0.05" down the page) two honest reports have nearly the same numbers, and this
rule fails neither.
"""

from collections.abc import Iterator

from shop.assay.certificates.alike import ALIKE, NEAR
from shop.assay.certificates.facts import SURE, AlikeReport, CertificateFacts, Field, FieldName
from shop.assay.certificates.keys import confusable_key, name_key
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

NEAR_DUPLICATE = Rule(
    "certificate.near_duplicate_altered",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The numbers on this report are those of report {expected} on record, "
        "{alike} of 1000 in the same order, and {what} differs. "
        "Only on this report: {observed}.",
        "unclear": "The numbers on this report are those of report {expected} on record, "
        "{alike} of 1000 in the same order; we read unclearly whether {what} differs.",
        "same_lot": "Report {expected} on record, about the same lot, has the same measured "
        "values: {same} of {values}.",
        "few_values": "The numbers on this report are those of report {expected} on record, "
        "{alike} of 1000 in the same order, and {what} differs. Its measured values are too few "
        "to tell whether another lot was tested.",
        "values": "The measured values on this report are those of report {expected} on record, "
        "{same} of {values}, and {what} differs.",
        "laboratory": "The numbers on this report are those of report {expected} on record by "
        "{laboratory}, {alike} of 1000 in the same order, and this one names another laboratory.",
        "amended": "This report replaces report {expected}, has its measured values, and names "
        "another lot.",
    },
    "Measured: the words of honest reports of one laboratory agree to 98 %, their numbers do not",
)
RULES = (NEAR_DUPLICATE,)

# A second lot hardly repeats so many digits of measured values by chance. The first digit of a
# value is not counted: the product's specification gives it away. Of two lots that were tested on
# one day pH, density and assay may well agree: one value that differs asks for more of the others.
_FEWEST_VALUES, _ALL_DIGITS, _MOST_DIGITS = 3, 6, 10
_KEPT = 0.8  # of the measured values
_MANY_VALUES, _NEARLY_ALL = 6, 0.95
_HARDLY_ANY = 3  # numbers that differ


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """What is to be said of the first document that is too much like this one."""
    found = [finding for other in facts.alike_reports if (finding := compared(facts, other))]
    found.sort(key=lambda finding: finding.outcome is not Outcome.FAILED)
    yield from found[:1]


def compared(facts: CertificateFacts, other: AlikeReport) -> Finding | None:
    """Answer for one document on record; None where both may well be honest."""
    lot, report = facts.field(FieldName.LOT), facts.field(FieldName.REPORT_NO)
    has_other_lot = _differs(lot, other.lot)
    has_other_report = _differs(report, other.report_no)
    if _is_amendment(facts, other):
        return _say("amended", other) if has_other_lot and _is_copied(other) else None
    if not has_other_lot and not has_other_report:
        # Of the same laboratory it is the same report in another file, see report_reused.
        return _other_laboratory(facts, other)
    if not has_other_lot and _is_same(lot, other.lot):
        return _say("same_lot", other) if _is_copied(other) else None
    is_one_number = _is_same(report, other.report_no)
    return _other_lot(other, lot if has_other_lot else report, is_one_number=is_one_number)


def _other_laboratory(facts: CertificateFacts, other: AlikeReport) -> Finding | None:
    named = facts.field(FieldName.LAB_NAME)
    own, older = name_key(named.value if named else ""), name_key(other.laboratory)
    is_other = bool(own and older) and own not in older and older not in own
    return _say("laboratory", other, named) if is_other and _is_copied(other) else None


def _other_lot(other: AlikeReport, about: Field | None, *, is_one_number: bool) -> Finding | None:
    """Answer for another lot; under one report number nothing has to be measured to tell."""
    if _is_alike(other) and (is_one_number or _is_copied(other)):
        is_sure = about is not None and about.confidence >= SURE
        return _say(DEFAULT if is_sure else "unclear", other, about)
    if _has_values(other):
        return _say("values", other, about)
    is_near = _is_alike(other) or (is_one_number and other.alike >= NEAR)
    is_asked = is_near and len(other.differing) <= _HARDLY_ANY
    return _say("few_values", other, about) if is_asked else None


def _is_alike(other: AlikeReport) -> bool:
    """Whether nearly all numbers are the same; on a short report, all but one."""
    return other.alike >= ALIKE or (other.alike >= NEAR and len(other.differing) <= 1)


def _is_copied(other: AlikeReport) -> bool:
    """Whether measured values are the same that nobody measures twice."""
    if other.same_values < _FEWEST_VALUES:
        return False
    if other.same_values == other.values:
        return other.same_digits >= _ALL_DIGITS
    return other.same_values >= _KEPT * other.values and other.same_digits >= _MOST_DIGITS


def _has_values(other: AlikeReport) -> bool:
    """Whether the values are copied into a report that differs in more than a few numbers."""
    is_nearly_all = other.same_values >= max(_MANY_VALUES, _NEARLY_ALL * other.values)
    return _is_copied(other) and (other.alike >= NEAR or is_nearly_all)


def _is_amendment(facts: CertificateFacts, other: AlikeReport) -> bool:
    """Whether one of the two says that it replaces the other, of the same laboratory."""
    laboratory = facts.field(FieldName.LAB_NAME)
    if name_key(laboratory.value if laboratory else "") != name_key(other.laboratory):
        return False
    report, amends = facts.field(FieldName.REPORT_NO), facts.field(FieldName.AMENDS)
    if _is_same(amends, other.report_no) or _is_same(report, other.amends):
        return True
    own, older = confusable_key(report.value if report else ""), confusable_key(other.report_no)
    has_revision = facts.field(FieldName.REPORT_REV) is not None
    return has_revision and bool(own and older) and own.startswith(older)


def _differs(field: Field | None, other: str) -> bool:
    """Whether both are printed, and not the same but for characters that readers confuse."""
    own = confusable_key(field.value) if field else ""
    return bool(own and confusable_key(other)) and own != confusable_key(other)


def _is_same(field: Field | None, other: str) -> bool:
    own = confusable_key(field.value) if field else ""
    return bool(own) and own == confusable_key(other)


def _say(variant: str, other: AlikeReport, about: Field | None = None) -> Finding:
    details = {
        "expected": other.report_no or other.public_id,
        "alike": str(other.alike),
        "observed": ", ".join(_only_here(about, other)),
        "what": "the lot" if about is None or about.name is FieldName.LOT else "the report number",
        "same": str(other.same_values),
        "values": str(other.values),
        "laboratory": other.laboratory,
        "known": other.public_id,
    }
    speak = say if variant == DEFAULT else doubt
    return speak(NEAR_DUPLICATE, variant, about=about, details=details)


def _only_here(about: Field | None, other: AlikeReport) -> tuple[str, ...]:
    """The numbers that only this report has; else its lot, where letters alone were changed."""
    return other.differing or ((about.value,) if about else ())
