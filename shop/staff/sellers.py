"""Offers: put a seller's link on record, see what the checks say, and settle it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.facts import Statement
from shop.assay.vocabulary import Finding
from shop.catalog import search
from shop.catalog import service as catalog
from shop.catalog.choices import SHOP_CURRENCY
from shop.catalog.models import Product
from shop.inspections import service as inspections
from shop.inspections import standing
from shop.plumbing import clock
from shop.plumbing.errors import Refused
from shop.sellers import service as sellers
from shop.sellers.models import Offer, Retailer
from shop.sellers.service import OfferWords
from shop.staff import deciding, desk, subjects, words
from shop.staff.deciding import DecisionForm
from shop.staff.forms import ChoiceField, Form, Needs, PriceField, TextField, at_most
from shop.verdicts import service as verdicts
from shop.web import access
from shop.web.access import staff_only
from shop.web.words import Words

bp = Blueprint("sellers", __name__, url_prefix="/staff/sellers")
_RECENT = 50
_FOUND = 10
_STATEMENTS = (("", "Nothing"), *((key.value, told) for key, told in words.STATEMENTS.items()))


class OfferForm(Form):
    url = TextField("Link", [Needs("Enter the link, beginning with https://.")])
    retailer = ChoiceField("Retailer", message="Choose a retailer, or none.")
    statement = ChoiceField("What the link says of itself", message="Choose one.")
    declared_seller = TextField("Whom the link names as seller", [at_most(200)])
    label = TextField("Heading", [at_most(200)])
    source = TextField("Where we saw it", [at_most(2000)])
    price = PriceField("Price in dollars")

    def said(self) -> OfferWords:
        return OfferWords(
            label=self.label.data,
            declared_seller=self.declared_seller.data,
            statement=Statement(self.statement.data) if self.statement.data else None,
            source=self.source.data,
        )

    def named_retailer(self) -> Retailer | None:
        return sellers.retailer(self.retailer.data) if self.retailer.data else None


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


@bp.get("/offers/new")
@staff_only(Role.EDITOR)
def new_offer() -> Response:
    """Without a product: find one first."""
    slug = request.args.get("product", "")
    if slug:
        return _new(catalog.product_by_slug(slug), OfferForm.blank(_options()), ())
    text = request.args.get("q", "").strip()[:200]
    found = search.find(search.Query(text=text, per_page=_FOUND)).cards if text else ()
    return desk.page("staff/sellers/find_product.html", desk="sellers", text=text, found=found)


@bp.post("/offers/new")
@staff_only(Role.EDITOR)
def add_offer() -> Response:
    """`check` shows what the checks would say; anything else saves it, and checks it at once."""
    slug = request.args.get("product", "")
    product = catalog.product_by_slug(slug)
    form = OfferForm.sent(**_options())
    if not form.validate():
        return _new(product, form, ())
    if "check" in request.form:
        found = sellers.check_link(
            product, form.url.data, retailer=form.named_retailer(), words=form.said()
        )
        return _new(product, form, found)
    try:
        with desk.acting():
            offer = sellers.add_offer(
                catalog.product_by_slug(slug),
                form.url.data,
                retailer=form.named_retailer(),
                words=form.said(),
                price_minor=form.price.minor,
                currency=SHOP_CURRENCY if form.price.minor is not None else None,
            )
            subject = subjects.of_offer(offer)
            inspections.inspect(subject, at=clock.now())
    except Refused as problem:
        if not problem.code.startswith("sellers.link_"):
            raise
        form.add_error("url", problem.message)
        return _new(catalog.product_by_slug(slug), form, ())
    return desk.done("The link is on record and checked.", _address(subject.public_id))


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


def _new(product: Product, form: OfferForm, found: Sequence[Finding]) -> Response:
    return desk.page(
        "staff/sellers/new_offer.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        product=product,
        form=form,
        rows=[deciding.found_row(finding) for finding in found],
        verdict=words.link(found) if found else None,
    )


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


def _options() -> dict[str, Sequence[tuple[str, str]]]:
    named = [(retailer.public_id, retailer.name) for retailer in sellers.retailers()]
    return {"retailer": [("", "None that we know"), *named], "statement": _STATEMENTS}


def _address(public_id: str) -> str:
    return url_for("sellers.offer", public_id=public_id)
