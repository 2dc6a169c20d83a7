from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay import policy
from shop.assay.certificates import checks, checks_file
from shop.assay.certificates.facts import Expected, Kind, KnownReport, Problem, Source
from shop.assay.certificates.inside import Inside
from shop.assay.vocabulary import Decision, Outcome, Severity
from tests.assay.certificates.builders import ACCREDITED, EXPECTED, FILE, PRINTED, facts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OTHER = KnownReport("other", "c" * 64, "d" * 64, is_amendment=False)
P, F, D, N = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE, Outcome.NOT_APPLICABLE


def said(some_facts, *, at=NOW):
    return {finding.rule.code.split(".")[1]: finding for finding in checks.judge(some_facts, at=at)}


def test_good_certificate_waits_for_a_person_and_for_nothing_else():
    found = said(facts(laboratory=ACCREDITED))

    outcomes = {code: finding.outcome for code, finding in found.items()}
    assert {code: outcome for code, outcome in outcomes.items() if outcome is not N} == {
        "lot_matches": P,
        "product_matches": P,
        "lab_known": P,
        "lab_accredited": P,
        "results_found": P,
        "results_within": P,
        "report_unique": P,
        "dates_ok": P,
        "needs_person": D,
    }
    assert policy.overall(found.values()) is D


def test_approval_passes_a_good_certificate_without_a_note():
    findings = checks.judge(facts(laboratory=ACCREDITED), at=NOW)
    approval = Decision(P, "staff", NOW, frozenset({"certificate.needs_person"}), "Compared.")

    assert policy.overall(findings, approval) is P
    assert policy.mark(P, findings, approval) is policy.Mark.OK


@pytest.mark.parametrize(
    ("printed", "expected", "code", "outcome"),
    [
        ("MO-2609-B", "MO-2609-B", "lot_matches", P),
        ("mo 2609 b", "MO-2609-B", "lot_matches", P),  # how a clerk writes it
        ("\uff2d\uff2f-2609-B", "MO-2609-B", "lot_matches", P),  # full-width letters
        ("MO\u20112609\u2011B", "MO-2609-B", "lot_matches", P),  # hyphens that do not break
        ("M0-2609-B", "MO-2609-B", "lot_mismatch", D),  # a zero for an O: a person looks
        ("MO-26O9-8", "MO-2609-B", "lot_mismatch", D),
        ("\u041cO-2609-B", "MO-2609-B", "lot_mismatch", F),  # a Cyrillic M is another letter
        ("MO-2609-C", "MO-2609-B", "lot_mismatch", F),
        ("MO-2609", "MO-2609-B", "lot_mismatch", F),
        ("MO-2609-B1", "MO-2609-B", "lot_mismatch", F),
        ("L2609", "2609", "lot_mismatch", D),  # packs print an L before it, by law
        ("Lot 00452", "452", "lot_mismatch", D),
        ("L2610", "2609", "lot_mismatch", F),
        ("MO-2609-A, MO-2609-B", "MO-2609-B", "lot_mismatch", D),  # it is one of them
        ("MO-2609-A, MO-2609-C", "MO-2609-B", "lot_mismatch", F),
        (None, "MO-2609-B", "lot_missing", F),
        ("", "MO-2609-B", "lot_missing", F),
        ("---", "MO-2609-B", "lot_missing", F),  # no letter and no digit is no lot
        ("MO-2609-B", "", "lot_unfiled", D),
        ("MO-2609-B", "--", "lot_unfiled", D),
    ],
)
def test_lot(printed, expected, code, outcome):
    found = said(facts({"lot": printed}, expected=replace(EXPECTED, lot=expected)))

    lots = {name: finding.outcome for name, finding in found.items() if name.startswith("lot_")}
    assert lots == {code: outcome}


@pytest.mark.parametrize(
    ("printed", "numbers", "code", "variant"),
    [
        ({"lot": None}, (), "lot_missing", "default"),
        ({"lot": None}, ("10417", "50"), "lot_missing", "default"),
        ({"lot": None}, ("10417", "2609"), "lot_missing", "digits"),  # our reading may miss it
        ({"lot": None, "product": "Serum, lot MO-2609-B"}, (), "lot_missing", "elsewhere"),
        ({"lot": "QC-7", "sample_id": "MO-2609-B"}, (), "lot_mismatch", "elsewhere"),
        ({"lot": "QC-7", "sample_id": "MO-2610-B"}, (), "lot_mismatch", "default"),
    ],
)
def test_lot_that_stands_elsewhere_is_left_to_a_person(printed, numbers, code, variant):
    found = said(facts(printed, inside=Inside(numbers=numbers)))[code]
    assert (found.variant, found.outcome) == (variant, F if variant == "default" else D)


