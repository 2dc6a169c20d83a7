from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.reading.decimals import Notation, notation, number
from shop.assay.certificates.reading.quantities import parse_limit, parse_value


def as_decimal(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "unit"),
    [
        ("0.08 mg/kg", "=", "0.08", "0.08", "mg/kg"),
        ("5.2", "=", "5.2", "5.2", ""),
        (".5 %", "=", "0.5", "0.5", "%"),
        ("0,125 %", "=", "0.125", "0.125", "%"),  # a decimal comma
        ("1.234,5 mg", "=", "1234.5", "1234.5", "mg"),
        ("1,234.5 mg", "=", "1234.5", "1234.5", "mg"),
        ("1 000 UFC/g", "=", "1000", "1000", "UFC/g"),
        ("1'000 KBE/g", "=", "1000", "1000", "KBE/g"),
        ("12\u202f500 CFU/g", "=", "12500", "12500", "CFU/g"),  # a narrow blank
        ("2.1 x 10^3 CFU/g", "=", "2100", "2100", "CFU/g"),
        ("1.0 \u00d7 10\u00b3 CFU/g", "=", "1000", "1000", "CFU/g"),
        ("1.0 x 103 CFU/g", "=", "1000", "1000", "CFU/g"),  # the raised number lost its place
        ("10\u207b\u00b2", "=", "0.01", "0.01", ""),
        ("1E3", "=", "1000", "1000", ""),
        ("-5 \u00b0C", "=", "-5", "-5", "\u00b0C"),
        ("1.02 g/mL at 20 \u00b0C", "=", "1.02", "1.02", "g/mL"),
        ("5.4 (25 \u00b0C)", "=", "5.4", "5.4", ""),
        ("0.08*", "=", "0.08", "0.08", ""),
        ("98.7 % (w/w)", "=", "98.7", "98.7", "% w/w"),
        ("10 CFU per 100 mL", "=", "10", "10", "CFU per 100 mL"),
        ("10 mg kg\u207b\u00b9", "=", "10", "10", "mg kg-1"),
        ("< 10 CFU/g", "<", None, "10", "CFU/g"),
        ("<10\u00b2 UFC/ml", "<", None, "100", "UFC/ml"),
        ("\u2264 1000 CFU/g", "<=", None, "1000", "CFU/g"),
        ("=< 5", "<=", None, "5", ""),
        ("\u2264 1000 CFU/g USP <61>", "<=", None, "1000", "CFU/g"),
        ("NMT 2.0 mg/kg", "<=", None, "2.0", "mg/kg"),
        ("Not less than 98.0 %", ">=", "98.0", None, "%"),
        ("max. 0.5 ppm", "<=", None, "0.5", "ppm"),
        ("10 ppm max", "<=", None, "10", "ppm"),
        ("0,5 % max.", "<=", None, "0.5", "%"),
        ("98 % min", ">=", "98", None, "%"),
        ("Not more than 0.5 % calculated on the dried basis", "<=", None, "0.5", "%"),
        # other languages
        ("h\u00f6chstens 10 mg/kg", "<=", None, "10", "mg/kg"),
        ("mind. 98 %", ">=", "98", None, "%"),
        ("nicht mehr als 5 ppm", "<=", None, "5", "ppm"),
        ("unter 10 KBE/g", "<", None, "10", "KBE/g"),
        ("pas plus de 10 ppm", "<=", None, "10", "ppm"),
        ("inf\u00e9rieur \u00e0 0,1 %", "<", None, "0.1", "%"),
        ("au moins 95 %", ">=", "95", None, "%"),
        ("no m\u00e1s de 10 ppm", "<=", None, "10", "ppm"),
        ("m\u00ednimo 95 %", ">=", "95", None, "%"),
        ("non pi\u00f9 di 10 ppm", "<=", None, "10", "ppm"),
        ("almeno 95 %", ">=", "95", None, "%"),
        ("n\u00e3o mais que 10 ppm", "<=", None, "10", "ppm"),
        ("pelo menos 95 %", ">=", "95", None, "%"),
        ("niet meer dan 10 mg/kg", "<=", None, "10", "mg/kg"),
        ("ten minste 95 %", ">=", "95", None, "%"),
        # between two
        ("3.6 to 4.4 %", "range", "3.6", "4.4", "%"),
        ("4.8 - 5.8", "range", "4.8", "5.8", ""),
        ("4.8\u20135.8", "range", "4.8", "5.8", ""),
        ("4.5~6.5", "range", "4.5", "6.5", ""),
        ("98.0%-102.0%", "range", "98.0", "102.0", "%"),
        ("-5 to +5 \u00b0C", "range", "-5", "5", "\u00b0C"),
        ("between 4 and 6", "range", "4", "6", ""),
        ("zwischen 4 und 6", "range", "4", "6", ""),
        ("4 bis 6", "range", "4", "6", ""),
        ("entre 4 et 6", "range", "4", "6", ""),
        ("4 \u00e0 6", "range", "4", "6", ""),
        ("tra 4 e 6", "range", "4", "6", ""),
        ("4 tot 6", "range", "4", "6", ""),
        ("NLT 98.0% and NMT 102.0%", "range", "98.0", "102.0", "%"),
        ("\u2265 4,5 \u2264 6,5", "range", "4.5", "6.5", ""),
        ("min 4 - max 6", "range", "4", "6", ""),
        ("4.0 \u2264 pH \u2264 6.0", "range", "4.0", "6.0", ""),
        ("5.0 \u00b1 0.5", "range", "4.5", "5.5", ""),
        ("target 5.0 +/- 0.5", "range", "4.5", "5.5", ""),
        ("50 mg \u00b1 10 %", "range", "45", "55", "mg"),
        ("5.0 (4.5 - 5.5)", "range", "4.5", "5.5", ""),
        # states
        ("ND", "absent", None, None, ""),
        ("n.d.", "absent", None, None, ""),
        ("Absent in 1 g", "absent", None, None, ""),
        ("Negative/10 g", "absent", None, None, ""),
        ("None detected", "absent", None, None, ""),
        ("Nicht nachweisbar", "absent", None, None, ""),
        ("Absence dans 1 g", "absent", None, None, ""),
        ("Ausencia en 1 g", "absent", None, None, ""),
        ("Assente", "absent", None, None, ""),
        ("Ausente em 1 g", "absent", None, None, ""),
        ("Afwezig in 1 g", "absent", None, None, ""),
        ("ND (< 0.01)", "absent", None, "0.01", ""),
        ("<LOQ", "below", None, None, ""),
        ("< LOQ (0.05)", "below", None, "0.05", ""),
        ("BDL", "below", None, None, ""),
        ("< Nachweisgrenze", "below", None, None, ""),
        ("< LQ", "below", None, None, ""),
        ("Positive", "present", None, None, ""),
        ("TNTC", "many", None, None, ""),
        # what sets no limit, or none in numbers
        ("Conforms to sample", "", None, None, ""),
        ("Report", "", None, None, ""),
        ("Informational", "", None, None, ""),
        ("Target 5.0", "", None, None, ""),
        ("None", "", None, None, ""),
        ("N/A", "", None, None, ""),
        ("-", "", None, None, ""),
        ("", "", None, None, ""),
        # what is no one quantity
        ("2026-10-03", "", None, None, ""),
        ("03.10.2026", "", None, None, ""),
        ("5.1, 5.2, 5.0", "", None, None, ""),
        ("5 x 10 mg", "", None, None, ""),
        ("m = 10, M = 100", "", None, None, ""),
        ("1:10", "", None, None, ""),
        ("6.0 - 4.0", "", None, None, ""),
        ("0.5 mg - 1 g", "", None, None, ""),
        ("< 0.1 %; NMT 0.5 %", "", None, None, ""),
        # harmless
        ("1e400", "", None, None, ""),
        ("1e-400", "", None, None, ""),
        ("NaN", "", None, None, ""),
        ("Infinity", "", None, None, ""),
        ("9" * 31, "", None, None, ""),
        ("9" * 10_000, "", None, None, ""),
    ],
)
def test_limit_is_read(text, op, low, high, unit):
    found = parse_limit(text)
    assert (found.op, found.unit) == (op, unit)
    assert (found.low, found.high) == (as_decimal(low), as_decimal(high))


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "width"),
    [
        ("5.0 \u00b1 0.5", "=", "5.0", "5.0", "0.5"),  # a result with its uncertainty
        ("5 min", "=", "5", "5", None),  # minutes
        ("5.1 - 5.3", "range", "5.1", "5.3", None),
        ("None", "absent", None, None, None),
        ("0.50", "=", "0.50", "0.50", None),
        ("< 10", "<", None, "10", None),
    ],
)
def test_result_is_read_otherwise_than_a_limit(text, op, low, high, width):
    found = parse_value(text)
    assert (found.op, found.width) == (op, as_decimal(width))
    assert (found.low, found.high) == (as_decimal(low), as_decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "1,000 CFU/g",  # a thousand, or one
        "10E3 CFU/g",  # ten thousand, or a thousand
        "ca. 5 %",
        "~5",
        "98 min",  # a minimum, or minutes
        "3 - 5 x 10^3",  # from three, or from three thousand
        "95 \u00b1 5 %",  # of a hundred, or of ninety-five
        "Absent or < 10 CFU/g",
    ],
)
def test_what_can_be_read_otherwise_is_unsure(text):
    assert not parse_limit(text).is_sure


