"""The page for brands and retailers: the checker of lists, the schema, and the shop's own list."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from jsonschema import Draft202012Validator
from sqlalchemy import select

from shop.assay.sellers import published
from shop.factory import create_app
from shop.plumbing import jobs
from shop.plumbing.db import db, transaction
from shop.sellers import lists
from shop.sellers.seen import ListCheck
from shop.web.context import current_shop
from tests.catalog import factories
from tests.conftest import make_config

NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)
ADDRESS = "https://marenoak.com/.well-known/authorized-sellers.json"
LIST = {
    "version": 1,
    "brand": "Maren & Oak",
    "canonical": ADDRESS,
    "expires": "2027-01-31",
    "sellers": [{"name": "Brush & Bay", "domains": ["brushandbay.com"]}],
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


class Browser:
    """Somebody who reads the page and sends its forms."""

    def __init__(self, client):
        self.client, self.get = client, client.get

    def post(self, url, data):
        token = re.search(r'name="csrf_token"\s+value="([^"]+)"', self.get("/for-sellers").text)[1]
        kind = {"content_type": "multipart/form-data"} if url.endswith("/list") else {}
        return self.client.post(url, data={"csrf_token": token, **data}, **kind)


@pytest.fixture
def visitor(client):
    return Browser(client)


@pytest.fixture
def site(dns_server, web_server, outbound):
    """The brand's website, and the worker that reads there."""
    dns_server.add("marenoak.com", web_server.host)

    def work():
        count = jobs.run_due(lists.handlers(outbound, current_shop().blobs))
        db.session.rollback()
        return count

    web_server.work = work
    return web_server


def example_of(page):
    text = re.search(r"<code>(\{.*?\n\})</code>", page, re.DOTALL)[1]
    return text.replace("&#34;", '"')


def test_example_on_the_page_has_no_mistake(visitor):
    page = visitor.get("/for-sellers").text
    example = example_of(page)

    assert published.read(example.encode(), today=NOW.date()).problems == ()
    answer = visitor.post("/for-sellers/list", {"list": example.replace("\n", "\r\n")})
    assert answer.status_code == 200
    assert "No mistakes" in answer.text
    assert "Your Brand" in answer.text


def test_mistakes_are_told_by_path_at_once(visitor):
    broken = LIST | {"expires": "2020-01-01", "comment": "x", "sellers": [{"name": "<b>"}]}
    answer = visitor.post("/for-sellers/list", {"list": json.dumps(broken)})

    assert answer.status_code == 200
    assert "Not used as it is" in answer.text
    for path in ("$.sellers[0]", "$.comment"):
        assert f"<code>{path}</code>" in answer.text
    assert "<b>&#34;" not in answer.text
    assert "&lt;b&gt;" in answer.text  # what was pasted stays in its field


@pytest.mark.parametrize("text", ["", " \n", None])
def test_nothing_pasted_is_asked_for(visitor, text):
    answer = visitor.post("/for-sellers/list", {} if text is None else {"list": text})

    assert answer.status_code == 422
    assert 'href="#list"' in answer.text


def test_what_is_pasted_may_be_anything(visitor):
    for text in ("[" * 100_000, "9" * 100_000, '{"a":' * 30_000, "\ufffd", "<script>"):
        answer = visitor.post("/for-sellers/list", {"list": text})
        assert answer.status_code == 200
        assert "<code>$</code>" in answer.text


def test_list_too_large_for_the_form_is_turned_down(visitor):
    assert visitor.post("/for-sellers/list", {"list": "x" * 300_000}).status_code == 413


def test_list_at_an_address_is_read_by_a_worker(visitor, site):
    site.page(ADDRESS, json.dumps(LIST).encode())
    answer = visitor.post("/for-sellers/list-at", {"url": f" {ADDRESS} "})
    assert answer.status_code == 303
    assert site.asked == []

    waiting = visitor.get(answer.location)
    assert "Being read" in waiting.text
    assert waiting.headers["Refresh"] == "3"
    assert site.work() == 1
    done = visitor.get(answer.location)
    assert "No mistakes" in done.text
    assert "Maren &amp; Oak" in done.text
    assert "Refresh" not in done.headers


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"status": 404}, "There is no page at this address (404)."),
        ({"status": 418}, "The server answered 418 instead of 200."),
        ({"body": b"<html>"}, "<code>$</code>"),
        ({"body": json.dumps(LIST | {"canonical": "https://pell.shop/"}).encode()}, "$.canonical"),
        ({"body": b" " * 1_048_577}, "The list is larger than 1,024 KiB."),
    ],
)
def test_what_a_worker_met_is_told(visitor, site, body, told):
    site.page(ADDRESS, **body)
    there = visitor.post("/for-sellers/list-at", {"url": ADDRESS}).location
    site.work()

    assert told in visitor.get(there).text


