"""What exactly goes on the public record, byte for byte?

A *record* is canonical JSON (RFC 8785) that says what was decided, in codes and values: no prose,
no person. The log's leaf is not the record but a Rekor `hashedrekord` 0.0.1 body about it: the
record's SHA-256, a P-256 signature of it, and the key to check that with.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from shop.assay.policy import Mark
from shop.assay.vocabulary import Decision, Finding, Subject, Verdict

# c2sp.org/tlog-tiles writes an entry's length in two bytes.
LONGEST_BODY = 65_535
_SIGNED_WITH = ec.ECDSA(hashes.SHA256())


class EntryKind(StrEnum):
    """What an entry tells. Nothing is ever taken back: what is revoked gets an entry of its own."""

    PUBLISHED = "published"  # the first verdict about a subject
    SUPERSEDED = "superseded"  # a verdict in place of an earlier one, which it names
    WITHDRAWN = "withdrawn"  # the verdict that it names no longer stands, and none does
    DECIDED = "decided"  # a person settled findings, or a second person agreed


class EntryError(ValueError):
    """A record or a log entry that cannot be read, or that does not hold."""


@dataclass(frozen=True, slots=True)
class Body:
    """A log entry taken apart."""

    sha256: str
    signature: bytes
    public_key: bytes  # PEM


def canonical(record: Mapping[str, Any]) -> bytes:
    """The one way to write a record down (RFC 8785). Raises EntryError for what JSON cannot say."""
    try:
        return bytes(rfc8785.dumps(record))
    except (ValueError, TypeError, RecursionError) as problem:
        message = f"this cannot be put on record: {problem}"
        raise EntryError(message) from problem


def verdict_record(
    verdict: Verdict, *, public_id: str, mark: Mark, supersedes: str | None, reason: str = ""
) -> dict[str, Any]:
    """What the record says of a verdict. `supersedes` is the SHA-256 of the record before.

    Of the `reason` for a withdrawal only the digest goes on record: it is a person's prose.
    """
    return {
        "verdict": public_id,
        "subject": _subject(verdict.subject),
        "outcome": verdict.outcome.value,
        "mark": mark.value,
        "findings": [_finding(finding) for finding in verdict.findings],
        "decision": None if verdict.decision is None else _decision(verdict.decision),
        "evidence_sha256": verdict.evidence_sha256,
        "rule_set": verdict.rule_set,
        "judged_at": timestamp(verdict.judged_at),
        "valid_until": timestamp(verdict.valid_until),
        "supersedes": supersedes,
        "reason_sha256": sha256_of(reason) if reason else None,
    }


def decision_record(
    subject: Subject, decision: Decision, *, public_id: str, evidence_sha256: str
) -> dict[str, Any]:
    """What the record says of a person's decision: how many decided, never who."""
    return {
        "decision": {"id": public_id, **_decision(decision)},
        "subject": _subject(subject),
        "evidence_sha256": evidence_sha256,
    }


def timestamp(moment: datetime) -> str:
    """A moment as records write it: UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_body(record: bytes, *, signer: Callable[[bytes], bytes], public_key: bytes) -> bytes:
    """The log entry about a record. `signer` makes an ECDSA P-256 signature in DER."""
    body = canonical(
        {
            "apiVersion": "0.0.1",
            "kind": "hashedrekord",
            "spec": {
                "data": {
                    "hash": {"algorithm": "sha256", "value": hashlib.sha256(record).hexdigest()}
                },
                "signature": {
                    "content": base64.b64encode(signer(record)).decode(),
                    "publicKey": {"content": base64.b64encode(public_key).decode()},
                },
            },
        }
    )
    if len(body) > LONGEST_BODY:
        message = f"a log entry has at most {LONGEST_BODY} bytes"
        raise EntryError(message)
    return body


def read_body(body: bytes) -> Body:
    """Take a log entry apart. Raises EntryError for anything but what `make_body` writes."""
    try:
        parsed = json.loads(body)
        spec = parsed["spec"]
        found = Body(
            sha256=spec["data"]["hash"]["value"],
            signature=base64.b64decode(spec["signature"]["content"], validate=True),
            public_key=base64.b64decode(spec["signature"]["publicKey"]["content"], validate=True),
        )
        kind = parsed["kind"], parsed["apiVersion"], spec["data"]["hash"]["algorithm"]
        is_canonical = canonical(parsed) == body
    except (KeyError, TypeError, ValueError, RecursionError, binascii.Error) as problem:
        message = "this is not a log entry"
        raise EntryError(message) from problem
    if kind != ("hashedrekord", "0.0.1", "sha256") or not is_canonical:
        message = "this is not a hashedrekord 0.0.1 entry in canonical JSON"
        raise EntryError(message)
    return found


def check_body(body: Body, record: bytes) -> None:
    """Raise EntryError unless the entry is about this record and its signature holds."""
    if hashlib.sha256(record).hexdigest() != body.sha256:
        message = "the entry in the log is about another record"
        raise EntryError(message)
    try:
        _public_key(body.public_key).verify(body.signature, record, _SIGNED_WITH)
    except InvalidSignature as problem:
        message = "the signature of the record does not hold"
        raise EntryError(message) from problem


@lru_cache(maxsize=8)  # an audit reads one key a million times
def _public_key(pem: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_pem_public_key(pem)
    except (UnsupportedAlgorithm, ValueError) as problem:
        message = "the entry's key cannot be read"
        raise EntryError(message) from problem
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != ec.SECP256R1.name:
        message = "the entry's key is not of the kind that signs records"
        raise EntryError(message)
    return key


def _subject(subject: Subject) -> dict[str, str]:
    return {"kind": subject.kind.value, "id": subject.public_id}


def _finding(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": finding.rule.code,
        "variant": finding.variant,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "values": dict(finding.details),
        "by": "person" if finding.asserter else "machine",
    }
    if finding.place is not None:
        box: Sequence[int] = finding.place.box or ()
        found["place"] = {"page": finding.place.page, "box": list(box)}
    return found


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome.value,
        "at": timestamp(decision.at),
        "settles": sorted(decision.settles),
        "persons": 2 if decision.seconded_by else 1,
        "reason_sha256": sha256_of(decision.reason),
    }
