"""One table of behaviour; it runs on SQLite and on PostgreSQL alike."""

import dataclasses
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from shop.catalog import search, service
from shop.catalog.search import Query, find, suggest
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product, stand

HOSTILE = [
    '"',
    '""',
    "'",
    "NEAR(",
    "NEAR(a b, 3)",
    "*",
    "a*b",
    "title : x",
    "-serum",
    "^serum",
    "(serum",
    "serum OR",
    "serum AND NOT",
    "serum & | ! <-> :*",
    "\\",
    "'; DROP TABLE product; --",
    "%",
    "_",
    "\x00",
    "ser\x00um",
    "\ud800",
    "🧴",
    "🧴 serum",
    "!!! ???",
    "\uff33\uff25\uff32\uff35\uff2d",
    "שמפו",
    "シャンプー",
    "शैम्पू",
    "𞤀𞤁",
    "a" * 10_000,
    "serum " * 2_000,
    "9" * 5_000,
    "\u202eserum",
    "1e5 0x10 ½ ² ①",
]


@pytest.fixture
def stocked(app):
    with transaction():
        make_product(
            "Rosemary Scalp Serum",
            gtin="00012345678905",
            sku="MO-RSS-50",
            lot="MO-2609-B",
            on_hand=5,
            concerns=["thinning"],
            ingredients=["Aqua", "Rosmarinus Officinalis Leaf Oil", "Niacinamide"],
            verification="ok",
            rank=90,
        )
        make_product(
            "Oat Milk Gentle Shampoo",
            brand="Tolva",
            category="shampoo",
            ingredients=["Aqua", "Keratin"],
            verification="part",
            rank=70,
        )
        make_product("Keratin Crème", brand="Kérastel", category="conditioner", price=1999)
        make_product("3D Exosome", brand="HAIRIZ", price=None, is_for_sale=False)
        make_product("Curl Brushes", brand="Pell", category="other", price=700)
        make_product("Niacinamide Tonic", brand="Pell", category="serum", price=2200)
    with transaction():
        flagged = service.product_by_slug("hairiz-3d-exosome")
        stand(flagged, "warn", rank=99)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rosemary", ["Rosemary Scalp Serum"]),
        ("ROSEMARY  scalp", ["Rosemary Scalp Serum"]),
        ("rosem", ["Rosemary Scalp Serum"]),  # a word only begun
        ("creme", ["Keratin Crème"]),  # accents on neither side matter
        ("Créme kerastel", ["Keratin Crème"]),
        ("maren and oak", ["Rosemary Scalp Serum"]),  # "&" is printed, "and" is typed
        ("tolva shampoos", ["Oat Milk Gentle Shampoo"]),  # plural asked, singular printed
        ("curl brush", ["Curl Brushes"]),  # and the other way round
        ("keratin", ["Keratin Crème", "Oat Milk Gentle Shampoo"]),  # name before ingredient
        ("niacinamide", ["Niacinamide Tonic", "Rosemary Scalp Serum"]),
        ("MO-2609-B", ["Rosemary Scalp Serum"]),  # its lot
        ("mo2609b", ["Rosemary Scalp Serum"]),
        ("MO 2609", ["Rosemary Scalp Serum"]),  # a part of it
        ("mo-rss-50", ["Rosemary Scalp Serum"]),  # its SKU
        ("012345678905", ["Rosemary Scalp Serum"]),  # its GTIN as printed: UPC-A
        ("0 12345 67890 5", ["Rosemary Scalp Serum"]),
        ("00012345678905", ["Rosemary Scalp Serum"]),
        ("hairiz", ["3D Exosome"]),
        ("rosemary hairiz", []),  # every word must occur
        ("serums tonics", ["Rosemary Scalp Serum", "Niacinamide Tonic", "3D Exosome"]),  # category
    ],
)
def test_find_gives_the_products_meant(stocked, text, names):
    found = find(Query(text=text))

    assert [card.name for card in found.cards] == names
    assert found.total == len(names)
    assert found.corrected is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("keratn", "keratin"),
        ("shmapoo", "shampoo"),  # two letters swapped
        ("hsampoo", "shampoo"),  # from the first letter on
        ("rosmery serum", "rosemary serum"),
        ("niacinimide", "niacinamide"),
        ("exosone", "exosome"),
    ],
)
def test_find_leads_a_typo_to_the_nearest_word(stocked, typed, read):
    found = find(Query(text=typed))

    assert found.corrected == read
    assert found.total >= 1
    assert [card.name for card in found.cards] == [
        card.name for card in find(Query(text=read)).cards
    ]


