"""What do we know about an offer? Rows into the Facts that the judge of sellers reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.assay.sellers.facts import (
    Authorization,
    AuthorizationStatus,
    Host,
    NotAuthorized,
    OfferFacts,
    ProductFacts,
    Proof,
    ProofMethod,
    ProofState,
    Seller,
    SellerList,
    Source,
    Statement,
)
from shop.assay.sellers.hostnames import Link, parse, path_of, suffixes
from shop.assay.sellers.names import folded
from shop.assay.sellers.observed import Observed
from shop.catalog.models import Brand, Product, Variant
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound
from shop.sellers import models, observing, proof_standing, protecting, reach, texts
from shop.sellers.evidence import brand_domains, latest_list

# A product by its category, as it stands in "this product is ...".
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "shampoo": "a shampoo",
        "conditioner": "a conditioner",
        "serum": "a hair serum",
        "mask": "a hair mask",
        "oil": "a hair oil",
        "styling": "a hair styling product",
        "colour": "a hair color",
        "treatment": "a hair treatment",
    }
)
OTHERWISE = "hair care"
_Domains = Mapping[int, Sequence[models.Domain]]


class _Other(NamedTuple):
    """A brand's word for a seller that has no say about a link."""

    retailer_id: int
    name: str
    source: str
    hosts: list[str] | None  # None: all that staff entered


def facts(offer_public_id: str) -> OfferFacts:
    """Everything that bears on one offer. Raises NotFound."""
    query = select(models.Offer).where(models.Offer.public_id == texts.public_id(offer_public_id))
    loaded = query.options(
        joinedload(models.Offer.product).joinedload(Product.brand),
        joinedload(models.Offer.retailer),
    )
    offer = db.session.scalars(loaded).first()
    if offer is None:
        code = "sellers.offer_unknown"
        raise NotFound(code, "There is no such offer.")
    declared = offer.declared_seller or (offer.retailer.name if offer.retailer else "")
    return facts_for(
        offer.product,
        offer.url,
        declared_seller=declared,
        statement=Statement(offer.statement) if offer.statement else None,
        observed=observing.observed_for(offer),
    )


def facts_for(
    product: Product,
    link: str,
    *,
    declared_seller: str = "",
    statement: Statement | None = None,
    observed: Observed | None = None,
) -> OfferFacts:
    """The same for a link that is not stored. The product comes with its brand."""
    category = CATEGORIES.get(product.category, OTHERWISE)
    seen = observed or observing.observed_for_link(parse(link))
    links = _links(link, seen)
    known = _known(product.brand, links, declared_seller, category, _keys(product))
    others = protecting.others_near(links, known)
    return OfferFacts(link, known, declared_seller, statement, seen, others)


def facts_for_brand(brand: Brand, link: str, *, statement: Statement | None = None) -> OfferFacts:
    """The same for a brand, when nobody says which product. A list that names products is then
    not known to cover this one.
    """
    seen = observing.observed_for_link(parse(link))
    links = _links(link, seen)
    known = _known(brand, links, "", OTHERWISE, ())
    others = protecting.others_near(links, known)
    return OfferFacts(link, known, statement=statement, observed=seen, protected=others)


def facts_for_nobody(link: str) -> OfferFacts:
    """The same when no brand is asked about: what bears on the link whoever sells there."""
    seen = observing.observed_for_link(parse(link))
    links = _links(link, seen)
    known = ProductFacts(brand="", unrelated=protecting.unrelated_for(links))
    others = protecting.others_near(links, known)
    return OfferFacts(link, known, observed=seen, protected=others)


def _links(link: str, seen: Observed) -> list[Link]:
    """The link and what it was seen to lead to: of all of them it is asked whose they are."""
    urls = seen.chain.urls if seen.chain is not None else ()
    return [parse(link), *(parse(url) for url in urls)]


def _known(
    brand: Brand, links: Sequence[Link], declared_seller: str, category: str, keys: tuple[str, ...]
) -> ProductFacts:
    published = latest_list(brand.id)
    return ProductFacts(
        brand=brand.name,
        category=category,
        official=_hosts(brand_domains(brand.id)),
        seller_list=SellerList(published.dated, published.expires_on) if published else None,
        sellers=_sellers(brand.id, links, declared_seller),
        not_authorized=_not_authorized(brand.id),
        unrelated=protecting.unrelated_for(links),
        product_keys=keys,
    )


def _sellers(brand_id: int, links: Sequence[Link], declared_seller: str) -> tuple[Seller, ...]:
    """Whom the brand names, then who else has a say about this link: its label, its host.

    Of a seller that has none, the brand's word is not weighed: only its name and addresses are
    told, which others may imitate. So a list of thousands costs little, and what happens to one
    seller is no news for the links of the others.
    """
    concerned = _concerned(links, declared_seller)
    retailers = {retailer.id: retailer for retailer in concerned}
    query = select(models.Authorization).where(
        models.Authorization.brand_id == brand_id,
        models.Authorization.retailer_id.in_(list(retailers)),
    )
    loaded = query.options(
        joinedload(models.Authorization.retailer), joinedload(models.Authorization.seller_list)
    )
    said = db.session.scalars(loaded.order_by(models.Authorization.id)).all()
    others = _others_named(brand_id, retailers)
    unsaid = [each.retailer_id for each in others if each.hosts is None]
    domains = _domains_of([*retailers, *unsaid])
    words: dict[int, list[models.Authorization]] = {key: [] for key in retailers}
    for each in said:
        words[each.retailer_id].append(each)
    named = [_named(each, domains) for each in said]
    beside = [
        seller
        for key, retailer in retailers.items()
        if (seller := _beside(retailer, domains, words[key])).hosts or not words[key]
    ]
    return (*named, *beside, *(_other(each, domains) for each in others))


