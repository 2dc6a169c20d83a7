"""A laboratory's record goes or joins another one: nothing is lost, and nothing half published."""

import threading

import pytest
from sqlalchemy import delete, select

from shop.assay.certificates.evidence import Level
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.certificates import (
    accreditations,
    gather,
    laboratories,
    laboratory_changes,
    laboratory_retiring,
    service,
)
from shop.certificates.models import Certificate, Status
from shop.inspections import documents
from shop.inspections import jobs as inspecting
from shop.inspections import service as inspections
from shop.plumbing import jobs
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, Refused
from shop.plumbing.jobs import Job
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from tests.certificates.factories import AT, STAFF, make_certificate, make_lot


@pytest.fixture
def northmere(app):
    with transaction():
        make_lot()
        return laboratories.add_laboratory(
            "Northmere Analytical", aliases=["NMA"], domains=["northmere.example"]
        )


@pytest.fixture
def certificate(northmere, tmp_path):
    """Read, judged, and waiting for a reviewer."""
    with transaction():
        accreditations.add_accreditation(
            northmere, body="UKAS", number="4417", checked_at=AT, checked_by=STAFF
        )
        made = make_certificate(tmp_path)
        inspections.inspect(_subject(made), at=AT)
    return made


def approve(certificate):
    """As the desk does it: decision, verdict and status in one transaction."""
    subject = _subject(certificate)
    standing = verdicts.current(subject).verdict
    reviews.decide(
        subject,
        outcome=Outcome.PASSED,
        staff=STAFF,
        reason="Compared with its pages.",
        settles={finding.rule.code for finding in standing.findings},
        evidence_sha256=standing.evidence_sha256,
        at=AT,
    )
    documents.follow(inspections.inspect(subject, at=AT), AT)


def retire(laboratory):
    return laboratory_retiring.retire(laboratory, reason="Not one", staff=STAFF, at=AT)


def work():
    jobs.run_due(inspecting.HANDLERS)


def test_laboratory_taken_off_record_leaves_its_documents_to_a_person(northmere, certificate):
    with transaction():
        approve(certificate)
    assert (certificate.status, certificate.evidence_level) == (Status.ACCEPTED, Level.E2)

    with transaction():
        assert retire(northmere) == 1
    work()

    found = service.by_public_id(certificate.public_id)
    assert (found.laboratory, found.status) == (None, Status.NEEDS_REVIEW)
    assert found.evidence_level < Level.E2
    standing = verdicts.current(_subject(certificate)).verdict
    assert standing.outcome is Outcome.INDETERMINATE
    assert "certificate.lab_unknown" in {finding.rule.code for finding in standing.findings}
    assert laboratories.matching("Northmere Analytical") is None
    assert laboratories.retired() == [northmere]


def test_laboratory_put_back_has_its_documents_and_their_decisions_again(northmere, certificate):
    with transaction():
        approve(certificate)
    with transaction():
        retire(northmere)
    work()
    with transaction():
        laboratory_retiring.restore(northmere, staff=STAFF, at=AT)
    work()

    found = service.by_public_id(certificate.public_id)
    assert (found.laboratory, found.status) == (northmere, Status.ACCEPTED)
    assert found.evidence_level == Level.E2
    told = [row.what for row in laboratory_changes.history(northmere.id)]
    assert told[:2] == ["restored", "retired"]


def test_decision_about_a_laboratory_that_is_gone_does_not_count(northmere, certificate):
    """The reviewer's page shows the laboratory; the record goes; then the reviewer approves."""
    with transaction():
        retire(northmere)
    with transaction():
        approve(certificate)

    found = service.by_public_id(certificate.public_id)
    assert (found.status, found.evidence_level < Level.E2) == (Status.NEEDS_REVIEW, True)
    assert verdicts.current(_subject(certificate)).verdict.outcome is Outcome.INDETERMINATE


