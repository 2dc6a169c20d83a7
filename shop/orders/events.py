"""What did the provider send, and has it been dealt with?

A message is only kept and a bell rung; what it says is never believed. The handler asks the
provider again, so messages may come twice, late, in any order, or not at all.
"""

from datetime import datetime

from shop.orders import settling
from shop.orders.inserting import insert_once
from shop.orders.models import PaymentEvent
from shop.orders.payments import Event, PaymentProvider
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound

JOB = "payment.event"
_OF_A_SESSION = "checkout.session."


def receive(event: Event, *, at: datetime) -> bool:
    """Keep a verified message, once; False when it was here before."""
    values = {
        "id": event.id,
        "kind": event.kind,
        "session_id": event.session_id,
        "payload": event.payload,
        "received_at": at,
    }
    is_new = insert_once(PaymentEvent, PaymentEvent.id, values)
    if is_new:
        jobs.enqueue(JOB, event.id)
    return is_new


def process(event_id: str, *, payments: PaymentProvider, transaction: jobs.Transaction) -> None:
    """Do what the message calls for, with no transaction open. Safe to run twice."""
    event = db.session.get(PaymentEvent, event_id)
    if event is None or event.processed_at is not None:
        return
    kind, session_id = event.kind, event.session_id
    db.session.rollback()  # give the connection back: the provider may take its time
    outcome = "ignored"
    if session_id and kind.startswith(_OF_A_SESSION):
        outcome = _settle(session_id, payments, transaction)
    with transaction():
        event = db.session.get_one(PaymentEvent, event_id, populate_existing=True)
        event.processed_at, event.outcome = now(), outcome


def _settle(session_id: str, payments: PaymentProvider, transaction: jobs.Transaction) -> str:
    try:
        state = settling.settle(session_id, payments=payments, transaction=transaction)
    except NotFound:
        return "not_ours"  # of another account, or of the other mode
    return state.value if state is not None else "not_ours"
