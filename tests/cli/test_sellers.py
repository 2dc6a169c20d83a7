"""`flask sellers check` and `flask sellers host`: JSON Lines in, JSON Lines out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from shop.cli import sellers
from shop.factory import create_app
from tests.conftest import make_config

ROOT = Path(__file__).parents[2]
CASE = {
    "now": "2026-11-22",
    "brand": {"name": "HAIRIZ"},
    "link": "https://americandiscounttableware.com/hairiz-3d-exosome",
    "statement": "authentic",
}

MANY_TENANTS = {
    "name": "Many",
    "domains": [f"market-{number}.net" for number in range(101)],
    "authorization": {"source": "brand_list"},
    "scope": {"tenants": [f"shop-{number}" for number in range(100)]},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Flask:
    """A shop whose database cannot be reached: these commands need none."""
    folder = tmp_path_factory.mktemp("shop")
    return create_app(make_config(folder, "postgresql+psycopg://nobody@127.0.0.1:1/none"))


@pytest.fixture
def flask(app):
    def run(command, *lines, raw=None):
        said = b"".join(_encoded(line) + b"\n" for line in lines) if raw is None else raw
        ended = app.test_cli_runner().invoke(args=["sellers", command], input=said)
        assert ended.stderr == ""
        return ended.exit_code, [json.loads(line) for line in ended.stdout.splitlines()]

    return run


def _encoded(line):
    return line if isinstance(line, bytes) else json.dumps(line).encode()


def test_check_answers_each_line_in_its_order(flask):
    verified = {
        "brand": {
            "name": "Maren & Oak",
            "official": [
                {"domain": "marenoak.com", "proof": {"status": "ok", "verified_at": "2026-11-01"}}
            ],
        },
        "now": "2026-11-22T09:00:00Z",
        "link": "https://www.marenoak.com/",
    }
    code, answers = flask("check", CASE, verified, CASE | {"statement": None})

    assert code == 0
    assert [answer["state"] for answer in answers] == ["mismatched", "verified", "unverified"]
    assert answers[0] == {
        "state": "mismatched",
        "outcome": "failed",
        "host": "americandiscounttableware.com",
        "registrable": "americandiscounttableware.com",
        "findings": [
            {
                "code": "seller.list_unavailable",
                "severity": "info",
                "outcome": "indeterminate",
                "details": {"h": "americandiscounttableware.com", "brand": "HAIRIZ"},
                "sentence": "HAIRIZ has not published a list of sellers that we could read.",
            },
            {
                "code": "seller.mismatch_declared",
                "severity": "caution",
                "outcome": "failed",
                "details": {
                    "statement": "authentic",
                    "h": "americandiscounttableware.com",
                    "brand": "HAIRIZ",
                },
                "sentence": (
                    "This link is said to be authentic for HAIRIZ, but HAIRIZ names no seller at "
                    "americandiscounttableware.com."
                ),
            },
            {
                "code": "seller.other_trade",
                "severity": "notice",
                "outcome": "indeterminate",
                "details": {
                    "h": "americandiscounttableware.com",
                    "trade": "tableware",
                    "category": "hair care",
                },
                "sentence": (
                    "The name of americandiscounttableware.com speaks of tableware; "
                    "this product is hair care."
                ),
            },
        ],
    }


def test_check_takes_today_where_a_case_names_no_day(flask, monkeypatch):
    proof = {"status": "ok", "verified_at": "2026-11-01", "expires_at": "2026-12-01"}
    case = {
        "brand": {"name": "Maren & Oak", "official": [{"domain": "marenoak.com", "proof": proof}]},
        "link": "https://marenoak.com/",
    }
    for day, state in (("2026-12-01", "verified"), ("2026-12-02", "unverified")):
        monkeypatch.setattr("shop.plumbing.clock.now", lambda day=day: _moment(day))
        assert flask("check", case)[1][0]["state"] == state


def _moment(day):
    return sellers.Node(day).moment()


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        (b"nope", "$", "this is not JSON: Expecting value at character 1"),
        (b'{"link": NaN}', "$", "NaN is not a number of JSON"),
        (b'{"link": ' + b"9" * 5000 + b"}", "$", "a number has too many digits"),
        (b'{"link": "\xff"}', "$", "the line is not UTF-8"),
        (b"[" * 200_000, "$", "the JSON is nested too deeply"),
        (b"[]", "$", "a case must be an object, not a list"),
        (b'{"link": "https://a.net/"}', "$.brand", "this is needed"),
        (CASE | {"link": None}, "$.link", "this is needed"),
        (CASE | {"link": 5}, "$.link", "this must be text, not 5"),
        (CASE | {"now": "22.11.2026"}, "$.now", None),
        (CASE | {"now": "2026-02-30"}, "$.now", None),
        (CASE | {"now": "0001-01-01"}, "$.now", None),
        (CASE | {"brand": {"name": " "}}, "$.brand", "a brand needs a name, not an object"),
        (CASE | {"retailers": [{"domains": 7}]}, "$.retailers[0].domains", None),
        (CASE | {"retailers": [{}, {"domains": [{"domain": "a b"}]}]}, None, None),
        (CASE | {"retailers": [{"authorization": {"source": "me"}}]}, None, None),
        (CASE | {"statement": "lovely"}, "$.statement", None),
        (CASE | {"observed": {"tls": {"state": "odd"}}}, "$.observed.tls.state", None),
        (CASE | {"observed": {"rdap": {"created": "yes"}}}, "$.observed.rdap.created", None),
        (CASE | {"observed": {"chain": [7]}}, "$.observed.chain[0]", None),
        (
            CASE | {"retailers": [MANY_TENANTS]},
            "$.retailers[0]",
            "there are more than 10000 tenants",
        ),
    ],
)
def test_check_says_where_a_line_is_wrong_and_goes_on(flask, line, path, message):
    code, answers = flask("check", line, CASE)

    assert code == 1
    assert list(answers[0]) == ["error"]
    assert answers[0]["error"]["path"].startswith(path or "$.retailers[")
    assert message is None or answers[0]["error"]["message"] == message
    assert answers[1]["state"] == "mismatched"


def test_check_reads_odd_characters_and_skips_empty_lines(flask):
    link = CASE["link"]
    raw = b"\xef\xbb\xbf" + _encoded(CASE) + b"\r\n\n  \n"
    raw += _encoded(CASE | {"link": f"{link}?\ud800\0"}) + b"\n"
    raw += _encoded(CASE | {"link": "https://\ud800.com/", "declared_seller": "\udfff\0"}) + b"\n"
    raw += _encoded(CASE | {"protected": ["\ud800", "x\udfff.net"]})

    code, answers = flask("check", raw=raw)

    assert code == 0
    states = [answer["state"] for answer in answers]
    assert states == ["mismatched", "mismatched", "unverified", "mismatched"]


def test_lines_of_many_megabytes_are_answered_or_refused(flask, monkeypatch):
    long_link = CASE | {"link": "https://a.net/" + "x" * 1_000_000}
    many = [{"domain": f"shop-{number}.net"} for number in range(20_000)]
    long_list = CASE | {"retailers": [{"name": "Many", "domains": many}]}
    code, answers = flask("check", long_link, long_list)
    assert (code, [answer["state"] for answer in answers]) == (0, ["mismatched", "mismatched"])

    monkeypatch.setattr(sellers, "LONGEST_LINE", 1000)
    code, answers = flask("check", long_list, CASE)
    assert code == 1
    assert answers[0]["error"]["message"] == "the line is longer than 1000 bytes"
    assert answers[1]["state"] == "mismatched"


def test_host_says_what_a_browser_opens(flask):
    code, answers = flask(
        "host",
        {"input": "https://evil.net\\@hairiz.com:8443/"},
        {"input": "//Shop.Hairiz.CO.UK:443/x", "base": "https://hairiz.com/"},
        {"input": "hairiz.com"},
        {"input": "mailto:a@hairiz.com", "base": None},
        {"input": "https://192.0.2.7:8443"},
    )
    assert code == 0
    assert [tuple(answer.values()) for answer in answers] == [
        (True, "evil.net", None, "evil.net"),
        (True, "shop.hairiz.co.uk", None, "hairiz.co.uk"),
        (False, None, None, None),
        (True, "", None, None),
        (True, "192.0.2.7", 8443, None),
    ]
    assert list(answers[0]) == ["valid", "host", "port", "registrable"]


@pytest.mark.parametrize("line", [{}, {"input": 7}, {"input": "https://a.net", "base": 7}, []])
def test_host_says_where_a_line_is_wrong(flask, line):
    code, answers = flask("host", line, {"input": "https://a.net"})
    assert code == 1
    assert "error" in answers[0]
    assert answers[1]["valid"]


def test_an_answer_is_out_before_the_next_line_is_asked_for(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name[:6] != "ASSAY_"}
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "sellers", "host"],
        cwd=ROOT,
        env=environment | {"ASSAY_DATA_DIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        for host in ("a.net", "b.net"):
            process.stdin.write(json.dumps({"input": f"https://{host}"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["host"] == host
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(30) == 0
