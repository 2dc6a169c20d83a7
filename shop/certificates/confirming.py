"""What did we see of a report at the laboratory itself, and who says so?

Two ways: a worker fetches the laboratory's own page and a person says that the result stands
there, or the laboratory's letter is kept. Either can be withdrawn. Nothing is fetched here.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from shop.assay.certificates.facts import Confirmation, FieldName
from shop.assay.certificates.hosts import LONGEST_HOST, Address, is_under, keeper, opened
from shop.assay.certificates.inside import LinkKind
from shop.certificates import contents, schedule
from shop.certificates.models import Certificate, Laboratory, LaboratoryConfirmation
from shop.certificates.reader import wire_inside
from shop.plumbing import jobs
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused

CONFIRM_JOB = "laboratory.confirm"
LONGEST_URL = 2_000
_LONGEST_TEXT = 2_000
_MOST_OPEN = 5  # pages of one document that wait for the worker or a person


class State(StrEnum):
    """Where a confirmation stands. Only CONFIRMED counts."""

    ASKED = "asked"  # a worker fetches the page
    KEPT = "kept"  # fetched; a person says what stands there
    FAILED = "failed"  # no page came
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


def ask_page(
    certificate: Certificate, url: str, *, staff: str, at: datetime
) -> LaboratoryConfirmation:
    """Have a worker keep the page at which the laboratory shows the report.

    Raises Refused for an address that is not https at one of the laboratory's own hosts.
    """
    laboratory = _laboratory(certificate)
    address = opened(url.strip()) if len(url) <= LONGEST_URL else None
    if address is None or not address.href.startswith("https://"):
        code = "confirmation.address"
        message = "Enter the page’s whole address; it begins with https://."
        raise Refused(code, message)
    if not is_at(laboratory, address):
        code = "confirmation.host"
        message = (
            f"{address.host[:LONGEST_HOST]} is not on record for {laboratory.legal_name}. "
            "Approve it there first."
        )
        raise Refused(code, message)
    _refuse_many(certificate)
    row = LaboratoryConfirmation(
        certificate_id=certificate.id,
        where=address.href,
        state=State.ASKED,
        asked_by=staff,
        asked_at=at,
    )
    db.session.add(row)
    db.session.flush()
    jobs.enqueue(CONFIRM_JOB, row.public_id)
    return row


def say_seen(row: LaboratoryConfirmation, *, staff: str, at: datetime) -> None:
    """A person saw the result on the page that was kept. Saying it twice is saying it once."""
    _hold(row)
    if row.state == State.CONFIRMED:
        return
    if row.state != State.KEPT:
        code = "confirmation.not_kept"
        raise Conflict(code, "This page is not there to be confirmed. Look at it again.")
    row.state, row.seen_by, row.seen_at = State.CONFIRMED, staff, at
    _ring(row)


def keep_letter(
    certificate: Certificate,
    *,
    who: str,
    dated: date,
    document: str,
    staff: str,
    at: datetime,
) -> LaboratoryConfirmation:
    """Keep what the laboratory wrote: who, on which day, and the digest of the letter itself."""
    _laboratory(certificate)
    if not who.strip():
        code = "confirmation.who"
        raise Refused(code, "Enter who wrote, and from which address.")
    if dated > at.date():
        code = "confirmation.future"
        raise Refused(code, "This day is still to come. Compare it with the letter.")
    row = LaboratoryConfirmation(
        certificate_id=certificate.id,
        is_by_laboratory=True,
        where=who.strip()[:_LONGEST_TEXT],
        state=State.CONFIRMED,
        asked_by=staff,
        asked_at=at,
        blob=document,
        kept_at=at,
        dated=dated,
        seen_by=staff,
        seen_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _ring(row)
    return row


def withdraw(row: LaboratoryConfirmation, *, reason: str, staff: str, at: datetime) -> None:
    """Let it count no longer; it stays on record. Raises Refused without a reason."""
    _hold(row)
    if row.state == State.WITHDRAWN:
        return
    if not reason.strip():
        code = "confirmation.reason"
        raise Refused(code, "Enter why it is withdrawn.")
    row.state, row.reason = State.WITHDRAWN, reason.strip()[:_LONGEST_TEXT]
    row.withdrawn_by, row.withdrawn_at = staff, at
    _ring(row)


def confirmation(certificate: Certificate, public_id: str) -> LaboratoryConfirmation:
    """One of the document's. Raises NotFound."""
    found = db.session.scalar(
        select(LaboratoryConfirmation).where(
            LaboratoryConfirmation.certificate_id == certificate.id,
            LaboratoryConfirmation.public_id == public_id,
        )
    )
    if found is None:
        code = "confirmation.unknown"
        raise NotFound(code, "There is no such confirmation.")
    return found


