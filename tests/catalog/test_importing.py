"""Files good and broken, on both databases. A real kill stands in test_import_killed.py."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop.catalog import service
from shop.catalog.models import Brand, Product, Variant
from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from tests.catalog.files import make_row

REAL_FILE = Path(__file__).parents[3] / "shared" / "data" / "catalog_hair.csv"


def test_row_becomes_a_product_that_is_found_and_not_sold(take):
    summary = take(
        make_row(
            "7",
            brand="Kérastase",
            name="Bain  Crème",
            price="24.50",
            currency="USD",
            size="250 ml",
            ingredients='"ingredients : aqua; Glycerin ; aqua; 1,2-hexanediol."',
            category="shampoo_antidandruff",
        )
    )

    assert (summary.rows, summary.created, summary.refused, summary.warnings) == (1, 1, 0, 0)
    product = service.product_by_slug("kerastase-bain-creme")
    variant = service.variants_of(product.id)[0]
    assert (product.name, product.category, product.concerns) == (
        "Bain Crème",
        "shampoo",
        ["flaking"],
    )
    assert [each["inci"] for each in product.ingredients] == ["aqua", "Glycerin", "1,2-hexanediol"]
    assert (variant.sku, variant.price_minor, variant.currency) == ("TEST-7", 2450, "USD")
    assert (variant.size, variant.size_ml_or_g) == ("250 ml", 250.0)
    assert service.lot_to_ship(variant.id) is None
    assert find(Query(text="kerastase glycerin")).cards[0].is_for_sale is False


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"price": "48900", "currency": "IDR"}, (4_890_000, "IDR")),
        ({"price": "1980", "currency": "JPY"}, (1980, "JPY")),
        ({"price": "", "currency": "USD"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_price_is_kept_in_minor_units_of_its_own_currency(take, fields, expected):
    take(make_row(**fields))

    variant = db.session.scalars(select(Variant)).one()
    assert (variant.price_minor, variant.currency) == expected


def test_second_run_changes_nothing_and_keeps_what_staff_changed(take):
    rows = [make_row(str(number)) for number in range(5)]
    take(*rows)
    with transaction():
        product = service.product_by_slug("tolva-oat-wash-3")
        service.rename_product(product, "Oat Wash, improved")
    before = _everything()

    again = take(*rows)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 5)
    assert _everything() == before


def test_changed_row_updates_its_product_and_the_old_address_leads_on(take):
    take(make_row("1", price="9.00", currency="USD"), make_row("2"))

    again = take(
        make_row("1", name="Barley Wash", price="8.00", currency="USD", category="conditioner"),
        make_row("2"),
        make_row("3"),
    )

    assert (again.created, again.updated, again.unchanged) == (1, 1, 1)
    product = service.product_by_slug("tolva-barley-wash")
    assert product.category == "conditioner"
    assert service.variants_of(product.id)[0].price_minor == 800
    assert service.old_slug_target("tolva-oat-wash-1") == "tolva-barley-wash"
    assert find(Query(text="barley")).total == 1


def test_changed_row_leaves_the_price_of_what_is_on_sale(take):
    take(make_row("1", price="9.00", currency="USD"))
    with transaction():
        product = service.product_by_slug("tolva-oat-wash-1")
        product.is_for_sale = True
        service.variants_of(product.id)[0].price_minor = 1000

    take(make_row("1", price="8.00", currency="USD", size="1 l"))

    variant = service.variants_of(product.id)[0]
    assert (variant.price_minor, variant.size_ml_or_g) == (1000, 1000.0)


def test_same_brand_and_name_stay_products_of_their_own(take):
    take(*(make_row(str(number), name="Shampoo") for number in range(3)))

    slugs = db.session.scalars(select(Product.slug).order_by(Product.id)).all()
    assert slugs == ["tolva-shampoo", "tolva-shampoo-2", "tolva-shampoo-3"]


def test_brands_that_differ_in_spelling_only_are_one(take):
    take(make_row("1", brand="OUAI"), make_row("2", brand="Ouai"))

    assert [brand.name for brand in service.brands()] == ["OUAI"]


def test_dry_run_writes_nothing_at_all(take, tmp_path):
    before = _everything()

    summary = take(make_row("1"), make_row("2", category="soap"), dry_run=True)

    assert (summary.created, summary.refused) == (1, 1)
    assert _everything() == before
    assert not (tmp_path / "reports").exists()


def test_progress_tells_both_stages_up_to_the_end(take):
    told = []
    take(*(make_row(str(n)) for n in range(3)), progress=lambda *told_now: told.append(told_now))

    reading = [told_now for told_now in told if told_now[0] == "reading"]
    assert reading[-1][1] == reading[-1][2]
    assert told[-1] == ("writing", 3, 3)


def test_import_that_fails_leaves_nothing(take, monkeypatch):
    def stumble(*told):
        if told[0] == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(make_row("1"), progress=stumble)

    assert db.session.scalar(select(func.count()).select_from(Product)) == 0
    assert db.session.scalar(select(func.count()).select_from(Brand)) == 0
    assert find(Query()).total == 0


def test_real_file_is_imported_whole_and_again_without_change(take):
    if not REAL_FILE.exists():
        pytest.skip("the real catalog is not part of the project; it lies in ../shared/data")

    first = take(path=REAL_FILE)
    second = take(path=REAL_FILE)

    assert (first.rows, first.created, first.refused) == (4336, 4336, 0)
    assert (second.unchanged, second.created, second.updated) == (4336, 0, 0)
    found = find(Query(text="keratin shampo"))
    assert found.total > 5
    assert db.session.scalar(select(func.count(Product.slug.distinct()))) == 4336


def _everything():
    tables = ("product", "variant", "brand", "old_slug", "search_row", "search_word")
    return {
        name: sorted(map(repr, db.session.execute(db.text(f"SELECT * FROM {name}"))))  # noqa: S608 - names above
        for name in tables
    }