@pytest.mark.parametrize(
    "url",
    [
        "", "marenoak.com", "http://marenoak.com/", "https://10.0.0.1/", "https://localhost/",
        "javascript:alert(1)", "https://a:b@marenoak.com/", "https://com/", "https://" + "x" * 9000,
    ],
)  # fmt: skip
def test_address_that_nobody_can_have_is_turned_down(visitor, url):
    answer = visitor.post("/for-sellers/list-at", {"url": url})

    assert answer.status_code == 422
    assert 'href="#url"' in answer.text
    assert db.session.scalars(select(ListCheck)).all() == []


def test_too_many_waiting_checks_are_turned_down(app, visitor):
    with transaction():
        db.session.add_all([ListCheck(url=f"https://a{n}.shop/") for n in range(200)])

    assert visitor.post("/for-sellers/list-at", {"url": ADDRESS}).status_code == 503


def test_haste_is_answered_on_the_page(visitor):
    statuses = [visitor.post("/for-sellers/list", {"list": "{}"}).status_code for _ in range(21)]

    assert statuses[:20] == [200] * 20
    assert statuses[20] == 429


def test_unknown_check_is_not_found(visitor):
    assert visitor.get("/for-sellers/lists/aaaaaaaaaaaaaaaa").status_code == 404
    assert visitor.get("/for-sellers/lists/%F0%9F%92%87").status_code == 404


def test_schema_says_what_the_reader_does(visitor):
    answer = visitor.get("/schemas/authorized-sellers.json")
    schema = json.loads(answer.text)

    assert answer.content_type == "application/schema+json; charset=utf-8"
    assert schema["$id"] == "http://localhost/schemas/authorized-sellers.json"
    validator = Draft202012Validator(schema)
    assert validator.is_valid(LIST)
    assert not validator.is_valid(LIST | {"sellers": [{"name": "Pell"}]})
    again = visitor.get(
        "/schemas/authorized-sellers.json", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.fixture
def published_list(database_url, tmp_path):
    """Our own list at a public address, as somebody else would read it."""
    config = make_config(tmp_path, database_url, PUBLIC_URL="https://assay.shop")
    app = create_app(config)
    with app.app_context():
        yield lambda: app.test_client().get("/.well-known/authorized-sellers.json")
        db.session.remove()
        db.engine.dispose()


def test_own_list_names_this_shop_and_nobody_else(published_list):
    with transaction():
        factories.make_product()
    answer = published_list()
    reading = published.read(answer.data, today=NOW.date())

    assert reading.problems == ()
    assert reading.list.canonical == "https://assay.shop/.well-known/authorized-sellers.json"
    assert reading.list.expires_on == date(2026, 11, 30)
    [seller] = reading.list.sellers
    assert (seller.name, seller.hosts, seller.relation) == ("Assay", ("assay.shop",), "direct")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_own_list_names_nobody_while_nothing_is_sold(published_list):
    with transaction():
        product = factories.make_product(is_for_sale=False)
        assert product.is_for_sale is False

    assert json.loads(published_list().text)["sellers"] == []


def test_shop_without_a_public_address_names_nobody(visitor):
    with transaction():
        factories.make_product()

    assert json.loads(visitor.get("/.well-known/authorized-sellers.json").text)["sellers"] == []


def test_own_list_stays_the_same_for_a_month_and_never_runs_out(published_list, clock):
    ends = []
    for day in ("2026-10-31", "2026-11-01", "2026-12-31", "2027-01-01"):
        clock.move_to(datetime.fromisoformat(f"{day}T23:59:59+00:00"))
        ends.append(json.loads(published_list().text)["expires"])

    assert ends == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]


def test_page_says_where_proofs_are_looked_for(visitor):
    page = visitor.get("/for-sellers").text

    for text in ("_assay-challenge.", "/.well-known/assay-challenge.txt", "assay-challenge"):
        assert text in page
    assert "mailto:" in page
