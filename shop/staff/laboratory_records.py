"""A laboratory's record as a whole: its names and addresses, off record and back, two into one."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from shop.accounts.service import Role
from shop.certificates import laboratories as records
from shop.certificates import laboratory_changes, laboratory_retiring
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk
from shop.staff.forms import AreaField, ChoiceField, Form, Needs, at_most
from shop.staff.laboratories import FIELDS, LaboratoryForm
from shop.web.access import staff_only

bp = Blueprint("laboratory_records", __name__, url_prefix="/staff/laboratories")
_LONGEST_NUMBER = 9
_NOBODY = "-"


class EditForm(LaboratoryForm):
    revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision that was on the page; none fits what is no number."""
        text = str(self.revision.data or "")
        is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
        return int(text) if is_number else -1


class RetireForm(Form):
    reason = AreaField(
        "Why it is taken off record",
        [Needs("Enter why it is taken off record."), at_most(2000)],
    )


class MergeForm(Form):
    into = ChoiceField("It is the same as", message="Choose the laboratory that it is.")


@bp.get("/<public_id>/edit")
@staff_only(Role.EDITOR)
def edit(public_id: str) -> Response:
    found = records.laboratory(public_id)
    form = EditForm.blank(
        name=found.legal_name,
        aliases="\n".join(found.aliases),
        domains="\n".join(found.domains),
        revision=str(found.revision),
    )
    return _edit(public_id, form)


@bp.post("/<public_id>/edit")
@staff_only(Role.EDITOR)
def save(public_id: str) -> Response:
    """Documents go where their printed names lead now, and are checked again."""
    form = EditForm.sent()
    if not form.validate():
        return _edit(public_id, form)
    try:
        with desk.acting() as staff:
            records.change(
                records.laboratory(public_id),
                legal_name=form.name.data,
                aliases=form.names,
                domains=form.hosts,
                revision=form.seen,
                staff=staff.public_id,
                at=clock.now(),
            )
    except (Refused, Conflict) as problem:
        form.blame(problem, FIELDS)
        return _edit(public_id, form)
    return _done(public_id, "The record is saved. Its certificates are checked again.")


@bp.get("/<public_id>/remove")
@staff_only(Role.REVIEWER)
def ask(public_id: str) -> Response:
    """What becomes of its documents, before anything does."""
    return _ask(public_id, RetireForm.blank(), MergeForm.blank({"into": _others(public_id)}))


@bp.post("/<public_id>/remove")
@staff_only(Role.REVIEWER)
def retire(public_id: str) -> Response:
    form = RetireForm.sent()
    merging = MergeForm.blank({"into": _others(public_id)})
    if not form.validate():
        return _ask(public_id, form, merging)
    try:
        with desk.acting() as staff:
            count = laboratory_retiring.retire(
                records.laboratory(public_id),
                reason=form.reason.data,
                staff=staff.public_id,
                at=clock.now(),
            )
    except (Refused, Conflict) as problem:
        form.blame(problem, {"laboratory.retired": "reason", "laboratory.reason_missing": "reason"})
        return _ask(public_id, form, merging)
    documents = f"{count} {'certificate' if count == 1 else 'certificates'}"
    return _done(public_id, f"It is off record. {documents} of it are checked again.")


@bp.post("/<public_id>/merge")
@staff_only(Role.REVIEWER)
def merge(public_id: str) -> Response:
    """Two records of one laboratory become one; the other one keeps its history."""
    form = MergeForm.sent(into=_others(public_id))
    if not form.validate() or form.into.data == _NOBODY:
        if not form.problems:
            form.add_error("into", "Choose the laboratory that it is.")
        return _ask(public_id, RetireForm.blank(), form)
    try:
        with desk.acting() as staff:
            laboratory_retiring.merge(
                records.laboratory(public_id),
                records.laboratory(form.into.data),
                staff=staff.public_id,
                at=clock.now(),
            )
    except Conflict as problem:
        form.blame(problem, {"laboratory.retired": "into", "laboratory.merge_impossible": "into"})
        return _ask(public_id, RetireForm.blank(), form)
    return _done(form.into.data, "The two records are one now. Certificates are checked again.")


@bp.post("/<public_id>/restore")
@staff_only(Role.REVIEWER)
def restore(public_id: str) -> Response:
    with desk.acting() as staff:
        laboratory_retiring.restore(
            records.laboratory(public_id), staff=staff.public_id, at=clock.now()
        )
    return _done(public_id, "It is back on record. Its certificates are checked again.")


def _done(public_id: str, said: str) -> Response:
    return desk.done(said, url_for("laboratories.show", public_id=public_id))


def _others(public_id: str) -> list[tuple[str, str]]:
    known = records.laboratories()
    return [
        (_NOBODY, "Choose a laboratory"),
        *((each.public_id, each.legal_name) for each in known if each.public_id != public_id),
    ]


def _edit(public_id: str, form: EditForm) -> Response:
    return desk.page(
        "staff/laboratories/edit.html",
        desk="laboratories",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        laboratory=records.laboratory(public_id),
    )


def _ask(public_id: str, form: RetireForm, merging: MergeForm) -> Response:
    laboratory = records.laboratory(public_id)
    problems = [*form.problems, *merging.problems]
    return desk.page(
        "staff/laboratories/remove.html",
        desk="laboratories",
        status=desk.REFUSED if problems else 200,
        form=form,
        merging=merging,
        problems=problems,
        laboratory=laboratory,
        documents=laboratory_changes.count_documents(laboratory.id),
    )
