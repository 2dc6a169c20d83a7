"""Whose is an address, and which brands name a retailer? For the pages that show it to staff."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.assay.sellers.hostnames import Link, suffixes
from shop.catalog.models import Brand
from shop.plumbing.db import db
from shop.sellers.models import Authorization, Domain, Offer

_MOST = 200
Word = tuple[Authorization, Brand]


def domains_at(link: Link) -> Sequence[Domain]:
    """Who has this address, or one above it, on record: with owners and proofs, nearest first."""
    query = select(Domain).where(Domain.host.in_(suffixes(link.name)))
    loaded = query.options(
        joinedload(Domain.brand), joinedload(Domain.retailer), selectinload(Domain.proofs)
    )
    found = db.session.scalars(loaded.order_by(Domain.id)).all()
    covering = [each for each in found if not each.is_exact or each.host == link.name]
    return sorted(covering, key=lambda domain: -len(domain.host))


def words_for(retailer_id: int) -> Sequence[Word]:
    """What brands say of a retailer, each with its list, by the brand's name."""
    return _words([retailer_id], None)


def words_between(brand_id: int, retailer_ids: Iterable[int]) -> Sequence[Word]:
    """What one brand says of these retailers, the newest word first for each."""
    wanted = list(retailer_ids)
    return _words(wanted, brand_id) if wanted else ()


def offers_of(retailer_id: int, *, limit: int = _MOST) -> Sequence[Offer]:
    """The links that name a retailer, with product and brand, the newest first."""
    query = select(Offer).where(Offer.retailer_id == retailer_id)
    loaded = query.options(joinedload(Offer.product), joinedload(Offer.retailer))
    return db.session.scalars(loaded.order_by(Offer.id.desc()).limit(limit)).all()


def _words(retailer_ids: Sequence[int], brand_id: int | None) -> Sequence[Word]:
    query = (
        select(Authorization, Brand)
        .join(Brand, Brand.id == Authorization.brand_id)
        .where(Authorization.retailer_id.in_(retailer_ids))
        .options(joinedload(Authorization.retailer), joinedload(Authorization.seller_list))
    )
    if brand_id is not None:
        query = query.where(Authorization.brand_id == brand_id)
    rows = query.order_by(Brand.name, Authorization.status, Authorization.id.desc()).limit(_MOST)
    return [(said, brand) for said, brand in db.session.execute(rows)]
