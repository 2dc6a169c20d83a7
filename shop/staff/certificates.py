"""Certificates: many files come in at once; each has a page where it is compared and decided."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from shop.accounts.service import Role
from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Subject
from shop.catalog.models import Lot
from shop.certificates import progress
from shop.certificates import service as certificates
from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing import clock
from shop.plumbing.errors import NotFound, Refused
from shop.staff import certificate_page, deciding, desk, file_rows, subjects, uploads, words
from shop.staff.deciding import DecisionForm
from shop.staff.forms import ChoiceField, Form, TextField, at_most
from shop.staff.uploads import MOST_FILES, Taken, UploadForm
from shop.web import access, security
from shop.web.access import staff_only
from shop.web.context import current_shop

bp = Blueprint("certificates", __name__, url_prefix="/staff/certificates")


_LOOK_AGAIN = "3"
_RECENT = 50
_CORRECTION_FIELDS = {
    "certificate.date_not_understood": "value",
    "certificate.gtin_not_understood": "value",
}


class CorrectionForm(Form):
    name = ChoiceField("Field", message="Choose the field that you correct.")
    value = TextField("Value", [at_most(300)])


class FilingForm(UploadForm):
    """The same question about the lot, for a document that is here already."""


@bp.get("")
@staff_only()
def upload() -> AnyResponse:
    """The form, what this person sent today, and what came in last.

    `known` names documents that were sent again, and `watch` has the page look again by itself
    where no script does. A lot code that several products have becomes a choice.
    """
    form = UploadForm.blank({"lot_id": ()}, lot=request.args.get("lot", "")[:40])
    form.chosen_lot()
    return _upload(form, (), known=request.args.get("known", ""))


@bp.post("")
@staff_only(Role.EDITOR)
def receive() -> AnyResponse:
    """Each file by itself: one that is refused does not stop the others."""
    form = UploadForm.sent(lot_id=())
    files = [file for file in request.files.getlist("files") if file.filename]
    lot = form.chosen_lot()
    if not files:
        form.add_error("files", "Choose at least one file.")
    if len(files) > MOST_FILES:
        form.add_error("files", f"Choose at most {MOST_FILES} files at a time.")
    if _wants_text():
        return _one_received(form, files, lot)
    if form.problems:
        return _upload(form, (), status=desk.REFUSED)
    taken = uploads.take_all(files, lot)
    refused = [each for each in taken if not each.public_id]
    for each in refused:
        text = f"{each.name}: {each.message}" if len(taken) > 1 else each.message
        form.add_error("files", text)
    if refused:
        return _upload(form, refused, status=desk.REFUSED)
    known = ".".join(each.public_id for each in taken if each.state == "known")
    there = url_for("certificates.upload", known=known or None, watch=1)
    return desk.done(uploads.said(taken), there)


@bp.get("/<public_id>")
@staff_only()
def review(public_id: str) -> AnyResponse:
    return _review(public_id)


@bp.post("/<public_id>/decision")
@staff_only(Role.REVIEWER)
def decide(public_id: str) -> AnyResponse:
    """Decision, verdict and status change together, so the product's page changes at once."""
    form = deciding.sent(words.DECISIONS)
    published = deciding.record(_subject(public_id), form, certificate_page.follow)
    if published is None:
        return _review(public_id, form)
    return desk.done(deciding.answer(published), _address(public_id))


@bp.post("/<public_id>/second")
@staff_only(Role.REVIEWER)
def second(public_id: str) -> AnyResponse:
    form = deciding.sent(words.DECISIONS)
    published = deciding.agree(_subject(public_id), form, certificate_page.follow)
    if published is None:
        return _review(public_id, form)
    return desk.done(deciding.answer(published), _address(public_id))


@bp.post("/<public_id>/fields")
@staff_only(Role.EDITOR)
def correct(public_id: str) -> AnyResponse:
    """What was read stays beside the correction, and the checks run again with it."""
    form = CorrectionForm.sent(name=certificate_page.field_options()[1:])
    if not form.validate():
        return _review(public_id, correction=form)
    try:
        with desk.acting() as staff:
            at = clock.now()
            certificates.correct_field(
                certificates.by_public_id(public_id),
                FieldName(form.name.data),
                form.value.data,
                staff=staff.public_id,
                at=at,
            )
            certificate_page.check_again(public_id, at)
    except Refused as problem:
        form.blame(problem, _CORRECTION_FIELDS)
        return _review(public_id, correction=form)
    return desk.done("Correction saved, and checked again.", _address(public_id))


@bp.post("/<public_id>/lot")
@staff_only(Role.EDITOR)
def file_under(public_id: str) -> AnyResponse:
    """Say which lot the document is about."""
    form = FilingForm.sent(lot_id=())
    lot = form.chosen_lot()
    if lot is None and not form.problems:
        form.add_error("lot", "Enter the lot code printed on the pack.")
    if lot is None:
        return _review(public_id, filing=form)
    lot_id = lot.id
    with desk.acting():
        certificates.file_under(certificates.by_public_id(public_id), lot_id)
        certificate_page.check_again(public_id, clock.now())
    return desk.done("Filed under the lot, and checked again.", _address(public_id))


