import pytest
from sqlalchemy import select

from shop.accounts.service import Role
from shop.assay.sellers.facts import Statement
from shop.assay.vocabulary import Subject, SubjectKind
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.plumbing.mail import Letter
from shop.sellers import service as sellers
from shop.sellers.service import OfferWords
from shop.staff import subjects
from shop.verdicts import disputes, reviews
from tests.sellers.factories import make_hairiz

WRITER = "owner@shop.example"


@pytest.fixture
def links(app):
    """An unconfirmed link, and a mismatched one, which would do more harm if we are wrong."""
    with transaction():
        product = make_hairiz()
        plain = sellers.add_offer(product, "https://corner-shop.example/x")
        words = OfferWords(statement=Statement.AUTHENTIC)
        advert = sellers.add_offer(product, "https://tableware.example/x", words=words)
        for offer in (plain, advert):
            inspections.inspect(subjects.of_offer(offer), at=clock.now())
    return plain, advert


def dispute(offer, message="We are on the list.", code=""):
    with transaction():
        subject = subjects.of_offer(offer)
        row = disputes.open_dispute(subject, message, WRITER, at=clock.now(), code=code)
        return row.public_id


def test_queue_shows_the_dispute_with_its_age_where_the_harm_puts_it(links, editor):
    plain, advert = links
    dispute(plain, "The plain one.")
    public_id = dispute(advert, "The advertised one.")
    page = editor.get("/staff").text

    assert page.index("The advertised one.") < page.index("The plain one.")
    assert f"/staff/disputes/{public_id}" in page
    assert "under a minute ago" in " ".join(page.split())
    assert 'Disputes<span class="n">2</span>' in page


def test_list_shows_those_that_wait_and_those_that_were_answered(links, reviewer):
    plain, advert = links
    first, second = dispute(plain, "One."), dispute(advert, "Two.")
    page = reviewer.get("/staff/disputes").text
    assert page.index("Two.") < page.index("One.")
    assert "2 waiting for an answer." in page

    reviewer.post(f"/staff/disputes/{first}/answer", {"text": "Thank you."})

    page = reviewer.get("/staff/disputes").text
    assert "1 waiting for an answer." in page
    assert "Answered last" in page
    assert "by Reviewer Sato" in page
    assert f"/staff/disputes/{second}" in page


def test_empty_list_says_so(editor):
    assert "Nobody waits for an answer." in editor.get("/staff/disputes").text


def test_page_shows_message_finding_and_evidence_together(links, editor):
    _, advert = links
    public_id = dispute(advert, "Line one.\nLine two.", code="seller.mismatch_declared")
    page = editor.get(f"/staff/disputes/{public_id}").text

    assert "Line one.\nLine two." in page
    assert WRITER in page
    assert "HAIRIZ names no seller at tableware.example" in page
    assert "which still stands" in page
    assert "https://tableware.example/x" in page
    assert f"/staff/sellers/offers/{advert.public_id}" in page


def test_page_says_when_what_they_read_no_longer_stands(links, reviewer):
    _, advert = links
    public_id = dispute(advert)
    _decide(reviewer, advert)

    assert "which no longer stands" in reviewer.get(f"/staff/disputes/{public_id}").text


def test_message_is_shown_as_text(links, editor):
    public_id = dispute(links[1], "<script>alert(1)</script>")

    assert "<script>alert" not in editor.get(f"/staff/disputes/{public_id}").text
    assert "<script>alert" not in editor.get("/staff").text


def test_answer_goes_by_mail_and_stands_on_the_page_alone(links, reviewer, client):
    _, advert = links
    public_id = dispute(advert)

    answer = reviewer.post(f"/staff/disputes/{public_id}/answer", {"text": "We looked again."})

    assert answer.status_code == 303
    page = reviewer.get(answer.location).text
    assert "Answered. The letter is on its way." in page
    assert "We looked again." in page
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert (letter.to, "We looked again." in letter.text) == (WRITER, True)
    product = sellers.offer(advert.public_id).product
    for public in (f"/p/{product.slug}", f"/go/{advert.public_id}", f"/disputes/{public_id}"):
        text = client.get(public).text
        assert "We looked again." not in text
        assert WRITER not in text


def test_link_may_be_decided_from_the_same_page(links, reviewer):
    _, advert = links
    public_id = dispute(advert)
    page = reviewer.get(f"/staff/disputes/{public_id}").text
    assert f'action="/staff/sellers/offers/{advert.public_id}/decision"' in page

    _decide(reviewer, advert)

    assert reviews.count_open() == 2  # the dispute still waits for its answer
    reviewer.post(f"/staff/disputes/{public_id}/answer", {"text": "Decided."})
    assert [row.subject_id for row in reviews.queue()] == [links[0].public_id]


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001])
def test_answer_that_will_not_do_is_shown_again(links, reviewer, text):
    public_id = dispute(links[1])

    page = reviewer.post(f"/staff/disputes/{public_id}/answer", {"text": text})

    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert text.strip() in page.text
    assert disputes.count_open() == 1


def test_second_answer_is_not_sent_and_not_lost(links, reviewer, sign_in):
    public_id = dispute(links[1])
    other = sign_in(Role.REVIEWER, "Other Reviewer")
    reviewer.post(f"/staff/disputes/{public_id}/answer", {"text": "The first."})

    page = other.post(f"/staff/disputes/{public_id}/answer", {"text": "The second."})

    assert page.status_code == 422
    assert "This was answered already. Your text was not sent." in page.text
    assert "The first." in page.text
    assert "The second." in page.text
    assert disputes.dispute(public_id).answer == "The first."


def test_only_reviewers_answer(links, editor):
    public_id = dispute(links[1])

    page = editor.get(f"/staff/disputes/{public_id}").text

    assert "A reviewer answers this." in page
    assert "Send answer" not in page


def test_several_disputes_of_one_link_lead_to_each_other(links, editor):
    first, second = dispute(links[1], "One."), dispute(links[1], "Two.")

    assert f"/staff/disputes/{second}" in editor.get(f"/staff/disputes/{first}").text


def test_dispute_of_what_is_gone_can_still_be_answered(app, reviewer):
    with transaction():
        gone = Subject(SubjectKind.OFFER, "aaaaaaaaaaaaaaaa")
        row = disputes.open_dispute(gone, "Still there?", WRITER, at=clock.now())
        public_id = row.public_id

    assert "Nothing was published about it" in reviewer.get(f"/staff/disputes/{public_id}").text
    reviewer.post(f"/staff/disputes/{public_id}/answer", {"text": "No longer."})
    assert disputes.count_open() == 0


def _decide(reviewer, offer):
    published = inspections.inspect(subjects.of_offer(offer), at=clock.now())
    answer = reviewer.post(
        f"/staff/sellers/offers/{offer.public_id}/decision",
        {
            "outcome": "failed",
            "reason": "The brand wrote to us.",
            "evidence": published.verdict.evidence_sha256,
        },
    )
    assert answer.status_code == 303
