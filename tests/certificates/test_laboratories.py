"""Names, addresses and accreditations of a laboratory, and which documents are its own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from shop.certificates import (
    accreditations,
    gather,
    laboratories,
    laboratory_changes,
    laboratory_lookups,
    service,
)
from shop.certificates.accreditations import AccreditationStatus
from shop.certificates.models import Certificate
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, Refused
from shop.plumbing.jobs import Job
from tests.certificates.factories import AT, STAFF, make_certificate, make_lot

ONE, TWO = b"%PDF-1.7 one", b"%PDF-1.7 two"
ACTIVE = AccreditationStatus.ACTIVE


def rung():
    return {job.key for job in db.session.scalars(select(Job)) if job.kind == "inspect"}


def change(laboratory, **more):
    values = {
        "legal_name": laboratory.legal_name,
        "aliases": laboratory.aliases,
        "domains": laboratory.domains,
        "revision": laboratory.revision,
    }
    laboratories.change(laboratory, **{**values, **more}, staff=STAFF, at=AT)


@pytest.fixture
def northmere(app):
    with transaction():
        make_lot()
        return laboratories.add_laboratory(
            "Northmere Analytical Ltd", aliases=["NMA"], domains=["northmere.example"]
        )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "laboratory.host_invalid"),
        ("not a host", "laboratory.host_invalid"),
        ("co.uk", "laboratory.host_invalid"),  # a public suffix: anybody's
        ("localhost", "laboratory.host_invalid"),
        ("192.0.2.7", "laboratory.host_invalid"),
        ("javascript:alert(1)", "laboratory.host_invalid"),
        ("gmail.com", "laboratory.host_everybodys"),
        ("ukas.com", "laboratory.host_everybodys"),
        ("qbench.net", "laboratory.host_shared"),
        ("bit.ly", "laboratory.host_shared"),
        ("https://storage.googleapis.com/lab/1.pdf", "laboratory.host_shared"),
        ("northmere.example", "laboratory.host_taken"),
        ("reports.northmere.example", "laboratory.host_taken"),
    ],
)
def test_name_that_is_not_one_laboratorys_own_is_refused(northmere, written, code):
    with pytest.raises((Refused, Conflict)) as raised, transaction():
        laboratories.add_laboratory("Southmere Labs", domains=[written])
    assert raised.value.code == code
    assert [each.legal_name for each in laboratories.laboratories()] == ["Northmere Analytical Ltd"]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("Southmere.EXAMPLE", "southmere.example"),
        ("https://www.southmere.example/reports?x=1", "southmere.example"),
        ("b\u00fccher.example", "xn--bcher-kva.example"),
    ],
)
def test_domain_is_kept_as_browsers_open_it(northmere, written, host):
    with transaction():
        added = laboratories.add_laboratory("Southmere Labs", domains=[written, written])
    assert added.domains == [host]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("results.lims.example", "results.lims.example"),
        ("https://storage.googleapis.com/northmere/1.pdf", "storage.googleapis.com/northmere"),
        ("https://northmere.qbench.net/r/1", "northmere.qbench.net"),
        ("bit.ly", None),
        ("drive.google.com", None),
        ("co.uk", None),
    ],
)
def test_lookup_page_may_be_at_a_service_and_never_hidden(northmere, written, host):
    if host is None:
        with pytest.raises(Refused), transaction():
            laboratory_lookups.add(northmere, written, staff=STAFF, at=AT)
        return
    with transaction():
        laboratory_lookups.add(northmere, written, staff=STAFF, at=AT)
    assert northmere.verify_hosts == [host]
    with transaction():
        laboratory_lookups.decide(northmere, host, is_approved=False, staff=STAFF, at=AT)
    assert northmere.verify_hosts == []
    told = [row.what for row in laboratory_changes.history(northmere.id)]
    assert told == ["host_refused", "host_approved", "added"]


def test_renamed_laboratory_takes_and_loses_documents_by_their_printed_name(northmere, tmp_path):
    with transaction():
        own = make_certificate(tmp_path, ONE)
        other = make_certificate(tmp_path, TWO, printed={"lab_name_printed": "Calder Testing"})
        db.session.execute(delete(Job))
    assert (own.laboratory_id, other.laboratory_id) == (northmere.id, None)

    with transaction():
        change(northmere, legal_name="Calder Testing", aliases=[])

    assert (own.laboratory_id, other.laboratory_id) == (None, northmere.id)
    assert rung() == {f"certificate:{each.public_id}" for each in (own, other)}
    rows = laboratory_changes.history(northmere.id)
    assert [(row.what, row.staff_id) for row in rows[:2]] == [("names", STAFF), ("renamed", STAFF)]


def test_name_of_another_laboratory_is_refused(northmere):
    with transaction():
        southmere = laboratories.add_laboratory("Southmere Labs")
    for more in ({"legal_name": "NMA"}, {"aliases": ["northmere analytical"]}):
        with pytest.raises(Conflict) as raised, transaction():
            change(southmere, **more)
        assert "Northmere Analytical Ltd" in raised.value.message
        db.session.refresh(southmere)


def test_record_that_changed_meanwhile_is_not_written_over(northmere):
    seen = northmere.revision
    with transaction():
        change(northmere, aliases=["NMA", "Northmere Labs"])
    with pytest.raises(Conflict) as raised, transaction():
        change(northmere, aliases=[], revision=seen)
    assert raised.value.code == "laboratory.changed"
    db.session.refresh(northmere)
    assert northmere.aliases == ["NMA", "Northmere Labs"]


def test_name_staff_corrected_is_the_one_that_counts(app, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path, printed={"lab_name_printed": "Misread Labs"})
        service.correct_field(certificate, "lab_name_printed", "Calder", staff=STAFF, at=AT)
        laboratories.add_laboratory("Misread Labs")
    assert certificate.laboratory_id is None
    with transaction():
        calder = laboratories.add_laboratory("Calder")
    assert certificate.laboratory_id == calder.id


def test_more_exact_name_takes_documents_from_the_shorter_one(app, tmp_path):
    with transaction():
        parent = laboratories.add_laboratory("Northmere Analytical")
        printed = {"lab_name_printed": "Northmere Analytical, Leeds"}
        certificate = make_certificate(tmp_path, printed=printed)
    assert certificate.laboratory_id == parent.id
    with transaction():
        branch = laboratories.add_laboratory("Northmere Analytical, Leeds")
    assert certificate.laboratory_id == branch.id


def test_near_name_on_record_is_among_the_facts(northmere, tmp_path):
    with transaction():
        near = make_certificate(
            tmp_path, ONE, printed={"lab_name_printed": "Northrnere Analytical Ltd"}
        )
        far = make_certificate(tmp_path, TWO, printed={"lab_name_printed": "Calder Testing"})
    assert gather.facts(near.public_id).similar_laboratory == "Northmere Analytical Ltd"
    assert gather.facts(far.public_id).similar_laboratory == ""


def test_lookup_page_bears_on_documents_that_lead_there_alone(northmere, tmp_path):
    """An approval is about exact facts: it must not fall with every new host."""
    with transaction():
        plain = make_certificate(tmp_path, ONE)
        leads = make_certificate(tmp_path, TWO, printed={"verify_url": "https://lims.example/v/1"})
    before = gather.facts(plain.public_id)
    with transaction():
        laboratory_lookups.add(northmere, "lims.example", staff=STAFF, at=AT)
    assert gather.facts(plain.public_id) == before
    assert gather.facts(leads.public_id).laboratory.verify_hosts == ("lims.example",)
    assert gather.facts(leads.public_id, brand_domains=["lims.example", "b.example"]).brand_domains
    assert gather.facts(plain.public_id, brand_domains=["b.example"]).brand_domains == ()


def accredited(laboratory, **more):
    values = {"scope": ["ISO 21149"], "checked_at": AT, "checked_by": STAFF}
    return accreditations.add_accreditation(
        laboratory, body="UKAS", number="4417", **{**values, **more}
    )


def test_accreditation_seen_again_changes_no_facts(northmere, tmp_path):
    with transaction():
        certificate = make_certificate(tmp_path)
        row = accredited(northmere)
    before = gather.facts(certificate.public_id)
    with transaction():
        db.session.execute(delete(Job))
        accreditations.see_again(row, staff=STAFF, at=AT + timedelta(days=30))
    assert row.checked_at == AT + timedelta(days=30)
    assert gather.facts(certificate.public_id) == before
    assert rung() == set()


@pytest.mark.parametrize("status", [AccreditationStatus.SUSPENDED, AccreditationStatus.WITHDRAWN])
def test_accreditation_no_longer_in_force_is_judged_anew(northmere, tmp_path, status):
    with transaction():
        certificate = make_certificate(tmp_path)
        row = accredited(northmere, document="d" * 64)
        db.session.execute(delete(Job))
        accreditations.change(
            row,
            scope=[" ISO 21149 ", "ISO 21149", "", "ISO\t21392"],
            valid_from=None,
            valid_to=date(2027, 1, 1),
            status=status,
            evidence="https://ukas.example",
            document="",
            staff=STAFF,
            at=AT,
        )
    assert rung() == {f"certificate:{certificate.public_id}"}
    (seen,) = gather.facts(certificate.public_id).laboratory.accreditations
    assert (seen.is_active, seen.scope) == (False, ("ISO 21149", "ISO 21392"))
    assert row.document == "d" * 64


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "laboratory.accreditation_known"),
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "laboratory.dates_reversed",
        ),
        ({"scope": [f"ISO {n}" for n in range(2_001)]}, "laboratory.scope_long"),
        ({"scope": ["x" * 301]}, "laboratory.method_long"),
    ],
)
def test_accreditation_that_will_not_do_is_refused(northmere, more, code):
    with transaction():
        accredited(northmere)
    with pytest.raises((Refused, Conflict)) as raised, transaction():
        accredited(northmere, **more)
    assert raised.value.code == code
    assert len(accreditations.accreditations_of(northmere.id)) == 1


def test_record_that_needs_something_says_what(northmere, tmp_path):
    today = date(2026, 11, 22)
    assert laboratory_lookups.needs(today) == {}
    with transaction():
        accredited(northmere, valid_to=today + timedelta(days=60))
        make_certificate(tmp_path, printed={"verify_url": "https://lims.example/v/1"})
    needs = laboratory_lookups.needs(today)[northmere.id]
    assert (needs.hosts, needs.ending) == (1, today + timedelta(days=60))
    assert laboratory_lookups.needs(today - timedelta(days=1))[northmere.id].ending is None
    ((seen, document),) = laboratory_lookups.seen_of(northmere.id)
    assert (seen.host, document) == (
        "lims.example",
        db.session.scalar(select(Certificate.public_id)),
    )
