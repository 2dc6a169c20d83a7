"""Brands: which websites are theirs, where they publish whom they name, and what we read there."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.service import Role
from shop.assay.sellers.published import WELL_KNOWN
from shop.catalog import service as catalog
from shop.catalog.models import Brand
from shop.certificates import schedule
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import by_hand, list_records, lists
from shop.sellers import service as sellers
from shop.staff import brand_page, desk
from shop.staff.forms import AreaField, Form, Needs, TextField, at_most
from shop.web import security
from shop.web.access import staff_only
from shop.web.context import current_shop

bp = Blueprint("brands", __name__, url_prefix="/staff/brands")
_MOST_DOMAINS = 20
_MOST_START = 100_000
_LOOK_AGAIN = "3"
_DOMAIN_FIELDS = {
    "sellers.domain_known": "domains",
    "sellers.host_invalid": "domains",
    "sellers.host_not_public": "domains",
    "sellers.host_is_suffix": "domains",
}
_SOURCE_FIELDS = {"sellers.source_address": "url", "sellers.source_not_official": "url"}


class DomainsForm(Form):
    domains = AreaField("Add official websites", [Needs("Enter an address."), at_most(4000)])


class SourceForm(Form):
    url = TextField("Address of the list", [Needs("Enter the address of the list.")])


@bp.get("")
@staff_only()
def index() -> Response:
    rows = list_records.overview(after=request.args.get("after", "")[:120])
    at = clock.now()
    return desk.page(
        "staff/brands/index.html",
        desk="brands",
        rows=[(row, brand_page.row_told(row, at)) for row in rows],
        after=rows[-1].slug if len(rows) == list_records.PAGE else "",
    )


@bp.get("/<slug>")
@staff_only()
def show(slug: str) -> Response:
    return _show(slug)


@bp.post("/<slug>/domains")
@staff_only(Role.REVIEWER)
def add_domains(slug: str) -> Response:
    """What is official decides whose word counts, so a reviewer says it."""
    form = DomainsForm.sent()
    if not form.validate():
        return _show(slug, domains=form)
    try:
        with desk.acting():
            _add_domains(catalog.brand_by_slug(slug), form.domains.data)
    except (Refused, Conflict) as problem:
        form.blame(problem, _DOMAIN_FIELDS)
        return _show(slug, domains=form)
    return desk.done("The websites are on record.", url_for("brands.show", slug=slug))


@bp.post("/<slug>/list")
@staff_only(Role.REVIEWER)
def use_list(slug: str) -> Response:
    form = SourceForm.sent()
    if not form.validate():
        return _show(slug, source=form)
    try:
        with desk.acting():
            lists.use_source(catalog.brand_by_slug(slug), form.url.data)
    except Refused as problem:
        form.blame(problem, _SOURCE_FIELDS)
        return _show(slug, source=form)
    return desk.done("A worker reads the list now.", url_for("brands.show", slug=slug))


@bp.post("/<slug>/list/read")
@staff_only(Role.EDITOR)
def read_list(slug: str) -> Response:
    """Have the list read at once instead of within the day."""
    with desk.acting():
        source = lists.source_of(catalog.brand_by_slug(slug).id)
        if source is None:
            code = "sellers.source_unknown"
            raise NotFound(code, "First enter where the brand publishes its list.")
        lists.fetch_now(source)
    return desk.done("A worker reads the list now.", url_for("brands.show", slug=slug))


@bp.get("/<slug>/documents/<digest>")
@staff_only()
def document(slug: str, digest: str) -> Response:
    """A list, page or letter as it came, to be saved and never opened inside our pages."""
    brand = catalog.brand_by_slug(slug)
    if not by_hand.is_document_of(brand.id, digest):
        code = "sellers.document_unknown"
        raise NotFound(code, "There is no such document of this brand.")
    content = current_shop().blobs.get(digest)
    response = Response(content, content_type="application/octet-stream")
    name = f"{brand.slug}-{digest[:12]}.{_ending(content)}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = security.SANDBOXED
    return response


def _add_domains(brand: Brand, text: str) -> None:
    """One address a line; blanks and commas separate too."""
    hosts = dict.fromkeys(text.replace(",", " ").split())
    if len(hosts) > _MOST_DOMAINS:
        code = "sellers.host_invalid"
        raise Refused(code, f"Enter at most {_MOST_DOMAINS} addresses at a time.")
    for host in hosts:
        sellers.add_domain(host, owner=brand)
    schedule.ring_for_brand(brand.id)


def _ending(content: bytes) -> str:
    """How the file is named: lists are JSON, the rest is what it was when it came."""
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return "json"
    try:
        return by_hand.kind_of(content)
    except Refused:
        return "bin"


def _show(
    slug: str, domains: DomainsForm | None = None, source: SourceForm | None = None
) -> Response:
    brand = catalog.brand_by_slug(slug)
    start = request.args.get("start", "0")
    is_number = start.isascii() and start.isdigit() and len(start) <= len(str(_MOST_START))
    page = brand_page.build(brand, start=int(start) if is_number else 0)
    domains = domains or DomainsForm.blank()
    where = page.source.url if page.source is not None else lists.default_url(brand.id)
    source = source or SourceForm.blank(url=where)
    problems = [*domains.problems, *source.problems]
    response = desk.page(
        "staff/brands/show.html",
        desk="brands",
        status=desk.REFUSED if problems else 200,
        page=page,
        brand=brand,
        domains_form=domains,
        source_form=source,
        problems=problems,
        addresses=page.addresses,
        well_known=WELL_KNOWN,
        relations=brand_page.RELATIONS,
    )
    if page.source is not None and page.source.tried_at is None and not problems:
        response.headers["Refresh"] = _LOOK_AGAIN  # with scripts or without
    return response
