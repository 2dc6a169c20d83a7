"""Stripe's side of the counter, in this process: the real client talks to it over its HTTP client.

It keeps sessions and refunds, honours idempotency keys as Stripe does (a key with other
parameters is an error, an answer once given is given again), checks every request against the
SDK's own types, signs its events, and fails when a test asks it to.
"""

import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import stripe
from stripe.params import RefundCreateParams
from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionRetrieveParams,
)

from shop.orders.payments import StripePayments
from shop.plumbing.clock import now
from tests.doubles import contract

SECRET = "whsec_of_the_double"  # noqa: S105 - it opens nothing
_SHORTEST_S, _LONGEST_S = 30 * 60, 24 * 60 * 60
_SMALLEST = 50
_numbers = itertools.count(1)  # no two doubles give the same id


class Fault(StrEnum):
    """What may happen to the next request instead of an answer."""

    DROPPED_BEFORE = "dropped before sending"
    DROPPED_AFTER = "dropped after processing"
    CONFLICT = "409"
    TOO_MANY = "429"
    BROKEN = "500"  # done or not, the answer is kept under the key and given again


class _Declined(Exception):  # noqa: N818 - an answer, not a fault
    def __init__(self, status: int, kind: str, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, "code": code}}


@dataclass
class StripeDouble(stripe.HTTPClient):
    """Give `payments()` to the code under test."""

    faults: deque[Fault] = field(default_factory=deque)
    livemode: bool = False
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    name = "double"

    def __post_init__(self) -> None:
        super().__init__()
        self._answers: dict[str, tuple[str, int, str]] = {}

    def payments(self, base_url: str = "http://localhost") -> StripePayments:
        return StripePayments.with_key(
            "sk_live_double" if self.livemode else "sk_test_double",
            ("whsec_retired", SECRET),
            base_url,
            http_client=self,
        )

    # What a shopper does.

    def pay(self, session_id: str, **changes: Any) -> None:
        """Pay in the session; `changes` make the money differ from the bill."""
        session = self.sessions[session_id]
        self._let_time_pass()
        assert session["status"] == "open", "nobody can pay in a session that is over"
        session |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": f"pi_{next(_numbers)}",
            **changes,
        }
        self._tell("checkout.session.completed", session)

    def captured(self) -> int:
        """All money taken, in minor units."""
        paid = [row for row in self.sessions.values() if row["payment_status"] == "paid"]
        return sum(session["amount_total"] for session in paid)

    def returned(self) -> int:
        return sum(refund["amount"] for refund in self.refunds.values())

    # What leaves for the shop.

    def signed(
        self, event: dict[str, Any], *, at: float | None = None, secret: str = SECRET
    ) -> tuple[str, str]:
        """An event's payload and its Stripe-Signature header."""
        payload = json.dumps(event)
        moment = int(at if at is not None else now().timestamp())
        return payload, stripe.WebhookSignature.generate_signature_header(payload, secret, moment)

    # What the client calls.

    def request(self, method, url, headers, post_data=None, *, _usage=None):
        path = urlsplit(url).path
        key = headers.get("Idempotency-Key")
        fault = self.faults.popleft() if self.faults else None
        self.requests.append((method, path, key))
        if fault is Fault.DROPPED_BEFORE:
            raise _dropped()
        if fault is Fault.TOO_MANY:
            return _answer({"error": {"type": "invalid_request_error", "code": "rate_limit"}}, 429)
        if fault is Fault.CONFLICT:
            return _answer({"error": {"type": "idempotency_error", "code": "lock_timeout"}}, 409)
        body, status = self._once(method, path, post_data or "", key, fault)
        if fault is Fault.DROPPED_AFTER:
            raise _dropped()
        return body, status, {"Request-Id": f"req_{next(_numbers)}"}

    def close(self):
        """There is nothing to close."""

    def _sleep_time_seconds(self, num_retries):
        del num_retries
        return 0.0

    def _once(self, method, path, form, key, fault):
        if method == "post" and key in self._answers:
            asked, status, body = self._answers[key]
            if asked != f"{path}?{form}":
                message = "Keys for idempotent requests can only be used with the same parameters"
                declined = _Declined(400, "idempotency_error", message)
                return json.dumps(declined.body), 400
            return body, status
        try:
            answer, status = self._dispatch(method, path, contract.decoded(form)), 200
        except _Declined as declined:  # validation comes before the key is kept
            return json.dumps(declined.body), declined.status
        body = json.dumps(answer)
        if fault is Fault.BROKEN:
            body, status = json.dumps({"error": {"type": "api_error", "message": "Sorry."}}), 500
        if key is not None and method == "post":
            self._answers[key] = (f"{path}?{form}", status, body)
        return body, status

    def _dispatch(self, method, path, body):
        self._let_time_pass()
        match method, path.removeprefix("/v1/").split("/"):
            case "post", ["checkout", "sessions"]:
                return self._create(body)
            case "get", ["checkout", "sessions", session_id]:
                contract.check(body, SessionRetrieveParams)
                return self._session(session_id)
            case "post", ["checkout", "sessions", session_id, "expire"]:
                contract.check(body, SessionExpireParams)
                return self._expire(self._session(session_id))
            case "post", ["refunds"]:
                return self._refund(body)
        message = f"the double knows no {method} {path}"
        raise contract.BrokenContractError(message)

    def _create(self, body):
        contract.check(body, SessionCreateParams)
        life = int(body["expires_at"]) - now().timestamp()
        if not _SHORTEST_S <= life <= _LONGEST_S:
            message = "expires_at must be between 30 minutes and 24 hours from now"
            raise _Declined(400, "invalid_request_error", message)
        line = body["line_items"]["0"]
        amount = int(line["price_data"]["unit_amount"]) * int(line["quantity"])
        if amount < _SMALLEST:
            raise _Declined(400, "invalid_request_error", "too small", "amount_too_small")
        session_id = f"cs_test_{next(_numbers)}"
        self.sessions[session_id] = {
            "id": session_id,
            "object": "checkout.session",
            "amount_total": amount,
            "currency": line["price_data"]["currency"],
            "client_reference_id": body["client_reference_id"],
            "metadata": body["metadata"],
            "expires_at": int(body["expires_at"]),
            "livemode": self.livemode,
            "mode": body["mode"],
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "ui_mode": body["ui_mode"],
            "url": f"https://checkout.stripe.com/c/pay/{session_id}",
        }
        return self.sessions[session_id]

    def _expire(self, session):
        if session["status"] != "open":
            message = "Only Checkout Sessions with a status in [open] can be expired."
            raise _Declined(400, "invalid_request_error", message)
        session |= {"status": "expired", "url": None}
        self._tell("checkout.session.expired", session)
        return session

    def _refund(self, body):
        contract.check(body, RefundCreateParams)
        intent, amount = body["payment_intent"], int(body["amount"])
        paid = [row for row in self.sessions.values() if row["payment_intent"] == intent]
        if not paid:
            raise _Declined(404, "invalid_request_error", "No such payment", "resource_missing")
        before = sum(row["amount"] for row in self.refunds.values() if row["pi"] == intent)
        if before + amount > paid[0]["amount_total"]:
            message = "Refund amount is greater than unrefunded amount on charge"
            raise _Declined(400, "invalid_request_error", message)
        refund_id = f"re_{next(_numbers)}"
        refund = {"id": refund_id, "object": "refund", "amount": amount, "status": "succeeded"}
        self.refunds[refund_id] = refund | {"pi": intent}
        return refund

    def _session(self, session_id):
        if session_id not in self.sessions:
            raise _Declined(404, "invalid_request_error", "No such session", "resource_missing")
        return self.sessions[session_id]

    def _let_time_pass(self):
        for session in self.sessions.values():
            if session["status"] == "open" and session["expires_at"] <= now().timestamp():
                self._expire(session)

    def _tell(self, kind, session):
        self.events.append(
            {
                "id": f"evt_{next(_numbers)}",
                "object": "event",
                "type": kind,
                "livemode": self.livemode,
                "data": {"object": dict(session)},
            }
        )


def _answer(body, status):
    return json.dumps(body), status, {}


def _dropped():
    return stripe.APIConnectionError("the connection broke", should_retry=True)
