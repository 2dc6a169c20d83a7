"""One file with everything that shows one entry to be in the log.

`{"format", "index", "record", "body", "inclusion", "checkpoint", "log_key"}`: the record as JSON,
the log entry in base64, the inclusion proof as hex from the leaf upwards, the signed checkpoint
with its line breaks, and the log's public key.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shop.assay.log import entries, merkle
from shop.assay.log.entries import EntryError
from shop.assay.log.notes import Checkpoint, LogKey, NoteError, opened

FORMAT = "assay-proof-v1"
# Whatever reading somebody else's JSON can raise.
_UNREADABLE = (KeyError, TypeError, AttributeError, ValueError, RecursionError)


class ProofError(ValueError):
    """A proof file that cannot be read, or that does not hold. Its text says what differs."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof file says. Nothing of it is believed before `verified`."""

    index: int
    record: Mapping[str, Any]
    body: bytes
    inclusion: Sequence[bytes]
    checkpoint: str
    log_key: LogKey


def write(proof: Proof) -> dict[str, Any]:
    """The proof as JSON."""
    return {
        "format": FORMAT,
        "index": proof.index,
        "record": dict(proof.record),
        "body": base64.b64encode(proof.body).decode(),
        "inclusion": [piece.hex() for piece in proof.inclusion],
        "checkpoint": proof.checkpoint,
        "log_key": proof.log_key.text,
    }


def read(text: str) -> Proof:
    """Read a proof file. Raises ProofError."""
    try:
        parsed = json.loads(text, object_pairs_hook=_once)
        found_format = parsed["format"]
        proof = Proof(
            index=parsed["index"],
            record=parsed["record"],
            body=base64.b64decode(parsed["body"], validate=True),
            inclusion=[bytes.fromhex(piece) for piece in parsed["inclusion"]],
            checkpoint=parsed["checkpoint"],
            log_key=LogKey.parse(parsed["log_key"]),
        )
    except _UNREADABLE as problem:
        message = "this file is not a proof: it lacks a part, or a part cannot be read"
        raise ProofError(message) from problem
    if found_format != FORMAT:
        message = f"this file is not in the format {FORMAT}"
        raise ProofError(message)
    is_typed = (
        type(proof.index) is int
        and isinstance(proof.record, dict)
        and isinstance(proof.checkpoint, str)
    )
    if not is_typed:
        message = "this file is not a proof: a part is of the wrong kind"
        raise ProofError(message)
    return proof


def verified(proof: Proof, log_key: LogKey) -> Checkpoint:
    """The checkpoint under which the record stands. Raises ProofError when anything differs."""
    try:
        checkpoint = Checkpoint.parse(opened(proof.checkpoint, log_key))
        entries.check_body(entries.read_body(proof.body), entries.canonical(proof.record))
    except (NoteError, EntryError) as problem:
        message = str(problem)
        raise ProofError(message) from problem
    if checkpoint.origin != log_key.name:
        message = f"the checkpoint is of {checkpoint.origin}, the key of {log_key.name}"
        raise ProofError(message)
    leaf = merkle.leaf_hash(proof.body)
    if not merkle.is_included(leaf, proof.index, checkpoint.size, proof.inclusion, checkpoint.root):
        message = f"this is not entry {proof.index} of the log that the checkpoint describes"
        raise ProofError(message)
    return checkpoint


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which every name stands once, so that all readers read the same."""
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "a name stands twice"
        raise ValueError(message)
    return found