def test_unclear_lot_is_left_to_a_person():
    found = said(facts({"lot": "MO-2611-C"}, confidence=59))["lot_mismatch"]
    assert (found.variant, found.outcome) == ("unclear", D)
    assert said(facts({"lot": "MO-2611-C"}, confidence=60))["lot_mismatch"].outcome is F


def test_missing_lot_on_a_page_that_we_cannot_read_is_no_failure():
    unread = facts({"lot": None}, file=replace(FILE, unreadable_pages=(2,)))
    assert said(unread)["lot_missing"].outcome is D


def test_certificate_without_a_product_compares_none():
    found = said(facts(expected=None))
    assert "lot_unfiled" in found
    assert not {"product_matches", "product_mismatch"} & set(found)


@pytest.mark.parametrize(
    ("printed", "listed", "variant", "outcome"),
    [
        ("Rosemary Scalp Serum 50 ml", "Rosemary Scalp Serum", "default", P),
        ("MAREN & OAK - SCALP SERUM, ROSEMARY", "Rosemary Scalp Serum", "default", P),
        ("Rosemarv Scalp Serum", "Rosemary Scalp Serum", "default", P),  # misread by OCR
        ("S\u00e9rum Scalp Rosemary", "Rosemary Scalp Serum", "default", P),
        ("Scalp Serum", "Rosemary Scalp Serum", "partly", D),
        ("Oat Milk Gentle Shampoo", "Rosemary Scalp Serum", "default", F),
        ("Serum", "Rosemary Scalp Serum", "partly", D),  # says less, and nothing else
        ("Finished product 3", "Rosemary Scalp Serum", "partly", D),
        ("Lavender Serum", "Rosemary Scalp Serum", "default", F),
        ("Rosemary Scalp Serum 30 ml", "Rosemary Scalp Serum", "size", D),
        ("Rosemary Scalp Serum 50ML", "Rosemary Scalp Serum", "default", P),
        ("Maren & Oak", "Maren & Oak", "default", P),  # a product named like its brand
        ("", "Rosemary Scalp Serum", "missing", D),
        (None, "Rosemary Scalp Serum", "missing", D),
    ],
)
def test_product(printed, listed, variant, outcome):
    found = said(facts({"product": printed}, expected=replace(EXPECTED, product=listed)))
    (finding,) = (found[code] for code in found if code.startswith("product_m"))
    assert (finding.variant, finding.outcome) == (variant, outcome)


@pytest.mark.parametrize(
    ("printed", "code", "outcome"),
    [
        ("00012345678905", "product_matches", P),
        ("12345678905", "product_matches", P),
        ("10012345678902", "product_mismatch", D),  # a case of them
        ("00036000291452", "product_mismatch", F),
    ],
)
def test_printed_gtin_decides_over_the_name(printed, code, outcome):
    expected = replace(EXPECTED, gtin="00012345678905")
    found = said(facts({"gtin": printed, "product": "Something else"}, expected=expected))
    assert found[code].outcome is outcome
    assert found[code].variant in {"gtin", "package"}


def test_product_named_in_another_language_is_left_to_a_person():
    printed = {"product": "Rosmarin-Kopfhautpflege"}
    assert said(facts(printed, language="de"))["product_mismatch"].variant == "language"
    assert said(facts(printed, language="en"))["product_mismatch"].outcome is F


def test_unclear_name_of_another_product_is_left_to_a_person():
    found = said(facts({"product": "Oat Milk Shampoo"}, confidence=40))["product_mismatch"]
    assert (found.variant, found.outcome) == ("unclear", D)


@pytest.mark.parametrize(
    ("known", "printed", "code"),
    [
        ((), {}, "report_unique"),
        ((OTHER,), {}, "report_reused"),
        ((replace(OTHER, text_sha256=FILE.text_sha256),), {}, "report_unique"),  # saved again
        ((replace(OTHER, is_amendment=True),), {}, "report_unique"),
        ((OTHER,), {"amends": "NM-26-10417"}, "report_unique"),
        ((OTHER,), {"report_rev": "2"}, "report_unique"),
        ((OTHER,), {"report_no": None}, "report_number_missing"),
        ((), {"report_no": ""}, "report_number_missing"),
    ],
)
def test_report_number(known, printed, code):
    found = said(facts(printed, known_reports=known))
    assert {name for name in found if name.startswith("report_")} == {code}


def test_number_of_a_scan_is_not_called_reused():
    scan = replace(FILE, text_source=Source.OCR)
    assert said(facts(known_reports=(OTHER,), file=scan))["report_reused"].outcome is D
    scanned = replace(OTHER, is_from_picture=True)
    assert said(facts(known_reports=(scanned,)))["report_reused"].outcome is D
    assert said(facts(known_reports=(scanned, OTHER)))["report_reused"].outcome is F
    unsure = facts({"report_no": "NM-26-10417"}, confidence=50, known_reports=(OTHER,))
    assert said(unsure)["report_reused"].outcome is D