@pytest.mark.parametrize(
    ("text", "style", "value", "is_sure"),
    [
        ("1,000", Notation.POINT, "1000", True),
        ("1,000", Notation.COMMA, "1.000", True),
        ("1,000", Notation.UNKNOWN, "1000", False),
        ("1.000", Notation.POINT, "1.000", True),
        ("1.000", Notation.COMMA, "1000", True),
        ("1.000", Notation.UNKNOWN, "1.000", False),
        ("0,125", Notation.POINT, "0.125", True),  # no thousand begins with a nought
        ("1,25", Notation.POINT, "1.25", True),
        ("1.000.000", Notation.UNKNOWN, "1000000", True),
        ("2.6.12", Notation.UNKNOWN, None, None),  # a chapter
        ("1,00,000", Notation.POINT, None, None),
        ("1.2,3.4", Notation.POINT, None, None),
        ("-3.5", Notation.POINT, "-3.5", True),
    ],
)
def test_sign_before_decimals_is_the_documents(text, style, value, is_sure):
    found = number(text, style)
    assert (found and found.value, found and found.is_sure) == (as_decimal(value), is_sure)


@pytest.mark.parametrize(
    ("language", "texts", "style"),
    [
        ("de", ["1.000 KBE/g", "0,05 mg/kg"], Notation.COMMA),
        ("de", ["1,000 CFU/g", "0.05 mg/kg"], Notation.POINT),  # its numbers outweigh its words
        ("en", ["1,000 CFU/g"], Notation.POINT),
        ("fr", ["1,000"], Notation.COMMA),
        ("", ["1,000"], Notation.UNKNOWN),
        ("en", ["0.5", "0,5"], Notation.UNKNOWN),  # it keeps to neither
        ("", ["1.000.000"], Notation.COMMA),
        ("en", ["USP 2.6.12", "03.10.2026"], Notation.POINT),
    ],
)
def test_notation_is_told_by_numbers_and_then_by_the_language(language, texts, style):
    assert notation(language, texts) is style


@given(st.text(max_size=120))
def test_any_text_is_taken(text):
    for parse in (parse_limit, parse_value):
        found = parse(text)
        assert found.low is None or found.low.is_finite()
        assert found.high is None or found.high.is_finite()


@given(st.text(alphabet="0123456789.,-<>=\u2264\u00b1x^eE toandmax%()/", max_size=200))
def test_no_heap_of_signs_takes_long_or_breaks(text):
    parse_limit(text)
    parse_value(text)


@given(
    st.decimals(min_value=0, max_value=999, places=4),
    st.sampled_from(["", "<", "\u2264", ">", "\u2265", "NMT ", "at least "]),
    st.sampled_from(["", " mg/kg", " %", " CFU/g"]),
)
def test_number_comes_back_exactly(value, bound, unit):
    found = parse_limit(f"{bound}{value:f}{unit}", Notation.POINT)
    assert value in {found.low, found.high}
    assert found.unit == unit.strip()
    assert found.is_sure
