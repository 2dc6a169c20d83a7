"""What a brand says in a page or letter: whom it names, and whom it names as not authorized."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from shop.accounts.service import Role
from shop.assay.sellers.published import ListedSeller, Problem, read_seller
from shop.catalog import service as catalog
from shop.plumbing.errors import Conflict, Refused
from shop.sellers import by_hand
from shop.staff import brand_page, desk
from shop.staff.forms import AreaField, ChoiceField, DayField, Form, Needs, TextField, at_most
from shop.web.access import staff_only
from shop.web.context import current_shop

bp = Blueprint("brand_sellers", __name__, url_prefix="/staff/brands")
_MEGABYTE = 1_000_000
_RELATIONS = tuple(brand_page.RELATIONS.items())
# Members of the list's format, by the field of the form that holds them.
_MEMBERS = ("domains", "paths", "regions", "products")
_FIELD_OF = {"from": "begins", "until": "ends"}
_HOST_FIELDS = {
    "sellers.host_invalid": "host",
    "sellers.host_not_public": "host",
    "sellers.host_is_suffix": "host",
    "sellers.own_address": "host",
    "sellers.document_kind": "document",
}


class DocumentForm(Form):
    """Where it was seen: the page or letter itself, kept whole."""

    document = Field("The page or letter")
    source_url = TextField("Where it was seen", [at_most(2000)])

    def content(self) -> bytes:
        """The document's bytes; what is wrong with it stands beside it."""
        most = current_shop().config.max_upload_mb
        content = b""
        if (file := request.files.get("document")) is not None:
            content = file.stream.read(most * _MEGABYTE + 1)
            file.close()
        if not content:
            self.add_error("document", "Choose the saved page or the letter.")
        elif len(content) > most * _MEGABYTE:
            self.add_error("document", f"Choose a file of at most {most} MB.")
        else:
            try:
                by_hand.kind_of(content)
            except Refused as problem:
                self.add_error("document", problem.message)
        return content


class SellerForm(DocumentForm):
    name = TextField("Seller", [Needs("Enter the seller’s name."), at_most(200)])
    relation = ChoiceField("What it is", message="Choose what it is.")
    domains = AreaField("Web addresses", [Needs("Enter its web address."), at_most(8000)])
    paths = AreaField("Pages", [at_most(8000)])
    regions = TextField("Countries", [at_most(1000)])
    products = AreaField("Products", [at_most(8000)])
    begins = DayField("From")
    ends = DayField("Until")
    note = AreaField("Note", [at_most(2000)])

    def entry(self) -> dict[str, Any]:
        """The same as an entry of a published list."""
        lines = {
            "domains": self.domains.data.replace(",", " ").split(),
            "paths": self.paths.data.split(),
            "regions": self.regions.data.replace(",", " ").split(),
            "products": [line.strip() for line in self.products.data.splitlines()],
        }
        found: dict[str, Any] = {"name": self.name.data, "relation": self.relation.data}
        found |= {key: list(filter(None, value)) for key, value in lines.items() if any(value)}
        days = {"from": self.begins.data, "until": self.ends.data}
        return found | {key: day for key, day in days.items() if day}

    def listed(self) -> ListedSeller | None:
        """The seller, by the same rules as in a list; what is wrong stands beside the fields."""
        seller, problems = read_seller(self.entry())
        for problem in problems:
            self.add_error(_field_of(problem), _message(problem, self.entry()))
        return seller


class RefusedForm(DocumentForm):
    host = TextField("Web address", [Needs("Enter the web address."), at_most(300)])


@bp.get("/<slug>/sellers/new")
@staff_only(Role.EDITOR)
def new(slug: str) -> Response:
    return _new(slug, SellerForm.blank({"relation": _RELATIONS}))


@bp.post("/<slug>/sellers/new")
@staff_only(Role.EDITOR)
def add(slug: str) -> Response:
    """Lower in standing than the brand's own list: it does not verify the seller."""
    form = SellerForm.sent(relation=_RELATIONS)
    seller = form.listed() if form.validate() else None
    content = form.content()
    if form.problems or seller is None:
        return _new(slug, form)
    try:
        with desk.acting() as staff:
            by_hand.name_seller(
                catalog.brand_by_slug(slug),
                seller,
                document=current_shop().blobs.put(content),
                source_url=form.source_url.data,
                note=form.note.data,
                staff_id=staff.public_id,
            )
    except Conflict as problem:
        form.blame(problem, {"sellers.authorization_known": "name"})
        return _new(slug, form)
    return desk.done(f"{seller.name} is on record.", url_for("brands.show", slug=slug))


@bp.post("/<slug>/sellers/<public_id>/revoke")
@staff_only(Role.REVIEWER)
def revoke(slug: str, public_id: str) -> Response:
    """The brand took its word back. Its next list may name the seller again."""
    with desk.acting():
        brand = catalog.brand_by_slug(slug)
        by_hand.revoke(by_hand.authorization(brand.id, public_id))
    return desk.done("It is on record as revoked.", url_for("brands.show", slug=slug))


@bp.get("/<slug>/not-authorized/new")
@staff_only(Role.EDITOR)
def new_refused(slug: str) -> Response:
    return _new_refused(slug, RefusedForm.blank())


@bp.post("/<slug>/not-authorized/new")
@staff_only(Role.EDITOR)
def refuse(slug: str) -> Response:
    form = RefusedForm.sent()
    form.validate()
    content = form.content()
    if form.problems:
        return _new_refused(slug, form)
    try:
        with desk.acting() as staff:
            entry = by_hand.refuse_host(
                catalog.brand_by_slug(slug),
                form.host.data,
                document=current_shop().blobs.put(content),
                source_url=form.source_url.data,
                staff_id=staff.public_id,
            )
            host = entry.host
    except Refused as problem:
        form.blame(problem, _HOST_FIELDS)
        return _new_refused(slug, form)
    done = f"{host} is on record as not authorized."
    return desk.done(done, url_for("brands.show", slug=slug))


@bp.post("/<slug>/not-authorized/lift")
@staff_only(Role.REVIEWER)
def lift(slug: str) -> Response:
    with desk.acting():
        by_hand.lift(catalog.brand_by_slug(slug), request.form.get("host", "")[:253])
    return desk.done("The entry is taken back.", url_for("brands.show", slug=slug))


def _field_of(problem: Problem) -> str:
    """`$.domains[1]` is about the field "domains"; what is about all of it, about the name."""
    member = problem.path.removeprefix("$").lstrip(".").partition("[")[0]
    return _FIELD_OF.get(member, member or "name")


def _message(problem: Problem, entry: Mapping[str, Any]) -> str:
    """With the text that it is about in front, where several stand in one field."""
    member, _, rest = problem.path.removeprefix("$.").partition("[")
    number = rest.rstrip("]")
    if member in _MEMBERS and number.isdigit():
        return f"{entry[member][int(number)][:80]}: {problem.message}"
    return problem.message


def _new(slug: str, form: SellerForm) -> Response:
    return desk.page(
        "staff/brands/new_seller.html",
        desk="brands",
        status=desk.REFUSED if form.problems else 200,
        brand=catalog.brand_by_slug(slug),
        form=form,
        most_megabytes=current_shop().config.max_upload_mb,
    )


def _new_refused(slug: str, form: RefusedForm) -> Response:
    return desk.page(
        "staff/brands/new_refused.html",
        desk="brands",
        status=desk.REFUSED if form.problems else 200,
        brand=catalog.brand_by_slug(slug),
        form=form,
        most_megabytes=current_shop().config.max_upload_mb,
    )
