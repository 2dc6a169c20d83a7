"""What the DNS says, what it says is not there, and what it does not say."""

import pytest

from shop.plumbing.outbound import Code, Hop, NotFoundInDns, Outbound, TxtAnswer, Unreachable
from tests.doubles.dns_double import DnsDouble, Fault

NAME = "_assay-challenge.shop.test"
SHOP = "http://shop.test/"
ABSENT, UNAVAILABLE = TxtAnswer((), "absent"), TxtAnswer((), "unavailable")


def test_strings_of_a_record_are_joined_and_records_are_kept_apart(dns_server, outbound):
    long = (b"token=" + b"a" * 249, b"b" * 255, b"c")
    dns_server.txt(NAME, b"v=spf1 -all", long, b"", b"\xff\x00\r\n")

    answer = outbound.txt(NAME)

    assert answer.state == "ok"
    assert set(answer.values) == {b"v=spf1 -all", b"".join(long), b"", b"\xff\x00\r\n"}


def test_alias_is_followed_to_its_end(dns_server, outbound):
    dns_server.alias(NAME, "proof.elsewhere.test")
    dns_server.txt("proof.elsewhere.test", b"here")
    assert outbound.txt(NAME) == TxtAnswer((b"here",), "ok")


@pytest.mark.parametrize("name", [NAME, "shop.test", "nobody.test", "a" * 64 + ".test", "a..test"])
def test_what_the_dns_says_is_not_there_is_absent(name, dns_server, outbound):
    dns_server.add("shop.test", "127.0.0.1")
    dns_server.alias("_assay-challenge.shop.test", "gone.test")
    assert outbound.txt(name) == ABSENT


@pytest.mark.parametrize("name", ["a." * 130 + "test", "bücher.test", ""])
def test_name_that_cannot_be_asked_for_is_absent(name, outbound):
    assert outbound.txt(name) == ABSENT


@pytest.mark.parametrize(
    "fault",
    [Fault.SERVFAIL, Fault.REFUSED, Fault.SILENT, Fault.ALWAYS_CUT, Fault.OTHER_ID, Fault.JUNK],
)
def test_what_the_dns_does_not_say_is_unavailable(fault, dns_server, outbound):
    dns_server.txt(NAME, b"here")
    dns_server.fail(NAME, fault)
    assert outbound.txt(NAME, seconds=0.2) == UNAVAILABLE


def test_answer_cut_short_is_asked_for_again_over_tcp(dns_server, outbound):
    dns_server.txt(NAME, *[b"x" * 255] * 20, b"here")
    dns_server.fail(NAME, Fault.CUT)

    assert b"here" in outbound.txt(NAME).values
    assert dns_server.asked == [(NAME, "TXT", "udp"), (NAME, "TXT", "tcp")]


def test_circle_of_aliases_is_unavailable(dns_server, outbound):
    dns_server.alias(NAME, "b.test")
    dns_server.alias("b.test", NAME)
    dns_server.alias("self.test", "self.test")

    assert outbound.txt(NAME) == UNAVAILABLE
    assert outbound.txt("self.test") == UNAVAILABLE
    assert outbound.trace("http://self.test/").trouble == "unreachable"


def test_chain_of_aliases_is_followed_sixteen_deep_and_no_deeper(dns_server, outbound):
    for place in range(20):
        dns_server.alias(f"{place}.test", f"{place + 1}.test")
    dns_server.txt("20.test", b"here")
    assert outbound.txt("5.test").state == "ok"
    assert outbound.txt("1.test").state == "unavailable"


def test_no_server_of_names_is_unavailable(outbound):
    nobody = Outbound(nameservers=("127.0.0.1:9",))
    assert nobody.txt(NAME, seconds=0.2) == UNAVAILABLE


def test_second_server_is_asked_when_the_first_fails(dns_server):
    dns_server.txt(NAME, b"here")
    failing = DnsDouble()
    failing.fail(NAME, Fault.SERVFAIL)
    outbound = Outbound(nameservers=(failing.address, dns_server.address))
    assert outbound.txt(NAME).state == "ok"
    assert failing.asked
    failing.close()


def test_usual_port_of_servers_can_be_told(dns_server):
    dns_server.txt(NAME, b"here")
    outbound = Outbound(nameservers=(dns_server.host,), nameserver_port=dns_server.port)
    assert outbound.txt(NAME).state == "ok"


@pytest.mark.parametrize("name", ["nobody.test", "bare.test", "dangling.test"])
def test_name_without_an_address_is_not_found(name, dns_server, outbound):
    dns_server.txt("bare.test", b"only text")
    dns_server.alias("dangling.test", "gone.test")

    with pytest.raises(NotFoundInDns):
        outbound.fetch(f"http://{name}/")
    assert outbound.trace(f"http://{name}/").trouble == "not_found"


@pytest.mark.parametrize("kind", ["A", "AAAA", "ANY"])
def test_failing_dns_is_not_taken_for_a_missing_name(kind, dns_server, outbound):
    dns_server.txt("shop.test", b"only text")
    dns_server.fail("shop.test", Fault.SERVFAIL, kind=kind)

    with pytest.raises(Unreachable) as refusal:
        outbound.fetch(SHOP)

    assert refusal.value.code == Code.DNS_UNAVAILABLE


def test_known_address_is_enough_when_the_other_kind_fails(dns_server, web_server, outbound):
    dns_server.add("shop.test", web_server.host)
    dns_server.fail("shop.test", Fault.REFUSED, kind="AAAA")
    assert outbound.fetch(SHOP).status == 404


def test_mapped_address_is_opened_as_the_one_inside(dns_server, outbound):
    dns_server.add("shop.test", "::ffff:127.0.0.1")
    assert outbound.trace(SHOP).hops == (Hop(SHOP, 404, "127.0.0.1"),)


def test_alias_to_an_inner_name_is_judged_by_its_addresses(dns_server, outbound):
    dns_server.alias("shop.test", "db.internal")
    dns_server.add("db.internal", "10.0.0.5")
    assert outbound.trace(SHOP).trouble == "blocked"


@pytest.mark.parametrize("name", ["shop.test", "_assay-challenge.shop.test"])
def test_dns_that_is_cut_off_from_the_world_denies_no_name(name, dns_server, outbound):
    """Its "no such name" would be told of a shop in public, and take a proof away."""
    assert outbound.txt(name) == ABSENT
    dns_server.is_cut_off = True

    assert outbound.txt(name) == UNAVAILABLE
    assert outbound.trace(f"https://{name}/").trouble == "unreachable"
