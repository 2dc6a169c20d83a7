"""Where is a product said to be for sale, and by whom? The room's door.

Whose an address is, and whom a brand names, is kept by `evidence`; its functions are offered here
too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.assay.sellers.checks import judge
from shop.assay.sellers.facts import Statement
from shop.assay.sellers.hostnames import Problem, parse
from shop.assay.sellers.names import folded
from shop.assay.vocabulary import Finding
from shop.catalog.models import Product, Variant
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import following, gather, observing, schedule, texts
from shop.sellers.evidence import (
    add_authorization,
    add_domain,
    add_list,
    add_not_authorized,
    brand_domains,
    domain,
    latest_list,
    record_proof,
    retailer_domains,
    revoke_authorization,
)
from shop.sellers.models import Offer, Retailer
from shop.sellers.schedule import ring_for_due

__all__ = [
    "OfferWords",
    "add_authorization",
    "add_domain",
    "add_list",
    "add_not_authorized",
    "add_offer",
    "add_retailer",
    "brand_domains",
    "check_link",
    "domain",
    "hide_offer",
    "latest_list",
    "offer",
    "offers_for",
    "recent_offers",
    "record_proof",
    "retailer",
    "retailer_domains",
    "retailers",
    "revoke_authorization",
    "ring_for_due",
    "update_offer",
    "update_retailer",
]

LONGEST_LINK = 8_000
_LONGEST_NAME = 200
_WHY_NOT = {
    Problem.NOT_ABSOLUTE: "Enter the whole address, beginning with https://.",
    Problem.SCHEME_NOT_WEB: "This is not a web address. Enter one that begins with https://.",
    Problem.SCRIPT: "This runs a script instead of opening a site. Enter an https:// address.",
    Problem.INVALID: "No browser can open this address. Check it for typing errors.",
}


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What is said with a link, by whoever placed it, and where we saw it."""

    label: str = ""
    declared_seller: str = ""
    statement: Statement | None = None
    source: str = ""


def add_retailer(name: str, *, is_marketplace: bool = False, note: str = "") -> Retailer:
    """Raises Refused for a name without letters, Conflict for one that is on record."""
    retailer = Retailer(name=name.strip(), name_key="", is_marketplace=is_marketplace, note=note)
    retailer.name_key = _free_key(name, None)
    db.session.add(retailer)
    db.session.flush()
    return retailer


def update_retailer(
    retailer: Retailer, *, name: str, is_marketplace: bool, note: str = ""
) -> Retailer:
    """Raises Refused, Conflict."""
    retailer.name_key = _free_key(name, retailer.id)
    retailer.name = name.strip()
    retailer.is_marketplace = is_marketplace
    retailer.note = note
    db.session.flush()
    schedule.ring_for_retailer(retailer.id)
    return retailer


def retailers() -> Sequence[Retailer]:
    """All of them by name."""
    return db.session.scalars(select(Retailer).order_by(Retailer.name_key)).all()


def retailer(public_id: str) -> Retailer:
    """Raises NotFound."""
    found = db.session.scalars(
        select(Retailer).where(Retailer.public_id == texts.public_id(public_id))
    ).first()
    if found is None:
        code = "sellers.retailer_unknown"
        raise NotFound(code, "There is no such retailer.")
    return found


def add_offer(
    product: Product,
    url: str,
    *,
    retailer: Retailer | None = None,
    variant: Variant | None = None,
    words: OfferWords | None = None,
    price_minor: int | None = None,
    currency: str | None = None,
    seen_at: datetime | None = None,
) -> Offer:
    """Put a link on record and ring for its inspection.

    Raises Refused for what is no web address. Every other link is kept as it is written, however
    it looks: to judge it is the inspection's business.
    """
    said = words or OfferWords()
    count = select(func.count()).select_from(Offer).where(Offer.product_id == product.id)
    offer = Offer(
        product_id=product.id,
        variant_id=variant.id if variant else None,
        retailer_id=retailer.id if retailer else None,
        url=_web_address(url),
        position=db.session.scalar(count) or 0,
        seen_at=seen_at or now(),
    )
    _say(offer, said, price_minor, currency)
    db.session.add(offer)
    db.session.flush()
    schedule.ring(offer)
    following.ring(offer)
    db.session.flush()
    return offer


