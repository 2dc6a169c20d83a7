"""Files good and broken, on both databases. A real kill stands in test_import_killed.py."""

import csv
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop.catalog import importing, service
from shop.catalog.models import Brand, Product, Variant
from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused

COLUMNS = (
    "id,source,source_id,brand,brand_basis,brand_domain,name,category,source_category,company,"
    "price,currency,size,reg_scheme,reg_number,ingredients,reported_chemicals,damaged_text,licence"
)
REAL_FILE = Path(__file__).parents[3] / "shared" / "data" / "catalog_hair.csv"


def make_row(source_id="1", **fields):
    given = {
        "id": f"P{source_id}",
        "source": "TEST",
        "source_id": source_id,
        "brand": "Tolva",
        "brand_basis": "source",
        "name": f"Oat Wash {source_id}",
        "category": "shampoo",
        "damaged_text": "0",
        **fields,
    }
    return ",".join(given.get(name, "") for name in COLUMNS.split(","))


def make_file(folder, *rows, header=COLUMNS, name="goods.csv", newline="\r\n"):
    path = folder / name
    text = newline.join([header, *rows]) + newline
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


@pytest.fixture
def take(app, tmp_path):
    """Import rows, or a file."""

    def take(*rows, path=None, **options):
        return importing.run(
            path or make_file(tmp_path, *rows),
            folder=tmp_path / "reports",
            transaction=transaction,
            **options,
        )

    return take


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


@pytest.mark.parametrize(
    ("fields", "column", "code"),
    [
        ({"name": ""}, "name", "catalog.import_missing"),
        ({"source": " "}, "source", "catalog.import_missing"),
        ({"name": "a" * 301}, "name", "catalog.import_too_long"),
        ({"size": "1" * 61}, "size", "catalog.import_too_long"),
        ({"category": "soap"}, "category", "catalog.import_category_unknown"),
        ({"category": ""}, "category", "catalog.import_category_unknown"),
        ({"brand": "", "company": ""}, "brand", "catalog.import_brand_missing"),
        ({"brand": "???"}, "brand", "catalog.import_brand_missing"),
        ({"price": "$9", "currency": "USD"}, "price", "catalog.price_invalid"),
        ({"price": "-9", "currency": "USD"}, "price", "catalog.price_invalid"),
        ({"price": "9.999", "currency": "USD"}, "price", "catalog.price_invalid"),
        ({"price": "9", "currency": "DOLLARS"}, "currency", "catalog.currency_unknown"),
        ({"price": "9"}, "currency", "catalog.currency_unknown"),
        ({"source_id": "1"}, "source_id", "catalog.import_repeated"),
        ({"name": "a\x00b"}, "name", "catalog.import_null_byte"),
        ({"name": "caf\udce9"}, "name", "catalog.import_not_utf8"),
        ({"ingredients": "a" * 1_000_000}, "ingredients", "catalog.import_field_too_long"),
        ({"ingredients": '"aqua; glycerin'}, "ingredients", "catalog.import_unclosed_quote"),
        ({"name": '"Oat" wash'}, "licence", "catalog.import_not_csv_row"),
        ({"licence": "none,extra"}, "column 20", "catalog.import_field_count"),
    ],
)
def test_broken_row_is_left_out_with_its_reason_and_the_others_stay(take, fields, column, code):
    broken = make_row(**{"source_id": "2", **fields})

    summary = take(make_row("1"), broken, make_row("3"), make_row("4"))

    assert (summary.rows, summary.created, summary.refused) == (4, 3, 1)
    with summary.errors_path.open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(2_000_000)
        errors = list(csv.DictReader(file))
        csv.field_size_limit(131_072)
    assert [(each["line"], each["column"], each["code"]) for each in errors] == [
        ("3", column, code)
    ]
    assert errors[0]["message"].endswith(".")
    assert errors[0]["row"] == broken.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    written = json.loads(summary.summary_path.read_text())
    assert (written["created"], written["refused"], written["problems"][code]) == (3, 1, 1)