@pytest.mark.parametrize("typed", ["xyzzyqwx", "keratin12345", "zzz"])
def test_find_does_not_guess_when_nothing_is_near(stocked, typed):
    found = find(Query(text=typed))

    assert (found.total, found.corrected, list(found.cards)) == (0, None, [])


def test_find_and_suggest_survive_any_text(stocked):
    for text in HOSTILE:
        found = find(Query(text=text))
        suggest(text)

        assert (text, len(found.cards)) == (text, found.total)


def test_find_with_a_filter_that_does_not_exist_finds_nothing(stocked):
    for value in ("", "\x00", "nope", "🧴", "'", "x" * 10_000, "\ud800"):
        for name in ("brands", "categories", "concerns", "verification", "prices"):
            found = find(Query(**{name: (value,)}))
            assert (value, name, found.total) == (value, name, 0)


def test_find_survives_a_thousand_filters_and_page_a_billion(stocked):
    many = tuple(f"brand-{n}" for n in range(1000))
    assert find(Query(brands=("pell", *many))).total == 2

    found = find(Query(page=10**9, per_page=2, price_min=-(10**20), price_max=10**20))
    assert found.page == found.pages == 3  # of five with a price in dollars
    assert find(Query(page=-5, per_page=-1)).page == 1


def test_find_only_punctuation_finds_nothing_but_blank_finds_all(stocked):
    assert find(Query(text="?!")).total == 0
    assert find(Query(text=" \x00 ")).total == 6


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


def test_unpublished_product_is_found_nowhere(stocked):
    with transaction():
        product = service.product_by_slug("pell-curl-brushes")
        product.is_published = False
        search.index([product.id])

    assert find(Query(text="brushes")).total == 0
    assert find(Query(brands=("pell",))).total == 1
    assert suggest("curl") == []


def test_index_forgets_old_words(stocked):
    with transaction():
        service.rename_product(service.product_by_slug("kerastel-keratin-creme"), "Silk Balm")

    assert find(Query(text="keratin")).total == 1  # the ingredient of another
    assert find(Query(text="silk")).total == 1
    assert find(Query(text="cremee")).corrected is None  # nothing has that word any more


def test_index_of_all_gives_what_the_increments_gave(stocked):
    before = _tables()
    with transaction():
        search.index(None)

    assert _tables() == before


def test_index_is_undone_with_its_transaction(stocked):
    with pytest.raises(ZeroDivisionError):
        _add_and_fail()

    assert find(Query(text="balm")).total == 0


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("ros", [("product", "Rosemary Scalp Serum")]),
        ("pel", [("product", "Curl Brushes"), ("product", "Niacinamide Tonic"), ("brand", "Pell")]),
        ("oak", [("product", "Rosemary Scalp Serum"), ("brand", "Maren & Oak")]),
        ("mo-26", [("product", "Rosemary Scalp Serum"), ("lot", "MO-2609-B")]),
        ("rosmary", [("product", "Rosemary Scalp Serum")]),  # a typo
        ("hairiz", [("product", "3D Exosome"), ("brand", "HAIRIZ")]),
        ("", []),
        ("?", []),
    ],
)
def test_suggest_offers_products_brands_and_lots(stocked, text, suggested):
    found = suggest(text)

    assert [(each.kind, each.text) for each in found] == suggested
    assert all(each.is_flagged == (each.text == "3D Exosome") for each in found)


def test_suggest_keeps_to_its_limit(stocked):
    assert len(suggest("pell", limit=2)) == 2


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


def _add_and_fail():
    with transaction():
        make_product("Lost Balm")
        raise ZeroDivisionError


def _tables():
    rows = db.session.execute(db.text("SELECT * FROM search_row ORDER BY product_id")).all()
    words = db.session.execute(db.text("SELECT word, count FROM search_word ORDER BY word")).all()
    return sorted(map(tuple, rows)), sorted(map(tuple, words))
