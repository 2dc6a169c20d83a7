"""What do we know about a link that somebody pasted? Judged from what is stored: nothing is
fetched, and nothing is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.facts import OfferFacts, SellerState, Statement
from shop.assay.sellers.hostnames import Link, parse, suffixes
from shop.assay.vocabulary import Finding
from shop.catalog.models import Brand, Product
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.sellers import gather, official, protecting
from shop.sellers.models import Authorization, Domain, Retailer
from shop.sellers.official import Site

LONGEST_LOOK = 4_000  # characters: the longest text that every server takes in an address
_MOST_BRANDS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted to be known of a link. Without a brand: what any brand says of it."""

    brand: Brand | None = None
    product: Product | None = None  # of that brand, with it loaded
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What we know. `brand` is the one that was asked for, else the one the address led to."""

    link: Link
    state: SellerState
    findings: tuple[Finding, ...]
    brand: Brand | None = None
    sites: Sequence[Site] = ()  # that brand's own addresses
    owner: Retailer | None = None  # who else has this address on record
    brands: Sequence[Brand] = ()  # those that name the owner, when none was asked


def look(text: str, asked: Asked | None = None) -> Seen:
    """Judge a text of at most `LONGEST_LOOK` characters as if it stood on a product's page."""
    wanted = asked or Asked()
    link = parse(text)
    owner = _owner(link)
    brand = wanted.brand or _brand_of(link) or (None if owner else _brand_near(link))
    facts = _facts(text, brand, wanted)
    findings = tuple(finding for finding in judge(facts, at=now()) if _says_of_whom(finding))
    return Seen(
        link=link,
        state=state(findings),
        findings=findings,
        brand=brand,
        sites=official.sites(brand.id, at=now()) if brand is not None else (),
        owner=owner,
        brands=_naming(owner) if owner is not None and brand is None else (),
    )


def _facts(text: str, brand: Brand | None, wanted: Asked) -> OfferFacts:
    if brand is None:
        return gather.facts_for_nobody(text)
    if wanted.product is not None and wanted.product.brand_id == brand.id:
        return gather.facts_for(wanted.product, text, statement=wanted.statement)
    return gather.facts_for_brand(brand, text, statement=wanted.statement)


def _says_of_whom(finding: Finding) -> bool:
    """Without a brand there is nothing to say about its list."""
    return finding.details.get("brand") != ""


def _brand_of(link: Link) -> Brand | None:
    """The brand whose own address this is."""
    owners = select(Domain.brand_id).where(*_covers(link), Domain.brand_id.is_not(None))
    return db.session.scalars(
        select(Brand).where(Brand.id.in_(owners)).order_by(Brand.id).limit(1)
    ).first()


def _brand_near(link: Link) -> Brand | None:
    """The brand for whose address or name this one might be taken."""
    near = protecting.near(link)
    if not near:
        return None
    owners = select(Domain.brand_id).where(Domain.host.in_(near), Domain.brand_id.is_not(None))
    rows = select(Brand).where(or_(Brand.id.in_(owners), Brand.slug.in_(near)))
    return db.session.scalars(rows.order_by(Brand.id).limit(1)).first()


def _owner(link: Link) -> Retailer | None:
    """The retailer whose address this is said to be."""
    owners = select(Domain.retailer_id).where(*_covers(link), Domain.retailer_id.is_not(None))
    return db.session.scalars(
        select(Retailer).where(Retailer.id.in_(owners)).order_by(Retailer.id).limit(1)
    ).first()


def _covers(link: Link) -> tuple[ColumnElement[bool], ...]:
    above = suffixes(link.name) if link.name and not link.is_ip else ()
    return (Domain.host.in_(above), or_(~Domain.is_exact, Domain.host == link.name))


def _naming(retailer: Retailer) -> Sequence[Brand]:
    """The brands that have something to say about a retailer."""
    named = select(Authorization.brand_id).where(Authorization.retailer_id == retailer.id)
    rows = select(Brand).where(Brand.id.in_(named)).order_by(Brand.name).limit(_MOST_BRANDS)
    return db.session.scalars(rows).all()