def update_offer(
    offer: Offer,
    *,
    url: str,
    retailer: Retailer | None,
    words: OfferWords,
    price_minor: int | None,
    currency: str | None,
) -> Offer:
    """Say it anew, and have it inspected again. Raises Refused."""
    before = offer.url
    offer.url = _web_address(url)
    offer.retailer_id = retailer.id if retailer else None
    _say(offer, words, price_minor, currency)
    offer.seen_at = now()
    schedule.ring(offer)
    if offer.url != before:
        following.ring(offer)
    db.session.flush()
    return offer


def hide_offer(offer: Offer, *, is_hidden: bool = True) -> None:
    """Take an offer off the product's page, or put it back."""
    offer.is_hidden = is_hidden
    db.session.flush()


def offers_for(product_id: int, *, is_hidden: bool | None = False) -> Sequence[Offer]:
    """A product's offers with their retailers, in one query. `is_hidden=None`: all of them."""
    query = select(Offer).where(Offer.product_id == product_id)
    if is_hidden is not None:
        query = query.where(Offer.is_hidden == is_hidden)
    loaded = query.options(joinedload(Offer.retailer)).order_by(Offer.position, Offer.id)
    return db.session.scalars(loaded).all()


def recent_offers(limit: int = 50, *, before: str = "") -> Sequence[Offer]:
    """The newest offers of all products, with product, brand and retailer, for the desk.

    `before` is the public id of the last one shown; NotFound when there is none such.
    """
    query = select(Offer).order_by(Offer.id.desc()).limit(limit)
    if before:
        query = query.where(Offer.id < offer(before).id)
    return db.session.scalars(query.options(*_WITH_ALL)).all()


def offer(public_id: str) -> Offer:
    """With its product, brand and retailer. Raises NotFound."""
    query = select(Offer).where(Offer.public_id == texts.public_id(public_id))
    found = db.session.scalars(query.options(*_WITH_ALL)).first()
    if found is None:
        code = "sellers.offer_unknown"
        raise NotFound(code, "There is no such offer.")
    return found


def check_link(
    product: Product,
    link: str,
    *,
    retailer: Retailer | None = None,
    words: OfferWords | None = None,
    offer: Offer | None = None,
) -> tuple[Finding, ...]:
    """What the judge would say of a link, before anything is saved. The product has its brand.

    `offer` is the one that is being changed: what was seen of its link counts while it stays.
    """
    said = words or OfferWords()
    url = link[:LONGEST_LINK]
    is_followed = offer is not None and offer.href != "" and parse(url).href == offer.href
    facts = gather.facts_for(
        product,
        url,
        declared_seller=said.declared_seller or (retailer.name if retailer else ""),
        statement=said.statement,
        observed=observing.observed_for(offer) if offer is not None and is_followed else None,
    )
    return judge(facts, at=now())


def _web_address(text: str) -> str:
    url = texts.storable(text.strip())
    if len(url) > LONGEST_LINK:
        message = f"The address is too long. Enter one of at most {LONGEST_LINK:,} characters."
        code = "sellers.link_too_long"
        raise Refused(code, message)
    problem = parse(url).problem
    if problem is not None:
        code = f"sellers.link_{problem}"
        raise Refused(code, _WHY_NOT[problem])
    return url


def _say(offer: Offer, said: OfferWords, price_minor: int | None, currency: str | None) -> None:
    offer.label = texts.storable(said.label.strip())[:_LONGEST_NAME]
    offer.declared_seller = texts.storable(said.declared_seller.strip())[:_LONGEST_NAME]
    offer.statement = said.statement.value if said.statement else ""
    offer.source = texts.storable(said.source.strip())
    offer.price_minor = price_minor
    offer.currency = currency if price_minor is not None else None


def _free_key(name: str, own_id: int | None) -> str:
    key = folded(name)
    if not key or len(name) > _LONGEST_NAME or name != texts.storable(name):
        code = "sellers.retailer_name"
        raise Refused(code, f"Enter the retailer's name, at most {_LONGEST_NAME} characters.")
    query = select(Retailer.id).where(Retailer.name_key == key)
    if db.session.scalar(query) not in {None, own_id}:
        code = "sellers.retailer_known"
        raise Conflict(code, f"{name.strip()} is on record already.")
    return key


_WITH_ALL = (
    joinedload(Offer.product).joinedload(Product.brand),
    joinedload(Offer.retailer),
)
