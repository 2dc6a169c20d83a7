"""An owner of the database can switch the triggers off. The audit then says what was changed."""

import pytest

from shop.ledger import audit, service
from shop.ledger.keys import load_or_create
from shop.ledger.models import Checkpoint, Entry, Node
from shop.plumbing.db import transaction
from tests.ledger.factories import append, checkpoint, tamper


def on(table):
    return table.__table__


def test_audit_of_a_whole_log_is_sound(app):
    append(20)
    checkpoint()
    append(3, start=20)
    checkpoint()
    report = audit.check()
    assert (report.entries, report.checkpoints, report.problems) == (23, 2, ())


def test_audit_reads_past_a_chunk(app, monkeypatch):
    monkeypatch.setattr(audit, "_CHUNK", 4)
    append(11)
    checkpoint()
    assert audit.check() == audit.Report(11, 1, ())


def test_audit_of_an_empty_log_is_sound(app):
    assert audit.check() == audit.Report(0, 0, ())


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("record", "{}", "another record"),
        ("kind", "withdrawn", "columns"),
        ("subject_public_id", "offer-9", "columns"),
        ("verdict_sha256", "0" * 64, "digest"),
        ("leaf_hash", b"0" * 32, "leaf hash"),
        ("body", "{}", "not a log entry"),
    ],
)
def test_altered_entry_is_named(app, monkeypatch, column, value, words):
    monkeypatch.setattr(audit, "_CHUNK", 4)
    append(9)
    checkpoint()
    entry = on(Entry)
    tamper(entry.update().where(entry.c.index == 6).values({column: value}))

    problems = audit.check().problems
    named = [problem.what for problem in problems if problem.index == 6]
    assert problems[0].index == 6
    assert any(words in what for what in named)


def test_entries_that_changed_places_are_named(app):
    append(4)
    checkpoint()
    entry = on(Entry)
    first, second = (service.entry(index) for index in (1, 2))
    pairs = [(1, second), (2, first)]
    columns = ("subject_public_id", "verdict_sha256", "record", "body", "leaf_hash", "recorded_at")
    values = [{name: getattr(other, name) for name in columns} for _, other in pairs]
    tamper(
        *(
            entry.update().where(entry.c.index == index).values(value)
            for (index, _), value in zip(pairs, values, strict=True)
        )
    )
    report = audit.check()
    assert [problem.index for problem in report.problems] == [None] * 3 + [None]
    assert "over entries 0 to 1" in str(report.problems[1])


def test_entry_rewritten_with_all_its_hashes_is_caught_by_the_checkpoint(app):
    append(2)
    checkpoint()
    kept = service.entry(0)
    copied = {"record": kept.record, "body": kept.body, "leaf_hash": kept.leaf_hash}
    copied |= {"verdict_sha256": kept.verdict_sha256, "recorded_at": kept.recorded_at}
    copied |= {"subject_public_id": kept.subject_public_id}
    root = service.merkle.node_hash(kept.leaf_hash, kept.leaf_hash)
    entry, node = on(Entry), on(Node)
    tamper(
        entry.update().where(entry.c.index == 1).values(copied),
        node.update().values(hash=root),
    )
    assert [str(problem) for problem in audit.check().problems] == [
        "checkpoint 2: its root is not the root of these entries"
    ]


def test_altered_node_is_named(app):
    append(4)
    node = on(Node)
    tamper(node.update().where(node.c.level == 2).values(hash=b"0" * 32))
    assert [str(problem) for problem in audit.check().problems] == [
        "the stored hash over entries 0 to 3 is not what they hash to"
    ]


def test_missing_entry_is_named_and_ends_the_audit(app):
    append(6)
    entry = on(Entry)
    tamper(entry.delete().where(entry.c.index == 3))
    problems = audit.check().problems
    assert str(problems[-1]) == "entry 3: is missing; what follows it cannot be checked"


def test_truncated_log_is_told_by_its_checkpoint_and_subtrees(app):
    append(6)
    checkpoint()
    entry = on(Entry)
    tamper(entry.delete().where(entry.c.index >= 3))
    said = [str(problem) for problem in audit.check().problems]
    assert "checkpoint 6: the log holds only 3 entries" in said
    assert "there are subtrees beyond the last entry" in said


@pytest.mark.parametrize("change", [{"note": "nothing"}, {"root": b"0" * 32}])
def test_altered_checkpoint_is_named(app, change):
    append(3)
    checkpoint()
    tamper(on(Checkpoint).update().values(change))
    (problem,) = audit.check().problems
    assert str(problem).startswith("checkpoint 3: ")


def test_entries_signed_with_a_lost_key_are_named(app, tmp_path):
    append(2)
    checkpoint()
    service.configure(load_or_create(tmp_path / "other"), "localhost/ledger")
    said = [str(problem) for problem in audit.check().problems]
    assert said[0] == "entry 0: it is signed with a key that is not the shop's"
    assert any(line.startswith("checkpoint 2: ") for line in said)


def test_audit_stops_at_a_hundred_problems(app, tmp_path):
    with transaction():
        for _ in range(120):
            service.append(service.EntryKind.PUBLISHED, {"subject": {"kind": "offer", "id": "o"}})
    service.configure(load_or_create(tmp_path / "other"), "localhost/ledger")
    assert len(audit.check().problems) == 100
