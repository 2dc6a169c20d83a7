import re

import pytest

from shop.accounts.service import Role
from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.catalog import service as catalog
from shop.plumbing.db import transaction
from shop.sellers import service as sellers
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.sellers.factories import make_hairiz, make_product

HOST = "americandiscounttableware.com"
ADVERT = f"https://{HOST}/hairiz"
LINK = {
    "url": ADVERT,
    "retailer": "",
    "statement": "authentic",
    "declared_seller": "",
    "label": "Named in the advertisement",
    "source": "Advertisement read 22 Nov 2026",
    "price": "",
}


@pytest.fixture
def hairiz(app):
    with transaction():
        return make_hairiz().slug


def send(browser, slug, **changed):
    return browser.post(f"/staff/sellers/offers/new?product={slug}", {**LINK, **changed})


@pytest.fixture
def advert(hairiz, editor):
    """The public id of the advert's link, added at the desk."""
    return send(editor, hairiz).location.rsplit("/", 1)[1]


def evidence_on(page):
    return re.search(r'name="evidence"\s+value="([0-9a-f]{64})"', page.text)[1]


def decide(browser, public_id, outcome, reason="Asked the brand on 20 Nov; it does not know it."):
    there = f"/staff/sellers/offers/{public_id}"
    sent = {"evidence": evidence_on(browser.get(there)), "outcome": outcome, "reason": reason}
    return browser.post(f"{there}/decision", sent)


def verdict_of(public_id):
    return verdicts.current(Subject(SubjectKind.OFFER, public_id))


def test_retailer_is_added_with_its_addresses(editor):
    answer = editor.post(
        "/staff/retailers/new",
        {"name": "Brush & Bay", "domains": "brushandbay.com\nbrush-bay.example"},
    )

    page = editor.get(answer.location)
    assert "Brush &amp; Bay is on record." in page.text
    assert "brushandbay.com" in page.text
    assert "brush-bay.example" in page.text
    assert "None yet" in page.text  # no proof of control


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Enter the retailer’s name."),
        ({"name": "brush  &  bay"}, "is on record already."),
        ({"name": "Other", "domains": "not a host!"}, "domains"),
        ({"name": "Other", "domains": "co.uk"}, "domains"),
        ({"name": "Other", "domains": " ".join(f"a{n}.com" for n in range(21))}, "at most 20"),
    ],
)
def test_retailer_that_will_not_do_is_not_half_added(editor, fields, message):
    editor.post("/staff/retailers/new", {"name": "Brush & Bay", "domains": ""})
    answer = editor.post("/staff/retailers/new", {"domains": "", **fields})

    assert answer.status_code == 422
    assert message in answer.text
    assert "error-summary" in answer.text
    assert [retailer.name for retailer in sellers.retailers()] == ["Brush & Bay"]


def test_addresses_are_added_to_a_retailer_once(editor):
    there = editor.post("/staff/retailers/new", {"name": "Bay", "domains": "bay.example"}).location

    assert editor.post(f"{there}/domains", {"domains": "bay-two.example"}).status_code == 303
    again = editor.post(f"{there}/domains", {"domains": "bay.example"})
    assert again.status_code == 422
    assert "on record for Bay already" in again.text


def test_product_is_found_first(hairiz, editor):
    assert "3D Exosome" in editor.get("/staff/sellers/offers/new?q=exosome").text
    assert "No product matches" in editor.get("/staff/sellers/offers/new?q=zzzz").text
    assert editor.get("/staff/sellers/offers/new?product=no-such").status_code == 404


def test_link_that_is_added_from_a_retailers_page_names_it(hairiz, editor):
    there = editor.post("/staff/retailers/new", {"name": "Bay", "domains": ""}).location
    public_id = there.rsplit("/", 1)[1]
    find = f"/staff/sellers/offers/new?retailer={public_id}"
    form = f"/staff/sellers/offers/new?product={hairiz}&amp;retailer={public_id}"

    assert f'href="{find}"' in editor.get(there).text
    assert f'href="{form}"' in editor.get(f"{find}&q=exosome").text
    page = " ".join(editor.get(form.replace("&amp;", "&")).text.split())
    assert re.search(rf'value="{public_id}" selected', page)


def test_check_shows_findings_and_saves_nothing(hairiz, editor):
    answer = send(editor, hairiz, check="1")

    assert answer.status_code == 200
    assert "Not saved yet." in answer.text
    assert "HAIRIZ names no seller at americandiscounttableware.com" in answer.text
    assert f'value="{ADVERT}"' in answer.text
    assert sellers.recent_offers() == []
    assert reviews.count_open() == 0


def test_link_that_is_no_address_is_not_said_to_resemble_one(hairiz, editor):
    page = send(editor, hairiz, url="javascript:alert(1)", check="1")

    assert "Not a web address" in page.text
    assert "looks like another" not in page.text


def test_saved_link_has_its_verdict_at_once(advert, editor):
    page = editor.get(f"/staff/sellers/offers/{advert}")

    assert "The link is on record and checked." in page.text
    assert "Address does not match the brand" in page.text
    assert "seller.other_trade" in page.text
    assert "It sells the authentic product" in page.text
    assert verdict_of(advert).verdict.outcome is Outcome.FAILED
    assert "americandiscounttableware.com" in editor.get("/staff").text
    assert "americandiscounttableware.com" in editor.get("/staff/sellers").text


