"""Every address of the shop: whom it is for, that reading never writes, and what reading costs."""

import re

import pytest

from shop.web.access import Programs, Public, Signed, Staff, audience_of

pytestmark = pytest.mark.xdist_group("house")  # one demo for all of them

# Every GET, with an address that answers 200 and the statements that it may send (BEGIN not
# counted). A budget is what the page needs today; raising one needs a reason in the commit.
PAGES: dict[str, tuple[str, int]] = {
    "accreditations.document": (
        "/staff/laboratories/{laboratory}/accreditations/{accreditation}/document",
        8,
    ),
    "accreditations.edit": ("/staff/laboratories/{laboratory}/accreditations/{accreditation}", 12),
    "accreditations.new": ("/staff/laboratories/{laboratory}/accreditations/new", 12),
    "api_description.openapi": ("/api/v1/openapi.json", 0),
    "api_description.show": ("/api/v1/docs", 2),
    "audit.show": ("/staff/audit", 20),
    "brand_sellers.new": ("/staff/brands/{brand}/sellers/new", 12),
    "brand_sellers.new_refused": ("/staff/brands/{brand}/not-authorized/new", 12),
    "brands.document": ("/staff/brands/{brand}/documents/{document}", 8),
    "brands.index": ("/staff/brands", 8),
    "brands.show": ("/staff/brands/{brand}", 16),
    "browse.index": ("/", 4),
    "browse.suggest": ("/suggest?q=sha", 6),
    "cart.show": ("/cart", 4),
    "catalog.index": ("/staff/products", 12),
    "catalog.lot": ("/staff/lots/{lot}", 16),
    "catalog.show": ("/staff/products/{slug}", 20),
    "certificate.original": ("/certificates/{certificate}/original.pdf", 6),
    "certificate.page": ("/certificates/{certificate}/pages/1.webp", 6),
    "certificate.show": ("/certificates/{certificate}", 16),
    "certificates.original": ("/staff/certificates/{certificate}/original.pdf", 8),
    "certificates.page": ("/staff/certificates/{certificate}/pages/1.webp", 8),
    "certificates.review": ("/staff/certificates/{certificate}", 30),
    "certificates.upload": ("/staff/certificates", 20),
    "check.lot_json": ("/lots/{lot_code}.json", 12),
    "check.show": ("/check?lot={lot_code}", 12),
    "checkout.show": ("/cart", 4),  # an empty cart leads back; tests/storefront buys for real
    "confirmations.kept": ("/staff/certificates/{certificate}/laboratory/{confirmation}/kept", 8),
    "confirmations.one": ("/staff/certificates/{certificate}/laboratory/{confirmation}", 12),
    "confirmations.show": ("/staff/certificates/{certificate}/laboratory", 14),
    "disputes.new": ("/disputes/new?offer={offer}", 2),
    "disputes.show": ("/disputes/{dispute}", 1),
    "health.alive": ("/healthz", 0),
    "health.ready": ("/readyz", 8),
    "laboratories.index": ("/staff/laboratories", 12),
    "laboratories.show": ("/staff/laboratories/{laboratory}", 16),
    "laboratory_pins.new": ("/staff/laboratories/{laboratory}/signing/new", 12),
    "laboratory_pins.show": ("/staff/laboratories/{laboratory}/signing/{pin}", 12),
    "laboratory_records.ask": ("/staff/laboratories/{laboratory}/remove", 12),
    "laboratory_records.edit": ("/staff/laboratories/{laboratory}/edit", 12),
    "ledger.entry": ("/ledger/0", 12),
    "ledger.index": ("/ledger", 8),
    "ledger_api.checkpoint": ("/ledger/checkpoint", 4),
    "ledger_api.entry": ("/ledger/entries/0.json", 4),
    "ledger_api.keys": ("/.well-known/assay-keys.json", 2),
    "ledger_api.proof": ("/ledger/entries/0/proof.json", 8),
    "ledger_api.record": ("/verdicts/{sha256}.json", 4),
    "linkcheck.show": ("/check-link?link=https%3A%2F%2Fmaren0ak.example&brand=maren-oak", 19),
    "media.show": ("/media/{picture}", 4),
    "offers.edit": ("/staff/sellers/offers/{offer}/edit", 20),
    "offers.new": ("/staff/sellers/offers/new?product={slug}", 20),
    "outbound.go": ("/go/{offer}", 4),
    "pages.help": ("/help", 2),
    "pages.method": ("/how-we-check", 2),
    "people.index": ("/staff/people", 8),
    "people.me": ("/staff/people/me", 8),
    "people.person": ("/staff/people/{staff}", 8),
    "product.show": ("/p/{slug}", 12),
    "proofs.domain": ("/staff/domains/{domain}", 14),
    "proofs.show": ("/staff/proofs/{challenge}", 12),
    "publishing.own_list": ("/.well-known/authorized-sellers.json", 2),
    "publishing.result": ("/for-sellers/lists/{check}", 2),
    "publishing.schema": ("/schemas/authorized-sellers.json", 2),
    "publishing.show": ("/for-sellers", 2),
    "retailers.new": ("/staff/retailers/new", 12),
    "retailers.show": ("/staff/retailers/{retailer}", 20),
    "reviews.queue": ("/staff", 20),
    "reviews.second": ("/staff/second-reviews", 20),
    "sellers.index": ("/staff/sellers", 20),
    "sellers.offer": ("/staff/sellers/offers/{offer}", 25),
    "sign_in.show": ("/staff/sign-in", 2),
    "staff_disputes.index": ("/staff/disputes", 12),
    "staff_disputes.show": ("/staff/disputes/{dispute}", 14),
    "unrelated.ask": ("/staff/sellers/offers/{offer}/unrelated", 12),
    "unrelated.index": ("/staff/sellers/unrelated", 8),
    "unrelated.show": ("/staff/sellers/unrelated/{mark}", 8),
    "uploading.by_digest": (f"/staff/certificates/by-digest/{'0' * 64}", 8),
    "uploading.states": ("/staff/certificates/states?ids={certificate}", 8),
}
# These need an order; tests/storefront holds them to the same with a real one.
WITH_AN_ORDER = {"order.show", "pay.back", "pay.show"}
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
_OPENINGS = ("BEGIN", "ROLLBACK", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA")


def test_every_view_says_for_whom_it_is(house):
    silent = [
        endpoint for endpoint, view in house.app.view_functions.items() if audience_of(view) is None
    ]
    assert silent == []


def test_staff_pages_are_for_staff_and_others_are_not(house):
    for rule in house.app.url_map.iter_rules():
        audience = audience_of(house.app.view_functions[rule.endpoint])
        is_desk = rule.rule.startswith("/staff") and not rule.endpoint.startswith("sign_in.")
        assert isinstance(audience, Staff if is_desk else Public | Signed | Programs), rule.rule


def test_only_messages_of_machines_go_without_a_form_token(house):
    signed = {
        endpoint
        for endpoint, view in house.app.view_functions.items()
        if isinstance(audience_of(view), Signed)
    }
    assert signed == {"webhooks.stripe"}


def test_only_the_interface_for_programs_goes_without_a_form_token(house):
    open_to_programs = {
        endpoint
        for endpoint, view in house.app.view_functions.items()
        if isinstance(audience_of(view), Programs)
    }
    assert open_to_programs == {"sellers_api.check"}


def test_every_page_is_visited_below(house):
    read = {
        rule.endpoint
        for rule in house.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint in house.app.view_functions
    }
    assert read - WITH_AN_ORDER == set(PAGES)


@pytest.mark.parametrize(
    ("endpoint", "address", "budget"),
    [(endpoint, *page) for endpoint, page in PAGES.items()],
    ids=[endpoint for endpoint, page in PAGES.items()],
)
def test_reading_writes_nothing_and_stays_in_its_budget(
    house, statements, endpoint, address, budget
):
    is_desk = address.startswith("/staff") and not endpoint.startswith("sign_in.")
    client = house.admin() if is_desk else house.visitor()
    client.get(address.format(**house.names), buffered=True)  # the first visit may fill caches
    statements.clear()
    answer = client.get(address.format(**house.names), buffered=True)

    assert answer.status_code == 200, answer.text[:500]
    assert [sent for sent in statements if _WRITES.match(sent)] == []
    asked = [sent for sent in statements if not sent.startswith(_OPENINGS)]
    assert len(asked) <= budget, asked
