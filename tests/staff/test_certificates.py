import re

import pytest

from shop.accounts.service import Role
from shop.assay.certificates.evidence import Level
from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome
from shop.catalog.models import Headline, Standing
from shop.certificates import laboratories, service, storing
from shop.certificates.models import Certificate, Status
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.staff import subjects
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.certificates.factories import make_lot, make_reading
from tests.staff.sending import PDF, upload

REASON = "Compared with the page; all of it agrees."


@pytest.fixture
def lot(app):
    with transaction():
        laboratory = laboratories.add_laboratory("Northmere Analytical")
        laboratories.add_accreditation(
            laboratory,
            body="UKAS",
            number="4417",
            scope=["ISO 21392"],
            checked_at=clock.now(),
            checked_by="staff23456789abc",
        )
        return make_lot()


def read(printed=None):
    """What the reader does with the one document on record, and the inspection after it."""
    certificate = db.session.scalars(db.select(Certificate)).one()
    with transaction():
        storing.finish(certificate.public_id, make_reading(printed), {})
        subject = subjects.of_certificate(certificate)
        inspections.inspect(subject, at=clock.now())
    return certificate.public_id


@pytest.fixture
def document(lot, editor):
    """A certificate that was uploaded for the lot and read: only a person is missing."""
    upload(editor, ("NM-26-10417.pdf", PDF), lot="MO-2609-B")
    return read()


def evidence_on(page):
    return re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', page.text)[1]


def decide(browser, public_id, outcome="passed", reason=REASON, **fields):
    there = f"/staff/certificates/{public_id}"
    sent = {"evidence": evidence_on(browser.get(there)), "outcome": outcome, "reason": reason}
    return browser.post(f"{there}/decision", {**sent, **fields})


def state_of(public_id):
    db.session.expire_all()
    certificate = service.by_public_id(public_id)
    published = verdicts.current(subjects.of_certificate(certificate))
    return certificate.status, published.verdict.outcome, published.mark


def test_page_says_that_it_waits_and_looks_again_by_itself(lot, editor):
    upload(editor, ("one.pdf", PDF))
    page = editor.get(f"/staff/certificates/{service.recent()[0].public_id}")

    assert "This file waits to be read" in page.text
    assert page.headers["Refresh"]
    assert "Record decision" not in page.text


def test_page_shows_what_was_read_and_found(document, reviewer):
    page = reviewer.get(f"/staff/certificates/{document}")

    assert "Refresh" not in page.headers
    for shown in ("NM-26-10417", "MO-2609-B", "is the lot we ship", "certificate.needs_person"):
        assert shown in page.text
    assert 'href="#box-1"' in page.text
    assert "Record decision" in page.text


def test_approval_changes_verdict_status_and_listing_at_once(document, reviewer):
    answer = decide(reviewer, document)

    assert "Decision recorded. Shoppers see it now." in reviewer.get(answer.location).text
    assert state_of(document) == (Status.ACCEPTED, Outcome.PASSED, Mark.OK)
    assert reviews.count_open() == 0
    listing = db.session.scalars(db.select(Standing)).one()
    assert (listing.headline, listing.verification) == (Headline.VERIFIED, Mark.OK)


def test_once_a_person_decided_nobody_is_asked_for(document, reviewer):
    there = f"/staff/certificates/{document}"
    assert "certificate.needs_person" in reviewer.get(there).text

    decide(reviewer, document)

    assert "certificate.needs_person" not in reviewer.get(there).text


def test_rejection_says_so_with_its_reason(document, reviewer):
    decide(reviewer, document, "failed", "The laboratory told us that it is not theirs.")

    assert state_of(document) == (Status.REJECTED, Outcome.FAILED, Mark.STOP)
    page = reviewer.get(f"/staff/certificates/{document}")
    assert "“The laboratory told us that it is not theirs.”" in page.text
    assert "Reviewer Sato" in page.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": "   "}, "Enter a note for the record."),
        ({"reason": "x" * 2001}, "Shorten this to 2,000 characters."),
        ({"outcome": ""}, "Choose a decision."),
        ({"outcome": "perhaps"}, "Choose a decision."),
        ({"evidence": "0" * 64}, "The evidence changed while you were looking."),
        ({"evidence": ""}, "The evidence changed while you were looking."),
    ],
)
def test_decision_that_will_not_do_decides_nothing_and_loses_nothing(
    document, reviewer, fields, message
):
    answer = decide(reviewer, document, **fields)

    assert answer.status_code == 422
    assert message in answer.text
    assert fields.get("reason", REASON).strip() in answer.text
    assert state_of(document) == (Status.NEEDS_REVIEW, Outcome.INDETERMINATE, Mark.REVIEW)


def test_same_decision_sent_twice_is_recorded_once(document, reviewer):
    evidence = evidence_on(reviewer.get(f"/staff/certificates/{document}"))
    for _ in range(2):
        assert decide(reviewer, document, evidence=evidence).status_code == 303

    subject = subjects.of_certificate(service.by_public_id(document))
    assert len(reviews.decisions_about(subject)) == 1
    assert len(verdicts.history(subject)) == 2


