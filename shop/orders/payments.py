"""Who takes the money, and what does Stripe need to hear? The one file that imports stripe.

A provider is asked outside every transaction. Whatever it answers is one of four: a value;
`NotFound`; `Refused` (a definite no: nothing was done); `Unavailable` (nobody knows: ask again
with the same key). Written for stripe 16.1, API 2026-10-28.endive.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, Self

import stripe
import structlog

from shop.orders.models import RefundState
from shop.plumbing.errors import NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

# How far a webhook's time may be from ours, to either side.
TOLERANCE = timedelta(minutes=5)
MAX_EVENT_BYTES = 256 * 1024
_TIMEOUT_S = 20  # the library's own default is 80
_RETRIES = 2  # without it the library does not retry at all
_NAME = re.compile(r"[A-Za-z0-9_.]{1,120}")
_SIGNED_AT = re.compile(r"(?:^|,)t=([0-9]{1,12})(?:,|$)")
_log = structlog.get_logger()


class SessionStatus(StrEnum):
    """Whether a shopper can still pay in a session."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a provider is told of an order: nothing about the person or the products."""

    order_public_id: str
    amount_minor: int
    currency: str  # ISO 4217, upper case
    expires_at: datetime
    pay_path: str  # where a page of ours stands in for the provider
    paid_path: str  # where the shopper lands after paying
    back_path: str  # where the shopper lands on giving up


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A payment as the provider tells it at this moment."""

    id: str
    url: str
    status: SessionStatus
    is_paid: bool
    amount_minor: int
    currency: str
    livemode: bool
    order_public_id: str
    payment_id: str  # what a refund names; "" before anything was paid


@dataclass(frozen=True, slots=True)
class RefundReceipt:
    """What the provider says of a refund."""

    id: str
    state: RefundState


@dataclass(frozen=True, slots=True)
class Event:
    """A message from the provider, its signature verified. `session_id` may be empty."""

    id: str
    kind: str
    session_id: str
    payload: str


class PaymentProvider(Protocol):
    """Who takes the money. Every call may be slow: make it with no transaction open."""

    @property
    def name(self) -> str: ...

    @property
    def base_url(self) -> str:
        """The shop's own address, for the links that leave with a session or a letter."""

    @property
    def is_live(self) -> bool:
        """Whether real money moves."""

    def create_session(self, bill: Bill, *, idempotency_key: str) -> Session: ...

    def fetch(self, session_id: str) -> Session: ...

    def expire(self, session_id: str) -> Session:
        """End the session, unless it is paid; returns it as it is then."""

    def refund(
        self, payment_id: str, amount_minor: int, *, order_public_id: str, idempotency_key: str
    ) -> RefundReceipt: ...

    def read_event(self, payload: bytes, signature: str, *, at: datetime) -> Event:
        """Verify a webhook. Raises Refused unless every byte is the provider's."""


