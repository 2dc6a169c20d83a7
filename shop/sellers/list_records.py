"""What is on record of brands' lists? For the pages on which staff look after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.assay.sellers.facts import AuthorizationStatus
from shop.catalog.models import Brand
from shop.plumbing.db import db
from shop.sellers.models import Authorization, Domain, NotAuthorized, Retailer, SellerList
from shop.sellers.seen import ListSource

PAGE = 100


@dataclass(frozen=True, slots=True)
class BrandRow:
    """A brand in the list of brands."""

    slug: str
    name: str
    domains: int
    sellers: int  # that it names now
    dated: date | None  # of its newest list
    expires_on: date | None
    problem: str
    failing_since: datetime | None


def overview(*, after: str = "", limit: int = PAGE) -> list[BrandRow]:
    """Brands by name, those behind the brand of that slug; in one query."""
    newest = (
        select(SellerList.brand_id, func.max(SellerList.id).label("id"))
        .group_by(SellerList.brand_id)
        .subquery()
    )
    domains = select(func.count(Domain.id)).where(Domain.brand_id == Brand.id)
    sellers = select(func.count(func.distinct(Authorization.retailer_id))).where(
        Authorization.brand_id == Brand.id, Authorization.status == AuthorizationStatus.ACTIVE
    )
    query = (
        select(
            Brand.slug,
            Brand.name,
            domains.scalar_subquery(),
            sellers.scalar_subquery(),
            SellerList.dated,
            SellerList.expires_on,
            func.coalesce(ListSource.problem, ""),
            ListSource.failing_since,
        )
        .outerjoin(newest, newest.c.brand_id == Brand.id)
        .outerjoin(SellerList, SellerList.id == newest.c.id)
        .outerjoin(ListSource, ListSource.brand_id == Brand.id)
        .order_by(Brand.name)
        .limit(limit)
    )
    if after:
        last = select(Brand.name).where(Brand.slug == after).scalar_subquery()
        query = query.where(Brand.name > last)
    return [BrandRow(*row) for row in db.session.execute(query)]


def history(brand_id: int, *, limit: int = 20) -> Sequence[SellerList]:
    """The brand's lists as they were read, the newest first."""
    query = select(SellerList).where(SellerList.brand_id == brand_id)
    newest = query.order_by(SellerList.dated.desc(), SellerList.id.desc()).limit(limit)
    return db.session.scalars(newest).all()


def authorizations(brand_id: int, *, start: int = 0, limit: int = PAGE) -> Sequence[Authorization]:
    """Whom the brand names or named, with retailer and list, by the retailer's name."""
    query = (
        select(Authorization)
        .join(Retailer, Retailer.id == Authorization.retailer_id)
        .where(Authorization.brand_id == brand_id)
        .order_by(Authorization.status, Retailer.name_key, Authorization.id)
        .options(joinedload(Authorization.retailer), joinedload(Authorization.seller_list))
    )
    return db.session.scalars(query.offset(start).limit(limit)).all()


def count_authorizations(brand_id: int) -> int:
    query = select(func.count(Authorization.id)).where(Authorization.brand_id == brand_id)
    return db.session.scalar(query) or 0


def refused(brand_id: int, *, limit: int = PAGE) -> Sequence[NotAuthorized]:
    """What the brand names as not authorized, by host."""
    query = select(NotAuthorized).where(NotAuthorized.brand_id == brand_id)
    return db.session.scalars(query.order_by(NotAuthorized.host).limit(limit)).all()
