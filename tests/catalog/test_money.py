import pytest

from shop.catalog.money import exponent, minor_units
from shop.plumbing.errors import Refused


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.50", "USD", 1250),
        ("12", "USD", 1200),
        ("0", "USD", 0),
        ("0.01", "USD", 1),
        ("12.500", "USD", 1250),
        ("48900", "IDR", 4_890_000),  # two places in ISO 4217, though none are printed
        ("1980", "JPY", 1980),
        ("1.234", "KWD", 1234),
    ],
)
def test_minor_units_are_exact(amount, currency, minor):
    assert minor_units(amount, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("12.505", "USD", "catalog.price_invalid"),
        ("1.5", "JPY", "catalog.price_invalid"),
        ("$12", "USD", "catalog.price_invalid"),
        ("1,299.00", "USD", "catalog.price_invalid"),
        ("-1", "USD", "catalog.price_invalid"),
        ("1e3", "USD", "catalog.price_invalid"),
        ("NaN", "USD", "catalog.price_invalid"),
        ("٣", "USD", "catalog.price_invalid"),
        ("99999999999", "USD", "catalog.price_invalid"),
        ("9" * 5000, "USD", "catalog.price_invalid"),
        ("12", "usd", "catalog.currency_unknown"),
        ("12", "XXX", "catalog.currency_unknown"),
        ("12", "", "catalog.currency_unknown"),
    ],
)
def test_minor_units_refuse_what_is_no_price(amount, currency, code):
    with pytest.raises(Refused) as refusal:
        minor_units(amount, currency)

    assert refusal.value.code == code


def test_exponent_follows_iso_4217():
    assert [exponent(code) for code in ("USD", "JPY", "BHD", "IDR")] == [2, 0, 3, 2]
