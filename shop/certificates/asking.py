"""What does the laboratory's own page show? A worker keeps it; a person says what stands there."""

import html
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import select

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.hosts import opened
from shop.assay.certificates.keys import code_key
from shop.certificates import confirming, contents, service
from shop.certificates.confirming import CONFIRM_JOB, State
from shop.certificates.models import Certificate, Laboratory, LaboratoryConfirmation
from shop.certificates.reader import parent
from shop.certificates.reader.limits import DEFAULT, Limits
from shop.plumbing.blobs import BlobStore
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.jobs import Handler, Transaction
from shop.plumbing.outbound import Answer, Outbound, OutboundError
from shop.plumbing.outbound import Limits as FetchLimits

_FETCH = FetchLimits(max_bytes=1024 * 1024, seconds=20, redirects=5)
_OK = 200
_TAG = re.compile(r"<[^<>]*>")  # what is between tags is text here, a script's too
_CHARSET = re.compile(r"charset=[\"']?([\w-]{1,30})", re.IGNORECASE)
_PDF = b"%PDF-"
_SHORTEST = 3  # characters of a number that is looked for; shorter ones stand anywhere


def handlers(
    outbound: Outbound, blobs: BlobStore, *, limits: Limits = DEFAULT
) -> Mapping[str, Handler]:
    """The job that fetches what staff asked for. Safe to run twice: what was kept stays."""

    def run(public_id: str, transaction: Transaction) -> None:
        with transaction():
            asked = _asked(public_id)
        if asked is None:
            return
        url, digest = asked
        try:
            answer = outbound.fetch(url, limits=_FETCH, https_only=True)
        except OutboundError as problem:
            _fail(public_id, problem.code, transaction)
            return
        if answer.status != _OK or not answer.body or answer.is_encoded:
            is_packed = answer.status == _OK and answer.is_encoded
            _fail(public_id, "encoded" if is_packed else f"status_{answer.status}", transaction)
            return
        kept = blobs.put(answer.body)
        text = None if kept == digest else _text(answer, limits)
        with transaction():
            _keep(public_id, answer, kept, text)

    def gave_up(public_id: str, transaction: Transaction) -> None:
        _fail(public_id, "gave_up", transaction)

    return {CONFIRM_JOB: Handler(run, gave_up)}


def _asked(public_id: str) -> tuple[str, str] | None:
    """(address, digest of the document), while a page is wanted."""
    row = _row(public_id)
    if row is None or row.state != State.ASKED:
        return None
    certificate = db.session.get_one(Certificate, row.certificate_id)
    return row.where, certificate.file_sha256


def _fail(public_id: str, problem: str, transaction: Transaction) -> None:
    with transaction():
        row = _row(public_id)
        if row is not None and row.state == State.ASKED:
            row.state, row.problem, row.kept_at = State.FAILED, problem[:40], now()


def _keep(public_id: str, answer: Answer, kept: str, text: str | None) -> None:
    row = _row(public_id)
    if row is None or row.state != State.ASKED:
        return
    certificate = service.by_public_id(_document(row))
    row.kept_at = now()
    if not _is_own(certificate.laboratory, answer):
        row.state, row.problem = State.FAILED, "left_host"
        return
    row.state, row.blob, row.where = State.KEPT, kept, answer.url
    if kept == certificate.file_sha256:
        row.has_report_no = row.has_lot = True  # it is the very file
        return
    printed = {field.name: field.value for field in contents.fields_of(certificate.id)}
    row.has_report_no = _has(text, printed.get(FieldName.REPORT_NO, ""))
    row.has_lot = _has(text, printed.get(FieldName.LOT, ""))


def _is_own(laboratory: Laboratory | None, answer: Answer) -> bool:
    """Whether every address on the way is on the laboratory's record, as it stands now."""
    if laboratory is None:
        return False
    addresses = [opened(hop.url) for hop in answer.hops]
    return all(each is not None and confirming.is_at(laboratory, each) for each in addresses)


def _has(text: str | None, code: str) -> bool | None:
    """Whether a printed number stands in the text by itself, however it is set apart."""
    key = code_key(code)
    if not text or len(key) < _SHORTEST:
        return None
    plain = unicodedata.normalize("NFKC", text).upper()
    apart = r"[\W_]{0,3}".join(map(re.escape, key))
    return re.search(rf"(?<![^\W_]){apart}(?![^\W_])", plain) is not None


def _text(answer: Answer, limits: Limits) -> str | None:
    """What a reader of the page reads; of a PDF, by the reader's own process."""
    if answer.body.startswith(_PDF):
        reading = parent.read(answer.body, limits=limits)
        return " ".join(page.text for page in reading.previews) or None
    declared = _CHARSET.search(answer.headers.get("content-type", ""))
    text = ""
    for encoding in (declared[1] if declared else "utf-8", "latin-1"):
        with suppress(LookupError, UnicodeDecodeError):
            text = answer.body.decode(encoding)
            break
    return html.unescape(_TAG.sub(" ", text)) or None


def _document(row: LaboratoryConfirmation) -> str:
    return db.session.get_one(Certificate, row.certificate_id).public_id


def _row(public_id: str) -> LaboratoryConfirmation | None:
    rows = select(LaboratoryConfirmation).where(LaboratoryConfirmation.public_id == public_id)
    return db.session.scalar(rows.with_for_update(), execution_options={"populate_existing": True})
