"""Accreditations: what a person saw at the body that grants them, where, and when."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from shop.accounts.service import Role
from shop.certificates import accreditations
from shop.certificates import laboratories as records
from shop.certificates.accreditations import AccreditationStatus
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.staff import desk, kept_files
from shop.staff.forms import AreaField, ChoiceField, DayField, Form, Needs, TextField, at_most
from shop.staff.laboratory_page import STATUSES
from shop.web.access import staff_only
from shop.web.context import current_shop

bp = Blueprint("accreditations", __name__, url_prefix="/staff/laboratories")
_OPTIONS = [(status.value, label) for status, label in STATUSES.items()]
_FIELDS = {
    "laboratory.accreditation_known": "number",
    "laboratory.dates_reversed": "valid_to",
    "laboratory.scope_long": "scope",
    "laboratory.method_long": "scope",
}
_LONGEST_SCOPE = 400_000


class SeenForm(Form):
    """What may change of an accreditation that is on record."""

    scope = AreaField("Methods in its scope", [at_most(_LONGEST_SCOPE)])
    valid_from = DayField("Valid from")
    valid_to = DayField("Valid to")
    status = ChoiceField("Status", message="Choose how the body lists it.")
    evidence = TextField(
        "Where you saw it", [Needs("Enter the page of the body where you saw it."), at_most(2000)]
    )
    document = Field("The page itself")


class AccreditationForm(SeenForm):
    body = TextField("Accreditation body", [Needs("Enter the body, like UKAS."), at_most(80)])
    number = TextField("Number", [Needs("Enter the accreditation’s number."), at_most(80)])


@bp.get("/<public_id>/accreditations/new")
@staff_only(Role.REVIEWER)
def new(public_id: str) -> Response:
    options = {"status": _OPTIONS}
    return _new(public_id, AccreditationForm.blank(options, status=AccreditationStatus.ACTIVE))


@bp.post("/<public_id>/accreditations")
@staff_only(Role.REVIEWER)
def add(public_id: str) -> Response:
    """What a person saw at the accreditation body; a printed number alone proves nothing."""
    form = AccreditationForm.sent(status=_OPTIONS)
    form.validate()
    content = kept_files.sent(form, "document")
    if form.problems:
        return _new(public_id, form)
    try:
        with desk.acting() as staff:
            accreditations.add_accreditation(
                records.laboratory(public_id),
                body=form.body.data,
                number=form.number.data,
                scope=form.scope.data.splitlines(),
                valid_from=form.valid_from.day,
                valid_to=form.valid_to.day,
                status=AccreditationStatus(form.status.data),
                evidence=form.evidence.data,
                document=_kept(content),
                checked_at=clock.now(),
                checked_by=staff.public_id,
            )
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _new(public_id, form)
    return _done(public_id, "The accreditation is on record.")


@bp.get("/<public_id>/accreditations/<accreditation>")
@staff_only(Role.REVIEWER)
def edit(public_id: str, accreditation: str) -> Response:
    row = accreditations.accreditation(records.laboratory(public_id), accreditation)
    form = SeenForm.blank(
        {"status": _OPTIONS},
        scope="\n".join(row.scope),
        valid_from=row.valid_from.isoformat() if row.valid_from else "",
        valid_to=row.valid_to.isoformat() if row.valid_to else "",
        status=row.status,
        evidence=row.evidence,
    )
    return _edit(public_id, accreditation, form)


@bp.post("/<public_id>/accreditations/<accreditation>")
@staff_only(Role.REVIEWER)
def save(public_id: str, accreditation: str) -> Response:
    """What the body says now: that counts as seen today."""
    form = SeenForm.sent(status=_OPTIONS)
    form.validate()
    content = kept_files.sent(form, "document")
    if form.problems:
        return _edit(public_id, accreditation, form)
    try:
        with desk.acting() as staff:
            accreditations.change(
                accreditations.accreditation(records.laboratory(public_id), accreditation),
                scope=form.scope.data.splitlines(),
                valid_from=form.valid_from.day,
                valid_to=form.valid_to.day,
                status=AccreditationStatus(form.status.data),
                evidence=form.evidence.data,
                document=_kept(content),
                staff=staff.public_id,
                at=clock.now(),
            )
    except Refused as problem:
        form.blame(problem, _FIELDS)
        return _edit(public_id, accreditation, form)
    return _done(public_id, "The accreditation is saved, as seen today.")


@bp.post("/<public_id>/accreditations/<accreditation>/seen")
@staff_only(Role.REVIEWER)
def see_again(public_id: str, accreditation: str) -> Response:
    """The body lists it as before: what was decided about certificates goes on holding."""
    with desk.acting() as staff:
        row = accreditations.accreditation(records.laboratory(public_id), accreditation)
        accreditations.see_again(row, staff=staff.public_id, at=clock.now())
    return _done(public_id, "Seen again today.")


@bp.get("/<public_id>/accreditations/<accreditation>/document")
@staff_only()
def document(public_id: str, accreditation: str) -> Response:
    row = accreditations.accreditation(records.laboratory(public_id), accreditation)
    if not row.document:
        code = "laboratory.document_unknown"
        raise NotFound(code, "No document is kept of this accreditation.")
    return kept_files.attachment(row.document, "accreditation")


def _kept(content: bytes) -> str:
    return current_shop().blobs.put(content) if content else ""


def _done(public_id: str, said: str) -> Response:
    return desk.done(said, url_for("laboratories.show", public_id=public_id))


def _new(public_id: str, form: AccreditationForm) -> Response:
    return _page(public_id, form, None)


def _edit(public_id: str, accreditation: str, form: SeenForm) -> Response:
    return _page(public_id, form, accreditation)


def _page(public_id: str, form: SeenForm, accreditation: str | None) -> Response:
    laboratory = records.laboratory(public_id)
    found = accreditations.accreditation(laboratory, accreditation) if accreditation else None
    return desk.page(
        "staff/laboratories/accreditation.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=laboratory,
        row=found,
        most_megabytes=current_shop().config.max_upload_mb,
    )
