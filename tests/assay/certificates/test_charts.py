from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.charts import WIDTH, scale
from shop.assay.certificates.facts import Result
from shop.assay.certificates.reading.decimals import Notation


def line(spec, value, unit="mg/kg", **more):
    names = dict.fromkeys(("group", "method", "lod", "loq", "verdict"), "") | more
    return Result(analyte="Lead", unit=unit, spec=spec, value=value, page=1, box=None, **names)


def drawn(*cells, **more):
    return scale(line(*cells, **more), Notation.POINT)


def test_value_below_an_upper_limit():
    found = drawn("<= 2.0", "0.5")
    assert (found.low, found.high, found.value) == (None, Decimal("2.0"), Decimal("0.5"))
    assert (found.unit, found.verdict, found.op) == ("mg/kg", "pass", "=")
    assert found.low_at is None
    assert (found.from_at, found.value_at, found.high_at) == (200, 200, 800)
    assert not found.is_beyond


def test_value_in_another_unit_is_drawn_in_the_limits():
    found = drawn("<= 2.0 mg/kg", "500 ppb", "")
    assert (found.value, found.unit) == (Decimal("0.5"), "mg/kg")
    assert found.value_at == 200


def test_range_stands_in_the_middle():
    found = drawn("4.0 - 6.0", "5.0", "")
    assert (found.low_at, found.value_at, found.high_at) == (250, 500, 750)


def test_lower_limit_leaves_room_on_both_sides():
    found = drawn(">= 98.0", "99.2", "%")
    assert found.high is None
    assert 0 < found.low_at < found.value_at < WIDTH


@pytest.mark.parametrize(
    ("spec", "value", "more"),
    [
        ("<= 2.0", "< 0.5", {}),
        ("<= 2.0", "< LOQ", {"loq": "0.5"}),
        ("<= 2.0", "ND (< 0.5)", {}),
    ],
)
def test_result_that_is_only_bounded_is_drawn_from_nothing(spec, value, more):
    found = drawn(spec, value, **more)
    assert (found.from_at, found.value_at, found.value) == (0, 200, Decimal("0.5"))
    assert found.verdict == "pass"


def test_nothing_detected_without_a_limit_of_detection_has_no_number():
    found = drawn("<= 2.0", "ND")
    assert (found.op, found.value, found.value_at) == ("absent", None, 0)


def test_value_far_out_is_marked_as_beyond():
    found = drawn("<= 2.0", "190")
    assert (found.value_at, found.is_beyond, found.verdict) == (WIDTH, True, "fail")
    assert 0 < found.high_at < WIDTH


def test_value_of_more_than_is_open_to_the_right():
    found = drawn("<= 100 CFU/g", "> 150 CFU/g", "")
    assert found.value_at == WIDTH
    assert found.from_at > found.high_at


@pytest.mark.parametrize(
    ("spec", "value", "unit"),
    [
        ("Conforms", "Conforms", ""),
        ("", "0.5", "mg/kg"),
        ("<= 2.0", "Conforms", "mg/kg"),
        ("<= 2.0", "< LOQ", "mg/kg"),
        ("<= 1000 CFU/g", "10 CFU/ml", ""),
        ("Absent in 1 g", "Absent", ""),
        ("<= 3 log CFU/g", "2 log CFU/g", ""),
        ("<= 2.0", "ca. 0.5", "mg/kg"),
    ],
)
def test_what_does_not_compare_is_not_drawn(spec, value, unit):
    assert drawn(spec, value, unit) is None


@given(
    st.sampled_from(["<= {}", ">= {}", "< {}", "{} - 2000", "-5000 - {}"]),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-5000, 5000, places=2),
)
def test_positions_keep_the_order_of_the_numbers(spec, limit, value):
    found = drawn(spec.format(f"{limit:f}"), f"{value:f}", "\u00b0C")
    if found is None:
        return
    ends = [at for at in (found.low_at, found.high_at) if at is not None]
    assert all(0 <= at <= WIDTH for at in [*ends, found.from_at, found.value_at])
    if found.low is not None:
        assert (found.value >= found.low) <= (found.value_at >= found.low_at)
    if found.high is not None:
        assert (found.value <= found.high) <= (found.value_at <= found.high_at)
    assert found.value == value
