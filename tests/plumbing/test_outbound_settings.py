"""The gate that workers are given obeys the settings, and says who we are."""

import pytest

from shop.factory import create_app
from shop.plumbing.outbound import Blocked
from tests.conftest import make_config


def _outbound(folder, **settings):
    return create_app(make_config(folder, **settings)).extensions["assay"].outbound


def test_gate_asks_the_servers_that_are_set_and_names_the_shop(tmp_path, dns_server, web_server):
    dns_server.add("shop.test", web_server.host)
    outbound = _outbound(
        tmp_path,
        OUTBOUND_LOOPBACK="yes",
        DNS_SERVERS=dns_server.address,
        RDAP_URL=f"http://127.0.0.1:{web_server.port}/domain/",
        PUBLIC_URL="https://assay.example",
    )
    web_server.page("http://shop.test/", b"hello")

    assert outbound.fetch(f"http://shop.test:{web_server.port}/").body == b"hello"
    assert outbound.registered_on("shop.test") is None
    assert web_server.asked[0].headers["user-agent"] == "Assay (+https://assay.example)"
    assert web_server.asked[1].url == "http://127.0.0.1/domain/shop.test"


def test_gate_is_closed_to_this_machine_unless_it_is_set(tmp_path, dns_server, web_server):
    dns_server.add("shop.test", web_server.host)
    outbound = _outbound(tmp_path, DNS_SERVERS=dns_server.address)

    for host in ("shop.test", "127.0.0.1"):
        with pytest.raises(Blocked):
            outbound.fetch(f"http://{host}:{web_server.port}/")
    assert web_server.asked == []
