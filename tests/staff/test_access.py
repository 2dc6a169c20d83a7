"""Who may open which door of the desk: one line for each, and no door without a line."""

import re

import pytest

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.web.access import Public, Staff, audience_of

EVERYBODY = None
DOORS = {
    "sign_in.show": EVERYBODY,
    "sign_in.enter": EVERYBODY,
    "sign_in.out": EVERYBODY,
    "reviews.queue": Role.VIEWER,
    "reviews.second": Role.VIEWER,
    "staff_disputes.index": Role.VIEWER,
    "staff_disputes.show": Role.VIEWER,
    "staff_disputes.answer": Role.REVIEWER,
    "certificates.upload": Role.VIEWER,
    "certificates.receive": Role.EDITOR,
    "uploading.states": Role.VIEWER,
    "uploading.by_digest": Role.EDITOR,
    "certificates.review": Role.VIEWER,
    "certificates.page": Role.VIEWER,
    "certificates.original": Role.VIEWER,
    "certificates.correct": Role.EDITOR,
    "certificates.file_under": Role.EDITOR,
    "certificates.read_again": Role.EDITOR,
    "certificates.decide": Role.REVIEWER,
    "certificates.second": Role.REVIEWER,
    "sellers.index": Role.VIEWER,
    "unrelated.index": Role.VIEWER,
    "unrelated.show": Role.VIEWER,
    "unrelated.ask": Role.REVIEWER,
    "unrelated.mark": Role.REVIEWER,
    "unrelated.lift": Role.REVIEWER,
    "offers.new": Role.EDITOR,
    "offers.add": Role.EDITOR,
    "offers.check": Role.EDITOR,
    "offers.edit": Role.EDITOR,
    "offers.save": Role.EDITOR,
    "sellers.offer": Role.VIEWER,
    "sellers.decide": Role.REVIEWER,
    "sellers.second": Role.REVIEWER,
    "sellers.hide": Role.REVIEWER,
    "sellers.look": Role.EDITOR,
    "retailers.new": Role.EDITOR,
    "retailers.add": Role.EDITOR,
    "retailers.show": Role.VIEWER,
    "retailers.add_domains": Role.EDITOR,
    "proofs.domain": Role.VIEWER,
    "proofs.start": Role.EDITOR,
    "proofs.show": Role.VIEWER,
    "proofs.file": Role.EDITOR,
    "proofs.look": Role.EDITOR,
    "proofs.withdraw": Role.EDITOR,
    "brands.index": Role.VIEWER,
    "brands.show": Role.VIEWER,
    "brands.document": Role.VIEWER,
    "brands.add_domains": Role.REVIEWER,
    "brands.use_list": Role.REVIEWER,
    "brands.read_list": Role.EDITOR,
    "brand_sellers.new": Role.EDITOR,
    "brand_sellers.add": Role.EDITOR,
    "brand_sellers.revoke": Role.REVIEWER,
    "brand_sellers.new_refused": Role.EDITOR,
    "brand_sellers.refuse": Role.EDITOR,
    "brand_sellers.lift": Role.REVIEWER,
    "catalog.index": Role.VIEWER,
    "catalog.show": Role.VIEWER,
    "catalog.rename": Role.EDITOR,
    "catalog.add_lot": Role.EDITOR,
    "catalog.lot": Role.VIEWER,
    "catalog.change_lot": Role.EDITOR,
    "laboratories.index": Role.VIEWER,
    "laboratories.add": Role.EDITOR,
    "laboratories.show": Role.VIEWER,
    "laboratories.add_host": Role.REVIEWER,
    "laboratories.decide_host": Role.REVIEWER,
    "laboratory_records.edit": Role.EDITOR,
    "laboratory_records.save": Role.EDITOR,
    "laboratory_records.ask": Role.REVIEWER,
    "laboratory_records.retire": Role.REVIEWER,
    "laboratory_records.merge": Role.REVIEWER,
    "laboratory_records.restore": Role.REVIEWER,
    "accreditations.new": Role.REVIEWER,
    "accreditations.add": Role.REVIEWER,
    "accreditations.edit": Role.REVIEWER,
    "accreditations.save": Role.REVIEWER,
    "accreditations.see_again": Role.REVIEWER,
    "accreditations.document": Role.VIEWER,
    "laboratory_pins.new": Role.REVIEWER,
    "laboratory_pins.add": Role.REVIEWER,
    "laboratory_pins.add_seen": Role.REVIEWER,
    "laboratory_pins.show": Role.VIEWER,
    "laboratory_pins.agree": Role.REVIEWER,
    "laboratory_pins.remove": Role.REVIEWER,
    "confirmations.show": Role.VIEWER,
    "confirmations.ask": Role.EDITOR,
    "confirmations.keep_letter": Role.REVIEWER,
    "confirmations.one": Role.VIEWER,
    "confirmations.say_seen": Role.REVIEWER,
    "confirmations.withdraw": Role.REVIEWER,
    "confirmations.kept": Role.VIEWER,
    "audit.show": Role.VIEWER,
    "people.index": Role.ADMIN,
    "people.add": Role.ADMIN,
    "people.person": Role.ADMIN,
    "people.set_role": Role.ADMIN,
    "people.set_password": Role.ADMIN,
    "people.close": Role.ADMIN,
    "people.reopen": Role.ADMIN,
    "people.me": Role.VIEWER,
    "people.change_password": Role.VIEWER,
}
REFUSED = {401, 403}


