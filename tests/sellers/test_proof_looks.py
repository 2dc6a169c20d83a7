"""What a look finds in the DNS and on the web, and what it makes of it."""

import gzip

import pytest

from shop.assay.sellers.challenge_states import Problem
from shop.assay.sellers.facts import ProofMethod
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import transaction
from shop.sellers import proving
from tests.doubles.dns_double import Fault
from tests.doubles.web_double import Certificate
from tests.sellers.proofs import (
    DAY,
    HOUR,
    MINUTE,
    START,
    add_domain,
    begin,
    fail,
    look,
    look_now,
    row,
    state_of,
)

FILE, META = ProofMethod.FILE, ProofMethod.META
HOST = "brushandbay.com"
HOME = f"https://{HOST}/"
PLACE = f"https://{HOST}/.well-known/assay-challenge.txt"
NAME = f"_assay-challenge.{HOST}"


@pytest.fixture(autouse=True)
def names(world):
    for name in (HOST, f"www.{HOST}", "other.test"):
        world.dns.add(name, world.web.host)


def found(started, world):
    """The problem of a look now, with what it says beside it."""
    look_now(world, started)
    seen = row(started).looks[-1]
    assert seen["problem"] == row(started).problem
    return seen["problem"], seen["detail"]


def test_record_of_several_strings_is_joined(bay, world):
    started = begin(bay)
    text = started.instructions.text.encode()
    world.dns.txt(NAME, b"v=spf1 -all", (text[:9], text[9:40], text[40:]))

    assert found(started, world) == ("", "")
    assert state_of(started) == "confirmed"


def test_record_behind_an_alias_is_found(bay, world):
    started = begin(bay)
    world.dns.txt("proofs.other.test", started.instructions.text.encode())
    world.dns.alias(NAME, "proofs.other.test")

    assert found(started, world) == ("", "")


@pytest.mark.parametrize(
    ("set_up", "problem"),
    [
        (lambda dns: dns.remove(NAME), Problem.NOTHING_THERE),
        (lambda dns: dns.add(NAME, "127.0.0.1"), Problem.NOTHING_THERE),  # a name without TXT
        (lambda dns: dns.txt(NAME, b"v=spf1 -all", b"\xff"), Problem.OTHER_TEXT),
        (lambda dns: dns.txt(NAME, b"token=x expiry=2026-10-18"), Problem.OTHER_TEXT),
        (
            lambda dns: dns.txt(NAME, b"token=" + b"A" * 32 + b" expiry=2026-10-18"),
            Problem.ANOTHERS,
        ),
        (lambda dns: dns.fail(NAME, Fault.SERVFAIL), Problem.NO_DNS_ANSWER),
        (lambda dns: dns.fail(NAME, Fault.REFUSED), Problem.NO_DNS_ANSWER),
        (lambda dns: dns.alias(NAME, NAME), Problem.NO_DNS_ANSWER),
    ],
)
def test_dns_without_the_token_is_told_apart(bay, world, set_up, problem):
    set_up(world.dns)

    assert found(begin(bay), world) == (problem, "")


def test_file_may_hold_the_tokens_of_several_accounts(bay, world):
    same = add_domain("Bay Two", HOST)
    both = begin(bay, FILE), begin(same, FILE)
    world.publish(*both)
    for started in both:
        assert found(started, world) == ("", "")


def test_file_may_move_on_its_own_host(bay, world):
    started = begin(bay, FILE)
    world.redirect = world.web.redirect(PLACE, "/files/challenge.txt")
    world.serve(f"https://{HOST}/files/challenge.txt", started.instructions.text.encode())

    assert found(started, world) == ("", "")


def redirect(place):
    return lambda web: web.redirect(PLACE, place)


def answer(status=200, body=b"", **headers):
    return lambda web: web.page(PLACE, body, status=status, **headers)


def hang_up(web):
    web.script(PLACE, lambda to: to.reset())


