"""Who owns an address, and whom does a brand name? Domains, proofs, lists and authorizations.

Whatever changes here can change what is said of an offer, so the offers that it bears on ring for
a new inspection.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.facts import AuthorizationStatus, ProofMethod, ProofState, Source
from shop.assay.sellers.hostnames import host_of, parse, path_of
from shop.catalog.models import Brand
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import schedule, texts
from shop.sellers.models import (
    Authorization,
    Domain,
    DomainProof,
    NotAuthorized,
    Retailer,
    SellerList,
)

PROOF_LIVES = timedelta(days=90)
LONGEST_LIST = timedelta(days=400)


def add_domain(host: str, *, owner: Brand | Retailer, is_exact: bool = False) -> Domain:
    """Put an address on record as its owner's. That alone proves nothing.

    An address that so far only a brand named as this retailer's becomes the retailer's own.
    Raises Refused when it is no host that one owner can hold, Conflict when it is on record.
    """
    name = owned_host(host, is_exact=is_exact)
    column = Domain.brand_id if isinstance(owner, Brand) else Domain.retailer_id
    taken = select(Domain).where(Domain.host == name, column == owner.id)
    domain = db.session.scalars(taken).first()
    if domain is not None and domain.named_by_id is None:
        code = "sellers.domain_known"
        raise Conflict(code, f"{name} is on record for {owner.name} already.")
    if domain is None:
        domain = Domain(host=name)
        db.session.add(domain)
    if isinstance(owner, Brand):
        domain.brand_id = owner.id
    else:
        domain.retailer_id = owner.id
    domain.is_exact, domain.named_by_id = is_exact, None
    db.session.flush()
    _ring_for_owner(domain)
    return domain


def record_proof(
    domain: Domain,
    *,
    method: ProofMethod,
    state: ProofState = ProofState.OK,
    verified_at: datetime | None = None,
    lost_at: datetime | None = None,
) -> DomainProof:
    """Keep what a look for proof found. An older proof stays on record beneath it."""
    verified = verified_at or now()
    proof = DomainProof(
        domain_id=domain.id,
        method=method,
        state=state,
        verified_at=verified,
        expires_at=verified + PROOF_LIVES,
        lost_at=lost_at,
    )
    db.session.add(proof)
    db.session.flush()
    _ring_for_owner(domain)
    return proof


def brand_domains(brand_id: int) -> Sequence[Domain]:
    """A brand's own addresses, each with its proofs, the newest last."""
    return _domains_where(brand_id=brand_id)


def retailer_domains(retailer_id: int) -> Sequence[Domain]:
    """A retailer's addresses, each with its proofs, the newest last."""
    return _domains_where(retailer_id=retailer_id)


def domain(public_id: str) -> Domain:
    """With its proofs. Raises NotFound."""
    query = select(Domain).where(Domain.public_id == texts.public_id(public_id))
    found = db.session.scalars(query.options(selectinload(Domain.proofs))).first()
    if found is None:
        code = "sellers.domain_unknown"
        raise NotFound(code, "There is no such address on record.")
    return found


def add_list(
    brand: Brand,
    *,
    dated: date,
    expires_on: date | None = None,
    source_url: str = "",
    document: str = "",
) -> SellerList:
    """Keep that the brand published a list of sellers. Raises Refused, Conflict.

    Two lists of one day are two documents; the one that was kept later counts.
    """
    if expires_on is not None and not dated <= expires_on <= dated + LONGEST_LIST:
        message = "A list must end on or after its own date, and at most 400 days later."
        code = "sellers.list_dates"
        raise Refused(code, message)
    taken = select(SellerList.id).where(
        SellerList.brand_id == brand.id,
        SellerList.dated == dated,
        SellerList.document == document,
    )
    if db.session.scalar(taken) is not None:
        message = f"The list of {brand.name} dated {dated} is on record already."
        code = "sellers.list_known"
        raise Conflict(code, message)
    published = SellerList(
        brand_id=brand.id,
        dated=dated,
        expires_on=expires_on,
        source_url=source_url,
        document=document,
    )
    db.session.add(published)
    db.session.flush()
    schedule.ring_for_brand(brand.id)
    return published


def latest_list(brand_id: int) -> SellerList | None:
    query = select(SellerList).where(SellerList.brand_id == brand_id)
    newest = query.order_by(SellerList.dated.desc(), SellerList.id.desc())
    return db.session.scalars(newest.limit(1)).first()


