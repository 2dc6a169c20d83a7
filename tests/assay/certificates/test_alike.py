"""Is a report's row of numbers another report's, a few of them changed?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates import alike, checks_alike
from shop.assay.certificates.facts import AlikeReport
from shop.assay.vocabulary import Outcome
from tests.assay.certificates.builders import facts
from tests.certificates.series import altered, honest

F, D = Outcome.FAILED, Outcome.INDETERMINATE
FIRST = honest(1, measured=8)


def judged(newcomer, *on_file):
    """What is said of a document when these came before it."""
    shelf = alike.Shelf()
    for document in on_file:
        shelf.add(document)
    return [
        (finding.variant, finding.outcome)
        for finding in checks_alike.answers(replace(newcomer, alike_reports=shelf.find(newcomer)))
    ]


@pytest.mark.parametrize(
    ("copy", "answers"),
    [
        (replace(FIRST, lot="B7777-C"), [("default", F)]),
        (replace(FIRST, report_no="L99-31337"), [("same_lot", D)]),
        (replace(FIRST, report_no="L99-31337", lot="B7777-C"), [("default", F)]),
        (replace(FIRST, lot=FIRST.lot[:-1] + "Z"), [("default", F)]),  # no digit differs
        (replace(FIRST, lot="B7777-C").with_value(3, "0.11"), [("default", F)]),
        (replace(FIRST, laboratory="Other House Testing", lot="B7777-C"), [("default", F)]),
        (replace(FIRST, laboratory="Other House Testing"), [("laboratory", D)]),
        # The very report in another file, and with a value changed: report_reused says it.
        (FIRST, []),
        (FIRST.with_value(3, "0.11"), []),
        # Replaces it, and says so.
        (replace(FIRST, report_no="L99-31337", amends=FIRST.report_no), []),
        (
            replace(FIRST, report_no="L99-1", lot="B7777-C", amends=FIRST.report_no),
            [("amended", D)],
        ),
        # Everything is new but the measured values.
        (replace(honest(900, measured=8, laboratory=1), rows=FIRST.rows), [("values", D)]),
    ],
)
def test_copy_with_something_changed_is_told_from_what_may_be_honest(copy, answers):
    newcomer = replace(copy.facts(), file=replace(copy.facts().file, sha256="f" * 64))
    assert judged(newcomer, FIRST.facts()) == answers


def test_differing_numbers_are_named():
    copy = replace(FIRST, lot="B7777-C").facts()
    shelf = alike.Shelf()
    shelf.add(FIRST.facts(), name="first")
    (finding,) = checks_alike.answers(replace(copy, alike_reports=shelf.find(copy)))

    assert finding.details["observed"] == "7777"
    assert finding.details["expected"] == FIRST.report_no
    assert finding.details["known"] == "first"
    assert "7777" in finding.sentence
    assert FIRST.report_no in finding.sentence


@pytest.mark.parametrize("measured", [0, 1, 3, 8, 24])
def test_honest_series_of_one_laboratory_fails_nothing(measured):
    """One product, lot after lot: the same limits and methods, other days and results."""
    shelf = alike.Shelf()
    for place in range(120):
        document = honest(place, measured=measured, laboratory=7).facts()
        newcomer = replace(document, alike_reports=shelf.find(document))
        assert [f for f in checks_alike.answers(newcomer) if f.outcome is F] == []
        shelf.add(document)


def test_copy_is_found_behind_a_long_series_of_its_laboratory():
    shelf = alike.Shelf()
    for place in range(400):
        shelf.add(honest(place, measured=8, laboratory=7).facts())
    for place in range(0, 400, 23):
        report = honest(place, measured=8, laboratory=7)
        copy = replace(report, lot="B7777-C").facts()
        assert [near.report_no for near in shelf.find(copy)][:1] == [report.report_no]


def test_reports_on_which_nothing_was_measured_are_at_most_doubted():
    """Two samples of one day, side by side: the number, the lot, and "ND" down the page."""
    first = honest(1, measured=0)
    second = replace(first, lot="B1002-C", report_no=f"{first.report_no}1")
    assert judged(second.facts(), first.facts()) == [("few_values", D)]
    one_number = replace(first, lot="B1002-C")
    assert judged(one_number.facts(), first.facts()) == [("default", F)]
    another_day = replace(second, days=("2026-05-01",) * 4, sample="S555555")
    assert judged(another_day.facts(), first.facts()) == []


COARSE = ["5.5", "1.02", "4.1", "99.8", "3200"]
FINE = ["5.52", "1.024", "4.18", "99.84", "3215"]


@pytest.mark.parametrize(
    ("first", "second", "answers"),
    [
        # Two lots of one day, on a page that is nearly all template: values may agree by chance,
        (COARSE, [*COARSE[:4], "3250"], []),
        (COARSE, [*COARSE[:2], "4.3", "99.7", "3250"], []),
        (COARSE[:2], COARSE[:2], [("few_values", D)]),
        # but not so many digits of them.
        (FINE, FINE, [("default", F)]),
        (FINE, [*FINE[:4], "3250"], [("default", F)]),
        (FINE[:3], [*FINE[:2], "4.25"], []),
    ],
)
def test_siblings_of_one_day_may_agree_in_some_values(first, second, answers):
    older = newer = honest(1, measured=0)
    newer = replace(newer, report_no=f"{older.report_no}7", lot="B1002-C", sample="S100999")
    for place, (one, other) in enumerate(zip(first, second, strict=True)):
        older, newer = older.with_value(place, one), newer.with_value(place, other)
    assert judged(newer.facts(), older.facts()) == answers


def test_short_report_is_told_by_the_one_number_that_differs():
    """Of eighteen numbers one is more than the twentieth part."""
    short = replace(FIRST, rows=FIRST.rows[:2], days=FIRST.days[:1], telephone="")
    copy = replace(short, lot="B7777-C")
    assert 900 < alike.likeness(copy.numbers, short.numbers) < alike.ALIKE
    assert judged(copy.facts(), short.facts()) == [("default", F)]
    two = replace(copy, report_no="L99-31337")
    assert judged(two.facts(), short.facts()) == []
    cut = replace(short, rows=short.rows[:1], lot="B7777-C")
    assert judged(cut.facts(), short.facts()) == []


def test_values_copied_into_a_report_of_other_days_are_left_to_a_person():
    several = replace(FIRST, rows=FIRST.rows[:12])
    copy = replace(
        several, lot="B7777-C", report_no="L99-31337", days=("2026-09-09", *FIRST.days[1:])
    )
    assert alike.NEAR <= alike.likeness(copy.numbers, several.numbers) < alike.ALIKE
    assert judged(copy.facts(), several.facts()) == [("values", D)]


def test_few_numbers_are_compared_with_nothing():
    short = replace(FIRST, rows=FIRST.rows[:1], days=(), telephone="", sample="")
    assert len(short.numbers) < 12
    bare = replace(short, rows=())
    assert judged(replace(bare, lot="B7777-C").facts(), bare.facts()) == []


def test_rejected_reading_of_a_lot_is_left_to_a_person():
    known = AlikeReport(
        "a", "b" * 64, "Northmere Analytical", "X-1", "ZZ-1", 990, ("7",), "", 8, 8, 20
    )
    unclear = facts({"lot": "MO-2609-B"}, confidence=40, alike_reports=(known,))
    assert [f.variant for f in checks_alike.answers(unclear)] == ["unclear"]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.045])
def test_documents_alike_at_950_share_a_mark(share):
    """Never missed; the module says why it hardly can be."""
    for place in range(400):
        report = honest(place, measured=place % 25)
        numbers = altered(report, share, seed=place)
        if alike.likeness(numbers, report.numbers) >= alike.ALIKE:
            kept = alike.marks(alike.runs(report.numbers), {})
            assert set(kept) & set(alike.runs(numbers))


@given(st.lists(st.from_regex(r"[0-9]{1,4}", fullmatch=True), max_size=60))
def test_likeness_and_runs_hold_for_any_numbers(numbers):
    assert alike.likeness(numbers, numbers) == (1000 if len(numbers) >= 10 else 0)
    assert list(alike.runs(numbers)) == sorted(set(alike.runs(numbers)))
    assert len(alike.marks(alike.runs(numbers), {})) <= alike.MARKS


@pytest.mark.parametrize(
    ("results", "values"),
    [
        (["5.52", "0.0830 mg/kg", "12,400", "99,5 %"], ("5.52", "0.0830", "12.400", "99.5")),
        (["12.3 \u00b1 0.4", "-1.25"], ("12.3", "1.25")),
        (["ND", "< 0.05", "<LOQ", "10", "0.3", "Conforms", "", "1000"], ()),
    ],
)
def test_measured_values_that_tell(results, values):
    assert alike.telling(results) == values
