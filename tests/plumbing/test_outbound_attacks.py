"""Servers that drip, flood, lie and break off: bounded in time and bytes, and always one error."""

import contextlib
import gzip
import tracemalloc
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.plumbing.outbound import (
    Answer,
    Code,
    Limits,
    Outbound,
    OutboundError,
    TooLarge,
    TooSlow,
    Unreachable,
)
from tests.doubles.dns_double import Fault
from tests.doubles.web_double import Clock, WebDouble

SHOP = "http://shop.test/"
HEAD = b"HTTP/1.1 200 OK\r\n"
_ENDLESS = 20_000_000  # bytes: far more than anything may read


@pytest.fixture(autouse=True)
def names(dns_server, web_server):
    dns_server.add("shop.test", web_server.host)


@dataclass
class Timed:
    """The gate on a clock that the server moves with every byte: nobody waits."""

    gate: Outbound
    web: WebDouble
    clock: Clock


@pytest.fixture
def timed(dns_server, web_server):
    clock = Clock()
    gate = Outbound(
        allow_loopback=True,
        nameservers=(dns_server.address,),
        trust=web_server.authority.file,
        stand_ins=web_server.ports,
        monotonic=clock,
    )
    return Timed(gate, web_server, clock)


def _flood(start, again):
    def script(to):
        to.send(start)
        sent = 0
        while not to.is_left and sent < _ENDLESS:
            to.send(again * 1000)
            sent += len(again) * 1000

    return script


