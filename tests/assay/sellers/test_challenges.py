from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.sellers import challenge_states as states
from shop.assay.sellers import challenges
from shop.assay.sellers.challenge_states import ChallengeState, Problem, Standing
from shop.assay.sellers.facts import ProofMethod

TOKEN = "AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT"  # noqa: S105 - of no account
OTHER = "ZZZZEAYEAUDAOCAJBIFQYDIOB4IBCEQT"
TEXT = f"token={TOKEN} expiry=2026-10-18"
TAG = f'<meta name="assay-challenge" content="{TEXT}">'
HOST, OWNER = "bay.example", "retailer:aaaa"
START = datetime(2026, 10, 4, 9, 12, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def test_token_is_160_bits_of_base32():
    assert challenges.token_text(bytes(range(20))) == TOKEN
    assert len(TOKEN) * 5 == 160


@pytest.mark.parametrize(
    ("values", "tokens"),
    [
        ([TEXT], (TOKEN,)),
        ([f'"{TEXT}"'], (TOKEN,)),  # quotation marks pasted into a provider's form
        ([TEXT.lower()], (TOKEN,)),
        ([f"  expiry=2026-10-18   token={TOKEN} "], (TOKEN,)),
        (["v=spf1 -all", TEXT], (TOKEN,)),
        ([TEXT.replace(TOKEN, OTHER), TEXT, TEXT], (OTHER, TOKEN)),
        ([TOKEN], ()),
        ([f"token={TOKEN}"], ()),
        ([f"token={TOKEN} expiry=2026-13-01"], ()),
        ([f"token={TOKEN} expiry=20261018"], ()),
        ([f"token={TOKEN[:-1]} expiry=2026-10-18"], ()),
        ([f"token={TOKEN[:-1]}1 expiry=2026-10-18"], ()),  # no letter of base32
        ([f"token={TOKEN[:-1]}２ expiry=2026-10-18"], ()),  # noqa: RUF001 - a full-width digit
        ([f"my {TEXT}"], ()),
        ([f"{TEXT} x"], ()),
        (["token= expiry="], ()),
    ],
)
def test_token_is_read_from_whatever_stands_beside_it(values, tokens):
    assert challenges.in_records([value.encode() for value in values]).tokens == tokens
    assert challenges.in_file("\r\n".join(values).encode()).tokens == tokens


def test_other_texts_are_told_apart_from_none():
    assert challenges.in_records([]).is_empty
    assert challenges.in_file(b" \n\xef\xbb\xbf\n").tokens == ()
    assert challenges.in_file(b"\n \n").is_empty
    assert not challenges.in_records([b"\xff\xfe"]).is_empty


@pytest.mark.parametrize(
    "page",
    [
        TAG,
        f"<!doctype html><html><head><title>Bay &amp; co</title>{TAG}",
        f"\ufeff<!DOCTYPE html>\n<!-- shop --><head>\n{TAG}</head>",
        f"<head><script>var a = '<b>'</script><style>a{{}}</style>{TAG}",
        f"<head><script src=x></script><link rel=icon href=y>{TAG}",
        f"<head>{TAG.replace('>', '/>')}",
        f"<head><!--x--!>{TAG}",
        f"<head><!-->{TAG}",
        f"<HEAD><META NAME='Assay-Challenge' CONTENT='{TEXT}'>",
        f"<meta content='{TEXT}' name=assay-challenge>",
    ],
)
def test_tag_is_found_in_a_head(page):
    assert challenges.in_page(page.encode()).tokens == (TOKEN,)


@pytest.mark.parametrize(
    "page",
    [
        f"<body>{TAG}",
        f"<head></head>{TAG}",
        f"<p>{TAG}",
        f"Hello {TAG}",
        f"<!--{TAG}-->",
        f"<!--{TAG}",
        f"<!-- -- >{TAG}-->",  # to html.parser, a comment's end
        f"<script>{TAG}</script>",
        f"<script/>{TAG}",
        f"<script>s = '</ script >{TAG}'</script>",
        f"<style>{TAG}</style>",
        f"<title>{TAG}</title>",  # a browser shows it as text
        f"<title>{TAG}",
        f"<noscript>{TAG}</noscript>",
        f"<template>{TAG}</template>",
        f"<svg>{TAG}",
        f"<head><![x {TAG}",
        f"""<meta name="x" content='{TAG}'>""",
        f'<meta name="other" name="assay-challenge" content="{TEXT}">',
        f'<meta property="assay-challenge" content="{TEXT}">',
        f"<head>{' ' * challenges.PAGE_CHARACTERS}{TAG}",
    ],
)
def test_tag_elsewhere_in_a_page_is_none(page):
    assert challenges.in_page(page.encode()).tokens == ()


@given(st.binary(max_size=300) | st.text("<>!-/ metascriptle='\"[", max_size=200).map(str.encode))
def test_any_bytes_are_read_without_complaint(body):
    for read in (
        challenges.in_page,
        challenges.in_file,
        lambda body: challenges.in_records([body]),
    ):
        assert read(body).tokens == ()


@pytest.mark.parametrize(
    ("host", "owner", "token"),
    [
        ("other.example", OWNER, TOKEN),
        (HOST, "retailer:bbbb", TOKEN),
        (HOST, "brand:aaaa", TOKEN),
        (HOST, OWNER, OTHER),
    ],
)
def test_token_copied_to_another_address_or_account_proves_nothing(host, owner, token):
    kept = challenges.digest(TOKEN, HOST, OWNER)
    found = challenges.Published((OTHER, token))

    assert not challenges.is_ours(found, host=host, owner=owner, kept=kept)
    assert challenges.is_ours(
        challenges.Published((OTHER, TOKEN)), host=HOST, owner=OWNER, kept=kept
    )


ALL = tuple(ProofMethod)


@pytest.mark.parametrize(
    ("host", "methods"),
    [
        ("bay.com", ALL),
        ("shop.bay.co.uk", ALL),
        ("xn--bcher-kva.de", ALL),
        ("bay.uk.com", ALL),  # sold like any other ending
        ("bay.example", ALL),
        ("bay.myshopify.com", ALL[1:]),
        ("bay.github.io", ALL[1:]),
        ("github.io", ALL[1:]),
        (f"{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 56}.com", ALL[1:]),  # no room for the record
        ("co.uk", ()),
        ("com", ()),
        ("localhost", ()),
        ("bay.internal", ()),
        ("192.0.2.1", ()),
    ],
)
def test_methods_depend_on_who_holds_the_records(host, methods):
    assert challenges.methods_for(host) == methods


@pytest.mark.parametrize(
    ("method", "place", "read"),
    [
        (ProofMethod.DNS, "_assay-challenge.bay.example", None),
        (
            ProofMethod.FILE,
            "https://bay.example/.well-known/assay-challenge.txt",
            challenges.in_file,
        ),
        (ProofMethod.META, "https://bay.example/", challenges.in_page),
    ],
)
def test_what_the_owner_is_asked_for_is_what_is_found(method, place, read):
    asked = challenges.instructions(method, HOST, token=TOKEN, expires_on=date(2026, 10, 18))
    body = asked.text.encode()

    assert asked.place == place
    assert TEXT in asked.text
    found = read(body) if read else challenges.in_records([body])
    assert found.tokens == (TOKEN,)


def waiting(**changed):
    fields = {"state": ChallengeState.WAITING, "issued_at": START, **changed}
    return Standing(expires_at=START + states.TOKEN_LIVES, **fields)


def confirmed(**changed):
    return waiting(**{"state": ChallengeState.CONFIRMED, "confirmed_at": START, **changed})


def run(standing, *looks):
    for problem, at in looks:
        standing = states.after(standing, problem, at)
    return standing


LAST = datetime(2026, 10, 18, 23, 59, 59, tzinfo=UTC)  # of the day that the token names


@pytest.mark.parametrize(
    ("problem", "at", "state"),
    [
        (None, START, ChallengeState.CONFIRMED),
        (None, LAST, ChallengeState.CONFIRMED),
        (None, LAST + timedelta(seconds=1), ChallengeState.EXPIRED),
        (Problem.NOTHING_THERE, LAST, ChallengeState.WAITING),
        (Problem.NOTHING_THERE, LAST + timedelta(seconds=1), ChallengeState.EXPIRED),
        (Problem.NO_DNS_ANSWER, LAST + timedelta(seconds=1), ChallengeState.EXPIRED),
    ],
)
def test_token_lives_through_its_last_day(problem, at, state):
    after = states.after(waiting(), problem, at)

    assert after.state is state
    assert after.confirmed_at == (at if state is ChallengeState.CONFIRMED else None)


def test_confirmed_token_does_not_run_out():
    assert run(confirmed(), (None, LAST + 100 * DAY)).state is ChallengeState.CONFIRMED


GONE, SILENT = Problem.NOTHING_THERE, Problem.NO_DNS_ANSWER
T = START + 30 * DAY
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("looks", "state", "failures"),
    [
        ([(GONE, T)], "failing", 1),
        ([(GONE, T), (GONE, T + 100 * DAY)], "failing", 2),  # two failures are never enough
        ([(GONE, T), (GONE, T + HOUR), (GONE, T + 47 * HOUR)], "failing", 3),
        ([(GONE, T), (GONE, T + HOUR), (GONE, T + 48 * HOUR - INSTANT)], "failing", 3),
        ([(GONE, T), (GONE, T + HOUR), (GONE, T + 48 * HOUR)], "lost", 3),
        ([(GONE, T)] * 9, "failing", 9),  # however often somebody presses the button
        ([(GONE, T), (None, T + HOUR), (GONE, T + 49 * HOUR), (GONE, T + 50 * HOUR)], "failing", 2),
        ([(GONE, T), (GONE, T + DAY), (SILENT, T + 48 * HOUR)], "failing", 2),
        (
            [(GONE, T), (SILENT, T + DAY), (SILENT, T + 48 * HOUR), (GONE, T + 60 * HOUR)],
            "failing",
            2,
        ),
        ([(GONE, T), (SILENT, T + HOUR), (GONE, T + DAY), (GONE, T + 48 * HOUR)], "lost", 3),
        ([(SILENT, T + number * DAY) for number in range(99)], "confirmed", 0),
        ([(GONE, T), (GONE, T + DAY), (None, T + 48 * HOUR)], "confirmed", 0),
    ],
)
def test_proof_is_lost_after_three_looks_over_two_days(looks, state, failures):
    after = run(confirmed(), *looks)

    assert (after.state, after.failures) == (state, failures)


