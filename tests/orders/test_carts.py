from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from shop.catalog.models import Variant
from shop.orders import cart_views, carts
from shop.orders.models import Cart, CartLine
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound, Refused
from tests.orders.factories import cart_of, make_lot, make_variant, stocked

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_cart_shows_what_was_put_in_and_what_it_costs(app):
    serum, tonic = stocked(5), stocked(5, name="Caffeine Root Tonic", price_minor=2200)
    token = cart_of((serum, 1), (tonic, 2), (serum, 1))

    view = cart_views.cart_view(token, at=now())

    shown = [(line.wanted.product, line.wanted.quantity, line.total_minor) for line in view.lines]
    assert shown == [("Rosemary Scalp Serum", 2, 6800), ("Caffeine Root Tonic", 2, 4400)]
    assert view.totals is not None
    assert view.totals.total_minor == 6800 + 4400 + 450
    assert view.count == carts.count(token, at=now()) == 4
    assert view.can_check_out


def test_cart_shows_the_lot_that_ships_first(app):
    variant = stocked(1, 5)
    view = cart_views.cart_view(cart_of((variant, 2)), at=now())

    assert view.lines[0].lot_code.startswith("MO-")
    assert view.lines[0].available == 6


@pytest.mark.parametrize("token", [None, "", "short", "\n" * 40, "x" * 43, "é" * 43, "x" * 5000])
def test_cart_of_an_unknown_token_is_empty(app, token):
    view = cart_views.cart_view(token, at=now())

    assert (view.lines, view.totals, view.count) == ([], None, 0)
    assert not view.can_check_out
    assert carts.count(token, at=now()) == 0


def test_cart_keeps_no_token_and_no_row_when_empty(app):
    variant = stocked(5)
    token = cart_of((variant, 1))
    assert db.session.query(Cart).one().token_hash != token

    with transaction():
        carts.set_quantity(token, variant.public_id, 0, at=now())

    assert db.session.query(Cart).count() == db.session.query(CartLine).count() == 0


def test_cart_lasts_thirty_days_from_its_last_change(app):
    variant = stocked(5)
    with transaction():
        token = carts.add_to_cart(None, variant.public_id, 1, at=NOON)
    with transaction():
        carts.set_quantity(token, variant.public_id, 2, at=NOON + timedelta(days=29))

    assert carts.count(token, at=NOON + timedelta(days=58)) == 2
    assert carts.count(token, at=NOON + timedelta(days=59)) == 0
    with transaction():
        assert carts.drop_expired(at=NOON + timedelta(days=58)) == 0
        assert carts.drop_expired(at=NOON + timedelta(days=59)) == 1
    assert db.session.query(CartLine).count() == 0


def test_cart_that_is_over_is_not_opened_again(app):
    variant = stocked(5)
    with transaction():
        old = carts.add_to_cart(None, variant.public_id, 1, at=NOON - timedelta(days=31))
        new = carts.add_to_cart(old, variant.public_id, 1, at=NOON)

    assert new != old


@pytest.mark.parametrize("quantity", [-1, 0, 11, 10**30])
def test_add_refuses_quantities_that_make_no_sense(app, quantity):
    variant = stocked(5)

    with pytest.raises(Refused), transaction():
        carts.add_to_cart(None, variant.public_id, quantity, at=now())

    assert db.session.query(Cart).count() == 0


def test_add_refuses_an_eleventh(app):
    variant = stocked(50)
    token = cart_of((variant, 9))

    with pytest.raises(Refused, match="from 1 to 10"), transaction():
        carts.add_to_cart(token, variant.public_id, 2, at=now())

    assert carts.count(token, at=now()) == 9


@pytest.mark.parametrize("details", [{"is_for_sale": False}, {"price_minor": None}])
def test_add_refuses_what_is_not_sold_here(app, details):
    variant = stocked(5, **details)

    with pytest.raises(Refused, match="not sold here"), transaction():
        carts.add_to_cart(None, variant.public_id, 1, at=now())


def test_add_knows_only_variants_that_exist(app):
    with pytest.raises(NotFound), transaction():
        carts.add_to_cart(None, "nosuchvariant", 1, at=now())


def test_set_quantity_of_a_line_or_cart_that_is_gone_is_not_found(app):
    variant, other = stocked(5), stocked(5)
    token = cart_of((variant, 1))

    for wrong_token, public_id in [(token, other.public_id), ("x" * 43, variant.public_id)]:
        with pytest.raises(NotFound), transaction():
            carts.set_quantity(wrong_token, public_id, 1, at=now())


def test_cart_holds_up_to_forty_products(app):
    with transaction():
        token = None
        for _ in range(carts.MAX_LINES):
            token = carts.add_to_cart(token, make_variant(1).public_id, 1, at=now())
        one_more = make_variant(1).public_id
        with pytest.raises(Refused, match="40"):
            carts.add_to_cart(token, one_more, 1, at=now())


@pytest.mark.parametrize(
    ("stock", "wanted", "problem"),
    [
        ((5,), 2, ""),
        ((1, 1), 2, ""),  # from two lots
        ((1,), 2, "Only 1 of Rosemary Scalp Serum left."),
        ((), 1, "Rosemary Scalp Serum is sold out."),
    ],
)
def test_cart_says_what_stands_in_the_way(app, stock, wanted, problem):
    view = cart_views.cart_view(cart_of((stocked(*stock), wanted)), at=now())

    assert view.lines[0].problem == problem
    assert view.can_check_out is not bool(problem)


def test_cart_says_when_a_product_is_withdrawn_from_sale(app):
    variant = stocked(5)
    token = cart_of((variant, 1))
    with transaction():
        db.session.execute(update(Variant).values(price_minor=None, currency=None))

    line = cart_views.cart_view(token, at=now()).lines[0]

    assert line.problem == "Rosemary Scalp Serum is not sold here."


def test_cart_counts_no_lot_that_is_too_old(app):
    with transaction():
        variant = make_variant()
        make_lot(variant, 5, expires_on=now().date() - timedelta(days=1))
        db.session.expunge(variant)

    assert cart_views.cart_view(cart_of((variant, 1)), at=now()).lines[0].available == 0
