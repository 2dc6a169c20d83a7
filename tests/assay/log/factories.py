"""A log in memory, made of nothing but the assay."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shop.assay.log import entries, merkle
from shop.assay.log.notes import Checkpoint, LogKey, sign
from shop.assay.log.proofs import Proof
from shop.assay.policy import Mark
from shop.assay.vocabulary import (
    Decision,
    Outcome,
    Place,
    Rule,
    Severity,
    Subject,
    SubjectKind,
    Verdict,
)

AT = datetime(2026, 10, 12, 15, 20, 7, 120, tzinfo=UTC)
NOT_LISTED = Rule(
    "seller.not_listed",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {"default": "{h} is not on {brand}'s list of sellers dated {date}."},
)
VERDICT_KEY = ec.derive_private_key(12345, ec.SECP256R1())
LOG_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG_KEY = LogKey("shop.example/ledger", LOG_SECRET.public_key().public_bytes_raw())


def sign_record(record):
    return VERDICT_KEY.sign(record, ec.ECDSA(hashes.SHA256()))


def public_pem(key=VERDICT_KEY):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def make_verdict(**changes):
    found = NOT_LISTED.found(h="b\u00e4r.example", brand="Tolva", date=AT.date(), place=Place(1))
    given = {
        "subject": Subject(SubjectKind.OFFER, "offer1"),
        "outcome": Outcome.INDETERMINATE,
        "findings": (found,),
        "rule_set": "2026.11",
        "evidence_sha256": "ab" * 32,
        "judged_at": AT,
        "valid_until": AT,
        "decision": Decision(
            Outcome.PASSED, "staff1", AT, frozenset({"seller.not_listed"}), "I called Jo.", "staff2"
        ),
    }
    return Verdict(**{**given, **changes})


def make_record(public_id="verdict1"):
    return entries.verdict_record(
        make_verdict(), public_id=public_id, mark=Mark.REVIEW, supersedes=None
    )


def make_body(record):
    return entries.make_body(entries.canonical(record), signer=sign_record, public_key=public_pem())


def make_proof(index=2, size=5):
    """The proof of one entry of a small log."""
    records = [make_record(f"verdict{number}") for number in range(size)]
    bodies = [make_body(record) for record in records]
    leaves = [merkle.leaf_hash(body) for body in bodies]

    def node(level, position):
        if level == 0:
            return leaves[position]
        return merkle.node_hash(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))

    checkpoint = Checkpoint(LOG_KEY.name, size, merkle.root(size, node))
    return Proof(
        index=index,
        record=records[index],
        body=bodies[index],
        inclusion=merkle.inclusion_proof(index, size, node),
        checkpoint=sign(checkpoint.text, LOG_KEY, LOG_SECRET.sign),
        log_key=LOG_KEY,
    )
