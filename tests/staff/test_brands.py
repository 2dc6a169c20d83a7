"""The desk's pages of a brand: websites, its list, what a page or letter says, and documents."""

import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.facts import ProofMethod, Source
from shop.catalog import service as catalog
from shop.plumbing import jobs
from shop.plumbing.db import db, transaction
from shop.sellers import lists, service
from shop.sellers.models import Authorization, Domain, NotAuthorized, Retailer
from shop.web.context import current_shop
from tests.sellers.factories import make_listed_shop, make_product

NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)
ADDRESS = "https://marenoak.com/.well-known/authorized-sellers.json"
LIST = {
    "version": 1,
    "brand": "Maren & Oak",
    "canonical": ADDRESS,
    "expires": "2027-01-31",
    "sellers": [
        {"name": "Brush & Bay", "domains": ["brushandbay.com"], "regions": ["US"]},
        {"name": "Pell", "domains": ["pell.shop"]},
    ],
    "not_authorized": [{"domain": "outlet.shop"}],
}
LETTER = b"%PDF-1.7 Dear Assay, we name Letter Shop."
PAGE = "/staff/brands/maren-oak"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def brand(app):
    with transaction():
        product = make_product("Serum", brand="Maren & Oak")
        service.add_domain("marenoak.com", owner=product.brand)
        slug = product.brand.slug
    assert slug == "maren-oak"
    return catalog.brand_by_slug(slug)


@pytest.fixture
def site(dns_server, web_server, outbound):
    """The brand's website, and the worker that reads there."""
    dns_server.add("marenoak.com", web_server.host)
    web_server.page(ADDRESS, json.dumps(LIST).encode())

    def work():
        count = jobs.run_due(lists.handlers(outbound, current_shop().blobs))
        db.session.rollback()
        return count

    web_server.work = work
    return web_server


def letter(content=LETTER, **more):
    """A form with a document, as a browser sends it."""
    return {**more, "document": (io.BytesIO(content), "letter.pdf")}


SELLER = {"name": "Letter Shop", "relation": "reseller", "domains": "Letter.Shop\nbürste.shop"}


def test_list_is_read_when_its_address_is_saved(brand, reviewer, site):
    page = reviewer.get(PAGE).text
    assert f'value="{ADDRESS}"' in page
    answer = reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    assert answer.status_code == 303
    assert site.asked == []
    assert reviewer.get(PAGE).headers["Refresh"] == "3"

    assert site.work() == 1
    page = reviewer.get(PAGE)
    assert "Refresh" not in page.headers
    for text in ("Brush &amp; Bay", "brushandbay.com", "Countries: US", "On the brand’s list"):
        assert text in page.text
    assert "outlet.shop" in page.text
    row = reviewer.get("/staff/brands").text
    assert "List of" in row


def test_mistakes_of_a_list_are_shown_by_path_and_the_old_one_stays(brand, reviewer, site):
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()
    site.page(ADDRESS, json.dumps(LIST | {"expires": "soon"}).encode())
    assert reviewer.post(f"{PAGE}/list/read").status_code == 303
    site.work()

    page = reviewer.get(PAGE).text
    assert "<code>$.expires</code>" in page
    assert "The list has mistakes" in page
    assert "brushandbay.com" in page
    assert "Could not be read" in reviewer.get("/staff/brands").text


def test_stored_list_is_handed_out_as_it_came_and_never_opened(brand, editor, reviewer, site):
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()
    digest = service.latest_list(brand.id).document

    answer = editor.get(f"{PAGE}/documents/{digest}")
    assert json.loads(answer.data) == LIST
    assert answer.headers["Content-Disposition"].endswith(f"maren-oak-{digest[:12]}.json")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for other in ("0" * 64, "x", digest.upper(), digest + "0", "..%2f..%2fassay.db"):
        assert editor.get(f"{PAGE}/documents/{other}").status_code == 404


def test_document_of_another_brand_is_not_handed_out(brand, editor, reviewer, site):
    with transaction():
        make_product("Tonic", brand="Pell")
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()
    digest = service.latest_list(brand.id).document

    assert editor.get(f"/staff/brands/pell/documents/{digest}").status_code == 404


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "Enter the address of the list."),
        ("http://marenoak.com/", "Enter an address that begins with https://"),
        ("https://pell.shop/list.json", "pell.shop is not an official website of Maren &amp; Oak."),
    ],
)
def test_address_of_a_list_that_will_not_do_is_told(brand, reviewer, url, told):
    answer = reviewer.post(f"{PAGE}/list", {"url": url})

    assert answer.status_code == 422
    assert told in answer.text
    assert 'href="#url"' in answer.text


def test_official_websites_are_added_one_a_line(brand, reviewer):
    answer = reviewer.post(
        f"{PAGE}/domains", {"domains": "maren.example, oak.example\nOAK.example"}
    )

    assert answer.status_code == 422  # the last is the second once more
    reviewer.post(f"{PAGE}/domains", {"domains": "maren.example, https://www.Oak.example/x"})
    hosts = {domain.host for domain in service.brand_domains(brand.id)}
    assert hosts == {"marenoak.com", "maren.example", "www.oak.example"}


