import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.orders import pricing
from shop.orders.pricing import PricedLine
from shop.plumbing.errors import Refused

LINES = st.lists(
    st.builds(
        PricedLine,
        st.integers(min_value=0, max_value=2**31 - 1),
        st.integers(min_value=1, max_value=10),
        st.just("USD"),
    ),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize(
    ("lines", "method", "subtotal", "total"),
    [
        ([(3400, 1)], "standard", 3400, 3850),
        ([(3400, 2), (2200, 1)], "standard", 9000, 9450),
        ([(3400, 1)], "express", 3400, 4300),
        ([(0, 10)], "standard", 0, 450),  # a sample still has to be sent
        ([(1, 3), (1, 3), (1, 3)], "standard", 9, 459),
    ],
)
def test_totals_add_up(lines, method, subtotal, total):
    priced = [PricedLine(unit, quantity, "USD") for unit, quantity in lines]

    found = pricing.totals(priced, method)

    assert (found.subtotal_minor, found.total_minor) == (subtotal, total)


@pytest.mark.parametrize(
    ("currencies", "method", "code"),
    [
        ("", "standard", "orders.cart_empty"),
        ("USD EUR", "standard", "orders.currencies_mixed"),
        ("JPY", "standard", "orders.currency_unsupported"),
        ("USD", "by drone", "orders.shipping_unknown"),
    ],
)
def test_totals_are_refused_for_what_has_no_sum(currencies, method, code):
    lines = [PricedLine(100, 1, currency) for currency in currencies.split()]

    with pytest.raises(Refused) as refusal:
        pricing.totals(lines, method)

    assert refusal.value.code == code
    assert refusal.value.message


@given(LINES, st.sampled_from(sorted(pricing.SHIPPING["USD"])))
def test_totals_are_the_exact_sum_of_their_parts(lines, method):
    found = pricing.totals(lines, method)

    parts = sum(line.unit_minor for line in lines for _ in range(line.quantity))
    assert found.total_minor == parts + pricing.SHIPPING["USD"][method]
    assert found.total_minor >= found.subtotal_minor >= 0


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "USD", "0.00 USD"),
        (5, "USD", "0.05 USD"),
        (6512, "USD", "65.12 USD"),
        (100, "JPY", "100 JPY"),
        (1005, "KWD", "1.005 KWD"),
    ],
)
def test_shown_puts_the_point_where_the_currency_has_it(minor, currency, text):
    assert pricing.shown(minor, currency) == text


def test_every_currency_on_sale_can_be_shown():
    assert all(pricing.shown(1, currency) for currency in pricing.SHIPPING)