def test_earlier_links_stand_on_the_next_page(hairiz, editor, monkeypatch):
    monkeypatch.setattr("shop.staff.sellers._RECENT", 1)
    first = send(editor, hairiz).location
    second = send(editor, hairiz, url="https://tableware-outlet.com/hairiz").location
    newest = editor.get("/staff/sellers").text
    earlier = re.search(r'href="(/staff/sellers\?before=[a-z0-9]+)"', newest)[1]
    last = editor.get(earlier).text

    assert f'href="{second}"' in newest
    assert f'href="{first}"' not in newest
    assert f'href="{first}"' in last
    assert "?before=" not in last
    assert editor.get("/staff/sellers?before=nobody").status_code == 404


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"url": ""}, "Enter the link"),
        ({"url": "tableware.com/hairiz"}, "Enter the whole address, beginning with https://."),
        ({"url": "javascript:alert(1)"}, "This runs a script"),
        ({"url": "mailto:shop@tableware.com"}, "This is not a web address."),
        ({"url": "http://[::1"}, "No browser can open this address."),
        ({"url": "https://a.example/" + "x" * 8000}, "The address is too long."),
        ({"retailer": "aaaaaaaaaaaaaaaa"}, "Choose a retailer, or none."),
        ({"statement": "certified"}, "Choose one."),
        ({"price": "cheap"}, "Enter a price in dollars"),
    ],
)
def test_link_that_will_not_do_is_said_beside_its_field(hairiz, editor, changed, message):
    answer = send(editor, hairiz, **changed)

    assert answer.status_code == 422
    assert message in answer.text
    assert "Advertisement read 22 Nov 2026" in answer.text  # nothing typed is lost
    assert sellers.recent_offers() == []


def test_link_keeps_retailer_and_price(app, editor):
    with transaction():
        slug = make_product().slug
    there = editor.post("/staff/retailers/new", {"name": "Bay", "domains": "bay.example"}).location
    retailer = there.rsplit("/", 1)[1]
    answer = send(
        editor,
        slug,
        url="https://bay.example/serum",
        retailer=retailer,
        price="31.50",
        statement="",
    )

    offer = sellers.offer(answer.location.rsplit("/", 1)[1])
    assert (offer.retailer.name, offer.price_minor, offer.currency) == ("Bay", 3150, "USD")


def test_reviewer_settles_it_in_the_queue(advert, reviewer):
    assert decide(reviewer, advert, "failed").status_code == 303

    assert reviews.count_open() == 0
    assert (verdict_of(advert).verdict.outcome, verdict_of(advert).mark) == (
        Outcome.FAILED,
        Mark.STOP,
    )
    assert "Nothing is waiting for you." in reviewer.get("/staff").text


def test_approval_of_what_failed_takes_a_second_person(advert, reviewer, sign_in):
    decide(reviewer, advert, "passed", "The brand confirmed this shop in a letter of 20 Nov.")
    assert verdict_of(advert).verdict.outcome is Outcome.FAILED

    second = sign_in(Role.REVIEWER, "R. Adeyemi")
    there = f"/staff/sellers/offers/{advert}"
    answer = second.post(f"{there}/second", {"evidence": evidence_on(second.get(there))})
    assert answer.status_code == 303
    assert verdict_of(advert).verdict.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://halriz.com/3d", "name.lookalike_characters"),
        ("https://hairiz.com.deals.net/3d", "name.brand_domain_embedded"),
        ("https://user@deals.net/3d", "url.credentials"),
        ("https://10.0.0.7/3d", "url.host_is_ip"),
    ],
)
def test_suspicious_link_is_never_verified_by_one_person(hairiz, editor, reviewer, url, code):
    with transaction():
        sellers.add_domain("hairiz.com", owner=catalog.product_by_slug(hairiz).brand)
    public_id = send(editor, hairiz, url=url, statement="").location.rsplit("/", 1)[1]
    assert code in {finding.rule.code for finding in verdict_of(public_id).verdict.findings}

    decide(reviewer, public_id, "passed", "The brand confirmed this shop in a letter of 20 Nov.")

    assert verdict_of(public_id).verdict.outcome is Outcome.FAILED
    there = f"/staff/sellers/offers/{public_id}"
    assert "A second reviewer must agree" in reviewer.get(there).text
    reviewer.post(f"{there}/second", {"evidence": evidence_on(reviewer.get(there))})
    assert verdict_of(public_id).verdict.outcome is Outcome.FAILED


def test_queue_puts_harm_first_and_says_what_disagrees(hairiz, editor):
    with transaction():
        sellers.add_domain("hairiz.com", owner=catalog.product_by_slug(hairiz).brand)
    send(editor, hairiz, url="https://tableware.com/3d", statement="")
    send(editor, hairiz)
    send(editor, hairiz, url="https://halriz.com/3d", statement="")
    page = editor.get("/staff").text

    places = [page.index(f">{host}</a>") for host in ("halriz.com", HOST, "tableware.com")]
    assert places == sorted(places)
    assert "1 mismatch" in page
    assert "2 to look at" in page
    assert "halriz.com uses characters that look like those in hairiz.com" in page


def test_decision_without_a_reason_is_refused(advert, reviewer):
    answer = decide(reviewer, advert, "failed", "")

    assert answer.status_code == 422
    assert "Enter a note for the record." in answer.text
    assert reviews.count_open() == 1


def test_link_is_taken_off_the_page_and_put_back(advert, reviewer):
    there = f"/staff/sellers/offers/{advert}/hidden"
    product_id = sellers.offer(advert).product_id

    reviewer.post(there, {"hidden": "1"})
    assert list(sellers.offers_for(product_id)) == []
    reviewer.post(there, {"hidden": "0"})
    assert len(sellers.offers_for(product_id)) == 1
