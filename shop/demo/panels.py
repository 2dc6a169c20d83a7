"""Which tests does a laboratory run on a product, and what did it find?

Values are made from the report's number, so that the same report always says the same.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from shop.demo.catalog import DemoProduct


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a results table; numbers with a decimal point."""

    group: str
    test: str
    method: str
    limit: str
    result: str
    is_within: bool = True


MICROBIOLOGY, ELEMENTS, PHYSICAL = "Microbiology", "Elements", "Physical and chemical"
_COUNTS = (
    ("Total aerobic mesophilic count", "ISO 21149", "≤ 1000 CFU/g"),
    ("Yeast and mold count", "ISO 16212", "≤ 1000 CFU/g"),
)
_PATHOGENS = (
    ("Escherichia coli", "ISO 21150"),
    ("Staphylococcus aureus", "ISO 22718"),
    ("Pseudomonas aeruginosa", "ISO 22717"),
    ("Candida albicans", "ISO 18416"),
)
# Element, method, limit, and what is seldom exceeded, in mg/kg.
_METALS = (
    ("Lead (Pb)", "ISO 21392", "2.0", "0.30"),
    ("Arsenic (As)", "ISO 21392", "0.5", "0.12"),
    ("Cadmium (Cd)", "ISO 21392", "0.1", "0.04"),
    ("Mercury (Hg)", "ISO 23821", "0.1", "0.02"),
)
# Test, method, limit, lowest and highest that a sound lot shows.
_OTHER = {
    "oil": (
        ("Peroxide value", "ISO 3960", "≤ 10.0 meq/kg", "0.8", "4.6", "meq/kg"),
        ("Acid value", "ISO 660", "≤ 2.0 mg/g", "0.1", "0.9", "mg/g"),
    ),
    "bar": (("Loss on drying", "In-house 114", "≤ 12.0 %", "4.0", "9.5", "%"),),
    "powder": (("Loss on drying", "In-house 114", "≤ 14.0 %", "8.0", "12.0", "%"),),
}
_LOW_COUNT = 10
_HUNDREDTHS = Decimal("0.01")


def lines(product: DemoProduct, seed: str) -> tuple[Line, ...]:
    """The results of one report."""
    return (
        *_counts(seed),
        *_pathogens(product),
        *_metals(seed),
        *_assays(product, seed),
        *_physical(product, seed),
    )


def fraction(seed: str, name: str) -> Decimal:
    """A number from 0 to 1 with four places, the same whenever it is asked for."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return Decimal(int.from_bytes(digest[:4], "big") % 10_000) / 10_000


def _counts(seed: str) -> list[Line]:
    found = []
    for test, method, limit in _COUNTS:
        count = int(fraction(seed, test) * 90) - 55
        result = f"{count} CFU/g" if count >= _LOW_COUNT else "< 10 CFU/g"
        found.append(Line(MICROBIOLOGY, test, method, limit, result))
    return found


def _pathogens(product: DemoProduct) -> list[Line]:
    if product.panel == "oil":  # nothing grows without water
        return []
    asked = _PATHOGENS[:3] if product.panel == "bar" else _PATHOGENS
    return [
        Line(MICROBIOLOGY, test, method, "Absent in 1 g", "Absent in 1 g") for test, method in asked
    ]


def _assays(product: DemoProduct, seed: str) -> list[Line]:
    found = []
    for assay in product.assays:
        low, high = Decimal(str(assay["low"])), Decimal(str(assay["high"]))
        places = Decimal("0.1") if low >= 1 else _HUNDREDTHS
        share = Decimal("0.3") + fraction(seed, assay["analyte"]) * Decimal("0.4")
        value = (low + (high - low) * share).quantize(places)
        unit = assay["unit"]
        found.append(
            Line(
                PHYSICAL,
                assay["analyte"],
                assay["method"],
                f"{low} to {high} {unit}",
                f"{value} {unit}",
            )
        )
    return found


def _metals(seed: str) -> list[Line]:
    found = []
    for test, method, limit, highest in _METALS:
        value = (fraction(seed, test) * Decimal(highest)).quantize(_HUNDREDTHS)
        result = f"{value} mg/kg" if value > _HUNDREDTHS else "< 0.01 mg/kg"
        found.append(Line(ELEMENTS, test, method, f"≤ {limit} mg/kg", result))
    return found


def _physical(product: DemoProduct, seed: str) -> list[Line]:
    found = []
    if product.ph:
        low, high = (Decimal(str(bound)) for bound in product.ph)
        share = Decimal("0.25") + fraction(seed, "pH") / 2
        value = (low + (high - low) * share).quantize(Decimal("0.1"))
        found.append(Line(PHYSICAL, "pH at 25 °C", "In-house 012", f"{low} to {high}", f"{value}"))
    for test, method, limit, least, most, unit in _OTHER.get(product.panel, ()):
        span = Decimal(most) - Decimal(least)
        value = (Decimal(least) + fraction(seed, test) * span).quantize(Decimal("0.1"))
        found.append(Line(PHYSICAL, test, method, limit, f"{value} {unit}"))
    return found
