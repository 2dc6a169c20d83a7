"""The review page of one document: pages, values, findings, what changed, results, the file."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from shop.assay.certificates.facts import Code, FileFacts, Problem, Source
from shop.assay.certificates.inside import (
    Change,
    ChangeKind,
    DocumentLink,
    History,
    Inside,
    LinkKind,
    Metadata,
    Modification,
    Signature,
    Signatures,
)
from shop.certificates import laboratories, laboratory_retiring, service, storing
from shop.certificates.models import Certificate, CertificatePage
from shop.certificates.reader.wire import Preview
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.staff import subjects
from shop.web.context import current_shop
from tests.assay.certificates.builders import PRINTED, RESULT, field
from tests.certificates.factories import make_lot, make_reading
from tests.staff.sending import PDF, upload

CHANGED = Change(1, (200, 400, 300, 420), "0.08", "0.01", 1)


@pytest.fixture
def lot(app):
    with transaction():
        laboratories.add_laboratory("Northmere Analytical")
        return make_lot()


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 85), "white").save(buffer, "WEBP")
    return buffer.getvalue()


@pytest.fixture
def show(lot, editor):
    """Shows the page of a document of which the reader said this."""

    def read_and_show(reading, browser=editor):
        upload(editor, ("report.pdf", PDF), lot="MO-2609-B")
        (certificate,) = service.recent()
        store = current_shop().blobs
        previews = {(page.number, page.revision): store.put(picture()) for page in reading.previews}
        with transaction():
            storing.finish(certificate.public_id, reading, previews)
        with transaction():
            inspections.inspect(subjects.of_certificate(certificate), at=clock.now())
        return browser.get(f"/staff/certificates/{certificate.public_id}")

    return read_and_show


def of_pages(reading, *pages):
    """The reading with a preview of each page, as (number, revision)."""
    previews = tuple(Preview(number, 60, 85, "", revision=back) for number, back in pages)
    return replace(reading, previews=previews)


def plain(page):
    """The words of a page, as one line."""
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def test_unsure_and_corrected_values_are_marked_beside_what_was_read(show, editor):
    fields = (
        field("report_no", "NM-26-10417"),
        field("lot", "MO-2609-8", confidence=50),
        field("date_issued", "2026-10-03", raw="3 October 2026", source=Source.OCR),
        field("date_tested", "", raw="sometime"),
    )
    page = show(replace(make_reading(), fields=fields))

    said = plain(page)
    assert "2 fields unsure" in said
    assert "Unsure, 50%" in said
    assert "Not understood" in said
    assert "2026-10-03 Printed: 3 October 2026 From a scan" in said
    there = page.request.path
    for value in ("MO-2609-X", "MO-2609-B"):
        editor.post(f"{there}/fields", {"name": "lot", "value": value})
    assert "Read as MO-2609-8 . “MO-2609-X” by Editor Sato" in plain(editor.get(there))
    assert "Lot corrected to “ MO-2609-B ”" in plain(editor.get(there))


def test_each_value_leads_to_its_box_on_the_page(show):
    page = show(of_pages(make_reading(), (1, 0)))

    for number in range(1, len(PRINTED) + 1):
        assert f'href="#box-{number}"' in page.text
        assert f'id="box-{number}"' in page.text


def test_finding_stands_by_its_weight_with_both_values_and_a_cut_of_the_page(show):
    page = show(of_pages(make_reading({"lot": "MO-9999-Z"}), (1, 0)))

    said = plain(page)
    assert said.index("Failed 1") < said.index("Notes") < said.index("Passed (")
    assert "Expected MO-2609-B Found MO-9999-Z" in said
    assert 'aria-label="Cut from page 1"' in page.text
    key = re.search(r'href="#(place-A)"', page.text)[1]
    assert f'id="{key}"' in page.text


def test_changed_document_shows_before_and_after_with_the_places_boxed(show, editor):
    inside = Inside(history=History(1, is_appended=True, changes=(CHANGED,)))
    page = show(of_pages(make_reading(inside=inside), (1, 0), (1, 1)))

    said = plain(page)
    assert "Changed after it was exported" in said
    assert "1 Shows something else 0.08 0.01" in said
    assert 'id="before-1-1-1"' in page.text
    assert 'id="now-1-1-1"' in page.text
    earlier = re.search(r'href="([^"]*revision=1)"', page.text)[1]
    with editor.get(earlier) as preview:
        assert preview.content_type == "image/webp"
    assert editor.get(earlier.replace("revision=1", "revision=2")).status_code == 404
    assert editor.get(earlier.replace("revision=1", f"revision={'9' * 5000}")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ChangeKind.ADDED, "The page was not there."),
        (ChangeKind.REMOVED, "The page is not there, or has no preview."),
        (ChangeKind.MOVED, "The page stood at another place"),
        (ChangeKind.NOTE, "A note or form field was added"),
        (ChangeKind.COVER, "A note or form field lies over it"),
    ],
)
def test_changed_page_without_one_of_its_pictures_is_told(show, kind, told):
    change = replace(CHANGED, kind=kind, box=(0, 0, 1000, 1000))
    page = show(
        of_pages(make_reading(inside=Inside(history=History(1, changes=(change,)))), (1, 0))
    )

    assert page.status_code == 200
    assert told in plain(page)


def test_results_show_print_and_numbers_and_mark_what_contradicts(show):
    box = (100, 500, 900, 520)
    results = (
        replace(RESULT, group="Heavy metals", box=box),
        replace(RESULT, analyte="Arsenic", value="9 mg/kg", group="Heavy metals", loq="0.1"),
        replace(RESULT, analyte="Odour", spec="", value="Typical", verdict=""),
    )
    page = show(of_pages(make_reading(results=results), (1, 0)))

    said = plain(page)
    assert "Heavy metals" in said
    assert "Lead (Pb) ISO 21392 <= 2 mg/kg 0.08 mg/kg Pass Within".replace("<", "&lt;") in said
    assert "Arsenic LOQ 0.1" in said
    assert "Pass Outside Report says otherwise" in said
    assert "Odour ISO 21392 Typical No limit" in said
    assert 'href="#line-1"' in page.text
    assert 'id="line-1"' in page.text


def test_what_is_inside_the_file_is_shown_and_never_as_a_link(show):
    elsewhere = "https://elsewhere.example/r?<b>=1"
    signature = Signature(
        field="Sig1",
        signer="Northmere Analytical Ltd",
        certificate="c" * 64,
        chain=(),
        signed_at="2026-10-03T15:12:00+00:00",
        is_intact=True,
        is_valid=True,
        is_expired=True,
        covers_file=False,
        modification=Modification.OTHER,
    )
    inside = Inside(
        metadata=Metadata(producer="Writer 7", created="2026-10-03", tools=("Editor X",)),
        links=(DocumentLink(LinkKind.QR, elsewhere, "elsewhere.example", 1, None),),
        signatures=Signatures(1, "", (signature,)),
    )
    page = show(
        make_reading(inside=inside, codes=(Code("QRCode", "javascript:alert(1)", 1, None),))
    )

    said = plain(page)
    assert "Written by Writer 7" in said
    assert "Editor X" in said
    assert "Northmere Analytical Ltd , by its own account 3 Oct 2026, 15:12" in said
    assert "Covers a part of the file" in said
    assert "Its certificate did not hold on that day" in said
    assert "https://elsewhere.example/r?&lt;b&gt;=1" in page.text
    assert "javascript:alert(1)" in said
    for link in re.findall('href="([^"]*)"', page.text):
        assert "elsewhere" not in link
        assert "javascript" not in link


def test_history_tells_who_did_what(show, editor, reviewer):
    page = show(make_reading())
    there = page.request.path
    evidence = re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', reviewer.get(there).text)[1]
    sent = {"evidence": evidence, "outcome": "failed", "reason": "It is not theirs."}
    reviewer.post(f"{there}/decision", sent)

    said = plain(reviewer.get(there))
    history = said[said.index("History of this document") :]
    assert history.index("Decided: Reject") < history.index("Sent")
    for told in ("Editor Sato", "Reviewer Sato", "“It is not theirs.”", "Read", "Checked:"):
        assert told in history


def test_usual_note_is_offered_only_where_nothing_failed(show, reviewer):
    assert "data-usual" in show(make_reading(), reviewer).text


def test_no_usual_note_where_a_check_failed(show, reviewer):
    page = show(make_reading({"lot": "MO-9999-Z"}), reviewer)

    assert "data-usual" not in page.text
    assert "1 check failed: approving takes a second reviewer" in plain(page)
    assert 'accesskey="v"' in page.text


def test_level_of_evidence_says_what_it_does_not_prove(show):
    said = plain(show(make_reading()))

    assert "Level E0." in said
    assert "It does not prove that a laboratory issued it." in said


def test_file_that_the_reader_refused_says_why_and_offers_no_approval(show, reviewer):
    problem = Problem("certificate.file_password")
    refused = replace(make_reading(), file=FileFacts(sha256="", size=0, problems=(problem,)))
    page = show(replace(refused, fields=(), results=()), reviewer)

    said = plain(page)
    assert "Not opened" in said
    assert "No preview" in said
    assert "Nothing could be read." in said
    sent = {
        "evidence": re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', page.text)[1],
        "outcome": "passed",
        "reason": "Looks fine.",
    }
    answer = reviewer.post(f"{page.request.path}/decision", sent)
    assert answer.status_code == 422
    assert "This was never opened, so nobody can verify it." in answer.text


def test_laboratory_that_is_deleted_meanwhile_leaves_the_page_and_the_form_standing(show, reviewer):
    page = show(of_pages(make_reading(), (1, 0)), reviewer)
    there = page.request.path
    evidence = re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', page.text)[1]
    with transaction():
        (laboratory,) = laboratories.laboratories()
        laboratory_retiring.retire(
            laboratory, reason="Closed.", staff=reviewer.staff_id, at=clock.now()
        )
    assert reviewer.get(there).status_code == 200
    with transaction():  # the job that was rung for
        certificate = service.recent()[0]
        inspections.inspect(subjects.of_certificate(certificate), at=clock.now())

    assert reviewer.get(there).status_code == 200
    sent = {"evidence": evidence, "outcome": "passed", "reason": "Compared with its page."}
    answer = reviewer.post(f"{there}/decision", sent)
    assert answer.status_code == 422
    assert "The evidence changed while you were looking." in answer.text
    assert "Compared with its page." in answer.text


def test_superseded_document_leads_to_its_amendment(show, editor):
    page = show(make_reading())
    first = service.recent()[0].public_id
    upload(editor, ("amended.pdf", b"%PDF-1.7 two"))
    amendment = next(each for each in service.recent() if each.public_id != first)
    with transaction():
        row = db.session.scalar(db.select(Certificate).where(Certificate.public_id == first))
        row.superseded_by_id = amendment.id

    said = editor.get(page.request.path).text
    assert "Superseded by an amendment" in said
    assert f"/staff/certificates/{amendment.public_id}" in said


def test_page_of_an_odd_shape_is_drawn_all_the_same(show, editor):
    page = show(of_pages(make_reading({"lot": "MO-9999-Z"}), (1, 0)))
    with transaction():
        row = db.session.scalars(db.select(CertificatePage)).one()
        row.width, row.height = 0, 0

    assert editor.get(page.request.path).status_code == 200


def test_decided_document_leads_to_what_waits_next(show, editor, reviewer):
    page = show(make_reading(), reviewer)
    upload(editor, ("next.pdf", b"%PDF-1.7 next"), lot="MO-2609-B")
    following = next(each for each in service.recent() if each.filename == "next.pdf")
    with transaction():
        storing.finish(following.public_id, make_reading({"report_no": "NM-26-2"}), {})
    with transaction():
        inspections.inspect(subjects.of_certificate(following), at=clock.now())
    assert "Next in the queue" not in page.text
    evidence = re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', page.text)[1]
    sent = {"evidence": evidence, "outcome": "passed", "reason": "Compared with its page."}
    answer = reviewer.post(f"{page.request.path}/decision", sent)

    assert "Next in the queue: Certificate NM-26-2" in plain(reviewer.get(answer.location))
