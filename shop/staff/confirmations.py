"""Does the laboratory know the report? A worker keeps its page, or its letter is kept here."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.certificates import confirming
from shop.certificates import service as certificates
from shop.certificates.confirming import State
from shop.plumbing import clock
from shop.plumbing.errors import NotFound, Refused
from shop.staff import certificate_page, confirmation_view, desk, kept_files
from shop.staff.forms import AreaField, DayField, Form, Needs, TextField, at_most
from shop.web.access import staff_only
from shop.web.context import current_shop

bp = Blueprint("confirmations", __name__, url_prefix="/staff/certificates")
_LOOK_AGAIN = "3"
_PAGE_FIELDS = {
    "confirmation.address": "url",
    "confirmation.host": "url",
    "confirmation.many": "url",
    "confirmation.no_laboratory": "url",
}
_LETTER_FIELDS = {
    "confirmation.who": "who",
    "confirmation.future": "dated",
    "confirmation.no_laboratory": "who",
}
_REASON_FIELDS = {"confirmation.reason": "reason"}


class PageForm(Form):
    url = TextField("The laboratory’s page", [Needs("Enter the page’s address."), at_most(2000)])


class LetterForm(Form):
    who = TextField("Who wrote", [Needs("Enter who wrote, and from which address."), at_most(2000)])
    dated = DayField("Date of the letter", [Needs("Enter the day on which they wrote.")])
    document = Field("The letter or e-mail")


class WithdrawForm(Form):
    reason = AreaField("Why it is withdrawn", [Needs("Enter why it is withdrawn."), at_most(2000)])


@bp.get("/<public_id>/laboratory")
@staff_only()
def show(public_id: str) -> Response:
    printed = confirming.look_ups(certificates.by_public_id(public_id))
    return _show(public_id, PageForm.blank(url="".join(printed[:1])), LetterForm.blank())


@bp.post("/<public_id>/laboratory/page")
@staff_only(Role.EDITOR)
def ask(public_id: str) -> Response:
    """Ring for a worker, who keeps the page. This process fetches nothing."""
    form = PageForm.sent()
    if not form.validate():
        return _show(public_id, form, LetterForm.blank())
    try:
        with desk.acting() as staff:
            certificate = certificates.by_public_id(public_id)
            confirming.ask_page(certificate, form.url.data, staff=staff.public_id, at=clock.now())
    except Refused as problem:
        form.blame(problem, _PAGE_FIELDS)
        return _show(public_id, form, LetterForm.blank())
    return _done(public_id, "A worker fetches the page now.")


@bp.post("/<public_id>/laboratory/letter")
@staff_only(Role.REVIEWER)
def keep_letter(public_id: str) -> Response:
    form = LetterForm.sent()
    form.validate()
    content = kept_files.sent(form, "document", missing="Choose the letter or the saved e-mail.")
    if form.problems or form.dated.day is None:
        return _show(public_id, PageForm.blank(), form)
    try:
        with desk.acting() as staff:
            at = clock.now()
            confirming.keep_letter(
                certificates.by_public_id(public_id),
                who=form.who.data,
                dated=form.dated.day,
                document=current_shop().blobs.put(content),
                staff=staff.public_id,
                at=at,
            )
            certificate_page.check_again(public_id, at)
    except Refused as problem:
        form.blame(problem, _LETTER_FIELDS)
        return _show(public_id, PageForm.blank(), form)
    return _done(public_id, "The letter is kept, and the certificate is checked again.")


@bp.post("/<public_id>/laboratory/<confirmation>/seen")
@staff_only(Role.REVIEWER)
def say_seen(public_id: str, confirmation: str) -> Response:
    """A person's word: the result stands on the page that was kept."""
    with desk.acting() as staff:
        at = clock.now()
        row = confirming.confirmation(certificates.by_public_id(public_id), confirmation)
        confirming.say_seen(row, staff=staff.public_id, at=at)
        certificate_page.check_again(public_id, at)
    return _done(public_id, "Confirmed, and the certificate is checked again.")


@bp.get("/<public_id>/laboratory/<confirmation>")
@staff_only()
def one(public_id: str, confirmation: str) -> Response:
    return _one(public_id, confirmation, WithdrawForm.blank())


@bp.post("/<public_id>/laboratory/<confirmation>/withdraw")
@staff_only(Role.REVIEWER)
def withdraw(public_id: str, confirmation: str) -> Response:
    form = WithdrawForm.sent()
    if not form.validate():
        return _one(public_id, confirmation, form)
    try:
        with desk.acting() as staff:
            at = clock.now()
            row = confirming.confirmation(certificates.by_public_id(public_id), confirmation)
            confirming.withdraw(row, reason=form.reason.data, staff=staff.public_id, at=at)
            certificate_page.check_again(public_id, at)
    except Refused as problem:
        form.blame(problem, _REASON_FIELDS)
        return _one(public_id, confirmation, form)
    return _done(public_id, "Withdrawn, and the certificate is checked again.")


@bp.get("/<public_id>/laboratory/<confirmation>/kept")
@staff_only()
def kept(public_id: str, confirmation: str) -> Response:
    """What was kept, to be saved and never opened inside our pages."""
    row = confirming.confirmation(certificates.by_public_id(public_id), confirmation)
    if not row.blob:
        code = "confirmation.nothing_kept"
        raise NotFound(code, "Nothing is kept of this.")
    return kept_files.attachment(row.blob, "laboratory")


def _done(public_id: str, said: str) -> Response:
    return desk.done(said, url_for("confirmations.show", public_id=public_id))


def _show(public_id: str, page_form: PageForm, letter: LetterForm) -> Response:
    certificate = certificates.by_public_id(public_id)
    problems = [*page_form.problems, *letter.problems]
    found = confirmation_view.view(certificate)
    response = desk.page(
        "staff/certificates/laboratory.html",
        desk="queue",
        status=desk.REFUSED if problems else 200,
        certificate=certificate,
        view=found,
        page_form=page_form,
        letter=letter,
        problems=problems,
        look_ups=confirming.look_ups(certificate),
        most_megabytes=current_shop().config.max_upload_mb,
    )
    if any(each.row.state == State.ASKED for each in found.rows) and not problems:
        response.headers["Refresh"] = _LOOK_AGAIN  # with scripts or without
    return response


def _one(public_id: str, confirmation: str, form: WithdrawForm) -> Response:
    certificate = certificates.by_public_id(public_id)
    row = confirming.confirmation(certificate, confirmation)
    return desk.page(
        "staff/certificates/laboratory_one.html",
        desk="queue",
        status=desk.REFUSED if form.problems else 200,
        certificate=certificate,
        entry=confirmation_view.row_of(row, accounts.names()),
        form=form,
    )
