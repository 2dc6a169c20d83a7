"""Where was a link seen to lead? A link with the addresses that it led through, without opinion."""

import ipaddress
from dataclasses import dataclass

from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.observed import NOTHING_OBSERVED, Chain, Observed, Trouble
from shop.assay.sellers.redirectors import Redirector, redirector
from shop.assay.sellers.register import Register

MOST_REDIRECTS = 5
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Journey:
    """A link and what is known of its way. `hops` begins with the link itself.

    `end` is None while nobody has seen where the link ends: not followed, cut short, or stopped
    at a host that only passes on.
    """

    link: Link
    hops: tuple[Link, ...]
    end: Link | None = None
    passing: Redirector | None = None  # what the link's own host is
    chain: Chain | None = None

    @property
    def subject(self) -> Link:
        """The address of which it is asked whose it is."""
        return self.end if self.passing is not None and self.end is not None else self.link

    @property
    def is_hidden(self) -> bool:
        """Whether the link's own host sells nothing, and we do not know who does."""
        return self.passing is not None and self.end is None


def travel(link: Link, observed: Observed, register: Register) -> Journey | None:
    """Put together where a link was seen to lead; None for most: nobody looked, and its own host
    is not one that only passes on.
    """
    passing = redirector(link)
    if passing is None and observed is NOTHING_OBSERVED:
        return None
    if passing is not None and register.covering(link.name):
        passing = None  # on record as somebody's own
    chain = observed.chain
    if chain is None:
        return Journey(link, (link,), passing=passing)
    hops = hops_of(link, chain)
    return Journey(link, hops, end_of(hops, chain), passing, chain)


def hops_of(link: Link, chain: Chain) -> tuple[Link, ...]:
    """The link itself and every address after it, whether or not the chain repeats the link."""
    hops = tuple(parse(url) for url in chain.urls[: 4 * MOST_REDIRECTS])
    return (link, *hops[1:]) if hops and hops[0].href == link.href else (link, *hops)


def end_of(hops: tuple[Link, ...], chain: Chain) -> Link | None:
    """Where the way ends at a site; None when nobody saw its end, or it is no public site."""
    end = hops[-1]
    is_cut_short = chain.trouble in {Trouble.BLOCKED, Trouble.TOO_MANY} or is_endless(hops)
    if is_cut_short or not end.is_valid or is_internal(end) or redirector(end) is not None:
        return None
    return end


def is_endless(hops: tuple[Link, ...]) -> bool:
    """Whether it goes in a circle, or through more redirects than a shop needs."""
    seen = {hop.href for hop in hops}
    return len(hops) > MOST_REDIRECTS + 1 or len(seen) < len(hops)


def is_internal(link: Link) -> bool:
    """Whether an address lies inside a network, where no shop is."""
    return _is_inside(link.host.strip("[]")) if link.is_ip else link.is_internal


def is_same_site(one: Link, two: Link) -> bool:
    """Whether two addresses belong to whoever registered the one name."""
    return one.name == two.name or (one.registrable != "" and one.registrable == two.registrable)


def _is_inside(text: str) -> bool:
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return not (inner.is_global if inner is not None else address.is_global)
    return not address.is_global
