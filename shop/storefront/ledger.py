"""The public ledger, for people: what is on record, and how to check it oneself."""

import json
from typing import Any

from flask import Blueprint, render_template, request, url_for

from shop.assay.log.proofs import ProofError, verified
from shop.assay.vocabulary import SubjectKind
from shop.ledger import service as ledger
from shop.plumbing.errors import NotFound
from shop.web.access import public

bp = Blueprint("ledger", __name__, url_prefix="/ledger")

_MOST_DIGITS = 18
_NO_ENTRY = "ledger.no_entry"


@bp.get("")
@public
def index() -> str:
    """The newest entries, and the checkpoint that covers them."""
    before = _number(request.args.get("before", ""))
    entries = ledger.entries(before=before)
    return render_template(
        "storefront/ledger/index.html",
        entries=[(entry, _told(entry.record)) for entry in entries],
        size=ledger.size(),
        checkpoint=ledger.latest_checkpoint(),
        is_first=before is None,
        earlier=entries[-1].index if entries and entries[-1].index > 0 else None,
    )


@bp.get("/<number>")
@public
def entry(number: str) -> str:
    """One entry, whether it is the record it says it is, and its place among the others."""
    position = _number(number)
    if position is None:
        raise NotFound(_NO_ENTRY)
    found = ledger.entry(position)
    told = _told(found.record)
    return render_template(
        "storefront/ledger/entry.html",
        entry=found,
        told=told,
        pretty=json.dumps(told, indent=2, ensure_ascii=False),
        is_proved=_is_proved(position),
        size=ledger.size(),
        checkpoint=ledger.latest_checkpoint(),
        about=_about(found.subject_kind, found.subject_public_id),
        command=f"python -m shop.assay.log.verify proof-{position}.json",
    )


def _is_proved(index: int) -> bool | None:
    """Whether record, entry, place and signature agree; None before the next checkpoint."""
    try:
        proof = ledger.proof(index)
    except NotFound:
        return None
    try:
        verified(proof, proof.log_key)
    except ProofError:
        return False
    return True


def _about(kind: str, public_id: str) -> dict[str, str] | None:
    if kind != SubjectKind.CERTIFICATE:
        return None
    return {"url": url_for("certificate.show", public_id=public_id), "text": "Read the certificate"}


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def _told(record: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(record)
    return told