def _concerned(links: Sequence[Link], declared_seller: str) -> Sequence[models.Retailer]:
    above = {name for link in links for name in suffixes(link.name)}
    owners = select(models.Domain.retailer_id).where(
        models.Domain.host.in_(above), models.Domain.retailer_id.is_not(None)
    )
    wanted: list[ColumnElement[bool]] = [models.Retailer.id.in_(owners)]
    if declared_seller:
        wanted.append(models.Retailer.name_key == folded(declared_seller))
    query = select(models.Retailer).where(or_(*wanted))
    return db.session.scalars(query.order_by(models.Retailer.id)).all()


def _others_named(brand_id: int, concerned: Collection[int]) -> Sequence[_Other]:
    """Everybody else whom the brand names or named."""
    said = models.Authorization
    query = (
        select(said.retailer_id, models.Retailer.name, said.source, said.hosts)
        .join(models.Retailer, models.Retailer.id == said.retailer_id)
        .where(said.brand_id == brand_id, said.retailer_id.not_in(list(concerned)))
        .order_by(said.id)
    )
    return [_Other(*row) for row in db.session.execute(query)]


def _other(said: _Other, domains: _Domains) -> Seller:
    own = reach.standing_alone(domains.get(said.retailer_id, ()))
    hosts = said.hosts if said.hosts is not None else [each.host for each in own]
    return Seller(said.name, tuple(map(Host, hosts)), Authorization(Source(said.source)))


def _domains_of(retailer_ids: list[int]) -> dict[int, list[models.Domain]]:
    query = select(models.Domain).where(models.Domain.retailer_id.in_(retailer_ids))
    loaded = query.options(selectinload(models.Domain.proofs)).order_by(models.Domain.id)
    found: dict[int, list[models.Domain]] = {}
    for each in db.session.scalars(loaded):
        if each.retailer_id is not None:
            found.setdefault(each.retailer_id, []).append(each)
    return found


def _named(said: models.Authorization, domains: _Domains) -> Seller:
    """A retailer with the brand's word for it, at the addresses that the word reaches."""
    own = domains.get(said.retailer_id, [])
    return _seller(said.retailer, own, reach.reached(own, said), _authorization(said))


def _beside(
    retailer: models.Retailer, domains: _Domains, words: Sequence[models.Authorization]
) -> Seller:
    """The same retailer at its other addresses, for which the brand says nothing."""
    own = domains.get(retailer.id, [])
    return _seller(retailer, own, reach.beside(own, words), None)


def _seller(
    retailer: models.Retailer,
    own: Sequence[models.Domain],
    reached: Sequence[models.Domain],
    authorization: Authorization | None,
) -> Seller:
    return Seller(
        name=retailer.name,
        hosts=tuple(host for each in reached for host in _host(each, reach.proofs_for(each, own))),
        authorization=authorization,
        is_marketplace=retailer.is_marketplace,
    )


def _authorization(row: models.Authorization) -> Authorization:
    return Authorization(
        source=Source(row.source),
        status=AuthorizationStatus(row.status),
        listed_on=row.seller_list.dated if row.seller_list else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        revoked_on=row.revoked_on,
        paths=tuple(path_of(path) for path in row.paths),
        regions=tuple(row.regions),
        products=tuple(row.products),
    )


def _hosts(domains: Sequence[models.Domain]) -> tuple[Host, ...]:
    return tuple(host for each in domains for host in _host(each, proof_standing.current(each)))


def _host(domain: models.Domain, proofs: Sequence[models.DomainProof]) -> list[Host]:
    """An address once for each proof that stands: one may reach further, or last longer."""
    found = [_proof(each) for each in proofs] or [Proof()]
    return [Host(domain.host, proof, is_exact=domain.is_exact) for proof in found]


def _proof(row: models.DomainProof) -> Proof:
    return Proof(
        state=ProofState(row.state),
        method=ProofMethod(row.method),
        verified_on=row.verified_at.date(),
        expires_on=_day(row.expires_at),
        lost_on=_day(row.lost_at),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _not_authorized(brand_id: int) -> tuple[NotAuthorized, ...]:
    query = select(models.NotAuthorized).where(models.NotAuthorized.brand_id == brand_id)
    rows = db.session.scalars(query.order_by(models.NotAuthorized.host))
    return tuple(NotAuthorized(row.host, row.named_on) for row in rows)


def _keys(product: Product) -> tuple[str, ...]:
    """By what a brand's list may name this product."""
    query = select(Variant.sku, Variant.gtin).where(Variant.product_id == product.id)
    codes = [code for row in db.session.execute(query.order_by(Variant.id)) for code in row if code]
    return (product.name, f"{product.brand.name} {product.name}", product.category, *codes)
