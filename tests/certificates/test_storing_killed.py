"""A worker that is killed in the middle leaves a document unread, whole or nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from shop.certificates import jobs, laboratories, service
from shop.certificates.laboratory_models import LaboratoryChange
from shop.certificates.models import (
    CertificateField,
    CertificatePage,
    CertificateResult,
    Laboratory,
    Status,
)
from shop.plumbing import jobs as queue
from shop.plumbing.blobs import BlobStore
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from tests.certificates import documents
from tests.certificates.factories import receive

ROOT = Path(__file__).parents[2]
KEPT = (CertificateField, CertificateResult, CertificatePage)


@pytest.mark.parametrize("step", ["reading", "keeping previews", "storing"])
def test_killed_worker_leaves_nothing_half_and_another_reads_it(app, database_url, tmp_path, step):
    with transaction():
        public_id = receive(tmp_path, documents.certificate()).certificate.public_id
    _kill_while(step, database_url, tmp_path)

    left = service.by_public_id(public_id)
    assert (left.status, left.read_at, left.kind) == (Status.PROCESSING, None, "unknown")
    assert [_count(table) for table in KEPT] == [0, 0, 0]
    handlers = {jobs.READ_JOB: jobs.read_handler(BlobStore(tmp_path / "blobs"))}
    assert not queue.run_one(handlers)  # the killed one's lease still holds

    with transaction():
        db.session.execute(text("UPDATE job SET leased_until = run_at"))  # two minutes later
    assert queue.run_one(handlers)

    found = service.by_public_id(public_id)
    assert (found.status, found.kind) == (Status.NEEDS_REVIEW, "analysis")
    assert all(_count(table) for table in KEPT)
    assert [job.kind for job in db.session.scalars(select(queue.Job))] == ["inspect"]
    assert found.read_at <= now()


def test_laboratory_deleted_while_its_document_is_stored_costs_one_attempt(
    app, tmp_path, monkeypatch
):
    """On PostgreSQL it goes between our look and our write; SQLite lets one write at a time."""
    with transaction():
        laboratory_id = laboratories.add_laboratory("Northmere Analytical").id
        public_id = receive(tmp_path, documents.certificate()).certificate.public_id
    look = laboratories.matching

    def match_and_lose(printed):
        found = look(printed)
        if found is not None and db.engine.dialect.name == "postgresql":
            with db.engine.begin() as elsewhere:
                elsewhere.execute(delete(LaboratoryChange))
                elsewhere.execute(delete(Laboratory))
        return found

    monkeypatch.setattr(laboratories, "matching", match_and_lose)
    handlers = {jobs.READ_JOB: jobs.read_handler(BlobStore(tmp_path / "blobs"))}
    while not service.by_public_id(public_id).read_at:
        with transaction():
            db.session.execute(text("UPDATE job SET run_at = created_at"))
        assert queue.run_one(handlers)

    assert _count(CertificateResult) == 3
    is_left = db.engine.dialect.name == "sqlite"
    expected = laboratory_id if is_left else None
    assert service.by_public_id(public_id).laboratory_id == expected


def _kill_while(step, database_url, folder):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ASSAY_DATABASE_URL": database_url,
        "ASSAY_DATA_DIR": str(folder),
    }
    script = Path(__file__).with_name("store_and_wait.py")
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), step], env=environ, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "standing\n"
        process.kill()  # SIGKILL: no handler, no rollback of its own


def _count(table):
    return db.session.scalar(select(func.count()).select_from(table))
