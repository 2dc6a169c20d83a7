import itertools
import re
from datetime import date

import pytest

from shop.catalog import naming
from shop.catalog.choices import CATEGORIES, CONCERNS
from shop.catalog.editing import product_address
from shop.catalog.models import LotStatus
from shop.catalog.naming import gtin14, lot_key
from shop.demo import art, catalog

ANCHOR = date(2026, 11, 22)
PRODUCTS = [product for brand in catalog.brands() for product in brand.products]
LOTS = [lot for product in PRODUCTS for lot in product.lots]
SIZES = [size for product in PRODUCTS for size in product.sizes]
SLUGS = [product.slug for product in PRODUCTS]
ALLERGEN = "Fragrance allergen"
# What a cosmetic may not be said to do (claims room), and praise that we do not hand out.
DRUG_WORDS = re.compile(
    r"\b(?:cures?|heals?|treats?|prevents?|regrow\w*|stimulat\w*|dandruff|psoriasis|eczema|"
    r"alopecia|baldness|hair loss|follicles?|clinically|best|amazing|guarantee\w*)\b",
    re.IGNORECASE,
)


def test_size_of_the_demo():
    assert len(catalog.brands()) == 11
    assert len(PRODUCTS) == 42
    assert min(len(brand.products) for brand in catalog.brands() if brand.slug != "hairiz") >= 3


@pytest.mark.parametrize(
    "values",
    [
        SLUGS,
        [size.sku for size in SIZES],
        [size.gtin for size in SIZES],
        [lot_key(lot.code(ANCHOR)) for lot in LOTS],
        [lot.report_pattern for lot in LOTS if lot.laboratory],
    ],
    ids=["slugs", "skus", "gtins", "lots", "reports"],
)
def test_each_is_used_once(values):
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("gtin", [size.gtin for size in SIZES])
def test_gtin_is_sound_and_for_demonstrations_only(gtin):
    assert gtin14(gtin) == f"0{gtin}"
    assert gtin.startswith("952")


@pytest.mark.parametrize("product", PRODUCTS, ids=SLUGS)
def test_product_is_whole(product):
    assert product.category in CATEGORIES
    assert set(product.concerns) <= set(CONCERNS)
    assert len(product.summary) > 40
    if not product.is_for_sale:  # HAIRIZ: an advertisement is all there is
        assert not any((product.sizes, product.lots, product.inci, product.picture))
        return
    assert product.sizes
    assert product.lots
    assert product.steps
    assert product.frequency
    assert all(0 <= lot.size < len(product.sizes) for lot in product.lots)
    assert all(lot.status in set(LotStatus) for lot in product.lots)
    assert product.usage["patch_test"]


@pytest.mark.parametrize("product", PRODUCTS, ids=SLUGS)
def test_copy_makes_no_drug_claim(product):
    for text in (product.summary, *product.steps):
        if product.is_for_sale:
            assert not DRUG_WORDS.search(text), text


@pytest.mark.parametrize("product", [each for each in PRODUCTS if each.inci], ids=lambda p: p.slug)
def test_ingredients_are_in_the_order_of_a_label(product):
    functions = [catalog.functions()[name] for name in product.inci]  # each has a function
    assert len(set(product.inci)) == len(product.inci)
    assert len(product.inci) >= 4
    if product.panel in {"leave-on", "rinse-off"}:
        assert product.inci[0] == "Aqua"
    without_color = [function for function in functions if function != "Color"]
    runs = [name == ALLERGEN for name, _ in itertools.groupby(without_color)]
    assert runs.count(True) <= 1
    assert ALLERGEN not in functions or without_color[-1] == ALLERGEN


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot.code_pattern)
def test_lot_was_made_before_today_and_its_stock_is_fresh(lot):
    assert lot.made_on(ANCHOR) < ANCHOR
    assert lot.expires_on(ANCHOR) > ANCHOR or not lot.stock


def test_slug_is_the_address_that_the_catalog_gives():
    for brand in catalog.brands():
        assert naming.slug(brand.name) == brand.slug
        for product in brand.products:
            assert product_address(brand.name, product.name) == product.slug


def test_every_pack_is_drawn_small_and_described():
    for product in PRODUCTS:
        shot = art.pack_shot(product)
        if shot is None:
            assert not product.is_for_sale
            continue
        assert len(shot.content) < 12_000, product.slug
        assert b"<script" not in shot.content
        assert b"style=" not in shot.content
        assert len(shot.alt) > 30
        drawn = [line.lower() for line in product.picture["lines"]]
        assert all(line in shot.alt.lower() for line in " ".join(drawn).split()[:2])


def test_drawing_says_the_size_that_comes_first():
    for product in PRODUCTS:
        if product.picture and product.picture["shape"] not in {"bar", "jar"}:
            assert product.sizes[0].size in product.picture["alt"]


def test_hosts_are_reserved_for_examples():
    for brand in catalog.brands():
        assert all(host.endswith(".example") for host in brand.domains)
