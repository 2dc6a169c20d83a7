"""One visit at a time for a site, and a pause between two, however many workers there are."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Job
from shop.sellers import following, turns
from shop.sellers.following import FOLLOW_JOB
from shop.sellers.seen import VisitTurn
from tests.sellers.ways import SHOP, follow, make_offer, offer, serve, waiting

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def take(*names, at=AT):
    with transaction():
        turns.take(names, at=at)


def give_back(*names, at=AT):
    with transaction():
        turns.give_back(names, at=at)


def test_turn_is_taken_once_and_free_again_after_a_pause(app):
    take("a.net")
    with pytest.raises(turns.Busy) as busy:
        take("a.net", at=AT + SECOND)
    assert busy.value.free_at == AT + turns.LEASE
    give_back("a.net", at=AT + SECOND)
    with pytest.raises(turns.Busy):
        take("a.net", at=AT + 2 * SECOND)
    take("a.net", at=AT + SECOND + turns.PAUSE)


def test_no_turn_is_taken_by_halves(app):
    take("b.net")
    with pytest.raises(turns.Busy):
        take("a.net", "b.net", "c.net")
    take("a.net", "c.net")


def test_visitor_that_died_holds_its_turn_no_longer_than_the_lease(app):
    take("a.net")
    take("a.net", at=AT + turns.LEASE)


def test_sites_on_the_way_are_left_in_peace_too(app):
    give_back("way.net")
    with pytest.raises(turns.Busy):
        take("way.net", at=AT + SECOND)


def test_workers_at_once_get_one_turn(app):
    names, got, lost = ["b.net", "a.net"], [], []
    start = threading.Barrier(6)

    def try_it(order):
        with app.app_context():
            start.wait()
            try:
                take(*order)
                got.append(1)
            except turns.Busy:
                lost.append(1)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=try_it, args=(names[:: (-1) ** n],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(got), len(lost)) == (1, 5)


def test_line_is_as_long_as_those_who_stand_in_it(app):
    with transaction():
        assert turns.line_up("a.net", at=AT, count=2) == [AT, AT + turns.STRIDE]
        assert turns.line_up("a.net", at=AT + SECOND) == [AT + 2 * turns.STRIDE]
        later = AT + timedelta(hours=1)
        assert turns.line_up("a.net", at=later, stride=SECOND) == [later]
        assert turns.line_up("b.net", at=AT) == [AT]


def test_due_offers_of_one_site_stand_in_line(app, clock):
    offers = [make_offer(f"https://big.net/{n}", is_listed=False) for n in range(4)]
    alone = make_offer("https://small.net/", is_listed=False)
    with transaction():
        db.session.query(Job).filter_by(kind=FOLLOW_JOB).delete()
        db.session.query(VisitTurn).delete()
        for public_id in (*offers, alone):
            offer(public_id).next_follow_at = None
    with transaction():
        assert following.ring_for_due() == 5
        assert following.ring_for_due() == 0
        found = {
            job.key: job.run_at - now() for job in db.session.query(Job).filter_by(kind=FOLLOW_JOB)
        }
    assert [found[each] for each in offers] == [n * turns.STRIDE for n in range(4)]
    assert found[alone] == 4 * following.SPACING  # not all at one moment


def test_due_offers_that_are_too_many_wait_for_the_next_sweep(app, clock):
    for number in range(3):
        make_offer(f"https://shop{number}.net/", is_listed=False)
    clock.shift(timedelta(days=9))
    for expected in (2, 1, 0):
        with transaction():
            assert following.ring_for_due(limit=2) == expected


def test_links_of_one_site_are_followed_one_after_another(app, world):
    serve(world, "big.net")
    for number in range(3):
        make_offer(f"https://big.net/{number}", is_listed=False)
    visits = []
    for _ in range(4):
        follow(world, sweep=False)
        visits.append(sum("big.net" in each.url for each in world.web.asked))
        world.shift(turns.STRIDE)
    assert visits == [1, 2, 3, 3]
    assert waiting(FOLLOW_JOB) == []


def test_who_comes_while_a_site_is_busy_stands_in_line_again(app, world):
    serve(world, "big.net")
    public_id = make_offer("https://big.net/1", is_listed=False)
    with transaction():
        turns.take(["big.net"], at=now())
        turns.line_up("big.net", at=now() + turns.LEASE, count=3)
    assert follow(world, sweep=False) == 1
    assert world.web.asked == []
    world.shift(turns.LEASE + 2 * turns.STRIDE)
    assert follow(world, sweep=False) == 0
    assert waiting(FOLLOW_JOB) == [public_id]
    world.shift(turns.STRIDE)
    assert follow(world, sweep=False) >= 1
    assert [each.url for each in world.web.asked if "big" in each.url] == ["https://big.net/1"]


def test_worker_that_dies_on_the_way_leaves_the_job_to_the_next(app, world):
    serve(world, "brushandbay.com")
    public_id = make_offer()
    deaths = []

    class Dying:
        def trace(self, *_, **__):
            deaths.append(1)
            raise SystemExit

    with pytest.raises(SystemExit):
        following.handlers(Dying())[FOLLOW_JOB].run(public_id, transaction)
    assert waiting(FOLLOW_JOB) == [public_id]
    world.shift(turns.LEASE)
    follow(world)
    assert [each.url for each in world.web.asked] == [SHOP]
    assert waiting(FOLLOW_JOB) == []


def test_click_has_a_link_followed_that_was_not_for_a_day(app, world, tmp_path):
    serve(world, "brushandbay.com")
    public_id = make_offer()
    spool = following.clicks(tmp_path)
    follow(world)

    def swept():
        following.clicked(offer(public_id), spool)
        with transaction():
            following.ring_for_clicked(spool)
            return following.ring_for_due()

    assert swept() == 0  # looked at just now
    world.shift(timedelta(hours=24))
    assert swept() == 0
    world.shift(SECOND)
    assert swept() == 1
    assert waiting(FOLLOW_JOB) == [public_id]
    assert swept() == 1  # still on its way: ringing twice is ringing once
    assert waiting(FOLLOW_JOB) == [public_id]


def test_a_click_writes_nothing_to_the_database(app, tmp_path):
    public_id = make_offer()
    row = offer(public_id)
    following.clicked(row, following.clicks(tmp_path))
    assert not db.session.dirty
    assert not db.session.new
    with following.clicks(tmp_path).taken() as words:
        assert words == {public_id}


def test_words_that_name_no_offer_are_passed_over(app, tmp_path):
    spool = following.clicks(tmp_path)
    for number in range(450):
        spool.leave(f"nobody{number}")
    with transaction():
        following.ring_for_clicked(spool)
        assert following.ring_for_due() == 0
