from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.reading.quantities import computed, parse


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "unit"),
    [
        ("0.08 mg/kg", "=", "0.08", "0.08", "mg/kg"),
        ("5.2", "=", "5.2", "5.2", ""),
        ("0,125 %", "=", "0.125", "0.125", "%"),  # a decimal comma
        ("1,000 CFU/g", "=", "1000", "1000", "CFU/g"),  # thousands
        ("1.234,5 mg", "=", "1234.5", "1234.5", "mg"),
        ("1 000 UFC/g", "=", "1000", "1000", "UFC/g"),
        ("2.1 x 10^3 CFU/g", "=", "2100", "2100", "CFU/g"),
        ("1E3", "=", "1000", "1000", ""),
        ("< 10 CFU/g", "<", None, "10", "CFU/g"),
        ("\u2264 1000 CFU/g", "<=", None, "1000", "CFU/g"),
        ("NMT 2.0 mg/kg", "<=", None, "2.0", "mg/kg"),
        ("Not less than 98.0 %", ">=", "98.0", None, "%"),
        ("max. 0.5 ppm", "<=", None, "0.5", "ppm"),
        ("3.6 to 4.4 %", "range", "3.6", "4.4", "%"),
        ("4.8 - 5.8", "range", "4.8", "5.8", ""),
        ("4.8\u20135.8", "range", "4.8", "5.8", ""),
        ("5.0 \u00b1 0.5", "range", "4.5", "5.5", ""),
        ("ND", "absent", None, None, ""),
        ("Absent in 1 g", "absent", None, None, ""),
        ("Not detected", "absent", None, None, ""),
        ("<LOQ", "below", None, None, ""),
        ("Conforms", "", None, None, ""),
        ("", "", None, None, ""),
    ],
)
def test_quantity_is_read(text, op, low, high, unit):
    found = parse(text)
    assert (found.op, found.unit) == (op, unit)
    assert found.low == (None if low is None else Decimal(low))
    assert found.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("spec", "value", "verdict"),
    [
        ("<= 2.0 mg/kg", "0.08 mg/kg", "pass"),
        ("<= 2.0 mg/kg", "2.0 mg/kg", "pass"),
        ("< 2.0 mg/kg", "2.0 mg/kg", "fail"),
        ("<= 2.0 mg/kg", "2.1 mg/kg", "fail"),
        ("<= 2.0 mg/kg", "2.1 ppm", "fail"),  # the same unit by another name
        ("<= 1000 CFU/g", "< 10 CFU/g", "pass"),
        ("<= 5 CFU/g", "< 10 CFU/g", ""),  # it may be either
        ("3.6 to 4.4 %", "3.9 %", "pass"),
        ("3.6 to 4.4 %", "4.5 %", "fail"),
        (">= 98 %", "97.9 %", "fail"),
        ("> 98 %", "98 %", "fail"),
        ("Absent in 1 g", "Absent", "pass"),
        ("Absent in 1 g", "3 CFU/g", "fail"),
        ("<= 2 mg/kg", "Not detected", "pass"),
        ("<= 2 mg/kg", "80 ug/l", ""),  # units that we do not compare
        ("Conforms", "Conforms", ""),
        ("", "5", ""),
        ("<= 2", "", ""),
    ],
)
def test_verdict_is_computed_only_without_doubt(spec, value, verdict):
    assert computed(spec, value) == verdict


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_taken(spec, value):
    parse(spec)
    assert computed(spec, value) in {"pass", "fail", ""}


@given(st.decimals(0, 10_000, places=3))
def test_plain_number_comes_back_exactly(number):
    assert parse(f"{number:f} mg/kg").low == number
