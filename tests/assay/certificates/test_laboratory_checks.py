from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shop.assay.certificates import checks
from shop.assay.certificates.accreditation import scope_of
from shop.assay.certificates.facts import Result, Source
from shop.assay.certificates.inside import DocumentLink, Inside, LinkKind
from shop.assay.certificates.methods import is_covered, standards
from shop.assay.vocabulary import Outcome
from tests.assay.certificates.builders import (
    ACCREDITED,
    EXPECTED,
    LABORATORY,
    RESULT,
    SEEN,
    facts,
    field,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
P, F, D = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE
CODES = {"lab_accredited", "lab_not_accredited", "accreditation_expired", "scope_partial"}


def said(some_facts):
    found = checks.judge(some_facts, at=NOW)
    assert all(finding.sentence for finding in found)
    return {finding.rule.code.split(".")[1]: finding for finding in found}


def accredited(**changes):
    return replace(LABORATORY, accreditations=(replace(SEEN, **changes),))


@pytest.mark.parametrize(
    ("laboratory", "printed", "expected"),
    [
        (ACCREDITED, {}, {("lab_accredited", "default")}),
        (LABORATORY, {}, {("lab_not_accredited", "default")}),
        # a printed number alone proves nothing
        (LABORATORY, {"accreditation": "UKAS 4177"}, {("lab_not_accredited", "printed")}),
        (accredited(checked_on=None), {}, {("lab_not_accredited", "default")}),
        (accredited(is_active=False), {}, {("lab_not_accredited", "inactive")}),
        # to the day
        (accredited(valid_to=date(2026, 10, 2)), {}, {("lab_accredited", "default")}),
        (accredited(valid_to=date(2026, 10, 1)), {}, {("accreditation_expired", "default")}),
        (accredited(valid_from=date(2026, 10, 2)), {}, {("lab_accredited", "default")}),
        (accredited(valid_from=date(2026, 10, 3)), {}, {("lab_not_accredited", "later")}),
        (
            ACCREDITED,
            {"date_tested": None, "date_issued": None},
            {("lab_not_accredited", "undated")},
        ),
        (
            accredited(scope=()),
            {},
            {("lab_accredited", "default"), ("scope_partial", "unlisted")},
        ),
        (
            accredited(scope=("",)),
            {},
            {("lab_accredited", "default"), ("scope_partial", "unlisted")},
        ),
        (
            accredited(scope=("ISO 21149",)),
            {},
            {("lab_accredited", "default"), ("scope_partial", "default")},
        ),
        (None, {}, set()),  # of a laboratory not on record nothing is said but that
    ],
)
def test_accreditation_on_the_day_of_the_tests(laboratory, printed, expected):
    found = said(facts(printed, laboratory=laboratory))
    assert {(code, found[code].variant) for code in CODES & set(found)} == expected
    assert {found[code].outcome for code in CODES & set(found)} <= {P, D}


def test_of_several_accreditations_the_one_that_holds_counts():
    over = replace(SEEN, valid_to=date(2025, 1, 1), number="1")
    both = replace(LABORATORY, accreditations=(over, SEEN))
    found = said(facts(laboratory=both))
    assert found["lab_accredited"].details["number"] == "4177"
    assert "accreditation_expired" not in found


def test_results_are_divided_by_scope():
    outside = replace(RESULT, analyte="Caffeine", method="In-house SOP 12")
    unnamed = replace(RESULT, analyte="Color", method="")
    view = scope_of(facts(laboratory=ACCREDITED, results=(RESULT, outside, unnamed)))
    assert view.covered == (RESULT,)
    assert view.outside == (outside,)
    assert view.unnamed == (unnamed,)
    assert view.accreditations == (SEEN,)

    assert scope_of(facts(results=(RESULT,))).covered == ()


def test_report_whose_methods_are_unnamed_may_be_outside():
    found = said(facts(laboratory=ACCREDITED, results=(replace(RESULT, method=""),)))
    assert found["scope_partial"].variant == "unnamed"

    found = said(facts(laboratory=ACCREDITED, results=(RESULT, replace(RESULT, method=""))))
    assert "scope_partial" not in found


def result(method, analyte="Something", group=""):
    return Result(group, analyte, method, "", "", "", "", "1", "", 1, None)


@pytest.mark.parametrize(
    ("entry", "method", "is_inside"),
    [
        ("ISO 21149", "ISO 21149:2017", True),
        ("ISO 21149:2017+Amd 1:2022", "EN ISO 21149", True),
        ("DIN EN ISO 21149", "ISO 21149-2017", True),
        ("ISO 21149", "ISO 21150", False),
        ("ISO 2114", "ISO 21149", False),
        ("ISO 6579", "ISO 6579-1:2017", True),
        ("USP <61>", "USP 61", True),
        ("USP 43 <61>", "USP<61>", True),
        ("USP <61>, <62>", "USP chapter 62", True),
        ("USP <61>", "USP <71>", False),
        ("Ph. Eur. 2.6.12", "EP 2.6.12", True),
        ("Ph. Eur. 2.6.12", "Ph. Eur. 2.6.13", False),
        ("AOAC 991.14", "AOAC Official Method 991.14", True),
        ("EPA 6020", "EPA Method 6020B", True),
        ("ASTM D1298", "ASTM D1298-12", True),
        ("EN 14084", "ISO 14084", False),
        ("In-house method SOP-LAB-12 (HPLC)", "SOP-LAB-12", True),
        ("In-house method SOP-LAB-12", "SOP-LAB-13", False),
        ("ISO 21149", "HPLC", False),
        ("ISO 21149", "", False),
        ("", "ISO 21149", False),
    ],
)
def test_method_in_a_scope(entry, method, is_inside):
    assert is_covered(result(method), [entry]) is is_inside


@pytest.mark.parametrize(
    ("entry", "told", "is_inside"),
    [
        ("Microbiology of cosmetics", result("ISO 21149", "Total aerobic count"), True),
        ("Mikrobiologie kosmetischer Mittel", result("ISO 16212", "Hefen"), True),
        ("Microbiology of cosmetics", result("ISO 21392", "Lead (Pb)"), False),
        ("Elements by ICP-MS", result("ISO 21392", "Lead (Pb)", "Heavy metals"), True),
        ("Elements by ICP-MS", result("GC-MS", "Lead (Pb)"), False),
        ("pH", result("", "pH (10 %)"), True),
        ("pH", result("", "Phosphate"), False),
        ("Assay by HPLC", result("HPLC-UV", "Caffeine"), True),
        ("Assay by HPLC", result("GC-FID", "Linalool"), False),
        ("Cosmetics", result("ISO 21149", "Total count"), False),
    ],
)
def test_kind_of_test_in_a_scope(entry, told, is_inside):
    assert is_covered(told, [entry]) is is_inside


def test_year_and_adopting_bodies_are_no_part_of_a_standard():
    assert standards("DIN EN ISO 21149:2017-11") == {"iso 21149"}
    assert standards("see method 12") == frozenset()


def link(kind, host):
    return DocumentLink(kind, host, host, 1, None)


BRANDS = ("marenoak.example",)
MAIL, SITE = LinkKind.EMAIL, LinkKind.TEXT


@pytest.mark.parametrize(
    ("printed", "more", "variant"),
    [
        ({}, {}, None),
        ({"lab_name_printed": "Maren & Oak"}, {}, "default"),
        ({"lab_name_printed": "Maren & Oak Laboratories, Inc."}, {}, "default"),
        ({"lab_name_printed": "MAREN & OAK Quality Control"}, {}, "default"),
        ({"lab_name_printed": "Oak Analytical"}, {}, None),
        ({"lab_name_printed": "Maren Grove Analytical"}, {}, None),
        ({"brand": "Northmere"}, {}, "default"),
        ({"client": "Northmere Analytical Ltd"}, {}, "client"),
        ({"client": "Maren & Oak"}, {}, None),
        ({}, {"laboratory": replace(LABORATORY, domains=("lab.marenoak.example",))}, "domain"),
        ({}, {"laboratory": replace(LABORATORY, domains=("notmarenoak.example",))}, None),
        ({}, {"inside": Inside(links=(link(MAIL, "marenoak.example"),))}, "email"),
        # a report is addressed to the brand as well
        (
            {},
            {"inside": Inside(links=(link(MAIL, "marenoak.example"), link(SITE, "nm.example")))},
            None,
        ),
        ({}, {"inside": Inside(links=(link(SITE, "marenoak.example"),))}, None),
        ({}, {"expected": replace(EXPECTED, brand="Analytical Labs")}, None),  # names nobody
    ],
)
def test_independence(printed, more, variant):
    found = said(facts(printed, brand_domains=BRANDS, **more)).get("not_independent")
    assert (found and found.variant) == variant
    assert found is None or found.outcome is D


@pytest.mark.parametrize(
    ("name", "similar", "confidence", "variant", "outcome"),
    [
        ("Northmare Analytical", "Northmere Analytical", 95, "default", F),
        ("Northm\u0435re Analytical", "Northmere Analytical", 95, "default", F),
        ("Northmare Analytical", "Northmere Analytical", 50, "unclear", D),
        ("Medlab", "Medilab", 95, "near", D),
    ],
)
def test_laboratory_easily_taken_for_another(name, similar, confidence, variant, outcome):
    some = facts({"lab_name_printed": name}, confidence=confidence, laboratory=None)
    found = said(replace(some, similar_laboratory=similar))
    assert "lab_unknown" not in found
    finding = found["lab_lookalike"]
    assert (finding.variant, finding.outcome) == (variant, outcome)


def test_name_read_from_a_picture_imitates_nobody():
    read = field("lab_name_printed", "Northmare Analytical", source=Source.OCR)
    some = facts({"lab_name_printed": None}, laboratory=None)
    some = replace(some, fields=(*some.fields, read), similar_laboratory="Northmere Analytical")
    assert said(some)["lab_lookalike"].outcome is D


@pytest.mark.parametrize("similar", ["", "Eurofins Food Testing"])
def test_branch_is_only_unknown(similar):
    name = {"lab_name_printed": "Eurofins Consumer Product Testing GmbH"}
    found = said(facts(name, laboratory=None, similar_laboratory=similar))
    assert "lab_lookalike" not in found
    assert found["lab_unknown"].outcome is D
