"""Asking the laboratory, at the desk: its page by a worker, its letter by hand, and back."""

import io

import pytest

from shop.accounts.service import Role
from shop.certificates import asking, confirming, gather, laboratories
from shop.plumbing import clock, jobs
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import transaction
from shop.web.context import current_shop
from tests.certificates.factories import make_certificate

URL = "https://northmere.example/v/1"


@pytest.fixture
def certificate(app, tmp_path, dns_server, web_server):
    dns_server.add("northmere.example", web_server.host)
    web_server.page(URL, b"<p>NM-26-10417 of lot MO-2609-B</p>")
    with transaction():
        laboratories.add_laboratory("Northmere Analytical", domains=["northmere.example"])
        return make_certificate(tmp_path, printed={"verify_url": URL})


@pytest.fixture
def there(certificate):
    return f"/staff/certificates/{certificate.public_id}/laboratory"


def only(certificate):
    (row,) = confirming.confirmations_of(certificate.id)
    return row


def test_page_is_fetched_by_a_worker_and_confirmed_by_a_reviewer(
    certificate, there, sign_in, outbound
):
    editor, reviewer = sign_in(Role.EDITOR), sign_in(Role.REVIEWER)
    assert f'value="{URL}"' in editor.get(there).text  # as it is printed on the report
    assert editor.post(f"{there}/page", {"url": URL}).status_code == 303
    waiting = editor.get(there)
    assert "A worker fetches the page" in waiting.text
    assert waiting.headers["Refresh"] == "3"
    one = f"{there}/{only(certificate).public_id}"
    assert reviewer.post(f"{one}/seen").status_code == 409  # nothing is there to be seen

    blobs = current_shop().blobs
    assert jobs.run_due(asking.handlers(outbound, BlobStore(blobs.root))) == 1

    page = reviewer.get(one).text
    assert "The report number is on it" in page
    assert "The lot is on it" in page
    assert "I saw this result there" in page
    kept = reviewer.get(f"{one}/kept")
    assert (kept.data, kept.headers["Content-Disposition"][:10]) == (
        b"<p>NM-26-10417 of lot MO-2609-B</p>",
        "attachment",
    )
    assert "sandbox" in kept.headers["Content-Security-Policy"]
    assert editor.post(f"{one}/seen").status_code == 403
    assert reviewer.post(f"{one}/seen").status_code == 303
    review = reviewer.get(f"/staff/certificates/{certificate.public_id}").text
    assert "Its page showed the report" in " ".join(review.split())
    assert gather.facts(certificate.public_id).confirmation is not None

    assert reviewer.post(f"{one}/withdraw", {"reason": ""}).status_code == 422
    assert reviewer.post(f"{one}/withdraw", {"reason": "Of another lot"}).status_code == 303
    assert gather.facts(certificate.public_id).confirmation is None
    assert "Of another lot" in reviewer.get(one).text


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "Enter the page\u2019s address."),
        ("http://northmere.example", "it begins with https://"),
        ("https://elsewhere.example/<b>", "elsewhere.example is not on record for"),
    ],
)
def test_address_that_is_not_the_laboratorys_is_not_asked(editor, certificate, there, url, message):
    answer = editor.post(f"{there}/page", {"url": url})
    assert answer.status_code == 422
    assert message in answer.text
    assert confirming.confirmations_of(certificate.id) == []


def letter(document=(b"We confirm report NM-26-10417.", "letter.eml"), **more):
    """What a form sends; a file is opened for each, since sending closes it."""
    content, name = document
    day = clock.today().isoformat()
    file = (io.BytesIO(content), name)
    return {"who": "A. Reed <reed@northmere.example>", "dated": day, "document": file, **more}


def test_letter_is_kept_and_counts(reviewer, certificate, there):
    answer = reviewer.post(f"{there}/letter", letter())
    assert "The letter is kept" in reviewer.get(answer.location).text
    row = only(certificate)
    kept = reviewer.get(f"{there}/{row.public_id}/kept")
    assert kept.data == b"We confirm report NM-26-10417."
    assert gather.facts(certificate.public_id).confirmation.is_by_laboratory


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"document": (b"", "")}, "Choose the letter or the saved e-mail."),
        ({"document": (b"MZ\x00\x01", "a.exe")}, "Choose a PDF, a picture"),
        ({"who": ""}, "Enter who wrote"),
        ({"dated": ""}, "Enter the day on which they wrote."),
        ({"dated": "2999-01-01"}, "This day is still to come."),
    ],
)
def test_letter_that_will_not_do_is_said_beside_its_field(
    reviewer, certificate, there, more, message
):
    answer = reviewer.post(f"{there}/letter", letter(**more))
    assert answer.status_code == 422
    assert message in answer.text
    assert confirming.confirmations_of(certificate.id) == []


def test_laboratory_that_is_not_on_record_is_not_asked(app, reviewer, tmp_path):
    with transaction():
        made = make_certificate(tmp_path, printed={"lab_name_printed": "Calder Testing"})
    there = f"/staff/certificates/{made.public_id}/laboratory"
    assert "Put it on record first." in reviewer.get(there).text
    assert reviewer.post(f"{there}/page", {"url": URL}).status_code == 422
    assert reviewer.get(f"{there}/aaaaaaaaaaaaaaaa").status_code == 404
