"""A link that is being typed, and one that is said anew."""

import re

import pytest

from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.plumbing.db import db, transaction
from shop.sellers import service as sellers
from shop.sellers.seen import Following
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.ledger.conftest import statements
from tests.sellers.factories import make_hairiz, make_listed_shop, make_product

__all__ = ["statements"]
ADVERT = "https://americandiscounttableware.com/hairiz"
LINK = {
    "url": ADVERT,
    "retailer": "",
    "statement": "authentic",
    "declared_seller": "",
    "label": "Named in the advertisement",
    "source": "Advertisement read 22 Nov 2026",
    "price": "34.5",
}
BLANK = "The findings stand here before anything is saved."


@pytest.fixture
def hairiz(app):
    with transaction():
        return make_hairiz().slug


@pytest.fixture
def advert(hairiz, editor):
    """The public id of the advert's link, added at the desk."""
    answer = editor.post(f"/staff/sellers/offers/new?product={hairiz}", LINK)
    return answer.location.rsplit("/", 1)[1]


def typed(browser, slug, **changed):
    return browser.post(f"/staff/sellers/offers/check?product={slug}", {**LINK, **changed})


def send(browser, public_id, **changed):
    return browser.post(f"/staff/sellers/offers/{public_id}/edit", {**LINK, **changed})


def heard(page):
    """What a screen reader is told of the answer."""
    found = re.search(r'data-said="([^"]*)"', page.text)
    return found[1] if found else None


def value_of(page, name):
    return re.search(rf'name="{name}"\s+value="([^"]*)"', page.text)[1]


def test_answer_while_typing_is_the_part_of_the_page_that_says_it(hairiz, editor):
    answer = typed(editor, hairiz)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="found"')
    assert "<html" not in answer.text
    assert heard(answer) == "Address does not match the brand. 3 findings."
    assert "HAIRIZ names no seller at americandiscounttableware.com" in answer.text
    assert "State: mismatched. Not saved yet." in answer.text
    assert '<span class="w w-off"' in answer.text  # tableware, the word from another trade
    assert sellers.recent_offers() == []
    assert reviews.count_open() == 0


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("htt", "Not a web address"),
        ("https://", "Not a web address"),
        ("https://h", "Not confirmed"),
        ("javascript:alert(1)", "Not a web address"),
        ("https://hairiz.deals.net/", "Address looks like a known one, but is not"),
        ("http://[::1]/hairiz", "No named site behind the link"),
        ("https://a.example/" + "x" * 1_000_000, "Not confirmed"),
        ("https://" + "h" * 20_000 + ".com", "Not confirmed"),
    ],
)
def test_half_typed_and_hostile_links_are_answered(hairiz, editor, url, title):
    answer = typed(editor, hairiz, url=url, statement="")

    assert answer.status_code == 200
    assert heard(answer).startswith(f"{title}. ")
    assert len(answer.text) < 50_000


@pytest.mark.parametrize(
    "changed",
    [{"url": ""}, {"url": "   "}, {"retailer": "aaaaaaaaaaaaaaaa"}, {"statement": "best"}],
)
def test_nothing_is_said_of_what_cannot_be_checked(hairiz, editor, changed):
    answer = typed(editor, hairiz, **changed)

    assert answer.status_code == 200
    assert BLANK in answer.text
    assert heard(answer) is None


def test_product_that_is_gone_is_not_checked(app, editor):
    assert typed(editor, "no-such").status_code == 404


def test_check_while_typing_reads_little_and_writes_nothing(app, editor, statements):
    with transaction():
        product = make_product(brand="Maren & Oak")
        make_listed_shop(product.brand)
        slug = product.slug
    typed(editor, slug, url="https://brushandbay.com/serum", statement="")
    token = editor.csrf()
    statements.clear()
    there = f"/staff/sellers/offers/check?product={slug}"
    sent = {**LINK, "url": "https://brushandbay.com/serum", "statement": "", "csrf_token": token}
    answer = editor.client.post(there, data=sent)

    assert heard(answer) == "Named by the brand. 1 finding."
    asked = [sent for sent in statements if not sent.startswith(("BEGIN", "ROLLBACK", "PRAGMA"))]
    assert [sent for sent in asked if not sent.startswith("SELECT")] == []
    assert len(asked) <= 17, asked


def test_form_holds_what_is_on_record_with_its_findings(advert, editor):
    page = editor.get(f"/staff/sellers/offers/{advert}/edit")

    assert value_of(page, "url") == ADVERT
    assert value_of(page, "price") == "34.50"
    assert value_of(page, "source") == LINK["source"]
    assert re.search(r'<option value="authentic"\s+selected', page.text)
    assert "seller.mismatch_declared" in page.text
    assert "State: mismatched. As it is on record." in page.text


def test_what_was_seen_of_a_link_counts_until_another_is_typed(advert, editor):
    with transaction():
        offer = sellers.offer(advert)
        hops = [
            {"url": url, "status": 200, "tls": "ok", "address": "203.0.113.7"}
            for url in (ADVERT, "http://10.0.0.7/")
        ]
        db.session.add(Following(offer_id=offer.id, hops=hops, trouble="blocked"))
        slug = offer.product.slug
    there = f"/staff/sellers/offers/check?product={slug}&offer={advert}"

    assert "redirect.blocked_address" in editor.get(f"/staff/sellers/offers/{advert}/edit").text
    assert "redirect.blocked_address" in editor.post(there, LINK).text
    assert "redirect." not in editor.post(there, {**LINK, "url": f"{ADVERT}/2"}).text
    assert "redirect." not in typed(editor, slug).text


def test_changed_link_is_checked_at_once_and_what_was_said_stays_on_record(advert, editor):
    before = verdicts.current(Subject(SubjectKind.OFFER, advert))
    answer = send(editor, advert, statement="", url="https://tableware.example/hairiz", price="")

    assert answer.status_code == 303
    page = editor.get(answer.location)
    assert "The changes are on record, and the link is checked." in page.text
    offer = sellers.offer(advert)
    assert (offer.url, offer.price_minor) == ("https://tableware.example/hairiz", None)
    after = verdicts.current(Subject(SubjectKind.OFFER, advert))
    assert after.verdict.outcome is Outcome.INDETERMINATE
    assert after.supersedes == before.public_id


def test_check_of_a_changed_link_saves_nothing(advert, editor):
    page = send(editor, advert, url="https://tableware.example/hairiz", check="1")

    assert page.status_code == 200
    assert "tableware.example" in page.text
    assert sellers.offer(advert).url == ADVERT


@pytest.mark.parametrize("url", ["", "tableware.com", "javascript:alert(1)"])
def test_change_that_will_not_do_changes_nothing(advert, editor, url):
    answer = send(editor, advert, url=url, label="Another heading")

    assert answer.status_code == 422
    assert 'value="Another heading"' in answer.text  # nothing typed is lost
    assert sellers.offer(advert).url == ADVERT
    assert sellers.offer(advert).label == LINK["label"]


def test_unknown_link_has_no_form(app, editor):
    assert editor.get("/staff/sellers/offers/aaaaaaaaaaaaaaaa/edit").status_code == 404
    assert send(editor, "aaaaaaaaaaaaaaaa").status_code == 404
