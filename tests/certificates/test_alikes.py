"""Are documents with nearly the same numbers found on file, without reading all that is there?"""

from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from shop.assay.certificates import alike
from shop.assay.certificates.facts import FileFacts
from shop.certificates import alikes, gather, service, storing
from shop.certificates.models import NumberBand, Status
from shop.certificates.reader.wire import Reading
from shop.plumbing.db import db
from shop.plumbing.jobs import Job
from tests.certificates import stocking
from tests.certificates.factories import AT, receive
from tests.certificates.series import honest

REPORT = honest(1, measured=8)
COPY = replace(REPORT, lot="B7777-C")


def put(tmp_path, report, name="", *, is_read=True):
    """The report on file, as if its document had been read."""
    received = receive(tmp_path, b"%PDF-1.7 " + repr((report, name)).encode()).certificate
    if is_read:
        read(received, report)
    return received


def read(certificate, report):
    known = report.facts()
    reading = Reading(
        file=FileFacts(sha256="", size=0, page_count=1, pages_read=1, text_sha256="e" * 64),
        kind=known.kind,
        fields=known.fields,
        results=known.results,
        inside=known.inside,
    )
    storing.finish(certificate.public_id, reading, {})


def found(certificate):
    return [report.public_id for report in alikes.find(certificate)]


def bands():
    return db.session.scalar(select(func.count()).select_from(NumberBand))


def keys():
    return [job.key for job in db.session.scalars(select(Job))]


def test_copy_finds_the_report_that_it_was_made_from(app, tmp_path):
    first, copy = put(tmp_path, REPORT), put(tmp_path, COPY)

    (report,) = alikes.find(copy)
    assert (report.public_id, report.report_no, report.lot) == (
        first.public_id,
        REPORT.report_no,
        REPORT.lot,
    )
    assert report.alike >= alike.ALIKE
    assert report.differing == ("7777",)
    assert (report.values, report.same_values) == (8, 8)
    assert gather.facts(copy.public_id).alike_reports == (report,)
    assert found(first) == []  # only earlier documents are named


def test_honest_series_finds_nothing(app, tmp_path):
    series = [put(tmp_path, honest(place, measured=8, laboratory=7)) for place in range(20)]
    assert [found(certificate) for certificate in series] == [[]] * 20


def test_rejected_report_is_none_to_compare_with_and_its_copies_are_judged_anew(app, tmp_path):
    first, copy = put(tmp_path, REPORT), put(tmp_path, COPY)
    db.session.query(Job).delete()

    service.set_status(first, Status.REJECTED, at=AT)

    assert found(copy) == []
    assert any(copy.public_id in key for key in keys())


def test_later_document_that_was_read_first_is_judged_anew(app, tmp_path):
    first = put(tmp_path, REPORT, is_read=False)
    copy = put(tmp_path, COPY)
    assert found(copy) == []
    db.session.query(Job).delete()

    read(first, REPORT)

    assert found(copy) == [first.public_id]
    assert any(copy.public_id in key for key in keys())


def test_reading_again_keeps_each_run_once(app, tmp_path):
    first = put(tmp_path, REPORT)
    count = bands()
    service.read_again(first, at=AT)
    read(first, REPORT)
    assert bands() == count == alike.MARKS


def test_what_staff_corrected_is_compared(app, tmp_path):
    first, copy = put(tmp_path, REPORT), put(tmp_path, COPY)
    service.correct_field(first, "lot", "XX-1", staff="staff23456789abc", at=AT)
    (report,) = alikes.find(copy)
    assert report.lot == "XX-1"


def test_document_without_numbers_is_kept_under_nothing(app, tmp_path):
    bare = replace(REPORT, rows=(), days=(), telephone="", sample="")
    certificate = put(tmp_path, bare)
    assert bands() == 0
    assert found(certificate) == []


@pytest.mark.parametrize("on_file", [3, 60])
def test_search_takes_a_handful_of_statements_however_much_is_on_file(app, tmp_path, on_file):
    """And meets no more rows than its bound, with one laboratory's template on all of them."""
    for place in range(on_file):
        put(tmp_path, honest(place, measured=8, laboratory=7))
    copy = put(tmp_path, replace(honest(0, measured=8, laboratory=7), lot="B7777-C"))
    statements = []

    def count(*execution):
        statements.append(execution[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert len(found(copy)) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 4 + alike.COMPARED
    bearers = select(func.count(NumberBand.id)).group_by(NumberBand.value)
    assert max(db.session.scalars(bearers)) <= alike.RARE


def test_stock_in_bulk_is_as_reading_each_would_leave_it(app, tmp_path):
    stocking.fill(30)
    copy = put(tmp_path, replace(honest(17), lot="B7777-C"))
    (report, *_) = alikes.find(copy)
    assert (report.report_no, report.alike >= alike.ALIKE) == (honest(17).report_no, True)
    before = bands()
    stocking.fill(5, start=30)
    assert bands() > before
