"""Which hosts do a laboratory's documents lead to, and what does staff's word about one change?"""

import pytest
from sqlalchemy import select

from shop.assay.certificates.facts import Code
from shop.assay.certificates.inside import Inside
from shop.assay.certificates.reading.addresses import links_in
from shop.certificates import gather, laboratories, seen_hosts, service, storing
from shop.certificates.models import HostSighting, SeenHost, Status
from shop.plumbing.db import db
from shop.plumbing.jobs import Job
from tests.certificates.factories import AT, STAFF, make_certificate, make_reading


def leading_to(*urls):
    links = tuple(link for url in urls for link in links_in(Code("QRCode", url, 1, None)))
    return {"inside": Inside(links=links)}


def make_laboratory(**more):
    return laboratories.add_laboratory("Northmere Analytical", **more)


def proposals(laboratory):
    return [(seen.host, seen.documents) for seen in seen_hosts.proposed(laboratory.id)]


def test_hosts_of_codes_and_printed_addresses_are_proposed(app, tmp_path):
    laboratory = make_laboratory(domains=["northmere.example"])
    codes = leading_to(
        "https://reports.lims.example/r/1",
        "https://verify.northmere.example/r/1",  # its own already
        "https://storage.googleapis.com/northmere-coa/1.pdf",
        "https://drive.google.com/file/d/1",  # nobody's in particular
        "https://bit.ly/3x",
        "https://instagram.com/northmere",
    )
    first = make_certificate(tmp_path, printed={"verify_url": "coa.labs.example/r"}, **codes)
    make_certificate(tmp_path, b"%PDF-1.7 two", **leading_to("https://reports.lims.example/r/2"))

    assert proposals(laboratory) == [
        ("reports.lims.example", 2),
        ("storage.googleapis.com/northmere-coa", 1),
        ("coa.labs.example", 1),
    ]
    seen = seen_hosts.proposed(laboratory.id)
    assert [row.kind for row in seen] == ["qr", "qr", "text"]
    assert {row.certificate_id for row in seen} == {first.id}


def test_reading_again_counts_a_document_once_and_forgets_what_is_no_longer_there(app, tmp_path):
    laboratory = make_laboratory()
    first = make_certificate(tmp_path, **leading_to("https://a.example/1", "https://b.example/1"))
    service.read_again(first, at=AT)
    storing.finish(first.public_id, make_reading(**leading_to("https://b.example/1")), {})
    assert proposals(laboratory) == [("b.example", 1)]


def test_rejected_document_proposes_nothing_until_it_is_looked_at_again(app, tmp_path):
    laboratory = make_laboratory()
    first = make_certificate(tmp_path, **leading_to("https://a.example/1"))
    service.set_status(first, Status.REJECTED, at=AT)
    assert proposals(laboratory) == []
    service.set_status(first, Status.ACCEPTED, at=AT)
    assert proposals(laboratory) == [("a.example", 1)]


def test_documents_that_came_before_the_record_are_noted_with_it(app, tmp_path):
    make_certificate(tmp_path, **leading_to("https://a.example/1"))
    assert db.session.scalars(select(SeenHost)).all() == []
    assert proposals(make_laboratory()) == [("a.example", 1)]


def test_document_of_another_laboratory_after_a_correction_counts_there(app, tmp_path):
    laboratory = make_laboratory()
    other = laboratories.add_laboratory("Other House Testing")
    first = make_certificate(tmp_path, **leading_to("https://a.example/1"))
    service.correct_field(first, "lab_name_printed", "Other House Testing", staff=STAFF, at=AT)
    assert (proposals(laboratory), proposals(other)) == ([], [("a.example", 1)])


@pytest.mark.parametrize(
    ("is_approved", "hosts"), [(True, ["known.example", "a.example"]), (False, ["known.example"])]
)
def test_decision_stands_and_the_documents_are_judged_anew(app, tmp_path, is_approved, hosts):
    laboratory = make_laboratory(verify_hosts=["known.example"])
    first = make_certificate(tmp_path, **leading_to("https://a.example/1"))
    (seen,) = seen_hosts.proposed(laboratory.id)
    db.session.query(Job).delete()

    seen_hosts.decide(seen, is_approved=is_approved, staff=STAFF, at=AT)

    assert laboratory.verify_hosts == hosts
    assert (seen.decided_by, seen.decided_at) == (STAFF, AT)
    assert seen_hosts.proposed(laboratory.id) == []
    assert any(first.public_id in job.key for job in db.session.scalars(select(Job)))
    assert list(gather.facts(first.public_id).laboratory.verify_hosts) == hosts
    make_certificate(tmp_path, b"%PDF-1.7 two", **leading_to("https://a.example/2"))
    assert seen_hosts.proposed(laboratory.id) == []
    assert seen.documents == 2


def test_refusing_later_takes_the_host_away(app, tmp_path):
    laboratory = make_laboratory()
    make_certificate(tmp_path, **leading_to("https://a.example/1"))
    (seen,) = seen_hosts.proposed(laboratory.id)
    seen_hosts.decide(seen, is_approved=True, staff=STAFF, at=AT)
    seen_hosts.decide(seen, is_approved=False, staff=STAFF, at=AT)
    assert (laboratory.verify_hosts, seen.state) == ([], "refused")


def test_laboratory_off_record_leaves_nothing_seen(app, tmp_path):
    laboratory = make_laboratory()
    make_certificate(tmp_path, **leading_to("https://a.example/1"))
    seen_hosts.forget(laboratory.id)
    assert db.session.scalars(select(SeenHost)).all() == []
    assert db.session.scalars(select(HostSighting)).all() == []
