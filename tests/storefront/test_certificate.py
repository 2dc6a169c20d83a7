from shop.assay.certificates.facts import FieldName, FileFacts, Problem
from shop.certificates import service as certificates
from shop.certificates import storing
from shop.certificates.reader.wire import Reading
from shop.plumbing.db import transaction
from tests.certificates.factories import receive
from tests.storefront.scenes import AT, make_serum, publish_certificate


def test_certificate_shows_page_boxes_findings_and_results(visitor, tmp_path):
    certificate = make_serum(tmp_path)

    page = visitor.open(f"/certificates/{certificate.public_id}")

    assert "Certificate NM-26-10417" in page.text
    assert 'id="box-1"' in page.html
    assert "#box-1" in page.links
    assert "is the lot we ship." in page.text
    assert "Lead (Pb)" in page.text
    assert "It never shows that a product works." in page.text
    assert "/ledger/0" in page.links


def test_certificate_gives_the_reason_of_whoever_decided(visitor, tmp_path):
    certificate = make_serum(tmp_path)

    text = visitor.open(f"/certificates/{certificate.public_id}").text

    assert "Reason given: “Compared with the label.”" in text
    assert "A person compares every report" not in text


def test_file_that_was_not_opened_is_not_said_to_contradict_anything(visitor, tmp_path):
    locked = FileFacts(sha256="", size=9, problems=(Problem("certificate.file_password"),))
    with transaction():
        certificate = receive(tmp_path).certificate
        storing.finish(certificate.public_id, Reading(file=locked), {})
        publish_certificate(certificate.public_id, is_approved=False)

    text = visitor.open(f"/certificates/{certificate.public_id}").text

    assert "File not opened" in text
    assert "We do not show this file" in text
    assert "does not match" not in text


def test_page_is_a_picture_kept_for_good(client, tmp_path):
    certificate = make_serum(tmp_path)

    answer = client.get(f"/certificates/{certificate.public_id}/pages/1.webp")

    assert answer.status_code == 200
    assert answer.content_type == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/certificates/{certificate.public_id}/pages/2.webp").status_code == 404
    answer.close()


def test_file_is_only_ever_an_attachment_in_a_sandbox(client, tmp_path):
    certificate = make_serum(tmp_path)

    answer = client.get(f"/certificates/{certificate.public_id}/original.pdf")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data.endswith(b"%PDF-1.7")
    answer.close()


def test_unread_file_is_not_given_out(client, visitor, tmp_path):
    with transaction():
        certificate = receive(tmp_path).certificate

    page = visitor.open(f"/certificates/{certificate.public_id}")

    assert "We have the file and are reading it" in page.text
    assert client.get(f"/certificates/{certificate.public_id}/original.pdf").status_code == 404


def test_correction_stands_beside_what_was_read_with_its_date(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    with transaction():
        again = certificates.by_public_id(certificate.public_id)
        certificates.correct_field(
            again, FieldName.LOT, "MO-2609-B", staff="reviewer23456789", at=AT
        )
        publish_certificate(certificate.public_id)

    text = visitor.open(f"/certificates/{certificate.public_id}").text

    assert "Corrected by us on 22 Nov 2026" in text.replace("\xa0", " ")
    assert "reviewer23456789" not in text
