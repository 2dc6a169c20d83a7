"""Puts the demo's shops on record: addresses, proofs, what brands say of them, and their links."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from shop.assay.sellers.facts import ProofMethod, Source, Statement
from shop.catalog import service as catalog
from shop.catalog.importing import Progress
from shop.catalog.models import Brand, Product
from shop.demo import panels, shelves
from shop.demo.catalog import DATA, DemoBrand, DemoProduct, brands, read
from shop.demo.shelves import CURRENCY, Transaction
from shop.plumbing.outbound import Hop, Limits, Outbound, Trace
from shop.sellers import following
from shop.sellers import service as sellers
from shop.sellers.models import Retailer
from shop.sellers.service import OfferWords

_LIST_LIVES = timedelta(days=365)
_BRAND_PROOF_DAYS = 20
_LIMITS = Limits()
_DEAREST = 200  # cents above our own price, at a brand's shop


def record(day: date, *, transaction: Transaction, progress: Progress) -> None:
    """Add what is not there yet of retailers, brands' words and links."""
    for item in data()["retailer"]:
        if _retailer(item["name"]) is None:
            with transaction():
                _add_retailer(item, day)
    there = set(shelves.known())
    for brand in brands():
        is_stocked = any(product.slug in there for product in brand.products)
        if is_stocked and brand.domains:
            owner = catalog.brand_by_slug(brand.slug)
            if not sellers.brand_domains(owner.id):
                with transaction():
                    _add_word(brand, catalog.brand_by_slug(brand.slug), day)
    wanted = [(b, p) for b in brands() for p in b.products if p.slug in there]
    for done, (brand, item) in enumerate(wanted, 1):
        if not _has_offers(item):
            with transaction():
                _add_offers(brand, item, day)
        progress("Sellers", done, len(wanted))
    _follow(transaction)


@cache
def data() -> Mapping[str, Any]:
    """The file as it is: retailers, lists, offers."""
    return read(DATA / "sellers.toml")


def moment(day: date, days_ago: int) -> datetime:
    """A morning so many days before the anchor."""
    return datetime.combine(day - timedelta(days=days_ago), time(9, 20), UTC)


def _retailer(name: str) -> Retailer | None:
    return next((each for each in sellers.retailers() if each.name == name), None)


def _add_retailer(item: Mapping[str, Any], day: date) -> None:
    retailer = sellers.add_retailer(
        item["name"], is_marketplace=item.get("is_marketplace", False), note="Sample data."
    )
    for host in item["hosts"]:
        domain = sellers.add_domain(host["name"], owner=retailer)
        if "proof_days" in host:
            proven = moment(day, host["proof_days"])
            sellers.record_proof(domain, method=ProofMethod.DNS, verified_at=proven)


def _add_word(brand: DemoBrand, owner: Brand, day: date) -> None:
    """A brand's own addresses, and whom it names."""
    for host in brand.domains:
        domain = sellers.add_domain(host, owner=owner)
        proven = moment(day, _BRAND_PROOF_DAYS)
        sellers.record_proof(domain, method=ProofMethod.DNS, verified_at=proven)
    for item in _lists(brand):
        dated = day - timedelta(days=item["read_days"])
        published = sellers.add_list(
            owner,
            dated=dated,
            expires_on=dated + _LIST_LIVES,
            source_url=f"https://{brand.domains[0]}/.well-known/authorized-sellers.json",
        )
        for named in item["sellers"]:
            sellers.add_authorization(
                owner,
                _known_retailer(named["retailer"]),
                source=Source.BRAND_LIST,
                seller_list=published,
                starts_on=day - timedelta(days=named["from_days"]),
                ends_on=_ends(named, day),
                paths=named.get("paths", ()),
            )


def _has_offers(item: DemoProduct) -> bool:
    product = shelves.product(item.slug)
    return product is None or bool(sellers.offers_for(product.id, is_hidden=None))


