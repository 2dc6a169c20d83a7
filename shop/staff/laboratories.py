"""Laboratories: which names and addresses are theirs, and what of their records needs somebody."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.service import Role
from shop.assay.certificates.keys import name_key
from shop.certificates import laboratories as records
from shop.certificates import laboratory_lookups
from shop.certificates.models import Laboratory
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk, laboratory_page
from shop.staff.forms import AreaField, Form, Needs, TextField, at_most
from shop.web.access import staff_only

bp = Blueprint("laboratories", __name__, url_prefix="/staff/laboratories")
FIELDS = {
    "laboratory.name_missing": "name",
    "laboratory.known": "name",
    "laboratory.names_long": "aliases",
    "laboratory.host_invalid": "domains",
    "laboratory.host_everybodys": "domains",
    "laboratory.host_shared": "domains",
    "laboratory.host_taken": "domains",
    "laboratory.hosts_many": "domains",
    "laboratory.changed": "name",
}
_HOST_FIELDS = {
    "laboratory.host_invalid": "host",
    "laboratory.host_everybodys": "host",
    "laboratory.host_hides": "host",
    "laboratory.host_taken": "host",
    "laboratory.hosts_many": "host",
    "laboratory.host_unseen": "host",
}


class LaboratoryForm(Form):
    name = TextField("Legal name", [Needs("Enter the laboratory’s name."), at_most(200)])
    aliases = AreaField("Other names", [at_most(8000)])
    domains = AreaField("Web addresses", [at_most(8000)])

    @property
    def names(self) -> list[str]:
        return [line.strip() for line in self.aliases.data.splitlines() if line.strip()]

    @property
    def hosts(self) -> list[str]:
        return str(self.domains.data).replace(",", " ").split()


class HostForm(Form):
    host = TextField("Look-up page", [Needs("Enter its web address."), at_most(2000)])


@bp.get("")
@staff_only()
def index() -> Response:
    """All of them by name; `q` looks for names and addresses, `needs` for what waits."""
    return _index(LaboratoryForm.blank())


@bp.post("")
@staff_only(Role.EDITOR)
def add() -> Response:
    """Certificates that bear one of its names are linked to it and checked again."""
    form = LaboratoryForm.sent()
    if not form.validate():
        return _index(form)
    try:
        with desk.acting() as staff:
            laboratory = records.add_laboratory(
                form.name.data,
                aliases=form.names,
                domains=form.hosts,
                staff=staff.public_id,
                at=clock.now(),
            )
            name, public_id = laboratory.legal_name, laboratory.public_id
    except (Refused, Conflict) as problem:
        form.blame(problem, FIELDS)
        return _index(form)
    there = url_for("laboratories.show", public_id=public_id)
    return desk.done(f"{name} is on record. Its certificates are checked again.", there)


@bp.get("/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    return _show(public_id, HostForm.blank())


@bp.post("/<public_id>/hosts")
@staff_only(Role.REVIEWER)
def add_host(public_id: str) -> Response:
    """A look-up page that no document has led to yet."""
    form = HostForm.sent()
    if not form.validate():
        return _show(public_id, form)
    try:
        with desk.acting() as staff:
            laboratory = records.laboratory(public_id)
            host = laboratory_lookups.add(
                laboratory, form.host.data, staff=staff.public_id, at=clock.now()
            )
    except (Refused, Conflict) as problem:
        form.blame(problem, _HOST_FIELDS)
        return _show(public_id, form)
    return _done(public_id, f"{host} is a look-up page of this laboratory now.")


@bp.post("/<public_id>/hosts/decision")
@staff_only(Role.REVIEWER)
def decide_host(public_id: str) -> Response:
    """One button says yes, one says no; either can be pressed again later."""
    host = request.form.get("host", "")[:300]
    is_approved = request.form.get("decision") == "approve"
    try:
        with desk.acting() as staff:
            laboratory_lookups.decide(
                records.laboratory(public_id),
                host,
                is_approved=is_approved,
                staff=staff.public_id,
                at=clock.now(),
            )
    except (Refused, Conflict) as problem:
        form = HostForm.blank(host=host)
        form.blame(problem, _HOST_FIELDS)
        return _show(public_id, form)
    did = "approved" if is_approved else "refused"
    return _done(public_id, f"{host} is {did}. The laboratory’s certificates are checked again.")


def _done(public_id: str, said: str) -> Response:
    return desk.done(said, url_for("laboratories.show", public_id=public_id))


def _index(form: LaboratoryForm) -> Response:
    today = clock.today()
    text = request.args.get("q", "").strip()[:200]
    needs = laboratory_lookups.needs(today)
    known = records.laboratories()
    waiting = sum(1 for each in known if each.id in needs)
    is_filtered = request.args.get("needs") == "1"
    found = [
        (each, laboratory_page.needs_told(needs[each.id], today) if each.id in needs else [])
        for each in known
        if _is_found(each, text) and (each.id in needs or not is_filtered)
    ]
    return desk.page(
        "staff/laboratories/index.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        text=text,
        is_filtered=is_filtered,
        rows=found,
        total=len(known),
        waiting=waiting,
        retired=[each for each in records.retired() if _is_found(each, text)],
    )


def _is_found(laboratory: Laboratory, text: str) -> bool:
    wanted = text.casefold()
    hosts = (*laboratory.domains, *laboratory.verify_hosts)
    if not wanted or any(wanted in host for host in hosts):
        return True
    names = (laboratory.legal_name, *laboratory.aliases)
    key = name_key(text)
    return any(wanted in name.casefold() or (key and key in name_key(name)) for name in names)


def _show(public_id: str, form: HostForm) -> Response:
    laboratory = records.laboratory(public_id)
    return desk.page(
        "staff/laboratories/show.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=laboratory,
        page=laboratory_page.build(laboratory),
    )
