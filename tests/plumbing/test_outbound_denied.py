"""The table of addresses that are never opened, against the registries and against Python's own."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.plumbing.outbound import Blocked, Outbound
from shop.plumbing.outbound.denied import DENIED_V4, DENIED_V6, denied, unwrapped

# IANA IPv4 and IPv6 Special-Purpose Address Space, the IPv4 and IPv6 multicast spaces, and what
# sellers.md adds; the few that are globally reachable are no places for shops either.
RESERVED = [
    "0.0.0.0/8",
    "0.0.0.0/32",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.0.0/29",
    "192.0.0.8/32",
    "192.0.0.9/32",
    "192.0.0.10/32",
    "192.0.0.170/32",
    "192.0.0.171/32",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.88.99.2/32",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "168.63.129.16/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/104",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001::/32",
    "2001:1::1/128",
    "2001:1::2/128",
    "2001:1::3/128",
    "2001:2::/48",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3ffe::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "4000::/3",
    "8000::/3",
    "e000::/4",
]
# What `is_global` of Python 3.11 passes although nobody's shop is there (later ones pass fewer).
PASSED_BY_PYTHON = {
    "168.63.129.16/32", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.0/24",
    "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.88.99.2/32", "192.175.48.0/24",
    "224.0.0.0/4",
    "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100:0:0:1::/64",
    "2001::/23", "2001::/32", "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48",
    "2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2002::/16",
    "2620:4f:8000::/48", "3ffe::/16", "3fff::/20", "5f00::/16", "fec0::/10", "ff00::/8",
    "4000::/3", "8000::/3", "e000::/4",
}  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2000::",
    "2001:200::",
    "2001:db7:ffff::1",
    "2001:db9::",
    "2001:4860:4860::8888",
    "2003::",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82a::200e",
    "2c0f:fb50:4002:80e::200e",
    "3ffd:ffff::1",
    "::ffff:8.8.8.8",
]
# Ways to write addresses of this machine and of its neighbours, as browsers read them.
INSIDE = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7F.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.001",
    "127.255.255.254",
    "%31%32%37.0.0.1",
    "\u2460\u2461\u2466.0.0.1",  # circled digits
    "\uff11\uff12\uff17.0.0.1",  # full-width digits
    "127\u30020\u30020\u30021",  # ideographic full stops
    "0",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "printer.local",
    "metadata.google.internal",
    "10.0.0.1",
    "0x0a.0.0.1",
    "012.1",
    "192.168.1.1",
    "3232235777",
    "172.16.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "168.63.129.16",
    "255.255.255.255",
    "224.0.0.1",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[fec0::1]",
    "[ff02::1]",
    "[3fff::1]",
    "[5f00::1]",
]


@pytest.mark.parametrize("network", RESERVED)
def test_reserved_network_is_denied_to_its_ends(network):
    space = ip_network(network)
    for address in (space[0], space[-1], space[space.num_addresses // 2]):
        assert denied(address), address


@pytest.mark.parametrize("network", RESERVED)
def test_python_passes_only_what_is_listed(network):
    space = ip_network(network)
    ends = (space[0], space[-1], space[space.num_addresses // 2])
    assert not any(end.is_global for end in ends) or network in PASSED_BY_PYTHON


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_not_denied(address):
    assert denied(ip_address(address)) == ""


def test_every_line_of_the_table_names_its_source():
    for _, source in (*DENIED_V4, *DENIED_V6):
        assert "RFC " in source or "Microsoft" in source


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_denied(address):
    address = unwrapped(address)  # Python calls all of ::ffff:0:0/96 private
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert denied(address)


@given(st.ip_addresses(v=4))
def test_mapped_address_is_judged_as_the_one_inside(address):
    assert denied(IPv6Address(0xFFFF << 32 | int(address))) == denied(address)


@given(st.ip_addresses(v=4))
def test_translated_address_is_denied_whatever_is_inside(address):
    inside = int(address)
    forms = {
        "compatible": inside,
        "translated": 0xFFFF << 48 | inside,
        "NAT64": 0x64FF9B << 96 | inside,
        "local NAT64": 0x64FF9B0001 << 80 | inside,
        "6to4": 0x2002 << 112 | inside << 80 | 1,
        "Teredo server": 0x20010000 << 96 | inside << 64,
        "Teredo client": 0x20010000 << 96 | inside ^ 0xFFFFFFFF,
    }
    assert [form for form, value in forms.items() if not denied(IPv6Address(value))] == []


@given(st.sampled_from([network for network, _ in DENIED_V4]), st.integers(0, 2**32 - 1))
def test_denied_address_stays_denied_in_every_dress(network, place):
    inside = int(network[place % network.num_addresses])
    for prefix in (0, 0xFFFF << 32, 0xFFFF << 48, 0x64FF9B << 96, 0x64FF9B0001 << 80):
        assert denied(IPv6Address(prefix | inside))
    assert denied(IPv6Address(0x2002 << 112 | inside << 80))
    assert denied(IPv4Address(inside))


@pytest.mark.parametrize("host", INSIDE)
def test_inside_is_not_opened_however_it_is_written(host, web_server):
    guarded = Outbound(ports=frozenset({web_server.port}), nameservers=("127.0.0.1:9",))

    with pytest.raises(Blocked) as refusal:
        guarded.fetch(f"http://{host}:{web_server.port}/")

    assert len(refusal.value.hops) == 1
    assert web_server.asked == []


@pytest.mark.parametrize("host", INSIDE[INSIDE.index("localhost") :])
def test_redirect_inside_is_not_followed(host, dns_server, web_server, outbound):
    dns_server.add("shop.test", web_server.host)
    web_server.redirect("http://shop.test/", f"http://{host}/admin")

    trace = outbound.trace("http://shop.test/")

    assert trace.trouble == "blocked"
    assert [hop.status for hop in trace.hops] == [302, None]
    assert len(web_server.asked) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["127.0.0.1"],
        ["::1"],
        ["fe80::1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::a00:1"],
        ["93.184.216.34", "127.0.0.1"],
        ["93.184.216.34"] * 3 + ["169.254.169.254"],
        ["93.184.216.34", "::1"],
        ["2606:4700::1111", "10.0.0.1"],
    ],
)
def test_name_with_any_address_inside_is_refused_whole(addresses, dns_server, web_server):
    dns_server.add("shop.test", *addresses)
    guarded = Outbound(nameservers=(dns_server.address,))

    with pytest.raises(Blocked) as refusal:
        guarded.fetch("http://shop.test/")

    assert denied(ip_address(refusal.value.hops[-1].address))
