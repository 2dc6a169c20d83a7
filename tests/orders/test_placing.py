from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.catalog.models import Lot, LotStatus, Product, Variant
from shop.catalog.standings import STANDING_JOB
from shop.orders import paying, placing, receipts
from shop.orders.models import Order, OrderLine, State
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Job
from tests.orders.factories import (
    CONTACT,
    cart_of,
    make_lot,
    make_variant,
    place,
    reserved_of,
    stocked,
)


def test_place_holds_the_stock_and_keeps_the_sums(app):
    serum, tonic = stocked(5), stocked(5, name="Caffeine Root Tonic", price_minor=2200)

    order = place(cart_of((serum, 1), (tonic, 2)), shipping_method="express")

    assert order.state == State.DRAFT
    assert (order.subtotal_minor, order.shipping_minor, order.total_minor) == (7800, 900, 8700)
    assert (order.tax_minor, order.discount_minor, order.currency) == (0, 0, "USD")
    assert order.expires_at - order.created_at == timedelta(minutes=50)
    assert reserved_of(serum) == [1]
    assert reserved_of(tonic) == [2]


@pytest.mark.parametrize(
    ("stock", "wanted", "reserved"),
    [
        ((5, 5), 3, [3, 0]),  # first expiry first
        ((2, 5), 4, [2, 2]),  # one line may span lots
        ((1, 1, 1), 3, [1, 1, 1]),
        ((0, 4), 4, [0, 4]),
    ],
)
def test_place_takes_lots_in_the_order_of_their_expiry(app, stock, wanted, reserved):
    variant = stocked(*stock)

    place(cart_of((variant, wanted)))

    assert reserved_of(variant) == reserved


def test_place_takes_a_lot_without_a_date_last(app):
    with transaction():
        variant = make_variant()
        make_lot(variant, 5)
        make_lot(variant, 5, expires_on=now().date() + timedelta(days=400))
        db.session.expunge(variant)

    place(cart_of((variant, 6)))

    assert reserved_of(variant) == [1, 5]


@pytest.mark.parametrize("status", [LotStatus.QUARANTINED, LotStatus.RECALLED])
def test_place_never_takes_a_lot_that_is_held_back(app, status):
    with transaction():
        variant = make_variant(2)
        make_lot(variant, 50, status=status)
        make_lot(variant, 50, expires_on=now().date() - timedelta(days=1))
        db.session.expunge(variant)
    token = cart_of((variant, 3))

    with pytest.raises(Refused, match=r"Only 2 of Rosemary Scalp Serum left\."):
        place(token)

    assert reserved_of(variant) == [0, 0, 0]


def test_place_that_is_refused_leaves_nothing_and_names_the_line(app):
    serum, tonic = stocked(5), stocked(1, name="Caffeine Root Tonic")
    token = cart_of((serum, 1), (tonic, 2))

    with pytest.raises(Refused) as refusal:
        place(token)

    assert refusal.value.code == "orders.line_unavailable"
    assert refusal.value.message == "Only 1 of Caffeine Root Tonic left."
    assert refusal.value.details == {"line": tonic.public_id, "available": 1}
    assert reserved_of(serum) == [0]
    assert db.session.query(Order).count() == db.session.query(OrderLine).count() == 0


@pytest.mark.parametrize(("wanted", "rung"), [(1, 0), (2, 1)])
def test_listing_is_told_when_another_lot_ships_next(app, wanted, rung):
    order = place(cart_of((stocked(2, 5), wanted)))
    assert _bells() == rung

    with transaction():
        db.session.query(Job).delete()
        paying.let_go(db.session.merge(order), State.EXPIRED)

    assert _bells() == rung


def test_place_again_with_the_same_form_gives_the_same_order(app):
    variant = stocked(5)
    token, form = cart_of((variant, 2)), placing.new_form_token()

    orders = {place(token, form).public_id for _ in range(3)}

    assert len(orders) == 1
    assert reserved_of(variant) == [2]


def test_place_with_another_form_is_another_order(app):
    variant = stocked(5)
    token = cart_of((variant, 2))

    assert place(token).public_id != place(token).public_id
    assert reserved_of(variant) == [4]


