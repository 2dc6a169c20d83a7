import pytest

from shop.plumbing.db import transaction
from tests.catalog.factories import make_product


@pytest.fixture
def shelves(app):
    with transaction():
        make_product(concerns=("thinning",), verification="ok", rank=70, lot="MO-2609-B", on_hand=2)
        make_product(
            "Oat Milk Gentle Shampoo",
            brand="Tolva",
            category="shampoo",
            price=1800,
            verification="part",
            rank=60,
        )
        make_product(
            "3D Exosome", brand="HAIRIZ", price=None, is_for_sale=False, verification="warn"
        )


def test_filter_with_nothing_to_choose_is_left_out(visitor, app):
    with transaction():
        make_product("Plain Oil", category="oil")

    page = visitor.open("/?q=plain")

    assert "Category" in page.text
    assert "Concern" not in page.text
    assert "Lowest price in dollars" in page.text


def test_home_lists_everything_the_best_documented_first(visitor, shelves):
    text = visitor.open("/").text

    names = ["Rosemary Scalp Serum", "Oat Milk Gentle Shampoo", "3D Exosome"]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
    assert "3 products" in text
    assert "Not sold here" in text


@pytest.mark.parametrize(
    ("asked", "found", "hidden"),
    [
        ("?q=rosemary", ["Rosemary Scalp Serum"], ["Oat Milk", "3D Exosome"]),
        ("?q=MO-2609-B", ["Rosemary Scalp Serum"], ["Oat Milk"]),
        ("?category=shampoo", ["Oat Milk"], ["Rosemary Scalp"]),
        ("?brand=tolva", ["Oat Milk"], ["Rosemary Scalp"]),
        ("?verification=ok&verification=part", ["Rosemary Scalp", "Oat Milk"], ["3D Exosome"]),
        ("?concern=thinning", ["Rosemary Scalp"], ["Oat Milk"]),
        ("?min=20&max=$40", ["Rosemary Scalp"], ["Oat Milk"]),
        ("?min=twelve&page=" + "9" * 5000, ["Rosemary Scalp", "Oat Milk"], []),
        ("?sort=price", ["Oat Milk", "Rosemary Scalp"], []),
        ("?category=%01&brand=' OR 1=1", ["No product has all of these"], []),
    ],
)
def test_address_narrows_the_listing(visitor, shelves, asked, found, hidden):
    results = visitor.open("/" + asked).html.partition('id="results"')[2]

    assert all(name in results for name in found)
    assert not any(name in results for name in hidden)


def test_chips_take_one_filter_away_each(visitor, shelves):
    page = visitor.open("/?category=shampoo&verification=part&q=oat")

    assert "/?q=oat&verification=part" in page.links
    assert "/?q=oat&category=shampoo" in page.links
    assert "/?q=oat" in page.links  # clear all, and keep the words


def test_filters_tell_how_many_flagged_products_they_hide(visitor, shelves):
    page = visitor.open("/?verification=ok")

    assert "1 flagged product is hidden by your filters." in page.text
    assert "/?verification=ok&verification=warn" in page.links


def test_thinning_hair_is_told_to_see_a_doctor(visitor, shelves):
    assert "see a doctor" in visitor.open("/?concern=thinning").text


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("rosemary mould", "/p/maren-oak-rosemary-scalp-serum"),
        ("exosom shampoo", "/p/hairiz-3d-exosome"),
        ("!!!", "/"),
    ],
)
def test_nothing_found_offers_what_is_nearest_and_a_way_on(visitor, shelves, asked, link):
    page = visitor.open(f"/?q={asked}")

    assert page.status == 200
    assert f"No products match “{asked}”." in page.text
    assert link in page.links


def test_listing_is_paged_and_keeps_what_was_asked(visitor, app):
    with transaction():
        for number in range(30):
            make_product(f"Oat Shampoo {number}", brand="Tolva", category="shampoo")

    page = visitor.open("/?category=shampoo")

    assert "30 products" in page.text
    assert "/?category=shampoo&page=2" in page.links
    assert visitor.open("/?category=shampoo&page=2").html.count('class="card"') == 6


def test_suggestions_name_kind_text_and_address(client, shelves):
    told = client.get("/suggest?q=rosem").json

    product = told["groups"][0]
    assert product["kind"] == "Product"
    assert product["items"][0] == {
        "t": "Rosemary Scalp Serum",
        "s": "Maren & Oak",
        "u": "/p/maren-oak-rosemary-scalp-serum",
    }


@pytest.mark.parametrize("asked", ["", "?q=", "?q=" + "x" * 5000])
def test_suggestions_for_nothing_are_none(client, shelves, asked):
    assert client.get("/suggest" + asked).json == {"groups": []}
