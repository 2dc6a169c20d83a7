"""Which values can a listing be narrowed to, and how many products has each?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shop.assay.policy import Mark
from shop.catalog.choices import CATEGORIES, CONCERNS, PRICE_BANDS
from shop.catalog.search_statements import MATCH_LIMIT

# In the order of the page. A mark's label is its key: the words stand in web/words.py.
_LABELS: Mapping[str, Mapping[str, str]] = {
    "verification": {
        mark: mark
        for mark in (Mark.OK, Mark.PART, Mark.OLD, Mark.REVIEW, Mark.NONE, Mark.WARN, Mark.STOP)
    },
    "concern": CONCERNS,
    "category": CATEGORIES,
    "price": {band.key: band.label for band in PRICE_BANDS},
}
_COLUMNS = {"verification": "verification", "category": "category", "price": "price_band"}


@dataclass(frozen=True, slots=True)
class Facet:
    """One value. `count` is with every other filter applied; `is_capped` means "at least"."""

    value: str
    label: str
    count: int
    is_selected: bool
    is_capped: bool = False


def read_facets(
    rows: Sequence[Any], chosen: Mapping[str, frozenset[str]], *, has_text: bool = False
) -> dict[str, list[Facet]]:
    """Facets from the rows of search_statements.counts. A chosen value stays, even at 0.

    Only the matches of a text are counted up to a limit; other counts are always whole.
    """
    limit = MATCH_LIMIT if has_text else float("inf")
    by_kind: dict[str, list[Any]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    facets = {
        name: _facet(name, by_kind.get(name if name in by_kind else "all", []), chosen[name], limit)
        for name in _LABELS
    }
    facets["brand"] = _brands(by_kind, chosen["brand"], limit)
    return facets


def _facet(name: str, rows: Sequence[Any], chosen: frozenset[str], limit: float) -> list[Facet]:
    numbers: Counter[str] = Counter()
    for row in rows:
        for value in _values(name, row):
            numbers[value] += row.n
    is_capped = sum(row.n for row in rows) >= limit
    return [
        Facet(value, label, numbers[value], value in chosen, is_capped)
        for value, label in _LABELS[name].items()
        if numbers[value] or value in chosen
    ]


def _values(name: str, row: Any) -> list[str]:  # noqa: ANN401 - a row of a Core select
    if name == "concern":
        return [key for bit, key in enumerate(CONCERNS) if row.concern_mask >> bit & 1]
    return [getattr(row, _COLUMNS[name])]


def _brands(
    by_kind: Mapping[str, Sequence[Any]], chosen: frozenset[str], limit: float
) -> list[Facet]:
    """The brands with most products, then those chosen that are not among them."""
    seen: dict[str, Any] = {}
    for row in (*by_kind.get("brand", ()), *by_kind.get("chosen_brand", ())):
        seen.setdefault(row.slug, row)
    everything = by_kind.get("brand_total") or by_kind.get("all", ())
    is_capped = sum(row.n for row in everything) >= limit
    return [
        Facet(row.slug, row.label, row.n, row.slug in chosen, is_capped) for row in seen.values()
    ]
