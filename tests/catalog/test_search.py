"""One table of behavior; it runs on SQLite and on PostgreSQL alike."""

import pytest

from shop.catalog.search import Query, find, suggest

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