def test_only_an_answer_counts():
    silent = {problem for problem in Problem if not problem.counts}
    assert silent == {
        Problem.NO_DNS_ANSWER,
        Problem.NO_ANSWER,
        Problem.TOO_SLOW,
        Problem.TLS,
        Problem.SERVER_ERROR,
        Problem.OUR_FAULT,
    }


@pytest.mark.parametrize("state", [state for state in ChallengeState if not state.is_open])
@pytest.mark.parametrize("problem", [None, GONE, SILENT])
def test_what_has_ended_stays_ended(state, problem):
    ended = waiting(state=state)

    assert states.after(ended, problem, START + HOUR) == ended
    assert states.next_look(ended, problem, START + HOUR, key="a") is None


def test_waiting_is_looked_at_with_growing_pauses_until_the_token_is_over():
    standing, at, pauses = waiting(), START, []
    while at < states.over_at(standing.expires_at):
        later = states.next_look(standing, GONE, at, key="a")
        pauses.append(later - at)
        at = later

    assert pauses[:7] == [MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR]
    assert max(pauses) == 6 * HOUR
    assert at == datetime(2026, 10, 19, tzinfo=UTC)
    assert states.after(standing, GONE, at).state is ChallengeState.EXPIRED


def test_failing_is_looked_at_daily_and_silence_is_asked_again_sooner():
    failing = states.after(confirmed(), GONE, T)

    assert states.next_look(failing, GONE, T, key="a") == T + DAY
    assert states.next_look(failing, SILENT, T, key="a") == T + 6 * HOUR
    assert states.next_look(confirmed(), SILENT, T, key="a") == T + 6 * HOUR


@given(st.text("abcdefgh23456789", min_size=1), st.timedeltas(timedelta(), 9000 * DAY))
def test_weekly_look_keeps_its_own_slot(key, later):
    at = START + later
    first = states.next_look(confirmed(), None, at, key=key)

    assert 12 * HOUR <= first - at < 7 * DAY + 12 * HOUR
    assert states.next_look(confirmed(), None, first, key=key) == first + 7 * DAY
    assert states.next_look(confirmed(), None, first + HOUR, key=key) == first + 7 * DAY


def test_weekly_looks_spread_over_the_week():
    """2,800 proofs confirmed at once: no hour of the week has five times its share."""
    hours = [0] * 168
    for number in range(2800):
        wait = states.next_look(confirmed(), None, T, key=f"key{number}") - T - 12 * HOUR
        hours[int(wait / HOUR)] += 1

    assert min(hours) > 2
    assert max(hours) < 5 * 2800 / 168
