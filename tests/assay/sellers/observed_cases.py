"""What certificates, DNS, registries and lists say of a link. Rows as in `cases`."""

from datetime import date

from shop.assay.sellers.observed import Registration, TlsState, Trouble
from tests.assay.sellers.sightings import (
    AWIN,
    BITLY,
    SHOP,
    SUSPICIOUS,
    UNVERIFIED,
    VERIFIED,
    led,
    on_list,
    registered,
    tls,
)
from tests.assay.sellers.worlds import MAREN

ROWS = [
    (MAREN, SHOP, tls("brushandbay.com", TlsState.OK), "seller.authorized", VERIFIED),
    (
        MAREN,
        SHOP,
        tls("brushandbay.com", TlsState.NAME_MISMATCH),
        "seller.authorized tls.name_mismatch",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        tls("brushandbay.com", TlsState.NOT_TRUSTED),
        "seller.authorized tls.not_trusted",
        UNVERIFIED,
    ),
    # Seen at a host that the link no longer leads to.
    (MAREN, SHOP, tls("nobody.net", TlsState.NOT_TRUSTED), "seller.authorized", VERIFIED),
    (
        MAREN,
        SHOP,
        led(trouble=Trouble.NOT_FOUND),
        "seller.authorized dns.does_not_resolve",
        UNVERIFIED,
    ),
    # The proof is of 2 November 2026.
    (
        MAREN,
        SHOP,
        registered("brushandbay.com", 2026, 11, 3),
        "seller.authorized domain.registration_changed domain.recently_registered",
        UNVERIFIED,
    ),
    (
        MAREN,
        SHOP,
        registered("brushandbay.com", 2026, 11, 2),
        "seller.authorized domain.recently_registered",
        VERIFIED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        registered("nobody.net", 2026, 8, 25),
        "seller.not_listed domain.recently_registered",
        UNVERIFIED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        registered("nobody.net", 2026, 8, 24),
        "seller.not_listed",
        UNVERIFIED,
    ),
    (MAREN, SHOP, registered("brushandbay.com", 2027, 1, 1), "seller.authorized", VERIFIED),
    (MAREN, SHOP, registered("nobody.net", 2026, 11, 20), "seller.authorized", VERIFIED),
    (
        MAREN,
        AWIN,
        led(SHOP, registrations=(Registration("brushandbay.com", date(2026, 11, 20)),)),
        (
            "seller.authorized redirect.via_known_redirector domain.registration_changed "
            "domain.recently_registered"
        ),
        UNVERIFIED,
    ),
    (
        MAREN,
        "https://deals.nobody.net/",
        on_list("nobody.net"),
        "seller.not_listed domain.on_public_list",
        SUSPICIOUS,
    ),
    (MAREN, "https://nobody.net/", on_list("deals.nobody.net"), "seller.not_listed", UNVERIFIED),
    (MAREN, "https://notnobody.net/", on_list("nobody.net"), "seller.not_listed", UNVERIFIED),
    # A list that holds an ending holds everybody below it, so it says nothing of anybody.
    (MAREN, "https://nobody.net/", on_list("net"), "seller.not_listed", UNVERIFIED),
    (
        MAREN,
        BITLY,
        on_list("bit.ly"),
        "seller.not_listed redirect.shortener_unresolved",
        UNVERIFIED,
    ),
    (
        MAREN,
        AWIN,
        led("https://nobody.net/", listings=on_list("nobody.net")["observed"].listings),
        "seller.not_listed redirect.via_known_redirector domain.on_public_list",
        SUSPICIOUS,
    ),
    (
        MAREN,
        SHOP,
        led("https://nobody.net/", listings=on_list("nobody.net")["observed"].listings),
        "seller.authorized redirect.leaves_verified domain.on_public_list",
        SUSPICIOUS,
    ),
]
