from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.reading.units import convert, is_count, is_same, unit

FAMILIES = (
    ("%", "% w/w", "mg/kg", "ppm", "ug/g", "ppb", "g/100g", "mg/g", "ng/g"),
    ("mg/l", "ug/ml", "g/100 ml", "g/cm3", "% w/v"),
    ("mPa.s", "cP", "Pa s"),
    ("\u00b0C", "\u00b0F", "K"),
    ("CFU/g", "CFU/10 g", "KBE/100g"),
)


@pytest.mark.parametrize(
    ("amount", "source", "target", "expected"),
    [
        ("1", "%", "ppm", "10000"),
        ("1", "% (w/w)", "mg/g", "10"),
        ("2", "mg/kg", "ppm", "2"),
        ("2", "\u00b5g/g", "mg/kg", "2"),
        ("2", "mcg/g", "\u03bcg/g", "2"),
        ("2000", "ppb", "mg/kg", "2"),
        ("3", "mg/100 g", "ppm", "30"),
        ("3", "mg kg-1", "mg/kg", "3"),
        ("5", "CFU/g", "ufc / g", "5"),
        ("5", "KBE/g", "cfu per gram", "5"),
        ("5", "CFU/10 g", "CFU/g", "1/2"),
        ("5", "CFU per g or ml", "CFU/ml", "5"),
        ("5", "CFU/g", "CFU per g or ml", "5"),
        ("1", "g/ml", "kg/l", "1"),
        ("1", "g/cm\u00b3", "g/mL", "1"),
        ("1", "% w/v", "mg/ml", "10"),
        ("3500", "cP", "Pa.s", "7/2"),
        ("3500", "mPa\u00b7s", "cps", "3500"),
        ("50", "\u00b0F", "\u00b0C", "10"),
        ("25", "\u00b0C", "\u00b0F", "77"),
        ("98", "%", "% of label claim", "98"),
        ("5", "mg/capsule", "\u00b5g per capsule", "5000"),
        ("12", "months", "months", "12"),  # unknown, and the same
        # more would have to be known
        ("5", "CFU/g", "CFU/ml", None),
        ("5", "ppm", "mg/l", None),
        ("5", "mg/capsule", "mg/serving", None),
        ("5", "CFU/g", "log CFU/g", None),
        ("5", "months", "weeks", None),
        ("5", "% w/w", "% v/v", None),
        ("5", "cP", "cSt", None),
    ],
)
def test_amount_in_another_unit(amount, source, target, expected):
    found = convert(Fraction(amount), unit(source), unit(target))
    assert found == (None if expected is None else Fraction(expected))


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("", True),
        ("pH", True),
        ("-", True),
        ("mg/kg (ppm)", True),
        ("in mg/kg", True),
        ("log10 CFU/g", True),
        ("drops", False),
        ("% calculated on something", False),
        ("x" * 5_000, False),
    ],
)
def test_unit_is_known(text, is_known):
    assert unit(text).is_known is is_known


def test_colonies_are_counts_in_every_language():
    assert all(is_count(unit(f"{word}/g")) for word in ("CFU", "UFC", "KBE", "KVE", "MPN"))
    assert not is_count(unit("mg/kg"))


@given(
    st.sampled_from(FAMILIES).flatmap(
        lambda family: st.tuples(st.sampled_from(family), st.sampled_from(family))
    ),
    st.fractions(-1000, 1000),
    st.fractions(-1000, 1000),
)
def test_conversion_goes_back_exactly_and_keeps_the_order(pair, one, other):
    source, target = map(unit, pair)
    there = convert(one, source, target)
    assert there is not None
    assert convert(there, target, source) == one
    assert (one < other) == (there < convert(other, source, target))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_unit_and_its_own_one(text, other):
    one = unit(text)
    assert is_same(one, unit(text))
    assert convert(Fraction(7), one, one) == 7
    assert is_same(one, unit(other)) == is_same(unit(other), one)
