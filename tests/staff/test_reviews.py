import pytest

from shop.assay.sellers.facts import Statement
from shop.assay.vocabulary import Outcome
from shop.inspections import service as inspections
from shop.ledger import service as ledger
from shop.plumbing import clock
from shop.plumbing.db import transaction
from shop.sellers import service as sellers
from shop.sellers.service import OfferWords
from shop.staff import subjects
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.sellers.factories import make_hairiz


@pytest.fixture
def links(app):
    """An unconfirmed link first, then a mismatched one, which would do more harm."""
    with transaction():
        product = make_hairiz()
        plain = sellers.add_offer(product, "https://corner-shop.example/x")
        advert = sellers.add_offer(
            product,
            "https://americandiscounttableware.com/hairiz",
            words=OfferWords(statement=Statement.AUTHENTIC, source="Advertisement"),
        )
        for offer in (plain, advert):
            inspections.inspect(subjects.of_offer(offer), at=clock.now())
    return plain, advert


def test_queue_shows_the_most_harmful_first_with_its_reason(links, editor):
    page = editor.get("/staff").text

    assert page.index("americandiscounttableware.com") < page.index("corner-shop.example")
    assert "1 mismatch" in page
    assert "HAIRIZ names no seller at americandiscounttableware.com" in page
    assert "Seller of 3D Exosome" in page
    assert "2 waiting." in page


def test_queue_goes_on_after_a_review(links, editor):
    first = reviews.queue()[0].public_id
    page = editor.get(f"/staff?after={first}").text

    assert "corner-shop.example" in page
    assert "americandiscounttableware.com" not in page
    assert editor.get("/staff?after=aaaaaaaaaaaaaaaa").status_code == 404


def test_empty_queue_says_so(editor):
    assert "Nothing is waiting for you." in editor.get("/staff").text
    assert "Nothing is waiting for you." in editor.get("/staff/second-reviews").text


def test_audit_names_who_decided_and_what_was_published(links, editor, reviewer):
    subject = subjects.of_offer(links[1])
    standing = verdicts.current(subject)
    with transaction():
        reviews.decide(
            subject,
            outcome=Outcome.FAILED,
            staff=reviewer.staff_id,
            reason="The brand wrote to us on 20 Nov.",
            settles=[finding.rule.code for finding in standing.verdict.findings],
            evidence_sha256=standing.verdict.evidence_sha256,
            at=clock.now(),
        )
        inspections.inspect(subject, at=clock.now())
        ledger.write_checkpoint()
    page = editor.get("/staff/audit").text

    assert "4 entries, all under the last checkpoint" in page
    assert "<b>Reviewer Sato</b> rejected" in page
    assert "“The brand wrote to us on 20 Nov.”" in page
    assert page.count("<b>Software</b> published the first verdict about") == 2
    assert "<b>Software</b> published a new verdict about" in page


def test_audit_goes_back_in_time(links, editor):
    page = editor.get("/staff/audit?before=1").text

    assert "corner-shop.example" in page
    assert "americandiscounttableware.com" not in page
    for before in ("-1", "x", "9" * 5000, "9" * 15):
        assert editor.get(f"/staff/audit?before={before}").status_code == 200


def test_empty_audit_says_so(editor):
    assert "Nothing is on record yet" in editor.get("/staff/audit").text
