from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.reading.dates import LIKELY, SURE, UNSURE, Order, order, parse


@pytest.mark.parametrize(
    ("printed", "value", "confidence"),
    [
        ("2026-10-03", "2026-10-03", SURE),
        ("2026/10/3", "2026-10-03", SURE),
        ("2026.10.03", "2026-10-03", SURE),
        ("2026-10-03T16:42:00Z", "2026-10-03", SURE),
        ("20261003", "2026-10-03", SURE),
        ("3 October 2026", "2026-10-03", SURE),
        ("3rd of October, 2026", "2026-10-03", SURE),
        ("03-Oct-2026", "2026-10-03", SURE),
        ("03OCT2026", "2026-10-03", SURE),
        ("October 3, 2026", "2026-10-03", SURE),
        ("Oct. 3 2026 4:15 PM", "2026-10-03", SURE),
        ("2026 Oct 03", "2026-10-03", SURE),
        ("Saturday, October 3, 2026", "2026-10-03", SURE),
        ("3. Oktober 2026", "2026-10-03", SURE),
        ("3. M\u00e4rz 2026", "2026-03-03", SURE),
        ("1er ao\u00fbt 2026", "2026-08-01", SURE),
        ("3 de octubre de 2026", "2026-10-03", SURE),
        ("3 ottobre 2026", "2026-10-03", SURE),
        ("3 de mar\u00e7o de 2026", "2026-03-03", SURE),
        ("2026\u5e7410\u67083\u65e5", "2026-10-03", SURE),
        ("29 Feb 2024", "2024-02-29", SURE),
        # numbers only: points are day first, above twelve settles it, a stroke alone does not
        ("03.10.2026", "2026-10-03", LIKELY),
        ("25/12/2026", "2026-12-25", SURE),
        ("12/25/2026", "2026-12-25", SURE),
        ("10/10/2026", "2026-10-10", SURE),
        ("10/03/2026", "2026-10-03", UNSURE),
        ("3-10-2026", "2026-03-10", UNSURE),
        ("12/25/26", "2026-12-25", LIKELY),
        ("3-Oct-26", "2026-10-03", LIKELY),
        # no day
        ("March 2029", "2029-03", SURE),
        ("03/2029", "2029-03", SURE),
        ("2029-03", "2029-03", SURE),
        ("m\u00e4rz 2029", "2029-03", SURE),
        # a period ends with its last date
        ("22 Sep to 2 Oct 2026", "2026-10-02", SURE),
        ("2026-09-22 - 2026-10-02", "2026-10-02", SURE),
        ("9/22/2026 to 10/02/2026", "2026-10-02", UNSURE),
    ],
)
def test_date_is_read(printed, value, confidence):
    found = parse(printed)
    assert found is not None
    assert (found.value, found.confidence) == (value, confidence)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "see page 2",
        "31 Feb 2026",
        "29 February 2026",
        "31/02/2026",
        "13/13/2026",
        "0/0/2026",
        "2026-13-01",
        "1000 CFU/g",
        "3.6 to 4.4 %",
        "NM-26-10417",
        "12 months",
        "Version 2.1",
    ],
)
def test_no_date_is_read(printed):
    assert parse(printed) is None


@pytest.mark.parametrize(
    ("texts", "hint", "value"),
    [
        (["Received 25/09/2026"], Order.DAY, "2026-03-10"),
        (["Received 09/25/2026"], Order.MONTH, "2026-10-03"),
        (["Received 09/10/2026"], None, "2026-10-03"),
        (["25/09/2026", "09/25/2026"], None, "2026-10-03"),  # the document contradicts itself
    ],
)
def test_other_dates_settle_the_order(texts, hint, value):
    assert order(texts) is hint
    found = parse("10/03/2026", hint)
    assert found.value == value
    assert found.confidence == (UNSURE if hint is None else LIKELY)


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text):
    parse(text)
    order([text])


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_written_out_dates_come_back(day):
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d-%b-%Y"):
        assert parse(day.strftime(form)).value == day.isoformat()