@pytest.fixture
def mismatched(lot, editor):
    """A certificate for another lot than the one that it was uploaded for."""
    upload(editor, ("other.pdf", PDF), lot="MO-2609-B")
    return read({"lot": "MO-9999-Z"})


def test_what_failed_and_is_approved_waits_for_another_person(mismatched, reviewer, sign_in):
    there = f"/staff/certificates/{mismatched}"
    answer = decide(reviewer, mismatched)
    page = reviewer.get(answer.location)
    assert "A second reviewer must agree before shoppers see it." in page.text
    assert "I have looked at the same and agree" not in page.text
    assert state_of(mismatched)[:2] == (Status.NEEDS_REVIEW, Outcome.FAILED)

    refused = reviewer.post(f"{there}/second", {"evidence": evidence_on(page)})
    assert refused.status_code == 422
    assert "Another person has to agree" in refused.text

    second = sign_in(Role.REVIEWER, "R. Adeyemi")
    assert "Certificate NM-26-10417" in second.get("/staff/second-reviews").text
    second.post(f"{there}/second", {"evidence": evidence_on(second.get(there))})
    assert state_of(mismatched)[:2] == (Status.ACCEPTED, Outcome.PASSED)
    assert "agreed by R. Adeyemi" in second.get(there).text
    assert second.post(f"{there}/second", {"evidence": "0" * 64}).status_code == 422


def test_correction_stands_beside_what_was_read_and_is_checked_at_once(mismatched, editor):
    there = f"/staff/certificates/{mismatched}"
    answer = editor.post(f"{there}/fields", {"name": "lot", "value": "MO-2609-B"})

    page = editor.get(answer.location)
    assert "Correction saved, and checked again." in page.text
    assert "Read as <code>MO-9999-Z</code>. Corrected by Editor Sato" in page.text
    assert "is the lot we ship" in page.text
    assert state_of(mismatched)[1] is Outcome.INDETERMINATE


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "date_issued", "value": "yesterday"}, "Enter a date like"),
        ({"name": "no_such", "value": "1"}, "Choose the field that you correct."),
        ({"name": "lot", "value": "x" * 301}, "Shorten this to 300 characters."),
    ],
)
def test_correction_that_will_not_do_is_said_beside_its_field(document, editor, fields, message):
    answer = editor.post(f"/staff/certificates/{document}/fields", fields)

    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{fields["value"]}"' in answer.text


def test_decision_does_not_outlive_a_correction(document, reviewer):
    decide(reviewer, document)
    there = f"/staff/certificates/{document}"
    reviewer.post(f"{there}/fields", {"name": "lot", "value": "MO-9999-Z"})

    status, outcome, _ = state_of(document)
    assert (status, outcome) == (Status.NEEDS_REVIEW, Outcome.FAILED)
    assert service.by_public_id(document).evidence_level == Level.E0
    assert reviews.count_open() == 1


def test_decision_does_not_outlive_another_filing(document, reviewer):
    decide(reviewer, document)
    with transaction():
        make_lot("TV-26-121", name="Oat Shampoo", brand="Tolva")
    reviewer.post(f"/staff/certificates/{document}/lot", {"lot": "TV-26-121"})

    assert state_of(document)[:2] == (Status.NEEDS_REVIEW, Outcome.FAILED)


def test_correction_waits_with_a_file_that_is_not_read_yet(lot, editor):
    upload(editor, ("one.pdf", PDF), lot="MO-2609-B")
    public_id = service.recent()[0].public_id
    editor.post(f"/staff/certificates/{public_id}/fields", {"name": "lot", "value": "X-1"})

    assert service.by_public_id(public_id).status == Status.QUARANTINED
    assert verdicts.current(subjects.of_certificate(service.by_public_id(public_id))) is None


def test_document_without_a_lot_is_filed_under_one(lot, editor):
    upload(editor, ("one.pdf", PDF))
    public_id = read({"lot": None})
    there = f"/staff/certificates/{public_id}/lot"

    assert "Enter the lot code" in editor.post(there, {"lot": ""}).text
    assert "We have no lot NO-SUCH" in editor.post(there, {"lot": "NO-SUCH"}).text
    assert editor.post(there, {"lot": "MO-2609-B"}).status_code == 303
    assert service.by_public_id(public_id).lot_id == lot.id


def test_original_is_only_ever_a_sandboxed_download(document, reviewer):
    with reviewer.get(f"/staff/certificates/{document}/original.pdf") as answer:
        assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_reading_again_puts_the_file_back_in_line(document, editor):
    editor.post(f"/staff/certificates/{document}/reading")

    assert service.by_public_id(document).status == Status.QUARANTINED


@pytest.mark.parametrize("address", ["aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa/original.pdf"])
def test_unknown_certificate_is_not_found(editor, address):
    assert editor.get(f"/staff/certificates/{address}").status_code == 404


def test_page_number_that_is_none_is_not_found(document, editor):
    for number in ("1", "0", "9" * 5000, "one"):
        answer = editor.get(f"/staff/certificates/{document}/pages/{number}.webp")
        assert answer.status_code == 404
