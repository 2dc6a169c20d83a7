"""Do the results keep the report's own limits, and does the report say so itself?"""

from collections.abc import Iterator
from dataclasses import dataclass

from shop.assay.certificates.facts import (
    SURE,
    CertificateFacts,
    Field,
    FieldName,
    Result,
    Source,
)
from shop.assay.certificates.reading import units
from shop.assay.certificates.reading.printed import printed
from shop.assay.certificates.reading.verdicts import Computed, Doubt, computed, notation
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity

_FOUND = "Found: {observed}. Limit: {expected}."
WITHIN = Rule(
    "certificate.results_within",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "The report gives limits in numbers for {count} results, and they keep them."},
)
OUT_OF_SPEC = Rule(
    "certificate.result_out_of_spec",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "{analyte} is outside the report's own limit. " + _FOUND,
        "printed": "The report itself says \u201c{verdict}\u201d to {analyte}. " + _FOUND,
        "printed_only": "The report itself says \u201c{verdict}\u201d to {analyte}.",
        "overall": "The report's own overall verdict is \u201c{verdict}\u201d.",
        "overall_unclear": "We read the report's overall verdict unclearly, as "
        "\u201c{verdict}\u201d.",
        "picture": "As we read the picture of the page, {analyte} is outside the limit. " + _FOUND,
        Doubt.UNCLEAR: "Read one way, {analyte} is outside the limit. " + _FOUND,
        Doubt.UNIT: "{analyte} and its limit are in units that we cannot compare. " + _FOUND,
        Doubt.ROUNDING: "{analyte} is outside the limit, but not when it is rounded as the limit "
        "is. " + _FOUND,
        Doubt.UNCERTAINTY: "{analyte} is outside the limit by less than its stated uncertainty. "
        + _FOUND,
        Doubt.COUNT: "{analyte} is over the limit by less than twice, which counts of colonies "
        "may be. " + _FOUND,
    },
    "ISO/IEC 17025:2017, 7.8.6; USP 7.20 (rounding), USP 1111 (counts)",
)
CONTRADICTED = Rule(
    "certificate.verdict_contradicted",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The report says \u201c{verdict}\u201d to {analyte}, which is outside its own "
        "limit. " + _FOUND,
        "kept": "The report says \u201c{verdict}\u201d to {analyte}, which keeps its limit. "
        + _FOUND,
        "overall": "The report's overall verdict is \u201c{verdict}\u201d, yet {analyte} does not "
        "keep its limit. " + _FOUND,
        "overall_said": "The report's overall verdict is \u201c{verdict}\u201d, yet it says "
        "\u201c{said}\u201d to {analyte}.",
        "picture": "As we read the picture of the page, the report says \u201c{verdict}\u201d to "
        "{analyte}, and the numbers say otherwise. " + _FOUND,
        Doubt.UNCLEAR: "The report says \u201c{verdict}\u201d to {analyte}; read one way, it is "
        "outside the limit. " + _FOUND,
        Doubt.UNIT: "The report says \u201c{verdict}\u201d to {analyte}; result and limit are in "
        "units that we cannot compare. " + _FOUND,
        Doubt.ROUNDING: "The report says \u201c{verdict}\u201d to {analyte}, which holds when it "
        "is rounded as the limit is. " + _FOUND,
        Doubt.UNCERTAINTY: "The report says \u201c{verdict}\u201d to {analyte}, which is outside "
        "the limit by less than its stated uncertainty. " + _FOUND,
        Doubt.COUNT: "The report says \u201c{verdict}\u201d to {analyte}, which is over the limit "
        "by less than twice, as counts of colonies may be. " + _FOUND,
    },
    "ISO/IEC 17025:2017, 7.8.6",
)
RULES = (WITHIN, OUT_OF_SPEC, CONTRADICTED)
_MOST = 20  # findings; more of the same say nothing more


