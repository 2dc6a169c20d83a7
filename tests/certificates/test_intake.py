import pytest
from sqlalchemy import select

from shop.certificates import service
from shop.certificates.models import Certificate, Status
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound
from shop.plumbing.jobs import Job
from tests.certificates.factories import AT, STAFF, make_lot, receive


def waiting_jobs():
    return [(job.kind, job.key) for job in db.session.scalars(select(Job).order_by(Job.id))]


def test_new_document_is_quarantined_and_the_reader_rung(app, tmp_path):
    with transaction():
        intake = receive(tmp_path)

    certificate = intake.certificate
    assert (intake.state, certificate.status) == ("new", Status.QUARANTINED)
    assert (certificate.filename, certificate.uploaded_by) == ("report.pdf", STAFF)
    assert waiting_jobs() == [("certificate.read", certificate.public_id)]
    assert BlobStore(tmp_path / "blobs").get(certificate.file_sha256) == b"%PDF-1.7 one"


def test_same_bytes_again_are_the_same_document(app, tmp_path):
    with transaction():
        first = receive(tmp_path)
        again = receive(tmp_path, filename="copy.pdf")

    assert (again.state, again.certificate) == ("known", first.certificate)
    assert len(waiting_jobs()) == 1


def test_same_bytes_for_a_lot_are_filed_there_if_they_had_none(app, tmp_path):
    with transaction():
        lot = make_lot()
        receive(tmp_path)
        again = receive(tmp_path, lot_id=lot.id)
        other = receive(tmp_path, lot_id=make_lot("OTHER-1", "Another Serum").id)

    assert again.certificate.lot_id == lot.id
    assert other.certificate.lot_id == lot.id  # its place is staff's word, and not moved by chance


def test_document_is_filed_under_its_lot_and_product(app, tmp_path):
    with transaction():
        lot = make_lot()
        certificate = receive(tmp_path, lot_id=lot.id).certificate

    found = service.by_public_id(certificate.public_id)
    assert found.lot.code == "MO-2609-B"
    assert found.variant.product.brand.name == "Maren & Oak"
    assert found.product_id == found.variant.product_id


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The selected file is empty."),
        (b"%PDF-" + b"x" * (20 * 1024 * 1024), "The selected file must be smaller than 20 MB."),
        (b"PK\x03\x04 word/document.xml", "The selected file must be a PDF."),
        (b"x" * 2_000 + b"%PDF-1.7", "The selected file must be a PDF."),
    ],
    ids=["empty", "too large", "office", "header too far in"],
)
def test_what_is_no_report_is_refused_at_once_and_leaves_nothing(app, tmp_path, content, message):
    with transaction():
        intake = receive(tmp_path, content)

    assert (intake.state, intake.certificate) == ("refused", None)
    assert intake.message.startswith(message)
    assert db.session.scalars(select(Certificate)).all() == []
    assert not list((tmp_path / "blobs").rglob("*"))


def test_largest_file_is_taken(app, tmp_path):
    content = b"%PDF-" + b"x" * (20 * 1024 * 1024 - 5)
    with transaction():
        assert receive(tmp_path, content).state == "new"


def test_unknown_lot_is_not_found_and_nothing_is_kept(app, tmp_path):
    with pytest.raises(NotFound), transaction():
        receive(tmp_path, lot_id=404)
    assert db.session.scalars(select(Certificate)).all() == []


def test_same_bytes_by_two_people_at_once_are_one_document(app, tmp_path, monkeypatch):
    """The other upload is committed between our look and our write."""
    with transaction():
        theirs = receive(tmp_path).certificate.public_id
    looks = iter([None])  # the first look comes too early
    look = service.by_digest
    monkeypatch.setattr(service, "by_digest", lambda digest: next(looks, look(digest)))

    with transaction():
        ours = receive(tmp_path)

    assert (ours.state, ours.certificate.public_id) == ("known", theirs)


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("re\x00po\nrt.pdf", "report.pdf"),
        ("", "certificate.pdf"),
        ("/", "certificate.pdf"),
        ("Pr\u00fcfbericht 26\u20110417.pdf", "Pr\u00fcfbericht 26\u20110417.pdf"),
    ],
)
def test_filename_is_made_plain(filename, shown):
    assert service.plain_filename(filename) == shown


def test_long_filename_keeps_its_ending():
    assert len(service.plain_filename("x" * 500 + ".pdf")) == 200
    assert service.plain_filename("x" * 500 + ".pdf").endswith(".pdf")


def test_sweep_rings_for_what_was_left(app, tmp_path):
    with transaction():
        certificate = receive(tmp_path).certificate
        certificate.status, certificate.status_at = Status.PROCESSING, AT
        db.session.execute(Job.__table__.delete())
        service.ring_for_unread(older_than=AT)
    assert waiting_jobs() == [("certificate.read", certificate.public_id)]