def _drip(clock, start, again):
    def script(to):
        to.send(start)
        for _ in range(100):
            clock.advance(1)
            to.send(again)

    return script


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("start", "again"),
    [
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (HEAD + b"\r\n", b"x"),  # until the connection closes
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),  # the size of one chunk
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n"),  # trailers
        (HEAD, b"x-drip: 1\r\n"),
        (HEAD + b"x-drip: ", b"1"),
        (b"", b"H"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_dripping_answer_ends_with_the_time(scheme, start, again, timed):
    timed.web.script(f"{scheme}://shop.test/", _drip(timed.clock, start, again))
    with pytest.raises(TooSlow):
        timed.gate.fetch(f"{scheme}://shop.test/")


def test_time_is_one_for_all_hops(timed):
    for place in range(5):
        answer = b"HTTP/1.1 302 Found\r\nLocation: /%d\r\nContent-Length: 0\r\n\r\n" % (place + 1)

        def script(to, answer=answer):
            timed.clock.advance(3)
            to.send(answer)

        timed.web.script(f"http://shop.test/{place}", script)

    with pytest.raises(TooSlow) as refusal:
        timed.gate.fetch("http://shop.test/0")

    assert [hop.status for hop in refusal.value.hops] == [302, 302, 302, None]
    assert timed.gate.trace("http://shop.test/0").trouble == "unreachable"


def test_server_that_says_nothing_is_given_up(web_server, outbound):
    web_server.script(SHOP, lambda to: to.opened.recv(1))
    web_server.script("https://shop.test/", lambda to: to.opened.recv(1))
    for url in (SHOP, "https://shop.test/"):
        with pytest.raises(TooSlow):
            outbound.fetch(url, limits=Limits(seconds=0.1))


def test_last_wait_gets_only_what_is_left(timed):
    def script(to):
        timed.clock.advance(9.9)
        to.send(HEAD + b"Content-Length: 9\r\n\r\n")
        to.opened.settimeout(2)
        to.opened.recv(1)  # then hangs up: who waits longer is told that it broke off

    timed.web.script(SHOP, script)
    with pytest.raises(TooSlow):
        timed.gate.fetch(SHOP)


def test_names_that_take_all_the_time_are_given_up(dns_server, outbound):
    dns_server.fail("shop.test", Fault.SILENT)
    with pytest.raises(TooSlow):
        outbound.fetch(SHOP, limits=Limits(seconds=0.1))


@pytest.mark.parametrize(
    ("start", "again", "code"),
    [
        (HEAD + b"Content-Length: 50000000\r\n\r\n", b"x" * 1000, Code.BODY_TOO_LARGE),
        (HEAD + b"\r\n", b"x" * 1000, Code.BODY_TOO_LARGE),
        (HEAD + b"Content-Length: -1\r\n\r\n", b"x" * 1000, Code.BODY_TOO_LARGE),
        (
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            b"3e8\r\n" + b"x" * 1000 + b"\r\n",
            Code.BODY_TOO_LARGE,
        ),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 999, Code.NOT_HTTP),
        (
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            b"1;" + b"x" * 5000 + b"\r\ny\r\n",
            Code.BODY_TOO_LARGE,
        ),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n", Code.BODY_TOO_LARGE),
        (HEAD, b"a: b\r\n", Code.NOT_HTTP),  # more than a hundred
        (HEAD + b"a: ", b"b" * 1000, Code.HEADERS_TOO_LARGE),
        (HEAD, b"a: " + b"b" * 1000 + b"\r\n", Code.HEADERS_TOO_LARGE),
        (b"HTTP/1.1 200 ", b"O" * 1000, Code.HEADERS_TOO_LARGE),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", Code.HEADERS_TOO_LARGE),
        (
            b"HTTP/1.1 302 Found\r\nLocation: /",
            b"a" * 1000,
            Code.HEADERS_TOO_LARGE,
        ),  # of more than 1 MB
    ],
)
def test_flood_is_cut_off_early(start, again, code, web_server, outbound):
    web_server.script(SHOP, _flood(start, again))
    tracemalloc.start()
    try:
        with pytest.raises(OutboundError) as refusal:
            outbound.fetch(SHOP)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refusal.value.code == code
    assert most < 10_000_000  # the flood's own thousand lines included


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", Code.CUT_OFF),
        (b"hello", Code.NOT_HTTP),  # HTTP/0.9
        (b"<html>hello</html>\r\n\r\n", Code.NOT_HTTP),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Code.NOT_HTTP),
        (b"\x15\x03\x01\x00\x02\x02\x50", Code.NOT_HTTP),  # TLS where http was asked for
        (b"HTTP/1.1 abc\r\n\r\n", Code.NOT_HTTP),
        (b"HTTP/1.1 99 Low\r\n\r\n", Code.NOT_HTTP),
        (b"HTTP/1.1 1000 High\r\n\r\n", Code.NOT_HTTP),
        (b"HTTP/1.1 101 Switching\r\n\r\n", Code.NOT_HTTP),
        (b"HTTP/1.1 103 Early\r\n\r\n" + HEAD + b"\r\n", Code.NOT_HTTP),
        (HEAD + b"Content-Length: 10\r\n\r\nhello", Code.CUT_OFF),
        (HEAD + b"Content-Length: 3, 5\r\n\r\nhello", Code.NOT_HTTP),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello", Code.CUT_OFF),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", Code.NOT_HTTP),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", Code.CUT_OFF),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\nx", Code.CUT_OFF),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Code.CUT_OFF),
    ],
)
def test_answer_that_is_not_whole_is_none(sent, code, web_server, outbound):
    web_server.script(SHOP, lambda to: to.send(sent))
    with pytest.raises(Unreachable) as refusal:
        outbound.fetch(SHOP)
    assert refusal.value.code == code


