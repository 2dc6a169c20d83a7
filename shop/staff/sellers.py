"""Which links are on record, what do the checks say of one, and what does a person decide?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.facts import Statement
from shop.inspections import standing
from shop.plumbing import clock
from shop.sellers import following
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.staff import deciding, desk, links, seen, subjects, words
from shop.staff.deciding import DecisionForm
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web import access
from shop.web.access import staff_only
from shop.web.security import LOOK_LIMIT, limiter
from shop.web.words import Words

bp = Blueprint("sellers", __name__, url_prefix="/staff/sellers")
_RECENT = 50
_PAST = 20
_FRESH = timedelta(minutes=10)  # a look that is younger is not repeated: others wait in line
_JUST_LOOKED = "A worker looked less than ten minutes ago. What it saw stands below."


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in a list, with its verdict."""

    offer: Offer
    told: Words


@dataclass(frozen=True, slots=True)
class Past:
    """A verdict that was published, and who decided when a person did."""

    published: PublishedVerdict
    told: Words
    who: str
    codes: Sequence[str]


@bp.get("")
@staff_only()
def index() -> Response:
    """The newest links first; or those before one."""
    found = sellers.recent_offers(_RECENT + 1, before=request.args.get("before", ""))
    offers = found[:_RECENT]
    published = verdicts.current_for(map(subjects.of_offer, offers))
    return desk.page(
        "staff/sellers/index.html",
        desk="sellers",
        offers=[
            OfferRow(offer, words.offer(published.get(subjects.of_offer(offer))))
            for offer in offers
        ],
        before=offers[-1].public_id if len(found) > _RECENT else "",
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


@bp.post("/offers/<public_id>/look")
@staff_only(Role.EDITOR)
@limiter.limit(LOOK_LIMIT)
def look(public_id: str) -> Response:
    """Have a worker follow the link again. This process opens nothing."""
    with desk.acting():
        found = sellers.offer(public_id)
        is_fresh = found.followed_at is not None and clock.now() - found.followed_at < _FRESH
        if not is_fresh:
            following.ring(found)
    said = _JUST_LOOKED if is_fresh else "A worker follows the link. Load this page in a minute."
    return desk.done(said, _address(public_id))


def _offer(public_id: str, form: DecisionForm | None = None) -> Response:
    found = sellers.offer(public_id)
    subject = subjects.of_offer(found)
    past = verdicts.history(subject, limit=_PAST)
    published = past[0] if past else None
    names = accounts.names()
    review = deciding.view(
        subject, published, access.required_staff(), names, words.OFFER_DECISIONS
    )
    findings = published.verdict.findings if published is not None else ()
    form = form or deciding.blank(words.OFFER_DECISIONS, review.evidence)
    return desk.page(
        "staff/sellers/offer.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        offer=found,
        published=published,
        state=words.offer(published),
        statement=words.STATEMENTS[Statement(found.statement)] if found.statement else "",
        taken=links.taken(found.url, found.product.brand, findings),
        seen=seen.evidence(found),
        owners=seen.owners(found),
        said=seen.said_of(found),
        past=[_past(each, names) for each in past],
        can_mark=any(finding.rule.code.startswith("name.") for finding in findings),
        review=review,
        form=form,
    )


def _past(published: PublishedVerdict, names: Mapping[str, str]) -> Past:
    decision = published.verdict.decision
    return Past(
        published=published,
        told=words.offer(published),
        who=names.get(decision.asserter, words.SOMEBODY) if decision is not None else "",
        codes=[finding.rule.code for finding in published.verdict.findings],
    )


def _address(public_id: str) -> str:
    return url_for("sellers.offer", public_id=public_id)
