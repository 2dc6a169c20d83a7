"""A page is fetched as a browser would find it, and every hop is told."""

import socket

import pytest
import urllib3.util.connection

from shop.plumbing.outbound import (
    Blocked,
    Code,
    Hop,
    LeftHost,
    NotEncrypted,
    NotOpened,
    Outbound,
    OutboundError,
    TooManyRedirects,
    Unreachable,
)

SHOP = "http://shop.test/"


@pytest.fixture(autouse=True)
def names(dns_server, web_server):
    for name in ("shop.test", "www.shop.test", "other.test", "xn--bcher-kva.test"):
        dns_server.add(name, web_server.host)


def test_page_is_fetched_with_our_own_name_and_nothing_of_a_browser(web_server, outbound):
    web_server.page("https://shop.test/a?b=%22c|", b"hello", ETag='"1"', Set_Cookie="id=1")
    web_server.redirect("https://shop.test/", "/a?b=%22c|#there")

    answer = outbound.fetch("https://shop.test/#here", headers={"If-None-Match": '"0"'})

    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')
    assert answer.url == "https://shop.test/a?b=%22c|#there"
    assert answer.hops == (
        Hop("https://shop.test/#here", 302, web_server.host, "ok"),
        Hop("https://shop.test/a?b=%22c|#there", 200, web_server.host, "ok"),
    )
    for request in web_server.asked:
        assert request.headers == {
            "host": "shop.test",
            "accept": "*/*",
            "accept-encoding": "identity",
            "connection": "close",
            "if-none-match": '"0"',
            "user-agent": "Assay",
        }


@pytest.mark.parametrize(
    ("location", "opened"),
    [
        ("next", "http://shop.test/a/next"),
        ("/next", "http://shop.test/next"),
        ("?b", "http://shop.test/a/?b"),
        ("//other.test/x", "http://other.test/x"),
        (r"\\other.test\x", "http://other.test/x"),
        ("https:/other.test/x", "https://other.test/x"),
        ("http:next", "http://shop.test/a/next"),
        ("HTTP://OTHER.TEST:80/", "http://other.test/"),
        ("http://OTHER\t.test/./../x y", "http://other.test/x%20y"),
        ("  /next  ", "http://shop.test/next"),
        ("http://bücher.test/ü", "http://xn--bcher-kva.test/%C3%BC"),
        (b"/\xfc", "http://shop.test/%FC"),  # no UTF-8: the byte goes back as it came
        ("../../../x", "http://shop.test/x"),
    ],
)
def test_redirect_leads_where_a_browser_would_go(location, opened, web_server, outbound):
    web_server.redirect("http://shop.test/a/", location)
    web_server.page(opened, b"there")

    assert outbound.fetch("http://shop.test/a/").body == b"there"
    assert outbound.trace("http://shop.test/a/").hops[-1].url == opened


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(status, web_server, outbound):
    web_server.redirect(SHOP, "/next", status=status)
    assert outbound.fetch(SHOP).url == "http://shop.test/next"


@pytest.mark.parametrize("status", [300, 304, 305, 404, 500, 200])
def test_status_that_is_no_redirect_is_an_answer(status, web_server, outbound):
    web_server.redirect(SHOP, "/next", status=status)
    assert outbound.fetch(SHOP).status == status


def test_redirect_to_nowhere_is_an_answer(web_server, outbound):
    web_server.redirect(SHOP, "")
    assert outbound.fetch(SHOP).status == 302


@pytest.mark.parametrize(
    ("location", "error", "code"),
    [
        ("file:///etc/passwd", NotOpened, Code.SCHEME),
        ("javascript:alert(1)", NotOpened, Code.SCHEME),
        ("data:text/html,hello", NotOpened, Code.SCHEME),
        ("gopher://shop.test:25/_HELO", NotOpened, Code.SCHEME),
        ("ftp://shop.test/", NotOpened, Code.SCHEME),
        ("http://user:secret@other.test/", NotOpened, Code.CREDENTIALS),
        ("https://shop.test@other.test/", NotOpened, Code.CREDENTIALS),
        ("http://shop.test:bad/", Unreachable, Code.BAD_REDIRECT),
        ("http://exa mple.test/", Unreachable, Code.BAD_REDIRECT),
        ("http://[::1/", Unreachable, Code.BAD_REDIRECT),
        ("/" + "a" * 8200, NotOpened, Code.TOO_LONG),
        ("/" + "ü" * 2000, NotOpened, Code.TOO_LONG),
        ("/a\r\nLocation: /b", Unreachable, Code.BAD_REDIRECT),
    ],
)
def test_redirect_that_nobody_should_follow_ends_the_journey(
    location, error, code, web_server, outbound
):
    web_server.redirect(SHOP, location)

    with pytest.raises(error) as refusal:
        outbound.fetch(SHOP)

    assert refusal.value.code == code
    assert outbound.trace(SHOP).trouble == "unreachable"
    assert len(web_server.asked) == 2