def doors(app):
    """(endpoint, method, an address) of every door under /staff."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/staff"):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, re.sub("<[^>]+>", "aaaaaaaaaaaaaaaa", rule.rule)


def knock(browser, method, address):
    if method == "GET":
        return browser.get(address).status_code
    return browser.post(address).status_code


def test_every_door_has_its_audience(app):
    found = {}
    for endpoint, _, _ in doors(app):
        audience = audience_of(app.view_functions[endpoint])
        assert isinstance(audience, Public | Staff)
        found[endpoint] = audience.role if isinstance(audience, Staff) else EVERYBODY

    assert found == DOORS


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_door_opens_for_its_role_and_above_alone(app, sign_in, role):
    """Nothing that these addresses name exists, so an open door answers 404 or 422 at worst."""
    browser = sign_in(role)
    for endpoint, method, address in list(doors(app)):
        if DOORS[endpoint] is EVERYBODY:
            continue
        status = knock(browser, method, address)
        is_open = role >= DOORS[endpoint]
        assert (status not in REFUSED) is is_open, (endpoint, method, status)
        assert status < 500, (endpoint, method, status)


def test_nobody_enters_without_signing_in(app, client):
    for endpoint, method, address in list(doors(app)):
        if DOORS[endpoint] is EVERYBODY:
            continue
        answer = client.open(address, method=method)
        if method == "GET":
            assert answer.status_code == 303, endpoint
            assert answer.location.startswith("/staff/sign-in?next=/staff"), endpoint
        else:
            assert answer.status_code == 401, endpoint


def test_write_without_csrf_token_is_refused_at_every_door(app, admin):
    for endpoint, method, address in list(doors(app)):
        if method == "POST":
            answer = admin.client.post(address, data={})
            assert answer.status_code == 400, endpoint
            assert "open for too long" in answer.text, endpoint


def test_write_from_another_site_is_refused(app, admin):
    answer = admin.post(
        "/staff/laboratories", {"name": "Northmere"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403


def test_closed_account_is_out_at_once(app, sign_in, admin):
    browser = sign_in(Role.REVIEWER)
    assert browser.get("/staff").status_code == 200
    admin.post(f"/staff/people/{browser.staff_id}/close")

    assert browser.get("/staff").status_code == 303
    assert accounts.user_for(browser.token) is None


def test_pages_of_the_desk_are_never_kept(app, editor):
    assert editor.get("/staff").headers["Cache-Control"] == "no-store"
