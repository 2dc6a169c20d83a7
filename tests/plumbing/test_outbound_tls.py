"""A certificate that does not hold ends it there, and is told apart from other trouble."""

import contextlib
import socket
import threading

import pytest
import urllib3.util.connection

from shop.plumbing.outbound import Code, Hop, Limits, NotTrusted, Outbound, TooSlow, Unreachable
from tests.doubles.web_double import Certificate, Clock

SHOP = "https://shop.test/"


@pytest.fixture(autouse=True)
def names(dns_server, web_server):
    for name in ("shop.test", "a.shop.test"):
        dns_server.add(name, web_server.host)
    web_server.page(SHOP, b"ours")


@pytest.mark.parametrize(
    ("certificate", "code"),
    [
        (Certificate.OTHER_NAME, Code.NAME_MISMATCH),
        (Certificate.COMMON_NAME, Code.NAME_MISMATCH),
        (Certificate.EXPIRED, Code.NOT_TRUSTED),
        (Certificate.NOT_YET, Code.NOT_TRUSTED),
        (Certificate.SELF_SIGNED, Code.NOT_TRUSTED),
        (Certificate.UNKNOWN, Code.NOT_TRUSTED),
    ],
)
def test_certificate_that_does_not_hold_ends_it_before_anything_is_said(
    certificate, code, web_server, outbound, caplog
):
    web_server.certificate("shop.test", certificate)
    web_server.redirect("http://shop.test/", SHOP)

    with pytest.raises(NotTrusted) as refusal:
        outbound.fetch("http://shop.test/")
    trace = outbound.trace(SHOP)

    assert refusal.value.code == code
    assert refusal.value.hops == (
        Hop("http://shop.test/", 302, web_server.host),
        Hop(SHOP, None, web_server.host, code),
    )
    assert trace.hops == (Hop(SHOP, None, web_server.host, code),)
    assert trace.trouble == "unreachable"
    assert [request.url for request in web_server.asked] == ["http://shop.test/"]
    assert caplog.records == []  # urllib3 would print the stranger's certificate


def test_authority_of_the_doubles_is_nobody_to_the_gate_itself(dns_server, web_server):
    without = Outbound(
        allow_loopback=True, nameservers=(dns_server.address,), stand_ins=web_server.ports
    )
    with pytest.raises(NotTrusted):
        without.fetch(SHOP)


@pytest.mark.parametrize("name", ["shop.test.", "SHOP.test", "127.0.0.1"])
def test_name_on_the_certificate_is_the_one_that_was_asked_for(name, web_server, outbound):
    web_server.page(f"https://{name.lower()}/", b"same")

    assert outbound.fetch(f"https://{name}/").body == b"same"
    assert web_server.asked[0].headers["host"] == name.lower()


def test_star_stands_for_one_label(web_server, outbound):
    web_server.certificate("a.shop.test", Certificate.STAR)
    web_server.certificate("shop.test", Certificate.STAR)
    assert outbound.fetch("https://a.shop.test/").status == 404

    assert outbound.trace(SHOP).hops[0].tls == "name_mismatch"


def test_server_without_tls_is_no_certificate_fault(dns_server, web_server):
    plain = Outbound(
        allow_loopback=True,
        nameservers=(dns_server.address,),
        stand_ins={443: web_server.port},
    )
    with pytest.raises(Unreachable) as refusal:
        plain.fetch(SHOP)
    assert refusal.value.code == Code.TLS_FAILED
    assert refusal.value.hops == (Hop(SHOP, None, web_server.host, ""),)


@pytest.fixture
def mute():
    """A server that takes connections and says nothing for two seconds."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve():
            opened, _ = door.accept()
            with opened, contextlib.suppress(OSError):
                opened.settimeout(2)
                while opened.recv(4096):
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        thread.join(5)


def test_handshake_that_never_ends_is_given_up(mute, dns_server):
    outbound = Outbound(
        allow_loopback=True, nameservers=(dns_server.address,), stand_ins={443: mute}
    )
    with pytest.raises(TooSlow):
        outbound.fetch(SHOP, limits=Limits(seconds=0.1))


def test_handshake_gets_only_what_connecting_has_left(mute, dns_server, monkeypatch):
    clock, really = Clock(), urllib3.util.connection.create_connection

    def connect_slowly(*arguments, **more):
        opened = really(*arguments, **more)
        clock.advance(9.9)
        return opened

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect_slowly)
    outbound = Outbound(
        allow_loopback=True,
        nameservers=(dns_server.address,),
        stand_ins={443: mute},
        monotonic=clock,
    )
    with pytest.raises(TooSlow):  # who waits longer meets a server that hangs up
        outbound.fetch(SHOP)
