"""What goes wrong while a file is taken in: full disks, two at once, files that change."""

import errno
import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from sqlalchemy import func, select

from shop.certificates import jobs, service
from shop.certificates.models import Certificate, CertificatePage, Status
from shop.plumbing import jobs as queue
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Unavailable
from tests.certificates import documents
from tests.certificates.factories import receive

ONE = b"%PDF-1.7 one"
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Meeting(BlobStore):
    """A store in which uploads wait for one another, if they can be there together."""

    barrier: Barrier | None = None

    def put(self, content):
        digest = BlobStore.put(self, content)
        if self.barrier is not None:
            self.barrier.wait(_PATIENCE)
        return digest


@dataclass(frozen=True, slots=True)
class FullFor(BlobStore):
    """A store with room for everything that does not begin with these bytes."""

    beginning: bytes = b""

    def put(self, content):
        if content.startswith(self.beginning):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return BlobStore.put(self, content)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "did not take it")]
)
def test_full_disk_keeps_nothing_and_says_so(app, tmp_path, monkeypatch, code, words):
    def fail(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)  # where a full disk may first be noticed
    with pytest.raises(Unavailable, match=words), transaction():
        receive(tmp_path)
    monkeypatch.undo()

    assert (count(Certificate), count(queue.Job)) == (0, 0)
    assert files(tmp_path / "blobs") == []
    with transaction():
        assert receive(tmp_path).state == "new"


def test_same_file_by_two_people_at_once_is_one_document(app, tmp_path):
    """On PostgreSQL both look before either writes; SQLite lets one write at a time."""
    are_together = db.engine.dialect.name == "postgresql"
    start = Barrier(2)
    store = Meeting(tmp_path / "blobs", Barrier(2) if are_together else None)

    def send(person):
        with app.app_context():
            start.wait(_PATIENCE)
            with transaction():
                intake = service.receive(f"{person}.pdf", ONE, uploaded_by=person, store=store)
                answer = intake.state, intake.certificate.public_id
            db.session.remove()
            return answer

    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(send, ["staff-one", "staff-two"]))

    assert sorted(state for state, _ in answers) == ["known", "new"]
    assert len({public_id for _, public_id in answers}) == 1
    assert (count(Certificate), count(queue.Job)) == (1, 1)


def test_digest_is_of_what_is_kept_whatever_the_file_turns_into(app, tmp_path):
    """The door hands over bytes that it read once; nothing looks at the file again."""
    changing = io.BytesIO(ONE)
    content = changing.read()
    changing.getbuffer()[:8] = b"%PDF-2.0"
    with transaction():
        certificate = receive(tmp_path, content).certificate
        digest = certificate.file_sha256
    assert digest == hashlib.sha256(ONE).hexdigest()
    assert BlobStore(tmp_path / "blobs").get(digest) == ONE


def test_full_disk_while_previews_are_kept_is_tried_again(app, tmp_path):
    with transaction():
        public_id = receive(tmp_path, documents.certificate()).certificate.public_id
    handlers = {jobs.READ_JOB: jobs.read_handler(FullFor(tmp_path / "blobs", b"RIFF"))}

    assert queue.run_one(handlers)

    found = service.by_public_id(public_id)
    assert found.status == Status.PROCESSING
    assert (found.read_at, found.page_count, count(CertificatePage)) == (None, 0, 0)
    (job,) = db.session.scalars(select(queue.Job))
    assert (job.kind, job.attempts, job.leased_until) == (jobs.READ_JOB, 1, None)
    assert "No space left" in job.last_error

    jobs.read_handler(BlobStore(tmp_path / "blobs")).run(public_id, transaction)
    db.session.expire_all()
    assert service.by_public_id(public_id).status == Status.NEEDS_REVIEW
    assert count(CertificatePage) == 1


def test_file_that_was_altered_in_the_store_is_not_read_as_the_uploaded_one(app, tmp_path):
    with transaction():
        certificate = receive(tmp_path, documents.certificate()).certificate
        public_id, digest = certificate.public_id, certificate.file_sha256
    store = BlobStore(tmp_path / "blobs")
    store.path(digest).write_bytes(documents.certificate(title="Certificate of Something"))

    with pytest.raises(Unavailable, match="not what was uploaded"):
        jobs.read_handler(store).run(public_id, transaction)
    assert service.by_public_id(public_id).read_at is None
