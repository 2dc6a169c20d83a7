"""Is every entry what it was when it was written?

Reads the whole log from leaf 0: a sample would miss an altered entry. It may run beside appends:
what is compared are the entries that were there when it began.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from sqlalchemy import ColumnElement, and_, func, or_, select

from shop.assay.log import entries as records
from shop.assay.log import merkle, notes
from shop.assay.log.entries import EntryError
from shop.assay.log.notes import LogKey, NoteError
from shop.ledger import service
from shop.ledger.models import Checkpoint, Entry, Node
from shop.plumbing.db import db

_CHUNK = 1000  # entries read, and subtrees compared, at a time
_MOST_PROBLEMS = 100
_FRESH: Mapping[str, bool] = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written. `index` is None where it is no single entry."""

    index: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.index is None else f"entry {self.index}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit read, and what differs: the first one first, at most a hundred."""

    entries: int
    checkpoints: int
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return not self.problems


def check() -> Report:
    """Recompute leaves, tree and checkpoints, and verify every signature."""
    checkpoints = db.session.scalars(select(Checkpoint), execution_options=_FRESH).all()
    highest = db.session.execute(select(Node.level, func.max(Node.position)).group_by(Node.level))
    tips = [(level, position) for level, position in highest]
    size = service.size()  # read after the others: they can only be behind
    walk = _Walk({checkpoint.size: checkpoint for checkpoint in checkpoints})
    for level, position in tips:
        if (position + 1) << level > size:
            walk.problems.append(Problem(None, "there are subtrees beyond the last entry"))
    for problem in _walked(walk, size):
        walk.problems.append(problem)
        if len(walk.problems) >= _MOST_PROBLEMS:
            break
    return Report(size, len(checkpoints), tuple(walk.problems))


@dataclass(slots=True)
class _Walk:
    """The tree as the entries make it, growing as they are read."""

    checkpoints: Mapping[int, Checkpoint]
    problems: list[Problem] = field(default_factory=list)
    edge: dict[int, bytes] = field(default_factory=dict)  # level -> its last complete subtree
    made: dict[tuple[int, int], bytes] = field(default_factory=dict)  # and not compared yet

    def add(self, index: int, leaf: bytes) -> None:
        grown = list(merkle.completed(index, leaf, lambda level, _position: self.edge[level]))
        self.edge[0] = leaf
        for level, position, value in grown:
            self.edge[level] = self.made[level, position] = value

    def root(self, size: int) -> bytes:
        return merkle.root(size, lambda level, _position: self.edge[level])


def _walked(walk: _Walk, size: int) -> Iterator[Problem]:
    signing = service.signing()
    public_key, log_key = signing.keys.verdict_public, signing.log_key
    for start in range(0, size, _CHUNK):
        end = min(start + _CHUNK, size)
        within = Entry.index.between(start, end - 1)
        rows = select(Entry).where(within).order_by(Entry.index)
        found = db.session.scalars(rows, execution_options=_FRESH).all()
        gap = _first_missing(range(start, end), found)
        for entry in found[: gap - start]:
            for what in _differences(entry, public_key):
                yield Problem(entry.index, what)
            walk.add(entry.index, merkle.leaf_hash(entry.body.encode()))
            yield from _signed_wrong(walk, entry.index + 1, log_key)
        yield from _stored_wrong(walk.made)
        walk.made.clear()
        if gap < end:
            yield Problem(gap, "is missing; what follows it cannot be checked")
            return
    for beyond in sorted(at for at in walk.checkpoints if at > size):
        yield Problem(None, f"checkpoint {beyond}: the log holds only {size} entries")


def _first_missing(expected: range, found: Sequence[Entry]) -> int:
    """The first index that is not there, or the end."""
    for index, entry in zip_longest(expected, found):
        if entry is None or entry.index != index:
            return int(index)
    return expected.stop


def _differences(entry: Entry, public_key: bytes) -> Iterator[str]:
    """What of one entry does not agree with itself."""
    content = entry.body.encode()
    if merkle.leaf_hash(content) != entry.leaf_hash:
        yield "its leaf hash is not the hash of what it holds"
    if records.sha256_of(entry.record) != entry.verdict_sha256:
        yield "its digest is not the digest of its record"
    try:
        body = records.read_body(content)
        records.check_body(body, entry.record.encode())
        record = json.loads(entry.record)
        subject = record["subject"]["kind"], record["subject"]["id"]
        said = record["kind"], *subject, record["recorded_at"]
    except EntryError as problem:
        yield str(problem)
        return
    except (KeyError, TypeError, ValueError, RecursionError):
        yield "its record cannot be read"
        return
    if body.public_key != public_key:
        yield "it is signed with a key that is not the shop's"
    at = records.timestamp(entry.recorded_at)
    if said != (entry.kind, entry.subject_kind, entry.subject_public_id, at):
        yield "its columns do not say what its record says"


def _signed_wrong(walk: _Walk, size: int, log_key: LogKey) -> Iterator[Problem]:
    """Whether a checkpoint of this size says what the entries say."""
    checkpoint = walk.checkpoints.get(size)
    if checkpoint is None:
        return
    root = walk.root(size)
    try:
        signed = notes.Checkpoint.parse(notes.opened(checkpoint.note, log_key))
    except NoteError as problem:
        yield Problem(None, f"checkpoint {size}: {problem}")
        return
    if signed != notes.Checkpoint(log_key.name, size, root) or checkpoint.root != root:
        yield Problem(None, f"checkpoint {size}: its root is not the root of these entries")


def _stored_wrong(made: Mapping[tuple[int, int], bytes]) -> Iterator[Problem]:
    """Whether the stored subtrees are those that the entries make."""
    if not made:
        return
    stored = {
        (level, position): value
        for level, position, value in db.session.execute(
            select(Node.level, Node.position, Node.hash).where(or_(*_ranges(made)))
        )
    }
    for at, value in sorted(made.items()):
        if stored.get(at) != value:
            first, last = at[1] << at[0], ((at[1] + 1) << at[0]) - 1
            what = f"the stored hash over entries {first} to {last} is not what they hash to"
            yield Problem(None, what)


def _ranges(made: Mapping[tuple[int, int], bytes]) -> Iterator[ColumnElement[bool]]:
    for level in {level for level, _ in made}:
        positions = [position for at, position in made if at == level]
        yield and_(Node.level == level, Node.position.between(min(positions), max(positions)))
