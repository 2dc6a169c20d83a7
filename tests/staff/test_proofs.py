import html
import re

import pytest
import time_machine

from shop.accounts.service import Role
from shop.assay.sellers.facts import ProofMethod
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import proving
from shop.sellers import service as sellers
from tests.sellers.factories import make_product, make_shop
from tests.sellers.proofs import DAY, MINUTE, START, World, look

TOKEN = re.compile(r"token=[A-Z2-7]{32} expiry=2026-10-18")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock, dns_server, web_server, outbound):
    return World(dns_server, web_server, outbound, clock)


def add_domain(host):
    with transaction():
        return sellers.retailer_domains(make_shop("Bay", host, method=None).id)[0].public_id


@pytest.fixture
def bay(app):
    return add_domain("bay.com")


def start(browser, domain, method="dns"):
    """The address of the page to which the answer leads."""
    answer = browser.post(f"/staff/domains/{domain}/proofs", {"method": method})
    assert answer.status_code == 303, answer.text
    return answer.location


def text_on(browser, there):
    """The page in plain characters."""
    return html.unescape(browser.get(there).text)


@pytest.fixture
def later(sign_in, clock):
    """A browser signed in some time later: nobody stays signed in for days."""

    def come_back(pause):
        clock.shift(pause)
        return sign_in(Role.EDITOR, f"Editor {now():%d %b %H%M}")

    return come_back


def told(text, *said):
    """Everything is on the page, however its lines are broken."""
    flat = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    return [each for each in said if each not in flat] == []


def test_token_is_shown_once_with_what_to_do(bay, editor):
    there = start(editor, bay)
    page = text_on(editor, there)

    assert told(page, "The token is ready.", "Add a TXT record", "_assay-challenge.bay.com")
    assert TOKEN.search(page)
    assert "through 18" in page.replace("\N{NO-BREAK SPACE}", " ")
    again = text_on(editor, there)
    assert TOKEN.search(again) is None
    assert told(again, "Waiting for the token", "None yet", "4 Oct 2026, 09:13:00 UTC")


def test_token_is_shown_to_nobody_else(bay, editor, reviewer):
    there = start(editor, bay)

    assert TOKEN.search(text_on(reviewer, there)) is None
    assert TOKEN.search(text_on(editor, there))


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("file", "https://bay.com/.well-known/assay-challenge.txt"),
        ("meta", '<meta name="assay-challenge" content="token='),
    ],
)
def test_other_methods_say_what_to_publish(bay, editor, method, said):
    assert said in text_on(editor, start(editor, bay, method))


def test_file_is_handed_over_as_it_is_to_be_published(bay, editor):
    there = start(editor, bay, "file")
    text = TOKEN.search(text_on(editor, there))[0]
    token = text.split()[0].removeprefix("token=")
    answer = editor.post(f"{there}/file", {"token": token})

    assert answer.text == f"{text}\n"
    assert answer.mimetype == "text/plain"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="assay-challenge.txt"'
    assert editor.post(f"{there}/file", {"token": "A" * 32}).status_code == 404
    record = start(editor, bay, "dns")
    assert editor.post(f"{record}/file", {"token": token}).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"method": "fax"}, {"method": "none"}])
def test_start_without_a_method_is_refused(bay, editor, sent):
    answer = editor.post(f"/staff/domains/{bay}/proofs", sent)

    assert answer.status_code == 422
    assert "Choose how control is to be shown." in answer.text
    assert "error-summary" in answer.text
    db.session.rollback()
    assert proving.challenges_of([1]) == {}


def test_platforms_tenant_is_offered_no_record(app, editor):
    tenant = add_domain("bay.myshopify.com")
    page = text_on(editor, f"/staff/domains/{tenant}")

    assert told(page, "Not by a DNS record")
    assert 'value="dns"' not in page
    assert editor.post(f"/staff/domains/{tenant}/proofs", {"method": "dns"}).status_code == 422
    start(editor, tenant, "file")


def test_address_that_nobody_can_hold_is_offered_nothing(bay, editor):
    with transaction():
        sellers.domain(bay).host = "co.uk"

    assert told(text_on(editor, f"/staff/domains/{bay}"), "Nobody can hold this address alone")
    assert editor.post(f"/staff/domains/{bay}/proofs", {"method": "file"}).status_code == 422


