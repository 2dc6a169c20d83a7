"""Who issued the document, is it a report of tests at all, and is its number its own?"""

from collections.abc import Iterator

from shop.assay.certificates.facts import SURE, CertificateFacts, FieldName, Kind, Source
from shop.assay.certificates.keys import code_key, name_key
from shop.assay.certificates.laboratory_names import Closeness, closeness
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

LAB_KNOWN = Rule(
    "certificate.lab_known",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "We hold a record of the laboratory, {name}."},
)
LAB_UNKNOWN = Rule(
    "certificate.lab_unknown",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "We hold no record of the laboratory that the report names, {observed}.",
        "missing": "We found no laboratory's name on the report.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 b",
)
LAB_LOOKALIKE = Rule(
    "certificate.lab_lookalike",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The report names the laboratory {observed}. We hold a record of {expected}, for "
        "which it is easily taken, and none of this one.",
        "unclear": "We read the laboratory's name as {observed}, which may be {expected}, of which "
        "we hold a record.",
        "near": "The report names the laboratory {observed}. We hold a record of one with a name "
        "like it, {expected}, and none of this one.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 b; Unicode UTS #39",
)
NOT_A_COA = Rule(
    "certificate.not_a_coa",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "We found no test results in this document.",
        "kind": "The document calls itself \u201c{title}\u201d: it reports no tests of a lot.",
        "unread": "We did not find the results in this report; a person will look for them.",
        "kind_unclear": "The document calls itself \u201c{title}\u201d, and reports tests of a "
        "lot.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 a, m",
)
IS_A_COA = Rule(
    "certificate.results_found",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "The document reports {count} results."},
)
SPECIMEN = Rule(
    "certificate.specimen",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The document says of itself that it is no report to rely on: \u201c{phrase}\u201d."},
)
REPORT_REUSED = Rule(
    "certificate.report_reused",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "Another file on record has this number and different contents.",
        "unclear": "Another file on record has this number, as we read it from a picture or "
        "unclearly, and different contents.",
    },
)
REPORT_UNIQUE = Rule(
    "certificate.report_unique",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "No other file on record has this number, {observed}, and different contents."},
)
REPORT_MISSING = Rule(
    "certificate.report_number_missing",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "We found no report number, so we cannot compare it with others on record."},
    "ISO/IEC 17025:2017, 7.8.2.1 d",
)
RULES = (
    LAB_KNOWN,
    LAB_UNKNOWN,
    LAB_LOOKALIKE,
    NOT_A_COA,
    IS_A_COA,
    SPECIMEN,
    REPORT_REUSED,
    REPORT_UNIQUE,
    REPORT_MISSING,
)
# What no data sheet has, and what a report of tests has at least some of.
_OF_A_LOT = (FieldName.LOT, FieldName.REPORT_NO, FieldName.DATE_TESTED)
_OF_A_REPORT = (
    FieldName.LOT,
    FieldName.REPORT_NO,
    FieldName.SAMPLE_ID,
    FieldName.DATE_RECEIVED,
    FieldName.DATE_TESTED,
)
_ENOUGH = 3
_OTHER_KINDS = frozenset({Kind.DATA_SHEET, Kind.SPECIFICATION, Kind.CONFORMITY})


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """Whose report it is, whether it is one, and whether its number is its own."""
    yield laboratory(facts)
    yield kind(facts)
    said = specimen(facts)
    if said is not None:
        yield said
    yield report_number(facts)


def laboratory(facts: CertificateFacts) -> Finding:
    field = facts.field(FieldName.LAB_NAME)
    if facts.laboratory is not None:
        return say(LAB_KNOWN, about=field, details={"name": facts.laboratory.name})
    if field is None or not name_key(field.value):
        return LAB_UNKNOWN.found("missing")
    how = closeness(field.value, facts.similar_laboratory)
    if how is Closeness.NONE:
        return say(LAB_UNKNOWN, about=field, details={"observed": field.value})
    details = {"observed": field.value, "expected": facts.similar_laboratory}
    if field.confidence < SURE or field.source is Source.OCR:
        return doubt(LAB_LOOKALIKE, "unclear", about=field, details=details)
    if how is Closeness.NEAR:
        return doubt(LAB_LOOKALIKE, "near", about=field, details=details)
    return say(LAB_LOOKALIKE, about=field, details=details)


def kind(facts: CertificateFacts) -> Finding:
    """Answer whether the document reports tests."""
    if facts.kind in _OTHER_KINDS and (facts.kind is not Kind.CONFORMITY or not facts.results):
        if facts.results and _count(facts, _OF_A_LOT) == len(_OF_A_LOT):
            return doubt(NOT_A_COA, "kind_unclear", details={"title": facts.title})
        return NOT_A_COA.found("kind", title=facts.title)
    if facts.results:
        return IS_A_COA.found(count=len(facts.results))
    is_like_one = _count(facts, _OF_A_REPORT) >= _ENOUGH
    if facts.kind is Kind.ANALYSIS or facts.file.unreadable_pages or is_like_one:
        # It says that it reports tests: that we found none may be our reading.
        return doubt(NOT_A_COA, "unread")
    return NOT_A_COA.found()


def specimen(facts: CertificateFacts) -> Finding | None:
    return SPECIMEN.found(phrase=facts.specimen_phrase) if facts.specimen_phrase else None


def report_number(facts: CertificateFacts) -> Finding:
    """Answer whether another document bears this number and says something else."""
    field = facts.field(FieldName.REPORT_NO)
    if field is None or not code_key(field.value):
        return REPORT_MISSING.found()
    is_amendment = facts.field(FieldName.AMENDS) or facts.field(FieldName.REPORT_REV)
    others = [
        known
        for known in facts.known_reports
        if known.sha256 != facts.file.sha256
        and known.text_sha256 != facts.file.text_sha256
        and not known.is_amendment
    ]
    if others and not is_amendment:
        # Two scans of one page never read alike to the letter.
        is_from_picture = facts.file.text_source is Source.OCR
        is_from_picture = is_from_picture or all(other.is_from_picture for other in others)
        if field.confidence < SURE or is_from_picture:
            return doubt(REPORT_REUSED, "unclear", about=field)
        return say(REPORT_REUSED, about=field)
    return say(REPORT_UNIQUE, about=field, details={"observed": field.value})


def _count(facts: CertificateFacts, names: tuple[FieldName, ...]) -> int:
    """How many of these the document prints."""
    return sum(bool(field and field.value) for field in map(facts.field, names))
