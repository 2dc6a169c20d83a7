"""Files and rows that are broken: each is named, and costs no more than itself."""

import csv
import json

import pytest

from shop.catalog import service
from shop.plumbing.errors import Refused
from tests.catalog.files import make_file, make_row


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
