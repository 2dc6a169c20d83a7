"""The public record for programs: checkpoint, entries, proofs, records, keys.

What is read here never changes once it is written, but for the checkpoint and the proofs under it.
"""

import json

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from shop.assay.log import proofs
from shop.ledger import service as ledger
from shop.plumbing.errors import NotFound
from shop.web import caching
from shop.web.access import public

bp = Blueprint("ledger_api", __name__)

_MOST_DIGITS = 18


@bp.get("/ledger/checkpoint")
@public
def checkpoint() -> Response:
    """The latest signed checkpoint, a C2SP note."""
    latest = ledger.latest_checkpoint()
    if latest is None:
        code = "ledger.no_checkpoint_yet"
        raise NotFound(code, "The public ledger has no checkpoint yet.")
    return Response(latest.note, content_type="text/plain; charset=utf-8")


@bp.get("/ledger/entries/<index>.json")
@public
def entry(index: str) -> AnyResponse:
    """One entry: the record, and the leaf that stands for it."""
    found = ledger.entry(_number(index))
    said = {
        "index": found.index,
        "kind": found.kind,
        "record": json.loads(found.record),
        "record_sha256": found.verdict_sha256,
        "body": json.loads(found.body),
        "leaf_hash": found.leaf_hash.hex(),
    }
    return caching.for_good(_json(said))


@bp.get("/ledger/entries/<index>/proof.json")
@public
def proof(index: str) -> Response:
    """What `python -m shop.assay.log.verify` reads."""
    number = _number(index)
    response = _json(proofs.write(ledger.proof(number)))
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{number}.json"'
    return response


@bp.get("/verdicts/<sha256>.json")
@public
def record(sha256: str) -> AnyResponse:
    """A record by its digest, byte for byte as it was hashed and signed."""
    found = ledger.record_by_sha256(sha256)
    return caching.for_good(Response(found.record, content_type="application/json"))


@bp.get("/.well-known/assay-keys.json")
@public
def keys() -> Response:
    """The public keys that verify the record."""
    return _json(ledger.public_keys())


def _number(text: str) -> int:
    """An index as it stands in an address; what is no index names no entry."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else -1


def _json(said: object) -> Response:
    text = json.dumps(said, indent=1, ensure_ascii=False)
    return Response(text + "\n", content_type="application/json")