def add_authorization(
    brand: Brand,
    retailer: Retailer,
    *,
    source: Source,
    seller_list: SellerList | None = None,
    relation: str = "reseller",
    starts_on: date | None = None,
    ends_on: date | None = None,
    hosts: Sequence[str] | None = None,
    paths: Sequence[str] = (),
    regions: Sequence[str] = (),
    products: Sequence[str] = (),
    document: str = "",
    source_url: str = "",
    note: str = "",
    entered_by: str = "",
) -> Authorization:
    """Keep that the brand names this seller. Raises Refused.

    What the brand published (`Source.BRAND_LIST`) names its list; what staff enter does not.
    `hosts` are the addresses that the brand names, as `owned_host` gives them; None: all that
    staff put on record.
    """
    if (source is Source.BRAND_LIST) != (seller_list is not None):
        message = "Say which list names this seller, or that our staff added it."
        code = "sellers.authorization_source"
        raise Refused(code, message)
    _refuse_unsound(starts_on, ends_on, paths)
    authorization = Authorization(
        brand_id=brand.id,
        retailer_id=retailer.id,
        seller_list_id=seller_list.id if seller_list is not None else None,
        source=source,
        relation=relation,
        starts_on=starts_on,
        ends_on=ends_on,
        hosts=list(hosts) if hosts is not None else None,
        paths=list(paths),
        regions=[region.upper() for region in regions],
        products=list(products),
        document=document,
        source_url=texts.storable(source_url),
        note=texts.storable(note),
        entered_by=entered_by,
    )
    db.session.add(authorization)
    db.session.flush()
    schedule.ring_for_brand(brand.id)
    return authorization


def revoke_authorization(authorization: Authorization, *, on: date) -> None:
    """Keep that the brand no longer names the seller, since when."""
    authorization.status = AuthorizationStatus.REVOKED
    authorization.revoked_on = on
    db.session.flush()
    schedule.ring_for_brand(authorization.brand_id)


def add_not_authorized(
    brand: Brand,
    host: str,
    *,
    named_on: date,
    source_url: str = "",
    document: str = "",
    entered_by: str = "",
) -> NotAuthorized:
    """Keep that the brand's own page names an address as not authorized. Raises Refused.

    What staff enter outlives the brand's next list (`lists.apply` keeps its own entries in step).
    """
    name = owned_host(host)
    query = select(NotAuthorized).where(
        NotAuthorized.brand_id == brand.id, NotAuthorized.host == name
    )
    entry = db.session.scalars(query).first()
    if entry is None:
        entry = NotAuthorized(brand_id=brand.id, host=name, named_on=named_on)
        db.session.add(entry)
    entry.named_on = named_on
    entry.source_url = texts.storable(source_url)
    entry.document, entry.entered_by = document, entered_by
    entry.seller_list_id = None
    db.session.flush()
    schedule.ring_for_brand(brand.id)
    return entry


def owned_host(text: str, *, is_exact: bool = False) -> str:
    """A host as it is stored, when one owner can hold it. Raises Refused."""
    name = host_of(text)
    link = parse(f"https://{name}")
    if not name or len(name) > LONGEST_HOST:
        message = "Enter a website address such as shop.example.com."
        code = "sellers.host_invalid"
        raise Refused(code, message)
    if not link.is_public or link.is_internal:
        message = f"{link.shown} is not an address that one owner can hold. Enter a full name."
        code = "sellers.host_not_public"
        raise Refused(code, message)
    if link.is_suffix and not is_exact:
        message = f"Everybody's pages are below {link.shown}. Enter the page's own host."
        code = "sellers.host_is_suffix"
        raise Refused(code, message)
    return name


def _refuse_unsound(starts_on: date | None, ends_on: date | None, paths: Sequence[str]) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        message = "An authorization cannot end before it starts."
        code = "sellers.authorization_dates"
        raise Refused(code, message)
    if any(not path_of(path) for path in paths):
        message = "A page needs a path such as /stores/name; leave it empty for the whole site."
        code = "sellers.path_invalid"
        raise Refused(code, message)


def _domains_where(**owner: int) -> Sequence[Domain]:
    query = select(Domain).filter_by(**owner).order_by(Domain.host)
    return db.session.scalars(query.options(selectinload(Domain.proofs))).all()


def _ring_for_owner(domain: Domain) -> None:
    if domain.brand_id is not None:
        schedule.ring_for_brand(domain.brand_id)
    elif domain.retailer_id is not None:
        schedule.ring_for_retailer(domain.retailer_id)
