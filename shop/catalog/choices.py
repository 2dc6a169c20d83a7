"""What may a shopper narrow a listing by? The fixed choices, with the words they are shown in."""

from collections.abc import Mapping
from dataclasses import dataclass

CATEGORIES: Mapping[str, str] = {
    "shampoo": "Shampoo",
    "conditioner": "Conditioner",
    "serum": "Serums & tonics",
    "mask": "Masks",
    "oil": "Oils",
    "styling": "Styling",
    "colour": "Color",
    "treatment": "Treatments",
    "other": "Other",
}
# In a stored bit mask the n-th concern is bit n: append new ones, never reorder.
CONCERNS: Mapping[str, str] = {
    "thinning": "Thinning look",
    "dry_scalp": "Dry scalp",
    "flaking": "Flaking",
    "frizz": "Frizz",
    "color_care": "Color care",
}
# Prices in another currency are shown but not compared: no rate of exchange is on record.
SHOP_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class PriceBand:
    """From `low` (inclusive) to `high` (exclusive), in cents."""

    key: str
    label: str
    low: int
    high: int


PRICE_BANDS = (
    PriceBand("0-10", "Under $10", 0, 1_000),
    PriceBand("10-20", "$10 to $20", 1_000, 2_000),
    PriceBand("20-35", "$20 to $35", 2_000, 3_500),
    PriceBand("35-50", "$35 to $50", 3_500, 5_000),
    PriceBand("50-", "$50 and over", 5_000, 2**31),
)


def price_band(price_minor: int | None) -> str:
    """The key of the band that a price in cents falls into; empty without a price."""
    for band in PRICE_BANDS:
        if price_minor is not None and band.low <= price_minor < band.high:
            return band.key
    return ""


def concern_mask(concerns: list[str] | tuple[str, ...]) -> int:
    """Concerns as one number, a bit each. What is not a concern counts for nothing."""
    return sum(1 << bit for bit, key in enumerate(CONCERNS) if key in concerns)
