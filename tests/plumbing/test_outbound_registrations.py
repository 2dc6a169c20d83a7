"""Since when is a name registered? What a registry sends is a date, None or one of our errors."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.plumbing.outbound import (
    Code,
    NotEncrypted,
    NotOpened,
    OutboundError,
    TooLarge,
    Unreachable,
)

ASKED = "https://rdap.test/domain/shop.test"


@pytest.fixture(autouse=True)
def names(dns_server, web_server):
    for name in ("rdap.test", "registry.test"):
        dns_server.add(name, web_server.host)


def _domain(*events, **more):
    return json.dumps({"ldhName": "shop.test", "events": events, **more}).encode()


def _registration(on, action="registration"):
    return {"eventAction": action, "eventDate": on}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (_domain(_registration("1997-09-15T04:00:00Z")), date(1997, 9, 15)),
        (_domain(_registration("1997-09-15T04:00:00.123Z")), date(1997, 9, 15)),
        (_domain(_registration("1997-09-15")), date(1997, 9, 15)),
        (_domain(_registration("1997-09-15T00:30:00+02:00")), date(1997, 9, 14)),
        (
            _domain(
                _registration("2030-01-01T00:00:00Z", "expiration"),
                _registration("1997-09-15T00:00:00Z"),
                _registration("2020-02-02T00:00:00Z", "reregistration"),
            ),
            date(2020, 2, 2),
        ),
        (_domain(_registration("1997-09-15"), ldhName="SHOP.TEST."), date(1997, 9, 15)),
        (_domain({}, None, "registration", {"eventAction": ["registration"]}), None),
        (_domain(), None),
        (b"{}", None),
    ],
)
def test_date_of_registration_is_read(body, found, web_server, outbound):
    web_server.page(ASKED, body)
    assert outbound.registered_on("shop.test") == found
    assert "application/rdap+json" in web_server.asked[0].headers["accept"]


def test_registry_is_asked_where_the_first_one_sends_us(web_server, outbound):
    web_server.redirect(ASKED, "https://registry.test/v1/domain/shop.test")
    web_server.page(
        "https://registry.test/v1/domain/shop.test", _domain(_registration("1997-09-15"))
    )
    assert outbound.registered_on("shop.test") == date(1997, 9, 15)


def test_name_that_no_registry_knows_has_no_date(outbound):
    assert outbound.registered_on("shop.test") is None


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_registry_that_will_not_say_is_an_error(status, web_server, outbound):
    web_server.page(ASKED, b"{}", status=status)
    with pytest.raises(Unreachable) as refusal:
        outbound.registered_on("shop.test")
    assert refusal.value.code == Code.RDAP_STATUS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 100_000,
        b"null",
        b'"registration"',
        b'{"events": {}}',
        b'{"events": "registration"}',
        b'{"ldhName": 1}',
        b'{"ldhName": "other.test"}',
        _domain(_registration(None)),
        _domain(_registration(19970915)),
        _domain(_registration("yesterday")),
        _domain(_registration("0001-01-01T00:00:00+23:00")),
        _domain(_registration("9999-12-31T23:59:59-23:00")),
        _domain(_registration("1997-13-45")),
        _domain(_registration("1997-09-15T" + "x" * 10_000)),
        _domain(_registration("1970-01-01T00:00:00Z")),  # how some write that they do not know
        _domain(_registration("2999-01-01T00:00:00Z")),
        _domain(_registration("1984-12-31"), _registration("1997-09-15")),
    ],
)
def test_junk_is_told_as_junk(body, web_server, outbound):
    web_server.page(ASKED, body)
    with pytest.raises(Unreachable) as refusal:
        outbound.registered_on("shop.test")
    assert refusal.value.code == Code.RDAP_UNREADABLE
    assert refusal.value.hops


def test_registry_is_not_asked_without_encryption_nor_without_end(web_server, outbound):
    web_server.redirect(ASKED, "http://registry.test/")
    with pytest.raises(NotEncrypted):
        outbound.registered_on("shop.test")
    web_server.page(ASKED, b" " * 300_000)
    with pytest.raises(TooLarge):
        outbound.registered_on("shop.test")


@pytest.mark.parametrize(
    "name",
    ["", "test", "SHOP.test", "../x.test", "a/b.test", "shop.test?x", "a" * 300, "bücher.test"],
)
def test_what_is_no_registrable_name_is_not_asked_for(name, web_server, outbound):
    with pytest.raises(NotOpened):
        outbound.registered_on(name)
    assert web_server.asked == []


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["registration", "1997-09-15", "shop.test"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["events", "eventAction", "eventDate", "ldhName", "x"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_JUNK)
def test_any_json_is_a_date_none_or_our_error(web_server, outbound, said):
    web_server.page(ASKED, json.dumps(said).encode())
    try:
        found = outbound.registered_on("shop.test")
    except OutboundError:
        return
    assert found is None or isinstance(found, date)
