"""A link is put on record or said anew, and whoever types it sees what the checks say of it.

Nothing is stored before "Save link"; a check on the way there only reads. It is asked for by POST,
so that no link stands in an address, and with it in a log.
"""

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.service import Role
from shop.assay.sellers.facts import Statement
from shop.catalog import search
from shop.catalog import service as catalog
from shop.catalog.choices import SHOP_CURRENCY
from shop.catalog.models import Product
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.errors import Refused
from shop.sellers import service as sellers
from shop.sellers.models import Offer, Retailer
from shop.sellers.service import OfferWords
from shop.staff import desk, links, subjects, words
from shop.staff.forms import ChoiceField, Form, Needs, PriceField, TextField, at_most
from shop.staff.links import Looked
from shop.web.access import staff_only

bp = Blueprint("offers", __name__, url_prefix="/staff/sellers/offers")
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

    @property
    def currency(self) -> str | None:
        return SHOP_CURRENCY if self.price.minor is not None else None


@bp.get("/new")
@staff_only(Role.EDITOR)
def new() -> Response:
    """Without a product: find one first. `retailer` is chosen already, where one comes from it."""
    slug, retailer = request.args.get("product", ""), request.args.get("retailer", "")
    if slug:
        form = OfferForm.blank(_options(), retailer=retailer)
        return _page(catalog.product_by_slug(slug), form)
    text = request.args.get("q", "").strip()[:200]
    found = search.find(search.Query(text=text, per_page=_FOUND)).cards if text else ()
    return desk.page(
        "staff/sellers/find_product.html",
        desk="sellers",
        text=text,
        found=found,
        retailer=retailer,
    )


@bp.post("/new")
@staff_only(Role.EDITOR)
def add() -> Response:
    """`check` shows what the checks would say; anything else saves it, and checks it at once."""
    slug = request.args.get("product", "")
    product = catalog.product_by_slug(slug)
    form = OfferForm.sent(**_options())
    if not form.validate():
        return _page(product, form)
    if "check" in request.form:
        return _page(product, form, _looked(product, form))
    try:
        with desk.acting():
            offer = sellers.add_offer(
                catalog.product_by_slug(slug),
                form.url.data,
                retailer=form.named_retailer(),
                words=form.said(),
                price_minor=form.price.minor,
                currency=form.currency,
            )
            public_id = offer.public_id
            inspections.inspect(subjects.of_offer(offer), at=clock.now())
    except Refused as problem:
        _blame(form, problem)
        return _page(catalog.product_by_slug(slug), form)
    return desk.done("The link is on record and checked.", _address(public_id))


@bp.get("/<public_id>/edit")
@staff_only(Role.EDITOR)
def edit(public_id: str) -> Response:
    offer = sellers.offer(public_id)
    form = OfferForm.blank(_options(), **_as_typed(offer))
    return _page(offer.product, form, _looked(offer.product, form, offer, is_saved=True), offer)


@bp.post("/<public_id>/edit")
@staff_only(Role.EDITOR)
def save(public_id: str) -> Response:
    """The link as it is said anew is checked at once; what was found before stays on record."""
    offer = sellers.offer(public_id)
    form = OfferForm.sent(**_options())
    if not form.validate():
        return _page(offer.product, form, offer=offer)
    if "check" in request.form:
        return _page(offer.product, form, _looked(offer.product, form, offer), offer)
    try:
        with desk.acting():
            offer = sellers.update_offer(
                sellers.offer(public_id),
                url=form.url.data,
                retailer=form.named_retailer(),
                words=form.said(),
                price_minor=form.price.minor,
                currency=form.currency,
            )
            inspections.inspect(subjects.of_offer(offer), at=clock.now())
    except Refused as problem:
        _blame(form, problem)
        return _page(sellers.offer(public_id).product, form, offer=sellers.offer(public_id))
    return desk.done("The changes are on record, and the link is checked.", _address(public_id))


@bp.post("/check")
@staff_only(Role.EDITOR)
def check() -> str:
    """What the checks say of the link as far as it is typed: the part of the page that says it."""
    product = catalog.product_by_slug(request.args.get("product", ""))
    form = OfferForm.sent(**_options())
    form.validate()
    is_blamed = form.retailer.errors or form.statement.errors  # nothing that the form offers
    changed = request.args.get("offer", "")
    offer = sellers.offer(changed) if changed else None
    looked = _looked(product, form, offer) if form.url.data and not is_blamed else None
    return render_template("staff/sellers/_found.html", looked=looked)


def _looked(
    product: Product, form: OfferForm, offer: Offer | None = None, *, is_saved: bool = False
) -> Looked:
    found = sellers.check_link(
        product, form.url.data, retailer=form.named_retailer(), words=form.said(), offer=offer
    )
    url = form.url.data[: sellers.LONGEST_LINK]
    return links.looked(url, product.brand, found, is_saved=is_saved)


def _page(
    product: Product, form: OfferForm, looked: Looked | None = None, offer: Offer | None = None
) -> Response:
    return desk.page(
        "staff/sellers/offer_form.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        product=product,
        offer=offer,
        form=form,
        looked=looked,
    )


def _as_typed(offer: Offer) -> Mapping[str, str]:
    price = "" if offer.price_minor is None else f"{offer.price_minor / 100:.2f}"
    return {
        "url": offer.url,
        "retailer": offer.retailer.public_id if offer.retailer else "",
        "statement": offer.statement,
        "declared_seller": offer.declared_seller,
        "label": offer.label,
        "source": offer.source,
        "price": price,
    }


def _options() -> dict[str, Sequence[tuple[str, str]]]:
    named = [(retailer.public_id, retailer.name) for retailer in sellers.retailers()]
    return {"retailer": [("", "None that we know"), *named], "statement": _STATEMENTS}


def _blame(form: OfferForm, problem: Refused) -> None:
    if not problem.code.startswith("sellers.link_"):
        raise problem
    form.add_error("url", problem.message)


def _address(public_id: str) -> str:
    return url_for("sellers.offer", public_id=public_id)