@pytest.mark.parametrize("form", ["", "short", "x\n" * 20, "x" * 200])
def test_place_refuses_a_form_that_is_not_ours(app, form):
    token = cart_of((stocked(5), 1))

    with pytest.raises(Refused, match="checkout"), transaction():
        placing.place(form, token, CONTACT, at=now())


@pytest.mark.parametrize("token", [None, "", "x" * 43])
def test_place_refuses_an_empty_cart(app, token):
    with pytest.raises(Refused, match="cart is empty"):
        place(token)


def test_place_refuses_what_went_off_sale_meanwhile(app):
    variant = stocked(5)
    token = cart_of((variant, 1))
    with transaction():
        db.session.execute(update(Product).values(is_for_sale=False))

    with pytest.raises(Refused, match="Rosemary Scalp Serum is not sold here"):
        place(token)


def test_place_refuses_a_total_that_the_page_did_not_show(app):
    variant = stocked(5)
    token = cart_of((variant, 1))
    with transaction():
        db.session.execute(update(Variant).values(price_minor=3600))

    with pytest.raises(Conflict) as conflict:
        place(token, shown_total_minor=3850)

    assert conflict.value.details["total_minor"] == 4050
    assert place(token, shown_total_minor=4050).total_minor == 4050


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "a@b.example\r\nBcc: everyone@b.example"),
        ("name", "A\x00B"),
        ("line1", "12 Alder\tStreet"),
        ("city", "x" * 201),
        ("email", "x" * 250 + "@b.example"),
    ],
)
def test_place_refuses_contact_details_that_no_letter_can_carry(app, field, text):
    token = cart_of((stocked(5), 1))

    with pytest.raises(Refused) as refusal, transaction():
        placing.place(placing.new_form_token(), token, replace(CONTACT, **{field: text}), at=now())

    assert refusal.value.details == {"field": field}


def test_place_takes_names_of_every_script(app):
    contact = replace(CONTACT, name="Ọlá 大山 שלום 🙂", line1="Straße 7, 2. Stock")
    token, form = cart_of((stocked(5), 1)), placing.new_form_token()
    with transaction():
        placing.place(form, token, contact, at=now())

    assert receipts.by_token(placing.order_token(form)).name == contact.name


def test_order_keeps_what_it_was_told_when_the_catalog_changes(app):
    variant = stocked(5)
    form = placing.new_form_token()
    place(cart_of((variant, 2)), form)
    with transaction():
        db.session.execute(update(Variant).values(price_minor=1, size="100 ml"))
        db.session.execute(update(Product).values(name="Something else"))
        db.session.execute(update(Lot).values(code="OTHER"))

    line = receipts.by_token(placing.order_token(form)).lines[0]

    assert (line.names["product"], line.names["size"]) == ("Rosemary Scalp Serum", "50 ml")
    assert line.names["lot"].startswith("MO-")
    assert (line.unit_minor, line.total_minor) == (3400, 6800)


def test_order_opens_by_its_token_alone(app):
    form = placing.new_form_token()
    order = place(cart_of((stocked(5), 1)), form)
    token = placing.order_token(form)

    assert receipts.by_token(token).public_id == order.public_id
    assert token not in {order.token_hash, order.form_hash}
    for wrong in ("", order.public_id, form, order.token_hash, token[:-1], token + "x", "é" * 43):
        with pytest.raises(NotFound):
            receipts.by_token(wrong)


def test_database_itself_refuses_to_oversell(app):
    variant = stocked(2)

    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Lot).where(Lot.variant_id == variant.id).values(reserved=3))

    assert reserved_of(variant) == [0]


def test_database_itself_refuses_sums_that_do_not_add_up(app):
    order = place(cart_of((stocked(5), 1)))

    with pytest.raises(IntegrityError), transaction():
        db.session.execute(
            update(Order).where(Order.id == order.id).values(total_minor=Order.total_minor - 1)
        )

    assert db.session.scalar(select(Order.total_minor)) == 3850


def _bells():
    return db.session.query(Job).filter(Job.kind == STANDING_JOB).count()
