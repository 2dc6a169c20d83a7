"""The table of the seller judge: what is known, a link and what is said of it, codes, state."""

import dataclasses

from shop.assay.sellers.facts import SellerState, Statement
from tests.assay.sellers import journey_cases, observed_cases, resemblances
from tests.assay.sellers.worlds import HAIRIZ, MAREN, host

VERIFIED, UNVERIFIED, MISMATCHED, SUSPICIOUS = (
    SellerState.VERIFIED,
    SellerState.UNVERIFIED,
    SellerState.MISMATCHED,
    SellerState.SUSPICIOUS,
)
OFFICIAL, AUTHORIZED, AUTHENTIC, SOLD_BY = (
    {"statement": Statement.OFFICIAL},
    {"statement": Statement.AUTHORIZED},
    {"statement": Statement.AUTHENTIC},
    {"statement": Statement.SOLD_BY},
)


def labelled(seller):
    return {"declared_seller": seller}


IDENTITY = [
    (MAREN, "https://marenoak.com/serum", {}, "seller.official", VERIFIED),
    (MAREN, "https://shop.marenoak.com/", {}, "seller.official", VERIFIED),  # DNS speaks for all
    (MAREN, "https://marenoak.com./", {}, "seller.official", VERIFIED),  # the same name in DNS
    (MAREN, "https://press.marenoak.net/", {}, "seller.official", VERIFIED),
    # A file proves one host: not what is above or below it.
    (MAREN, "https://shop.marenoak.it/", {}, "seller.no_domain_proof", UNVERIFIED),
    (MAREN, "https://marenoak.fr/", {}, "seller.no_domain_proof", UNVERIFIED),
    (MAREN, "https://marenoak.jp/", {}, "seller.proof_stale", UNVERIFIED),
    (MAREN, "https://marenoak.es/", {}, "seller.proof_stale", UNVERIFIED),
    (MAREN, "https://marenoak.de/", {}, "seller.proof_lost", UNVERIFIED),
    (MAREN, "https://brushandbay.com/p/1", {}, "seller.authorized", VERIFIED),
    (MAREN, "https://www.brushandbay.com/p/1", OFFICIAL, "seller.authorized", VERIFIED),
    (MAREN, "https://l\xf6ckchen.de/", {}, "seller.authorized", VERIFIED),
    (MAREN, "https://curlcorner.com/", {}, "seller.no_domain_proof", UNVERIFIED),
    (MAREN, "https://curlcorner.com/", AUTHORIZED, "seller.no_domain_proof", UNVERIFIED),
    (MAREN, "https://hairharbor.com/", {}, "seller.listed_by_staff_only", UNVERIFIED),
    (MAREN, "https://combandco.com/", {}, "seller.authorization_expired", UNVERIFIED),
    (MAREN, "https://lastday.com/", {}, "seller.authorized", VERIFIED),  # holds through its day
    (MAREN, "https://soonshop.com/", {}, "seller.not_listed", UNVERIFIED),  # from December
    (MAREN, "https://renewed.com/", {}, "seller.authorized", VERIFIED),  # an old entry ran out
    (MAREN, "https://bargainbarn.com/", {}, "seller.authorization_revoked", MISMATCHED),
    (MAREN, "https://nordichair.com/", {}, "seller.product_or_region_not_covered", UNVERIFIED),
    (MAREN, "https://worldhair.com/", {}, "seller.authorized", VERIFIED),
    (MAREN, "https://oilonly.com/", {}, "seller.product_or_region_not_covered", UNVERIFIED),
    (MAREN, "https://serumspot.com/", {}, "seller.authorized", VERIFIED),
    (MAREN, "https://bazaar.com/stores/marenoak/serum", {}, "seller.authorized_page", VERIFIED),
    (MAREN, "https://bazaar.com/dp/1", {}, "seller.marketplace_unknown_seller", UNVERIFIED),
    (MAREN, "https://www.bazaar.com/stores/marenoak/", {}, "seller.authorized_page", VERIFIED),
    # The same path on a host below the one that is listed may be anybody's.
    (
        MAREN,
        "https://users.bazaar.com/stores/marenoak",
        {},
        "seller.marketplace_unknown_seller",
        UNVERIFIED,
    ),
    # A path that climbs out of the listed page again.
    (
        MAREN,
        "https://bazaar.com/stores/marenoak/%2e%2e/x",
        {},
        "seller.marketplace_unknown_seller",
        UNVERIFIED,
    ),
    (MAREN, "https://openmarket.com/", {}, "seller.marketplace_unknown_seller", UNVERIFIED),
    (MAREN, "https://fleamarket.com/1", {}, "seller.marketplace_unknown_seller", UNVERIFIED),
    (MAREN, "https://tenantshop.myshopify.com/", {}, "seller.authorized", VERIFIED),
    (
        MAREN,
        "https://otherone.myshopify.com/",
        {},
        "seller.not_listed seller.hosted_platform",
        UNVERIFIED,
    ),
    (MAREN, "https://myshopify.com/", {}, "seller.authorized", VERIFIED),
    (MAREN, "https://anyone.co.uk/", {}, "seller.not_listed", UNVERIFIED),
    (MAREN, "https://cheapmaren.com/", {}, "seller.listed_as_unauthorized", MISMATCHED),
    # The brand may except one part of a seller that it lists.
    (MAREN, "https://outlet.brushandbay.com/", {}, "seller.listed_as_unauthorized", MISMATCHED),
    (MAREN, "https://knownshop.com/", {}, "seller.not_listed", UNVERIFIED),
    # To be on record, with a proof, excuses no likeness: only a list does, or staff's mark.
    (MAREN, "https://marenoaks.com/", {}, "seller.not_listed name.typo", SUSPICIOUS),
    (MAREN, "https://nobody.net/", {}, "seller.not_listed", UNVERIFIED),
    (HAIRIZ, "https://nobody.net/", {}, "seller.list_unavailable", UNVERIFIED),
    # Sample data lives under .example, which is no finding against it.
    (HAIRIZ, "https://nobody.example/", {}, "seller.list_unavailable", UNVERIFIED),
]
STATEMENTS = [
    # The advertisement: it is said to offer authentic HAIRIZ products, HAIRIZ names no such
    # seller, and the words of its name are those of another trade.
    (
        HAIRIZ,
        "https://americandiscounttableware.com/hairiz-3d-exosome",
        AUTHENTIC,
        "seller.list_unavailable seller.mismatch_declared seller.other_trade",
        MISMATCHED,
    ),
    # The same address with nothing said about it is only unknown.
    (
        HAIRIZ,
        "https://americandiscounttableware.com/",
        {},
        "seller.list_unavailable seller.other_trade",
        UNVERIFIED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        OFFICIAL,
        "seller.not_listed seller.mismatch_declared",
        MISMATCHED,
    ),
    (
        MAREN,
        "https://nobody.net/",
        AUTHORIZED,
        "seller.not_listed seller.mismatch_declared",
        MISMATCHED,
    ),
    (
        MAREN,
        "https://combandco.com/",
        AUTHORIZED,
        "seller.authorization_expired seller.mismatch_declared",
        MISMATCHED,
    ),
    # What the brand said once, or will say, is not said today.
    (
        MAREN,
        "https://bargainbarn.com/",
        AUTHORIZED,
        "seller.authorization_revoked seller.mismatch_declared",
        MISMATCHED,
    ),
    (
        MAREN,
        "https://soonshop.com/",
        AUTHORIZED,
        "seller.not_listed seller.mismatch_declared",
        MISMATCHED,
    ),
    (MAREN, "https://hairharbor.com/", AUTHORIZED, "seller.listed_by_staff_only", UNVERIFIED),
    # On a market anybody may be the seller, and the brand may have a page of its own there.
    (
        MAREN,
        "https://openmarket.com/",
        labelled("Brush & Bay"),
        "seller.marketplace_unknown_seller",
        UNVERIFIED,
    ),
    (
        MAREN,
        "https://bazaar.com/stores/marenoak/serum",
        labelled("Maren & Oak"),
        "seller.authorized_page",
        VERIFIED,
    ),
    (
        MAREN,
        "https://bazaar.com/dp/1",
        labelled("Maren & Oak"),
        "seller.marketplace_unknown_seller seller.mismatch_declared",
        MISMATCHED,
    ),
    (MAREN, "https://marenoak.com/", OFFICIAL, "seller.official", VERIFIED),
    # A label is a statement: "Brush & Bay" opens somebody else's address.
    (
        MAREN,
        "https://nobody.net/",
        labelled("Brush & Bay"),
        "seller.not_listed seller.mismatch_declared",
        MISMATCHED,
    ),
    (MAREN, "https://brushandbay.com/", labelled("BRUSH  & bay"), "seller.authorized", VERIFIED),
    # Even a verified shop is not the one that the label names.
    (
        MAREN,
        "https://brushandbay.com/",
        labelled("World Hair"),
        "seller.authorized seller.mismatch_declared",
        MISMATCHED,
    ),
    # Of a seller without an address on record nothing can be contradicted.
    (
        MAREN,
        "https://nobody.net/",
        labelled("Some Shop") | SOLD_BY,
        "seller.not_listed",
        UNVERIFIED,
    ),
    (
        HAIRIZ,
        "https://nobody.net/",
        labelled("Hairiz"),
        "seller.list_unavailable seller.mismatch_declared",
        MISMATCHED,
    ),
    (MAREN, "https://marenoak.com/", labelled("Maren & Oak"), "seller.official", VERIFIED),
]
NAMES = [
    (
        MAREN,
        "https://marenoak.com.deals.net/",
        {},
        "seller.not_listed name.brand_domain_embedded",
        SUSPICIOUS,
    ),
    (
        MAREN,
        "https://marenoak.com-shop.net/",
        {},
        "seller.not_listed name.brand_domain_embedded",
        SUSPICIOUS,
    ),
    (
        MAREN,
        "https://brushandbay.com.deals.net/",
        {},
        "seller.not_listed name.brand_domain_embedded",
        SUSPICIOUS,
    ),
    # The brand's own kind of name in a country whose endings have two parts.
    (MAREN, "https://marenoak.com.tr/", {}, "seller.not_listed name.same_other_ending", UNVERIFIED),
    (MAREN, "https://maren-oak.com/", {}, "seller.not_listed name.joined_or_split", SUSPICIOUS),
    (MAREN, "https://maren.oak.com/", {}, "seller.not_listed name.joined_or_split", SUSPICIOUS),
    (MAREN, "https://wwwmarenoak.com/", {}, "seller.not_listed name.joined_or_split", SUSPICIOUS),
    (MAREN, "https://marenoak-com.net/", {}, "seller.not_listed name.joined_or_split", SUSPICIOUS),
    (MAREN, "https://brush-and-bay.com/", {}, "seller.not_listed name.joined_or_split", SUSPICIOUS),
    # In another country a brand may well write itself with a hyphen.
    (MAREN, "https://maren-oak.pl/", {}, "seller.not_listed name.contains_brand", UNVERIFIED),
    (
        MAREN,
        "https://marenoak.deals.net/",
        {},
        "seller.not_listed name.brand_in_subdomain",
        SUSPICIOUS,
    ),
    (
        HAIRIZ,
        "https://hairiz-official.deals.net/",
        {},
        "seller.list_unavailable name.brand_in_subdomain",
        SUSPICIOUS,
    ),
    # Anybody may take the brand's name on a platform, the brand too: caution, not a warning.
    (
        HAIRIZ,
        "https://hairiz.myshopify.com/",
        {},
        "seller.list_unavailable name.brand_in_subdomain seller.hosted_platform",
        MISMATCHED,
    ),
    (MAREN, "https://marenoak.org/", {}, "seller.not_listed name.same_other_ending", UNVERIFIED),
    (MAREN, "https://marenoakshop.com/", {}, "seller.not_listed name.contains_brand", UNVERIFIED),
    (
        MAREN,
        "https://buy-marenandoak.com/",
        {},
        "seller.not_listed name.contains_brand",
        UNVERIFIED,
    ),
    (
        HAIRIZ,
        "https://hairizshop.com/",
        AUTHENTIC,
        "seller.list_unavailable seller.mismatch_declared name.contains_brand",
        MISMATCHED,
    ),
    # An address that belongs to a named seller resembles nobody but itself.
    (
        dataclasses.replace(MAREN, official=(*MAREN.official, host("maren-oak.com"))),
        "https://maren-oak.com/",
        {},
        "seller.official",
        VERIFIED,
    ),
]
SHORT = dataclasses.replace(HAIRIZ, brand="CHI", official=(host("farouk.com"),))
DOVE = dataclasses.replace(HAIRIZ, brand="Dove", official=(host("dove.com"),))
NAMES += [
    (SHORT, "https://chishop.com/", {}, "seller.list_unavailable name.contains_brand", UNVERIFIED),
    (SHORT, "https://chicago.com/", {}, "seller.list_unavailable", UNVERIFIED),  # a part of a word
    (SHORT, "https://chi.deals.net/", {}, "seller.list_unavailable", UNVERIFIED),  # too short
    (DOVE, "https://dove.deals.net/", {}, "seller.list_unavailable", UNVERIFIED),  # a common word
    (DOVE, "https://dovetail.net/", {}, "seller.list_unavailable", UNVERIFIED),
]
LINKS = [
    (HAIRIZ, "javascript:alert(1)", {}, "url.scheme_not_web", SUSPICIOUS),
    (HAIRIZ, "data:text/html,hi", AUTHENTIC, "url.scheme_not_web", SUSPICIOUS),
    (HAIRIZ, "ftp://nobody.net/", {}, "url.scheme_not_web", UNVERIFIED),
    (HAIRIZ, "https://[::1", {}, "url.invalid", UNVERIFIED),
    (HAIRIZ, "nobody.net/x", {}, "url.not_absolute", UNVERIFIED),
    (HAIRIZ, "", {}, "url.not_absolute", UNVERIFIED),
    (
        HAIRIZ,
        "https://hairiz.com@nobody.net/",
        {},
        "seller.list_unavailable url.credentials",
        SUSPICIOUS,
    ),
    # The text says marenoak.com to a reader; a browser ends the host at the backslash.
    (
        MAREN,
        "https://nobody.net\\@marenoak.com/",
        {},
        "seller.not_listed url.rewritten_by_browser url.brand_outside_host",
        SUSPICIOUS,
    ),
    (MAREN, "https:marenoak.com/", {}, "seller.official url.rewritten_by_browser", VERIFIED),
    (
        MAREN,
        "https://nobody.net/marenoak.com/serum",
        {},
        "seller.not_listed url.brand_outside_host",
        UNVERIFIED,
    ),
    (HAIRIZ, "https://192.0.2.7/", {}, "seller.list_unavailable url.host_is_ip", SUSPICIOUS),
    (
        HAIRIZ,
        "https://0x7f.1/",
        {},
        "seller.list_unavailable url.rewritten_by_browser url.host_is_ip",
        SUSPICIOUS,
    ),
    (HAIRIZ, "https://[::1]/", {}, "seller.list_unavailable url.host_is_ip", SUSPICIOUS),
    (HAIRIZ, "https://localhost/", {}, "seller.list_unavailable url.local_host", SUSPICIOUS),
    (HAIRIZ, "https://till.local/", {}, "seller.list_unavailable url.local_host", SUSPICIOUS),
    (HAIRIZ, "https://hairiz/", {}, "seller.list_unavailable host.no_public_suffix", UNVERIFIED),
    (HAIRIZ, "https://co.uk/", {}, "seller.list_unavailable host.no_public_suffix", UNVERIFIED),
    # The proof covers the default port: elsewhere on the machine somebody else may listen.
    (MAREN, "https://marenoak.com:8443/", {}, "url.nonstandard_port", UNVERIFIED),
    (MAREN, "http://marenoak.com:443/", {}, "url.nonstandard_port url.not_https", UNVERIFIED),
    (MAREN, "http://marenoak.com/", {}, "seller.official url.not_https", VERIFIED),
]
ROWS = [
    *IDENTITY,
    *STATEMENTS,
    *NAMES,
    *resemblances.ROWS,
    *LINKS,
    *journey_cases.ROWS,
    *observed_cases.ROWS,
]
