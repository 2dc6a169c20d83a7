from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shop.assay.certificates import checks
from shop.assay.certificates.facts import Result, Source
from shop.assay.certificates.inside import Inside
from shop.assay.certificates.reading.endings import is_end_marked
from shop.assay.vocabulary import Outcome
from tests.assay.certificates.builders import FILE, RESULT, facts, page

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCAN = replace(FILE, text_source=Source.OCR)
P, F, D, N = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE, Outcome.NOT_APPLICABLE
NUMBERS = {"results_within", "result_out_of_spec", "verdict_contradicted"}


def said(some_facts):
    found = checks.judge(some_facts, at=NOW)
    assert all(finding.sentence for finding in found)
    return {finding.rule.code.split(".")[1]: finding for finding in found}


def line(value, spec="<= 2.0 mg/kg", verdict="", **more):
    return replace(RESULT, **{"value": value, "spec": spec, "verdict": verdict, **more})


@pytest.mark.parametrize(
    ("result", "code", "variant", "outcome"),
    [
        (line("0.08 mg/kg"), "results_within", "default", P),
        (line("0.08 mg/kg", verdict="Pass"), "results_within", "default", P),
        (line("3.1 mg/kg"), "result_out_of_spec", "default", F),
        (line("3.1 mg/kg", verdict="Fail"), "result_out_of_spec", "printed", F),
        (line("3.1 mg/kg", verdict="see note"), "result_out_of_spec", "default", F),
        (line("3.1 mg/kg", verdict="Pass"), "verdict_contradicted", "default", F),
        (line("0.08 mg/kg", verdict="Fail"), "verdict_contradicted", "kept", F),
        (line("Cloudy", "Clear", "Does not comply"), "result_out_of_spec", "printed", F),
        (line("Fails", "Clear"), "result_out_of_spec", "printed_only", F),
        (line("", "", "Nicht bestanden"), "result_out_of_spec", "printed_only", F),
        # honest, and odd
        (line("2.04 mg/kg"), "result_out_of_spec", "rounding", D),
        (line("2.04 mg/kg", verdict="Pass"), "verdict_contradicted", "rounding", D),
        (line("2.1 \u00b1 0.2 mg/kg", verdict="Pass"), "verdict_contradicted", "uncertainty", D),
        (line("1500 CFU/g", "<= 10^3 CFU/g", "Pass"), "verdict_contradicted", "count", D),
        (line("2500 CFU/ml", "<= 10^3 CFU/g"), "result_out_of_spec", "unit", D),
        (line("ca. 3 mg/kg", verdict="Pass"), "verdict_contradicted", "unclear", D),
    ],
)
def test_result_against_its_limit(result, code, variant, outcome):
    found = said(facts(results=(result,)))
    assert NUMBERS & set(found) == {code}
    assert (found[code].variant, found[code].outcome) == (variant, outcome)


@pytest.mark.parametrize(
    "result",
    [
        line("Conforms", "Conforms to sample"),
        line("3.1 mg/kg", "Report"),
        line("3.1 mg/kg", ""),
        line("98.7", "99.5", unit="%", analyte="Assay"),  # a bare number may be a target
        line("< 5 mg/kg"),  # what cannot be seen so low
        line("< LOQ"),
        line("250 CFU/ml", "<= 10^3 CFU/g"),
        line("0.5", "Pass / Fail", "Pass / Fail"),
    ],
)
def test_result_that_cannot_be_compared_is_not_spoken_of(result):
    assert not NUMBERS & set(said(facts(results=(result,))))


@pytest.mark.parametrize(
    ("result", "code", "outcome"),
    [
        (line("3.1 mg/kg"), "result_out_of_spec", D),
        (line("3.1 mg/kg", verdict="Pass"), "verdict_contradicted", D),
        (line("0.08 mg/kg", verdict="Fail"), "verdict_contradicted", D),
        (line("3.1 mg/kg", verdict="Fail"), "result_out_of_spec", F),  # two readings agree
    ],
)
def test_number_read_from_a_picture_fails_only_with_the_printed_word(result, code, outcome):
    found = said(facts(results=(result,), file=SCAN))
    assert found[code].outcome is outcome


@pytest.mark.parametrize(
    ("language", "code", "outcome"),
    [
        ("en", "result_out_of_spec", F),
        ("", "result_out_of_spec", D),
        ("de", "results_within", P),
        ("fr", "results_within", P),
    ],
)
def test_thousands_are_told_by_the_language(language, code, outcome):
    found = said(facts(results=(line("1,500 mg/kg", "<= 100 mg/kg"),), language=language))
    assert found[code].outcome is outcome


@pytest.mark.parametrize(
    ("overall", "result", "code", "variant", "outcome"),
    [
        ("Pass", line("0.08 mg/kg", verdict="Pass"), "results_within", "default", P),
        ("Fail", line("0.08 mg/kg", verdict="Pass"), "result_out_of_spec", "overall", F),
        ("Conforme", line("x", "y", "Fail"), "verdict_contradicted", "overall_said", F),
        ("Complies", line("3.1 mg/kg"), "verdict_contradicted", "overall", F),
        ("See page 2", line("0.08 mg/kg"), "results_within", "default", P),
    ],
)
def test_overall_verdict(overall, result, code, variant, outcome):
    found = said(facts({"overall_verdict": overall}, results=(result,)))
    assert (found[code].variant, found[code].outcome) == (variant, outcome)


