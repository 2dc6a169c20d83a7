import pytest

from shop.assay.vocabulary import Outcome
from shop.catalog import service as catalog
from shop.plumbing.db import transaction
from shop.sellers import service as sellers
from tests.sellers import factories
from tests.storefront.scenes import ADVERT, make_hairiz, publish_offer


@pytest.fixture
def product(app):
    with transaction():
        return factories.make_product()


def brand_of(product):
    return catalog.product(product.public_id).brand


def offered(product, url, **more):
    with transaction():
        offer = sellers.add_offer(product, url, **more)
        publish_offer(offer.public_id)
        return offer


def test_mismatched_address_is_told_before_anybody_leaves(visitor, app):
    offer = make_hairiz()

    page = visitor.open(f"/go/{offer.public_id}")

    assert page.status == 200
    assert "Check this address before you go" in page.text
    assert "Words in the address: “american”, “discount”, “tableware”." in page.text
    assert 'class="w w-off"' in page.html
    assert "The brand has not told us which addresses are its own." in page.text
    assert "That does not prove anything is wrong with it." in page.text
    assert f'href="{ADVERT}"' in page.html
    assert 'rel="nofollow noopener noreferrer"' in page.html
    assert "Continue to americandiscounttableware.com" in page.text


def test_lookalike_address_is_compared_letter_by_letter(visitor, product):
    with transaction():
        sellers.add_domain("marenoak.com", owner=brand_of(product))
    offer = offered(product, "https://maren-oak.com/serum")

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Did you mean marenoak.com?" in page.text
    assert "Address looks like the brand’s, but is not" in page.text


def test_decision_of_a_person_stops_the_way_out_and_gives_its_reason(visitor, product):
    offer = offered(product, "https://brushandbay.com/serum")
    with transaction():
        publish_offer(offer.public_id, decided=Outcome.FAILED)

    page = visitor.open(f"/go/{offer.public_id}")
    assert page.status == 200
    assert "Check this address before you go" in page.text
    assert "rejected it." in page.text
    assert "Reason given: “Compared with the label.”" in page.text
    product_page = visitor.open(f"/p/{product.slug}")
    assert "Reason given: “Compared with the label.”" in product_page.text
    assert "Read before going" in product_page.text


@pytest.mark.parametrize("is_listed", [True, False])
def test_confirmed_and_unconfirmed_shops_are_left_to_straight_away(client, product, is_listed):
    url = "https://brushandbay.com/serum?from=list"
    with transaction():
        retailer = factories.make_listed_shop(brand_of(product)) if is_listed else None
    offer = offered(product, url, retailer=retailer)

    answer = client.get(f"/go/{offer.public_id}")

    assert answer.status_code == 303
    assert answer.location == url
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_shop_that_nobody_has_checked_yet_is_left_to_as_well(client, product):
    with transaction():
        offer = sellers.add_offer(product, "https://brushandbay.com/")

    assert client.get(f"/go/{offer.public_id}").status_code == 303


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "ftp://x.com/", "http://"]
)
def test_what_is_no_web_address_is_never_a_way_out(visitor, product, url):
    with transaction():
        offer = sellers.add_offer(product, "https://brushandbay.com/")
        offer.url = url  # as if it had been written by an older version

    page = visitor.open(f"/go/{offer.public_id}")

    assert page.status == 200
    assert url not in page.links
    assert "there is no way on from here" in page.text


def test_hidden_offer_has_no_way_out(visitor, product):
    with transaction():
        offer = sellers.add_offer(product, "https://brushandbay.com/")
        sellers.hide_offer(offer)

    page = visitor.open(f"/go/{offer.public_id}")

    assert "https://brushandbay.com/" not in page.links


def test_address_of_the_way_out_is_never_taken_from_the_request(client, product):
    offer = offered(product, "https://brushandbay.com/")

    answer = client.get(f"/go/{offer.public_id}?url=https://evil.example&next=https://evil.example")

    assert answer.location == "https://brushandbay.com/"
