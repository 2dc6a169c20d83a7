"""From the product page to the papers, through forms and redirects alone."""

import re
from datetime import timedelta

import pytest
import time_machine

from shop.catalog import service as catalog
from shop.orders.models import Order, OrderLine, State
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product
from tests.storefront.scenes import make_serum
from tests.storefront.visitor import Visitor

SERUM = "/p/maren-oak-rosemary-scalp-serum"
CONTACT = {
    "email": "j.okafor@mail.example",
    "name": "J. Okafor",
    "line1": "12 Alder Street",
    "city": "Portland",
    "region": "or",
    "postal_code": "97201",
}


def put_into_cart(visitor, quantity="1"):
    visitor.open(SERUM)
    return visitor.send("/cart/lines", quantity=quantity)


def check_out(visitor, **changes):
    visitor.open("/checkout")
    return visitor.send("/checkout", **{**CONTACT, **changes})


def pay_form(page, ending):
    return next(form.action for form in page.forms if form.action.endswith(ending))


def lot():
    (found,) = catalog.find_lot("MO-2609-B")
    db.session.refresh(found)
    return found


def test_bottle_is_bought_and_its_papers_are_those_of_its_lot(visitor, tmp_path):
    certificate = make_serum(tmp_path)

    cart = put_into_cart(visitor, "2")
    assert "lot MO-2609-B" in cart.text
    assert "$68.00" in cart.text
    assert "Cart 2 items" in cart.text

    payment = check_out(visitor)
    assert "No money moves on this page." in payment.text
    assert "$72.50" in payment.text

    order = visitor.send(pay_form(payment, "/pay"))
    assert "Thank you. Your order is confirmed." in order.text
    assert "MO-2609-B" in order.text
    assert "NM-26-10417" in order.text
    assert f"/certificates/{certificate.public_id}" in order.links
    assert "/ledger/0" in order.links
    assert "Cart 0 items" in order.text
    assert (lot().on_hand, lot().reserved) == (5, 2)  # taken off the shelf when it is packed


def test_order_shows_the_certificate_as_it_stood_when_it_was_placed(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    put_into_cart(visitor)
    order = visitor.send(pay_form(check_out(visitor), "/pay"))
    address = re.search(r"/orders/[\w-]+", str(order.answer.request.path))[0]
    with transaction():
        certificate_row = db.session.merge(certificate)
        certificate_row.status = "revoked"

    assert "Verified, with" in visitor.open(address).text


def test_same_form_sent_twice_is_one_order(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)
    visitor.open("/checkout")
    form_page = visitor.page

    visitor.send("/checkout", **CONTACT)
    visitor.page = form_page
    again = visitor.send("/checkout", **CONTACT)

    assert "No money moves on this page." in again.text
    assert db.session.query(Order).count() == 1
    assert lot().reserved == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"email": "nobody"}, "email", "Enter an e-mail address in the correct format"),
        ({"email": ""}, "email", "Enter your e-mail address"),
        ({"name": "  "}, "name", "Enter the name for the parcel"),
        ({"line1": ""}, "line1", "Enter the street and number"),
        ({"city": "x" * 201}, "city", "City must be 200 characters or fewer"),
        ({"region": "Oregon"}, "region", "Enter the two letters of the state"),
        ({"postal_code": "9720"}, "postal_code", "Enter a ZIP code of 5 or 9 digits"),
        ({"shipping": "drone"}, "shipping", "Choose how it is sent"),
    ],
)
def test_mistake_is_told_beside_its_field_and_keeps_the_rest(
    visitor, tmp_path, changes, field, words
):
    make_serum(tmp_path)
    put_into_cart(visitor)

    page = check_out(visitor, **changes)

    assert page.status == 422
    assert words in page.text
    assert f"#{field}" in page.links
    assert f'id="{field}"' in page.html
    kept = page.form("/checkout").fields
    assert all(kept[name] == CONTACT[name] for name in {"name", "email"} - set(changes))
    assert db.session.query(Order).count() == 0


def test_price_that_changed_meanwhile_is_asked_again(visitor, tmp_path):
    certificate = make_serum(tmp_path)
    put_into_cart(visitor)
    visitor.open("/checkout")
    with transaction():
        (variant,) = catalog.variants_of(certificate.product_id)
        variant.price_minor = 3900

    page = visitor.send("/checkout", **CONTACT)

    assert page.status == 409
    assert "The total has changed since this page was shown." in page.text
    assert "$43.50" in page.text
    assert "No money moves" in visitor.send("/checkout").text


