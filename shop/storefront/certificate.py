"""A certificate beside what we found: its pages as pictures, and the file itself to save."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from shop.assay.certificates.evidence import DOES_NOT_PROVE, NEVER_PROVES, WORDS, Level
from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Subject, SubjectKind
from shop.certificates import contents
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, CertificatePage
from shop.plumbing.errors import NotFound
from shop.storefront import past
from shop.storefront.changed import changed_pages
from shop.storefront.measured import measured
from shop.storefront.reports import (
    PAGE_WIDTH,
    Report,
    boxes,
    facts_of,
    page_height,
    report,
)
from shop.verdicts import service as verdicts
from shop.web import words
from shop.web.access import public
from shop.web.caching import for_good
from shop.web.context import current_shop
from shop.web.security import SANDBOXED

bp = Blueprint("certificate", __name__, url_prefix="/certificates")

_NO_PAGE = "certificate.no_page"
_MOST_DIGITS = 2


@bp.get("/<public_id>")
@public
def show(public_id: str) -> str:
    """Each page with the values that we read in numbered boxes, and our findings beside it."""
    told = _report(public_id)
    certificate = told.certificate
    fields = certificates.fields_of(certificate.id)
    numbered = list(enumerate(fields, start=1))
    results = certificates.results_of(certificate.id)
    pages = certificates.pages_of(certificate.id) if told.is_open else []
    wanted = _page_number(request.args.get("page", "1"))
    page = next((each for each in pages if each.number == wanted), pages[0] if pages else None)
    level = Level(certificate.evidence_level)
    return render_template(
        "storefront/certificate/show.html",
        report=told,
        certificate=certificate,
        name=_name(certificate, {row.name: row.raw for row in fields}),
        product=certificate.variant.product if certificate.variant else None,
        fields=[(number, row, words.FIELDS.get(row.name, row.name)) for number, row in numbered],
        facts=facts_of(certificate, fields, results),
        measured=measured(certificate, fields, results),
        changed=changed_pages(certificate, pages) if told.is_open else [],
        steps=past.steps(
            certificate,
            verdicts.history(Subject(SubjectKind.CERTIFICATE, public_id)),
            contents.superseding(certificate),
            contents.superseded(certificate),
        ),
        page=page,
        pages=pages,
        boxes=boxes(numbered, page) if page else [],
        page_width=PAGE_WIDTH,
        page_height=page_height(page) if page else 0,
        level_words=WORDS[level],
        does_not_prove=DOES_NOT_PROVE[level],
        never_proves=NEVER_PROVES,
    )


@bp.get("/<public_id>/pages/<number>.webp")
@public
def page(public_id: str, number: str) -> Response:
    """One page as a picture. Nothing of the file itself reaches a browser this way.

    `revision` asks for the page as an earlier revision in the same file shows it.
    """
    told = _report(public_id)
    revision = _page_number(request.args.get("revision", "0"))
    pages = _pages(told, revision) if told.is_open else []
    found = next((each for each in pages if each.number == _page_number(number)), None)
    if found is None:
        raise NotFound(_NO_PAGE)
    path = current_shop().blobs.path(found.blob)
    return for_good(send_file(path, mimetype="image/webp", etag=found.blob))


@bp.get("/<public_id>/original.pdf")
@public
def original(public_id: str) -> Response:
    """The file as it was received, to save and not to open here."""
    told = _report(public_id)
    if not told.is_open:
        raise NotFound(_NO_PAGE)
    certificate = told.certificate
    response = send_file(
        current_shop().blobs.path(certificate.file_sha256),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"certificate-{certificate.public_id}.pdf",
        etag=certificate.file_sha256,
    )
    response.headers["Content-Security-Policy"] = SANDBOXED
    return response


def _pages(told: Report, revision: int) -> Sequence[CertificatePage]:
    if not revision:
        return certificates.pages_of(told.certificate.id)
    earlier = certificates.earlier_pages_of(told.certificate.id)
    return [page for page in earlier if page.revision == revision]


def _report(public_id: str) -> Report:
    certificate = certificates.by_public_id(public_id)
    published = verdicts.current(Subject(SubjectKind.CERTIFICATE, public_id))
    return report(certificate, published)


def _name(certificate: Certificate, raw: dict[str, str]) -> str:
    return raw.get(FieldName.REPORT_NO) or certificate.public_id


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0
