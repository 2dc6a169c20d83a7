"""What does it all cost? Integer minor units in, integer minor units out, nothing is rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shop.catalog.money import exponent
from shop.plumbing.errors import Refused

# Currencies in which the shop sells, with what each way of shipping costs.
SHIPPING: Mapping[str, Mapping[str, int]] = {
    "USD": {"standard": 450, "express": 900},
}
STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """So many at so much."""

    unit_minor: int
    quantity: int
    currency: str

    @property
    def total_minor(self) -> int:
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums under a cart or an order. Tax and discounts are lines of their own, even at 0."""

    currency: str
    subtotal_minor: int
    shipping_minor: int
    tax_minor: int = 0
    discount_minor: int = 0

    @property
    def total_minor(self) -> int:
        return self.subtotal_minor + self.shipping_minor + self.tax_minor - self.discount_minor


def totals(lines: Iterable[PricedLine], shipping_method: str = STANDARD) -> Totals:
    """Add the lines up. Raises Refused for mixed currencies or an unknown way of shipping."""
    priced = tuple(lines)
    currency = _one_currency(priced)
    if shipping_method not in SHIPPING[currency]:
        code = "orders.shipping_unknown"
        raise Refused(code, "Choose one of the ways of delivery shown.", method=shipping_method)
    return Totals(
        currency=currency,
        subtotal_minor=sum(line.total_minor for line in priced),
        shipping_minor=SHIPPING[currency][shipping_method],
    )


def shown(minor: int, currency: str) -> str:
    """An amount in plain text, "65.12 USD"."""
    digits = exponent(currency)
    whole, rest = divmod(minor, 10**digits)
    return f"{whole}.{rest:0{digits}d} {currency}" if digits else f"{whole} {currency}"


def _one_currency(lines: tuple[PricedLine, ...]) -> str:
    currencies = sorted({line.currency for line in lines})
    if not currencies:
        code = "orders.cart_empty"
        raise Refused(code, "Your cart is empty. Put something into it first.")
    if len(currencies) > 1:
        code = "orders.currencies_mixed"
        message = f"One order has one currency; this cart has {' and '.join(currencies)}."
        raise Refused(code, message)
    if currencies[0] not in SHIPPING:
        code = "orders.currency_unsupported"
        raise Refused(code, f"We do not take orders in {currencies[0]} yet.")
    return currencies[0]
