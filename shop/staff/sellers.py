"""Which links are on record, what do the checks say of one, and what does a person decide?"""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.facts import Statement
from shop.inspections import standing
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.staff import deciding, desk, subjects, words
from shop.staff.deciding import DecisionForm
from shop.verdicts import service as verdicts
from shop.web import access
from shop.web.access import staff_only
from shop.web.words import Words

bp = Blueprint("sellers", __name__, url_prefix="/staff/sellers")
_RECENT = 50


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in a list, with its verdict."""

    offer: Offer
    told: Words


@bp.get("")
@staff_only()
def index() -> Response:
    offers = sellers.recent_offers(_RECENT)
    published = verdicts.current_for(map(subjects.of_offer, offers))
    return desk.page(
        "staff/sellers/index.html",
        desk="sellers",
        offers=[
            OfferRow(offer, words.offer(published.get(subjects.of_offer(offer))))
            for offer in offers
        ],
        retailers=sellers.retailers(),
    )


@bp.get("/offers/<public_id>")
@staff_only()
def offer(public_id: str) -> Response:
    return _offer(public_id)


@bp.post("/offers/<public_id>/decision")
@staff_only(Role.REVIEWER)
def decide(public_id: str) -> Response:
    form = deciding.sent(words.OFFER_DECISIONS)
    published = deciding.record(subjects.of_offer(sellers.offer(public_id)), form)
    if published is None:
        return _offer(public_id, form)
    return desk.done(deciding.answer(published), _address(public_id))


@bp.post("/offers/<public_id>/second")
@staff_only(Role.REVIEWER)
def second(public_id: str) -> Response:
    form = deciding.sent(words.OFFER_DECISIONS)
    published = deciding.agree(subjects.of_offer(sellers.offer(public_id)), form)
    if published is None:
        return _offer(public_id, form)
    return desk.done(deciding.answer(published), _address(public_id))


@bp.post("/offers/<public_id>/hidden")
@staff_only(Role.REVIEWER)
def hide(public_id: str) -> Response:
    """Take the link off the product's page, or put it back. Its verdict stays on record."""
    is_hidden = request.form.get("hidden") == "1"
    with desk.acting():
        sellers.hide_offer(sellers.offer(public_id), is_hidden=is_hidden)
        standing.refresh_for(subjects.of_offer(sellers.offer(public_id)))
    said = "Shoppers no longer see the link." if is_hidden else "Shoppers see the link again."
    return desk.done(said, _address(public_id))


def _offer(public_id: str, form: DecisionForm | None = None) -> Response:
    found = sellers.offer(public_id)
    subject = subjects.of_offer(found)
    published = verdicts.current(subject)
    review = deciding.view(
        subject, published, access.required_staff(), accounts.names(), words.OFFER_DECISIONS
    )
    form = form or deciding.blank(words.OFFER_DECISIONS, review.evidence)
    return desk.page(
        "staff/sellers/offer.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        offer=found,
        published=published,
        state=words.offer(published),
        statement=words.STATEMENTS[Statement(found.statement)] if found.statement else "",
        review=review,
        form=form,
    )


def _address(public_id: str) -> str:
    return url_for("sellers.offer", public_id=public_id)
