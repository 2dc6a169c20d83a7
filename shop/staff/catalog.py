"""Products and their lots: find one, rename it, add a lot, count it, hold it back or recall it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.service import Role
from shop.catalog import lots, search
from shop.catalog import service as catalog
from shop.catalog.models import Lot, LotStatus, Product, Variant
from shop.certificates import service as certificates
from shop.certificates.models import Certificate
from shop.inspections import standing
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.staff import desk, subjects, words
from shop.staff.forms import (
    ChoiceField,
    DayField,
    Form,
    Needs,
    NumberField,
    TextField,
    at_most,
)
from shop.verdicts import service as verdicts
from shop.web.access import staff_only
from shop.web.words import Words

bp = Blueprint("catalog", __name__, url_prefix="/staff")
STATUSES = tuple(
    (status.value, f"{told.title}: {told.detail}") for status, told in words.LOTS.items()
)
_PER_PAGE = 50
_FIELDS = {
    "catalog.lot_taken": "code",
    "catalog.text_missing": "code",
    "catalog.text_too_long": "code",
    "catalog.text_without_letters": "code",
    "catalog.lot_dates": "expires_on",
    "catalog.stock_invalid": "on_hand",
    "catalog.stock_reserved": "on_hand",
}


class RenameForm(Form):
    name = TextField("Name", [Needs("Enter the product’s name."), at_most(300)])


class LotForm(Form):
    variant = ChoiceField("Size", message="Choose the size that this lot was filled into.")
    code = TextField("Lot code", [Needs("Enter the lot code printed on the pack."), at_most(40)])
    made_on = DayField("Made on")
    expires_on = DayField("Use by")
    on_hand = NumberField("Packs on hand", [Needs("Enter how many packs there are.")])
    status = ChoiceField("Status", message="Choose a status.")


class LotChangeForm(Form):
    on_hand = NumberField("Packs on hand", [Needs("Enter how many packs there are.")])
    status = ChoiceField("Status", message="Choose a status.")


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product with its sizes, each with its lots."""

    product: Product
    sizes: list[tuple[Variant, list[tuple[Lot, list[Certificate]]]]]
    offers: list[tuple[Offer, Words]]


@bp.get("/products")
@staff_only()
def index() -> Response:
    text = request.args.get("q", "").strip()[:200]
    number = request.args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1  # noqa: PLR2004 - keeps int() short
    query = search.Query(text=text, sort="" if text else "name", page=page, per_page=_PER_PAGE)
    return desk.page(
        "staff/catalog/index.html", desk="products", text=text, results=search.find(query)
    )


@bp.get("/products/<slug>")
@staff_only()
def show(slug: str) -> Response:
    try:
        product = catalog.product_by_slug(slug)
    except NotFound:
        target = catalog.old_slug_target(slug)
        if target is None:
            raise
        return redirect(url_for("catalog.show", slug=target), code=301)
    return _show(product, RenameForm.blank(name=product.name), None)


@bp.post("/products/<slug>/name")
@staff_only(Role.EDITOR)
def rename(slug: str) -> Response:
    """The old address keeps leading to the product."""
    form = RenameForm.sent()
    if not form.validate():
        return _show(catalog.product_by_slug(slug), form, None)
    with desk.acting():
        product = catalog.product_by_slug(slug)
        catalog.rename_product(product, form.name.data)
        now_at = product.slug
    return desk.done("The product has its new name.", url_for("catalog.show", slug=now_at))


@bp.post("/products/<slug>/lots")
@staff_only(Role.EDITOR)
def add_lot(slug: str) -> Response:
    product = catalog.product_by_slug(slug)
    form = LotForm.sent(variant=_sizes(product), status=STATUSES)
    rename_form = RenameForm.blank(name=product.name)
    if not form.validate():
        return _show(product, rename_form, form)
    try:
        with desk.acting():
            variant = catalog.variant(form.variant.data)
            lot = catalog.add_lot(
                variant,
                code=form.code.data,
                made_on=form.made_on.day,
                expires_on=form.expires_on.day,
                on_hand=form.on_hand.number,
                status=LotStatus(form.status.data),
            )
            standing.refresh(variant.product_id)
            code = lot.code
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _show(catalog.product_by_slug(slug), rename_form, form)
    return desk.done(f"Lot {code} is on record.", url_for("catalog.show", slug=slug))


@bp.get("/lots/<public_id>")
@staff_only()
def lot(public_id: str) -> Response:
    found = catalog.lot(public_id)
    form = LotChangeForm.blank(
        {"status": STATUSES}, on_hand=str(found.on_hand), status=found.status
    )
    return _lot(found, form)


@bp.post("/lots/<public_id>")
@staff_only(Role.EDITOR)
def change_lot(public_id: str) -> Response:
    form = LotChangeForm.sent(status=STATUSES)
    if not form.validate():
        return _lot(catalog.lot(public_id), form)
    try:
        with desk.acting():
            changed = lots.change_lot(
                catalog.lot(public_id),
                on_hand=form.on_hand.number,
                status=LotStatus(form.status.data),
            )
            standing.refresh(changed.variant.product_id)
            code = changed.code
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _lot(catalog.lot(public_id), form)
    return desk.done(f"Lot {code} is changed.", url_for("catalog.lot", public_id=public_id))


def _show(product: Product, rename_form: RenameForm, lot_form: LotForm | None) -> Response:
    variants = catalog.variants_of(product.id)
    all_lots = catalog.lots_of([variant.id for variant in variants])
    documents = certificates.for_lots([lot.id for lot in all_lots])
    rows = [(lot, documents.get(lot.id, [])) for lot in all_lots]
    sizes = [
        (variant, [row for row in rows if row[0].variant_id == variant.id]) for variant in variants
    ]
    form = lot_form or LotForm.blank(
        {"variant": _sizes(product), "status": STATUSES},
        status=LotStatus.QUARANTINED.value,
        on_hand="0",
    )
    problems = [*rename_form.problems, *form.problems]
    return desk.page(
        "staff/catalog/show.html",
        desk="products",
        status=desk.REFUSED if problems else 200,
        page=ProductPage(product, sizes, _offers(product)),
        rename_form=rename_form,
        form=form,
        problems=problems,
        today=clock.today(),
    )


def _offers(product: Product) -> list[tuple[Offer, Words]]:
    """Its links with what the checks say of each, shown to shoppers or not."""
    found = sellers.offers_for(product.id, is_hidden=None)
    published = verdicts.current_for(map(subjects.of_offer, found))
    return [(offer, words.offer(published.get(subjects.of_offer(offer)))) for offer in found]


def _lot(found: Lot, form: LotChangeForm) -> Response:
    return desk.page(
        "staff/catalog/lot.html",
        desk="products",
        status=desk.REFUSED if form.problems else 200,
        lot=found,
        form=form,
        certificates=certificates.for_lot(found.id),
    )


def _sizes(product: Product) -> list[tuple[str, str]]:
    return [
        (variant.public_id, " ".join(filter(None, (variant.size, variant.sku))))
        for variant in catalog.variants_of(product.id)
    ]
