"""Laboratories: which names and addresses are theirs, and what we saw of their accreditation."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.certificates import laboratories as records
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk
from shop.staff.forms import AreaField, DayField, Form, Needs, TextField, at_most
from shop.web.access import staff_only

bp = Blueprint("laboratories", __name__, url_prefix="/staff/laboratories")
_FIELDS = {"laboratory.name_missing": "name", "laboratory.known": "name"}


class LaboratoryForm(Form):
    name = TextField("Legal name", [Needs("Enter the laboratory’s name."), at_most(200)])
    aliases = AreaField("Other names", [at_most(2000)])
    domains = AreaField("Web addresses", [at_most(2000)])
    verify_hosts = AreaField("Look-up pages", [at_most(2000)])


class AccreditationForm(Form):
    body = TextField("Accreditation body", [Needs("Enter the body, like UKAS."), at_most(80)])
    number = TextField("Number", [Needs("Enter the accreditation’s number."), at_most(80)])
    scope = AreaField("Methods in its scope", [at_most(20000)])
    valid_from = DayField("Valid from")
    valid_to = DayField("Valid to")
    evidence = TextField(
        "Where you saw it", [Needs("Enter the page of the body where you saw it."), at_most(2000)]
    )


@bp.get("")
@staff_only()
def index() -> Response:
    return _index(LaboratoryForm.blank())


@bp.post("")
@staff_only(Role.EDITOR)
def add() -> Response:
    """Certificates that bear one of its names are linked to it and checked again."""
    form = LaboratoryForm.sent()
    if not form.validate():
        return _index(form)
    try:
        with desk.acting():
            laboratory = records.add_laboratory(
                form.name.data,
                aliases=_lines(form.aliases.data),
                domains=_words(form.domains.data),
                verify_hosts=_words(form.verify_hosts.data),
            )
            name, public_id = laboratory.legal_name, laboratory.public_id
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _index(form)
    there = url_for("laboratories.show", public_id=public_id)
    return desk.done(f"{name} is on record. Its certificates are checked again.", there)


@bp.get("/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    return _show(public_id, AccreditationForm.blank())


@bp.post("/<public_id>/accreditations")
@staff_only(Role.REVIEWER)
def add_accreditation(public_id: str) -> Response:
    """What a person saw at the accreditation body; a printed number alone proves nothing."""
    form = AccreditationForm.sent()
    if not form.validate():
        return _show(public_id, form)
    from_day, to_day = form.valid_from.day, form.valid_to.day
    if from_day and to_day and to_day < from_day:
        form.add_error("valid_to", "It cannot end before it began. Compare the two dates.")
        return _show(public_id, form)
    with desk.acting() as staff:
        records.add_accreditation(
            records.laboratory(public_id),
            body=form.body.data,
            number=form.number.data,
            scope=_lines(form.scope.data),
            valid_from=from_day,
            valid_to=to_day,
            evidence=form.evidence.data,
            checked_at=clock.now(),
            checked_by=staff.public_id,
        )
    there = url_for("laboratories.show", public_id=public_id)
    return desk.done("The accreditation is on record.", there)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _index(form: LaboratoryForm) -> Response:
    return desk.page(
        "staff/laboratories/index.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratories=records.laboratories(),
    )


def _show(public_id: str, form: AccreditationForm) -> Response:
    laboratory = records.laboratory(public_id)
    return desk.page(
        "staff/laboratories/show.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=laboratory,
        accreditations=records.accreditations_of(laboratory.id),
        names=accounts.names(),
    )
