"""Which lots can be sold, and how is a part of one promised to an order without overselling?

The guarded UPDATE decides: it either finds so many free, or changes nothing. Lots are always taken
in ascending id, so that two orders never wait for each other in a circle.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, select, update

from shop.assay.vocabulary import Subject
from shop.catalog.indexing import shippable
from shop.catalog.models import Lot, LotStatus
from shop.catalog.standings import ring_for_lots
from shop.certificates.models import Certificate
from shop.orders import proof
from shop.orders.models import OrderLine
from shop.orders.proof import Proof
from shop.plumbing.db import db
from shop.verdicts.service import PublishedVerdict


@dataclass(frozen=True, slots=True)
class FreeLot:
    """A lot that has some left, and what stands behind it."""

    id: int
    variant_id: int
    public_id: str
    code: str
    expires_on: date | None
    free: int
    proof: Proof

    @property
    def is_sellable(self) -> bool:
        return not self.proof.problem


@dataclass(frozen=True, slots=True)
class Share:
    """So many of one lot."""

    lot: FreeLot
    quantity: int


def free_lots(
    variant_ids: Iterable[int], *, at: datetime, for_update: bool = False
) -> Mapping[int, Sequence[FreeLot]]:
    """Released, unexpired lots with some left, by variant, first expiry first.

    Those that may not be sold are among them (`is_sellable`), so that a page can say why.
    `for_update` keeps others from changing them until the transaction ends.
    """
    wanted = tuple(variant_ids)
    rows = _shippable(wanted, at, for_update=for_update)
    return _by_variant(wanted, rows, proof.of_lots([row["id"] for row in rows], at=at))


def free_lots_among(
    variant_ids: Iterable[int],
    on_file: Iterable[Certificate],
    published: Mapping[Subject, PublishedVerdict],
    *,
    at: datetime,
) -> Mapping[int, Sequence[FreeLot]]:
    """The same for a page that has their certificates (newest first) and verdicts at hand."""
    wanted = tuple(variant_ids)
    rows = _shippable(wanted, at)
    proofs = proof.among(on_file, published, [row["id"] for row in rows], at=at)
    return _by_variant(wanted, rows, proofs)


def share_out(lots: Iterable[FreeLot], quantity: int) -> list[Share]:
    """Fill the quantity from the sellable lots in their order; less when they hold less."""
    shares = []
    for lot in lots:
        if not lot.is_sellable or quantity == 0:
            continue
        part = min(quantity, lot.free)
        shares.append(Share(lot, part))
        quantity -= part
    return shares


def reserve(parts: Iterable[tuple[int, int]]) -> int | None:
    """Promise so many of each lot (id, quantity); the id of the first that has not so many.

    What was promised before that one stays promised: the caller rolls back.
    """
    emptied = []
    for lot_id, quantity in sorted(parts):
        left = db.session.scalar(
            update(Lot)
            .where(
                Lot.id == lot_id,
                Lot.on_hand - Lot.reserved >= quantity,
                Lot.status == LotStatus.RELEASED,
            )
            .values(reserved=Lot.reserved + quantity)
            .returning(Lot.on_hand - Lot.reserved)
            .execution_options(synchronize_session=False)
        )
        if left is None:
            return lot_id
        if left == 0:
            emptied.append(lot_id)
    _tell_listing(emptied)
    return None


def release(lines: Iterable[OrderLine]) -> None:
    """Give back what the lines had promised."""
    refilled = []
    for lot_id, quantity in sorted((line.lot_id, line.quantity) for line in lines):
        free = db.session.scalar(
            update(Lot)
            .where(Lot.id == lot_id)
            .values(reserved=Lot.reserved - quantity)
            .returning(Lot.on_hand - Lot.reserved)
            .execution_options(synchronize_session=False)
        )
        if free == quantity:
            refilled.append(lot_id)
    _tell_listing(refilled)


def retake(lines: Sequence[OrderLine], *, at: datetime) -> bool:
    """Promise the very same lots again after they were released: all of them, or none.

    A lot that may not be sold any more is not promised again.
    """
    standing = proof.of_lots([line.lot_id for line in lines], at=at)
    if any(found.problem for found in standing.values()):
        return False
    with db.session.begin_nested() as step:
        if reserve((line.lot_id, line.quantity) for line in lines) is not None:
            step.rollback()
            return False
    return True


def _tell_listing(lot_ids: Sequence[int]) -> None:
    """Another lot ships next, or none: the listing says which, and what stands behind it."""
    if lot_ids:
        ring_for_lots(lot_ids)


def _shippable(
    variant_ids: Sequence[int], at: datetime, *, for_update: bool = False
) -> Sequence[RowMapping]:
    statement = (
        select(
            Lot.id,
            Lot.variant_id,
            Lot.public_id,
            Lot.code,
            Lot.expires_on,
            (Lot.on_hand - Lot.reserved).label("free"),
        )
        .where(Lot.variant_id.in_(variant_ids), shippable(at.date()))
        .order_by(Lot.id)
    )
    rows = db.session.execute(statement.with_for_update() if for_update else statement)
    return rows.mappings().all()


def _by_variant(
    wanted: Iterable[int], rows: Iterable[RowMapping], proofs: Mapping[int, Proof]
) -> Mapping[int, Sequence[FreeLot]]:
    lots = [FreeLot(**row, proof=proofs[row["id"]]) for row in rows]
    lots.sort(key=lambda lot: (lot.expires_on or date.max, lot.id))
    return {variant: [lot for lot in lots if lot.variant_id == variant] for variant in wanted}
