"""What does the listing show for this address, and which addresses lead on from it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from shop.assay.policy import Mark
from shop.catalog.choices import SHOP_CURRENCY
from shop.catalog.money import minor_units
from shop.catalog.search import CardRow, Facet, Query, Results
from shop.plumbing.errors import Refused
from shop.web import words

PATH = "/"
_FACETS = {
    "verification": "Verification",
    "concern": "Concern",
    "category": "Category",
    "brand": "Brand",
    "price": "Price",
}
_ASKED = ("q", *_FACETS, "min", "max", "sort")
_LONGEST_TEXT = 200
_MOST_DIGITS = 6
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One question with its answers."""

    name: str
    label: str
    facets: Sequence[Facet]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the listing. Without an address it is a gap."""

    label: str
    url: str = ""
    number: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything on the page."""

    title: str
    heading: str
    text: str
    corrected: str | None
    is_home: bool
    says_see_a_doctor: bool
    cards: Sequence[CardRow]
    facets: Sequence[FacetGroup]
    chips: Sequence[Chip]
    without_filters: str
    price_min: str
    price_max: str
    sort: str
    sorts: Sequence[tuple[str, str]]
    pages: Sequence[PageLink]
    hidden_flagged: int
    flagged_url: str


def query_from(args: MultiDict[str, str]) -> Query:
    """The search that an address asks for. What cannot be understood asks for nothing."""
    return Query(
        text=args.get("q", "").strip()[:_LONGEST_TEXT],
        brands=tuple(args.getlist("brand")),
        categories=tuple(args.getlist("category")),
        concerns=tuple(args.getlist("concern")),
        verification=tuple(args.getlist("verification")),
        prices=tuple(args.getlist("price")),
        price_min=_price(args.get("min", "")),
        price_max=_price(args.get("max", "")),
        sort=args.get("sort", ""),
        page=_page_number(args.get("page", "")),
    )


def listing(args: MultiDict[str, str], query: Query, found: Results) -> Listing:
    """The page for what was found."""
    asked = [(name, value) for name in _ASKED for value in args.getlist(name) if value]
    groups = [_group(name, label, found) for name, label in _FACETS.items()]
    kept = [(name, value) for name, value in asked if name in {"q", "sort"}]
    chips = list(_chips(asked, groups))
    return Listing(
        title=_title(query, groups),
        heading=_heading(found, is_narrowed=bool(chips or query.text)),
        text=query.text,
        corrected=found.corrected,
        is_home=not asked and found.page == 1,
        says_see_a_doctor="thinning" in query.concerns,
        cards=found.cards,
        facets=groups,
        chips=chips,
        without_filters=_url(kept),
        price_min=args.get("min", "")[:12],
        price_max=args.get("max", "")[:12],
        sort=found.sort,
        sorts=[pair for pair in words.SORTS.items() if pair[0] != "relevance" or query.text],
        pages=list(_pages(asked, found)),
        hidden_flagged=_hidden_flagged(query, groups),
        flagged_url=_url([*asked, ("verification", Mark.WARN.value)]),
    )


def _title(query: Query, groups: Sequence[FacetGroup]) -> str:
    if query.text:
        return f"Results for “{query.text}”"
    chosen = [facet.label for group in groups for facet in group.facets if facet.is_selected]
    return "Hair care: " + ", ".join(chosen[:3]) if chosen else "Hair care with its certificates"


def _heading(found: Results, *, is_narrowed: bool) -> str:
    more = "+" if found.total_is_capped else ""
    noun = "product" if found.total == 1 and not more else "products"
    return f"{found.total:,}{more} {noun}{' found' if is_narrowed else ''}"


def _group(name: str, label: str, found: Results) -> FacetGroup:
    facets = found.facets.get(name, [])
    if name == "verification":
        facets = [_worded(facet) for facet in facets]
    return FacetGroup(name, label, [facet for facet in facets if facet.count or facet.is_selected])


def _worded(facet: Facet) -> Facet:
    label = words.VERIFICATION[Mark(facet.value)]
    return Facet(facet.value, label, facet.count, facet.is_selected, facet.is_capped)


def _chips(asked: list[tuple[str, str]], groups: Sequence[FacetGroup]) -> Iterator[Chip]:
    labels = {(group.name, facet.value): facet.label for group in groups for facet in group.facets}
    for name, value in asked:
        without = _url([pair for pair in asked if pair != (name, value)])
        if (name, value) in labels:
            yield Chip(labels[name, value], without)
        elif name in {"min", "max"} and _price(value) is not None:
            word = "From" if name == "min" else "Up to"
            yield Chip(f"{word} ${value.lstrip('$')}", without)


def _pages(asked: list[tuple[str, str]], found: Results) -> Iterator[PageLink]:
    if found.pages == 1:
        return
    near = range(found.page - _NEIGHBOURS, found.page + _NEIGHBOURS + 1)
    shown = sorted({1, found.pages, *(n for n in near if 1 <= n <= found.pages)})
    before = 0
    for number in shown:
        if number - before > 1:
            yield PageLink("…")
        yield PageLink(
            str(number), _url([*asked, ("page", str(number))]), number, number == found.page
        )
        before = number
    if found.page < found.pages:
        yield PageLink("Next", _url([*asked, ("page", str(found.page + 1))]))


def _hidden_flagged(query: Query, groups: Sequence[FacetGroup]) -> int:
    """How many flagged products the verification filter keeps out of sight."""
    if not query.verification or Mark.WARN in query.verification:
        return 0
    facets = next(group.facets for group in groups if group.name == "verification")
    return sum(facet.count for facet in facets if facet.value == Mark.WARN)


def _url(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def _price(text: str) -> int | None:
    try:
        return minor_units(text.strip().removeprefix("$").replace(",", ""), SHOP_CURRENCY)
    except Refused:
        return None


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 1
