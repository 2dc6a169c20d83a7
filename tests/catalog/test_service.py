from datetime import date

import pytest
import time_machine
from sqlalchemy.exc import InvalidRequestError

from shop.catalog import service
from shop.catalog.models import LotStatus, Variant
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from tests.catalog.factories import make_product


def test_product_is_found_at_its_address_with_its_brand(app):
    with transaction():
        made = make_product("Crème Riche")

    found = service.product_by_slug("maren-oak-creme-riche")
    assert (found.id, found.brand.name) == (made.id, "Maren & Oak")
    assert service.product(made.public_id).brand.slug == "maren-oak"


@pytest.mark.parametrize("address", ["nope", "", "\x00", "🧴", "a" * 5000, "A'--", "\ud800"])
def test_anything_unknown_is_not_found(app, address):
    for look in (
        service.product_by_slug,
        service.product,
        service.variant,
        service.lot,
        service.brand_by_slug,
    ):
        with pytest.raises(NotFound):
            look(address)
    assert service.old_slug_target(address) is None
    assert service.find_lot(address) == []


def test_same_name_twice_gets_two_addresses(app):
    with transaction():
        slugs = [make_product("Scalp Oil").slug for _ in range(3)]

    assert slugs == ["maren-oak-scalp-oil", "maren-oak-scalp-oil-2", "maren-oak-scalp-oil-3"]


def test_brand_is_not_said_twice_in_an_address(app):
    with transaction():
        assert make_product("Tolva Oat Wash", brand="Tolva").slug == "tolva-oat-wash"
        assert make_product("シャンプー", brand="Tolva").slug == "tolva"


def test_brand_with_another_spelling_is_the_same_brand(app):
    with transaction():
        first = service.add_brand("Kérastase")
        assert service.add_brand("KERASTASE").id == first.id
        with pytest.raises(Refused, match="letter or digit"):
            service.add_brand("!!!")

    assert [brand.name for brand in service.brands()] == ["Kérastase"]


def test_renamed_product_leaves_its_old_address_leading_to_it(app):
    with transaction():
        product = make_product("Scalp Oil")
        service.rename_product(product, "Root Oil")
        assert product.slug == "maren-oak-root-oil"
        other = make_product("Scalp Oil")

    assert service.old_slug_target("maren-oak-scalp-oil") == "maren-oak-root-oil"
    assert other.slug == "maren-oak-scalp-oil-2"  # never an address that leads elsewhere


def test_renamed_back_product_has_its_first_address_again(app):
    with transaction():
        product = make_product("Scalp Oil")
        service.rename_product(product, "Root Oil")
        service.rename_product(product, "Scalp Oil")

    assert product.slug == "maren-oak-scalp-oil"
    assert service.old_slug_target("maren-oak-root-oil") == "maren-oak-scalp-oil"
    assert service.old_slug_target("maren-oak-scalp-oil") is None


def test_renaming_in_case_only_keeps_the_address(app):
    with transaction():
        make_product("Scalp Oil")
        second = make_product("Scalp Oil")
        service.rename_product(second, "SCALP OIL")

    assert (second.slug, second.name) == ("maren-oak-scalp-oil-2", "SCALP OIL")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "catalog.text_missing"),
        ({"name": " \x00\u202e "}, "catalog.text_missing"),
        ({"name": "a" * 301}, "catalog.text_too_long"),
        ({"category": "soap"}, "catalog.category_unknown"),
        ({"concerns": ["baldness"]}, "catalog.concern_unknown"),
        ({"gtin": "4006381333932"}, "catalog.gtin_invalid"),
        ({"price": -1}, "catalog.price_invalid"),
        ({"price": 10**12}, "catalog.price_invalid"),
        ({"currency": "DOLLAR"}, "catalog.currency_unknown"),
        ({"sku": "S" * 65}, "catalog.text_too_long"),
        ({"lot": "L" * 41}, "catalog.text_too_long"),
        ({"lot": "---"}, "catalog.text_without_letters"),
        ({"lot": "L1", "on_hand": -1}, "catalog.stock_invalid"),
    ],
)
def test_product_that_cannot_be_is_refused_with_a_sentence(app, change, code):
    with pytest.raises(Refused) as refusal, transaction():
        make_product(**change)

    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_numbers_that_another_has_are_a_conflict(app):
    with transaction():
        product = make_product(sku="A-1", gtin="4006381333931", lot="L-1")
        variant = service.variants_of(product.id)[0]
        for again in (
            lambda: service.add_variant(product, sku="A-1"),
            lambda: service.add_variant(product, sku="A-2", gtin="4006381333931"),
            lambda: service.add_lot(variant, code="l 1"),
        ):
            with pytest.raises(Conflict):
                again()


