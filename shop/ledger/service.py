"""How does something get on the public record, and how is that proved?

An append is the last thing a transaction does: it takes the one lock of the log and holds it until
the commit, because ids given out earlier would not stand in the order of commits.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select, tuple_

from shop.assay.log import entries as records
from shop.assay.log import merkle, notes
from shop.assay.log.entries import EntryKind
from shop.assay.log.notes import LogKey, NoteError
from shop.assay.log.proofs import Proof
from shop.ledger.keys import Keys
from shop.ledger.models import Checkpoint, Entry, Node
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import NotFound, Unavailable

CHECKPOINT_JOB = "ledger.checkpoint"
PAGE = 50
_LOCK = int.from_bytes(b"ledger")  # PostgreSQL's advisory lock
_LARGEST = 2**63 - 1
_DIGEST_LENGTH = 64
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Signing:
    """What the log signs with, and the name that it goes by."""

    keys: Keys
    origin: str

    @property
    def log_key(self) -> LogKey:
        return self.keys.log_key(self.origin)


_signing: WeakKeyDictionary[Engine, Signing] = WeakKeyDictionary()


def configure(keys: Keys, origin: str) -> None:
    """Say once per database what signs its record. Raises NoteError for an unusable origin."""
    keys.log_key(origin)
    _signing[db.engine] = Signing(keys, origin)


def signing() -> Signing:
    """What `configure` was told for this database."""
    return _signing[db.engine]


def lock() -> None:
    """Let nobody else append until this transaction ends. Taking it twice is taking it once."""
    if db.engine.dialect.name == "postgresql":  # on SQLite, BEGIN IMMEDIATE is that lock already
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def append(kind: EntryKind, record: Mapping[str, Any]) -> Entry:
    """Put a record on the log, as the last step of the caller's transaction.

    `record` names its `subject`; its kind and the moment are added here.
    """
    lock()
    recorded_at = now()
    whole = {**record, "kind": kind.value, "recorded_at": records.timestamp(recorded_at)}
    text = records.canonical(whole)
    keys = signing().keys
    body = records.make_body(text, signer=keys.sign_record, public_key=keys.verdict_public)
    entry = Entry(
        index=size(),
        kind=kind.value,
        subject_kind=record["subject"]["kind"],
        subject_public_id=record["subject"]["id"],
        verdict_sha256=records.sha256_of(text.decode()),
        record=text.decode(),
        body=body.decode(),
        leaf_hash=merkle.leaf_hash(body),
        recorded_at=recorded_at,
    )
    db.session.add(entry)
    for level, position, value in _prefetched(
        lambda node: list(merkle.completed(entry.index, entry.leaf_hash, node))
    ):
        db.session.add(Node(level=level, position=position, hash=value))
    db.session.flush()
    jobs.enqueue(CHECKPOINT_JOB, "latest")
    return entry


def size() -> int:
    """How many entries there are."""
    last = db.session.scalar(select(func.max(Entry.index)))
    return 0 if last is None else last + 1


def entry(index: int) -> Entry:
    """The entry with this index, from 0. Raises NotFound."""
    found = db.session.get(Entry, index) if 0 <= index <= _LARGEST else None
    if found is None:
        code = "ledger.no_entry"
        raise NotFound(code, "The public ledger has no entry with this number.", index=str(index))
    return found


def entries(*, before: int | None = None, limit: int = PAGE) -> Sequence[Entry]:
    """Entries, the newest first; `before` is the index where the page before ended."""
    wanted = select(Entry).order_by(Entry.index.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Entry.index < min(max(before, 0), _LARGEST))
    return db.session.scalars(wanted).all()


def record_by_sha256(sha256: str) -> Entry:
    """The entry about the record with this digest. Raises NotFound."""
    is_digest = len(sha256) == _DIGEST_LENGTH and set(sha256) <= set("0123456789abcdef")
    rows = select(Entry).where(Entry.verdict_sha256 == sha256).order_by(Entry.index).limit(1)
    found = db.session.scalars(rows).first() if is_digest else None
    if found is None:
        code = "ledger.no_record"
        raise NotFound(code, "The public ledger has no record with this digest.", sha256=sha256)
    return found


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """What shows entry `index` to be among the first `size`. Raises ValueError beyond the log."""
    return _prefetched(lambda node: merkle.inclusion_proof(index, size, node))


def consistency_proof(old: int, new: int) -> list[bytes]:
    """What shows the first `old` of `new` entries to be the same. Raises ValueError."""
    return _prefetched(lambda node: merkle.consistency_proof(old, new, node))


def proof(index: int) -> Proof:
    """Everything that shows one entry to be on the log, under the latest checkpoint.

    Raises NotFound, also for an entry that no checkpoint covers yet (a job writes one at once).
    """
    found = entry(index)
    checkpoint = latest_checkpoint()
    if checkpoint is None or checkpoint.size <= index:
        code = "ledger.no_checkpoint_yet"
        message = (
            "This entry was written a moment ago. Its proof is ready with the next checkpoint."
        )
        raise NotFound(code, message, index=str(index))
    return Proof(
        index=index,
        record=json.loads(found.record),
        body=found.body.encode(),
        inclusion=inclusion_proof(index, checkpoint.size),
        checkpoint=checkpoint.note,
        log_key=signing().log_key,
    )


def latest_checkpoint() -> Checkpoint | None:
    return db.session.scalars(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)).first()


def write_checkpoint() -> Checkpoint | None:
    """Sign the log as it stands; once for each size. None while nothing is on record.

    Raises Unavailable when the last checkpoint was signed with another key: the shop's own key
    file is missing then, and signing on would tell readers that the log was replaced.
    """
    lock()
    count, latest = size(), latest_checkpoint()
    if latest is not None and not _is_ours(latest):
        code = "ledger.key_changed"
        message = "The ledger was signed with another key. Put the shop's key file back."
        raise Unavailable(code, message)
    if count == 0 or (latest is not None and latest.size == count):
        return latest
    root = _prefetched(lambda node: merkle.root(count, node))
    keys, log_key = signing().keys, signing().log_key
    text = notes.Checkpoint(log_key.name, count, root).text
    note = notes.sign(text, log_key, keys.log.sign)
    checkpoint = Checkpoint(size=count, root=root, note=note, signed_at=now())
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint


def checkpoint_handler() -> jobs.Handler:
    """The job that follows every append."""

    def run(_key: str, transaction: jobs.Transaction) -> None:
        with transaction():
            write_checkpoint()

    return jobs.Handler(run)


def public_keys() -> dict[str, dict[str, str]]:
    """What a reader needs to verify the record, for /.well-known/assay-keys.json."""
    return {
        "log": {
            "origin": signing().origin,
            "algorithm": "Ed25519",
            "key": signing().log_key.text,
        },
        "verdict": {
            "algorithm": "ECDSA P-256 with SHA-256",
            "key": signing().keys.verdict_public.decode(),
        },
    }


def _is_ours(checkpoint: Checkpoint) -> bool:
    try:
        notes.opened(checkpoint.note, signing().log_key)
    except NoteError:
        return False
    return True


def _prefetched(ask: Callable[[merkle.Node], _Result]) -> _Result:
    """What `ask` makes of the stored hashes, all of them fetched at once."""
    hashes = _hashes(merkle.coordinates(ask))
    return ask(lambda level, position: hashes[level, position])


def _hashes(wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    leaves = [position for level, position in wanted if level == 0]
    nodes = [at for at in wanted if at[0] > 0]
    found: dict[tuple[int, int], bytes] = {}
    if leaves:
        rows = select(Entry.index, Entry.leaf_hash).where(Entry.index.in_(leaves))
        found |= {(0, index): value for index, value in db.session.execute(rows)}
    if nodes:
        inner = select(Node.level, Node.position, Node.hash)
        inner = inner.where(tuple_(Node.level, Node.position).in_(nodes))
        found |= {(level, at): value for level, at, value in db.session.execute(inner)}
    missing = set(wanted) - set(found)
    if missing:
        message = f"the log has no hash for {min(missing)}"
        raise ValueError(message)
    return found
