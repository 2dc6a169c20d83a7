"""What stands in for Stripe where no key is configured? Its page says that no money moves.

It keeps sessions of its own and goes through the same states, so everything after it is the real
thing. It plays a server elsewhere: its changes are committed on their own, and like Stripe it is
asked with no transaction open.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.orders.inserting import insert_once
from shop.orders.models import RefundState
from shop.orders.payments import Bill, Event, RefundReceipt, Session, SessionStatus
from shop.plumbing.clock import now
from shop.plumbing.db import Model, Moment, db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Transaction


class DemoSession(Model):
    """A payment in which no money moves."""

    __tablename__ = "demo_session"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount_not_negative"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    order_public_id: Mapped[str] = mapped_column(String(16), index=True)
    url: Mapped[str] = mapped_column(Text)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(10), default=SessionStatus.OPEN)
    payment_id: Mapped[str] = mapped_column(String(64), default="", index=True)
    declined: Mapped[int] = mapped_column(default=0)  # how many times a card was refused
    expires_at: Mapped[datetime] = mapped_column(Moment)


class DemoRefund(Model):
    """A refund in which no money moves."""

    __tablename__ = "demo_refund"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("demo_session.id"), index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class DemoPayments:
    """A payment provider for trying the shop. Use `pay`, `decline`, `abandon` from its page."""

    base_url: str
    transaction: Transaction
    is_production: bool = False
    name: str = "demo"
    is_live: bool = False

    def __post_init__(self) -> None:
        if self.is_production:
            message = "the demo payments are no payments: production needs a Stripe key"
            raise ValueError(message)

    def create_session(self, bill: Bill, *, idempotency_key: str) -> Session:
        with self.transaction():
            if bill.expires_at <= now():
                code = "payments.refused"
                raise Refused(code, "The time to pay is over.")
            values = {
                "id": f"demo_{secrets.token_hex(16)}",
                "idempotency_key": idempotency_key,
                "order_public_id": bill.order_public_id,
                "url": self.base_url + bill.pay_path,
                "amount_minor": bill.amount_minor,
                "currency": bill.currency,
                "expires_at": bill.expires_at,
            }
            insert_once(DemoSession, DemoSession.idempotency_key, values)
            known = select(DemoSession).where(DemoSession.idempotency_key == idempotency_key)
            return _session(db.session.execute(known).scalar_one())

    def fetch(self, session_id: str) -> Session:
        row = db.session.get(DemoSession, session_id, populate_existing=True)
        if row is None:
            raise _missing()
        return _session(row)

    def expire(self, session_id: str) -> Session:
        return self.abandon(session_id)

    def pay(self, session_id: str) -> Session:
        """The shopper paid. Raises Conflict when the session is over."""
        with self.transaction():
            row = _locked(session_id)
            if row.status == SessionStatus.COMPLETE:
                return _session(row)
            _insist_open(row)
            row.status = SessionStatus.COMPLETE
            row.payment_id = f"demopay_{secrets.token_hex(16)}"
            return _session(row)

    def decline(self, session_id: str) -> Session:
        """The card was refused. The session stays open for another try, as at Stripe."""
        with self.transaction():
            row = _locked(session_id)
            _insist_open(row)
            row.declined += 1
            return _session(row)

    def abandon(self, session_id: str) -> Session:
        """Nobody will pay in this session any more, unless somebody has already."""
        with self.transaction():
            row = _locked(session_id)
            if row.status == SessionStatus.OPEN:
                row.status = SessionStatus.EXPIRED
            return _session(row)

    def refund(
        self, payment_id: str, amount_minor: int, *, order_public_id: str, idempotency_key: str
    ) -> RefundReceipt:
        del order_public_id
        with self.transaction():
            paid = select(DemoSession.id).where(DemoSession.payment_id == payment_id)
            session_id = db.session.scalar(paid) if payment_id else None
            if session_id is None:
                raise _missing()
            values = {
                "id": f"demoref_{secrets.token_hex(16)}",
                "idempotency_key": idempotency_key,
                "session_id": session_id,
                "amount_minor": amount_minor,
            }
            insert_once(DemoRefund, DemoRefund.idempotency_key, values)
            known = select(DemoRefund.id).where(DemoRefund.idempotency_key == idempotency_key)
            return RefundReceipt(db.session.execute(known).scalar_one(), RefundState.DONE)

    def read_event(self, payload: bytes, signature: str, *, at: datetime) -> Event:
        del payload, signature, at
        code = "payments.no_events"
        raise NotFound(code, "The demo payments send no messages.")


def _locked(session_id: str) -> DemoSession:
    row = db.session.scalar(
        select(DemoSession)
        .where(DemoSession.id == session_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise _missing()
    return row


def _missing() -> NotFound:
    code = "payments.missing"
    return NotFound(code, "There is no such payment.")


def _insist_open(row: DemoSession) -> None:
    if row.status != SessionStatus.OPEN or row.expires_at <= now():
        code = "payments.over"
        raise Conflict(code, "This payment is over. Check your order, or start again.")


def _session(row: DemoSession) -> Session:
    status = SessionStatus(row.status)
    if status is SessionStatus.OPEN and row.expires_at <= now():
        status = SessionStatus.EXPIRED
    return Session(
        id=row.id,
        url=row.url,
        status=status,
        is_paid=status is SessionStatus.COMPLETE,
        amount_minor=row.amount_minor,
        currency=row.currency,
        livemode=False,
        order_public_id=row.order_public_id,
        payment_id=row.payment_id,
    )
