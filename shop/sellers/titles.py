"""Which links are these, many at once?"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Product
from shop.plumbing.db import db
from shop.sellers.models import Offer


def offers(public_ids: Iterable[str]) -> dict[str, Offer]:
    """By public id, in one query; with product, brand and retailer. What is none is left out."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    found = db.session.scalars(
        select(Offer)
        .options(joinedload(Offer.product).joinedload(Product.brand), joinedload(Offer.retailer))
        .where(Offer.public_id.in_(wanted))
    )
    return {each.public_id: each for each in found}
