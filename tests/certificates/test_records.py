from datetime import date, timedelta

import pytest
from sqlalchemy import delete, event, select

from shop.assay.certificates.accreditation import holding
from shop.assay.certificates.evidence import Level
from shop.assay.certificates.facts import FieldName
from shop.certificates import gather, laboratories, service
from shop.certificates.models import Certificate, Status
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Job
from tests.certificates.factories import AT, STAFF, make_certificate, make_lot

ONE, TWO, THREE = b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 three"


@pytest.fixture
def lot(app):
    with transaction():
        return make_lot()


def hush():
    db.session.execute(delete(Job))


def rung():
    return {job.key for job in db.session.scalars(select(Job)) if job.kind == "inspect"}


def test_unknown_certificate_is_not_found(app):
    with pytest.raises(NotFound):
        service.by_public_id("no-such-certificate")
    with pytest.raises(NotFound):
        gather.facts("no-such-certificate")


def test_certificates_are_found_by_lot_and_product_newest_first(lot, tmp_path):
    with transaction():
        other = make_lot("OTHER-1", "Another Serum")
        first = make_certificate(tmp_path, ONE, lot_id=lot.id)
        second = make_certificate(tmp_path, TWO, lot_id=lot.id)
        stray = make_certificate(tmp_path, THREE, printed={"lot": "ELSEWHERE-1"})
        first.uploaded_at, second.uploaded_at = AT, AT + timedelta(hours=1)
        stray.uploaded_at = AT + timedelta(hours=2)

    assert service.for_lot(lot.id) == [second, first]
    assert service.for_lots([lot.id, other.id]) == {lot.id: [second, first], other.id: []}
    assert service.for_lots([]) == {}
    assert service.for_product(first.product_id) == [second, first]
    assert service.recent(2) == [stray, second]


def test_correction_stands_beside_what_was_read(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id, printed={"lot": "MO-2609-8"})
        hush()
        service.correct_field(certificate, FieldName.LOT, " MO-2609-B ", staff=STAFF, at=AT)

    read, written = (
        row for row in service.field_history(certificate.id) if row.name == FieldName.LOT
    )
    assert (read.value, read.source, read.written_by) == ("MO-2609-8", "pdf", "")
    assert (written.value, written.source, written.written_by) == ("MO-2609-B", "staff", STAFF)
    assert (written.written_at, written.page, written.box) == (AT, read.page, read.box)
    assert gather.facts(certificate.public_id).field(FieldName.LOT).value == "MO-2609-B"
    assert rung() == {f"certificate:{certificate.public_id}"}


def test_corrected_laboratory_and_number_are_looked_up_anew(lot, tmp_path):
    with transaction():
        southmere = laboratories.add_laboratory("Southmere Labs")
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        for name, value in (("lab_name_printed", "Southmere Labs"), ("report_no", "SM-1")):
            service.correct_field(certificate, FieldName(name), value, staff=STAFF, at=AT)
    assert (certificate.laboratory_id, certificate.report_key) == (southmere.id, "SM1")


