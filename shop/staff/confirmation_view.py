"""What does the desk show of what was seen at the laboratory itself?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.accounts import service as accounts
from shop.assay.policy import Mark
from shop.certificates import confirming
from shop.certificates.confirming import State
from shop.certificates.models import Certificate, LaboratoryConfirmation
from shop.staff import words
from shop.web.words import Words

_STATES = {
    State.ASKED: Words(Mark.REVIEW, "A worker fetches the page"),
    State.KEPT: Words(Mark.REVIEW, "Kept; say what you see"),
    State.FAILED: Words(Mark.NONE, "No page came"),
    State.CONFIRMED: Words(Mark.OK, "Confirmed"),
    State.WITHDRAWN: Words(Mark.STOP, "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Row:
    row: LaboratoryConfirmation
    told: Words
    who: str
    found: Sequence[Words]  # what stands in the text of a page that was kept


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """What the review page shows of it (staff/certificates/_confirmation.html)."""

    public_id: str
    has_laboratory: bool
    standing: Row | None  # the one that counts
    rows: Sequence[Row]


def view(certificate: Certificate) -> ConfirmationView:
    names = accounts.names()
    rows = [row_of(each, names) for each in confirming.confirmations_of(certificate.id)]
    counting = confirming.counting_row(certificate)
    standing = next((each for each in rows if counting and each.row.id == counting.id), None)
    return ConfirmationView(
        certificate.public_id, certificate.laboratory is not None, standing, rows
    )


def row_of(row: LaboratoryConfirmation, names: Mapping[str, str]) -> Row:
    """One of them; by whoever did the last thing about it."""
    who = row.withdrawn_by or row.seen_by or row.asked_by
    return Row(row, _STATES[State(row.state)], names.get(who, words.SOMEBODY), _found(row))


def _found(row: LaboratoryConfirmation) -> list[Words]:
    """What the text of the kept page holds; silent where there is no text to look in."""
    if row.is_by_laboratory or not row.blob:
        return []
    return [
        Words(Mark.OK if is_there else Mark.NONE, f"{what} {'is' if is_there else 'is not'} on it")
        for what, is_there in (("The report number", row.has_report_no), ("The lot", row.has_lot))
        if is_there is not None
    ]