def test_broken_connection_is_told_wherever_it_breaks(web_server, outbound):
    for start in (b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\nhel"):

        def script(to, start=start):
            to.send(start)
            to.reset()

        web_server.script(SHOP, script)
        with pytest.raises(Unreachable) as refusal:
            outbound.fetch(SHOP)
        assert refusal.value.code in {Code.CUT_OFF, Code.NOT_HTTP}


def test_nobody_there_is_told(dns_server):
    outbound = Outbound(
        allow_loopback=True, nameservers=(dns_server.address,), stand_ins={80: 9, 443: 9}
    )
    assert outbound.trace(SHOP).trouble == "unreachable"
    with pytest.raises(Unreachable) as refusal:
        outbound.fetch(SHOP)
    assert refusal.value.code == Code.NO_CONNECTION


def test_packed_body_stays_packed(web_server, outbound):
    bomb = gzip.compress(bytes(20_000_000))
    web_server.page(SHOP, bomb, Content_Encoding="gzip")

    answer = outbound.fetch(SHOP)

    assert answer.body == bomb
    assert answer.is_encoded
    assert web_server.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536])
@pytest.mark.parametrize("framing", ["length", "close", "chunked"])
def test_body_up_to_the_limit_is_whole_and_one_byte_more_is_refused(
    size, framing, web_server, outbound
):
    def answer(size):
        if framing == "length":
            return HEAD + b"Content-Length: %d\r\n\r\n" % size + b"x" * size
        if framing == "close":
            return HEAD + b"\r\n" + b"x" * size
        chunk = b"%x\r\n%b\r\n" % (size, b"x" * size) if size else b""
        return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n"

    web_server.script(SHOP, lambda to: to.send(answer(size)))
    assert outbound.fetch(SHOP).body == b"x" * size
    assert not outbound.fetch(SHOP).is_encoded

    web_server.script(SHOP, lambda to: to.send(answer(65_537)))
    with pytest.raises(TooLarge):
        outbound.fetch(SHOP)
    start = outbound.fetch(SHOP, limits=Limits(keeps_start=True))
    assert start.body == b"x" * 65_536
    assert outbound.trace(SHOP).hops[0].status == 200  # which reads no body


def test_limit_can_be_raised_to_a_mebibyte_and_no_further(web_server, outbound):
    web_server.page(SHOP, b"x" * 1_048_576)
    assert len(outbound.fetch(SHOP, limits=Limits(max_bytes=1_048_576)).body) == 1_048_576
    with pytest.raises(ValueError, match="nothing larger"):
        Limits(max_bytes=1_048_577)


def test_header_is_one_line_without_control_characters(web_server, outbound):
    odd = b"a\r\n folded\r\n\tagain, \x00\x1b[31m\x7fred\r\nETag: second"
    web_server.script(SHOP, lambda to: to.send(HEAD + b"ETag: " + odd + b"\r\n\r\n"))

    etag = outbound.fetch(SHOP).headers["etag"]
    outbound.fetch(
        SHOP, headers={"If-None-Match": etag, "X-Odd": "a\r\nHost: b", "X-Far": "\u20ac"}
    )

    assert etag == "a folded again, [31mred, second"
    assert web_server.asked[1].headers["if-none-match"] == etag
    assert b"Host: b" not in web_server.asked[1].raw


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                b"HTTP/1.1 ", b"200 OK", b"302 Found", b"\r\n", b"\n", b"\r", b" ", b"\t", b"\x00",
                b"Location: ", b"http://shop.test/", b"//", b"[", b"Content-Length: ", b"5", b"-",
                b"Transfer-Encoding: chunked", b"Content-Type: multipart/mixed; boundary=a", b"--a",
                b"Content-Type: message/delivery-status", b"hello", b"\xff\xfe", b":",
                b"=?utf-8?q?",
            ]
        )
        | st.binary(max_size=8),
        max_size=20,
    )
)  # fmt: skip
def test_any_bytes_are_an_answer_or_one_of_our_errors(web_server, outbound, parts):
    sent = HEAD[: 9 * len(parts)] + b"".join(parts)
    web_server.script(SHOP, lambda to: to.send(sent))
    with contextlib.suppress(OutboundError):
        assert isinstance(outbound.fetch(SHOP, limits=Limits(seconds=5)), Answer)
    assert outbound.trace(SHOP).hops[0].address == web_server.host
