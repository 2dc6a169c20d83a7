"""Retailers and their addresses: who sells, and at which domains."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField

from shop.accounts.service import Role
from shop.plumbing.errors import Conflict, Refused
from shop.sellers import named
from shop.sellers import service as sellers
from shop.sellers.models import Offer, Retailer
from shop.staff import desk, proof_words, seen, subjects, words
from shop.staff.forms import AreaField, Form, Needs, TextField, at_most
from shop.verdicts import service as verdicts
from shop.web.access import staff_only
from shop.web.words import Words

bp = Blueprint("retailers", __name__, url_prefix="/staff/retailers")
_MOST_DOMAINS = 20
_FIELDS = {
    "sellers.retailer_name": "name",
    "sellers.retailer_known": "name",
    "sellers.domain_known": "domains",
    "sellers.host_invalid": "domains",
    "sellers.host_not_public": "domains",
    "sellers.host_is_suffix": "domains",
}


class RetailerForm(Form):
    name = TextField("Name", [Needs("Enter the retailer’s name."), at_most(200)])
    domains = AreaField("Web addresses", [at_most(4000)])
    is_marketplace = BooleanField("Many sellers share this retailer’s address")


class DomainForm(Form):
    domains = AreaField("Add web addresses", [Needs("Enter an address."), at_most(4000)])


@bp.get("/new")
@staff_only(Role.EDITOR)
def new() -> Response:
    return _new(RetailerForm.blank())


@bp.post("/new")
@staff_only(Role.EDITOR)
def add() -> Response:
    form = RetailerForm.sent()
    if not form.validate():
        return _new(form)
    try:
        with desk.acting():
            retailer = sellers.add_retailer(
                form.name.data, is_marketplace=bool(form.is_marketplace.data)
            )
            _add_domains(retailer, form.domains.data)
            name, public_id = retailer.name, retailer.public_id
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _new(form)
    return desk.done(f"{name} is on record.", url_for("retailers.show", public_id=public_id))


@bp.get("/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    return _show(public_id, DomainForm.blank())


@bp.post("/<public_id>/domains")
@staff_only(Role.EDITOR)
def add_domains(public_id: str) -> Response:
    """The retailer's offers are checked again with the new addresses."""
    form = DomainForm.sent()
    if not form.validate():
        return _show(public_id, form)
    try:
        with desk.acting():
            _add_domains(sellers.retailer(public_id), form.domains.data)
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _show(public_id, form)
    return desk.done("The addresses are on record.", url_for("retailers.show", public_id=public_id))


def _add_domains(retailer: Retailer, text: str) -> None:
    """One address a line; blanks and commas separate too."""
    hosts = dict.fromkeys(text.replace(",", " ").split())
    if len(hosts) > _MOST_DOMAINS:
        code = "sellers.host_invalid"
        raise Refused(code, f"Enter at most {_MOST_DOMAINS} addresses at a time.")
    for host in hosts:
        sellers.add_domain(host, owner=retailer)


def _new(form: RetailerForm) -> Response:
    return desk.page(
        "staff/sellers/new_retailer.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        form=form,
    )


def _show(public_id: str, form: DomainForm) -> Response:
    retailer = sellers.retailer(public_id)
    return desk.page(
        "staff/sellers/retailer.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        retailer=retailer,
        addresses=proof_words.addresses(sellers.retailer_domains(retailer.id)),
        said=[seen.said(word, brand) for word, brand in named.words_for(retailer.id)],
        offers=_offers(retailer),
    )


def _offers(retailer: Retailer) -> list[tuple[Offer, Words]]:
    offers = named.offers_of(retailer.id)
    published = verdicts.current_for(map(subjects.of_offer, offers))
    return [(each, words.offer(published.get(subjects.of_offer(each)))) for each in offers]