def _add_offers(brand: DemoBrand, item: DemoProduct, day: date) -> None:
    """The brand's own shop, the shops that it names throughout, and the links of their own."""
    product = shelves.product(item.slug)
    if product is None:
        return
    own = item.sizes[0].price_minor if item.sizes else None
    page = item.slug.removeprefix(f"{brand.slug}-")
    if brand.domains and own is not None:
        sellers.add_offer(
            product,
            f"https://{brand.domains[0]}/products/{page}",
            words=OfferWords(label=brand.name, statement=Statement.OFFICIAL),
            price_minor=_nearby(own, item.slug, "own", _DEAREST),
            currency=CURRENCY,
            seen_at=moment(day, 1),
        )
    for listed in _lists(brand):
        for named in listed["sellers"]:
            if own is not None and named.get("is_everywhere", True):
                _add_listed(named, item, product, own, day)
    for offer in data()["offer"]:
        if offer["product"] == item.slug:
            _add_written(offer, product, day)


def _add_listed(
    named: Mapping[str, Any], item: DemoProduct, product: Product, own: int, day: date
) -> None:
    shop = _item(named["retailer"])
    path = next(iter(named.get("paths", ())), "/shop")
    price = _nearby(own, item.slug, shop["key"], _DEAREST) - _DEAREST // 2
    sellers.add_offer(
        product,
        f"https://{shop['hosts'][0]['name']}{path}/{item.slug}",
        retailer=_known_retailer(shop["key"]),
        words=OfferWords(statement=Statement.AUTHORIZED),
        price_minor=max(price, 100),
        currency=CURRENCY,
        seen_at=moment(day, 1 + int(panels.fraction(item.slug, shop["key"]) * 5)),
    )


def _add_written(offer: Mapping[str, Any], product: Product, day: date) -> None:
    price = offer.get("price_minor")
    statement = offer.get("statement")
    sellers.add_offer(
        product,
        offer["url"],
        retailer=_known_retailer(offer["retailer"]) if "retailer" in offer else None,
        words=OfferWords(
            label=offer.get("label", ""),
            statement=Statement(statement) if statement else None,
            source=offer.get("source", ""),
        ),
        price_minor=price,
        currency=CURRENCY if price is not None else None,
        seen_at=moment(day, offer["seen_days"]),
    )


def _follow(transaction: Transaction) -> None:
    """Keep where the file says that links led, as the worker keeps what it saw."""
    for told in data()["offer"]:
        product = shelves.product(told["product"]) if "leads_to" in told else None
        for offer in sellers.offers_for(product.id, is_hidden=None) if product else ():
            if offer.url == told["url"] and offer.followed_at is None:
                hops = tuple(Hop(url, 200, tls="ok") for url in (offer.href, *told["leads_to"]))
                follow = following.handlers(_Told(hops))[following.FOLLOW_JOB]
                follow.run(offer.public_id, transaction)


class _Told(Outbound):
    """Answers with a way that is written down: nothing is opened."""

    def __init__(self, hops: tuple[Hop, ...]) -> None:
        super().__init__()
        self._hops = hops

    def trace(self, url: str, *, limits: Limits = _LIMITS) -> Trace:
        del url, limits
        return Trace(self._hops, "")


def _known_retailer(key: str) -> Retailer:
    found = _retailer(_item(key)["name"])
    assert found is not None, key  # noqa: S101 - added just before
    return found


def _item(key: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(each for each in data()["retailer"] if each["key"] == key)
    return found


def _lists(brand: DemoBrand) -> Sequence[Mapping[str, Any]]:
    return [item for item in data()["list"] if item["brand"] == brand.slug]


def _ends(named: Mapping[str, Any], day: date) -> date | None:
    return day - timedelta(days=named["until_days"]) if "until_days" in named else None


def _nearby(price: int, slug: str, shop: str, most: int) -> int:
    """Another shop's price: up to so many cents more, in steps of 50."""
    return price + int(panels.fraction(slug, shop) * (most // 50 + 1)) * 50
