"""Stripe's messages at the door: kept once when signed, 400 for everything else."""

import dataclasses
import json

import pytest
import stripe

from shop.orders.models import PaymentEvent
from shop.orders.payments import MAX_EVENT_BYTES
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.jobs import Job
from tests.doubles.stripe_double import SECRET, StripeDouble

EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "data": {"object": {"object": "checkout.session", "id": "cs_test_1"}},
}


@pytest.fixture
def counter():
    return StripeDouble()


@pytest.fixture
def shop(app, counter):
    """The shop as it is with a Stripe key."""
    shop = dataclasses.replace(app.extensions["assay"], payments=counter.payments())
    app.extensions["assay"] = shop
    return app.test_client()


def post(client, body, signature):
    headers = [("Stripe-Signature", signature)] if signature is not None else []
    return client.post("/webhooks/stripe", data=body, headers=headers)


def signature_of(body, *, seconds=0):
    moment = int(now().timestamp()) + seconds
    return stripe.WebhookSignature.generate_signature_header(body, SECRET, moment)


def kept():
    db.session.rollback()
    return db.session.query(PaymentEvent).count()


def test_signed_message_is_kept_and_rung_for(shop, counter):
    payload, signature = counter.signed(EVENT)

    assert post(shop, payload, signature).status_code == 200

    row = db.session.query(PaymentEvent).one()
    assert (row.id, row.session_id, row.payload) == ("evt_1", "cs_test_1", payload)
    assert row.processed_at is None
    assert db.session.query(Job).one().key == "evt_1"


def test_message_sent_again_is_answered_and_kept_once(shop, counter):
    payload, signature = counter.signed(EVENT)

    assert [post(shop, payload, signature).status_code for _ in range(3)] == [200] * 3
    assert kept() == 1


@pytest.mark.parametrize(
    "signature",
    [None, "", "t=1,v1=abc", "t=1,v1=\xe9", "v1=abc", "t=9999999999,v1=" + "0" * 64],
)
def test_message_with_a_bad_signature_is_a_400(shop, signature):
    assert post(shop, json.dumps(EVENT), signature).status_code == 400
    assert kept() == 0


@pytest.mark.parametrize("seconds", [-86_400, -301, 330, 86_400])
def test_message_from_another_time_is_a_400(shop, seconds):
    body = json.dumps(EVENT)

    assert post(shop, body, signature_of(body, seconds=seconds)).status_code == 400
    assert kept() == 0


def test_message_changed_on_its_way_is_a_400(shop):
    body = json.dumps(EVENT)

    answer = post(shop, body.replace("cs_test_1", "cs_test_2"), signature_of(body))

    assert answer.status_code == 400
    assert kept() == 0


@pytest.mark.parametrize("body", ["[]", "null", "", "{}", "[" * 20_000, '{"a":' * 20_000])
def test_message_that_is_signed_and_makes_no_sense_is_a_400(shop, body):
    assert post(shop, body, signature_of(body)).status_code == 400
    assert kept() == 0


def test_message_that_is_too_large_is_turned_away(shop):
    body = "x" * (MAX_EVENT_BYTES + 1)

    assert post(shop, body, signature_of(body)).status_code == 413


def test_door_opens_only_where_stripe_is_used(app):
    answer = post(app.test_client(), json.dumps(EVENT), signature_of(json.dumps(EVENT)))

    assert answer.status_code == 404