@bp.post("/<public_id>/reading")
@staff_only(Role.EDITOR)
def read_again(public_id: str) -> AnyResponse:
    with desk.acting():
        certificates.read_again(certificates.by_public_id(public_id), at=clock.now())
    return desk.done("The file is read again.", _address(public_id))


@bp.get("/<public_id>/pages/<number>.webp")
@staff_only()
def page(public_id: str, number: str) -> AnyResponse:
    """A page's preview, as it is or as an earlier `revision` in the file shows it."""
    certificate = certificates.by_public_id(public_id)
    revision = request.args.get("revision", "0")
    pages = certificates.pages_of(certificate.id)
    if revision != "0":
        pages = certificates.earlier_pages_of(certificate.id)
    for found in pages:
        if (str(found.number), str(found.revision)) == (number, revision):
            return send_file(current_shop().blobs.path(found.blob), mimetype="image/webp")
    code = "certificate.no_page"
    raise NotFound(code, "This certificate has no such page.")


@bp.get("/<public_id>/original.pdf")
@staff_only()
def original(public_id: str) -> AnyResponse:
    """The file as it came, to be saved and never opened inside our pages."""
    certificate = certificates.by_public_id(public_id)
    response = send_file(
        current_shop().blobs.path(certificate.file_sha256),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=certificate.filename,
    )
    response.headers["Content-Security-Policy"] = security.SANDBOXED
    return response


def _subject(public_id: str) -> Subject:
    return subjects.of_certificate(certificates.by_public_id(public_id))


def _address(public_id: str) -> str:
    return url_for("certificates.review", public_id=public_id)


def _upload(
    form: UploadForm, refused: Sequence[Taken], *, known: str = "", status: int = 200
) -> AnyResponse:
    staff = access.required_staff()
    config = current_shop().config
    mine = uploads.today_by(staff.public_id)
    listed = {row.public_id for row in mine}
    again = [row for row in uploads.among(known) if row.public_id not in listed]
    rows = [*(file_rows.not_taken(each.name, each.message) for each in refused), *again, *mine]
    listed |= {row.public_id for row in again}
    older = [each for each in certificates.recent(_RECENT) if each.public_id not in listed]
    is_watching = "watch" in request.args and not all(row.is_settled for row in rows)
    response = desk.page(
        "staff/certificates/upload.html",
        desk="certificates",
        status=status,
        form=form,
        rows=rows,
        summary=file_rows.summary(rows),
        recent=file_rows.rows(older),
        line=file_rows.line_words(progress.line(), clock.now()),
        is_watching=is_watching,
        most_files=MOST_FILES,
        most_shown=uploads.MOST_SHOWN,
        most_megabytes=config.max_upload_mb,
        most_together=config.for_flask()["MAX_CONTENT_LENGTH"] // MEGABYTE,
    )
    if is_watching:
        response.headers["Refresh"] = _LOOK_AGAIN  # for browsers without scripts
    return response


def _one_received(form: UploadForm, files: Sequence[FileStorage], lot: Lot | None) -> AnyResponse:
    """To the script, which sends one file at a time, in one plain line.

    `Assay-Field` names the field at fault where it is not the file.
    """
    if form.problems:
        field, line = form.problems[0]
        headers = {"Assay-Field": field} if field != "files" else {}
        return _text(line, HTTPStatus.UNPROCESSABLE_ENTITY, headers)
    taken = uploads.take(files[0], lot)
    if not taken.public_id:
        return _text(taken.message, HTTPStatus.UNPROCESSABLE_ENTITY, {})
    status = HTTPStatus.CREATED if taken.state == "new" else HTTPStatus.OK
    return _text(taken.message, status, {"Content-Location": _address(taken.public_id)})


def _review(
    public_id: str,
    form: DecisionForm | None = None,
    correction: CorrectionForm | None = None,
    filing: FilingForm | None = None,
) -> AnyResponse:
    page = certificate_page.build(public_id, access.required_staff())
    form = form or deciding.blank(words.DECISIONS, page.review.evidence)
    correction = correction or CorrectionForm.blank({"name": certificate_page.field_options()})
    filing = filing or FilingForm.blank({"lot_id": ()})
    problems = [*filing.problems, *correction.problems, *form.problems]
    response = desk.page(
        "staff/certificates/review.html",
        desk="queue",
        status=desk.REFUSED if problems else 200,
        page=page,
        review=page.review,
        form=form,
        correction=correction,
        filing=filing,
        problems=problems,
    )
    if page.waiting_for:
        response.headers["Refresh"] = _LOOK_AGAIN  # with scripts or without
    return response


def _wants_text() -> bool:
    """The upload by script, one file at a time, asks for a plain line instead of a page."""
    return request.accept_mimetypes.best_match(["text/html", "text/plain"]) == "text/plain"


def _text(line: str, status: int, headers: dict[str, str]) -> Response:
    return Response(line, status, headers, content_type="text/plain; charset=utf-8")