def test_last_bottle_is_sold_once(visitor, client, app, tmp_path):
    make_serum(tmp_path, on_hand=1)
    other = Visitor(app.test_client())
    put_into_cart(visitor)
    put_into_cart(other)
    visitor.open("/checkout")
    other.open("/checkout")

    visitor.send("/checkout", **CONTACT)
    late = other.send("/checkout", **CONTACT)

    assert late.status == 422
    assert "Rosemary Scalp Serum is sold out." in late.text
    assert db.session.query(Order).count() == 1


def test_declined_card_leaves_the_order_open_for_another_try(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)
    payment = check_out(visitor)

    declined = visitor.send(pay_form(payment, "/decline"))
    assert "The card was declined" in declined.text

    assert "confirmed" in visitor.send(pay_form(declined, "/pay")).text


def test_abandoned_payment_frees_the_bottle_and_keeps_the_cart(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)

    order = visitor.send(pay_form(check_out(visitor), "/abandon"))

    assert "This order was not paid." in order.text
    assert "Nothing was charged" in order.text
    assert "/cart" in order.links
    assert "The papers for Rosemary Scalp Serum" in order.text
    assert lot().reserved == 0
    assert "Rosemary Scalp Serum" in visitor.open("/cart").text


def test_payment_after_its_time_is_refused(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)
    payment = check_out(visitor)

    with time_machine.travel(now() + timedelta(hours=2)):
        page = visitor.send(pay_form(payment, "/pay"))

    assert page.status == 409
    assert "This payment is over." in page.text


def test_way_back_from_a_payment_changes_nothing_until_its_form_is_sent(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)
    payment = check_out(visitor)
    token = pay_form(payment, "/pay").split("/")[2]

    page = visitor.open(f"/pay/{token}/return")

    assert "Confirming your payment" in page.text
    assert db.session.query(Order).one().state == State.AWAITING_PAYMENT
    assert "Your order is not paid yet." in visitor.send(f"/pay/{token}/return").text


@pytest.mark.parametrize("quantity", ["0", "11", "-1", "1.5", "two", "9" * 400, "", "\u0661"])
def test_quantity_that_cannot_be_is_refused(visitor, tmp_path, quantity):
    make_serum(tmp_path)

    page = put_into_cart(visitor, quantity)

    assert page.status == 422
    assert "from 1 to 10" in page.text
    assert db.session.query(OrderLine).count() == 0


def test_quantity_is_changed_and_taken_out(visitor, tmp_path):
    make_serum(tmp_path)
    cart = put_into_cart(visitor)
    line = next(form.action for form in cart.forms if form.action.startswith("/cart/lines/"))

    assert "$102.00" in visitor.send(line, quantity="3").text
    assert "Your cart is empty." in visitor.send(line, remove="1").text


def test_line_that_somebody_took_out_in_another_tab_may_be_taken_out_again(visitor, tmp_path):
    make_serum(tmp_path)
    cart = put_into_cart(visitor)
    line = next(form.action for form in cart.forms if form.action.startswith("/cart/lines/"))
    visitor.send(line, remove="1")
    visitor.page = cart

    assert visitor.send(line, remove="1").status == 200


def test_lot_without_a_certificate_may_be_bought_and_the_cart_says_so(visitor, app):
    with transaction():
        make_product(lot="MO-2609-B", on_hand=2)

    cart = put_into_cart(visitor)

    assert "This lot is not tested yet" in cart.text
    assert "No verified certificate for lot MO-2609-B" in cart.text
    assert "/checkout" in cart.links


def test_unknown_variant_is_not_found(visitor, tmp_path):
    make_serum(tmp_path)
    visitor.open(SERUM)

    assert visitor.send("/cart/lines", variant="nothing").status == 404


def test_empty_cart_does_not_check_out(client, app):
    assert client.get("/checkout").location == "/cart"


def test_order_of_somebody_else_is_not_found(visitor, tmp_path):
    make_serum(tmp_path)
    put_into_cart(visitor)
    order = visitor.send(pay_form(check_out(visitor), "/pay"))
    address = order.answer.request.path

    assert visitor.open(address[:-1] + ("a" if address[-1] != "a" else "b")).status == 404
    assert order.answer.headers["Cache-Control"] == "no-store"
