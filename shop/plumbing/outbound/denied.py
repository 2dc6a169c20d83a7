"""Is this an address at which strangers' pages live? Everything else is never opened.

The table is written out, each line with its source, because `ipaddress.is_global` of Python 3.11
passes several of these; a test compares the two. IANA keeps the registries: "IPv4 Special-Purpose
Address Space", "IPv6 Special-Purpose Address Space" and "IPv6 Address Space".
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

DENIED_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), source)
    for network, source in (
        ("0.0.0.0/8", "this network, RFC 791"),
        ("10.0.0.0/8", "private, RFC 1918"),
        ("100.64.0.0/10", "behind a carrier's NAT, RFC 6598"),
        ("127.0.0.0/8", "loopback, RFC 1122"),
        ("168.63.129.16/32", "Azure's own services, Microsoft Learn: What is 168.63.129.16?"),
        ("169.254.0.0/16", "link-local and cloud metadata, RFC 3927"),
        ("172.16.0.0/12", "private, RFC 1918"),
        ("192.0.0.0/24", "protocol assignments, RFC 6890"),
        ("192.0.2.0/24", "documentation, RFC 5737"),
        ("192.31.196.0/24", "AS112 sink, RFC 7535"),
        ("192.52.193.0/24", "multicast tunnels, RFC 7450"),
        ("192.88.99.0/24", "6to4 relays, RFC 7526"),
        ("192.168.0.0/16", "private, RFC 1918"),
        ("192.175.48.0/24", "AS112 sink, RFC 7534"),
        ("198.18.0.0/15", "benchmarking, RFC 2544"),
        ("198.51.100.0/24", "documentation, RFC 5737"),
        ("203.0.113.0/24", "documentation, RFC 5737"),
        ("224.0.0.0/4", "multicast, RFC 5771"),
        ("240.0.0.0/4", "reserved, RFC 1112"),
        ("255.255.255.255/32", "broadcast, RFC 919"),
    )
)
DENIED_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), source)
    for network, source in (
        ("::/128", "unspecified, RFC 4291"),
        ("::1/128", "loopback, RFC 4291"),
        ("::/96", "IPv4-compatible, RFC 4291"),
        ("::ffff:0:0:0/96", "IPv4-translated, RFC 2765"),
        ("64:ff9b::/96", "translated to IPv4, RFC 6052"),
        ("64:ff9b:1::/48", "translated to IPv4 locally, RFC 8215"),
        ("100::/64", "discarded, RFC 6666"),
        ("100:0:0:1::/64", "dummy prefix, RFC 9780"),
        ("2001::/32", "Teredo, RFC 4380"),
        ("2001::/23", "protocol assignments, RFC 2928"),
        ("2001:db8::/32", "documentation, RFC 3849"),
        ("2002::/16", "6to4, RFC 3056"),
        ("2620:4f:8000::/48", "AS112 sink, RFC 7534"),
        ("3ffe::/16", "6bone, RFC 3701"),
        ("3fff::/20", "documentation, RFC 9637"),
        ("5f00::/16", "segment routing, RFC 9602"),
        ("fc00::/7", "unique local, RFC 4193"),
        ("fe80::/10", "link-local, RFC 4291"),
        ("fec0::/10", "site-local, RFC 3879"),
        ("ff00::/8", "multicast, RFC 4291"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside ::ffff:0:0/96 (RFC 4291): the kernel would open that one."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def denied(address: Address) -> str:
    """What the address is reserved for, with the source; "" when it may be opened."""
    address = unwrapped(address)
    if isinstance(address, IPv4Address):
        return next((source for network, source in DENIED_V4 if address in network), "")
    for network, source in DENIED_V6:
        if address in network:
            return source
    return "" if address in _GLOBAL_V6 else "not given out for use, RFC 4291"


def is_loopback(address: Address) -> bool:
    """127.0.0.0/8 and ::1: what a test may open by leave of its configuration."""
    return unwrapped(address).is_loopback
