"""Does the ledger, read from its first entry, make the very badges that the shop shows?

Each row is written down again and compared with its entry, byte for byte; then what stands is
derived from the entries alone and compared with the pointers that pages read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from shop.assay import registry
from shop.assay.log import badges, entries
from shop.assay.log.entries import EntryKind
from shop.assay.policy import Mark
from shop.ledger.models import Entry
from shop.plumbing.db import db
from shop.verdicts import serialising
from shop.verdicts.models import CurrentVerdict, StaffDecision, Verdict

_CHUNK = 1000
_MOST = 100
_VERDICTS = {kind.value for kind in EntryKind} - {EntryKind.DECIDED.value}
_FRESH: Mapping[str, bool] = {"populate_existing": True}
_Badges = dict[tuple[str, str], tuple[int, str, str]]  # subject -> entry, outcome, mark
_Row = tuple[Verdict, str | None] | StaffDecision  # a verdict goes with the digest it supersedes


@dataclass(frozen=True, slots=True)
class Difference:
    """Where shop and ledger part. `index` is the entry's, or None for a badge without one."""

    index: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.index is None else f"entry {self.index}: {self.what}"


def differences() -> Sequence[Difference]:
    """Everything that does not come out the same, the first one first, at most a hundred."""
    found: list[Difference] = []
    for difference in _all():
        found.append(difference)
        if len(found) == _MOST:
            break
    return found


def _all() -> Iterator[Difference]:
    standing: _Badges = {}
    start = 0
    while True:
        rows = select(Entry).where(Entry.index >= start).order_by(Entry.index).limit(_CHUNK)
        chunk = db.session.scalars(rows, execution_options=_FRESH).all()
        if not chunk:
            break
        yield from _compared(chunk, standing)
        start = chunk[-1].index + 1
    yield from _standing_wrong(standing)


def _compared(chunk: Sequence[Entry], standing: _Badges) -> Iterator[Difference]:
    rows = _rows(chunk[0].index, chunk[-1].index)
    for entry in chunk:
        again = rows.get(entry.index)
        if again is None:
            yield Difference(entry.index, "there is no row for it")
        elif not _is_same(entry, again):
            yield Difference(entry.index, "its row says something else")
        if entry.kind in _VERDICTS:
            yield from _let_stand(entry, standing)


def _is_same(entry: Entry, row: _Row) -> bool:
    """Whether the row, written down again, is the entry's record to the byte."""
    try:
        kind, record = _written_again(row, entry.index)
        again = {**record, "kind": kind, "recorded_at": entries.timestamp(entry.recorded_at)}
        return entries.canonical(again).decode() == entry.record
    except (KeyError, TypeError, ValueError):  # a row that cannot even be read
        return False


def _written_again(row: _Row, index: int) -> tuple[str, dict[str, Any]]:
    if isinstance(row, StaffDecision):
        decision = serialising.decision_of(row)
        if row.entry_index == index:  # as it stood before another person agreed
            decision = replace(decision, seconded_by="")
        return EntryKind.DECIDED.value, entries.decision_record(
            serialising.subject_of(row),
            decision,
            public_id=row.public_id,
            evidence_sha256=row.evidence_sha256,
        )
    verdict, supersedes = row
    return verdict.kind, entries.verdict_record(
        serialising.verdict_of(verdict),
        public_id=verdict.public_id,
        mark=Mark(verdict.mark),
        supersedes=supersedes,
        reason=verdict.reason,
    )


def _let_stand(entry: Entry, standing: _Badges) -> Iterator[Difference]:
    try:
        record = json.loads(entry.record)
        outcome, mark = badges.said(record)
        # What an earlier edition of the rules made of its findings is not today's to repeat.
        adds_up = entry.kind != EntryKind.WITHDRAWN and record.get("rule_set") == registry.RULE_SET
        if adds_up and badges.added_up(record) != (outcome, mark):
            yield Difference(entry.index, "its findings do not add up to what it says")
    except ValueError as problem:
        yield Difference(entry.index, f"its record cannot be read: {problem}")
        return
    key = entry.subject_kind, entry.subject_public_id
    standing[key] = entry.index, outcome.value, mark.value


def _standing_wrong(standing: _Badges) -> Iterator[Difference]:
    """Whether pages read what the entries leave standing."""
    rows = select(
        CurrentVerdict.subject_kind,
        CurrentVerdict.subject_id,
        Verdict.entry_index,
        Verdict.outcome,
        Verdict.mark,
    ).join(Verdict, Verdict.id == CurrentVerdict.verdict_id)
    shown = {
        (kind, public_id): (index, outcome, mark)
        for kind, public_id, index, outcome, mark in db.session.execute(rows)
    }
    for key in sorted(standing.keys() | shown.keys()):
        if standing.get(key) != shown.get(key):
            index = (standing.get(key) or (None,))[0]
            yield Difference(index, f"the badge of {key[0]} {key[1]} is not the one on record")


def _rows(first: int, last: int) -> dict[int, _Row]:
    """Which row each entry from `first` to `last` is about."""
    earlier = aliased(Verdict)
    verdicts = (
        select(Verdict, earlier.sha256)
        .outerjoin(earlier, earlier.id == Verdict.supersedes_id)
        .where(Verdict.entry_index.between(first, last))
    )
    found: dict[int, _Row] = {}
    for verdict, supersedes in db.session.execute(verdicts, execution_options=_FRESH):
        found[verdict.entry_index] = (verdict, supersedes)
    within = StaffDecision.entry_index, StaffDecision.second_entry_index
    decisions = select(StaffDecision).where(or_(*(key.between(first, last) for key in within)))
    for decision in db.session.scalars(decisions, execution_options=_FRESH):
        found[decision.entry_index] = decision
        if decision.second_entry_index is not None:
            found[decision.second_entry_index] = decision
    return found