def test_short_row_names_the_first_column_that_is_missing(take):
    summary = take(make_row("1"), "P2,TEST,2,Tolva")

    problem = summary.problems[0]
    assert (problem.line, problem.column) == (3, "brand_basis")
    assert problem.message == "The row has 4 fields, the header has 19."


def test_text_over_several_lines_is_one_row_and_later_lines_keep_their_number(take):
    summary = take(make_row("1", ingredients='"aqua;\r\nglycerin"'), make_row("2", category="x"))

    assert [(problem.line, problem.column) for problem in summary.problems] == [(4, "category")]
    product = service.product_by_slug("tolva-oat-wash-1")
    assert [each["inci"] for each in product.ingredients] == ["aqua", "glycerin"]


@pytest.mark.parametrize(
    ("fields", "column", "code"),
    [
        ({"brand": "", "company": "Sunrider, LP"}, "brand", "catalog.import_brand_from_company"),
        ({"brand_basis": "name-prefix"}, "brand", "catalog.import_brand_guessed"),
        ({"damaged_text": "1"}, "name", "catalog.import_damaged_text"),
        ({"name": "Oat\u202e Wash"}, "name", "catalog.import_unseen_characters"),
        ({"ingredients": "a" * 151}, "ingredients", "catalog.import_ingredient_unreadable"),
    ],
)
def test_doubtful_row_is_imported_with_a_warning(take, fields, column, code):
    if "," in fields.get("company", ""):
        fields = {**fields, "company": f'"{fields["company"]}"'}
    summary = take(make_row(**fields))

    assert (summary.created, summary.refused, summary.warnings) == (1, 0, 1)
    assert [(each.column, each.code) for each in summary.problems] == [(column, code)]
    assert code in summary.warnings_path.read_text(encoding="utf-8")
    assert summary.errors_path.read_text(encoding="utf-8").count("\n") == 1  # its head only


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "catalog.import_empty", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "catalog.import_not_csv", "Line 1"),
        (b"\x00\x01\x02\x03", "catalog.import_not_csv", "Line 1"),
        (b"PK\x03\x04,zip", "catalog.import_not_csv", "Line 1"),
        ("a,b\n".encode("utf-16"), "catalog.import_not_utf8", "UTF-16"),
        (b"source;source_id;name;category\n", "catalog.import_columns_missing", "commas"),
        (b"source,name,category\n1,2,3\n", "catalog.import_columns_missing", "'source_id'"),
        (
            b"source,source_id,name,category,NAME\n",
            "catalog.import_column_twice",
            "column 5 has the name of column 3",
        ),
        (b'source,source_id,"name\n', "catalog.import_not_csv", "Line 1"),
    ],
)
def test_file_of_another_kind_is_refused_before_anything_is_written(
    take, tmp_path, content, code, says
):
    path = tmp_path / "other.csv"
    path.write_bytes(content)

    with pytest.raises(Refused) as refusal:
        take(path=path)

    assert refusal.value.code == code
    assert says in refusal.value.message
    assert not (tmp_path / "reports").exists()


def test_file_that_is_not_there_is_refused(take, tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        take(path=tmp_path / "nowhere.csv")


def test_unknown_column_is_told_and_left_out(take, tmp_path):
    path = make_file(
        tmp_path,
        "TEST,1,Wash,shampoo,Tolva,2",
        header="source,source_id,name,category,brand,colour",
    )

    summary = take(path=path)

    assert summary.created == 1
    assert [(each.line, each.column) for each in summary.problems] == [(1, "colour")]


def test_byte_order_mark_and_other_line_ends_are_no_matter(take, tmp_path):
    path = make_file(tmp_path, make_row("1"), "", make_row("2"), newline="\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert take(path=path).created == 2


def test_hostile_names_stay_text(take):
    name = "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE product; --"
    take(make_row("1", name=name))

    assert (
        service.product_by_slug("tolva-script-alert-1-script-7-7-drop-table-product").name == name
    )


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
