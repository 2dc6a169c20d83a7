"""Registries are asked politely, and a name that changed hands ends what was proven before."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from shop.assay.sellers.facts import SellerState
from shop.assay.sellers.hostnames import parse
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import registrations, turns
from shop.sellers.registrations import REGISTRATION_JOB, name_to_ask
from shop.sellers.seen import DomainRegistration
from tests.sellers.ways import (
    SHOP,
    codes,
    follow,
    forget_jobs,
    judged,
    make_offer,
    offer,
    serve,
    waiting,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def names(world):
    serve(world, "brushandbay.com", "nobody.net", "rdap.test")
    world.web.page(SHOP, b"a shop")


def say(world, name, day):
    """What the registry answers from now on."""
    events = [{"eventAction": "registration", "eventDate": f"{day}T10:00:00Z"}]
    body = json.dumps({"objectClassName": "domain", "ldhName": name, "events": events})
    world.web.page(f"https://rdap.test/domain/{name}", body.encode())


def row(name="brushandbay.com"):
    db.session.rollback()
    db.session.expire_all()
    query = select(DomainRegistration).where(DomainRegistration.name == name)
    return db.session.scalars(query).one()


def work(world):
    """Let every turn come that is due within a minute."""
    ran = follow(world)
    for _ in range(30):
        world.shift(turns.PAUSE)
        ran += jobs.run_due(registrations.handlers(world.gate))
    return ran


def asked(world):
    return [each.url for each in world.web.asked if each.url.startswith("https://rdap.test/")]


def test_names_of_a_followed_link_are_asked_for_once_a_week(app, world):
    say(world, "brushandbay.com", "2015-03-01")
    world.web.redirect(SHOP, "https://nobody.net/")
    make_offer()
    work(world)

    assert sorted(asked(world)) == [
        "https://rdap.test/domain/brushandbay.com",
        "https://rdap.test/domain/nobody.net",
    ]
    assert row().created_on == date(2015, 3, 1)
    nobodys = row("nobody.net")
    assert (nobodys.created_on, nobodys.problem) == (None, "")  # the registry has none: 404
    world.shift(6 * DAY)
    work(world)
    assert len(asked(world)) == 2
    world.shift(DAY)
    work(world)
    assert len(asked(world)) == 4


def test_young_name_is_told(app, world):
    say(world, "brushandbay.com", "2026-09-20")
    public_id = make_offer()
    work(world)
    assert judged(public_id) == (
        SellerState.VERIFIED,
        ["seller.authorized", "domain.recently_registered"],
    )


def test_name_registered_again_ends_the_proof_at_once(app, world):
    say(world, "brushandbay.com", "2015-03-01")
    public_id = make_offer()
    work(world)
    assert codes(public_id) == ["seller.authorized"]

    say(world, "brushandbay.com", str(now().date() + 3 * DAY))
    world.shift(8 * DAY)
    forget_jobs("inspect")
    work(world)
    state, found = judged(public_id)
    assert state is SellerState.UNVERIFIED
    assert "domain.registration_changed" in found
    assert waiting("inspect") == [f"offer:{public_id}"] or _is_due(public_id)


def test_news_of_a_name_has_the_offers_that_lead_there_inspected(app, world):
    world.web.redirect("https://nobody.net/1", SHOP)
    public_id = make_offer("https://nobody.net/1")
    work(world)
    say(world, "brushandbay.com", "2026-09-20")
    world.shift(7 * DAY)
    work(world)
    assert _is_due(public_id)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"status": 500}, "rdap_status"),
        ({"body": b"<html>"}, "rdap_unreadable"),
    ],
)
def test_registry_that_does_not_answer_is_asked_again_tomorrow(app, world, answer, problem):
    say(world, "brushandbay.com", "2015-03-01")
    make_offer()
    work(world)
    world.web.page("https://rdap.test/domain/brushandbay.com", **answer)
    world.shift(7 * DAY)
    work(world)

    seen = row()
    assert (seen.problem, seen.created_on) == (problem, date(2015, 3, 1))
    assert timedelta() < seen.next_read_at - now() <= DAY


def test_registries_are_asked_one_at_a_time(app, world):
    with transaction():
        registrations.want([parse(f"https://shop{number}.net/") for number in range(6)])
    ran = jobs.run_due(registrations.handlers(world.gate))
    assert (ran, len(asked(world))) == (1, 1)  # the others come when it is their turn
    for _ in range(20):
        before = len(asked(world))
        world.shift(turns.PAUSE)
        jobs.run_due(registrations.handlers(world.gate))
        assert len(asked(world)) <= before + 1
    assert len(asked(world)) == 6
    assert waiting(REGISTRATION_JOB) == []


def test_due_names_stand_in_line_and_only_once(app, world):
    with transaction():
        registrations.want([parse(f"https://shop{number}.net/") for number in range(3)])
    forget_jobs(REGISTRATION_JOB)
    world.shift(2 * DAY)
    with transaction():
        assert registrations.ring_for_due() == 3
    with transaction():
        assert registrations.ring_for_due() == 0
        runs = [job.run_at - now() for job in db.session.query(jobs.Job).order_by(jobs.Job.run_at)]
    assert runs == [place * registrations.STRIDE for place in range(3)]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://www.brushandbay.com/", "brushandbay.com"),
        ("https://shop.brushandbay.co.uk/", "brushandbay.co.uk"),
        ("https://xn--bcher-kva.de/", "xn--bcher-kva.de"),
        ("https://brushandbay.myshopify.com/", ""),
        ("https://bit.ly/1", ""),
        ("https://192.0.2.7/", ""),
        ("https://till.local/", ""),
        ("https://hairiz/", ""),
        ("https://shop.example/", ""),
        ("no link", ""),
    ],
)
def test_only_a_name_that_somebody_registered_is_asked_for(link, name):
    assert name_to_ask(parse(link)) == name


def _is_due(public_id):
    return offer(public_id).next_check_at <= now()
