"""The real reader on real files: each in a process of its own, and none of them in this one."""

import dataclasses
import shutil
import time

import pytest

from shop.assay.certificates import checks_file
from shop.assay.certificates.facts import CertificateFacts, FieldName, Kind, Source
from shop.certificates.reader import parent
from shop.certificates.reader.limits import DEFAULT, MEGABYTE
from tests.certificates import documents

JAVASCRIPT = {"/S": documents.Name.JavaScript, "/JS": documents.String("app.alert(1)")}
LAUNCH = {"/S": documents.Name.Launch, "/F": documents.String("calc.exe")}
SUBMIT = {"/S": documents.Name.SubmitForm, "/F": documents.String("https://a.example")}
REMOTE = {"/S": documents.Name.GoToR, "/F": documents.String("other.pdf"), "/D": 0}


@pytest.fixture(scope="module")
def good():
    return documents.certificate()


def values(reading):
    return {field.name: field.value for field in reading.fields}


def codes(reading):
    return [
        (problem.code.removeprefix("certificate."), problem.variant)
        for problem in reading.file.problems
    ]


def test_good_document_is_read(good):
    reading = parent.read(good)

    assert codes(reading) == []
    assert (reading.file.page_count, reading.file.text_source) == (1, Source.PDF)
    assert reading.kind is Kind.ANALYSIS
    found = values(reading)
    assert found[FieldName.REPORT_NO] == "NM-26-10417"
    assert found[FieldName.LOT] == "MO-2609-B"
    assert found[FieldName.PRODUCT] == "Rosemary Scalp Serum 50 ml"
    assert found[FieldName.LAB_NAME] == "Northmere Analytical"
    assert found[FieldName.DATE_TESTED] == "2026-10-02"
    assert found[FieldName.DATE_ISSUED] == "2026-10-03"
    assert found[FieldName.DATE_EXPIRES] == "2029-03"
    assert [(result.analyte, result.value) for result in reading.results] == [
        ("Total aerobic mesophilic count", "< 10 CFU/g"),
        ("Lead (Pb)", "0.08 mg/kg"),
        ("pH at 25 C", "5.2"),
    ]


def test_preview_is_a_webp_of_bounded_size(good):
    (page,) = parent.read(good).previews
    assert page.content[:4] == b"RIFF"
    assert page.content[8:12] == b"WEBP"
    assert max(page.width, page.height) <= DEFAULT.longest_side
    assert "MO-2609-B" in page.text


