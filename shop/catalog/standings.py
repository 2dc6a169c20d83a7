"""When does a product's line in the listing have to be written anew?

Its verdicts may all stand and the line still change: the lot that ships next is another one.
"""

from collections.abc import Iterable

from sqlalchemy import select

from shop.catalog.models import Lot, Product, Variant
from shop.plumbing import jobs
from shop.plumbing.db import db

STANDING_JOB = "catalog.standing"


def ring_for_lots(lot_ids: Iterable[int]) -> None:
    """Have the lines of these lots' products written anew, once this transaction is committed."""
    products = (
        select(Product.public_id)
        .join(Variant, Variant.product_id == Product.id)
        .join(Lot, Lot.variant_id == Variant.id)
        .where(Lot.id.in_(list(lot_ids)))
        .distinct()
        .order_by(
            Product.public_id
        )  # two orders ring in the same order, and never block each other
    )
    for public_id in db.session.scalars(products):
        jobs.enqueue(STANDING_JOB, public_id)
