"""How does a cart become an order that holds its stock? In one short transaction.

The same form gives the same order, however often and however fast it is sent. Lots are chosen
first expiry first, locked and promised in ascending id; when one line cannot be filled nothing
of the order stays, and the refusal names the line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from shop.orders import cart_views, carts, pricing, proof, stock, tokens
from shop.orders.carts import Wanted
from shop.orders.inserting import insert_once
from shop.orders.models import Order, OrderLine, State
from shop.orders.pricing import Totals
from shop.orders.stock import FreeLot, Share
from shop.plumbing.db import db, new_public_id
from shop.plumbing.errors import Conflict, Refused

# Stripe wants at least 30 minutes; the rest is for asking again after a lost answer.
SESSION_LIFE = timedelta(minutes=35)
GRACE = timedelta(minutes=15)
_LONGEST = {"email": 254, "name": 200}
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who buys and where to. `country` is ISO 3166-1 alpha-2; the form has checked the rest."""

    email: str
    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str = ""
    region: str = ""


def new_form_token() -> str:
    """For the hidden field `form_token` of a checkout form: once sent, always the same order."""
    return tokens.new_token()


def order_token(form_token: str) -> str:
    """The token in the address of the order's page. Only the form's holder can know it."""
    return tokens.derived(form_token, "order page")


def place(
    form_token: str,
    cart_token: str | None,
    contact: Contact,
    *,
    at: datetime,
    shipping_method: str = pricing.STANDARD,
    shown_total_minor: int | None = None,
) -> Order:
    """Turn the cart into an order (a draft) that holds its stock until `expires_at`.

    `shown_total_minor` is what the form showed. Raises Conflict when it would be another sum now;
    Refused for an empty cart, a line that cannot be bought ("Only 2 of Rosemary Scalp Serum
    left."), or contact details that no letter could carry.
    """
    if not tokens.is_plausible(form_token):
        code = "orders.form_invalid"
        raise Refused(code, "This form is not one of ours. Open the checkout again.")
    known = _order_of(form_token)
    if known is not None:
        return known
    _insist_printable(contact)
    wanted = carts.wanted_in(cart_token, at=at)
    totals = _totals(wanted, shipping_method, shown_total_minor)
    cart_hash = tokens.digest(cart_token or "")
    values = _values(form_token, cart_hash, contact, totals, method=shipping_method, at=at)
    if not insert_once(Order, Order.form_hash, values):
        return _insist(_order_of(form_token))  # another request with this form was faster
    order = _insist(_order_of(form_token))
    _allocate(order, wanted, at)
    return order


def _order_of(form_token: str) -> Order | None:
    return db.session.scalar(select(Order).where(Order.form_hash == tokens.digest(form_token)))


def _insist(order: Order | None) -> Order:
    if order is None:
        code = "orders.form_in_use"
        raise Conflict(code, "This form is being worked on. Try again in a moment.")
    return order


def _totals(wanted: Sequence[Wanted], method: str, shown_total_minor: int | None) -> Totals:
    priced = []
    for line in wanted:
        if line.priced is None:
            code = "orders.not_for_sale"
            raise Refused(code, f"{line.product} is not sold here.", line=line.variant_public_id)
        priced.append(line.priced)
    totals = pricing.totals(priced, method)
    if shown_total_minor is not None and shown_total_minor != totals.total_minor:
        code = "orders.total_changed"
        message = "The total has changed since this page was shown. Check it and try again."
        raise Conflict(code, message, total_minor=totals.total_minor)
    return totals


def _values(
    form_token: str,
    cart_hash: str,
    contact: Contact,
    totals: Totals,
    *,
    method: str,
    at: datetime,
) -> Mapping[str, object]:
    address = asdict(contact)
    return {
        "public_id": new_public_id(),
        "form_hash": tokens.digest(form_token),
        "token_hash": tokens.digest(order_token(form_token)),
        "cart_hash": cart_hash,
        "state": State.DRAFT,
        "email": address.pop("email"),
        "name": address.pop("name"),
        "address": address,
        "currency": totals.currency,
        "subtotal_minor": totals.subtotal_minor,
        "shipping_minor": totals.shipping_minor,
        "tax_minor": totals.tax_minor,
        "discount_minor": totals.discount_minor,
        "total_minor": totals.total_minor,
        "shipping_method": method,
        "created_at": at,
        "expires_at": at + SESSION_LIFE + GRACE,
    }


def _allocate(order: Order, wanted: Sequence[Wanted], at: datetime) -> None:
    lots = stock.free_lots((line.variant_id for line in wanted), at=at, for_update=True)
    chosen: list[tuple[Wanted, Share]] = []
    for line in wanted:
        problem = cart_views.problem_with(line, lots[line.variant_id])
        if problem:
            _refuse(line, problem, lots[line.variant_id])
        shares = stock.share_out(lots[line.variant_id], line.quantity)
        chosen.extend((line, share) for share in shares)
    short = stock.reserve((share.lot.id, share.quantity) for _, share in chosen)
    if short is not None:
        line = next(line for line, share in chosen if share.lot.id == short)
        _refuse(line, f"{line.product} was just sold to someone else.", [])
    db.session.add_all(
        _order_line(order, position, line, share) for position, (line, share) in enumerate(chosen)
    )
    db.session.flush()


def _refuse(line: Wanted, problem: str, lots: Sequence[FreeLot]) -> None:
    available = sum(lot.free for lot in lots if lot.is_sellable)
    code = "orders.line_unavailable"
    raise Refused(code, problem, line=line.variant_public_id, available=available)


def _order_line(order: Order, position: int, line: Wanted, share: Share) -> OrderLine:
    expires_on = share.lot.expires_on
    return OrderLine(
        order_id=order.id,
        position=position,
        variant_id=line.variant_id,
        lot_id=share.lot.id,
        quantity=share.quantity,
        unit_minor=line.unit_minor,
        names={
            "product": line.product,
            "product_slug": line.product_slug,
            "brand": line.brand,
            "size": line.size,
            "sku": line.sku,
            "lot": share.lot.code,
            "lot_expires_on": expires_on.isoformat() if expires_on else "",
        },
        certificate=proof.papers(share.lot.proof),
        verdict=share.lot.proof.verdict,
    )


def _insist_printable(contact: Contact) -> None:
    """No line break or other control character may reach a letter's head or a label."""
    for name, text in asdict(contact).items():
        too_long = len(text) > _LONGEST.get(name, _LONGEST_LINE)
        if too_long or any(ord(letter) < 32 or ord(letter) == 127 for letter in text):  # noqa: PLR2004
            code = "orders.contact_invalid"
            label = name.replace("_", " ").replace("line1", "address")
            raise Refused(code, f"Write the {label} on one line, without tabs.", field=name)
