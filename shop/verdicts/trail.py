"""Who decided what stands at these places of the ledger? The ledger itself names no person."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from shop.plumbing.db import db
from shop.verdicts.models import StaffDecision


@dataclass(frozen=True, slots=True)
class Step:
    """A person's part in a decision: the first word, or agreeing to it."""

    staff_id: str
    outcome: str
    reason: str
    is_second: bool


def steps(indexes: Iterable[int]) -> dict[int, Step]:
    """By the index of the ledger's entry, in one query; entries without a person are left out."""
    wanted = list(indexes)
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(StaffDecision).where(
            or_(
                StaffDecision.entry_index.in_(wanted),
                StaffDecision.second_entry_index.in_(wanted),
            )
        )
    )
    found: dict[int, Step] = {}
    for row in rows:
        found[row.entry_index] = Step(row.staff_id, row.outcome, row.reason, is_second=False)
        if row.second_entry_index is not None and row.seconded_by is not None:
            found[row.second_entry_index] = Step(
                row.seconded_by, row.outcome, row.reason, is_second=True
            )
    return {index: step for index, step in found.items() if index in wanted}
