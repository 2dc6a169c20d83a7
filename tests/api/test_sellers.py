"""`POST /api/v1/sellers/check`: the judge for programs, and what is said about it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shop.api.schemas import EXAMPLE, MOST_CASES, schemas
from shop.factory import create_app
from shop.web import security
from tests.conftest import make_config

URL = "/api/v1/sellers/check"
MANY = [{"name": "A", "domains": [f"a{number}.net" for number in range(2001)]}]
RETAILER = "$.retailers[0]"
# A few words that make very many hosts: each tenant under each domain.
TENANTS = {
    "name": "B",
    "domains": [f"b{number}.net" for number in range(40)],
    "authorization": True,
    "scope": {"tenants": [f"t{number}" for number in range(40)]},
}
SAME = {"name": "C", "domains": ["c.net"]}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """A shop whose database cannot be reached: nothing here reads a row."""
    config = make_config(tmp_path_factory.mktemp("shop"), "postgresql+psycopg://x@127.0.0.1:1/x")
    return create_app(config)


@pytest.fixture
def client(app):
    security.limiter.reset()
    return app.test_client()


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/api/v1/openapi.json").json


def ask(client, body, **headers):
    return client.post(URL, data=body, headers={"Content-Type": "application/json", **headers})


def problem(answer, status):
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    return answer.json


def test_one_case_is_answered_like_on_the_command_line(client):
    answer = client.post(URL, json=EXAMPLE)

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert "Set-Cookie" not in answer.headers
    assert answer.json["state"] == "mismatched"
    assert answer.json["host"] == "americandiscounttableware.com"
    assert [finding["code"] for finding in answer.json["findings"]] == [
        "seller.list_unavailable",
        "seller.mismatch_declared",
        "seller.other_trade",
    ]


def test_many_cases_are_answered_in_their_order(client):
    cases = [EXAMPLE, EXAMPLE | {"statement": None}] * (MOST_CASES // 2)
    answer = client.post(URL, json={"cases": cases})
    states = [each["state"] for each in answer.json["answers"]]
    assert states == ["mismatched", "unverified"] * (MOST_CASES // 2)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([], "$"),
        (7, "$"),
        ({}, "$.link"),
        ({"link": "https://a.net/"}, "$.brand"),
        (EXAMPLE | {"retailers": [{"domains": [{"domain": 7}]}]}, f"{RETAILER}.domains[0].domain"),
        ({"cases": []}, "$.cases"),
        ({"cases": "x"}, "$.cases"),
        ({"cases": [EXAMPLE] * (MOST_CASES + 1)}, "$.cases"),
        ({"cases": [EXAMPLE, 7]}, "$.cases[1]"),
        ({"cases": [EXAMPLE, EXAMPLE | {"now": "x"}]}, "$.cases[1].now"),
        (EXAMPLE | {"protected": [f"a{number}.net" for number in range(2001)]}, "$"),
        ({"cases": [EXAMPLE, EXAMPLE | {"retailers": MANY}]}, "$.cases[1].retailers[0]"),
        (EXAMPLE | {"retailers": [TENANTS] * 2}, "$.retailers[1]"),
        (EXAMPLE | {"retailers": [SAME] * 2001}, "$.retailers[2000]"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_path(client, body, path):
    told = problem(client.post(URL, json=body), 422)
    assert told["code"] == "sellers.case_unreadable"
    assert told["path"] == path
    assert told["detail"].startswith(f"{path}: ")


@pytest.mark.parametrize(
    "body", [b"", b"nope", b'{"a": NaN}', b'{"link": "\xff"}', b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_json_is_told_so(client, body):
    assert problem(ask(client, body), 400)["code"] == "http.not_json"


def test_half_a_character_is_read_as_none(client):
    names = ["\ud800", "a\udc00.net", "Olaplex"]
    body = json.dumps(EXAMPLE | {"protected": names, "link": "https://olap1ex.com/"})
    assert ask(client, body).json["state"] == "suspicious"


def test_deep_json_is_refused(client):
    assert problem(ask(client, b"[" * 100_000), 422)["path"] == "$"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_form_of_another_site_cannot_ask(client, kind):
    """What a page may send across sites without asking first is never JSON by its label."""
    answer = client.post(URL, data=json.dumps(EXAMPLE), headers={"Content-Type": kind})
    assert problem(answer, 415)["code"] == "http.not_json"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.net"}]
)
def test_a_page_of_another_site_is_turned_away(client, headers):
    problem(ask(client, json.dumps(EXAMPLE), **headers), 403)
    asked = client.options(URL, headers={"Origin": "https://evil.net"})
    assert not [name for name, _ in asked.headers if name.startswith("Access-Control-")]


def test_a_large_body_is_refused_unread(client):
    body = json.dumps(EXAMPLE | {"link": "https://a.net/" + "x" * 300_000})
    assert problem(ask(client, body), 413)["code"] == "http.413"


def test_reading_is_not_what_the_address_is_for(client):
    answer = client.get(URL)
    problem(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_haste_is_slowed_down(client):
    limit = int(security.PROGRAMS_LIMIT.split()[0])
    answers = [client.post(URL, json=EXAMPLE).status_code for _ in range(limit + 1)]
    assert answers == [200] * limit + [429]


def test_the_openapi_document_holds_together(document):
    """OpenAPI 3.1: the parts that it must have, schemas that are schemas, references that lead."""
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(document["info"])
    assert list(document["paths"]) == [URL]
    operation = document["paths"][URL]["post"]
    assert set(document["paths"][URL]) == {"post"}
    assert set(document["components"]["schemas"]) == set(schemas())
    assert set(document["components"]) == {"responses", "schemas"}
    assert operation["requestBody"]["required"]
    for status in ("200", "400", "403", "413", "415", "422", "429"):
        (content,) = operation["responses"][status]["content"].values()
        assert operation["responses"][status]["description"]
        assert content["schema"]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in _references(document):
        held = document
        for name in reference.removeprefix("#/").split("/"):
            held = held[name]
        assert held


def _references(held):
    if isinstance(held, dict):
        if isinstance(held.get("$ref"), str):
            yield held["$ref"]
        held = list(held.values())
    for each in held if isinstance(held, list) else []:
        yield from _references(each)


def validator(document, name):
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **document})


def test_questions_and_answers_are_as_described(client, document):
    answer = client.post(URL, json=EXAMPLE).json
    refused = client.post(URL, json={}).json
    many = client.post(URL, json={"cases": [EXAMPLE]}).json
    for held, name in (
        (EXAMPLE, "Case"),
        ({"cases": [EXAMPLE]}, "Cases"),
        (answer, "Answer"),
        (many, "Answers"),
        (refused, "Problem"),
    ):
        assert list(validator(document, name).iter_errors(held)) == []


def test_the_page_shows_every_field_and_runs_nothing_foreign(client, document):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    for schema in document["components"]["schemas"].values():
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in page.text
    assert "http://localhost/api/v1/sellers/check" in page.text
    assert "//cdn" not in page.text


_numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_json = st.recursive(
    st.none() | st.booleans() | _numbers | st.text(max_size=12),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=8), held),
    max_leaves=8,
)  # fmt: skip
_hosts = st.sampled_from(["a.net", "co.uk", "127.1", "ｂ。c", "xn--a", "[::1]", "é.example", "x y"])  # noqa: RUF001 - odd on purpose
_odd = _json | _hosts | st.sampled_from(["2026-11-22", "9999-12-31T23:59:59Z", "ok", "dns", True])
_FIELDS = """
authorisation before chain created date dns domain domains exact expires_at from host kind list
lists marketplace method name not_authorized official path products proof rdap regions scope
source status tls trouble type until value verified_at
"""
_object = st.dictionaries(
    st.sampled_from(_FIELDS.split()), _odd | st.lists(_odd, max_size=3), max_size=6
)
_case = st.fixed_dictionaries(
    {"brand": st.just("HAIRIZ") | _object | _odd, "link": _hosts.map("https://{}/".format) | _odd},
    optional={
        "now": _odd,
        "retailers": st.lists(_object | _odd, max_size=3) | _odd,
        "declared_seller": _odd,
        "statement": st.sampled_from(["authorised", "official"]) | _odd,
        "observed": _object | _odd,
        "protected": st.lists(_hosts | _odd, max_size=4) | _odd,
        "product": _object | _odd,
        "region": _odd,
        "unrelated": _odd,
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_case | _json | st.fixed_dictionaries({"cases": st.lists(_case, max_size=3) | _json}))
def test_no_body_breaks_it(app, body):
    security.limiter.reset()
    answer = ask(app.test_client(), json.dumps(body))
    assert answer.status_code in {200, 422}
    assert answer.json