def test_decision_at_the_same_moment_ends_in_review(app, northmere, certificate):
    """Whoever is first, the last word is that a person looks at what stands."""
    ready = threading.Barrier(2)
    failed = []

    def act(what):
        with app.app_context():
            try:
                ready.wait(20)
                with transaction():
                    what()
            except Exception as problem:  # noqa: BLE001 - the test says which, on its own thread
                failed.append(problem)
            finally:
                db.session.remove()

    public_id, laboratory_id = certificate.public_id, northmere.public_id
    db.session.rollback()
    threads = [
        threading.Thread(target=act, args=(what,))
        for what in (
            lambda: approve(service.by_public_id(public_id)),
            lambda: retire(laboratories.laboratory(laboratory_id)),
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    work()

    found = service.by_public_id(public_id)
    assert (found.laboratory, found.status) == (None, Status.NEEDS_REVIEW)
    assert found.evidence_level < Level.E2
    standing = verdicts.current(Subject(SubjectKind.CERTIFICATE, public_id)).verdict
    assert standing.outcome is Outcome.INDETERMINATE


def test_document_filed_while_the_record_goes_is_not_left_under_it(app, northmere, tmp_path):
    """Filing holds the names shared, and retiring waits for it: both orders end the same."""
    with transaction():
        make_certificate(tmp_path)
        db.session.execute(delete(Job))
    done = threading.Event()

    def go():
        with app.app_context():
            with transaction():
                retire(laboratories.laboratory(public_id))
            done.set()
            db.session.remove()

    public_id = northmere.public_id
    db.session.rollback()
    with transaction():
        laboratory_changes.hold_names(is_shared=True)
        thread = threading.Thread(target=go)
        thread.start()
        make_certificate(tmp_path, b"%PDF-1.7 two")
        assert not done.is_set()
    thread.join(60)

    assert done.is_set()
    assert set(db.session.scalars(select(Certificate.laboratory_id))) == {None}


def test_record_goes_once_and_with_a_reason(northmere):
    with pytest.raises(Refused), transaction():
        laboratory_retiring.retire(northmere, reason=" ", staff=STAFF, at=AT)
    with transaction():
        retire(northmere)
    with pytest.raises(Conflict), transaction():
        retire(northmere)
    with pytest.raises(Conflict) as raised, transaction():
        laboratories.add_laboratory("Northmere Analytical")
    assert "put it back" in raised.value.message


def test_two_records_of_one_laboratory_become_one(northmere, certificate):
    with transaction():
        twin = laboratories.add_laboratory("Northmere Labs", domains=["nm-labs.example"])
        same = {"body": "UKAS", "number": "4417", "checked_at": AT}
        accreditations.add_accreditation(twin, **same)
        accreditations.add_accreditation(northmere, body="DAkkS", number="D-1", checked_at=AT)
        laboratory_retiring.merge(northmere, twin, staff=STAFF, at=AT)

    assert certificate.laboratory_id == twin.id
    assert twin.aliases == ["Northmere Analytical", "NMA"]
    assert twin.domains == ["nm-labs.example", "northmere.example"]
    assert [row.number for row in accreditations.accreditations_of(twin.id)] == ["4417", "D-1"]
    assert laboratories.laboratories() == [twin]
    assert gather.facts(certificate.public_id).laboratory.name == "Northmere Labs"
    with pytest.raises(Conflict), transaction():
        laboratory_retiring.restore(northmere, staff=STAFF, at=AT)
    db.session.refresh(northmere)
    with pytest.raises(Conflict), transaction():
        laboratory_retiring.merge(twin, northmere, staff=STAFF, at=AT)
    with transaction():  # the name it took over goes on being its own
        laboratories.change(
            twin,
            legal_name="Northmere Labs",
            aliases=["Northmere Analytical"],
            domains=[],
            revision=twin.revision,
            staff=STAFF,
            at=AT,
        )
    assert twin.aliases == ["Northmere Analytical"]


def _subject(certificate):
    return Subject(SubjectKind.CERTIFICATE, certificate.public_id)
