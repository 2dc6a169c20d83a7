"""Does the report say what a report must say: numbers, methods, who signs, where it ends?"""

from collections.abc import Iterator
from fractions import Fraction

from shop.assay.certificates.facts import CertificateFacts, FieldName, Result
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading import units
from shop.assay.certificates.reading.decimals import Notation
from shop.assay.certificates.reading.quantities import parse_value
from shop.assay.certificates.reading.verdicts import notation
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

OVER_100 = Rule(
    "certificate.sum_over_100",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "Parts of one whole add up to {sum} %, totals not counted.",
        "group": "Under {group} the parts add up to {sum} %, totals not counted.",
    },
)
NO_NUMBERS = Rule(
    "certificate.no_numeric_results",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "The report states no numbers: its {count} results are words."},
)
METHOD_MISSING = Rule(
    "certificate.method_missing",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {
        DEFAULT: "We found no method for {count} of {total} results.",
        "all": "We found no methods on the report.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 f",
)
SIGNATORY_MISSING = Rule(
    "certificate.signatory_missing",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "We found no name of a person who authorized the report."},
    "ISO/IEC 17025:2017, 7.8.2.1 o",
)
END_MISSING = Rule(
    "certificate.end_missing",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "We found no mark of where the report ends."},
    "ISO/IEC 17025:2017, 7.8.2.1 d",
)
RULES = (OVER_100, NO_NUMBERS, METHOD_MISSING, SIGNATORY_MISSING, END_MISSING)
_MOST_PERCENT = Fraction(1005, 10)
_FEWEST_PARTS = 2
# What is no part beside the others: a sum, a part of another part, or a share of something else.
_NO_PART_TEXT = """
    total totals sum subtotal gesamt summe insgesamt totale totaal somme suma soma max maximum
    active assay purity gehalt reinheit purete pureza purezza titre recovery loss drying
    trocknungsverlust humidity transmittance solids identity identification similarity match area
    alcohol abv rsd cv which davon dont uncertainty sugars saturates saturated monounsaturated
    polyunsaturated trans omega dissolution disintegration content uniformity yield theoretical
"""
_NO_PART = frozenset(_NO_PART_TEXT.split())
_FRACTIONS = frozenset({"fraction", "mass/mass"})


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """What is odd or missing in a report that has results."""
    if not facts.results:
        return
    style = notation(facts.language, facts.results)
    yield from _sums(facts.results, style)
    if not any(_is_numeric(each, style) for each in facts.results):
        yield NO_NUMBERS.found(count=len(facts.results))
    yield from _methods(facts.results)
    is_whole = not facts.file.unreadable_pages and facts.file.pages_read >= facts.file.page_count
    if is_whole and facts.field(FieldName.SIGNATORY) is None and not facts.inside.signatures.found:
        yield SIGNATORY_MISSING.found()
    if is_whole and not facts.inside.is_end_marked:
        yield END_MISSING.found()


def _is_numeric(result: Result, style: Notation) -> bool:
    """Whether it states a number, or that nothing or too much was found."""
    return parse_value(result.value, style).op not in {"", "present"}


def _methods(results: tuple[Result, ...]) -> Iterator[Finding]:
    without = sum(not result.method.strip(" -") for result in results)
    if without == len(results):
        yield METHOD_MISSING.found("all")
    elif without:
        yield METHOD_MISSING.found(count=without, total=len(results))


def _sums(results: tuple[Result, ...], style: Notation) -> Iterator[Finding]:
    groups: dict[str, dict[str, Fraction]] = {}
    for result in results:
        part = _percent(result, style)
        if part is not None:
            parts = groups.setdefault(result.group, {})
            name = " ".join(words_of(result.analyte))
            parts[name] = max(part, parts.get(name, part))  # the same in % and in mg/g is one part
    for group, parts in groups.items():
        whole = sum(parts.values(), Fraction(0))
        if len(parts) >= _FEWEST_PARTS and whole > _MOST_PERCENT:
            hundredths = round(100 * whole)
            told = f"{hundredths // 100}.{hundredths % 100:02}"
            yield OVER_100.found("group" if group else DEFAULT, group=group, sum=told)


def _percent(result: Result, style: Notation) -> Fraction | None:
    """The part of a whole that a result states, in percent; None where it states none."""
    if _NO_PART & set(words_of(result.analyte)):
        return None
    value = parse_value(result.value, style)
    one = units.unit(value.unit or result.unit)
    if value.op != "=" or not value.is_sure or value.low is None or one.is_log:
        return None
    if one.dimension not in _FRACTIONS:
        return None
    return units.convert(Fraction(value.low), one, units.PERCENT)