@pytest.mark.parametrize(
    "text", ["", "co.uk", "localhost", "10.0.0.1", " ".join(map(str, range(21)))]
)
def test_website_that_nobody_can_own_is_told(brand, reviewer, text):
    answer = reviewer.post(f"{PAGE}/domains", {"domains": text})

    assert answer.status_code == 422
    assert 'href="#domains"' in answer.text
    assert len(service.brand_domains(brand.id)) == 1


def test_seller_of_a_letter_is_kept_with_the_letter(brand, editor):
    form = SELLER | {
        "paths": "/stores/one/",
        "regions": "us, CA",
        "products": "Rosemary Serum\n",
        "begins": "2026-01-01",
        "ends": "2026-12-31",
        "source_url": "https://marenoak.com/where-to-buy",
        "note": "Read on the phone.",
    }
    answer = editor.post(f"{PAGE}/sellers/new", letter(**form))
    assert answer.status_code == 303, answer.text

    [row] = db.session.scalars(select(Authorization)).all()
    assert (row.source, row.seller_list_id, row.entered_by) == (Source.STAFF, None, editor.staff_id)
    assert (row.hosts, row.paths) == (["letter.shop", "xn--brste-kva.shop"], ["/stores/one"])
    assert (row.regions, row.products) == (["US", "CA"], ["Rosemary Serum"])
    assert (row.starts_on, row.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    claims = select(Domain.named_by_id).where(Domain.retailer_id.is_not(None))
    assert set(db.session.scalars(claims)) == {brand.id}
    assert current_shop().blobs.get(row.document) == LETTER
    page = editor.get(PAGE).text
    for text in ("Letter Shop", "Entered by staff", "bürste.shop (xn--brste-kva.shop)", row.note):
        assert text in page
    saved = editor.get(f"{PAGE}/documents/{row.document}")
    assert saved.data == LETTER
    assert saved.headers["Content-Disposition"].endswith(".pdf")


def test_same_entry_twice_is_told(brand, editor):
    editor.post(f"{PAGE}/sellers/new", letter(**SELLER))
    answer = editor.post(f"{PAGE}/sellers/new", letter(**SELLER))

    assert answer.status_code == 422
    assert "Letter Shop is on record for this already." in answer.text
    assert len(db.session.scalars(select(Authorization)).all()) == 1


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"name": ""}, "name", "Enter the seller’s name."),
        ({"name": "?!"}, "name", "Write a short name"),
        ({"domains": ""}, "domains", "Enter its web address."),
        ({"domains": "letter.shop com"}, "domains", "com: Everybody’s names stand below"),
        ({"domains": "https://letter.shop"}, "domains", "Write the host alone"),
        ({"paths": "stores"}, "paths", "stores: Write a path that begins with one"),
        ({"regions": "US, EU"}, "regions", "EU: Write two letters"),
        ({"relation": "friend"}, "relation", "Choose what it is."),
        ({"relation": "marketplace-store"}, "paths", "Add the path of the store’s page"),
        ({"begins": "tomorrow"}, "begins", "Enter a date like"),
        ({"begins": "2026-02-02", "ends": "2026-02-01"}, "ends", "It cannot end before it begins"),
        ({"products": "x" * 201}, "products", "Write a product’s name"),
    ],
)
def test_mistake_stands_beside_its_field_and_nothing_is_lost(brand, editor, change, field, told):
    form = SELLER | {"note": "Keep this."} | change
    answer = editor.post(f"{PAGE}/sellers/new", letter(**form))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert told in answer.text
    assert "Keep this." in answer.text
    assert db.session.scalars(select(Retailer)).all() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose the saved page or the letter."),
        (b"MZ\x90\x00\x03", "Choose a PDF, a picture"),
        (b"\xff\xfe\x00", "Choose a PDF, a picture"),
    ],
    ids=["none", "program", "junk"],
)
def test_document_that_is_not_kept_is_told(brand, editor, content, told):
    answer = editor.post(f"{PAGE}/sellers/new", letter(content, **SELLER))

    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.scalars(select(Authorization)).all() == []


def test_document_that_is_too_large_is_told(brand, editor):
    fields = {"csrf_token": editor.csrf(), **SELLER}
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts.append(('name="document"; filename="x.pdf"', b"%PDF-" + b"x" * 20_000_000))
    head = "--edge\r\nContent-Disposition: form-data; {}\r\n\r\n"
    body = b"".join(head.format(name).encode() + value + b"\r\n" for name, value in parts)
    answer = editor.client.post(
        f"{PAGE}/sellers/new",
        data=body + b"--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )

    assert answer.status_code == 422
    assert "Choose a file of at most 20 MB." in answer.text


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"<!doctype html><HTML><script>alert(1)</script>", "html"),
        ("Grüße aus Köln".encode(), "txt"),
    ],
)
def test_kinds_of_documents_are_kept_whole(brand, editor, content, ending):
    editor.post(f"{PAGE}/sellers/new", letter(content, **SELLER))
    digest = db.session.scalars(select(Authorization.document)).one()

    saved = editor.get(f"{PAGE}/documents/{digest}")
    assert saved.data == content
    assert saved.headers["Content-Disposition"].endswith(f".{ending}")
    assert saved.content_type == "application/octet-stream"
    assert "sandbox" in saved.headers["Content-Security-Policy"]