def test_empty_correction_says_that_it_is_not_printed(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        service.correct_field(certificate, FieldName.DATE_EXPIRES, "", staff=STAFF, at=AT)
    assert gather.facts(certificate.public_id).field(FieldName.DATE_EXPIRES) is None


def test_correction_is_kept_in_plain_form(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        for name, value, kept in (
            ("date_issued", "4 October 2026", "2026-10-04"),
            ("date_expires", "March 2029", "2029-03"),
            ("lot", "SPRING RUN", "SPRING RUN"),  # a code without a digit: staff saw it
            ("gtin", "012345678905", "00012345678905"),
            ("product", "Rosemary  Scalp\nSerum", "Rosemary Scalp Serum"),
            ("verify_url", "at the laboratory", "at the laboratory"),
        ):
            row = service.correct_field(certificate, FieldName(name), value, staff=STAFF, at=AT)
            assert row.value == kept


def test_correction_that_is_not_understood_is_refused(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id)
    for name, value, message in (
        ("date_issued", "10/03/2026", "Enter a date like 3 October 2026"),  # either order
        ("date_issued", "soon", "Enter a date like 3 October 2026"),
        ("date_issued", "31 February 2026", "Enter a date like 3 October 2026"),
        ("gtin", "012345678906", "Enter the 8, 12, 13 or 14 digits"),
    ):
        with pytest.raises(Refused) as refused, transaction():
            service.correct_field(certificate, FieldName(name), value, staff=STAFF, at=AT)
        assert refused.value.message.startswith(message)


def test_correction_after_a_decision_opens_the_question_again(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        service.set_status(certificate, Status.ACCEPTED, at=AT, level=Level.E1)
        service.correct_field(certificate, FieldName.LOT, "MO-2609-C", staff=STAFF, at=AT)
    assert certificate.status == Status.NEEDS_REVIEW


def test_moved_document_is_inspected_anew(lot, tmp_path):
    with transaction():
        other = make_lot("OTHER-1", "Another Serum")
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        hush()
        service.file_under(certificate, other.id)
    assert certificate.lot_id == other.id
    assert rung() == {f"certificate:{certificate.public_id}"}


def test_status_is_dated_and_bears_its_level(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        assert service.set_status(certificate, Status.ACCEPTED, at=AT, level=Level.E2) == []
    assert (certificate.status, certificate.status_at) == (Status.ACCEPTED, AT)
    assert certificate.evidence_level == 2


@pytest.mark.parametrize(
    ("amends", "status"),
    [("NM-26-10417", Status.SUPERSEDED), ("NM-26-99999", Status.ACCEPTED), (None, Status.ACCEPTED)],
)
def test_accepted_amendment_supersedes_what_it_names(lot, tmp_path, amends, status):
    with transaction():
        laboratories.add_laboratory("Northmere Analytical")
        older = make_certificate(tmp_path, ONE, lot_id=lot.id)
        service.set_status(older, Status.ACCEPTED, at=AT)
        printed = {"report_no": "NM-26-10417-A1", "amends": amends}
        newer = make_certificate(tmp_path, TWO, lot_id=lot.id, printed=printed)
        service.set_status(newer, Status.ACCEPTED, at=AT)
    assert older.status == status
    assert (older.superseded_by_id == newer.id) == (status == Status.SUPERSEDED)


@pytest.mark.parametrize(
    ("printed", "status", "known"),
    [
        ({}, Status.NEEDS_REVIEW, 1),
        ({"report_no": "nm 26 10417"}, Status.NEEDS_REVIEW, 1),
        ({"report_no": "NM-26-10418"}, Status.NEEDS_REVIEW, 0),
        ({"lab_name_printed": "Southmere Labs"}, Status.NEEDS_REVIEW, 0),
        ({}, Status.REJECTED, 0),  # what staff threw out is no report
    ],
)
def test_same_number_on_another_document_is_known(lot, tmp_path, printed, status, known):
    with transaction():
        other = make_certificate(tmp_path, ONE, lot_id=lot.id, printed=printed, text="f" * 64)
        service.set_status(other, status, at=AT)
        certificate = make_certificate(tmp_path, TWO, lot_id=lot.id)
    assert len(gather.facts(certificate.public_id).known_reports) == known
    with transaction():  # the same once the laboratory is on record
        laboratories.add_laboratory("Northmere Analytical")
    assert len(gather.facts(certificate.public_id).known_reports) == known


def test_newcomer_is_asked_about_a_shared_number_and_asked_again(lot, tmp_path):
    with transaction():
        first = make_certificate(tmp_path, ONE, lot_id=lot.id)
        second = make_certificate(tmp_path, TWO, lot_id=lot.id, text="f" * 64)
    assert gather.facts(first.public_id).known_reports == ()
    assert len(gather.facts(second.public_id).known_reports) == 1
    with transaction():
        hush()
        service.set_status(first, Status.REJECTED, at=AT)
    assert rung() == {f"certificate:{second.public_id}"}
    assert gather.facts(second.public_id).known_reports == ()


def test_laboratory_is_matched_by_name_or_alias(app):
    with transaction():
        added = laboratories.add_laboratory("Northmere Analytical Ltd", aliases=["NMA Testing"])
    for printed, is_known in (
        ("Northmere Analytical", True),
        ("NORTHMERE ANALYTICAL LTD.", True),
        ("Northm\u00e8re Analytical", True),
        ("Northmere Analytical, Leeds", True),
        ("Northmere Analytical \u2013 a company of Calder Group", True),
        ("NMA Testing", True),  # an alias
        ("Northmere Analytical Services", False),  # longer is another name
        ("Northmere", False),
        ("Southmere Analytical", False),
        ("", False),
        ("Ltd", False),
    ):
        assert laboratories.matching(printed) == (added if is_known else None), printed


def test_laboratory_is_on_record_once(app):
    with transaction():
        laboratories.add_laboratory("Northmere Analytical", aliases=["NMA"])
    for name in ("northmere analytical ltd", "NMA"):
        with pytest.raises(Conflict), transaction():
            laboratories.add_laboratory(name)
    with pytest.raises(Refused), transaction():
        laboratories.add_laboratory(" Ltd. ")
    assert [known.legal_name for known in laboratories.laboratories()] == ["Northmere Analytical"]
    with pytest.raises(NotFound):
        laboratories.laboratory("no-such-laboratory")


def test_new_laboratory_finds_the_documents_that_name_it(lot, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, ONE, lot_id=lot.id)
        make_certificate(tmp_path, TWO, lot_id=lot.id, printed={"lab_name_printed": "Other Labs"})
        hush()
        added = laboratories.add_laboratory("Northmere Analytical")
    assert certificate.laboratory_id == added.id
    assert rung() == {f"certificate:{certificate.public_id}"}


@pytest.mark.parametrize(
    ("accreditation", "is_checked"),
    [
        ({"checked_at": AT}, True),
        ({}, False),  # a number alone proves nothing
        ({"checked_at": AT, "valid_from": date(2026, 10, 2), "valid_to": date(2026, 10, 2)}, True),
        ({"checked_at": AT, "valid_from": date(2026, 10, 3)}, False),  # tested on the 2nd
        ({"checked_at": AT, "valid_to": date(2026, 10, 1)}, False),
    ],
)
def test_accreditation_counts_if_it_held_on_the_day_of_the_tests(
    lot, tmp_path, accreditation, is_checked
):
    with transaction():
        laboratory = laboratories.add_laboratory("Northmere Analytical")
        certificate = make_certificate(tmp_path, lot_id=lot.id)
        hush()
        laboratories.add_accreditation(laboratory, body="UKAS", number="4417", **accreditation)
    assert bool(holding(gather.facts(certificate.public_id))) is is_checked
    assert rung() == {f"certificate:{certificate.public_id}"}


def test_listing_of_many_certificates_is_one_query(lot, tmp_path):
    with transaction():
        for number in range(5):
            make_certificate(tmp_path, b"%PDF-1.7 " + bytes([65 + number]), lot_id=lot.id)
        lot_id = lot.id
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    found = service.for_lots([lot_id])[lot_id]
    shown = [(c.lot.code, c.variant.product.brand.name, c.laboratory) for c in found]
    assert len(shown) == 5
    assert len([text for text in seen if text.startswith("SELECT")]) == 1


def test_every_certificate_has_an_opaque_id(lot, tmp_path):
    with transaction():
        make_certificate(tmp_path, lot_id=lot.id)
    (public_id,) = db.session.scalars(select(Certificate.public_id))
    assert len(public_id) == 16