def test_place_that_was_not_opened_is_told_too(web_server, outbound):
    web_server.redirect(SHOP, "javascript:alert(1)")
    assert outbound.trace(SHOP).hops == (
        Hop(SHOP, 302, web_server.host),
        Hop("javascript:alert(1)"),
    )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", Code.INVALID),
        ("shop.test", Code.INVALID),
        ("//shop.test/", Code.INVALID),
        ("http://", Code.INVALID),
        ("http://shop.test:99999/", Code.INVALID),
        ("file:///etc/passwd", Code.SCHEME),
        ("http://a@shop.test/", Code.CREDENTIALS),
        ("http://shop.test/" + "a" * 1_000_000, Code.TOO_LONG),
        ("h" * 1_000_000, Code.TOO_LONG),
        ("http://shop.test/" + "ü" * 2000, Code.TOO_LONG),  # six letters each once escaped
    ],
)
def test_address_that_is_none_is_not_opened(url, code, web_server, outbound):
    with pytest.raises(NotOpened) as refusal:
        outbound.fetch(url)
    assert refusal.value.code == code
    assert len(refusal.value.hops) == 1
    assert len(refusal.value.hops[0].url) <= 8192


@pytest.mark.parametrize("port", [22, 25, 8080, 65535])
def test_port_of_no_web_site_is_not_opened(port, dns_server):
    dns_server.add("public.test", "93.184.216.34")
    guarded = Outbound(nameservers=(dns_server.address,))
    with pytest.raises(NotOpened) as refusal:
        guarded.fetch(f"http://public.test:{port}/")
    assert refusal.value.code == Code.PORT


def test_five_redirects_are_followed_and_not_six(web_server, outbound):
    for place in range(5):
        web_server.redirect(f"http://shop.test/{place}", f"/{place + 1}")
    web_server.page("http://shop.test/5", b"the end")
    web_server.redirect("http://shop.test/first", "/0")

    assert outbound.fetch("http://shop.test/0").body == b"the end"
    with pytest.raises(TooManyRedirects) as refusal:
        outbound.fetch("http://shop.test/first")
    assert [hop.status for hop in refusal.value.hops] == [302] * 6
    assert outbound.trace("http://shop.test/first").trouble == "too_many"


def test_circle_of_redirects_ends(web_server, outbound):
    web_server.redirect(SHOP, "http://www.shop.test/")
    web_server.redirect("http://www.shop.test/", SHOP)

    assert outbound.trace(SHOP).trouble == "too_many"
    assert len(web_server.asked) == 6


def test_redirects_are_left_alone_or_kept_to_the_host_when_asked(web_server, outbound):
    web_server.redirect(SHOP, "https://shop.test/in")
    web_server.redirect("https://shop.test/out", "https://www.shop.test/")
    web_server.redirect("https://shop.test/down", "http://shop.test/in")
    web_server.page("https://shop.test/in", b"in")

    assert outbound.fetch(SHOP, follow="none").headers["location"] == "https://shop.test/in"
    assert outbound.fetch(SHOP, follow="same_host").body == b"in"
    with pytest.raises(LeftHost) as left:
        outbound.fetch("https://shop.test/out", follow="same_host")
    with pytest.raises(NotEncrypted) as lowered:
        outbound.fetch("https://shop.test/down", https_only=True)
    with pytest.raises(NotEncrypted):
        outbound.fetch(SHOP, https_only=True)
    assert left.value.hops[-1] == Hop("https://www.shop.test/")
    assert lowered.value.hops[-1] == Hop("http://shop.test/in")


def test_no_proxy_of_the_environment_is_used(monkeypatch, web_server, outbound):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web_server.page(SHOP, b"direct")
    web_server.page("https://shop.test/", b"direct")

    assert outbound.fetch(SHOP).body == b"direct"
    assert outbound.fetch("https://shop.test/").body == b"direct"


def test_name_is_asked_for_once_and_connected_to_where_it_was_judged(
    dns_server, web_server, outbound, monkeypatch
):
    asked_of_system = []
    really = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: asked_of_system.append(a[0]) or really(*a, **k)
    )
    dns_server.turn("shop.test", [web_server.host], ["10.0.0.1"])
    web_server.page("https://shop.test/", b"ours")

    assert outbound.fetch("https://shop.test/").body == b"ours"
    assert dns_server.asked == [("shop.test", "A", "udp"), ("shop.test", "AAAA", "udp")]
    assert set(asked_of_system) == {web_server.host}  # a literal: nothing was left to resolve


def test_name_that_turns_inside_between_two_hops_is_refused(dns_server, web_server, outbound):
    dns_server.turn("shop.test", [web_server.host], ["10.0.0.1"])
    web_server.redirect(SHOP, "/again")

    with pytest.raises(Blocked) as refusal:
        outbound.fetch(SHOP)

    assert [hop.address for hop in refusal.value.hops] == [web_server.host, "10.0.0.1"]


def test_second_answer_of_the_dns_is_never_connected_to(dns_server, web_server, monkeypatch):
    opened = []

    def refuse(address, *_, **__):
        opened.append(address)
        raise OSError

    monkeypatch.setattr(urllib3.util.connection, "create_connection", refuse)
    dns_server.turn("shop.test", ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(OutboundError):
        Outbound(nameservers=(dns_server.address,)).fetch(SHOP)

    assert opened == [("93.184.216.34", 80)]


@pytest.mark.allow_hosts(["127.0.0.0/8"])
def test_other_address_is_tried_when_the_first_takes_no_connection(
    dns_server, web_server, outbound
):
    dns_server.add("shop.test", "::1")
    dns_server.turn("shop.test", ["127.0.0.9", web_server.host])
    web_server.page(SHOP, b"second")

    answer = outbound.fetch(SHOP)

    assert (answer.body, answer.hops[0].address) == (b"second", web_server.host)