@dataclass(frozen=True, slots=True)
class StripePayments:
    """Stripe's hosted Checkout."""

    client: stripe.StripeClient
    webhook_secrets: tuple[str, ...]  # several while one is being replaced
    base_url: str
    is_live: bool
    name: str = "stripe"

    @classmethod
    def with_key(
        cls,
        secret_key: str,
        webhook_secrets: tuple[str, ...],
        base_url: str,
        *,
        http_client: stripe.HTTPClient | None = None,
    ) -> Self:
        client = stripe.StripeClient(
            secret_key,
            max_network_retries=_RETRIES,
            http_client=http_client or stripe.RequestsClient(timeout=_TIMEOUT_S),
        )
        is_live = secret_key.startswith(("sk_live_", "rk_live_"))
        return cls(client, webhook_secrets, base_url, is_live)

    def create_session(self, bill: Bill, *, idempotency_key: str) -> Session:
        params: SessionCreateParams = {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "client_reference_id": bill.order_public_id,
            "metadata": {"order": bill.order_public_id},
            "payment_intent_data": {"metadata": {"order": bill.order_public_id}},
            "allowed_payment_method_types": ["card"],  # and its wallets: money at once or never
            "adaptive_pricing": {"enabled": False},  # the amount shown is the amount charged
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": bill.currency.lower(),
                        "unit_amount": bill.amount_minor,
                        "product_data": {"name": f"Order {bill.order_public_id}"},
                    },
                }
            ],
            "expires_at": int(bill.expires_at.timestamp()),
            "success_url": self.base_url + bill.paid_path,
            "cancel_url": self.base_url + bill.back_path,
        }
        with _answers():
            created = self.client.v1.checkout.sessions.create(
                params, {"idempotency_key": idempotency_key}
            )
        return _session(created)

    def fetch(self, session_id: str) -> Session:
        with _answers():
            return _session(self.client.v1.checkout.sessions.retrieve(session_id))

    def expire(self, session_id: str) -> Session:
        try:
            with _answers():
                return _session(self.client.v1.checkout.sessions.expire(session_id))
        except Refused:  # not open any more: paid, or expired by itself
            return self.fetch(session_id)

    def refund(
        self, payment_id: str, amount_minor: int, *, order_public_id: str, idempotency_key: str
    ) -> RefundReceipt:
        with _answers():
            refund = self.client.v1.refunds.create(
                {
                    "payment_intent": payment_id,
                    "amount": amount_minor,
                    "metadata": {"order": order_public_id},
                },
                {"idempotency_key": idempotency_key},
            )
        match refund.status:
            case "succeeded":
                state = RefundState.DONE
            case "failed" | "canceled":
                state = RefundState.REFUSED
            case _:
                state = RefundState.PENDING
        return RefundReceipt(refund.id, state)

    def read_event(self, payload: bytes, signature: str, *, at: datetime) -> Event:
        if len(payload) > MAX_EVENT_BYTES or not self._is_signed(payload, signature, at):
            code = "payments.signature"
            raise Refused(code, "This message does not bear our payment provider's signature.")
        return _event(payload)

    def _is_signed(self, payload: bytes, signature: str, at: datetime) -> bool:
        signed_at = _SIGNED_AT.search(signature)
        # A non-ASCII header breaks the library's comparison, and it accepts times to come.
        if not signature.isascii() or signed_at is None:
            return False
        if abs(int(signed_at[1]) - at.timestamp()) > TOLERANCE.total_seconds():
            return False
        return any(_verifies(payload, signature, secret) for secret in self.webhook_secrets)


def _verifies(payload: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(
            payload, signature, secret, int(TOLERANCE.total_seconds())
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True


def _event(payload: bytes) -> Event:
    try:
        text = payload.decode()
        parsed: Any = json.loads(text)
        subject = parsed["data"]["object"]
        is_session = subject["object"] == "checkout.session"
        event = Event(parsed["id"], parsed["type"], subject["id"] if is_session else "", text)
        names = (event.id, event.kind, *((event.session_id,) if is_session else ()))
        is_good = all(_NAME.fullmatch(name) for name in names)
    except (ValueError, RecursionError, TypeError, LookupError):
        is_good = False
    if not is_good:
        code = "payments.event_unreadable"
        raise Refused(code, "This message is not an event that we can read.")
    return event


def _session(told: stripe.checkout.Session) -> Session:
    payment = told.payment_intent
    return Session(
        id=told.id,
        url=told.url or "",
        status=SessionStatus(told.status or SessionStatus.OPEN),
        is_paid=told.payment_status == "paid",
        amount_minor=told.amount_total or 0,
        currency=(told.currency or "").upper(),
        livemode=told.livemode,
        order_public_id=told.client_reference_id or "",
        payment_id=payment if isinstance(payment, str) else payment.id if payment else "",
    )


@contextmanager
def _answers() -> Iterator[None]:
    """Say what went wrong in the words of the house (see the module's first lines)."""
    try:
        yield
    except (stripe.InvalidRequestError, stripe.CardError) as problem:
        _log.warning("stripe.refused", status=problem.http_status, stripe_code=problem.code)
        if problem.http_status == 404:  # noqa: PLR2004
            code = "payments.missing"
            raise NotFound(code, "The payment provider has no such payment.") from problem
        code = "payments.refused"
        message = "The payment provider refused this. Nothing was charged or paid back."
        raise Refused(code, message) from problem
    except stripe.StripeError as problem:
        _log.warning("stripe.unavailable", status=problem.http_status, problem=repr(problem))
        code = "payments.unavailable"
        message = "We could not reach the payment provider. Try again in a minute."
        raise Unavailable(code, message) from problem
