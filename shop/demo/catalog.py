"""What does the demo shop hold? Brands and products, read from data/*.toml into frozen values.

Nothing in the data bears a date: everything stands so many days before an anchor, the day on which
the demo was first loaded, so that it never grows stale by lying in a repository.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
# GS1 keeps this prefix for demonstrations: no such number is ever given to a real product.
GTIN_PREFIX = "9520"
PATCH_TEST = (
    "Try a little behind the ear or on the inner arm, and wait 24 hours before the first full use."
)
_DAYS_IN_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class DemoLot:
    """One production run. `story` says what became of its certificate (certificates.py)."""

    size: int
    code_pattern: str
    made_days_ago: int
    months: int
    stock: int
    status: str
    laboratory: str  # empty: never tested
    report_pattern: str
    story: str
    why: str
    printed_pattern: str  # the lot that its report names; empty: this one

    def made_on(self, anchor: date) -> date:
        return anchor - timedelta(days=self.made_days_ago)

    def expires_on(self, anchor: date) -> date:
        return self.made_on(anchor) + timedelta(days=round(self.months * _DAYS_IN_MONTH))

    def code(self, anchor: date) -> str:
        return dated(self.code_pattern, self.made_on(anchor))

    def printed_code(self, anchor: date) -> str:
        return dated(self.printed_pattern or self.code_pattern, self.made_on(anchor))


@dataclass(frozen=True, slots=True)
class DemoSize:
    """One variant; its GTIN-13 bears the prefix for demonstrations."""

    size: str
    amount: float
    price_minor: int
    sku: str
    gtin: str


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """One page of the shop."""

    slug: str
    name: str
    category: str
    concerns: tuple[str, ...]
    summary: str
    notice: str
    is_for_sale: bool
    inci: tuple[str, ...]
    steps: tuple[str, ...]
    frequency: str
    patch_test: str
    panel: str  # which tests a laboratory runs on it (reports.py)
    ph: tuple[float, float] | None
    assays: tuple[Mapping[str, Any], ...]
    picture: Mapping[str, Any]
    sizes: tuple[DemoSize, ...]
    lots: tuple[DemoLot, ...]

    @property
    def ingredients(self) -> list[dict[str, str]]:
        """As the catalog keeps them: in the order of the label."""
        return [{"inci": name, "function": functions()[name]} for name in self.inci]

    @property
    def usage(self) -> dict[str, Any]:
        if not self.steps:
            return {}
        return {
            "steps": list(self.steps),
            "frequency": self.frequency,
            "patch_test": self.patch_test,
            "source": "From the pack",
        }


@dataclass(frozen=True, slots=True)
class DemoBrand:
    """A brand, the addresses that are its own, and its products."""

    slug: str
    name: str
    company: str
    domains: tuple[str, ...]
    wordmark: Mapping[str, Any]
    paint: Mapping[str, Any]
    products: tuple[DemoProduct, ...]


@cache
def brands() -> tuple[DemoBrand, ...]:
    """Every brand, in the order of their names."""
    files = sorted((DATA / "brands").glob("*.toml"))
    return tuple(_brand(read(file)) for file in files)


@cache
def functions() -> Mapping[str, str]:
    """What each ingredient does, by its INCI name."""
    return read(DATA / "ingredients.toml")


def read(path: Path) -> dict[str, Any]:
    """One data file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def dated(pattern: str, day: date) -> str:
    """Fill {yy}, {mm}, {yymm} and {mmyy} in a printed number."""
    return pattern.format(yy=f"{day:%y}", mm=f"{day:%m}", yymm=f"{day:%y%m}", mmyy=f"{day:%m%y}")


def with_check_digit(digits: str) -> str:
    """A GS1 number from all its digits but the last."""
    odd_first = digits[::-1]
    total = 3 * sum(map(int, odd_first[::2])) + sum(map(int, odd_first[1::2]))
    return f"{digits}{-total % 10}"


def _brand(data: Mapping[str, Any]) -> DemoBrand:
    products = [
        _product(f"{GTIN_PREFIX}{data['number']:02d}{position:04d}", item)
        for position, item in enumerate(data["product"])
    ]
    return DemoBrand(
        slug=data["slug"],
        name=data["name"],
        company=data.get("company", data["name"]),
        domains=tuple(data["domains"]),
        wordmark=data.get("wordmark", {}),
        paint=data.get("paint", {}),
        products=tuple(products),
    )


def _product(gtin_stem: str, data: Mapping[str, Any]) -> DemoProduct:
    ph = data.get("ph")
    sizes = [
        _size(f"{gtin_stem}{number:02d}", item) for number, item in enumerate(_list(data, "sizes"))
    ]
    return DemoProduct(
        slug=data["slug"],
        name=data["name"],
        category=data["category"],
        concerns=tuple(data["concerns"]),
        summary=data["summary"],
        notice=data.get("notice", ""),
        is_for_sale=data.get("is_for_sale", True),
        inci=tuple(_list(data, "inci")),
        steps=tuple(_list(data, "steps")),
        frequency=data.get("frequency", ""),
        patch_test=data.get("patch_test", PATCH_TEST),
        panel=data.get("panel", ""),
        ph=(ph[0], ph[1]) if ph else None,
        assays=tuple(_list(data, "assays")),
        picture=data.get("picture", {}),
        sizes=tuple(sizes),
        lots=tuple(_lot(item) for item in _list(data, "lots")),
    )


def _size(gtin_stem: str, data: Mapping[str, Any]) -> DemoSize:
    return DemoSize(
        size=data["size"],
        amount=float(data["amount"]),
        price_minor=data["price"],
        sku=data["sku"],
        gtin=with_check_digit(gtin_stem),
    )


def _lot(data: Mapping[str, Any]) -> DemoLot:
    return DemoLot(
        size=data.get("size", 0),
        code_pattern=data["code"],
        made_days_ago=data["made"],
        months=data["months"],
        stock=data["stock"],
        status=data.get("status", "released"),
        laboratory=data.get("lab", ""),
        report_pattern=data.get("report", ""),
        story=data.get("story", "good"),
        why=data.get("why", ""),
        printed_pattern=data.get("printed", ""),
    )


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    assert isinstance(value, list), name  # noqa: S101 - for the type checker; tests read every file
    return value
