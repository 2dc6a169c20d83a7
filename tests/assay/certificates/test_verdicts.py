from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.facts import Result
from shop.assay.certificates.reading.decimals import Notation
from shop.assay.certificates.reading.printed import printed
from shop.assay.certificates.reading.verdicts import computed


def line(spec, value, unit="", analyte="Something", **more):
    names = dict.fromkeys(("group", "method", "lod", "loq", "verdict"), "") | more
    return Result(analyte=analyte, unit=unit, spec=spec, value=value, page=1, box=None, **names)


def verdict(spec, value, unit="", style=Notation.POINT, **more):
    found = computed(line(spec, value, unit, **more), style)
    return found.verdict or found.doubt or "?"


@pytest.mark.parametrize(
    ("spec", "value", "unit", "expected"),
    [
        # one side and the other
        ("<= 2.0 mg/kg", "0.08 mg/kg", "", "pass"),
        ("<= 2.0 mg/kg", "2.0 mg/kg", "", "pass"),
        ("<= 0.5", "0.50", "", "pass"),
        ("< 2.0 mg/kg", "2.0 mg/kg", "", "fail"),
        ("<= 2.0 mg/kg", "2.1 mg/kg", "", "fail"),
        (">= 98.0 %", "98.0 %", "", "pass"),
        (">= 98.0 %", "97.5 %", "", "fail"),
        ("> 98", "98", "", "fail"),
        ("3.6 to 4.4 %", "3.9 %", "", "pass"),
        ("3.6 to 4.4 %", "4.5 %", "", "fail"),
        ("5.0 +/- 0.5", "5.6", "", "fail"),
        # the same in another unit
        ("<= 2.0 mg/kg", "2.1 ppm", "", "fail"),
        ("<= 2.0 mg/kg", "210 ug/kg", "", "pass"),
        ("<= 2.0 mg/kg", "0.0003 %", "", "fail"),
        ("<= 0.5 %", "3000 ppm", "", "pass"),
        ("1.5 - 3.5 Pa.s", "4000 cP", "", "fail"),
        ("2 - 8 \u00b0C", "50 \u00b0F", "", "fail"),
        ("2 - 8 \u00b0C", "40 \u00b0F", "", "pass"),
        ("<= 10", "25", "mg/100 g", "fail"),  # both in the column's unit
        ("0.95 - 1.05", "0.998 g/ml", "", "pass"),
        # units that are not one another
        ("<= 1000 CFU/g", "2500 CFU/ml", "", "unit"),
        ("<= 1000 CFU/g", "250 CFU/ml", "", "?"),
        ("<= 10 ppm", "25 mg/l", "", "unit"),
        ("<= 0.5", "200 ppm", "", "unit"),  # so far off that the limit's unit is another one
        # bounds as results
        ("<= 1000 CFU/g", "< 10 CFU/g", "", "pass"),
        ("<= 5 CFU/g", "< 10 CFU/g", "", "?"),
        ("< 10", "< 10", "", "pass"),
        (">= 5", "< 1", "", "fail"),
        ("<= 100", "> 300", "", "fail"),
        ("<= 2.0", ">= 2.0", "", "?"),
        ("0 - 100", "< 10", "", "pass"),
        ("4 - 6", "4.5 - 5.5", "", "pass"),
        ("4 - 6", "6.5 - 7", "", "fail"),
        ("4 - 6", "5 - 7", "", "?"),
        # nothing found
        ("<= 2.0 mg/kg", "ND", "", "pass"),
        ("<= 2.0 mg/kg", "ND (< 5)", "", "?"),
        ("<= 2.0 mg/kg", "< LOQ (0.05)", "", "pass"),
        ("<= 2.0 mg/kg", "< LOQ", "", "?"),
        ("<= 0.01 mg/kg", "< 0.05 mg/kg", "", "?"),
        (">= 95 %", "ND", "", "unclear"),
        ("< LOQ (0.05)", "0.09", "", "fail"),
        # absence
        ("Absent in 1 g", "Absent", "", "pass"),
        ("Absent in 1 g", "0 CFU/g", "", "pass"),
        ("Absent in 1 g", "Detected", "", "fail"),
        ("Absent in 1 g", "40 CFU/g", "", "fail"),
        ("Absent in 1 g", "TNTC", "", "fail"),
        ("Absent in 1 g", "< 10 CFU/g", "", "?"),
        ("Absent in 1 g", "1 g", "", "?"),  # the sample, and no finding
        # what may be inside all the same
        ("<= 2.0 mg/kg", "2.04 mg/kg", "", "rounding"),
        ("98.0 - 102.0 %", "97.96 %", "", "rounding"),
        ("98.0 - 102.0 %", "97.9 %", "", "fail"),
        ("<= 2.0", "2.1 +/- 0.2", "mg/kg", "uncertainty"),
        ("<= 2.0", "3.1 +/- 0.2", "mg/kg", "fail"),
        ("<= 2.0 mg/kg", "2100 +/- 200 ug/kg", "", "uncertainty"),
        ("<= 10^3 CFU/g", "1500 CFU/g", "", "count"),
        ("<= 10^3 CFU/g", "2001 CFU/g", "", "fail"),
        ("<= 500 CFU/g", "600 CFU/g", "", "fail"),
        ("<= 10^3 CFU/g", "3.5 log CFU/g", "", "fail"),
        ("<= 5000 CFU/g", "3.72 log CFU/g", "", "fail"),
        ("<= 5200 CFU/g", "3.72 log CFU/g", "", "rounding"),
        ("<= 3.0 log CFU/g", "900 CFU/g", "", "pass"),
        ("<= 100 CFU/g", "TNTC", "", "fail"),
        ("<= 1000 CFU/g", "TNTC", "", "?"),
        ("<= 100 CFU/g", "103 CFU/g", "", "unclear"),  # may be ten to the third
        ("<= 2.0", "ca. 3", "", "unclear"),
        # a bare number is a limit of what nobody wants, and else a target
        ("Conforms", "3.1", "", "?"),
        ("2.0", "3.1", "%", "?"),
        ("2.0", "1.1", "mg/kg", "pass"),  # so little is hardly a target
        ("2.0", "3.1", "mg/kg", "unclear"),
        ("100", "350", "CFU/g", "fail"),
        ("Report", "3.1", "mg/kg", "?"),
        ("", "3.1", "mg/kg", "?"),
        ("<= 2.0", "Conforms", "", "?"),
        ("<= 2.0", "", "", "?"),
    ],
)
def test_verdict(spec, value, unit, expected):
    assert verdict(spec, value, unit) == expected