def test_course_of_a_proof_is_told_in_words(bay, editor, world, later):
    there = start(editor, bay)
    value = TOKEN.search(text_on(editor, there))[0].encode()
    world.shift(MINUTE)
    look(world)
    assert told(text_on(editor, there), "There is no TXT record of this name.")

    world.dns.txt("_assay-challenge.bay.com", value.replace(value[6:10], b"AAAA"))
    world.shift(5 * MINUTE)
    look(world)
    assert told(text_on(editor, there), "A token was there, but not this one.")

    world.dns.txt("_assay-challenge.bay.com", value)
    world.shift(30 * MINUTE)
    look(world)
    assert told(text_on(editor, there), "Confirmed", "The token was there.", "We look once a week.")
    domain = f"/staff/domains/{bay}"
    assert told(text_on(editor, domain), "Confirmed 4 Oct 2026", "2 Jan 2027", "Editor Sato")

    world.dns.remove("_assay-challenge.bay.com")
    for _ in range(3):
        browser = later(DAY)
        browser.post(f"{there}/look")
        look(world)
    assert told(text_on(browser, there), "No longer there", "We no longer look.")
    assert told(text_on(browser, domain), "No longer there on 7 Oct 2026", "It does not count now")


def test_failing_proof_says_since_when(bay, editor, world, later):
    there = start(editor, bay)
    value = TOKEN.search(text_on(editor, there))[0].encode()
    world.dns.txt("_assay-challenge.bay.com", value)
    world.shift(MINUTE)
    look(world)
    world.dns.remove("_assay-challenge.bay.com")
    browser = later(DAY)
    browser.post(f"{there}/look")
    look(world)

    assert told(text_on(browser, there), "Not found at the last look", "1 look without it since")


def test_proof_past_its_last_day_is_not_called_confirmed(bay, later):
    with transaction():
        sellers.record_proof(sellers.domain(bay), method=ProofMethod.FILE)
    assert told(text_on(later(90 * DAY), f"/staff/domains/{bay}"), "Confirmed 4 Oct 2026")
    assert told(text_on(later(DAY), f"/staff/domains/{bay}"), "Last confirmed 4 Oct 2026")


def test_look_now_rings_and_too_soon_is_said(bay, editor, world):
    there = start(editor, bay)
    answer = editor.post(f"{there}/look")
    assert answer.status_code == 303
    assert told(text_on(editor, there), "A look is on its way.", "as soon as a worker is free")
    assert world.looks == 0  # the web process fetched nothing
    assert look(world) == 1

    answer = editor.post(f"{there}/look")
    assert answer.status_code == 422
    assert "We looked less than a minute ago." in answer.text


def test_withdrawn_proof_is_over(bay, editor):
    there = start(editor, bay)
    assert editor.post(f"{there}/withdraw").status_code == 303
    assert told(text_on(editor, there), "The proof is withdrawn.", "Void", "Staff took it back.")
    for act in ("look", "withdraw"):
        answer = editor.post(f"{there}/{act}")
        assert (answer.status_code, "has ended" in answer.text) == (422, True)


def test_viewer_sees_everything_and_starts_nothing(bay, editor, sign_in):
    there = start(editor, bay)
    viewer = sign_in(Role.VIEWER)

    for page in (text_on(viewer, there), text_on(viewer, f"/staff/domains/{bay}")):
        assert told(page, "bay.com", "Waiting for the token")
        for act in ("Look now", "Withdraw this proof", "Give out a token"):
            assert act not in page


def test_retailers_page_leads_to_its_addresses(bay, editor):
    retailer = sellers.retailers()[0].public_id
    page = text_on(editor, f"/staff/retailers/{retailer}")

    assert f'href="/staff/domains/{bay}"' in page
    assert told(page, "None yet")


def test_address_that_waits_for_a_token_says_so_in_the_list(bay, editor):
    start(editor, bay)
    page = text_on(editor, f"/staff/retailers/{sellers.retailers()[0].public_id}")

    assert told(page, "Waiting for the token")
    assert "None yet" not in page


def test_brands_address_is_proven_like_a_retailers(app, editor):
    with transaction():
        brand = make_product().brand
        domain = sellers.add_domain("bücher.de", owner=brand).public_id
    page = text_on(editor, start(editor, domain))

    assert told(page, "bücher.de (xn--bcher-kva.de)", "_assay-challenge.xn--bcher-kva.de")
    assert told(page, f"Send this to {brand.name}")


@pytest.mark.parametrize("there", ["domains/aaaaaaaaaaaaaaaa", "proofs/aaaaaaaaaaaaaaaa"])
def test_unknown_address_or_proof_is_not_found(editor, there):
    assert editor.get(f"/staff/{there}").status_code == 404


def test_closed_challenges_stay_on_the_address_page(bay, editor):
    for _ in range(2):
        start(editor, bay)
    page = text_on(editor, f"/staff/domains/{bay}")

    assert page.count("/staff/proofs/") == 2
    assert told(page, "Void", "Waiting for the token")
    assert now() == START
