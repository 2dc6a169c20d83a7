"""What was seen of a report at the laboratory itself: kept by a worker, said by a person."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shop.assay.certificates.evidence import Level, evidence_level
from shop.assay.certificates.facts import Confirmation
from shop.assay.vocabulary import Decision, Outcome
from shop.certificates import (
    asking,
    confirming,
    gather,
    laboratories,
    laboratory_lookups,
    laboratory_retiring,
    service,
)
from shop.certificates.confirming import State
from shop.plumbing import jobs
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from tests.assay.certificates.builders import ACCREDITED, PRINTED, facts
from tests.certificates import documents
from tests.certificates.factories import AT, STAFF, make_certificate

REPORT, LOT = PRINTED["report_no"], PRINTED["lot"]
URL = "https://northmere.example/v/1"
FILE = documents.certificate((("Report number", REPORT, "Date of issue", "3 October 2026"),))


@pytest.fixture
def certificate(app, tmp_path, dns_server, web_server):
    for name in ("northmere.example", "elsewhere.example"):
        dns_server.add(name, web_server.host)
    with transaction():
        laboratories.add_laboratory("Northmere Analytical", domains=["northmere.example"])
        return make_certificate(tmp_path, FILE)


@pytest.fixture
def fetch(certificate, outbound, tmp_path):
    """Ask for the page and let a worker fetch it."""

    def run(url=URL):
        with transaction():
            row = confirming.ask_page(certificate, url, staff=STAFF, at=AT)
        jobs.run_due(asking.handlers(outbound, BlobStore(tmp_path / "blobs")))
        db.session.refresh(row)
        return row

    return run


@pytest.mark.parametrize(
    ("body", "has_report_no", "has_lot"),
    [
        (f"<p>Report <b>{REPORT}</b>, lot {LOT}.</p>", True, True),
        (f"<p>{REPORT.replace('-', ' ')} of lot {LOT}9</p>", True, False),
        (f"<script>var n = '{REPORT.lower()}'</script>", True, False),
        (f"<p>{REPORT}1 {LOT}</p>", False, True),
        ("<" * 200_000, False, False),
        (b"\xff\xfe\x00\x01", False, False),
    ],
)
def test_page_is_kept_and_its_text_looked_at(fetch, web_server, body, has_report_no, has_lot):
    content = body.encode() if isinstance(body, str) else body
    web_server.page(URL, content)
    row = fetch()
    assert (row.state, row.where, row.problem) == (State.KEPT, URL, "")
    assert (row.has_report_no, row.has_lot) == (has_report_no, has_lot)
    assert row.blob == hashlib.sha256(content).hexdigest()


def test_very_file_at_the_laboratory_holds_all_numbers(fetch, web_server):
    web_server.page(URL, FILE)
    row = fetch()
    assert (row.has_report_no, row.has_lot) == (True, True)


def test_other_pdf_at_the_laboratory_is_read_by_the_reader(fetch, web_server):
    web_server.page(URL, documents.certificate((("Report number", REPORT, "", ""),)))
    row = fetch()
    assert (row.state, row.has_report_no, row.has_lot) == (State.KEPT, True, False)


@pytest.mark.parametrize(
    ("set_up", "problem"),
    [
        (lambda web: web.page(URL, b"Gone", status=404), "status_404"),
        (lambda web: web.redirect(URL, "https://elsewhere.example/v"), "left_host"),
        (lambda web: web.redirect(URL, "http://northmere.example/v"), "not_encrypted"),
        (lambda web: web.page(URL, b"x" * (1024 * 1024 + 1)), "body_too_large"),
    ],
)
def test_page_that_does_not_come_says_why(fetch, web_server, set_up, problem):
    web_server.page("https://elsewhere.example/v", f"{REPORT} {LOT}".encode())
    set_up(web_server)
    row = fetch()
    assert (row.state, row.problem, row.blob) == (State.FAILED, problem, "")
    with pytest.raises(Conflict), transaction():
        confirming.say_seen(row, staff=STAFF, at=AT)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://northmere.example/v/1", "confirmation.address"),
        ("northmere.example/v/1", None),  # https is what a browser takes it for
        ("ftp://northmere.example/v", "confirmation.address"),
        ("https://elsewhere.example/v/1", "confirmation.host"),
        ("https://northmere.example@elsewhere.example/", "confirmation.host"),
        ("https://northmere.example.elsewhere.example/", "confirmation.host"),
        ("https://northmere.example/" + "v" * 2_000, "confirmation.address"),
        ("", "confirmation.address"),
    ],
)
def test_page_is_asked_for_at_the_laboratorys_own_addresses(certificate, url, code):
    if code is None:
        with transaction():
            assert confirming.ask_page(certificate, url, staff=STAFF, at=AT).where == URL
        return
    with pytest.raises(Refused) as raised, transaction():
        confirming.ask_page(certificate, url, staff=STAFF, at=AT)
    assert raised.value.code == code
    assert confirming.confirmations_of(certificate.id) == []


def test_persons_word_makes_the_page_count_and_withdrawal_ends_it(certificate, fetch, web_server):
    web_server.page(URL, f"{REPORT} {LOT}".encode())
    row = fetch()
    assert gather.facts(certificate.public_id).confirmation is None
    with transaction():
        confirming.say_seen(row, staff=STAFF, at=AT)
        confirming.say_seen(row, staff="another", at=AT)
    assert row.seen_by == STAFF

    seen = gather.facts(certificate.public_id).confirmation
    assert (seen.is_by_laboratory, seen.where, seen.sha256) == (False, URL, row.blob)
    assert seen.on == row.kept_at.date()
    with pytest.raises(Refused), transaction():
        confirming.withdraw(row, reason="", staff=STAFF, at=AT)
    with transaction():
        confirming.withdraw(row, reason="Another lot", staff=STAFF, at=AT)
    assert gather.facts(certificate.public_id).confirmation is None


def test_page_counts_while_its_host_is_on_record(certificate, fetch, web_server):
    laboratory = laboratories.matching("Northmere Analytical")
    with transaction():
        laboratory_lookups.add(laboratory, "elsewhere.example", staff=STAFF, at=AT)
    there = "https://elsewhere.example/v"
    web_server.page(there, REPORT.encode())
    row = fetch(there)
    with transaction():
        confirming.say_seen(row, staff=STAFF, at=AT)
    assert gather.facts(certificate.public_id).confirmation is not None
    with transaction():
        host = "elsewhere.example"
        laboratory_lookups.decide(laboratory, host, is_approved=False, staff=STAFF, at=AT)
    assert gather.facts(certificate.public_id).confirmation is None


def letter(certificate, **more):
    values = {"who": "A. Reed <reed@northmere.example>", "dated": date(2026, 11, 20)}
    values |= {"document": "d" * 64, "staff": STAFF, "at": AT, **more}
    return confirming.keep_letter(certificate, **values)


def test_letter_counts_from_the_day_on_which_it_was_written(certificate):
    with transaction():
        row = letter(certificate)
    seen = gather.facts(certificate.public_id).confirmation
    assert (seen.is_by_laboratory, seen.on) == (True, date(2026, 11, 20))
    assert confirming.confirmation(certificate, row.public_id) is row
    with pytest.raises(NotFound):
        confirming.confirmation(certificate, "no-such-one")


def test_laboratory_off_record_confirms_nothing(certificate):
    with transaction():
        letter(certificate)
        laboratory = laboratories.matching("Northmere Analytical")
        laboratory_retiring.retire(laboratory, reason="Gone", staff=STAFF, at=AT)
    found = service.by_public_id(certificate.public_id)
    assert gather.facts(found.public_id).confirmation is None
    assert len(confirming.confirmations_of(found.id)) == 1
    with pytest.raises(Refused), transaction():
        letter(found)


@pytest.mark.parametrize(
    "more", [{"who": " "}, {"dated": AT.date() + timedelta(days=1)}], ids=["nobody", "to come"]
)
def test_letter_of_nobody_or_to_come_is_refused(certificate, more):
    with pytest.raises(Refused), transaction():
        letter(certificate, **more)
    assert confirming.confirmations_of(certificate.id) == []


def test_page_that_lost_its_bell_is_rung_for_again(certificate):
    with transaction():
        for _ in range(5):
            row = confirming.ask_page(certificate, URL, staff=STAFF, at=AT)
        db.session.execute(jobs.Job.__table__.delete())
        confirming.ring_for_asked(older_than=AT)
    assert jobs.waiting() == 5
    with pytest.raises(Refused) as raised, transaction():
        confirming.ask_page(certificate, URL, staff=STAFF, at=AT)
    assert (raised.value.code, row.state) == ("confirmation.many", State.ASKED)


@pytest.mark.parametrize(
    ("is_confirmed", "laboratory", "is_approved", "level"),
    [
        (True, ACCREDITED, True, Level.E3),
        (False, ACCREDITED, True, Level.E2),
        (True, ACCREDITED, False, Level.E1),  # nobody has compared it with its pages
    ],
)
def test_confirmation_and_approval_make_the_third_level(
    is_confirmed, laboratory, is_approved, level
):
    page = Confirmation(is_by_laboratory=False, where=URL, sha256="c" * 64, on=AT.date())
    seen = page if is_confirmed else None
    asked = replace(facts(), laboratory=laboratory, confirmation=seen)
    decision = Decision(Outcome.PASSED, STAFF, AT, frozenset(), "Seen") if is_approved else None
    assert evidence_level(asked, decision) == level
