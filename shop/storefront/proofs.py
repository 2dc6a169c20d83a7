"""What stands behind a lot that is bought: its mark in the cart, and its papers in the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shop.assay.policy import Mark
from shop.certificates.models import Status
from shop.orders.cart_views import LineView
from shop.orders.proof import Proof
from shop.orders.receipts import ReceiptLine
from shop.web import words
from shop.web.words import Words

_UNTESTED = Words(Mark.NONE, "This lot is not tested yet")


@dataclass(frozen=True, slots=True)
class Papers:
    """A bought line with what stood behind its lot when it was bought."""

    line: ReceiptLine
    told: Words
    certificate: Mapping[str, Any] | None
    verdict: Mapping[str, Any] | None


def told_of(proof: Proof | None) -> Words:
    """The mark of a lot and its words, for the cart."""
    if proof is None:
        return Words(Mark.NONE, "No lot at hand")
    return _told(proof.certificate, proof.verdict)


def papers_of(line: ReceiptLine) -> Papers:
    """The papers of one line of an order, as they stood."""
    return Papers(line, _told(line.certificate, line.verdict), line.certificate, line.verdict)


def cart_notice(lines: Sequence[LineView]) -> Words | None:
    """What to know before buying: lots whose certificate is missing, or not settled yet."""
    unproven = [line for line in lines if told_of(line.proof).mark not in {Mark.OK, Mark.PART}]
    unproven = [line for line in unproven if not line.problem]
    if not unproven:
        return None
    if len(unproven) > 1:
        title = f"{len(unproven)} lots in your cart have no verified certificate"
    else:
        title = f"No verified certificate for lot {unproven[0].lot_code}"
    return Words(
        Mark.OLD,
        title,
        "You can wait for it, or buy knowing that this lot has not been shown to pass its tests. "
        "If it fails, we refund you without asking for the bottle back.",
    )


def _told(certificate: Mapping[str, Any] | None, verdict: Mapping[str, Any] | None) -> Words:
    if certificate is None:
        return _UNTESTED
    if verdict is None:
        return words.NOT_CHECKED_YET
    mark = Mark(verdict["mark"])
    is_withdrawn = certificate["status"] == Status.REVOKED
    return Words(mark, words.certificate(mark, is_withdrawn=is_withdrawn))
