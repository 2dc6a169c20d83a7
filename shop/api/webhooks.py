"""What does Stripe tell us? Verify it, keep it, say thank you; a worker reads it later."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from shop.orders import events
from shop.orders.payments import MAX_EVENT_BYTES
from shop.plumbing.clock import now
from shop.plumbing.errors import Refused
from shop.web.access import signed
from shop.web.context import current_shop
from shop.web.transactions import write

bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")


@bp.post("/stripe")
@signed
def stripe() -> Response:
    """200 once the message is kept, the first time and every later time; 400 for a forgery."""
    request.max_content_length = MAX_EVENT_BYTES
    signature = request.headers.get("Stripe-Signature", "")
    try:
        event = current_shop().payments.read_event(request.get_data(), signature, at=now())
    except Refused as problem:
        return Response(problem.message, HTTPStatus.BAD_REQUEST, mimetype="text/plain")
    with write():
        events.receive(event, at=now())
    return Response("", HTTPStatus.OK, mimetype="text/plain")
