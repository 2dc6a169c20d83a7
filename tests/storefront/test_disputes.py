import pytest
from sqlalchemy import select

from shop.assay.vocabulary import Subject, SubjectKind
from shop.plumbing.db import db, transaction
from shop.plumbing.mail import Letter
from shop.sellers import service as sellers
from shop.verdicts import disputes, reviews
from shop.verdicts.models import Dispute
from shop.web.security import limiter
from tests.storefront.scenes import make_hairiz
from tests.storefront.visitor import Page

SAID = {"message": "We are on the list since 3 Oct.", "reply_to": "owner@shop.example"}


@pytest.fixture(autouse=True)
def no_haste(app):
    limiter.reset()
    yield
    limiter.reset()


@pytest.fixture
def offer(app):
    return make_hairiz()


@pytest.fixture
def form(visitor, offer):
    """The form of the offer, opened as from its row."""
    address = f"/disputes/new?offer={offer.public_id}"
    visitor.open(address)

    def send(**typed):
        return visitor.send(address, **{**SAID, **typed})

    return send


def kept():
    return db.session.scalars(select(Dispute).order_by(Dispute.id)).all()


def test_form_says_what_is_disputed_and_offers_each_finding(visitor, offer):
    page = visitor.open(f"/disputes/new?offer={offer.public_id}")

    assert "americandiscounttableware.com" in page.text
    assert "3D Exosome by HAIRIZ" in page.text
    assert "Address does not match the brand" in page.text
    assert "HAIRIZ names no seller at americandiscounttableware.com" in page.text  # a choice
    assert "All of it" in page.text


def test_dispute_is_kept_and_confirmed_with_a_reference(form, offer):
    page = form(finding="seller.mismatch_declared")

    (row,) = kept()
    assert page.status == 200
    assert "We have your message" in page.text
    assert row.public_id in page.text
    assert (row.subject_id, row.code) == (offer.public_id, "seller.mismatch_declared")
    assert row.message == SAID["message"]
    assert reviews.count_open() == 1


def test_letter_confirms_it_and_repeats_nothing_that_was_typed(form):
    form()

    (letter,) = db.session.scalars(select(Letter)).all()
    assert letter.to == "owner@shop.example"
    assert kept()[0].public_id in letter.text
    assert "americandiscounttableware.com for 3D Exosome" in letter.text
    assert "since 3 Oct" not in letter.text


def test_confirmation_shows_neither_message_nor_address(form, client):
    form()
    page = client.get(f"/disputes/{kept()[0].public_id}").text

    assert "owner@shop.example" not in page
    assert "We are on the list" not in page
    assert 'content="noindex"' in page


def test_confirmation_says_when_it_is_answered_and_not_what(form, client):
    form()
    public_id = kept()[0].public_id
    with transaction():
        disputes.answer(public_id, "You were right.", staff="staff23456789abc", at=_now())
    page = Page(client.get(f"/disputes/{public_id}"))

    assert "We have answered" in page.text
    assert "You were right" not in page.text


def test_same_shop_disputed_twice_is_kept_twice(form, visitor, offer):
    form()
    visitor.open(f"/disputes/new?offer={offer.public_id}")
    form()

    assert len(kept()) == 2
    assert reviews.count_open() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"message": ""}, "Say what is wrong, and what is right instead"),
        ({"message": " \n "}, "Say what is wrong, and what is right instead"),
        ({"message": "x" * 5_001}, "must be 5000 characters or fewer"),
        ({"reply_to": ""}, "Enter your e-mail address, so that we can answer"),
        ({"reply_to": "owner"}, "Enter an e-mail address in the correct format"),
        ({"reply_to": "a@b@c.example"}, "Enter an e-mail address in the correct format"),
        ({"reply_to": "a@shop.example\r\nBcc: all@shop.example"}, "in the correct format"),
        ({"reply_to": f"{'a' * 250}@shop.example"}, "must be 254 characters or fewer"),
        ({"finding": "no.such_finding"}, "This finding has changed since you opened the page"),
    ],
)
def test_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(form, typed, told):
    page = form(**typed)

    assert page.status == 422
    assert "There is a problem" in page.text
    assert told in page.text
    assert kept() == []
    if "message" not in typed:
        assert SAID["message"] in page.text
    if "reply_to" not in typed:
        assert f'value="{SAID["reply_to"]}"' in page.html


def test_markup_in_a_message_is_text(form, client):
    form(message="<script>alert(1)</script>\r\nsecond line\x0b")

    (row,) = kept()
    assert row.message == "<script>alert(1)</script>\nsecond line"


def test_message_from_another_site_is_refused(client, offer):
    answer = client.post(
        f"/disputes/new?offer={offer.public_id}",
        data=SAID,
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert kept() == []


def test_message_without_a_token_is_refused(client, offer):
    answer = client.post(f"/disputes/new?offer={offer.public_id}", data=SAID)

    assert answer.status_code == 400
    assert kept() == []


def test_haste_is_slowed_down_and_loses_nothing(form, visitor, offer):
    for _ in range(5):
        visitor.open(f"/disputes/new?offer={offer.public_id}")
        form()
    visitor.open(f"/disputes/new?offer={offer.public_id}")
    page = form(message="The sixth in a minute.")

    assert page.status == 429
    assert "You sent several in a short time." in page.text
    assert "The sixth in a minute." in page.text
    assert len(kept()) == 5


@pytest.mark.parametrize("address", ["/disputes/new", "/disputes/new?offer=", "/disputes/nothing"])
def test_what_there_is_not_cannot_be_disputed(client, app, address):
    assert client.get(address).status_code == 404


def test_finding_may_be_named_in_the_address(visitor, offer):
    page = visitor.open(f"/disputes/new?offer={offer.public_id}&finding=seller.other_trade")

    assert page.form(f"/disputes/new?offer={offer.public_id}").fields["finding"] == (
        "seller.other_trade"
    )


def test_shop_that_nobody_has_checked_can_be_written_about(visitor, offer):
    with transaction():
        product = sellers.offer(offer.public_id).product
        fresh = sellers.add_offer(product, "https://new-shop.com/").public_id
    address = f"/disputes/new?offer={fresh}"
    page = visitor.open(address)
    assert "Not checked yet" in page.text

    visitor.send(address, **SAID)

    assert [row.subject_id for row in kept()] == [fresh]
    assert disputes.open_among([Subject(SubjectKind.OFFER, fresh)])


def _now():
    return kept()[0].opened_at
