"""Signing certificates: with which a laboratory signs its reports, as two people say."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.certificates import laboratories as records
from shop.certificates import laboratory_pins as pins
from shop.certificates import signing_certificates
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk, kept_files, laboratory_page
from shop.staff.forms import AreaField, Form, Needs, TextField, at_most
from shop.web import access
from shop.web.access import staff_only

bp = Blueprint("laboratory_pins", __name__, url_prefix="/staff/laboratories")
_PRIVATE = "laboratory.pin_private"
_FIELDS = {
    "laboratory.pin_large": "pem",
    _PRIVATE: "pem",
    "laboratory.pin_many": "pem",
    "laboratory.pin_kind": "pem",
    "laboratory.pin_known": "pem",
    "laboratory.pin_source": "source",
    "laboratory.reason_missing": "reason",
    "laboratory.pin_removed": "reason",
}


class PinForm(Form):
    pem = AreaField("Certificate as text")
    file = Field("Certificate file")
    source = TextField(
        "Where you have it from", [Needs("Enter where you have it from."), at_most(2000)]
    )

    def content(self) -> bytes:
        """What was chosen, else what was pasted; what is wrong stands beside the field."""
        chosen = kept_files.received("file", signing_certificates.MOST_BYTES)
        content = chosen or self.pem.data.encode()
        if not content:
            self.add_error("pem", "Paste the certificate, or choose its file.")
        return content


class RemoveForm(Form):
    reason = AreaField("Why it is removed", [Needs("Enter why it is removed."), at_most(2000)])


@bp.get("/<public_id>/signing/new")
@staff_only(Role.REVIEWER)
def new(public_id: str) -> Response:
    return _new(public_id, PinForm.blank())


@bp.post("/<public_id>/signing")
@staff_only(Role.REVIEWER)
def add(public_id: str) -> Response:
    """It counts once another reviewer agrees."""
    form = PinForm.sent()
    form.validate()
    content = form.content()
    if form.problems:
        _forget_secrets(form)
        return _new(public_id, form)
    try:
        holder = signing_certificates.read(content)
        with desk.acting() as staff:
            pin = pins.ask(
                records.laboratory(public_id),
                holder,
                source=form.source.data,
                staff=staff.public_id,
                at=clock.now(),
            )
            pin_id = pin.public_id
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        _forget_secrets(form)
        return _new(public_id, form)
    return _done(public_id, pin_id, "Proposed. It counts once another reviewer agrees.")


@bp.post("/<public_id>/signing/seen")
@staff_only(Role.REVIEWER)
def add_seen(public_id: str) -> Response:
    """The certificate of a signature on one of the laboratory's documents."""
    try:
        with desk.acting() as staff:
            pin = pins.ask_from_document(
                records.laboratory(public_id),
                request.form.get("sha256", "")[:64],
                staff=staff.public_id,
                at=clock.now(),
            )
            pin_id = pin.public_id
    except Conflict as problem:
        form = PinForm.blank()
        form.blame(problem, _FIELDS)
        return _new(public_id, form)
    return _done(public_id, pin_id, "Proposed. It counts once another reviewer agrees.")


@bp.get("/<public_id>/signing/<pin>")
@staff_only()
def show(public_id: str, pin: str) -> Response:
    return _show(public_id, pin, RemoveForm.blank())


@bp.post("/<public_id>/signing/<pin>/agree")
@staff_only(Role.REVIEWER)
def agree(public_id: str, pin: str) -> Response:
    with desk.acting() as staff:
        laboratory = records.laboratory(public_id)
        found = pins.pin(laboratory, pin)
        pins.agree(laboratory, found, staff=staff.public_id, at=clock.now())
    return _done(public_id, pin, "Pinned. Certificates that bear it are checked again.")


@bp.post("/<public_id>/signing/<pin>/remove")
@staff_only(Role.REVIEWER)
def remove(public_id: str, pin: str) -> Response:
    form = RemoveForm.sent()
    if not form.validate():
        return _show(public_id, pin, form)
    try:
        with desk.acting() as staff:
            laboratory = records.laboratory(public_id)
            found = pins.pin(laboratory, pin)
            reason = form.reason.data
            pins.remove(laboratory, found, reason=reason, staff=staff.public_id, at=clock.now())
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _show(public_id, pin, form)
    return _done(public_id, pin, "Removed. Certificates that bear it are checked again.")


def _forget_secrets(form: PinForm) -> None:
    """What may be a private key is not sent back with the page."""
    if "PRIVATE" in form.pem.data.upper():
        form.pem.data = ""


def _done(public_id: str, pin: str, said: str) -> Response:
    return desk.done(said, url_for("laboratory_pins.show", public_id=public_id, pin=pin))


def _new(public_id: str, form: PinForm) -> Response:
    laboratory = records.laboratory(public_id)
    return desk.page(
        "staff/laboratories/new_pin.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=laboratory,
        seen=pins.seen_on_documents(laboratory),
    )


def _show(public_id: str, pin: str, form: RemoveForm) -> Response:
    laboratory = records.laboratory(public_id)
    found = pins.pin(laboratory, pin)
    staff = access.required_staff()
    may_agree = (
        staff.may(Role.REVIEWER)
        and not found.agreed_by
        and not found.removed_at
        and found.pinned_by != staff.public_id
    )
    return desk.page(
        "staff/laboratories/pin.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=laboratory,
        row=laboratory_page.pin_row(found, accounts.names()),
        pin=found,
        may_agree=may_agree,
        certificate=pins.document_of(found),
    )