@dataclass(frozen=True, slots=True)
class _Line:
    """One result with what the numbers say, and what the report says."""

    result: Result
    numbers: Computed
    words: str  # the report's own verdict as printed
    said: str  # pass, fail, or empty

    @property
    def place(self) -> Place:
        return Place(self.result.page, self.result.box)

    @property
    def details(self) -> dict[str, str]:
        each = self.result
        return {
            "analyte": each.analyte,
            "observed": _with_unit(each.value, each.unit),
            "expected": _with_unit(each.spec, each.unit),
            "verdict": self.words,
        }


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """What stands against single results, then against the overall verdict."""
    style = notation(facts.language, facts.results)
    lines = [_line(each, computed(each, style)) for each in facts.results]
    is_picture = facts.file.text_source is Source.OCR
    found = [answer for line in lines if (answer := _of_line(line, is_picture=is_picture))]
    yield from found[:_MOST]
    against = next(_overall(facts, lines, is_picture=is_picture), None)
    if against:
        yield against
    kept = sum(line.numbers.verdict == "pass" for line in lines)
    if kept and not found and not against:
        yield WITHIN.found(count=kept)


def _line(result: Result, numbers: Computed) -> _Line:
    words = result.verdict or (result.value if printed(result.value) == "fail" else "")
    return _Line(result, numbers, words, printed(words))


def _of_line(line: _Line, *, is_picture: bool) -> Finding | None:
    numbers, said = line.numbers, line.said
    if numbers.verdict == "fail" and said == "pass":
        return _against(CONTRADICTED, DEFAULT, line, is_doubt=is_picture)
    if numbers.verdict == "fail":
        # Two readings that agree are no slip of the eye.
        variant = "printed" if said else DEFAULT
        return _against(OUT_OF_SPEC, variant, line, is_doubt=is_picture and not said)
    if said == "fail" and numbers.verdict == "pass":
        return _against(CONTRADICTED, "kept", line, is_doubt=is_picture)
    if said == "fail":
        has_numbers = line.result.spec and line.result.value and line.result.verdict
        return _against(OUT_OF_SPEC, "printed" if has_numbers else "printed_only", line)
    if numbers.doubt:
        rule = CONTRADICTED if said else OUT_OF_SPEC
        return doubt(rule, numbers.doubt, about=line.place, details=line.details)
    return None


def _against(rule: Rule, variant: str, line: _Line, *, is_doubt: bool = False) -> Finding:
    if is_doubt:
        return doubt(rule, "picture", about=line.place, details=line.details)
    return say(rule, variant, about=line.place, details=line.details)


def _overall(facts: CertificateFacts, lines: list[_Line], *, is_picture: bool) -> Iterator[Finding]:
    """The verdict printed for all, against the lines; the first thing that stands against it."""
    field = facts.field(FieldName.OVERALL)
    said = printed(field.value) if field else ""
    if field is None or not said:
        return
    details = {"verdict": field.value}
    if said == "fail":
        if field.confidence < SURE or is_picture:
            yield doubt(OUT_OF_SPEC, "overall_unclear", about=field, details=details)
        else:
            yield say(OUT_OF_SPEC, "overall", about=field, details=details)
        return
    for line in [] if field.confidence < SURE or is_picture else lines:
        if finding := _against_overall(field, line):
            yield finding


def _against_overall(field: Field, line: _Line) -> Finding | None:
    """A line that is printed "Fail", or whose number alone says so, under a passing verdict."""
    details = {**line.details, "verdict": field.value, "said": line.words}
    if line.said == "fail":
        return say(CONTRADICTED, "overall_said", about=line.place, details=details)
    if line.numbers.verdict == "fail" and not line.said:
        return say(CONTRADICTED, "overall", about=line.place, details=details)
    return None


def _with_unit(text: str, unit: str) -> str:
    """The cell with its column's unit, where it has digits and no unit of its own."""
    is_bare = text.strip()[-1:].isdigit() and units.unit(unit) != units.NONE
    return f"{text} {unit}" if is_bare else text
