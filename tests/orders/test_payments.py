import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import stripe
import time_machine

from shop.orders.models import RefundState
from shop.orders.payments import MAX_EVENT_BYTES, Bill, SessionStatus
from shop.plumbing.errors import NotFound, Refused, Unavailable
from tests.doubles.stripe_double import SECRET, Fault, StripeDouble

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BILL = Bill(
    order_public_id="abcdefgh",
    amount_minor=3850,
    currency="USD",
    expires_at=NOON + timedelta(minutes=35),
    pay_path="/pay/t",
    paid_path="/pay/t/return",
    back_path="/orders/t",
)
KEY = "order-abcdefgh-1"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_session_says_what_the_bill_says(payments):
    session = payments.create_session(BILL, idempotency_key=KEY)

    assert session.status is SessionStatus.OPEN
    assert (session.amount_minor, session.currency, session.livemode) == (3850, "USD", False)
    assert session.order_public_id == "abcdefgh"
    assert session.url.startswith("https://checkout.stripe.com/")


def test_session_tells_stripe_nothing_of_person_or_product(counter, payments):
    session = payments.create_session(BILL, idempotency_key=KEY)

    assert counter.sessions[session.id]["metadata"] == {"order": "abcdefgh"}
    assert counter.sessions[session.id]["client_reference_id"] == "abcdefgh"


@pytest.mark.parametrize(
    ("faults", "outcome"),
    [
        ([], "open"),
        ([Fault.DROPPED_BEFORE], "open"),
        ([Fault.DROPPED_AFTER], "open"),  # the lost answer comes again under the same key
        ([Fault.CONFLICT, Fault.DROPPED_AFTER], "open"),
        ([Fault.DROPPED_BEFORE] * 3, "unavailable"),
        ([Fault.TOO_MANY], "unavailable"),
        ([Fault.CONFLICT] * 3, "unavailable"),
        ([Fault.BROKEN], "unavailable"),  # Stripe gives the same 500 again under the same key
    ],
)
def test_session_is_opened_once_or_nobody_knows(counter, payments, faults, outcome):
    counter.faults.extend(faults)
    try:
        found = payments.create_session(BILL, idempotency_key=KEY).status.value
    except Unavailable as problem:
        found = problem.code.partition(".")[2]

    assert found == outcome
    assert len(counter.sessions) <= 1
    assert {key for _, _, key in counter.requests} == {KEY}


@pytest.mark.parametrize(
    "bill",
    [
        replace(BILL, amount_minor=49),  # less than Stripe takes
        replace(BILL, expires_at=NOON + timedelta(minutes=29)),
        replace(BILL, expires_at=NOON + timedelta(hours=25)),
    ],
)
def test_session_is_refused_for_good(counter, payments, bill):
    with pytest.raises(Refused):
        payments.create_session(bill, idempotency_key=KEY)

    assert not counter.sessions


def test_session_key_is_never_used_for_another_bill(payments):
    payments.create_session(BILL, idempotency_key=KEY)

    with pytest.raises(Unavailable):
        payments.create_session(replace(BILL, amount_minor=9999), idempotency_key=KEY)


def test_fetch_of_an_unknown_session_is_not_found(payments):
    with pytest.raises(NotFound):
        payments.fetch("cs_test_nobody")


def test_expire_ends_an_open_session_and_shows_a_paid_one(counter, payments):
    first = payments.create_session(BILL, idempotency_key=KEY)
    second = payments.create_session(BILL, idempotency_key="order-abcdefgh-2")
    counter.pay(second.id)

    assert payments.expire(first.id).status is SessionStatus.EXPIRED
    assert payments.expire(first.id).status is SessionStatus.EXPIRED
    assert payments.expire(second.id).is_paid


