"""How is a lot counted anew, held back or recalled?"""

from sqlalchemy import update

from shop.catalog.indexing import index
from shop.catalog.models import Lot, LotStatus
from shop.plumbing.db import db
from shop.plumbing.errors import Refused

_MAX_COUNT = 1_000_000


def change_lot(lot: Lot, *, on_hand: int, status: LotStatus) -> Lot:
    """Another count or status; `lot` comes with its variant.

    What is reserved for orders cannot be counted away: guarded in the statement itself, since an
    order may reserve more at this very moment. Raises Refused.
    """
    if not 0 <= on_hand <= _MAX_COUNT:
        code = "catalog.stock_invalid"
        raise Refused(code, f"The number in stock must be from 0 to {_MAX_COUNT:,}.")
    changed = db.session.execute(
        update(Lot)
        .where(Lot.id == lot.id, Lot.reserved <= on_hand)
        .values(on_hand=on_hand, status=status.value)
        .returning(Lot.id)
        .execution_options(synchronize_session=False)
    ).first()
    db.session.refresh(lot, ["on_hand", "reserved", "status"])
    if changed is None:
        code = "catalog.stock_reserved"
        message = f"{lot.reserved:,} are reserved for orders. Settle those first."
        raise Refused(code, message)
    index([lot.variant.product_id])
    return lot
