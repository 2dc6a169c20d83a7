"""Uploading certificates: many at once, each with its own result, and where each stands then."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from shop.accounts.service import Role
from shop.assay.certificates.facts import FileFacts, Problem
from shop.certificates import laboratories, progress, service, storing
from shop.certificates.models import Certificate
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from shop.staff import subjects
from tests.assay.certificates.builders import field
from tests.certificates.factories import make_lot, make_reading
from tests.staff.sending import PDF, send, upload

STATES = "/staff/certificates/states"


@pytest.fixture
def lot(app):
    with transaction():
        laboratories.add_laboratory("Northmere Analytical")
        return make_lot()


def test_several_files_come_in_at_once_each_with_its_row(lot, editor):
    answer = upload(editor, ("one.pdf", PDF), ("two.pdf", b"%PDF-1.7 two"), lot="mo 2609 b")

    page = editor.get(answer.location)
    assert "2 files received." in page.text
    assert page.text.count("Waiting to be read") == 2
    assert "place 1 in line" in page.text
    assert "place 2 in line" in page.text
    assert page.headers["Refresh"]  # for browsers without scripts
    assert "MO-2609-B" in page.text
    found = service.recent()
    assert {each.filename for each in found} == {"one.pdf", "two.pdf"}
    assert {each.uploaded_by for each in found} == {editor.staff_id}
    assert {each.lot_id for each in found} == {lot.id}


def test_one_bad_file_does_not_stop_the_others(lot, editor):
    answer = upload(
        editor, ("good.pdf", PDF), ("empty.pdf", b""), ("page.docx", b"PK\x03\x04"), lot="MO-2609-B"
    )

    assert answer.status_code == 422
    assert "empty.pdf: The selected file is empty." in answer.text
    assert "page.docx: The selected file must be a PDF" in answer.text
    assert [each.filename for each in service.recent()] == ["good.pdf"]
    assert 'value="MO-2609-B"' in answer.text


def test_same_file_again_is_the_same_document(lot, editor):
    upload(editor, ("one.pdf", PDF))
    again = upload(editor, ("other name.pdf", PDF))

    assert again.status_code == 303
    assert len(service.recent()) == 1
    assert "1 file received, 1 known already." in editor.get(again.location).text


def test_known_file_that_somebody_else_sent_is_shown_with_its_page(lot, editor, sign_in):
    upload(sign_in(Role.EDITOR, "M. Oak"), ("one.pdf", PDF))
    page = editor.get(upload(editor, ("my copy.pdf", PDF)).location).text

    sent = page[page.index("Sent by you today") : page.index("On record")]
    assert f"/staff/certificates/{service.recent()[0].public_id}" in sent


@pytest.mark.parametrize(
    ("files", "fields", "message"),
    [
        ((), {}, "Choose at least one file."),
        ((("a.pdf", PDF),), {"lot": "NO-SUCH"}, "We have no lot NO-SUCH."),
        (((("a.pdf", PDF),) * 201), {}, "Choose at most 200 files at a time."),
    ],
)
def test_form_that_will_not_do_takes_nothing(lot, editor, files, fields, message):
    answer = upload(editor, *files, **fields)

    assert answer.status_code == 422
    assert message in answer.text
    assert service.recent() == []


def test_lot_code_of_two_products_becomes_a_choice(lot, editor):
    with transaction():
        other = make_lot(name="Clay Mask", brand="Nightjar").public_id
    asked = upload(editor, ("a.pdf", PDF), lot="MO-2609-B")
    assert asked.status_code == 422
    assert "Nightjar · Clay Mask" in asked.text

    upload(editor, ("a.pdf", PDF), lot="MO-2609-B", lot_id=other)
    assert service.recent()[0].lot.public_id == other


@pytest.mark.parametrize(
    ("content", "status", "line"),
    [
        (PDF, 201, "Received. We are reading it."),
        (b"", 422, "The selected file is empty."),
        (b"no report", 422, "The selected file must be a PDF. Ask the laboratory for its PDF."),
    ],
)
def test_upload_by_script_is_answered_in_one_plain_line(lot, editor, content, status, line):
    answer = send(editor, content)

    assert (answer.status_code, answer.text) == (status, line)
    assert answer.content_type == "text/plain; charset=utf-8"
    if status == 201:
        assert editor.get(answer.headers["Content-Location"]).status_code == 200


def test_upload_by_script_of_a_known_file_says_so(lot, editor):
    upload(editor, ("one.pdf", PDF))
    answer = send(editor)

    assert (answer.status_code, answer.text) == (200, "We have this very file already.")


def test_wrong_lot_is_said_of_the_lot_and_not_of_the_file(lot, editor):
    answer = send(editor, lot="NO-SUCH")

    assert answer.status_code == 422
    assert answer.headers["Assay-Field"] == "lot"
    assert "Assay-Field" not in send(editor, b"").headers


def test_lot_code_in_the_address_becomes_a_choice_where_several_have_it(lot, editor):
    with transaction():
        make_lot(name="Clay Mask", brand="Nightjar")
    page = editor.get("/staff/certificates?lot=MO-2609-B")

    assert page.status_code == 200
    assert "Nightjar · Clay Mask" in page.text


def test_disk_that_is_full_is_said_of_each_file_and_asked_to_try_later(lot, editor, monkeypatch):
    def full(_store, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BlobStore, "put", full)
    answer = upload(editor, ("one.pdf", PDF), ("two.pdf", b"%PDF-1.7 two"))
    assert answer.status_code == 422
    for name in ("one.pdf", "two.pdf"):
        assert f"{name}: The file could not be stored because the disk is full" in answer.text
    by_script = send(editor)
    assert (by_script.status_code, by_script.headers["Retry-After"]) == (503, "30")
    assert "the disk is full" in by_script.text
    assert service.recent() == []


def finish(certificate, reading):
    with transaction():
        storing.finish(certificate.public_id, reading, {})
    with transaction():
        inspections.inspect(subjects.of_certificate(certificate), at=clock.now())


def states_of(browser, *certificates):
    ids = ".".join(each.public_id for each in certificates)
    return browser.get(f"{STATES}?ids={ids}").json


def refused():
    problem = Problem("certificate.file_password")
    return replace(make_reading(), file=FileFacts(sha256="", size=0, problems=(problem,)))


def unsure():
    lot_read = field("lot", "MO-2609-B", confidence=50)
    return replace(make_reading(), fields=(lot_read, field("report_no", "NM-1")))


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (make_reading, ("ready", "1 to look at", "8 of 8 fields read")),
        (unsure, ("ready", "1 field unsure", "2 of 2 fields read")),
        (lambda: make_reading({"lot": "MO-9999-Z"}), ("ready", "1 failed", "8 of 8 fields read")),
        (refused, ("refused", "File not opened", "password")),
    ],
)
def test_row_says_what_was_read_and_found(lot, editor, reading, told):
    kind, title, meta = told
    upload(editor, ("one.pdf", PDF), lot="MO-2609-B")
    (certificate,) = service.recent()
    finish(certificate, reading())

    (row,) = states_of(editor, certificate)["files"]
    assert (row["kind"], row["state"]["title"]) == (kind, title)
    assert meta in row["meta"]
    assert title in editor.get("/staff/certificates").text


def test_line_says_who_is_read_and_who_waits(lot, editor):
    upload(editor, *((f"{each}.pdf", b"%PDF-1.7 " + each.encode()) for each in "abc"))
    first = db.session.scalars(db.select(Certificate).order_by(Certificate.id)).first()
    with transaction():
        storing.begin(first.public_id)

    told = states_of(editor, *service.recent())
    assert told["line"] == "1 file is being read, 2 wait."
    assert [row["state"]["title"] for row in told["files"]] == [
        "Waiting to be read",
        "Waiting to be read",
        "Being read",
    ]
    assert "place 2 in line" in told["files"][0]["meta"]
    queue = editor.get("/staff").text
    assert "1 file is being read, 2 wait." in queue
    assert "a.pdf" in queue


def test_reader_killed_in_the_middle_is_told_and_nothing_is_lost(lot, editor):
    upload(editor, ("one.pdf", PDF))
    (certificate,) = service.recent()
    with transaction():
        storing.begin(certificate.public_id)
        certificate.status_at = clock.now() - timedelta(minutes=3)

    (row,) = states_of(editor, certificate)["files"]
    assert "the reader was interrupted; another begins by itself" in row["meta"]
    assert row["kind"] == "waiting"
    page = editor.get(f"/staff/certificates/{certificate.public_id}").text
    assert "another begins by itself within minutes" in page


def test_worker_that_does_nothing_is_asked_for(lot, editor):
    upload(editor, ("one.pdf", PDF))
    (certificate,) = service.recent()
    assert "worker" not in states_of(editor)["line"]
    with transaction():
        db.session.get(Certificate, certificate.id).status_at -= timedelta(minutes=4)

    assert "None was begun for 4 min: is the worker running?" in states_of(editor)["line"]


def test_states_that_did_not_change_are_not_sent_again(lot, editor):
    upload(editor, ("one.pdf", PDF))
    (certificate,) = service.recent()
    address = f"{STATES}?ids={certificate.public_id}"
    etag = editor.get(address).headers["ETag"]

    assert editor.get(address, headers={"If-None-Match": etag}).status_code == 304
    finish(certificate, make_reading())
    assert editor.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_states_of_what_is_none_are_empty(editor):
    assert editor.get(f"{STATES}?ids=no.such.{'x' * 500}").json == {"files": [], "line": ""}


def test_digest_tells_whether_the_bytes_are_here_already(lot, editor):
    address = f"/staff/certificates/by-digest/{hashlib.sha256(PDF).hexdigest()}"
    assert editor.get(address).json == {"file": None}
    upload(editor, ("one.pdf", PDF))
    (certificate,) = service.recent()
    assert editor.get(address).json == {"file": {"id": certificate.public_id, "is_filed": False}}
    upload(editor, ("one.pdf", PDF), lot="MO-2609-B")
    assert editor.get(address).json["file"]["is_filed"]
    assert editor.get("/staff/certificates/by-digest/nonsense").status_code == 404


def test_fields_that_staff_wrote_count_as_certain_and_struck_ones_not_at_all(lot, editor):
    upload(editor, ("one.pdf", PDF))
    (certificate,) = service.recent()
    finish(certificate, unsure())
    assert progress.counted([certificate.public_id])[certificate.public_id].unsure == 1
    there = f"/staff/certificates/{certificate.public_id}/fields"
    editor.post(there, {"name": "lot", "value": "MO-2609-B"})
    editor.post(there, {"name": "report_no", "value": ""})

    counted = progress.counted([certificate.public_id])[certificate.public_id]
    assert (counted.printed, counted.read, counted.unsure) == (1, 1, 0)


def test_yesterdays_files_are_on_record_and_not_among_todays(lot, editor):
    upload(editor, ("one.pdf", PDF))
    with transaction():
        service.recent()[0].uploaded_at -= timedelta(days=1)

    page = editor.get("/staff/certificates").text
    assert page.index("On record") < page.index("one.pdf")


def test_two_hundred_files_are_listed_in_a_few_statements(lot, editor):
    with transaction():
        db.session.add_all(
            Certificate(
                file_sha256=f"{each:064x}",
                filename=f"{each}.pdf",
                size=1,
                uploaded_by=editor.staff_id,
                codes=[],
                problems=[],
            )
            for each in range(200)
        )
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    page = editor.get("/staff/certificates")
    event.remove(db.engine, "before_cursor_execute", note)

    assert page.text.count("Waiting to be read") == 200
    assert len(sent) <= 20
