"""What is known in the tests of the seller judge: of one brand everything, of the other nothing."""

from datetime import UTC, date, datetime

from shop.assay.sellers.facts import (
    Authorization,
    AuthorizationStatus,
    Host,
    NotAuthorized,
    OfferFacts,
    ProductFacts,
    Proof,
    ProofMethod,
    ProofState,
    Seller,
    SellerList,
    Source,
)
from shop.assay.sellers.hostnames import path_of

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LISTED = date(2026, 10, 3)


def proof(state=ProofState.OK, method=ProofMethod.DNS, **dates):
    days = {"verified_on": date(2026, 11, 2), "expires_on": date(2027, 1, 31), **dates}
    return Proof(state, method, **days)


def listed(**more):
    return Authorization(Source.BRAND_LIST, listed_on=LISTED, **more)


def host(name, state=ProofState.OK, method=ProofMethod.DNS, *, is_exact=False, **dates):
    return Host(name, proof(state, method, **dates), is_exact=is_exact)


# Nothing is known of HAIRIZ but an advertisement.
HAIRIZ = ProductFacts(brand="HAIRIZ", category="a hair serum")

# Maren & Oak shows everything that can be shown.
MAREN = ProductFacts(
    brand="Maren & Oak",
    category="a hair serum",
    official=(
        host("marenoak.com"),
        host("marenoak.fr", ProofState.NONE, verified_on=None),
        host("marenoak.jp", ProofState.STALE),
        host("marenoak.de", ProofState.LOST, lost_on=date(2026, 11, 15)),
        host("marenoak.es", expires_on=date(2026, 11, 21)),  # ran out yesterday
        host("press.marenoak.net", method=ProofMethod.FILE, is_exact=True),
        host("marenoak.it", method=ProofMethod.FILE),
    ),
    seller_list=SellerList(LISTED, date(2027, 10, 3)),
    sellers=(
        Seller("Brush & Bay", (host("brushandbay.com"),), listed()),
        Seller("Löckchen", (host("xn--lckchen-90a.de"),), listed()),
        Seller("Curl Corner", (host("curlcorner.com", ProofState.NONE),), listed()),
        Seller("Hair Harbor", (host("hairharbor.com"),), Authorization(Source.STAFF)),
        Seller("Comb & Co", (host("combandco.com"),), listed(ends_on=date(2026, 9, 30))),
        Seller("Last Day", (host("lastday.com"),), listed(ends_on=date(2026, 11, 22))),
        Seller("Soon Shop", (host("soonshop.com"),), listed(starts_on=date(2026, 12, 1))),
        Seller(
            "Bargain Barn",
            (host("bargainbarn.com"),),
            listed(status=AuthorizationStatus.REVOKED, revoked_on=date(2026, 11, 1)),
        ),
        Seller("Nordic Hair", (host("nordichair.com"),), listed(regions=("SE", "NO"))),
        Seller("World Hair", (host("worldhair.com"),), listed(regions=("001",))),
        Seller("Oil Only", (host("oilonly.com"),), listed(products=("Argan Oil",))),
        Seller("Serum Spot", (host("serumspot.com"),), listed(products=("MO-SERUM-50",))),
        Seller(
            "Bazaar",
            (host("bazaar.com", ProofState.NONE),),
            listed(paths=(path_of("/stores/marenoak"),)),
            is_marketplace=True,
        ),
        Seller("Open Market", (host("openmarket.com"),), listed(), is_marketplace=True),
        Seller("Flea Market", (host("fleamarket.com"),), is_marketplace=True),
        Seller("Tenant", (host("tenantshop.myshopify.com", method=ProofMethod.FILE),), listed()),
        # Below these two, names belong to whoever takes them.
        Seller("Everybody", (host("myshopify.com"), host("co.uk")), listed()),
        Seller("Known Shop", (host("knownshop.com"),)),  # on record, and nobody's seller
        Seller("Maren Oaks", (host("marenoaks.com"),)),  # the same, with a name much like another
        Seller("Renewed", (host("renewed.com"),), listed(ends_on=date(2025, 12, 31))),
        Seller("Renewed", (host("renewed.com"),), listed()),
    ),
    not_authorized=(
        NotAuthorized("cheapmaren.com", date(2026, 8, 9)),
        NotAuthorized("outlet.brushandbay.com", date(2026, 8, 9)),
    ),
    product_keys=("Rosemary Serum", "MO-SERUM-50"),
)


def offer(world, link, **more):
    return OfferFacts(link, world, **more)
