"""Where links lead, and past whom, in the table of the seller judge. Rows as in `cases`."""

from shop.assay.sellers.observed import Trouble
from tests.assay.sellers.sightings import (
    AUTHENTIC,
    AWIN,
    BITLY,
    MISMATCHED,
    OFFICIAL_SITE,
    SHOP,
    SUSPICIOUS,
    UNVERIFIED,
    VERIFIED,
    labelled,
    led,
)
from tests.assay.sellers.worlds import HAIRIZ, MAREN

JOURNEYS = [
    # Nobody looked, or it led nowhere else.
    (MAREN, SHOP, led(SHOP), "seller.authorized", VERIFIED),
    (MAREN, SHOP, led("https://www.brushandbay.com/p/1"), "seller.authorized", VERIFIED),
    (
        MAREN,
        "http://brushandbay.com/",
        led("https://brushandbay.com/"),
        "seller.authorized url.not_https",
        VERIFIED,
    ),
    # The brand's own site is as good an end as the seller's.
    (MAREN, SHOP, led(OFFICIAL_SITE), "seller.authorized", VERIFIED),
    (MAREN, SHOP, led("https://worldhair.com/"), "seller.authorized", VERIFIED),
    (
        MAREN,
        SHOP,
        labelled("Brush & Bay") | led("https://worldhair.com/"),
        "seller.authorized redirect.leaves_verified",
        MISMATCHED,
    ),
    (
        MAREN,
        SHOP,
        led("https://nobody.net/"),
        "seller.authorized redirect.leaves_verified",
        MISMATCHED,
    ),
    # On record as the brand's and never proven: the answer falls with it, and no more.
    (
        MAREN,
        OFFICIAL_SITE,
        led("https://marenoak.fr/"),
        "seller.official seller.no_domain_proof",
        UNVERIFIED,
    ),
    # A file speaks for its own host: beside it on the same site may be somebody else's.
    (MAREN, "https://marenoak.it/", led("https://www.marenoak.it/"), "seller.official", VERIFIED),
    (
        MAREN,
        "https://marenoak.it/",
        led("https://shop.marenoak.it/"),
        "seller.official seller.no_domain_proof",
        UNVERIFIED,
    ),
    (
        MAREN,
        "https://press.marenoak.net/",
        led("https://users.marenoak.net/press"),
        "seller.official seller.not_listed",
        UNVERIFIED,
    ),
    # What opens in the end is asked whether it is a site at all.
    (
        MAREN,
        BITLY,
        led("https://93.184.216.34/marenoak"),
        "seller.not_listed redirect.via_known_redirector url.host_is_ip",
        SUSPICIOUS,
    ),
    (
        MAREN,
        SHOP,
        led("https://bargainbarn.com/"),
        "seller.authorized redirect.leaves_verified seller.authorization_revoked",
        MISMATCHED,
    ),
    (
        MAREN,
        SHOP,
        led("https://outlet.brushandbay.com/"),
        "seller.authorized seller.listed_as_unauthorized",
        MISMATCHED,
    ),
    # From the page that the brand lists to one that it does not.
    (
        MAREN,
        "https://bazaar.com/stores/marenoak/",
        led("https://bazaar.com/dp/1"),
        "seller.authorized_page seller.marketplace_unknown_seller",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        led("https://brushandbay.com:8443/"),
        "seller.authorized url.nonstandard_port",
        UNVERIFIED,
    ),
    # Where it ends is tested for resemblance too.
    (
        MAREN,
        SHOP,
        led("https://marenoak.com.deals.net/"),
        "seller.authorized redirect.leaves_verified name.brand_domain_embedded",
        SUSPICIOUS,
    ),
    (
        MAREN,
        SHOP,
        led("https://8.8.8.8/"),
        "seller.authorized redirect.leaves_verified url.host_is_ip",
        SUSPICIOUS,
    ),
    (
        MAREN,
        "https://curlcorner.com/",
        led("https://nobody.net/"),
        "seller.no_domain_proof redirect.final_differs",
        MISMATCHED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        led("https://elsewhere.net/"),
        "seller.not_listed redirect.final_differs",
        MISMATCHED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        led("https://shop.nobody.net/"),
        "seller.not_listed",
        UNVERIFIED,
    ),
    # An unknown address that leads to the brand stays unknown, and nothing is said against it.
    (MAREN, "https://nobody.net/", led(OFFICIAL_SITE), "seller.not_listed", UNVERIFIED),
    (
        MAREN,
        SHOP,
        led("https://nobody.net/", SHOP + "/a"),
        "seller.authorized redirect.via_unlisted",
        MISMATCHED,
    ),
    (MAREN, SHOP, led("https://worldhair.com/", SHOP + "/a"), "seller.authorized", VERIFIED),
    (
        MAREN,
        "https://tenantshop.myshopify.com/",
        led("https://otherone.myshopify.com/"),
        "seller.authorized redirect.leaves_verified",
        MISMATCHED,
    ),
]
PASSED_ON = [
    (
        MAREN,
        AWIN,
        led(OFFICIAL_SITE),
        "seller.official redirect.via_known_redirector",
        VERIFIED,
    ),
    (
        MAREN,
        AWIN,
        labelled("Brush & Bay") | led("https://www.zenaps.com/r", SHOP),
        "seller.authorized redirect.via_known_redirector",
        VERIFIED,
    ),
    # Nobody knows all the addresses of those who count visits.
    (
        MAREN,
        AWIN,
        led("https://track.net/1", SHOP),
        "seller.authorized redirect.via_known_redirector redirect.via_unlisted",
        UNVERIFIED,
    ),
    (MAREN, AWIN, {}, "seller.not_listed redirect.via_known_redirector", UNVERIFIED),
    (MAREN, AWIN, AUTHENTIC, "seller.not_listed redirect.via_known_redirector", UNVERIFIED),
    (
        MAREN,
        AWIN,
        led(trouble=Trouble.UNREACHABLE),
        "seller.not_listed redirect.via_known_redirector",
        UNVERIFIED,
    ),
    (
        MAREN,
        AWIN,
        AUTHENTIC | led("https://nobody.net/"),
        "seller.not_listed seller.mismatch_declared redirect.via_known_redirector",
        MISMATCHED,
    ),
    (
        MAREN,
        AWIN,
        led("https://maren-oak.com/"),
        "seller.not_listed name.joined_or_split redirect.via_known_redirector",
        SUSPICIOUS,
    ),
    (
        MAREN,
        AWIN,
        led("https://brushandbay.com:8443/"),
        "redirect.via_known_redirector url.nonstandard_port",
        UNVERIFIED,
    ),
    (MAREN, BITLY, {}, "seller.not_listed redirect.shortener_unresolved", UNVERIFIED),
    (HAIRIZ, BITLY, AUTHENTIC, "seller.list_unavailable redirect.shortener_unresolved", UNVERIFIED),
    (MAREN, BITLY, led(BITLY), "seller.not_listed redirect.shortener_unresolved", UNVERIFIED),
    (
        MAREN,
        BITLY,
        led("https://marenoak.app.link/x"),
        "seller.not_listed redirect.shortener_unresolved",
        UNVERIFIED,
    ),
    (MAREN, BITLY, led(SHOP), "seller.authorized redirect.via_known_redirector", VERIFIED),
    # On the way from a shop to itself somebody counts.
    (
        MAREN,
        SHOP,
        led("https://bit.ly/1", SHOP + "/a"),
        "seller.authorized redirect.via_known_redirector",
        VERIFIED,
    ),
    (
        MAREN,
        SHOP,
        led(BITLY),
        "seller.authorized redirect.shortener_unresolved",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        led(AWIN, trouble=Trouble.UNREACHABLE),
        "seller.authorized redirect.via_known_redirector",
        UNVERIFIED,
    ),
]
TROUBLES = [
    (
        MAREN,
        SHOP,
        led("http://brushandbay.com/p/1"),
        "seller.authorized redirect.downgraded_to_http",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        led("http://brushandbay.com/p/1", SHOP + "/a"),
        "seller.authorized redirect.downgraded_to_http",
        UNVERIFIED,
    ),
    (MAREN, SHOP, led(trouble=Trouble.TOO_MANY), "seller.authorized redirect.too_many", UNVERIFIED),
    (
        MAREN,
        SHOP,
        led("https://brushandbay.com/a", SHOP, "https://brushandbay.com/a"),
        "seller.authorized redirect.too_many",
        UNVERIFIED,
    ),
    (MAREN, SHOP, led(*(f"{SHOP}/{n}" for n in range(5))), "seller.authorized", VERIFIED),
    (
        MAREN,
        SHOP,
        led(*(f"{SHOP}/{n}" for n in range(6))),
        "seller.authorized redirect.too_many",
        UNVERIFIED,
    ),
    *[
        (MAREN, SHOP, led(inside), "seller.authorized redirect.blocked_address", SUSPICIOUS)
        for inside in [
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://till.local/",
            "https://localhost/",
        ]
    ],
    # A public name with a private address: only the worker could see that.
    (
        MAREN,
        SHOP,
        led("https://inside.nobody.net/", trouble=Trouble.BLOCKED),
        "seller.authorized redirect.blocked_address",
        SUSPICIOUS,
    ),
    (
        MAREN,
        SHOP,
        led("javascript:alert(1)"),
        "seller.authorized url.scheme_not_web",
        SUSPICIOUS,
    ),
    (MAREN, SHOP, led("shopapp://p/1"), "seller.authorized url.scheme_not_web", UNVERIFIED),
    (
        MAREN,
        SHOP,
        led(OFFICIAL_SITE, before=[SHOP]),
        "seller.authorized redirect.changed",
        VERIFIED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        led("https://shop.nobody.net/", before=["https://nobody.net/", OFFICIAL_SITE]),
        "seller.not_listed redirect.changed",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        led("https://nobody.net/", before=[SHOP]),
        "seller.authorized redirect.leaves_verified redirect.changed",
        MISMATCHED,
    ),
    (MAREN, SHOP, led(SHOP + "/b", before=[SHOP, SHOP + "/a"]), "seller.authorized", VERIFIED),
]
ROWS = [*JOURNEYS, *PASSED_ON, *TROUBLES]
