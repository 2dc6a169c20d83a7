"""Dispute a finding: say what is wrong with it, and be answered by mail."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_limiter import RequestLimit
from werkzeug.wrappers import Response as AnyResponse

from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.plumbing import clock
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.storefront.disputing import DisputeForm
from shop.verdicts import disputes
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web import seller_words
from shop.web.access import public
from shop.web.security import DISPUTE_LIMIT, limiter
from shop.web.transactions import write

bp = Blueprint("disputes", __name__, url_prefix="/disputes")


@bp.get("/new")
@public
def new() -> Response:
    """The form for one shop on a product's page; `finding` may name the one that is meant."""
    offer, published = _disputed()
    form = DisputeForm(data={"finding": request.args.get("finding", "")})
    return _page(form.offering(_findings(published)), offer, published)


def _too_fast(_limit: RequestLimit) -> Response:
    offer, published = _disputed()
    form = DisputeForm.sent(_findings(published))
    too_many = HTTPStatus.TOO_MANY_REQUESTS
    return _page(form, offer, published, status=too_many, problem=seller_words.TOO_MANY)


@bp.post("/new")
@public
@limiter.limit(DISPUTE_LIMIT, on_breach=_too_fast)
def add() -> AnyResponse:
    """Keep it, put it in front of a person, and write that we have it."""
    offer, published = _disputed()
    form = DisputeForm.sent(_findings(published))
    if not form.validate():
        return _page(form, offer, published, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    subject, about = _subject(offer), f"{offer.host or 'a link'} for {offer.product.name}"
    with write():
        kept = disputes.open_dispute(
            subject,
            form.message.data,
            form.address,
            at=clock.now(),
            code=form.finding.data,
            about=about,
        )
        reference = kept.public_id
    return redirect(url_for("disputes.show", public_id=reference), code=303)


@bp.get("/<public_id>")
@public
def show(public_id: str) -> str:
    """That we have it, under which reference, and whether it is answered. Nothing else."""
    return render_template("storefront/disputes/show.html", dispute=disputes.dispute(public_id))


def _disputed() -> tuple[Offer, PublishedVerdict | None]:
    offer = sellers.offer(request.args.get("offer", ""))
    return offer, verdicts.current(_subject(offer))


def _subject(offer: Offer) -> Subject:
    return Subject(SubjectKind.OFFER, offer.public_id)


def _findings(published: PublishedVerdict | None) -> Sequence[tuple[str, str]]:
    """Each rule once, as the page worded it."""
    found = published.verdict.findings if published is not None else ()
    return list({each.rule.code: each.sentence for each in found}.items())


def _page(
    form: DisputeForm,
    offer: Offer,
    published: PublishedVerdict | None,
    *,
    status: int = 200,
    problem: str = "",
) -> Response:
    outcome = published.verdict.outcome if published is not None else Outcome.INDETERMINATE
    findings = published.verdict.findings if published is not None else ()
    body = render_template(
        "storefront/disputes/new.html",
        form=form,
        offer=offer,
        published=published,
        told=seller_words.offer(outcome, findings),
        problems=form.problems + ([("message", problem)] if problem else []),
    )
    return make_response(body, status)