@pytest.mark.parametrize("more", [{"analyte": "Lead (Pb)"}, {"group": "Residual solvents"}])
def test_bare_limit_of_something_unwanted_is_the_most_that_is_allowed(more):
    assert verdict("2.0", "3.1", "mg/kg", **more) == "fail"
    assert verdict("2.0", "0.1", "mg/kg", **more) == "pass"


@pytest.mark.parametrize(
    ("columns", "value", "expected"),
    [
        ({"lod": "0.5"}, "ND", "?"),
        ({"lod": "0.01"}, "ND", "pass"),
        ({"loq": "0.05"}, "< LOQ", "pass"),
        ({"loq": "0.5"}, "< LOQ", "?"),
        ({"loq": "unknown"}, "< LOQ", "?"),
    ],
)
def test_what_cannot_be_seen_is_below_the_columns_limit(columns, value, expected):
    assert verdict("<= 0.1", value, "mg/kg", **columns) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [(Notation.POINT, "fail"), (Notation.COMMA, "pass"), (Notation.UNKNOWN, "unclear")],
)
def test_thousands_or_decimals_is_told_by_the_document(style, expected):
    assert verdict("<= 100", "1,500", style=style) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pass", "pass"),
        ("P", "pass"),
        ("Complies with the specification", "pass"),
        ("Entspricht", "pass"),
        ("i.O.", "pass"),
        ("Conforme", "pass"),
        ("Cumple", "pass"),
        ("Voldoet", "pass"),
        ("\u2713", "pass"),
        ("FAIL", "fail"),
        ("F", "fail"),
        ("Does not comply", "fail"),
        ("Out of specification", "fail"),
        ("Not OK", "fail"),
        ("entspricht nicht", "fail"),
        ("n. i. O.", "fail"),
        ("Non conforme", "fail"),
        ("No cumple", "fail"),
        ("N\u00e3o conforme", "fail"),
        ("Voldoet niet", "fail"),
        ("Pass / Fail", ""),  # a form that nobody filled in
        ("nicht beanstandet", ""),
        ("See note 3", ""),
        ("", ""),
    ],
)
def test_printed_verdict(text, said):
    assert printed(text) == said


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_any_line_is_taken(spec, value, unit):
    assert computed(line(spec, value, unit)).verdict in {"pass", "fail", ""}


@given(
    st.decimals(min_value=0, max_value=1000, places=2),
    st.decimals(min_value=0, max_value=1000, places=2),
    st.sampled_from(["mg/kg", "%", "mPa.s", ""]),
)
def test_verdict_is_what_the_numbers_say(limit, value, unit):
    expected = "pass" if value <= limit else "fail"
    assert verdict(f"<= {limit:f}", f"{value:f}", unit) == expected


@given(
    st.decimals(min_value=0, max_value=1000, places=2),
    st.decimals(min_value=0, max_value=1000, places=2),
    st.decimals(min_value=0, max_value=1000, places=2),
)
def test_more_of_it_never_turns_a_failure_into_a_pass(limit, one, other):
    less, more = sorted((one, other))
    says = verdict(f"<= {limit:f}", f"{more:f}")
    assert says != "pass" or verdict(f"<= {limit:f}", f"{less:f}") == "pass"


@given(st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2))
def test_same_amount_in_another_unit_has_the_same_verdict(value):
    ppb = f"{value * 1000:f} ppb"
    assert verdict("<= 100.00 mg/kg", f"{value:f} mg/kg") == verdict("<= 100.00 mg/kg", ppb)