def confirmations_of(certificate_id: int) -> Sequence[LaboratoryConfirmation]:
    """All there ever were, the newest first."""
    rows = select(LaboratoryConfirmation).where(
        LaboratoryConfirmation.certificate_id == certificate_id
    )
    return db.session.scalars(rows.order_by(LaboratoryConfirmation.id.desc())).all()


def counting(certificate: Certificate) -> Confirmation | None:
    """The latest that counts now, as a fact."""
    row = counting_row(certificate)
    day = _day(row) if row is not None else None
    if row is None or day is None:
        return None
    return Confirmation(row.is_by_laboratory, row.where, row.blob, day)


def counting_row(certificate: Certificate) -> LaboratoryConfirmation | None:
    """The latest that counts now. A page counts while its host is on the laboratory's record."""
    laboratory = _on_record(certificate)
    if laboratory is None:
        return None
    for row in confirmations_of(certificate.id):
        is_there = row.is_by_laboratory or _is_still_at(laboratory, row.where)
        if row.state == State.CONFIRMED and is_there and _day(row) is not None:
            return row
    return None


def ring_for_asked(*, older_than: datetime) -> None:
    """Ring again for pages that were asked for and have lost their bell (the sweep)."""
    asked = select(LaboratoryConfirmation.public_id).where(
        LaboratoryConfirmation.state == State.ASKED, LaboratoryConfirmation.asked_at <= older_than
    )
    for public_id in db.session.scalars(asked.limit(500)):
        jobs.enqueue(CONFIRM_JOB, public_id)


def is_at(laboratory: Laboratory, address: Address) -> bool:
    """Whether the address is at a host, or a bucket, on the laboratory's record."""
    return is_under(keeper(address), (*laboratory.domains, *laboratory.verify_hosts))


def look_ups(certificate: Certificate) -> list[str]:
    """Addresses on the document, https alone, that are at the laboratory's own hosts."""
    laboratory = _on_record(certificate)
    if laboratory is None:
        return []
    links = wire_inside.inside(certificate.inside).links
    printed = [link.url for link in links if link.kind is not LinkKind.EMAIL]
    fields = contents.fields_of(certificate.id)
    printed += [row.value for row in fields if row.name == FieldName.VERIFY_URL]
    addresses = filter(None, map(opened, printed))
    own = (each for each in addresses if is_at(laboratory, each))
    return list(dict.fromkeys(each.href for each in own if each.href.startswith("https://")))


def _day(row: LaboratoryConfirmation) -> date | None:
    """The day of the letter, or on which the page was kept."""
    return row.dated or (row.kept_at.date() if row.kept_at else None)


def _laboratory(certificate: Certificate) -> Laboratory:
    laboratory = _on_record(certificate)
    if laboratory is None:
        code = "confirmation.no_laboratory"
        message = "First put the laboratory on record: we ask it at addresses that are its own."
        raise Refused(code, message)
    return laboratory


def _on_record(certificate: Certificate) -> Laboratory | None:
    if certificate.laboratory_id is None:
        return None
    found = db.session.get_one(Laboratory, certificate.laboratory_id)
    return None if found.retired_at is not None else found


def _refuse_many(certificate: Certificate) -> None:
    is_open = (row.state in {State.ASKED, State.KEPT} for row in confirmations_of(certificate.id))
    if sum(is_open) >= _MOST_OPEN:
        code = "confirmation.many"
        raise Refused(code, f"{_MOST_OPEN} pages wait already. Withdraw one that is not needed.")


def _is_still_at(laboratory: Laboratory, where: str) -> bool:
    address = opened(where)
    return address is not None and is_at(laboratory, address)


def _hold(row: LaboratoryConfirmation) -> None:
    db.session.refresh(row, with_for_update=True)


def _ring(row: LaboratoryConfirmation) -> None:
    db.session.flush()
    schedule.ring(db.session.get_one(Certificate, row.certificate_id).public_id)
