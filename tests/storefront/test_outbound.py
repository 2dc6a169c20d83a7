import re
from datetime import timedelta

import pytest

from shop.assay import registry
from shop.assay.sellers import checks
from shop.assay.sellers.facts import ProofMethod, Statement
from shop.assay.sellers.hostnames import parse
from shop.assay.vocabulary import Outcome
from shop.catalog import service as catalog
from shop.plumbing.clock import now
from shop.plumbing.db import transaction
from shop.sellers import following
from shop.sellers import service as sellers
from shop.sellers.service import OfferWords
from shop.web.context import current_shop
from tests.sellers import factories
from tests.storefront.scenes import ADVERT, AT, make_hairiz, publish_findings, publish_offer

LOOKALIKE = registry.rule("name.lookalike_characters")
STOPPING = [
    rule for rule in checks.RULES if rule.outcome is Outcome.FAILED and "seller" not in rule.code
]


def is_name(rule):
    return rule.code.startswith("name.")


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
    assert "We know of no official shop of HAIRIZ" in page.text
    assert "That does not prove anything is wrong with it." in page.text
    assert f'href="{ADVERT}"' in page.html
    assert 'rel="nofollow noopener noreferrer"' in page.html
    assert f"Continue to {ADVERT}" in page.text
    assert f"/disputes/new?offer={offer.public_id}" in page.links


def test_lookalike_address_is_compared_letter_by_letter(visitor, product):
    with transaction():
        sellers.add_domain("marenoak.com", owner=brand_of(product))
    offer = offered(product, "https://maren-oak.com/serum")

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Did you mean marenoak.com?" in page.text
    assert "Address looks like a known one, but is not" in page.text
    assert "On record as an address of Maren &amp; Oak." in page.html
    assert "https://marenoak.com/" not in page.links  # nobody has proved it


def test_address_that_was_meant_is_the_first_way_on_when_it_is_proven(visitor, product):
    with transaction():
        own = sellers.add_domain("marenoak.com", owner=brand_of(product))
        sellers.record_proof(own, method=ProofMethod.FILE)
    offer = offered(product, "https://maren-oak.com/serum")

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Go to marenoak.com" in page.text
    assert "Maren & Oak showed us with a file on the site on" in page.text
    assert page.links.index("https://marenoak.com/") < page.links.index(offer.href)


def test_official_alternative_stands_beside_a_mismatch(visitor, product):
    with transaction():
        own = sellers.add_domain("marenoak.com", owner=brand_of(product))
        sellers.record_proof(own, method=ProofMethod.DNS)
    said = OfferWords(statement=Statement.OFFICIAL)
    offer = offered(product, "https://corner-shop.com/serum", words=said)

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Check this address before you go" in page.text
    assert "https://marenoak.com/" in page.links


@pytest.mark.parametrize("rule", STOPPING, ids=lambda rule: rule.code)
def test_every_failed_finding_stops_with_its_sentence_and_a_way_on(visitor, product, rule):
    variant = next(iter(rule.wordings))
    details = dict.fromkeys(re.findall("{([a-z0-9]+)}", rule.wordings[variant]), "x")
    known = {"h": "maren0ak.com", "target": "marenoak.com", "h2": "other.com", "date": AT.date()}
    details |= {name: value for name, value in known.items() if name in details}
    with transaction():
        offer = sellers.add_offer(product, "https://maren0ak.com/serum")
        found = rule.found(variant, outcome=Outcome.FAILED, **details)
        publish_findings(offer.public_id, [found])

    page = visitor.open(f"/go/{offer.public_id}")

    assert page.status == 200
    assert found.sentence in page.text
    assert ("Did you mean marenoak.com?" in page.text) is ("target" in details and is_name(rule))
    assert ("It led on to other.com" in page.text) is ("h2" in details)
    assert 'rel="nofollow noopener noreferrer">Continue to https://maren0ak.com/serum' in " ".join(
        page.html.split()
    )


def test_letters_of_another_alphabet_are_named_and_shown_in_plain_letters_too(visitor, product):
    h = parse("https://m\u0430renoak.com").shown
    with transaction():
        offer = sellers.add_offer(product, "https://m\u0430renoak.com/")
        found = LOOKALIKE.found(h=h, target="marenoak.com")
        publish_findings(offer.public_id, [found])

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Cyrillic small letter a, where the other has the letter a." in page.text
    assert "In plain letters: xn--mrenoak-2fg.com." in page.text
    assert "Continue to https://xn--mrenoak-2fg.com/" in page.text


def test_name_before_an_at_is_not_shown_as_the_site(visitor, product):
    offer = offered(product, "https://marenoak.com@evil.example/x")

    page = visitor.open(f"/go/{offer.public_id}")

    assert "Link shows one site and opens another" in page.text
    assert "Continue to https://evil.example/x" in page.text


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
    assert "not a web address, so there is no way on from here" in page.text


def test_hidden_offer_has_no_way_out(visitor, product):
    with transaction():
        offer = sellers.add_offer(product, "https://brushandbay.com/")
        sellers.hide_offer(offer)

    page = visitor.open(f"/go/{offer.public_id}")

    assert "https://brushandbay.com/" not in page.links
    assert "We took this link off" in page.text


def test_address_of_the_way_out_is_never_taken_from_the_request(client, product):
    offer = offered(product, "https://brushandbay.com/")

    answer = client.get(f"/go/{offer.public_id}?url=https://evil.example&next=https://evil.example")

    assert answer.location == "https://brushandbay.com/"


def test_click_has_a_link_looked_at_again_unless_the_last_look_is_fresh(client, app, product):
    offer = offered(product, "https://brushandbay.com/")
    clicks = following.clicks(current_shop().config.data_dir)

    client.get(f"/go/{offer.public_id}")
    client.get(f"/go/{offer.public_id}")
    with clicks.taken() as words:
        assert words == {offer.public_id}

    with transaction():
        sellers.offer(offer.public_id).followed_at = now() - timedelta(hours=23)
    client.get(f"/go/{offer.public_id}")
    with clicks.taken() as words:
        assert words == frozenset()


def test_click_is_never_delayed_by_where_word_is_left(client, app, product, tmp_path):
    offer = offered(product, "https://brushandbay.com/")
    (tmp_path / "clicks").mkdir()  # nothing can be written there

    assert client.get(f"/go/{offer.public_id}").status_code == 303
