"""What the upload page asks while it works: where its files stand, and which are here already."""

import re
from dataclasses import asdict

from flask import Blueprint, jsonify, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.service import Role
from shop.certificates import progress
from shop.certificates import service as certificates
from shop.plumbing import clock
from shop.plumbing.errors import NotFound
from shop.staff import file_rows, uploads
from shop.staff.file_rows import FileRow
from shop.web.access import staff_only

bp = Blueprint("uploading", __name__, url_prefix="/staff/certificates")

_DIGEST = re.compile("[0-9a-f]{64}")


@bp.get("/states")
@staff_only()
def states() -> Response:
    """The line before the readers, and where the documents `ids` ("abc.def") stand.

    The page asks every few seconds, with the last answer's ETag.
    """
    found = uploads.among(request.args.get("ids", ""))
    line = file_rows.line_words(progress.line(), clock.now())
    response = jsonify(line=line, files=[_plain(row) for row in found])
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/by-digest/<digest>")
@staff_only(Role.EDITOR)
def by_digest(digest: str) -> Response:
    """Whether these bytes are here already, so that nobody has to send them again.

    `is_filed` says whether it is filed under a lot; else sending it again with a lot files it.
    """
    if not _DIGEST.fullmatch(digest):
        code = "certificate.no_digest"
        raise NotFound(code, "This is not the SHA-256 of a file.")
    known = certificates.by_digest(digest)
    if known is None:
        return jsonify(file=None)
    return jsonify(file={"id": known.public_id, "is_filed": known.lot_id is not None})


def _plain(row: FileRow) -> dict[str, object]:
    return {
        "id": row.public_id,
        "address": url_for("certificates.review", public_id=row.public_id),
        "mark": row.mark.value,
        "state": {**asdict(row.state), "mark": row.state.mark.value},
        "meta": row.meta,
        "kind": row.kind,
    }