def test_overall_verdict_that_is_unclear_fails_nothing():
    found = said(facts({"overall_verdict": "Fail"}, confidence=40))
    assert found["result_out_of_spec"].outcome is D


def test_finding_shows_value_limit_and_place():
    result = replace(line("3.1", "<= 2.0", unit="mg/kg"), box=(1, 2, 3, 4))
    finding = said(facts(results=(result,)))["result_out_of_spec"]
    assert finding.details["observed"] == "3.1 mg/kg"
    assert finding.details["expected"] == "<= 2.0 mg/kg"
    assert (finding.place.page, finding.place.box) == (1, (1, 2, 3, 4))


def test_findings_about_a_thousand_lines_are_few():
    results = tuple(replace(line("3.1 mg/kg"), analyte=f"A{each}") for each in range(1000))
    found = checks.judge(facts(results=results), at=NOW)
    assert sum(finding.rule.code.endswith("out_of_spec") for finding in found) == 20


def part(analyte, value, unit="%", group="Composition"):
    return Result(group, analyte, "GC", unit, "", "", "", value, "", 1, None)


@pytest.mark.parametrize(
    ("parts", "is_over"),
    [
        ([part("Linalool", "60.0"), part("Limonene", "40.4")], False),
        ([part("Linalool", "60.0"), part("Limonene", "40.6")], True),
        ([part("Linalool", "600", "mg/g"), part("Limonene", "40.6")], True),
        ([part("Linalool", "60"), part("Limonene", "40"), part("Total", "100")], False),
        ([part("Linalool", "60"), part("Linalool", "600", "mg/g")], False),  # twice the same
        ([part("Linalool", "60"), part("Limonene", "60", group="Other")], False),
        ([part("Assay", "101.2"), part("Water", "0.4")], False),  # on the dried basis
        ([part("Linalool", "101.2")], False),
        ([part("Linalool", "60"), part("Limonene", "< 60")], False),
        ([part("Linalool", "60", "mg/capsule"), part("Limonene", "60", "mg/capsule")], False),
        ([part("Lead", "ND"), part("pH", "5.4", "")], False),
    ],
)
def test_parts_of_one_whole(parts, is_over):
    found = said(facts(results=tuple(parts)))
    assert ("sum_over_100" in found) is is_over
    if is_over:
        assert found["sum_over_100"].details["sum"] == "100.60"
        assert found["sum_over_100"].outcome is D


@pytest.mark.parametrize(
    ("values", "is_without"),
    [
        (["Conforms", "Complies"], True),
        (["White powder", ""], True),
        (["Conforms", "5.4"], False),
        (["Conforms", "Absent in 1 g"], False),
        (["Conforms", "< LOQ"], False),
    ],
)
def test_report_without_numbers(values, is_without):
    found = said(facts(results=tuple(line(value, "Conforms") for value in values)))
    assert ("no_numeric_results" in found) is is_without


def test_what_the_standard_asks_for_is_noted_where_it_is_missing():
    bare = facts(results=(replace(RESULT, method=""),))
    found = said(bare)
    missing = {"method_missing", "signatory_missing", "end_missing"}
    assert missing <= set(found)
    assert {found[code].outcome for code in missing} == {N}

    whole = facts({"signatory": "I. Varga"}, inside=Inside(is_end_marked=True))
    assert not missing & set(said(whole))


def test_some_results_without_a_method():
    found = said(facts(results=(RESULT, replace(RESULT, method="-"))))["method_missing"]
    assert (found.variant, found.details) == ("default", {"count": "1", "total": "2"})


@pytest.mark.parametrize("file", [{"unreadable_pages": (2,)}, {"page_count": 12}])
def test_end_of_a_report_that_was_not_read_whole_is_not_missed(file):
    found = said(facts(file=replace(FILE, **file)))
    assert not {"end_missing", "signatory_missing"} & set(found)


@pytest.mark.parametrize(
    ("rows", "is_marked"),
    [
        (["Results", "*** End of report ***"], True),
        (["Results", "End of Certificate of Analysis"], True),
        (["Results", "Ende des Pr\u00fcfberichts"], True),
        (["Results", "Fin du rapport d'essai"], True),
        (["Results", "Fin del informe"], True),
        (["Results", "Fine del rapporto di prova"], True),
        (["Results", "Fim do relat\u00f3rio"], True),
        (["Results", "Einde van het rapport"], True),
        (["Page 1 of 1", "Results"], True),
        (["Page 1 of 3", "Results"], False),
        (["Seite 1 von 1", "Results"], True),
        (["1/1", "Results"], True),
        (["Results", "at the end of the shelf life"], False),
        ([*["Results"] * 30, "- End -"], True),
        (["End", *["Results"] * 30], False),
    ],
)
def test_mark_of_the_end(rows, is_marked):
    assert is_end_marked([page(*rows)]) is is_marked


def test_last_page_must_be_the_last_one():
    assert is_end_marked([page("Page 1 of 2"), page("Page 2 of 2", number=2)])
    assert not is_end_marked([page("Page 1 of 2"), page("Page 1 of 2", number=2)])
    assert not is_end_marked([])
