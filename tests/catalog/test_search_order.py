"""What comes first, what a card says, and how few statements that takes."""

import dataclasses
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (
            "documented",
            [
                "Rosemary Scalp Serum",
                "Oat Milk Gentle Shampoo",
                "Curl Brushes",
                "Keratin Crème",
                "Niacinamide Tonic",
                "3D Exosome",
            ],
        ),
        (
            "price",
            [
                "Curl Brushes",
                "Keratin Crème",
                "Niacinamide Tonic",
                "Oat Milk Gentle Shampoo",
                "Rosemary Scalp Serum",
                "3D Exosome",
            ],
        ),
        (
            "-price",
            [
                "Oat Milk Gentle Shampoo",
                "Rosemary Scalp Serum",
                "Niacinamide Tonic",
                "Keratin Crème",
                "Curl Brushes",
                "3D Exosome",
            ],
        ),
        (
            "name",
            [
                "Curl Brushes",
                "Keratin Crème",
                "Niacinamide Tonic",
                "Oat Milk Gentle Shampoo",
                "Rosemary Scalp Serum",
                "3D Exosome",
            ],
        ),
        (
            "newest",
            [
                "Niacinamide Tonic",
                "Curl Brushes",
                "Keratin Crème",
                "Oat Milk Gentle Shampoo",
                "Rosemary Scalp Serum",
                "3D Exosome",
            ],
        ),
    ],
)
def test_find_sorts_and_puts_the_flagged_last(stocked, sort, names):
    found = find(Query(sort=sort))

    assert [card.name for card in found.cards] == names
    assert found.sort == sort


@pytest.mark.parametrize(
    ("text", "asked", "used"),
    [
        ("", "", "documented"),
        ("serum", "", "relevance"),
        ("", "relevance", "documented"),
        ("serum", "cheapest", "relevance"),
        ("serum", "price", "price"),
    ],
)
def test_find_says_which_order_it_used(stocked, text, asked, used):
    assert find(Query(text=text, sort=asked)).sort == used


def test_relevance_puts_what_can_be_bought_first_among_equals(app):
    with transaction():
        make_product("Plain Oil", brand="A")
        make_product("Plain Oil", brand="B", on_hand=1)
        make_product("Plain Oil", brand="C", verification="ok", rank=50)
        make_product("Plain Oil", brand="D", verification="ok", rank=50, on_hand=1)

    assert [card.brand_name for card in find(Query(text="plain oil")).cards] == ["D", "B", "C", "A"]


def test_card_says_what_the_page_needs(stocked):
    card = find(Query(text="rosemary")).cards[0]

    assert card.slug == "maren-oak-rosemary-scalp-serum"
    assert (card.brand_name, card.brand_slug) == ("Maren & Oak", "maren-oak")
    assert (card.price_minor, card.currency, card.size, card.size_ml_or_g) == (
        3400,
        "USD",
        "50 ml",
        50.0,
    )
    assert (card.verification, card.headline, card.claims_grade) == ("ok", "verified", 0)
    assert (card.is_for_sale, card.is_in_stock) == (True, True)
    assert card.image_blob is None


def test_card_of_a_product_never_inspected_reads_as_none(stocked):
    card = find(Query(text="curl brushes")).cards[0]

    assert (card.verification, card.headline, card.certificate) == ("none", "none", "none")
    assert (card.is_for_sale, card.is_in_stock) == (True, False)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (Query(), 2),
        (Query(text="serum", brands=("pell",), categories=("serum",), prices=("20-35",)), 4),
        (Query(text="keratn"), 4),
        (Query(text="keratn", concerns=("frizz",), verification=("ok",)), 4),
    ],
)
def test_listing_is_at_most_four_statements_however_many_cards(stocked, query, most):
    with transaction():
        for number in range(60):
            make_product(f"Serum {number}", brand=f"Brand {number % 7}")
    with _listening() as sent:
        find(dataclasses.replace(query, per_page=60))

    assert len(sent) <= most


@contextmanager
def _listening():
    """The statements that are sent meanwhile."""
    sent = []

    def note(*args):
        if args[2] != "BEGIN":  # SQLite's, which is no question
            sent.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
