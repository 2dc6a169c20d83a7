import json

import pytest

from shop.assay.log import merkle, notes, proofs
from shop.assay.log.entries import EntryKind
from shop.ledger import audit, service
from shop.ledger.keys import load_or_create
from shop.ledger.models import Checkpoint, Entry, Node
from shop.plumbing import jobs
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound, Unavailable
from tests.ledger.factories import append, checkpoint, record


def test_append_numbers_from_zero_and_keeps_the_record(app):
    append(3)

    first = service.entry(0)
    assert [entry.index for entry in service.entries()] == [2, 1, 0]
    assert (first.kind, first.subject_kind, first.subject_public_id) == (
        "published",
        "offer",
        "offer-0",
    )
    said = json.loads(first.record)
    assert said["kind"] == "published"
    assert said["note"] == "0"
    assert service.record_by_sha256(first.verdict_sha256).index == 0
    assert service.size() == 3


def test_append_that_is_rolled_back_leaves_no_gap(app):
    append(1)
    with pytest.raises(RuntimeError):
        _append_and_fail()
    append(1, start=1)

    assert [entry.index for entry in service.entries()] == [1, 0]
    assert audit.check().is_sound


def test_several_appends_in_one_transaction_follow_each_other(app):
    with transaction():
        for number in range(5):
            service.append(EntryKind.PUBLISHED, record(str(number)))

    assert service.size() == 5
    assert audit.check().is_sound


def test_entries_page_backwards(app):
    append(5)
    assert [entry.index for entry in service.entries(limit=2)] == [4, 3]
    assert [entry.index for entry in service.entries(before=3, limit=2)] == [2, 1]
    assert service.entries(before=0) == []
    assert service.entries(before=-7) == []
    assert len(service.entries(before=10**30)) == 5


@pytest.mark.parametrize("index", [-1, 1, 2**31, 2**63 - 1, 2**63, 10**24])
def test_entry_that_is_not_there_is_not_found(app, index):
    append(1)
    with pytest.raises(NotFound):
        service.entry(index)


@pytest.mark.parametrize("sha256", ["0" * 64, "", "0" * 63 + "\0", "F" * 64, "x" * 5000])
def test_record_that_is_not_there_is_not_found(app, sha256):
    with pytest.raises(NotFound):
        service.record_by_sha256(sha256)


def test_only_complete_subtrees_are_stored(app):
    append(11)
    stored = {(node.level, node.position) for node in db.session.query(Node)}
    assert stored == {(1, n) for n in range(5)} | {(2, 0), (2, 1), (3, 0)}


def test_every_entry_is_proved_under_every_size(app):
    append(9)
    leaves = [entry.leaf_hash for entry in reversed(service.entries())]
    for size in range(1, 10):
        root = service._prefetched(lambda node, size=size: merkle.root(size, node))  # noqa: SLF001
        for index in range(size):
            proof = service.inclusion_proof(index, size)
            assert merkle.is_included(leaves[index], index, size, proof, root)


def test_a_proof_beyond_the_log_is_refused(app):
    append(3)
    for index, size in ((3, 3), (2, 4), (0, 10**24)):
        with pytest.raises(ValueError, match=r"no leaf|no hash"):
            service.inclusion_proof(index, size)


def test_checkpoint_signs_the_log_as_it_stands(app):
    append(3)
    checkpoint()

    latest = service.latest_checkpoint()
    text = notes.opened(latest.note, service.signing().log_key)
    assert notes.Checkpoint.parse(text) == notes.Checkpoint("localhost/ledger", 3, latest.root)


def test_checkpoint_is_written_once_for_each_size(app):
    append(3)
    checkpoint()
    first = service.latest_checkpoint().note
    checkpoint()
    assert db.session.query(Checkpoint).count() == 1

    append(1, start=3)
    checkpoint()
    assert [kept.size for kept in db.session.query(Checkpoint).order_by("size")] == [3, 4]
    assert db.session.get(Checkpoint, 3).note == first


def test_checkpoints_are_consistent_with_each_other(app):
    for start in range(6):
        append(2, start=start * 2)
        checkpoint()
    kept = db.session.query(Checkpoint).order_by(Checkpoint.size).all()
    for old in kept:
        for new in kept[kept.index(old) :]:
            proof = service.consistency_proof(old.size, new.size)
            assert merkle.has_grown(old.size, new.size, proof, old.root, new.root)


def test_checkpoint_of_an_empty_log_is_none(app):
    checkpoint()
    assert service.latest_checkpoint() is None


def test_checkpoint_is_not_signed_with_another_key(app, tmp_path):
    append(1)
    checkpoint()
    service.configure(load_or_create(tmp_path / "other"), "localhost/ledger")
    append(1, start=1)
    with pytest.raises(Unavailable) as problem:
        checkpoint()
    assert problem.value.code == "ledger.key_changed"


def test_append_rings_for_a_checkpoint_that_the_worker_writes(app):
    append(3)
    assert jobs.run_due({service.CHECKPOINT_JOB: service.checkpoint_handler()}) == 1
    assert service.latest_checkpoint().size == 3


def test_downloaded_proof_verifies_offline(app):
    append(7)
    checkpoint()
    text = json.dumps(proofs.write(service.proof(4)))

    found = proofs.verified(proofs.read(text), service.signing().log_key)
    assert found.size == 7
    assert proofs.read(text).record["note"] == "4"


def test_entry_without_a_checkpoint_has_no_proof_yet(app):
    append(1)
    with pytest.raises(NotFound) as problem:
        service.proof(0)
    assert problem.value.code == "ledger.no_checkpoint_yet"
    checkpoint()
    append(1, start=1)
    with pytest.raises(NotFound):
        service.proof(1)


def test_proof_asks_few_questions_of_the_database(app, statements):
    append(64)
    checkpoint()
    statements.clear()
    service.inclusion_proof(5, 64)
    assert len(statements) <= 3  # BEGIN, the leaf beside it, the subtrees above


def test_unusable_origin_is_refused_at_once(app):
    with pytest.raises(notes.NoteError):
        service.configure(service.signing().keys, "two words")


def _append_and_fail():
    with transaction():
        service.append(EntryKind.PUBLISHED, record())
        assert db.session.query(Entry).count() == 2
        raise RuntimeError
