"""What the page of a link shows of where it led, whose it is, and what was said before."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from shop.accounts.service import Role
from shop.assay.sellers.facts import ProofMethod, Source, Statement
from shop.assay.vocabulary import Subject, SubjectKind
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Job
from shop.sellers import following
from shop.sellers import service as sellers
from shop.sellers.models import Authorization, Offer
from shop.sellers.seen import DomainRegistration, Following, PublicListing
from shop.staff import seen_words
from tests.sellers.factories import LISTED, make_listed_shop, make_product

LINK = "https://brushandbay.com/serum"
ELSEWHERE = "http://serum-deals.shop/3d"


@pytest.fixture
def offer(app):
    """The public id of a verified link that was never followed and waits for nothing."""
    with transaction():
        product = make_product(brand="Maren & Oak")
        shop = make_listed_shop(product.brand, ends_on=LISTED + timedelta(days=300))
        said = sellers.OfferWords(label="In the advert", statement=Statement.AUTHORIZED)
        public_id = sellers.add_offer(product, LINK, retailer=shop, words=said).public_id
        db.session.execute(delete(Job))
    return public_id


def row_of(public_id):
    return db.session.scalars(select(Offer).where(Offer.public_id == public_id)).one()


def followed(public_id, *urls, days_ago=0, trouble=""):
    """As a worker keeps it."""
    moment = clock.now() - timedelta(days=days_ago)
    last = len(urls) - 1
    hops = [
        {
            "url": url,
            "status": 200 if place == last else 302,
            "tls": "ok" if url.startswith("https") else "",
            "address": "203.0.113.7",
        }
        for place, url in enumerate(urls)
    ]
    with transaction():
        offer = row_of(public_id)
        seen = {"followed_at": moment, "seen_at": moment, "trouble": trouble}
        db.session.add(Following(offer_id=offer.id, hops=hops, **seen))
        offer.followed_at = moment


def inspect(public_id):
    with transaction():
        inspections.inspect(Subject(SubjectKind.OFFER, public_id), at=clock.now())


def page_of(browser, public_id):
    return browser.get(f"/staff/sellers/offers/{public_id}").text


def waiting():
    jobs = select(Job).where(Job.kind == following.FOLLOW_JOB)
    return [job.key for job in db.session.scalars(jobs)]


def test_link_that_nobody_followed_says_so(offer, editor):
    page = page_of(editor, offer)

    assert "Not followed yet." in page
    assert "Look again" in page
    assert "On none that we hold" in page


def test_way_is_told_stop_by_stop_with_what_changed(offer, editor):
    followed(offer, LINK, days_ago=9)
    followed(offer, LINK, "https://t.co/x", ELSEWHERE, days_ago=2)
    inspect(offer)
    page = page_of(editor, offer)

    assert "Maren &amp; Oak lists Brush &amp; Bay as an authorized seller" in page
    assert "t.co only passes visitors on" in page
    assert "serum-deals.shop is not on Maren &amp; Oak&#39;s list of sellers" in page
    assert "302 · Certificate matches" in page
    assert "200 · Not encrypted" in page
    assert "brushandbay.com → " in " ".join(page.split()).replace(
        '<span class="vh">Then:</span> ', ""
    )
    assert "redirect.leaves_verified" in page
    assert "Before: brushandbay.com. Now: serum-deals.shop. redirect.changed" in page
    assert "Earlier ways" in page


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("blocked", "It led to an internal network address, and was not opened."),
        ("too_many", "It kept redirecting."),
        ("not_found", "The name could not be found."),
        ("unreachable", "No answer came in time."),
    ],
)
def test_trouble_on_the_way_is_told(offer, editor, trouble, said):
    followed(offer, LINK, days_ago=9)
    followed(offer, LINK, trouble=trouble)

    page = page_of(editor, offer)
    assert said in page
    assert "<dt>Trouble</dt>" in page


@pytest.mark.parametrize(
    ("status", "tls", "said"),
    [
        (None, "", "No answer"),
        (None, "not_trusted", "No answer · Certificate is not trusted"),
        (200, "", "200 · Not encrypted"),
    ],
)
def test_encryption_is_told_of_whoever_was_reached(status, tls, said):
    assert seen_words.answer(status, tls) == said


def test_one_day_is_not_told_as_a_span(offer, editor):
    followed(offer, LINK)
    page = " ".join(page_of(editor, offer).split())

    assert "Seen like this on " in page
    assert "Seen like this from" not in page


def test_registration_and_public_lists_are_dated(offer, editor):
    followed(offer, LINK, ELSEWHERE)
    with transaction():
        day = clock.today() - timedelta(days=20)
        db.session.add(DomainRegistration(name="serum-deals.shop", created_on=day))
        db.session.add(PublicListing(host="serum-deals.shop", source="A list", listed_on=day))
    page = " ".join(page_of(editor, offer).split())

    assert "<code>serum-deals.shop</code> on" in page
    assert "A list listed <code>serum-deals.shop</code> on" in page


def test_way_of_a_link_that_was_changed_since_is_not_shown_as_its_own(offer, editor):
    followed(offer, "https://another.shop/", "https://another.shop/x")

    page = page_of(editor, offer)
    assert "Not followed" not in page
    assert "200 · Certificate matches" not in page


def test_owner_proof_and_the_brands_word_stand_with_dates_and_source(offer, editor):
    page = page_of(editor, offer)

    assert "Confirmed" in page
    assert "Named until" in page
    assert "The brand’s own list" in page
    assert "In the advert" in page
    assert "It is an authorized seller" in page


def test_word_of_our_own_and_one_taken_back_are_told_apart(offer, editor):
    with transaction():
        found = sellers.offer(offer)
        sellers.add_authorization(found.product.brand, found.retailer, source=Source.STAFF)
        listed = db.session.scalars(select(Authorization).order_by(Authorization.id)).first()
        sellers.revoke_authorization(listed, on=clock.today())
    page = page_of(editor, offer)

    assert "Entered by our staff" in page
    assert "No longer named since" in page


def test_address_of_nobody_says_so(app, editor):
    with transaction():
        public_id = sellers.add_offer(make_product(), "https://tableware.com/").public_id

    page = " ".join(page_of(editor, public_id).split())
    assert "It is on record for nobody." in page
    assert "It names neither the retailer nor anybody at this address." in page
    assert "Nothing yet." in page


def test_history_of_verdicts_names_entries_and_people(offer, editor, reviewer):
    inspect(offer)
    followed(offer, LINK, ELSEWHERE)
    inspect(offer)
    page = page_of(editor, offer)

    assert page.count('href="/ledger/') == 3  # the one that stands, and both below
    assert "seller.authorized, redirect.leaves_verified" in page


def test_looking_again_rings_for_a_worker_and_fetches_nothing(offer, editor):
    answer = editor.post(f"/staff/sellers/offers/{offer}/look")

    assert answer.status_code == 303
    assert waiting() == [offer]
    assert "A worker follows the link." in editor.get(answer.location).text


def test_fresh_look_is_not_repeated(offer, editor):
    followed(offer, LINK)
    answer = editor.post(f"/staff/sellers/offers/{offer}/look")

    assert waiting() == []
    assert "A worker looked less than ten minutes ago." in editor.get(answer.location).text
    with transaction():
        db.session.execute(update(Offer).values(followed_at=clock.now() - timedelta(minutes=11)))
    editor.post(f"/staff/sellers/offers/{offer}/look")
    assert waiting() == [offer]


def test_looks_are_asked_for_at_a_measured_pace(offer, editor):
    codes = [editor.post(f"/staff/sellers/offers/{offer}/look").status_code for _ in range(21)]

    assert codes[-1] == 429
    assert waiting() == [offer]


def test_viewer_reads_the_evidence_and_asks_for_nothing(offer, sign_in):
    viewer = sign_in(Role.VIEWER)

    page = page_of(viewer, offer)
    assert "Look again" not in page
    assert viewer.post(f"/staff/sellers/offers/{offer}/look").status_code == 403


def test_retailer_shows_proofs_words_and_links(offer, editor):
    with transaction():
        shop = sellers.offer(offer).retailer
        lost = sellers.add_domain("brush-and-bay.shop", owner=shop)
        sellers.record_proof(lost, method=ProofMethod.FILE)
        public_id = shop.public_id
    inspect(offer)
    page = editor.get(f"/staff/retailers/{public_id}").text

    assert "brush-and-bay.shop" in page
    assert page.count("Confirmed") == 2
    assert "Maren &amp; Oak" in page
    assert "Named until" in page
    assert f"/staff/sellers/offers/{offer}" in page
    assert "Named by the brand" in page


def test_queue_says_where_a_link_led_and_leads(offer, editor):
    followed(offer, LINK, days_ago=9)
    followed(offer, LINK, "https://brush-bay-shop.com/serum", days_ago=2)
    with transaction():
        found = sellers.offer(offer)
        sellers.add_domain("brush-bay-shop.com", owner=found.retailer)
    inspect(offer)

    page = editor.get("/staff").text
    assert "It led to brushandbay.com and leads to brush-bay-shop.com." in " ".join(page.split())