@pytest.mark.parametrize(
    ("printed", "record", "code", "variant"),
    [
        ("Northmere Analytical", True, "lab_known", "default"),
        ("Southmere Analytical", False, "lab_unknown", "default"),
        (None, False, "lab_unknown", "missing"),
        ("", False, "lab_unknown", "missing"),
    ],
)
def test_laboratory(printed, record, code, variant):
    some = facts({"lab_name_printed": printed})
    found = said(some if record else replace(some, laboratory=None))
    assert found[code].variant == variant


@pytest.mark.parametrize(
    ("kind", "has_results", "code", "outcome"),
    [
        (Kind.ANALYSIS, True, "results_found", P),
        (Kind.UNKNOWN, True, "results_found", P),
        (Kind.CONFORMITY, True, "results_found", P),  # "of conformity", and yet it reports tests
        (Kind.CONFORMITY, False, "not_a_coa", F),
        (Kind.DATA_SHEET, False, "not_a_coa", F),
        (Kind.SPECIFICATION, False, "not_a_coa", F),
        # it may be our reading
        (Kind.ANALYSIS, False, "not_a_coa", D),
        (Kind.UNKNOWN, False, "not_a_coa", D),
        (Kind.SPECIFICATION, True, "not_a_coa", D),  # with lot, number and day of the tests
    ],
)
def test_kind(kind, has_results, code, outcome):
    some = facts(kind=kind, title="A title")
    found = said(some if has_results else replace(some, results=()))
    assert found[code].outcome is outcome


@pytest.mark.parametrize(
    ("kind", "has_results"),
    [(Kind.UNKNOWN, False), (Kind.DATA_SHEET, True), (Kind.SPECIFICATION, True)],
)
def test_paper_without_lot_and_tests_is_no_report(kind, has_results):
    some = facts({"lot": None, "report_no": None, "date_tested": None}, kind=kind, title="A title")
    found = said(some if has_results else replace(some, results=()))
    assert found["not_a_coa"].outcome is F


def test_specimen_fails():
    found = said(facts(specimen_phrase="sample only"))["specimen"]
    assert found.outcome is F
    assert "sample only" in found.sentence
    assert "specimen" not in said(facts())


@pytest.mark.parametrize("rule", checks_file.REFUSALS, ids=lambda rule: rule.code)
def test_refused_file_says_why_and_nothing_else(rule):
    for variant in rule.wordings:
        details = {"bytes": "7", "limit": "9", "count": "8", "scheme": "file"}
        problem = Problem(rule.code, variant, details)
        refused = facts(file=replace(FILE, problems=(problem,)), is_read=False)
        found = checks.judge(refused, at=NOW)

        assert [finding.rule for finding in found] == [rule, checks.NEEDS_PERSON]
        assert found[0].severity is Severity.REFUSED
        assert found[0].sentence
        assert policy.overall(found) is F
        assert checks.changes_at(refused) == ()


def test_unread_document_is_neither_good_nor_bad():
    assert {code: f.outcome for code, f in said(facts(is_read=False)).items()} == {
        "not_read": D,
        "needs_person": D,
    }


def test_reader_that_failed_is_left_to_a_person():
    failed = facts(file=replace(FILE, problems=(Problem("certificate.reading_failed"),)))
    assert said(failed)["reading_failed"].outcome is D


@pytest.mark.parametrize(
    ("file", "code", "outcome"),
    [
        ({"is_restricted": True}, "file_permissions", N),
        ({"page_count": 12, "pages_read": 10}, "limit_read", N),
        ({"text_source": Source.OCR}, "text_unreliable", N),
        ({"unreadable_pages": (1, 3)}, "text_unreadable", D),
        ({"unreadable_pages": (1,), "is_ocr_missing": True}, "text_unreadable", D),
    ],
)
def test_notes_about_the_file(file, code, outcome):
    assert said(facts(file=replace(FILE, **file)))[code].outcome is outcome
    assert code not in said(facts())


@given(st.dictionaries(st.sampled_from(sorted(PRINTED)), st.text(max_size=30)))
def test_no_printed_text_breaks_the_judge(printed):
    found = checks.judge(facts(printed), at=NOW)
    assert all(finding.sentence for finding in found)
    assert policy.overall(found) is not P  # a person always stands between


def test_rules_are_each_named_once():
    codes = [rule.code for rule in checks.RULES]
    assert len(codes) == len(set(codes))


def test_expected_without_words_is_compared_with_nothing():
    nameless = Expected(product="", brand="", lot="MO-2609-B")
    assert not {"product_matches", "product_mismatch"} & set(said(facts(expected=nameless)))