def test_refund_is_paid_once_under_its_key(counter, payments):
    session = payments.create_session(BILL, idempotency_key=KEY)
    counter.pay(session.id)
    payment_id = payments.fetch(session.id).payment_id
    counter.faults.append(Fault.DROPPED_AFTER)
    for _ in range(2):
        receipt = payments.refund(
            payment_id, 100, order_public_id="abcdefgh", idempotency_key="refund-abcdefgh-1"
        )
        assert receipt.state is RefundState.DONE

    assert counter.returned() == 100


def test_live_keys_are_told_from_test_keys():
    assert StripeDouble(livemode=True).payments().is_live
    assert not StripeDouble().payments().is_live


def test_event_with_a_good_signature_is_read(counter, payments):
    payload, signature = counter.signed(_event())

    event = payments.read_event(payload.encode(), signature, at=NOON)

    assert (event.id, event.kind) == ("evt_1", "checkout.session.completed")
    assert event.session_id == "cs_test_1"
    assert event.payload == payload


def test_event_about_something_else_has_no_session(counter, payments):
    payload, signature = counter.signed(_event(subject={"object": "charge", "id": "ch_1"}))

    assert payments.read_event(payload.encode(), signature, at=NOON).session_id == ""


@pytest.mark.parametrize("minutes", [-1441, -6, 6, 1440])  # a day ahead: the library accepts it
def test_event_from_another_time_is_refused(counter, payments, minutes):
    moment = (NOON + timedelta(minutes=minutes)).timestamp()
    payload, signature = counter.signed(_event(), at=moment)

    with pytest.raises(Refused):
        payments.read_event(payload.encode(), signature, at=NOON)


def test_event_under_any_secret_of_a_rotation_is_read(counter, payments):
    payload, signature = counter.signed(_event(), secret="whsec_retired")  # noqa: S106

    assert payments.read_event(payload.encode(), signature, at=NOON).id == "evt_1"


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "nonsense",
        "t=,v1=",
        "t=1,v1=\xe9",
        f"t={'9' * 5000},v1=abc",
        f"t={int(NOON.timestamp())}",
        f"t={int(NOON.timestamp())},v1={'0' * 64}",
        f"t={int(NOON.timestamp())},v1=\xe9\xe9\xe9",  # a TypeError inside the library
        f"t={int(NOON.timestamp())},v0={'0' * 64}",
        f"t={int(NOON.timestamp())},t=1,v1={'0' * 64}",
    ],
)
def test_event_with_a_bad_signature_is_refused(payments, signature):
    with pytest.raises(Refused, match="signature"):
        payments.read_event(json.dumps(_event()).encode(), signature, at=NOON)


def test_event_changed_by_one_byte_is_refused(counter, payments):
    payload, signature = counter.signed(_event())

    with pytest.raises(Refused, match="signature"):
        payments.read_event(payload.replace("cs_test_1", "cs_test_2").encode(), signature, at=NOON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"not json",
        b"[" * 20_000,
        b'{"a":' * 20_000,
        b'{"id": 7, "type": "x", "data": {"object": {"object": "charge"}}}',
        b'{"id": "evt_1", "type": "x", "data": []}',
        b'{"id": "evt_1", "type": "x", "data": {"object": {"object": "checkout.session"}}}',
        b'{"id": "../etc", "type": "x", "data": {"object": {"object": "charge"}}}',
        b'{"id": "evt_' + b"9" * 400 + b'", "type": "x", "data": {"object": {"object": "c"}}}',
        b"9" * 10_000,
    ],
)
def test_event_that_is_signed_and_makes_no_sense_is_refused(payments, body):
    header = stripe.WebhookSignature.generate_signature_header(
        body.decode(), SECRET, int(NOON.timestamp())
    )
    with pytest.raises(Refused, match="not an event"):
        payments.read_event(body, header, at=NOON)


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"x" * (MAX_EVENT_BYTES + 1)])
def test_event_of_other_bytes_is_refused(payments, body):
    with pytest.raises(Refused):
        payments.read_event(body, f"t={int(NOON.timestamp())},v1={'0' * 64}", at=NOON)


def _event(subject=None):
    return {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "data": {"object": subject or {"object": "checkout.session", "id": "cs_test_1"}},
    }