@pytest.mark.parametrize(
    ("set_up", "problem", "detail"),
    [
        (answer(404), Problem.NOTHING_THERE, "404"),
        (answer(410), Problem.NOTHING_THERE, "410"),
        (answer(200), Problem.NOTHING_THERE, ""),
        (answer(403), Problem.OTHER_STATUS, "403"),
        (answer(204), Problem.OTHER_STATUS, "204"),
        (answer(503), Problem.SERVER_ERROR, "503"),
        (answer(429), Problem.SERVER_ERROR, "429"),
        (answer(200, b"<!doctype html><p>Not found"), Problem.OTHER_TEXT, ""),
        (answer(200, b"x" * 70_000), Problem.TOO_LARGE, ""),
        (
            answer(200, gzip.compress(b"token"), Content_Encoding="gzip"),
            Problem.PACKED,
            "",
        ),
        (redirect("https://www.brushandbay.com/"), Problem.OTHER_HOST, "www.brushandbay.com"),
        (redirect(f"http://{HOST}/x"), Problem.NOT_ENCRYPTED, HOST),
        (redirect(PLACE), Problem.REDIRECTS, HOST),
        (redirect("javascript:alert(1)"), Problem.REDIRECTS, ""),
        (hang_up, Problem.NO_ANSWER, ""),
    ],
)
def test_web_without_the_token_is_told_apart(bay, world, set_up, problem, detail):
    set_up(world.web)

    assert found(begin(bay, FILE), world) == (problem, detail)


def test_redirect_to_another_host_proves_nothing_even_with_the_token(bay, world):
    started = begin(bay, FILE)
    world.web.redirect(PLACE, "https://other.test/token")
    world.serve("https://other.test/token", started.instructions.text.encode())

    assert found(started, world) == (Problem.OTHER_HOST, "other.test")
    assert "https://other.test/token" not in [each.url for each in world.web.asked]


@pytest.mark.parametrize("kind", [kind for kind in Certificate if kind is not Certificate.GOOD])
def test_trouble_with_certificates_counts_for_nothing(bay, world, kind):
    started = begin(bay, FILE)
    world.publish(started)
    look_now(world, started)
    world.web.certificate(HOST, kind)
    fail(started, world, DAY, DAY, DAY)

    assert (row(started).problem, state_of(started)) == (Problem.TLS, "confirmed")


def test_name_that_is_gone_or_internal_counts(bay, world):
    started = begin(bay, FILE)
    world.dns.remove(HOST)
    assert found(started, world) == (Problem.NO_SUCH_HOST, "")
    world.dns.add(HOST, "10.0.0.1")
    assert found(started, world) == (Problem.NOT_PUBLIC, "")
    world.dns.fail(HOST, Fault.SERVFAIL)
    assert found(started, world) == (Problem.NO_DNS_ANSWER, "")


def test_tag_is_found_at_the_start_of_a_page_of_any_size(bay, world):
    started = begin(bay, META)
    head = f"<!doctype html><html><head><title>Bay</title>{started.instructions.text}</head>"
    world.serve(HOME, head.encode() + b"<body>" + b"<p>x" * 100_000)
    assert found(started, world) == ("", "")


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<head><title>Bay</title></head>", Problem.NOTHING_THERE),
        ("<head><!-- {} --></head>", Problem.NOTHING_THERE),
        ("<body>{}", Problem.NOTHING_THERE),
        ("<head><meta name=assay-challenge content=soon>", Problem.OTHER_TEXT),
    ],
)
def test_page_without_the_tag_is_told_apart(bay, world, page, problem):
    started = begin(bay, META)
    world.serve(HOME, page.format(started.instructions.text).encode())

    assert found(started, world) == (problem, "")


def test_looks_are_kept_the_last_twenty(bay, world):
    started = begin(bay)
    for _ in range(25):
        world.shift(HOUR)
        look_now(world, started)

    looks = row(started).looks
    assert len(looks) == 20
    assert looks[-1]["at"] == now().isoformat()
    assert row(started).looked_at == now()


def test_look_that_breaks_is_made_again_later_and_counts_for_nothing(proven, world):
    class Broken:
        def txt(self, _name):
            raise RuntimeError

    world.shift(DAY)
    with transaction():
        proving.ring_look(row(proven))
    for _ in range(jobs.MAX_ATTEMPTS):
        jobs.run_one(proving.handlers(Broken()))
        world.shift(HOUR * 2)

    kept = row(proven)
    assert (kept.state, kept.problem, kept.failures) == ("confirmed", Problem.OUR_FAULT, 0)
    assert START + DAY < kept.next_look_at <= now() + 6 * HOUR
    world.move_to(kept.next_look_at)
    assert look(world) == 1
    assert row(proven).problem == ""


def test_bell_that_rings_too_early_or_for_nothing_does_nothing(bay, world):
    started = begin(bay)
    world.publish(started)
    with transaction():
        jobs.enqueue(proving.LOOK_JOB, started.challenge.public_id)
        jobs.enqueue(proving.LOOK_JOB, "nothing")

    assert jobs.run_due(proving.handlers(world.gate)) == 2
    assert world.looks == 0
    world.shift(MINUTE)
    assert look(world) == 1