def test_price_without_currency_and_lot_expired_before_made_are_refused(app):
    with transaction():
        product = make_product()
        with pytest.raises(Refused, match="currency"):
            service.add_variant(product, sku="B-1", price_minor=100)
        with pytest.raises(Refused, match="expire before"):
            service.add_lot(
                service.variants_of(product.id)[0],
                code="L1",
                made_on=date(2026, 5, 1),
                expires_on=date(2026, 4, 1),
            )


@time_machine.travel("2026-11-22T12:00:00Z")
def test_lot_to_ship_is_the_first_to_expire_that_may_be_sold(app):
    with transaction():
        variant = service.variants_of(make_product().id)[0]
        assert service.lot_to_ship(variant.id) is None
        for code, expires_on, on_hand, status in (
            ("expired", date(2026, 11, 21), 9, LotStatus.RELEASED),
            ("recalled", date(2026, 12, 1), 9, LotStatus.RECALLED),
            ("waiting", date(2026, 12, 1), 9, LotStatus.QUARANTINED),
            ("empty", date(2026, 12, 2), 0, LotStatus.RELEASED),
            ("undated", None, 9, LotStatus.RELEASED),
            ("later", date(2028, 1, 1), 9, LotStatus.RELEASED),
            ("today", date(2026, 11, 22), 1, LotStatus.RELEASED),
        ):
            service.add_lot(
                variant, code=code, expires_on=expires_on, on_hand=on_hand, status=status
            )

    shipped = []
    while found := service.lot_to_ship(variant.id):
        shipped.append(found.code)
        with transaction():
            found.reserved = found.on_hand
    assert shipped == ["today", "later", "undated"]


def test_lot_is_found_however_its_code_is_spaced_with_all_it_belongs_to(app):
    with transaction():
        make_product(brand="Tolva", lot="TV-26-118")
        make_product(brand="Pell", lot="TV 26118")

    found = service.find_lot("tv26 118")
    assert [lot.variant.product.brand.name for lot in found] == ["Tolva", "Pell"]
    assert service.lot(found[0].public_id).variant.product.brand.name == "Tolva"


def test_relations_that_were_not_asked_for_are_not_loaded_behind_ones_back(app):
    with transaction():
        variant_id = service.variants_of(make_product().id)[0].id
    db.session.expire_all()

    with pytest.raises(InvalidRequestError):
        _ = db.session.get(Variant, variant_id).product


def test_lots_and_pictures_are_given_for_many_at_once(app):
    with transaction():
        one, two = make_product(lot="A1"), make_product(lot="B1")
        for position, alt in ((2, "Back"), (1, "Front")):
            service.add_media(
                one,
                blob="0" * 64,
                content_type="image/webp",
                alt=alt,
                width=480,
                height=600,
                position=position,
            )
        with pytest.raises(Refused):
            service.add_media(one, blob="0", content_type="x", alt="", width=1, height=1)

    variants = [service.variants_of(product.id)[0].id for product in (one, two)]
    assert [lot.code for lot in service.lots_of(variants)] == ["A1", "B1"]
    assert [each.alt for each in service.media_of([one.id, two.id])[one.id]] == ["Front", "Back"]


def test_standing_is_kept_once_per_product(app):
    with transaction():
        product = make_product(verification="review")
        bare = make_product()
        service.set_standing(
            product.id,
            verification="ok",
            headline="verified",
            details={"lot": "A1"},
            certificate="ok",
            lot="ok",
            sellers="part",
            claims_grade=2,
            rank=7,
        )

    kept = service.product_by_slug(product.slug).standing
    assert (kept.verification, kept.details, kept.rank) == ("ok", {"lot": "A1"}, 7)
    assert service.product_by_slug(bare.slug).standing is None
