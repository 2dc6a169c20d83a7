"""What was seen on the network, as the rows of the seller judge's table say it."""

from datetime import date

from shop.assay.sellers.facts import SellerState, Statement
from shop.assay.sellers.observed import (
    Chain,
    Listing,
    Observed,
    Registration,
    Tls,
)

VERIFIED, UNVERIFIED, MISMATCHED, SUSPICIOUS = (
    SellerState.VERIFIED,
    SellerState.UNVERIFIED,
    SellerState.MISMATCHED,
    SellerState.SUSPICIOUS,
)
SEEN = date(2026, 11, 21)
EARLIER = date(2026, 11, 14)
AUTHENTIC = {"statement": Statement.AUTHENTIC}


def labelled(seller):
    return {"declared_seller": seller}


def led(*urls, trouble=None, before=None, **seen):
    """The link led to these addresses, its own not among them."""
    return _observed(urls, trouble, before, seen)


def _observed(urls, trouble, before, seen):
    earlier = Chain(tuple(before), EARLIER) if before else None
    return {"observed": Observed(Chain(urls, SEEN, trouble), earlier, **seen)}


def tls(host, state):
    return {"observed": Observed(tls=(Tls(host, state, SEEN),))}


def registered(name, *day):
    return {"observed": Observed(registrations=(Registration(name, date(*day)),))}


def on_list(host):
    return {"observed": Observed(listings=(Listing(host, "A public list", date(2026, 11, 3)),))}


SHOP, OFFICIAL_SITE = "https://brushandbay.com/p/1", "https://marenoak.com/serum"
AWIN, BITLY = "https://www.awin1.com/cread.php?p=https://x.net/", "https://bit.ly/3abc"
