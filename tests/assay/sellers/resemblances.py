"""Rows of the seller judge about names: what is taken for what, and what is somebody's own."""

import dataclasses

from shop.assay.sellers.facts import SellerState, Unrelated
from tests.assay.sellers.worlds import HAIRIZ, MAREN, host, listed

UNVERIFIED, MISMATCHED, SUSPICIOUS = (
    SellerState.UNVERIFIED,
    SellerState.MISMATCHED,
    SellerState.SUSPICIOUS,
)
NO_LIST = "seller.list_unavailable"
TYPO, DRAWN, MIXED = "name.typo", "name.lookalike_characters", "name.mixed_scripts"
INSIDE, ENDING = "name.contains_brand", "name.same_other_ending"

GLOSS = dataclasses.replace(HAIRIZ, brand="Vantelle", official=(host("vantelle.com"),))
ACCENT = dataclasses.replace(HAIRIZ, brand="Sérénique", official=(host("serenique.com"),))
NATIVE = dataclasses.replace(HAIRIZ, brand="Harvest", official=(host("harvest.com"),))
MARKED = dataclasses.replace(GLOSS, unrelated=(Unrelated("vantele", "vantelle"),))
SOLD = dataclasses.replace(
    GLOSS,
    sellers=(
        dataclasses.replace(
            MAREN.sellers[0],
            name="Quillfeather",
            hosts=(host("quillfeather.com"),),
            authorization=listed(),
        ),
    ),
)


def beside(*names):
    """With names of others that an index found near."""
    return {"protected": names}


CHARACTERS = [
    (GLOSS, "https://v\u0430ntelle.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (GLOSS, "https://xn--vntelle-2fg.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (
        GLOSS,
        "https://v%D0%B0ntelle.com/",
        {},
        f"{NO_LIST} {DRAWN} url.rewritten_by_browser",
        SUSPICIOUS,
    ),
    (GLOSS, "https://va\u0144telle.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (GLOSS, "https://van\u0301telle.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (GLOSS, "https://vante1le.net/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (GLOSS, "https://vanteiie-outlet.net/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (HAIRIZ, "https://ha1riz.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    # Full-width letters are the plain ones to a browser: another ending, and not what was written.
    (
        GLOSS,
        "https://\uff56antelle.net/",
        {},
        f"{NO_LIST} {ENDING} url.rewritten_by_browser",
        UNVERIFIED,
    ),
    # With its accents it is the brand's own spelling.
    (
        ACCENT,
        "https://s\u00e9r\u00e9nique.com/",
        {},
        f"{NO_LIST} {ENDING}",
        UNVERIFIED,
    ),
    (ACCENT, "https://ser\u0113nique.com/", {}, f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    # An alphabet of its own resembles nobody.
    (GLOSS, "https://\u043a\u0440\u0430\u0441\u043e\u0442\u0430.com/", {}, NO_LIST, UNVERIFIED),
    (GLOSS, "https://sch\u00f6nheit.de/", {}, NO_LIST, UNVERIFIED),
    (GLOSS, "https://shop.kr\u0430sa.com/", {}, f"{NO_LIST} {MIXED}", SUSPICIOUS),
    (GLOSS, "https://\u7f8e\u5bb9shop.jp/", {}, NO_LIST, UNVERIFIED),
]
SLIPS = [
    (GLOSS, "https://vantellle.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://vnatelle.net/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://vantlele.shop/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://vabtelle.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://vantelke-outlet.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://buyvantelke.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (HAIRIZ, "https://hairriz.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    # An accent beside it hides no slip.
    (GLOSS, "https://vant\u00e9llle.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (GLOSS, "https://vnat\u00e9lle-outlet.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    # Two letters in five are another name; so is a word, and a name that people bear.
    (GLOSS, "https://ventello.com/", {}, NO_LIST, UNVERIFIED),
    (NATIVE, "https://harvests.com/", {}, NO_LIST, UNVERIFIED),
    (HAIRIZ, "https://harris.com/", {}, NO_LIST, UNVERIFIED),
    # A person looked and found two companies.
    (GLOSS, "https://vantele.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (MARKED, "https://vantele.com/", {}, NO_LIST, UNVERIFIED),
    # Sellers that the brand names can be imitated too.
    (SOLD, "https://quilfeather.com/", {}, f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (
        SOLD,
        "https://quillfeather.deals.net/",
        {},
        f"{NO_LIST} name.brand_in_subdomain",
        SUSPICIOUS,
    ),
    (SOLD, "https://quillfeather-outlet.com/", {}, f"{NO_LIST} {INSIDE}", UNVERIFIED),
]
OTHERS = [
    (HAIRIZ, "https://vantellle.com/", beside("vantelle.com"), f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (HAIRIZ, "https://vantellle.com/", beside("Vantelle"), f"{NO_LIST} {TYPO}", SUSPICIOUS),
    (HAIRIZ, "https://vante11e.com/", beside("vantelle.com"), f"{NO_LIST} {DRAWN}", SUSPICIOUS),
    (
        HAIRIZ,
        "https://vantelle.com.deals.net/",
        beside("vantelle.com"),
        f"{NO_LIST} name.brand_domain_embedded",
        SUSPICIOUS,
    ),
    (
        HAIRIZ,
        "https://van-telle.com/",
        beside("vantelle.com"),
        f"{NO_LIST} name.joined_or_split",
        SUSPICIOUS,
    ),
    (
        HAIRIZ,
        "https://vantelle.myshopify.com/",
        beside("vantelle.com"),
        f"{NO_LIST} name.brand_in_subdomain seller.hosted_platform",
        MISMATCHED,
    ),
    (HAIRIZ, "https://vantelle.shop/", beside("vantelle.com"), f"{NO_LIST} {ENDING}", UNVERIFIED),
    (HAIRIZ, "https://vantelle-sale.com/", beside("Vantelle"), f"{NO_LIST} {INSIDE}", UNVERIFIED),
    # A shop that is on the list of protected names is itself, wherever else its name comes close.
    (HAIRIZ, "https://vantelle.com/", beside("vantelle.com"), NO_LIST, UNVERIFIED),
    (HAIRIZ, "https://vantelle.fr/", beside("vantelle.com"), NO_LIST, UNVERIFIED),
    (HAIRIZ, "https://vantelle.com/", beside("Vantelle"), NO_LIST, UNVERIFIED),
    (GLOSS, "https://vantellle.com/", beside("vantellle.com"), NO_LIST, UNVERIFIED),
    (GLOSS, "https://vantellle.com/", beside("Vantellle"), NO_LIST, UNVERIFIED),
]
ROWS = [*CHARACTERS, *SLIPS, *OTHERS]
