import pytest

from shop.catalog import service as catalog
from shop.catalog.models import Headline, LotStatus, Standing
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product

LOT = {
    "code": "MO-2610-A",
    "made_on": "2026-10-01",
    "expires_on": "2029-03-31",
    "on_hand": "25",
    "status": "released",
}


@pytest.fixture
def product(app):
    with transaction():
        return make_product(lot="MO-2609-B", on_hand=10).slug


@pytest.fixture
def variant(product):
    (found,) = catalog.variants_of(catalog.product_by_slug(product).id)
    return found.public_id


def test_products_are_listed_and_found(product, editor):
    with transaction():
        make_product("Clay Mask", brand="Nightjar", category="mask")

    assert "Clay Mask" in editor.get("/staff/products").text
    found = editor.get("/staff/products?q=rosemary").text
    assert "Rosemary Scalp Serum" in found
    assert "Clay Mask" not in found
    assert "No product matches." in editor.get("/staff/products?q=zzzz").text


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 5000, "٣"])
def test_page_that_is_none_is_no_fault(product, editor, page):
    assert editor.get(f"/staff/products?page={page}").status_code == 200


def test_lot_is_added(product, variant, editor):
    answer = editor.post(f"/staff/products/{product}/lots", {**LOT, "variant": variant})

    page = editor.get(answer.location)
    assert 'Lot <span class="nowrap">MO-2610-A</span> is on record.' in page.text
    (lot,) = catalog.find_lot("MO-2610-A")
    assert (lot.on_hand, lot.status, str(lot.expires_on)) == (25, "released", "2029-03-31")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"code": ""}, "Enter the lot code printed on the pack."),
        ({"code": "mo 2609 b"}, "has a lot mo 2609 b already"),  # the same form sent twice
        ({"code": "---"}, "no letter or digit"),
        ({"on_hand": "many"}, "Enter a whole number"),
        ({"on_hand": ""}, "Enter how many packs there are."),
        ({"expires_on": "2026-09-30"}, "cannot expire before it was made"),
        ({"made_on": "October"}, "Enter a date like 2026-10-03."),
        ({"status": "lost"}, "Choose a status."),
        ({"variant": "aaaaaaaaaaaaaaaa"}, "Choose the size"),
    ],
)
def test_lot_that_will_not_do_is_said_beside_its_field(product, variant, editor, changed, message):
    sent = {**LOT, "variant": variant, **changed}
    answer = editor.post(f"/staff/products/{product}/lots", sent)

    assert answer.status_code == 422
    assert message in answer.text
    if sent["code"]:
        assert f'value="{sent["code"]}"' in answer.text
    assert catalog.find_lot("MO-2610-A") == []


def test_lot_is_recalled_and_shoppers_are_told_at_once(product, editor):
    lot = catalog.find_lot("MO-2609-B")[0].public_id
    page = editor.get(f"/staff/lots/{lot}")
    assert "Released" in page.text

    editor.post(f"/staff/lots/{lot}", {"on_hand": "8", "status": "recalled"})
    db.session.expire_all()
    assert (catalog.lot(lot).on_hand, catalog.lot(lot).status) == (8, LotStatus.RECALLED)
    assert db.session.scalars(db.select(Standing)).one().headline == Headline.RECALLED


def test_lot_cannot_be_counted_below_what_orders_hold(product, editor):
    lot = catalog.find_lot("MO-2609-B")[0].public_id
    with transaction():
        catalog.lot(lot).reserved = 4
    answer = editor.post(f"/staff/lots/{lot}", {"on_hand": "3", "status": "released"})

    assert answer.status_code == 422
    assert "4 are reserved for orders." in answer.text
    assert 'value="3"' in answer.text
    assert catalog.lot(lot).on_hand == 10


def test_renamed_product_is_reached_by_its_old_address(product, editor):
    answer = editor.post(f"/staff/products/{product}/name", {"name": "Rosemary Root Serum"})

    assert "Rosemary Root Serum" in editor.get(answer.location).text
    old = editor.get(f"/staff/products/{product}")
    assert (old.status_code, old.location) == (301, answer.location)
    assert editor.post(f"{answer.location}/name", {"name": " "}).status_code == 422


@pytest.mark.parametrize("address", ["products/no-such", "lots/aaaaaaaaaaaaaaaa"])
def test_unknown_address_is_not_found(editor, address):
    assert editor.get(f"/staff/{address}").status_code == 404
