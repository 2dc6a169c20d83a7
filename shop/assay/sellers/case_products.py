"""What does a case say of the brand and of all who sell for it? The part that many cases share."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shop.assay.sellers.case_evidence import (
    Count,
    read_official,
    read_refusals,
    read_sellers,
    refused_hosts,
)
from shop.assay.sellers.case_reading import CaseError, Node
from shop.assay.sellers.case_scopes import read_regions
from shop.assay.sellers.facts import ProductFacts, Seller, SellerList, Source, Unrelated
from shop.assay.sellers.hostnames import host_of, parse

# The fields of a case that `read_product` reads.
FIELDS = (
    *("brand", "retailers", "sellers", "product", "category", "region", "country"),
    *("list", "not_authorized", "unauthorized", "unrelated"),
)
_PAIR = 2
_OURS = "hair care"
_HOME = "US"


def read_product(node: Node, at: datetime, count: Count) -> ProductFacts:
    """Brand, sellers, lists and limits of a case, as they stand at a moment. Raises CaseError.

    `count` is told of hosts before they are made: a short scope can make many of them.
    """
    brand = required(node, "brand")
    name = brand.text() if brand.is_text else required(brand.object("a brand"), "name").text()
    if not name.strip():
        brand.refuse("a brand needs a name")
    official, pages = read_official(brand, at)
    count(len(official) + len(pages), brand.path)
    retailers = list(node.each("retailers", "sellers"))
    sellers = [seller for each in retailers for seller in read_sellers(each, at, count)]
    listed = _seller_list(brand.get("list", "seller_list") or node.get("list"), sellers, at)
    named_on = listed.dated if listed else at.date()
    refusals = [each for place in (brand, node) for each in read_refusals(place, named_on)]
    refusals += [each for retailer in retailers for each in refused_hosts(retailer, at)]
    count(len(refusals), node.path)
    product = node.get("product")
    return ProductFacts(
        brand=name.strip(),
        category=_category(node, brand, product),
        official=tuple(official),
        seller_list=listed,
        sellers=(*pages, *sellers),
        not_authorized=tuple(refusals),
        unrelated=tuple(_unrelated(node)),
        region=_region(node, product),
        product_keys=tuple(_product_keys(product)),
    )


def required(node: Node, *names: str) -> Node:
    """A field that every case has. Raises CaseError."""
    found = node.get(*names)
    if found is None:
        path = f"{node.path}.{names[0]}"
        raise CaseError(path, "this is needed")
    return found


def _seller_list(node: Node | None, sellers: Sequence[Seller], at: datetime) -> SellerList | None:
    """What the brand published: as the case says, else as the retailers' entries show."""
    if node is not None and node.value is False:
        return None
    said = [seller.authorization for seller in sellers if seller.authorization is not None]
    listed = [each for each in said if each.source is Source.BRAND_LIST]
    today = at.date()
    dates = [each.listed_on for each in listed] or [None]
    begun = [each.starts_on for each in listed if each.starts_on and each.starts_on <= today]
    dated = max((day for day in dates if day), default=max(begun, default=today))
    if node is None or node.value is True:
        return SellerList(dated) if listed or node is not None else None
    if node.is_text:
        return SellerList(node.moment().date())
    node.object("a list")
    written = node.day_of("date", "dated", "listed_at", "published_at", "fetched_at")
    expires_on = node.last_day_of(at, "expires", "expires_at", "expires_on", "until")
    return SellerList(written or dated, expires_on)


def _category(node: Node, brand: Node, product: Node | None) -> str:
    places = [node, brand] if product is None else [product, node, brand]
    found = (place.text_of("category") for place in places if place.is_object)
    return next(filter(None, found), _OURS)


def _region(node: Node, product: Node | None) -> str:
    places = [node] if product is None else [node, product]
    found = [place.get("region", "country") for place in places]
    codes = [code for each in found if each is not None for code in read_regions(each)]
    return codes[0] if codes else _HOME


def _product_keys(product: Node | None) -> Iterator[str]:
    """By what a list may name this product."""
    for item in product.items() if product is not None else ():
        if item.is_text:
            yield item.text().strip()
            continue
        item.object("a product")
        for field in ("name", "sku", "gtin", "category", "id"):
            for held in item.each(field):
                yield held.text().strip()


def _unrelated(node: Node) -> Iterator[Unrelated]:
    for item in node.each("unrelated"):
        names = [_label(each) for each in item.items()] if not item.is_object else [
            _label(required(item, "name")), _label(required(item, "other"))
        ]  # fmt: skip
        if len(names) != _PAIR:
            item.refuse("two names that are unrelated")
        yield Unrelated(names[0], names[1])


def _label(node: Node) -> str:
    """A name without its ending: "hairiz" of hairiz.com, and of hairiz."""
    said = node.text().strip().lower()
    return parse(f"https://{host_of(said)}").label or said if "." in said else said