def test_revoked_seller_is_said_to_be_no_longer_named(brand, reviewer):
    with transaction():
        make_listed_shop(catalog.brand_by_slug("maren-oak"))
    [row] = db.session.scalars(select(Authorization)).all()
    domain = db.session.scalars(select(Domain).where(Domain.retailer_id == row.retailer_id)).one()
    address = f"{PAGE}/sellers/{row.public_id}/revoke"

    assert reviewer.post(address).status_code == 303
    db.session.expire_all()
    assert (row.status, row.revoked_on) == ("revoked", NOW.date())
    assert service.domain(domain.public_id).proofs[-1].state != "ok"
    assert "Revoked" in reviewer.get(PAGE).text
    assert reviewer.post(address).status_code == 409
    assert reviewer.post(f"/staff/brands/pell/sellers/{row.public_id}/revoke").status_code == 404


def test_address_that_a_page_refuses_is_kept_and_taken_back(brand, editor, reviewer):
    form = letter(host="https://Outlet.shop/", source_url="https://marenoak.com/warning")
    assert editor.post(f"{PAGE}/not-authorized/new", form).status_code == 303
    [row] = db.session.scalars(select(NotAuthorized)).all()
    assert (row.host, row.named_on, row.entered_by) == ("outlet.shop", NOW.date(), editor.staff_id)
    assert current_shop().blobs.get(row.document) == LETTER
    assert "outlet.shop" in editor.get(PAGE).text

    lift = f"{PAGE}/not-authorized/lift"
    assert reviewer.post(lift, {"host": "outlet.shop"}).status_code == 303
    assert reviewer.post(lift, {"host": "outlet.shop"}).status_code == 404


def test_what_the_list_refuses_only_the_list_takes_back(brand, reviewer, site):
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()

    assert reviewer.post(f"{PAGE}/not-authorized/lift", {"host": "outlet.shop"}).status_code == 422


@pytest.mark.parametrize("host", ["", "marenoak.com", "com", "x" * 301])
def test_address_that_cannot_be_refused_is_told(brand, editor, host):
    answer = editor.post(f"{PAGE}/not-authorized/new", letter(host=host))

    assert answer.status_code == 422
    assert 'href="#host"' in answer.text


def test_many_sellers_are_shown_by_the_hundred(brand, editor, reviewer, site):
    many = [{"name": f"Seller {n:03}", "domains": [f"s{n}.shop"]} for n in range(230)]
    site.page(ADDRESS, json.dumps(LIST | {"sellers": many}).encode())
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()

    page = editor.get(PAGE).text
    assert ("Seller 099" in page, "Seller 100" in page, "start=100" in page) == (True, False, True)
    last = editor.get(f"{PAGE}?start=200").text
    assert ("Seller 229" in last, "start=300" in last) == (True, False)
    for odd in ("x", "-1", "9" * 40, "٣"):
        assert editor.get(f"{PAGE}?start={odd}").status_code == 200


def test_list_that_fails_for_days_waits_in_the_rail(brand, editor, reviewer, site, clock):
    site.page(ADDRESS, status=500)
    reviewer.post(f"{PAGE}/list", {"url": ADDRESS})
    site.work()
    assert "The server answered 500 instead of 200." in editor.get(PAGE).text
    assert ">1<span" not in editor.get("/staff/products").text
    clock.move_to(datetime(2026, 10, 6, 9, tzinfo=UTC))

    sign_in_again(editor)
    assert ">1<span" in editor.get("/staff/products").text


def sign_in_again(browser):
    """Days later the old sign-in has run out."""
    with transaction():
        user = next(user for user in accounts.staff() if user.public_id == browser.staff_id)
        token = accounts.open_sign_in(user)
    browser.client.set_cookie("assay_staff", token)


def test_viewer_sees_no_forms(brand, sign_in):
    page = sign_in(Role.VIEWER).get(PAGE).text

    for action in ("/domains", "/list", "/sellers/new", "/not-authorized"):
        assert f'"{PAGE}{action}' not in page


def test_brand_s_proof_leads_back_to_the_brand(brand, editor):
    [domain] = service.brand_domains(brand.id)
    with transaction():
        service.record_proof(service.domain(domain.public_id), method=ProofMethod.DNS)

    assert f'href="{PAGE}"' in editor.get(f"/staff/domains/{domain.public_id}").text
