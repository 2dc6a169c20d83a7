import pytest

from shop.assay.sellers.facts import ProofMethod, Statement
from shop.assay.vocabulary import Outcome
from shop.catalog import service as catalog
from shop.plumbing.db import transaction
from shop.sellers import service as sellers
from shop.sellers.service import OfferWords
from tests.sellers import factories
from tests.storefront.scenes import make_hairiz, publish_offer

FIXED_LINE = "We could not confirm this seller. That is not a finding against it."


@pytest.fixture
def product(app):
    """With a shop in each of the four states, and one that nobody has looked at."""
    with transaction():
        product = factories.make_product()
        brand = catalog.product(product.public_id).brand
        own = sellers.add_domain("marenoak.com", owner=brand)
        sellers.record_proof(own, method=ProofMethod.DNS)
        listed = factories.make_listed_shop(brand)
        offered(product, "https://maren-oak.com/", label="Hyphen House")
        offered(product, "https://plain-shop.com/", label="Official Corner", says="official")
        offered(product, "https://unlisted-shop.com/", label="Unlisted Shop")
        sellers.add_offer(product, "https://new-shop.com/", words=OfferWords(label="New Shop"))
        offered(product, "https://brushandbay.com/", retailer=listed)
        offered(product, "https://marenoak.com/", label="Maren & Oak Store")
    return product


def offered(product, url, *, label="", says="", retailer=None):
    words = OfferWords(label=label, statement=Statement(says) if says else None)
    offer = sellers.add_offer(product, url, words=words, retailer=retailer)
    publish_offer(offer.public_id)
    return offer


def row_of(page, name):
    """The text of one shop's row."""
    rows = page.html.split('<ul class="sellers">')[1].split("</ul>")[0].split("<li>")
    return next(row for row in rows if f">{name}<" in row)


@pytest.mark.parametrize(
    ("name", "mark", "words"),
    [
        ("Maren &amp; Oak Store", "ok", ("Verified", "Brand’s own shop")),
        ("Brush &amp; Bay", "ok", ("Verified", "Named by the brand")),
        ("Unlisted Shop", "none", ("Not confirmed", FIXED_LINE)),
        ("New Shop", "none", ("Not checked yet",)),
        ("Official Corner", "warn", ("Does not match", "Address does not match the brand")),
        ("Hyphen House", "warn", ("Compare the address", "looks like a known one, but is not")),
    ],
)
def test_shop_stands_with_its_state_in_shape_word_and_reason(visitor, product, name, mark, words):
    row = row_of(visitor.open(f"/p/{product.slug}"), name)

    assert f'data-state="{mark}"' in row
    assert f"#m-{mark}" in row
    assert [each for each in words if each not in row] == []
    assert "Checked" in row or "Seen on" in row


def test_shops_stand_by_how_much_could_be_confirmed(visitor, product):
    text = visitor.open(f"/p/{product.slug}").text
    names = ("Maren & Oak Store", "Brush & Bay", "Unlisted Shop", "New Shop", "Official Corner")

    places = [text.index(name) for name in (*names, "Hyphen House")]

    assert places == sorted(places)


def test_sentences_of_the_findings_are_the_rules_own(visitor, product):
    row = row_of(visitor.open(f"/p/{product.slug}"), "Brush &amp; Bay")

    assert "lists Brush &amp; Bay as an authorized seller" in row
    assert "showed that it controls brushandbay.com" in row


def test_filter_leaves_the_verified_and_says_what_it_hides(visitor, product):
    page = visitor.open(f"/p/{product.slug}?sellers=verified")

    assert "Brush & Bay" in page.text
    assert "Unlisted Shop" not in page.text
    assert "Hyphen House" not in page.text
    assert (
        "4 shops are hidden: 1 not confirmed, 1 with an address that does not match, "
        "1 with an address to compare, 1 not checked yet."
    ) in page.text
    assert f"/p/{product.slug}#sellers" in page.links  # show all again


def test_filter_is_a_form_that_keeps_the_reader_in_its_place(visitor, product):
    visitor.open(f"/p/{product.slug}")
    form = visitor.page.form(f"/p/{product.slug}#sellers")

    assert form.method == "get"
    assert form.names == {"sellers"}
    assert "sellers" not in form.fields  # unchecked: nothing is hidden unless asked
    assert "Verified only (2 of 6)" in visitor.page.text
    visitor.open(f"/p/{product.slug}?sellers=verified")
    assert visitor.page.form(f"/p/{product.slug}#sellers").fields == {"sellers": "verified"}


@pytest.mark.parametrize("asked", ["", "all", "verified'--", "VERIFIED"])
def test_any_other_word_in_the_address_hides_nothing(visitor, product, asked):
    page = visitor.open(f"/p/{product.slug}?sellers={asked}")

    assert "Hyphen House" in page.text
    assert "hidden" not in page.text


@pytest.mark.parametrize("only", ["", "?sellers=verified"])
def test_official_address_is_always_offered(visitor, product, only):
    page = visitor.open(f"/p/{product.slug}{only}")

    assert "Maren & Oak showed us on" in page.text
    assert "https://marenoak.com/" in page.links


def test_official_address_is_offered_though_no_link_leads_there(visitor, app):
    with transaction():
        product = factories.make_product()
        own = sellers.add_domain("marenoak.com", owner=product.brand)
        sellers.record_proof(own, method=ProofMethod.META)

    page = visitor.open(f"/p/{product.slug}")

    assert "showed us with a mark on its first page on" in page.text
    assert "https://marenoak.com/" in page.links


def test_unproven_or_unknown_official_address_is_called_unknown(visitor, app):
    offer = make_hairiz()
    with transaction():
        sellers.add_domain("hairiz.com", owner=sellers.offer(offer.public_id).product.brand)

    page = visitor.open("/p/hairiz-3d-exosome")

    assert "We know of no official shop of HAIRIZ" in page.text
    assert "https://hairiz.com/" not in page.links


def test_every_row_has_a_way_to_object(visitor, product):
    page = visitor.open(f"/p/{product.slug}")
    ways = [link for link in page.links if link.startswith("/disputes/new?offer=")]

    assert len(ways) == len(set(ways)) == 6
    assert "Dispute this finding" in row_of(page, "Hyphen House")
    assert "Tell us" in row_of(page, "New Shop")


def test_only_contradicted_shops_are_read_about_before_going(visitor, product):
    page = visitor.open(f"/p/{product.slug}")

    stopped = [name for name in ("Official Corner", "Hyphen House") if _is_read(page, name)]
    free = [name for name in ("Unlisted Shop", "New Shop") if not _is_read(page, name)]
    assert len(stopped) == len(free) == 2


def test_approval_by_staff_is_not_told_as_the_brands_word(visitor, app):
    with transaction():
        product = factories.make_product()
        offer = offered(product, "https://unlisted-shop.com/", label="Unlisted Shop")
        publish_offer(offer.public_id, decided=Outcome.PASSED)

    row = row_of(visitor.open(f"/p/{product.slug}"), "Unlisted Shop")

    assert "Verified" in row
    assert "Confirmed by our staff" in row
    assert "Named by the brand" not in row


def _is_read(page, name):
    return "Read before going" in row_of(page, name)
