"""What stands behind a lot at this moment, and may the lot be sold with it?

A lot that nobody has tested may be sold, and the page says so. One whose certificate failed,
expired or was withdrawn may not. Of several certificates one that passed speaks for the lot; else
one that stands in its way; else the newest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.assay.certificates.facts import FieldName
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict

# What an order keeps of a certificate besides its own columns, under these names.
_KEPT: Mapping[str, str] = {
    FieldName.REPORT_NO: "report_no",
    FieldName.LOT: "lot",
    FieldName.DATE_TESTED: "tested_on",
    FieldName.DATE_ISSUED: "issued_on",
    FieldName.DATE_EXPIRES: "expires_on",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A lot's certificate and its verdict as they stand, as plain values; either may be missing.

    `problem` says why the lot cannot be sold, in a full sentence; it is empty when it can.
    """

    certificate: Mapping[str, Any] | None = None
    verdict: Mapping[str, Any] | None = None
    problem: str = ""


def of_lots(lot_ids: Iterable[int], *, at: datetime) -> dict[int, Proof]:
    """The proof of every lot named, in two queries."""
    by_lot = certificates.for_lots(lot_ids)
    on_file = [certificate for of_lot in by_lot.values() for certificate in of_lot]
    return among(on_file, verdicts.current_for(map(_subject, on_file)), by_lot, at=at)


def among(
    on_file: Iterable[Certificate],
    published: Mapping[Subject, PublishedVerdict],
    lot_ids: Iterable[int],
    *,
    at: datetime,
) -> dict[int, Proof]:
    """The same from certificates (the newest first) and verdicts that the caller has at hand."""
    found = dict.fromkeys(lot_ids, Proof())
    best: dict[int, int] = {}
    for certificate in on_file:  # the newest first, so of equals the first one stays
        lot_id = certificate.lot_id
        if lot_id not in found or certificate.status == Status.SUPERSEDED:
            continue
        verdict = published.get(_subject(certificate))
        problem = _problem(certificate, verdict, at)
        weight = _weight(verdict, problem)
        if weight > best.get(lot_id, -1):
            best[lot_id] = weight
            found[lot_id] = Proof(_certificate(certificate), _verdict(verdict), problem)
    return found


def papers(proof: Proof) -> Mapping[str, Any] | None:
    """The certificate with what is printed on it (`_KEPT`), for an order to keep.

    Dates are in ISO form; what was not read is "".
    """
    if proof.certificate is None:
        return None
    certificate = certificates.by_public_id(proof.certificate["public_id"])
    printed = {row.name: row.value for row in certificates.fields_of(certificate.id)}
    return {**proof.certificate, **{key: printed.get(name, "") for name, key in _KEPT.items()}}


def _subject(certificate: Certificate) -> Subject:
    return Subject(SubjectKind.CERTIFICATE, certificate.public_id)


def _weight(verdict: PublishedVerdict | None, problem: str) -> int:
    if problem:
        return 1
    return 2 if verdict is not None and verdict.verdict.outcome is Outcome.PASSED else 0


def _problem(certificate: Certificate, published: PublishedVerdict | None, at: datetime) -> str:
    if certificate.status == Status.REVOKED or (published is not None and published.is_withdrawn):
        return "its certificate was withdrawn."
    if certificate.status == Status.REJECTED:
        return "its certificate was rejected."
    if published is None:
        return ""
    verdict = published.verdict
    if verdict.outcome is Outcome.FAILED:
        return "its certificate does not pass our checks."
    if verdict.outcome is Outcome.PASSED and verdict.valid_until <= at:
        return "our check of its certificate has expired and is being made again."
    return ""


def _certificate(certificate: Certificate) -> Mapping[str, Any]:
    laboratory = certificate.laboratory
    return {
        "public_id": certificate.public_id,
        "sha256": certificate.file_sha256,
        "laboratory": laboratory.legal_name if laboratory is not None else "",
        "status": certificate.status,
    }


def _verdict(published: PublishedVerdict | None) -> Mapping[str, Any] | None:
    if published is None:
        return None
    verdict = published.verdict
    return {
        "public_id": published.public_id,
        "outcome": verdict.outcome.value,
        "mark": published.mark.value,
        "entry_index": published.entry_index,
        "sha256": published.sha256,
        "judged_at": verdict.judged_at.isoformat(),
        "valid_until": verdict.valid_until.isoformat(),
    }
