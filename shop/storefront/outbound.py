"""The way out to another shop. A link is looked up by id and never taken from the address."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.sellers import service as sellers
from shop.verdicts import service as verdicts
from shop.web import words
from shop.web.access import public
from shop.web.addresses import compare

bp = Blueprint("outbound", __name__, url_prefix="/go")


@bp.get("/<public_id>")
@public
def go(public_id: str) -> Response | str:
    """Straight out, unless something about the address does not match: then that comes first."""
    offer = sellers.offer(public_id)
    published = verdicts.current(Subject(SubjectKind.OFFER, public_id))
    findings = published.verdict.findings if published is not None else ()
    does_not_match = published is not None and published.verdict.outcome is Outcome.FAILED
    if offer.href and not does_not_match and not offer.is_hidden:
        response = redirect(offer.href, code=303)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
    return render_template(
        "storefront/outbound/leaving.html",
        offer=offer,
        product=offer.product,
        told=words.offer(published.verdict.outcome, findings) if published else None,
        findings=findings,
        published=published,
        comparison=compare(offer.url, offer.product.brand.name, findings),
        own_addresses=[domain.host for domain in sellers.brand_domains(offer.product.brand_id)],
    )
