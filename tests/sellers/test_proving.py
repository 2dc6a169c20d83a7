"""A token's life: waiting, confirmed, failing, lost; all against a clock that the tests move."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from shop import worker
from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from shop.plumbing.jobs import Job
from shop.sellers import gather, proving, service
from shop.sellers.models import Domain, DomainProof
from shop.web.context import current_shop
from tests.sellers.proofs import (
    DAY,
    HOUR,
    MINUTE,
    STAFF,
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

DNS, FILE, META = ProofMethod.DNS, ProofMethod.FILE, ProofMethod.META


def test_token_is_given_out_once_and_kept_as_a_digest(bay):
    started = begin(bay)

    assert len(started.token) == 32
    assert started.instructions.place == "_assay-challenge.brushandbay.com"
    assert started.instructions.text == f"token={started.token} expiry=2026-10-18"
    kept = row(started)
    assert started.token not in repr(vars(kept))
    assert (kept.state, kept.staff_id, kept.next_look_at) == ("waiting", STAFF, START + MINUTE)


@pytest.mark.parametrize("method", list(ProofMethod))
def test_token_in_its_place_is_a_proof_for_90_days(bay, world, method):
    started = begin(bay, method)
    assert look(world) == 0  # not due yet
    world.publish(started)
    world.shift(MINUTE)

    assert look(world) == 1
    assert state_of(started) == "confirmed"
    proof = db.session.scalars(select(DomainProof)).one()
    assert (proof.method, proof.state) == (method, ProofState.OK)
    assert proof.verified_at == START + MINUTE
    assert proof.expires_at == START + MINUTE + 90 * DAY
    assert row(started).confirmed_at == START + MINUTE


def test_waiting_is_looked_at_until_the_token_runs_out(bay, world):
    started = begin(bay)
    looks = 0
    while state_of(started) == "waiting":
        world.move_to(row(started).next_look_at)
        looks += look(world)

    assert state_of(started) == "expired"
    assert now().date() == date(2026, 10, 19)
    assert looks == world.looks + 1  # the last one had nothing to look for
    assert proofs_of(bay) == []
    assert look(world) == 0


def test_token_that_is_found_too_late_proves_nothing(bay, world):
    started = begin(bay)
    world.move_to(START + 15 * DAY)
    world.publish(started)
    look(world)

    assert (state_of(started), proofs_of(bay)) == ("expired", [])


def test_token_copied_to_another_account_or_address_proves_nothing(bay, world):
    """On its own address it stands among the tokens of others, and is found."""
    same, other = add_domain("Bay Two", "brushandbay.com"), add_domain("Bay Three", "bay.com")
    own, theirs = begin(bay), [begin(same), begin(other)]
    world.publish(own)
    world.dns.txt(theirs[1].instructions.place, own.instructions.text.encode())
    world.shift(MINUTE)
    look(world)

    assert [state_of(each) for each in (own, *theirs)] == ["confirmed", "waiting", "waiting"]
    assert [row(each).problem for each in theirs] == ["anothers", "anothers"]
    assert (proofs_of(same), proofs_of(other)) == ([], [])


def test_two_accounts_prove_the_same_address_side_by_side(bay, world):
    same = add_domain("Bay Two", "brushandbay.com")
    both = begin(bay), begin(same)
    world.publish(*both)
    world.shift(MINUTE)
    look(world)

    assert [state_of(each) for each in both] == ["confirmed", "confirmed"]
    assert proofs_of(bay) == proofs_of(same) == [("dns", "ok")]


def test_weekly_looks_renew_the_proof_and_ring_for_no_offer(offer, world):
    domain = db.session.scalars(select(Domain)).one()
    started = begin(domain)
    world.publish(started)
    world.shift(MINUTE)
    look(world)
    forget_rings()
    for _ in range(20):
        due = row(started).next_look_at
        assert 12 * HOUR <= due - now() < 7.5 * DAY
        world.move_to(due)
        assert look(world) == 1

    assert state_of(started) == "confirmed"
    assert proofs_of(domain) == [("dns", "ok")] * 21
    newest = service.domain(domain.public_id).proofs
    assert [proof.expires_at for proof in newest] == [now() + 90 * DAY]
    assert rings() == []


@pytest.mark.parametrize(
    ("pauses", "state"),
    [
        ((DAY, 24 * HOUR), "failing"),
        ((DAY, 24 * HOUR, 23 * HOUR), "failing"),
        ((DAY, 24 * HOUR, 24 * HOUR - MINUTE), "failing"),
        ((DAY, 24 * HOUR, 24 * HOUR), "lost"),
        ((DAY, MINUTE, MINUTE, MINUTE, MINUTE), "failing"),
    ],
)
def test_proof_is_lost_after_three_failures_over_48_hours(proven, world, pauses, state):
    world.remove(proven)
    fail(proven, world, *pauses)

    assert state_of(proven) == state
    was_lost = [("dns", "lost")] if state == "lost" else []
    assert proofs_of(proven.challenge) == [("dns", "ok"), *was_lost]


def test_lost_proof_keeps_both_its_dates_and_needs_a_new_token(proven, bay, world):
    world.remove(proven)
    fail(proven, world, DAY, DAY, DAY)

    proof = service.domain(bay.public_id).proofs[-1]
    assert (proof.verified_at, proof.lost_at) == (START + MINUTE, START + MINUTE + 3 * DAY)
    assert row(proven).next_look_at is None
    world.publish(proven)
    look_now(world, proven)
    assert state_of(proven) == "lost"

    again = begin(bay)
    world.publish(again)
    look_now(world, again)
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "lost"), ("dns", "ok")]


def test_failing_proof_is_looked_at_daily_by_itself(proven, world):
    world.remove(proven)
    seen = []
    while row(proven).next_look_at is not None:
        world.move_to(row(proven).next_look_at)
        look(world)
        seen.append((now(), state_of(proven)))

    assert [state for _, state in seen] == ["failing", "failing", "lost"]
    assert seen[2][0] - seen[0][0] == 48 * HOUR


def test_silence_in_between_counts_for_nothing(proven, bay, world):
    world.silence(proven)
    fail(proven, world, *[DAY] * 10)
    assert (state_of(proven), row(proven).problem) == ("confirmed", "no_dns_answer")

    world.remove(proven)
    fail(proven, world, DAY, DAY)
    world.silence(proven)
    fail(proven, world, DAY, DAY)
    assert (state_of(proven), row(proven).failures) == ("failing", 2)
    assert row(proven).next_look_at == now() + 6 * HOUR
    assert proofs_of(bay) == [("dns", "ok")]

    world.remove(proven)
    world.publish(proven)
    fail(proven, world, DAY)
    assert (state_of(proven), row(proven).failures) == ("confirmed", 0)


def test_proof_that_nobody_answers_for_runs_out_after_90_days(proven, bay, world):
    world.silence(proven)
    last_day = START + 90 * DAY
    world.move_to(last_day.replace(hour=23, minute=59))
    look_now(world, proven)
    assert proofs_of(bay) == [("dns", "ok")]

    world.shift(MINUTE)
    look_now(world, proven)
    fail(proven, world, DAY)
    assert proofs_of(bay) == [("dns", "ok"), ("dns", "stale")]
    assert state_of(proven) == "confirmed"

    world.remove(proven)
    world.publish(proven)
    fail(proven, world, DAY)
    assert proofs_of(bay)[2:] == [("dns", "ok")]


def test_judge_reads_what_became_of_a_proof(offer, world):
    assert code_of(offer) == "seller.no_domain_proof"

    started = begin(db.session.scalars(select(Domain)).one())
    forget_rings()
    world.publish(started)
    look_now(world, started)
    assert code_of(offer) == "seller.authorized"
    assert rings() == [f"offer:{offer.public_id}"]

    world.move_to(START + 90 * DAY)
    assert code_of(offer) == "seller.authorized"
    world.shift(DAY)
    assert code_of(offer) == "seller.proof_stale"
    look(world)
    assert code_of(offer) == "seller.authorized"
    world.remove(started)
    forget_rings()
    fail(started, world, DAY, DAY, DAY)
    assert code_of(offer) == "seller.proof_lost"
    assert rings() == [f"offer:{offer.public_id}"]


def test_lost_record_does_not_hide_a_file(offer, world):
    domain = db.session.scalars(select(Domain)).one()
    record, file = begin(domain), begin(domain, FILE)
    for started in (record, file):
        world.publish(started)
        look_now(world, started)
    assert len(gather.facts(offer.public_id).product.sellers[0].hosts) == 2

    world.remove(record)
    fail(record, world, DAY, DAY, DAY)
    assert (state_of(record), state_of(file)) == ("lost", "confirmed")
    assert code_of(offer) == "seller.authorized"


@pytest.mark.parametrize(
    ("method", "link", "code"),
    [
        (DNS, "https://brushandbay.com/", "seller.authorized"),
        (DNS, "https://www.brushandbay.com/", "seller.authorized"),
        (FILE, "https://brushandbay.com/", "seller.authorized"),
        (FILE, "https://www.brushandbay.com/", "seller.no_domain_proof"),
        (META, "https://www.brushandbay.com/", "seller.no_domain_proof"),
    ],
)
def test_record_covers_what_is_below_and_a_page_its_host_alone(offer, world, method, link, code):
    with transaction():
        service.offer(offer.public_id).url = link
    started = begin(db.session.scalars(select(Domain)).one(), method)
    world.publish(started)
    look_now(world, started)

    assert code_of(offer) == code


def test_file_of_a_host_below_proves_nothing_for_the_name_above(offer, world):
    with transaction():
        owner = service.retailers()[0]
        below = service.add_domain("shop.brushandbay.com", owner=owner)
    started = begin(below, FILE)
    world.publish(started)
    look_now(world, started)

    assert proofs_of(below) == [("file", "ok")]
    assert code_of(offer) == "seller.no_domain_proof"


@pytest.mark.parametrize(
    ("host", "method"),
    [
        ("bay.myshopify.com", FILE),
        ("bay.github.io", META),
        ("bay.uk.com", DNS),
        ("bücher.de", DNS),
    ],
)
def test_proof_starts_where_the_owner_can_publish(app, clock, host, method):
    assert begin(add_domain("Bay", host), method).challenge.method == method


@pytest.mark.parametrize(
    ("host", "method", "code"),
    [
        ("bay.myshopify.com", DNS, "sellers.proof_method"),
        ("bay.github.io", DNS, "sellers.proof_method"),
        ("myshopify.com", DNS, "sellers.proof_method"),
        ("co.uk", DNS, "sellers.proof_impossible"),
        ("co.uk", FILE, "sellers.proof_impossible"),
        ("com", META, "sellers.proof_impossible"),
    ],
)
def test_suffixes_and_platforms_records_are_refused(bay, host, method, code):
    """Whatever the row says: a suffix may have become one since it was written."""
    with transaction():
        service.domain(bay.public_id).host = host

    with pytest.raises(Refused) as refused:
        begin(bay, method)
    assert refused.value.code == code
    assert proving.challenges_of([bay.id]) == {}


def test_international_name_is_looked_for_as_the_dns_spells_it(app, world):
    started = begin(add_domain("Bücher", "bücher.de"))
    world.publish(started)
    look_now(world, started)

    assert world.dns.asked[0][:2] == ("_assay-challenge.xn--bcher-kva.de", "TXT")
    assert state_of(started) == "confirmed"


def test_worker_goes_and_looks_by_itself(bay, world):
    shop = current_shop()
    handlers = worker.handlers(shop.config, shop.blobs, shop.payments, world.gate)
    started = begin(bay, FILE)
    world.publish(started)
    with transaction():
        db.session.execute(delete(Job))  # the bell is lost; the row is not
    world.shift(MINUTE)
    worker.sweep()
    jobs.run_due({proving.LOOK_JOB: handlers[proving.LOOK_JOB]})

    assert state_of(started) == "confirmed"
