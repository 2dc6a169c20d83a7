import dataclasses

import pytest
from sqlalchemy import func, select

from shop.assay.certificates import checks
from shop.assay.certificates.facts import Code, FieldName, Kind, Problem
from shop.certificates import gather, jobs, laboratories, service, storing
from shop.certificates.models import (
    Certificate,
    CertificateField,
    CertificatePage,
    CertificateResult,
    Status,
)
from shop.certificates.reader.limits import DEFAULT
from shop.certificates.reader.wire import Preview
from shop.plumbing import jobs as queue
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from tests.certificates import documents
from tests.certificates.factories import AT, STAFF, make_lot, make_reading, receive


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "blobs")


def run(store, **limits):
    """Everything that is due for the reader, as the worker would."""
    handler = jobs.read_handler(store, limits=dataclasses.replace(DEFAULT, **limits))
    return queue.run_due({jobs.READ_JOB: handler})


def keys():
    return [(job.kind, job.key) for job in db.session.scalars(select(queue.Job))]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_uploaded_report_is_read_filed_and_rung_for(app, tmp_path, store):
    """From bytes to facts, with the real reader, and no hint but what the report prints."""
    with transaction():
        lot = make_lot()
        laboratory = laboratories.add_laboratory(
            "Northmere Analytical Ltd", domains=["northmere.example"]
        )
        public_id = receive(
            tmp_path, documents.with_qr("https://northmere.example/v")
        ).certificate.public_id

    assert run(store) == 1

    found = service.by_public_id(public_id)
    assert (found.status, found.kind) == (Status.NEEDS_REVIEW, Kind.ANALYSIS)
    assert (found.laboratory_id, found.lot_id) == (laboratory.id, lot.id)
    assert found.report_key == "NM2610417"
    assert keys() == [("inspect", f"certificate:{public_id}")]
    (page,) = service.pages_of(found.id)
    assert store.get(page.blob)[:4] == b"RIFF"
    assert [row.analyte for row in service.results_of(found.id)][1:] == ["Lead (Pb)", "pH at 25 C"]
    lead = service.results_of(found.id)[1]
    assert (lead.spec_op, lead.spec_high, lead.value_number) == ("<=", "2.0", "0.08")
    assert (lead.verdict, lead.verdict_computed) == ("Pass", "pass")

    findings = checks.judge(gather.facts(public_id), at=AT)
    said = {finding.rule.code: finding.outcome for finding in findings}
    assert "failed" not in said.values()
    assert said["certificate.lot_matches"] == said["certificate.verify_host_known"] == "passed"
    assert gather.facts(public_id).codes[0].payload == "https://northmere.example/v"


def test_reading_twice_leaves_one_reading_and_staff_values(app, tmp_path):
    pages = (Preview(1, 10, 10, "text"), Preview(2, 10, 10, "text"))
    with transaction():
        certificate = receive(tmp_path).certificate
        storing.finish(
            certificate.public_id,
            make_reading(previews=pages),
            {(1, 0): "a" * 64, (2, 0): "b" * 64},
        )
        service.correct_field(certificate, FieldName.LOT, "MO-2609-C", staff=STAFF, at=AT)
        service.read_again(certificate, at=AT)
        again = make_reading({"lot": "MO-2609-X"}, previews=pages[:1])
        storing.finish(certificate.public_id, again, {(1, 0): "a" * 64})

    assert (count(CertificatePage), count(CertificateResult)) == (1, 1)
    lots = [r.value for r in service.field_history(certificate.id) if r.name == FieldName.LOT]
    assert lots == ["MO-2609-X", "MO-2609-C"]


def test_job_for_what_was_read_already_changes_nothing(app, tmp_path, store):
    with transaction():
        certificate = receive(tmp_path).certificate
        storing.finish(certificate.public_id, make_reading(), {})
        fields = count(CertificateField)
    jobs.read_handler(store).run(certificate.public_id, transaction)
    jobs.read_handler(store).run("no-such-certificate", transaction)

    assert count(CertificateField) == fields
    with transaction():
        storing.finish(certificate.public_id, make_reading({"lot": "LATE-1"}), {})
    assert gather.facts(certificate.public_id).field(FieldName.LOT).value == "MO-2609-B"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: documents.encrypted(user="secret"), "certificate.file_password"),
        (documents.bomb, "certificate.limit_inflated"),
        (documents.slow_drawing, "certificate.limit_time"),
    ],
)
def test_refused_file_is_on_record(app, store, tmp_path, make, code):
    with transaction():
        public_id = receive(tmp_path, make()).certificate.public_id
    run(store, cpu_seconds=2)

    first, _ = checks.judge(gather.facts(public_id), at=AT)
    assert (first.rule.code, first.outcome) == (code, "failed")
    assert first.sentence
    assert service.by_public_id(public_id).status == Status.NEEDS_REVIEW


def test_reader_that_cannot_be_run_leaves_it_to_a_person(app, tmp_path, store):
    with transaction():
        public_id = receive(tmp_path).certificate.public_id
        digest = service.by_public_id(public_id).file_sha256
    store.path(digest).unlink()  # a disk was lost
    handler = jobs.read_handler(store)
    with pytest.raises(Exception, match="no longer in the store"):
        handler.run(public_id, transaction)
    handler.gave_up(public_id, transaction)

    first, _ = checks.judge(gather.facts(public_id), at=AT)
    assert (first.rule.code, first.outcome) == ("certificate.reading_failed", "indeterminate")
    assert ("inspect", f"certificate:{public_id}") in keys()


def test_document_that_waits_is_neither_good_nor_bad(app, tmp_path):
    with transaction():
        public_id = receive(tmp_path).certificate.public_id
    assert not gather.facts(public_id).is_read


def test_facts_survive_the_way_through_the_database(app, tmp_path):
    code = Code("QRCode", "https://northmere.example", 1, (1, 2, 3, 4))
    problem = Problem("certificate.limit_pages", details={"count": "51", "limit": "50"})
    reading = make_reading(codes=(code,), specimen_phrase="sample only", language="en")
    reading = dataclasses.replace(
        reading, file=dataclasses.replace(reading.file, problems=(problem,), is_restricted=True)
    )
    with transaction():
        public_id = receive(tmp_path).certificate.public_id
        storing.finish(public_id, reading, {})
    db.session.expire_all()

    found = gather.facts(public_id)
    assert set(found.fields) == set(reading.fields)  # here in the order of FieldName
    assert found.results == reading.results
    assert found.codes == (code,)
    assert found.file.problems == (problem,)
    assert found.file.is_restricted
    assert (found.specimen_phrase, found.language) == ("sample only", "en")


def test_lot_is_not_guessed_when_two_products_share_its_number(app, tmp_path):
    with transaction():
        make_lot()
        make_lot(name="Another Serum")
        certificate = receive(tmp_path).certificate
        storing.finish(certificate.public_id, make_reading(), {})
    assert certificate.lot_id is None


def test_sweep_rings_for_what_was_forgotten(app, tmp_path, store):
    with transaction():
        certificate = receive(tmp_path).certificate
        certificate.status_at = AT.replace(year=2020)
        db.session.execute(queue.Job.__table__.delete())
        jobs.sweep()
    assert keys() == [("certificate.read", certificate.public_id)]
    assert db.session.scalar(select(Certificate.status)) == Status.QUARANTINED
