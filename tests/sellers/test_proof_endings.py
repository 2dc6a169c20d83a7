"""How a proof ends before its time, and what happens when two do the same at once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.assay.sellers.facts import ProofMethod
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import proving, service
from shop.sellers.models import Authorization, Domain
from shop.sellers.seen import Challenge, DomainRegistration
from tests.sellers import factories
from tests.sellers.proofs import (
    DAY,
    HOUR,
    MINUTE,
    START,
    add_domain,
    begin,
    code_of,
    fail,
    forget_rings,
    look,
    look_now,
    proofs_of,
    rings,
    row,
    state_of,
)

FILE = ProofMethod.FILE
TODAY = START.date()


def prove(domain, world, method=ProofMethod.DNS):
    started = begin(domain, method)
    world.publish(started)
    look_now(world, started)
    assert state_of(started) == "confirmed"
    return started


def void_since(name, day):
    with transaction():
        return proving.void_since(name, day)


def test_second_start_makes_the_first_token_void(bay, world):
    first, second = begin(bay), begin(bay)
    world.publish(first)
    for started in (first, second):
        look_now(world, started)

    assert (row(first).state, row(first).problem) == ("void", "replaced")
    assert (row(second).state, row(second).problem) == ("waiting", "anothers")
    assert proofs_of(bay) == []


def test_start_of_another_method_leaves_the_first_alone(bay, world):
    first, second = begin(bay), begin(bay, FILE)

    assert (state_of(first), state_of(second)) == ("waiting", "waiting")


def test_new_token_takes_over_only_once_it_is_found(bay, world):
    first = prove(bay, world)
    second = begin(bay)
    assert (state_of(first), state_of(second)) == ("confirmed", "waiting")

    world.publish(second)
    world.shift(DAY)
    look_now(world, second)
    assert (row(first).state, row(first).problem) == ("void", "replaced")
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "ok")]


def test_withdrawn_proof_counts_no_longer(offer, world):
    domain = db.session.scalars(select(Domain)).one()
    started = prove(domain, world)
    forget_rings()
    with transaction():
        proving.withdraw(proving.challenge(started.challenge.public_id), at=now())

    assert (row(started).state, row(started).problem) == ("void", "withdrawn")
    assert proofs_of(domain) == [("dns", "ok"), ("dns", "none")]
    assert code_of(offer) == "seller.no_domain_proof"
    assert rings() == [f"offer:{offer.public_id}"]
    with pytest.raises(Refused) as refused, transaction():
        proving.withdraw(proving.challenge(started.challenge.public_id), at=now())
    assert refused.value.code == "sellers.challenge_closed"


def test_withdrawn_token_that_was_never_found_leaves_no_proof(bay, world):
    started = begin(bay)
    with transaction():
        proving.withdraw(proving.challenge(started.challenge.public_id), at=now())

    assert (state_of(started), proofs_of(bay)) == ("void", [])


@pytest.mark.parametrize(
    ("days_later", "ended"), [(-1, 0), (0, 0), (1, 1)], ids=["before", "same day", "after"]
)
def test_registration_after_the_proof_voids_it_at_once(bay, world, days_later, ended):
    started = prove(bay, world)

    assert void_since("brushandbay.com", TODAY + timedelta(days=days_later)) == ended
    assert state_of(started) == ("void" if ended else "confirmed")
    assert len(proofs_of(bay)) == 1 + ended
    assert void_since("brushandbay.com", TODAY + timedelta(days=days_later)) == 0


def test_token_that_stays_in_place_does_not_outlive_a_new_registration(offer, world):
    """Records are public: the new holder can copy them. So the first look counts, not the last."""
    domain = db.session.scalars(select(Domain)).one()
    started = prove(domain, world)
    fail(started, world, *[7 * DAY] * 4)
    assert service.domain(domain.public_id).proofs[-1].verified_at == START + 28 * DAY
    forget_rings()

    assert void_since("brushandbay.com", TODAY + timedelta(days=20)) == 1
    assert row(started).problem == "registered_again"
    proof = service.domain(domain.public_id).proofs[-1]
    assert (proof.state, proof.verified_at) == ("stale", START)
    assert code_of(offer) == "seller.proof_stale"
    assert rings() == [f"offer:{offer.public_id}"]

    again = prove(domain, world)
    assert void_since("brushandbay.com", TODAY + timedelta(days=20)) == 0
    assert (state_of(again), code_of(offer)) == ("confirmed", "seller.authorized")


def test_new_registration_ends_every_proof_below_it_and_no_other(app, world):
    hosts = ["bay.com", "shop.bay.com", "mybay.com", "bay.com.au"]
    domains = {host: add_domain(f"Owner of {host}", host) for host in hosts}
    same = add_domain("Another owner", "bay.com")
    with transaction():
        service.record_proof(service.domain(same.public_id), method=FILE)  # by hand
    started = {host: prove(domain, world) for host, domain in domains.items()}

    assert void_since("bay.com", TODAY + timedelta(days=1)) == 3
    assert [state_of(started[host]) for host in hosts] == ["void", "void", "confirmed", "confirmed"]
    assert proofs_of(same) == [("file", "ok"), ("file", "stale")]


def test_registration_on_record_is_seen_by_the_next_look(bay, world):
    started = prove(bay, world)
    with transaction():
        on = TODAY + timedelta(days=3)
        db.session.add(DomainRegistration(name="brushandbay.com", created_on=on))
    world.shift(7 * DAY)
    look_now(world, started)

    assert (row(started).state, row(started).problem) == ("void", "registered_again")
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "stale")]


def test_name_that_becomes_a_platforms_loses_its_records_proof(bay, world):
    started = prove(bay, world)
    with transaction():
        service.domain(bay.public_id).host = "bay.myshopify.com"
    look_now(world, started)

    assert (row(started).state, row(started).problem) == ("void", "not_theirs")
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "none")]


def remove_seller(authorization):
    with transaction():
        service.revoke_authorization(db.session.merge(authorization), on=TODAY)
        return proving.void_for(service.retailers()[0])


def test_removed_sellers_proofs_are_void(offer, world):
    domain = db.session.scalars(select(Domain)).one()
    started = prove(domain, world)

    assert remove_seller(db.session.scalars(select(Authorization)).one()) == 1
    assert (row(started).state, row(started).problem) == ("void", "seller_removed")
    assert proofs_of(domain) == [("dns", "ok"), ("dns", "none")]


def test_proof_stands_while_another_brand_names_the_seller(offer, world):
    domain = db.session.scalars(select(Domain)).one()
    started = prove(domain, world)
    with transaction():
        other = factories.make_product("Wax", brand="Otherbrand", sku="OTHER-1").brand
        listed = service.add_list(other, dated=TODAY)
        service.add_authorization(
            other,
            service.retailers()[0],
            source=factories.Source.BRAND_LIST,
            seller_list=listed,
        )
    first, second = db.session.scalars(select(Authorization).order_by(Authorization.id)).all()

    assert remove_seller(first) == 0
    assert state_of(started) == "confirmed"
    assert remove_seller(second) == 1


def test_look_by_hand_is_once_a_minute_and_never_after_the_end(bay, world):
    started = begin(bay)

    def ask():
        with transaction():
            proving.look_now(row(started), at=now())

    ask()
    ask()  # rung already, not looked yet
    assert look(world) == 1
    with pytest.raises(Conflict):
        ask()
    world.shift(MINUTE)
    ask()
    assert look(world) == 1
    with transaction():
        proving.withdraw(row(started), at=now())
    with pytest.raises(Refused):
        ask()


def test_sweep_rings_for_what_is_due_the_longest_due_first(bay, world):
    others = [add_domain(f"Bay {number}", "brushandbay.com") for number in range(3)]
    started = [begin(domain) for domain in (bay, *others)]
    with transaction():
        for number, each in enumerate(started):
            row(each).next_look_at = START + number * MINUTE
        db.session.query(jobs.Job).delete()
    world.shift(2 * MINUTE)
    with transaction():
        assert proving.ring_for_due(limit=2) == 2

    rung = db.session.scalars(select(jobs.Job.key).order_by(jobs.Job.id)).all()
    assert rung == [each.challenge.public_id for each in started[:2]]
    with transaction():
        assert proving.ring_for_due() == 3


def test_unknown_names_are_not_found(app):
    for find in (proving.challenge, proving.domain):
        with pytest.raises(NotFound):
            find("aaaaaaaaaaaaaaaa")
        with pytest.raises(NotFound):
            find("NO\x00")


def test_challenges_are_listed_newest_first(bay, world):
    first, second = begin(bay), begin(bay, FILE)
    found = proving.challenges_of([bay.id, 999])

    assert [each.id for each in found[bay.id]] == [second.challenge.id, first.challenge.id]


@pytest.mark.parametrize("is_there", [True, False])
def test_two_workers_with_the_same_bell_end_as_one(app, proven, bay, world, is_there):
    """Both read the row, both look, both want to write: one of them does."""
    world.shift(7 * DAY)
    if not is_there:
        world.remove(proven)
    with transaction():
        proving.ring_look(row(proven))
    at_once = threading.Barrier(2, timeout=30)

    class Together:
        def txt(self, name):
            answer = world.gate.txt(name)
            at_once.wait()
            return answer

    handler = proving.handlers(Together())[proving.LOOK_JOB]
    problems = []

    def work():
        with app.app_context():
            try:
                handler.run(proven.challenge.public_id, transaction)
            except Exception as problem:  # noqa: BLE001 - a thread's end, told below
                problems.append(problem)
            finally:
                db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert problems == []
    kept = row(proven)
    assert (kept.state, kept.failures) == (("confirmed", 0) if is_there else ("failing", 1))
    assert len(kept.looks) == 2
    assert len(proofs_of(bay)) == (2 if is_there else 1)


def test_look_that_ends_after_a_withdrawal_changes_nothing(proven, bay, world):
    class Slow:
        def txt(self, name):
            with transaction():
                proving.withdraw(row(proven), at=now())
            return world.gate.txt(name)

    world.shift(7 * DAY)
    with transaction():
        proving.ring_look(row(proven))
    proving.handlers(Slow())[proving.LOOK_JOB].run(proven.challenge.public_id, transaction)

    assert (row(proven).state, row(proven).problem) == ("void", "withdrawn")
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "none")]


def test_worker_that_dies_after_looking_leaves_the_look_due(proven, bay, world):
    """The lease runs out and the job runs again, as after kill -9."""

    class Dies(BaseException):
        pass

    class Deadly:
        def txt(self, name):
            world.gate.txt(name)
            raise Dies

    world.move_to(row(proven).next_look_at)
    with transaction():
        proving.ring_for_due()
    with pytest.raises(Dies):
        jobs.run_one(proving.handlers(Deadly()))
    db.session.rollback()

    looks = world.looks
    assert look(world) == 0  # leased still
    world.shift(jobs.LEASE + MINUTE)
    look(world)
    assert world.looks == looks + 1
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "ok")]
    assert db.session.scalars(select(Challenge)).one().looked_at == now()
    assert row(proven).next_look_at - now() > HOUR
