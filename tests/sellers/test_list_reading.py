"""How workers read lists: what the network does, whose address counts, and checks for strangers."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from shop.assay.sellers.facts import ProofState
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from shop.sellers import lists, service
from shop.sellers.list_reading import EVERY
from shop.sellers.models import Domain
from tests.doubles.dns_double import Fault
from tests.doubles.web_double import Certificate
from tests.sellers.proofs import DAY, HOUR, START
from tests.sellers.publishing import BAY, HOST, PELL, URL, Brand, doubles, maren, prove, world

__all__ = ["doubles", "maren", "world"]
BAY_SAID = ("Brush & Bay", "active", "brushandbay.com")


BROKEN = {
    "missing": ({"status": 404}, "http_404"),
    "gone wrong": ({"status": 500}, "http_500"),
    "no list": ({"body": b"<html>"}, "not_accepted"),
    "packed": ({"body": b"x", "content_encoding": "gzip"}, "packed"),
    "too large": ({"body": b" " * 1_048_577}, "body_too_large"),
}


@pytest.mark.parametrize(("answer", "problem"), BROKEN.values(), ids=BROKEN)
def test_broken_list_keeps_the_last_good_one_until_it_expires(world, maren, answer, problem):
    maren.publish(BAY, expires="2026-10-20").read()
    prove("Brush & Bay", "brushandbay.com")
    maren.serve(**answer)
    world.wait(EVERY + 2 * HOUR)

    source = maren.source
    assert (source.problem, source.failures, source.failing_since) == (problem, 1, now())
    assert source.fetched_at == START
    assert bool(source.problems) is (problem == "not_accepted")
    assert maren.codes("https://brushandbay.com/")[0] == "verified"
    world.clock.move_to(START + 18 * DAY)
    assert maren.codes("https://brushandbay.com/")[1] == ["seller.authorization_expired"]


def test_list_that_cannot_be_used_is_told_by_path_and_used_when_mended(world, maren):
    maren.publish(BAY).read()
    maren.publish(BAY, PELL | {"regions": ["EU"]}).read()

    assert maren.source.problems == [
        {
            "path": "$.sellers[1].regions[0]",
            "message": "Write two letters of ISO 3166-1, like “US”, or “001” for the world.",
            "is_warning": False,
        }
    ]
    assert [name for name, *_ in maren.said] == ["Brush & Bay"]
    maren.publish(BAY, PELL).read()
    assert [name for name, *_ in maren.said] == ["Brush & Bay", "Pell"]
    assert (maren.source.problems, maren.source.failing_since) == ([], None)


def test_failures_back_off_to_once_a_day_and_are_shown_to_staff(world, maren):
    maren.serve(status=503)
    maren.read()
    tries = [sum(world.wait(HOUR) for _ in range(24)) for _ in range(4)]

    assert tries[0] in {3, 4}
    assert tries[1:] <= [2, 2, 2]
    assert lists.troubled() == 1
    maren.publish(BAY).read()
    assert lists.troubled() == 0


@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        (lambda world: world.dns.remove("marenoak.com"), "not_found"),
        (lambda world: world.dns.fail("marenoak.com", Fault.SERVFAIL), "dns_unavailable"),
        (lambda world: world.dns.add("marenoak.com", "10.0.0.1"), "address_denied"),
        (lambda world: world.web.certificate(HOST, Certificate.EXPIRED), "not_trusted"),
        (lambda world: world.web.certificate(HOST, Certificate.OTHER_NAME), "name_mismatch"),
        (lambda world: world.web.redirect(URL, "http://marenoak.com/list.json"), "not_encrypted"),
        (lambda world: world.web.redirect(URL, URL), "too_many_redirects"),
    ],
)  # fmt: skip
def test_what_the_network_does_is_kept_as_the_reason(world, maren, trouble, problem):
    maren.publish(BAY)
    trouble(world)

    assert maren.read().problem == problem
    assert maren.said == []


def test_list_moved_within_official_addresses_counts_where_it_says_it_is(world, maren):
    moved = "https://www.marenoak.com/sellers.json"
    world.dns.add("www.marenoak.com", world.web.host)
    world.web.redirect(URL, moved)
    body = maren.publish(BAY, canonical=moved)
    world.web.page(moved, json.dumps(document_of(world)).encode())
    world.web.redirect(URL, moved)

    assert body.read().problem == ""
    assert [name for name, *_ in maren.said] == ["Brush & Bay"]


def document_of(world):
    return {
        "version": 1,
        "brand": "MAREN and OAK",
        "canonical": "https://www.marenoak.com/sellers.json",
        "expires": "2027-01-31",
        "sellers": [BAY],
    }


def test_list_that_leads_away_from_the_brand_does_not_count(world, maren):
    away = "https://elsewhere.shop/list.json"
    world.dns.add("elsewhere.shop", world.web.host)
    world.web.redirect(URL, away)
    world.web.page(away, json.dumps(document_of(world) | {"canonical": away}).encode())

    source = maren.read()

    assert source.problem == "not_accepted"
    assert [problem["path"] for problem in source.problems] == ["$.canonical"]
    assert maren.said == []


def test_copy_of_another_brand_s_list_does_not_count(world, maren):
    Brand(world, "Pell & Co", "pellandco.com").publish(BAY)
    copied = Brand(world, "Copycat", "copycat.shop")
    copied.publish(BAY, brand="Pell & Co", canonical="https://pellandco.com/list.json")

    source = copied.read()

    assert [problem["path"] for problem in source.problems][:2] == ["$.brand", "$.canonical"]
    assert copied.said == []


def test_list_at_an_address_that_staff_entered_counts(world, maren):
    with transaction():
        db.session.execute(update(Domain).values(host="other.shop"))
        service.add_domain("marenoak.com", owner=maren.product.brand)

    assert maren.publish(BAY).read().problem == ""
    assert len(maren.said) == 1


@pytest.mark.parametrize("state", [ProofState.LOST, ProofState.STALE, ProofState.NONE])
def test_list_at_an_address_that_the_brand_no_longer_controls_does_not_count(world, maren, state):
    maren.publish(BAY).read()
    with transaction():
        service.record_proof(maren.domain, method="dns", state=state, lost_at=now())
        db.session.execute(
            update(Domain.__table__.metadata.tables["domain_proof"]).values(state=state)
        )

    source = maren.publish(BAY, PELL).read()

    assert source.problem == "not_controlled"
    assert [name for name, *_ in maren.said] == ["Brush & Bay"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://marenoak.com/list.json", "sellers.source_address"),
        ("marenoak.com/list.json", "sellers.source_address"),
        ("https://me:secret@marenoak.com/list.json", "sellers.source_address"),
        ("https://127.0.0.1/list.json", "sellers.source_address"),
        ("https://localhost/list.json", "sellers.source_address"),
        ("https://marenoak.com/" + "x" * 2000, "sellers.source_address"),
        ("https://pell.shop/list.json", "sellers.source_not_official"),
    ],
)
def test_source_has_to_be_an_official_address(world, maren, url, code):
    with pytest.raises(Refused) as refused, transaction():
        lists.use_source(maren.product.brand, url)

    assert refused.value.code == code
    assert maren.source is None


def test_answer_from_an_address_that_was_given_up_meanwhile_is_dropped(world, maren):
    maren.publish(BAY)
    other = "https://marenoak.com/other.json"

    def swap(to):
        with world.app.app_context(), transaction():
            lists.source_of(maren.id).url = other
        to.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    world.web.script(URL, swap)

    source = maren.read()

    assert (source.url, source.problem, source.failures) == (other, "", 0)


def test_worker_that_dies_after_reading_reads_again(world, maren):
    maren.publish(BAY)
    with transaction():
        source = lists.use_source(maren.product.brand, maren.url)
        key = source.public_id
    run = lists.handlers(world.gate, world.blobs)[lists.LIST_JOB].run

    run(key, transaction)
    run(key, transaction)

    assert len(maren.lists) == 1
    assert maren.said == [BAY_SAID]


def test_check_of_a_list_is_read_by_a_worker(world):
    world.dns.add("marenoak.com", world.web.host)
    world.web.page(URL, json.dumps(document_of(world)).encode())
    with transaction():
        asked = lists.ask_check(URL)
        assert asked.read_at is None
        assert lists.ask_check(URL).public_id == asked.public_id
        public_id = asked.public_id
    world.work()

    report = lists.check(public_id).report
    assert report["problem"] == "not_accepted"
    assert [problem["path"] for problem in report["problems"]] == ["$.canonical"]
    assert (report["brand"], report["sellers"]) == ("MAREN and OAK", 1)
    world.wait(8 * DAY)
    assert db.session.scalar(select(func.count()).select_from(lists.ListCheck)) == 0


def test_check_of_an_address_inside_is_refused_by_the_gate(world):
    world.dns.add("inside.shop", "10.0.0.7")
    with transaction():
        public_id = lists.ask_check("https://inside.shop/list.json").public_id
    world.work()

    assert lists.check(public_id).report["problem"] == "address_denied"


def test_lost_bell_of_a_check_is_rung_again(world):
    with transaction():
        lists.ask_check(URL)
        db.session.execute(jobs.Job.__table__.delete())

    assert world.sweep() == 0
    assert world.wait(timedelta(minutes=2)) == 1