def test_document_is_read_from_a_path_too(good, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(good)
    assert parent.read(path) == parent.read(good)


def test_codes_on_the_page_are_read():
    (code,) = parent.read(documents.with_qr("https://northmere.example/verify/7H2K")).codes
    assert code.payload == "https://northmere.example/verify/7H2K"
    assert code.page == 1
    assert code.box is not None


@pytest.mark.parametrize(
    ("make", "code", "variant"),
    [
        (lambda: b"", "file_not_pdf", "default"),
        (lambda: b"PK\x03\x04 a word processor's file", "file_not_pdf", "default"),
        (lambda: documents.certificate()[:-200], "file_truncated", "default"),
        (lambda: documents.certificate()[:900], "file_truncated", "default"),
        (lambda: documents.certificate() + b"<html>hello</html>", "file_trailing_data", "default"),
        (lambda: b"\n" + documents.certificate(), "file_header_offset", "default"),
        (lambda: b"MZ" + bytes(60) + documents.certificate(), "file_polyglot", "default"),
        (documents.polyglot, "file_polyglot", "default"),
        (documents.wrong_table, "file_needs_repair", "default"),
        (lambda: b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n", "file_needs_repair", "default"),
        (lambda: documents.encrypted(user="secret"), "file_password", "default"),
        (lambda: documents.with_action(JAVASCRIPT), "active_content", "script"),
        (documents.with_nested_script, "active_content", "script"),
        (lambda: documents.with_action(LAUNCH), "active_content", "launch"),
        (lambda: documents.with_action(SUBMIT), "active_content", "submit"),
        (lambda: documents.with_action(REMOTE), "active_content", "other_file"),
        (documents.with_embedded_file, "active_content", "embedded_file"),
        (documents.with_xfa, "active_content", "form_program"),
        (lambda: documents.with_link("javascript:alert(1)"), "active_content", "link"),
        (lambda: documents.with_link(" JaVa\nScript:alert(1)"), "active_content", "link"),
        (lambda: documents.with_link("file:///etc/passwd"), "active_content", "link"),
        (lambda: documents.certificate(pages=51), "limit_pages", "default"),
        (lambda: documents.many_objects(200_000), "limit_objects", "default"),
        (documents.bomb, "limit_inflated", "default"),
        (documents.double_bomb, "limit_inflated", "default"),
        (documents.object_stream_bomb, "limit_inflated", "default"),
    ],
)
def test_file_is_refused_with_its_reason(make, code, variant):
    reading = parent.read(make())

    assert codes(reading) == [(code, variant)]
    assert reading.fields == ()
    assert reading.previews == ()
    (finding,) = checks_file.unread(CertificateFacts(file=reading.file, is_read=False))
    assert finding.sentence


def test_too_large_a_file_is_never_handed_on():
    small = dataclasses.replace(DEFAULT, file_bytes=MEGABYTE)
    assert codes(parent.read(b"%PDF-" + bytes(MEGABYTE), limits=small)) == [
        ("limit_size", "default")
    ]


def test_owner_password_alone_is_only_noted():
    reading = parent.read(documents.encrypted(user=""))
    assert codes(reading) == []
    assert reading.file.is_restricted
    assert values(reading)[FieldName.LOT] == "MO-2609-B"


@pytest.mark.parametrize(
    "address", ["https://northmere.example/v", "mailto:lab@northmere.example", "www.lab.example"]
)
def test_quiet_link_is_no_fault(address):
    assert codes(parent.read(documents.with_link(address))) == []


def test_long_document_is_read_in_part_and_says_so():
    reading = parent.read(documents.certificate(pages=12))
    assert (reading.file.page_count, reading.file.pages_read) == (12, 10)
    assert len(reading.previews) == 10


def test_scan_is_read_by_its_picture_or_left_to_a_person():
    """Either way is asserted: with tesseract the values, without it the honest blank."""
    reading = parent.read(documents.scanned())
    if shutil.which("tesseract"):
        assert reading.file.text_source is Source.OCR
        assert values(reading)[FieldName.LOT] == "MO-2609-B"
        assert values(reading)[FieldName.DATE_ISSUED] == "2026-10-03"
        assert len(reading.results) == 3
        assert all(field.source is Source.OCR for field in reading.fields)
    else:
        assert reading.file.is_ocr_missing
        assert reading.file.unreadable_pages == (1,)


def test_scan_without_tesseract_is_left_to_a_person(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = parent.read(documents.scanned())
    assert reading.file.is_ocr_missing
    assert reading.file.unreadable_pages == (1,)
    assert reading.fields == ()
    assert len(reading.previews) == 1  # a person can still look


def test_blank_page_is_not_called_unreadable():
    reading = parent.read(documents.with_blank_page())
    assert reading.file.unreadable_pages == ()
    assert reading.file.text_source is Source.PDF


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"cpu_seconds": 1}, "limit_time"),
        ({"wall_seconds": 1.5}, "limit_time"),
    ],
)
def test_slow_document_is_ended_and_named(limits, code):
    started = time.monotonic()
    reading = parent.read(documents.slow_drawing(), limits=dataclasses.replace(DEFAULT, **limits))
    assert codes(reading) == [(code, "default")]
    assert time.monotonic() - started < 15


def test_hungry_document_is_ended_and_named(good):
    little = dataclasses.replace(DEFAULT, memory_bytes=75 * MEGABYTE)
    assert codes(parent.read(good, limits=little)) == [("limit_memory", "default")]


def test_answer_beyond_its_size_is_dropped_and_named(good):
    little = dataclasses.replace(DEFAULT, answer_bytes=100)
    assert codes(parent.read(good, limits=little)) == [("limit_output", "default")]


def test_picture_that_was_not_drawn_for_want_of_memory_counts_as_unreadable():
    little = dataclasses.replace(DEFAULT, memory_bytes=200 * MEGABYTE)
    assert parent.read(documents.huge_picture(), limits=little).file.unreadable_pages == (1,)


def test_drawing_that_stops_the_library_does_not_take_this_process_along():
    reading = parent.read(documents.endless_drawing())
    assert codes(reading)[0][0] in {"limit_time", "limit_memory", "limit_crashed"}
