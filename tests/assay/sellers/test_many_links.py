"""The judge of many links against the judge of one, over worlds and links."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shop.assay.sellers.checks import Judge, judge
from shop.assay.sellers.facts import (
    Authorization,
    AuthorizationStatus,
    Host,
    NotAuthorized,
    Proof,
    ProofMethod,
    ProofState,
    Seller,
    SellerList,
    Source,
)
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.observed import Observed
from shop.assay.sellers.protected import Index
from shop.assay.sellers.register import Register
from tests.assay.sellers.cases import ROWS
from tests.assay.sellers.worlds import AT, HAIRIZ, MAREN, offer

INDEX = Index.build(["olaplex.com", "vantelle.com", "brushandbay.com", "Kerastase", "maren.co.uk"])
NAMES = ["vantelle.com", "a.vantelle.com", "b.a.vantelle.com", "shop.co.uk", "co.uk", "awin1.com"]
NAMES += ["olaplex.net", "corner.local", "home.arpa", "xn--bcher-kva.com", "tenant.myshopify.com"]
DAYS = st.none() | st.integers(-3, 3).map(lambda days: AT.date() + timedelta(days=days))
PROOFS = st.builds(
    Proof, st.sampled_from(ProofState), st.sampled_from(ProofMethod), DAYS, DAYS, DAYS
)
HOSTS = st.builds(Host, st.sampled_from(NAMES), PROOFS, st.booleans())
SAID = st.builds(
    Authorization,
    st.sampled_from(Source),
    st.sampled_from(AuthorizationStatus),
    DAYS,
    DAYS,
    DAYS,
    DAYS,
    st.sampled_from([(), (("a",),), (("b", "c"),)]),
    st.sampled_from([(), ("US",), ("SE",)]),
    st.sampled_from([(), ("Serum",), ("Oil",)]),
)
SELLERS = st.builds(
    Seller,
    st.sampled_from(["Vantelle", "Corner", "Bazaar"]),
    st.lists(HOSTS, max_size=3).map(tuple),
    st.none() | SAID,
    st.booleans(),
)
WORLDS = st.builds(
    dataclasses.replace,
    st.just(HAIRIZ),
    official=st.lists(HOSTS, max_size=1).map(tuple),
    sellers=st.lists(SELLERS, max_size=4).map(tuple),
    seller_list=st.none() | st.builds(SellerList, st.just(date(2026, 10, 3)), DAYS),
    not_authorized=st.lists(
        st.builds(NotAuthorized, st.sampled_from(NAMES), st.just(AT.date())), max_size=1
    ).map(tuple),
    product_keys=st.just(("serum",)),
)
LINKS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["https://", "https://", "http://", "https://u@", "//", "HTTPS:"]),
        st.sampled_from(["", "", "www.", "a.", "b.a."]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "", "", ".", ":8443"]),
        st.sampled_from(["", "/", "/a", "/a/b", "/b/../a", "/b/c?x#y", "/vantelle.com", "/a%2fb"]),
    ),
)

OWNERS = [
    "olaplex",
    "vantelle",
    "brushandbay",
    "kerastase",
    "maren",
    "marenoak",
    "corner",
    "hairiz",
]
ENDINGS = [".com", ".net", ".de", ".co.uk", ".com.br", ".shop", ".example", ".nowhere", ".local"]
ENDINGS += [".myshopify.com", ".blogspot.com", ".s3.amazonaws.com", ".ck", ".home.arpa", ".com."]
BESIDE = ["", "", "", "shop", "-outlet", "-com", "s", "zq", "watches", "usa", "-official-store"]
ODD_LETTERS = "aeiouylnrst0135-.\u0430\u00e9"


def slipped(label, slips):
    """A label after some slips: letters changed, added, left out and swapped."""
    for kind, place, letter in slips:
        at = place % (len(label) or 1)
        changed = {"change": letter, "add": letter + label[at : at + 1], "drop": ""}
        swapped = label[at : at + 2][::-1]
        rest = at + 2 if kind == "swap" else at + 1
        label = label[:at] + changed.get(kind, swapped) + label[rest:]
    return label


SLIPS = st.tuples(
    st.sampled_from(["change", "add", "drop", "swap"]),
    st.integers(0, 20),
    st.sampled_from(ODD_LETTERS),
)
LABELS = st.builds(slipped, st.sampled_from(OWNERS), st.lists(SLIPS, max_size=3))
STRANGE_HOSTS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "www.", "olaplex.com.", "vantelle.", "deals.", "a..", "www-"]),
        st.sampled_from(["", "", "", "buy", "my", "the-", "xn--"]),
        LABELS,
        st.sampled_from(BESIDE),
        st.sampled_from(ENDINGS),
    ),
)
HOSTS_OF_LINKS = STRANGE_HOSTS | st.sampled_from(
    "192.168.0.1 0x7f.1 [::1] localhost bit.ly go.skimresources.com com b\u00fccher.de ab.com "
    f"xn--e1afmkfd.com sofa-watches.com {'a.' * 130}com".split()
)
STRANGE_LINKS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["https://"] * 6 + ["http://", "https:", "https://u:p@", " https://"]),
        HOSTS_OF_LINKS,
        st.sampled_from(["", "", "", ":443", ":8443", "\\", "\t", " "]),
        st.sampled_from(["", "/", "/a?u=https://vantelle.com/", "/vantelle.com", "?x.y", "#a.b"])
        | st.text(max_size=8),
    ),
)


def at_length(world, link, at):
    """An empty observation that is not *the* empty observation makes the judge go the long way."""
    read = parse(link)
    near = INDEX.near(read) if read.is_valid else ()
    return judge(offer(world, link, protected=near, observed=Observed()), at=at)


def many(world, at=AT):
    return Judge(Register(world), INDEX, at=at).judge


CORNERS = tuple(
    Seller(f"Corner {at}", (Host(f"corner-{at}{at}.de"),), Authorization(Source.STAFF))
    for at in range(40)
)
# The last one has more sellers than are compared one by one.
CROWDED = dataclasses.replace(MAREN, sellers=(*MAREN.sellers, *CORNERS))
JUDGED = [(world, many(world)) for world in (HAIRIZ, MAREN, CROWDED)]


@pytest.mark.parametrize("world", [MAREN, HAIRIZ], ids=["much known", "nothing known"])
def test_links_of_the_table_get_what_one_alone_gets(world):
    judged = many(world)
    for link in {row[1] for row in ROWS}:
        expected = at_length(world, link, AT)
        assert judged(link) == expected, link
        assert judged(link) == expected, link  # nor does a second look change anything


@given(WORLDS, st.lists(LINKS, min_size=1, max_size=8), st.integers(-4, 4))
def test_any_link_in_any_world_gets_what_it_alone_gets(world, links, days):
    at: datetime = AT + timedelta(days=days)
    judged = many(world, at)
    for link in links:
        assert judged(link) == at_length(world, link, at), link


@given(STRANGE_LINKS)
@example("https://www.hairizz.com/serum")
@example("https://olaplx-outlet.de/")
@example("https://kerastase.example/a.b")
@settings(max_examples=500)
def test_a_link_to_a_stranger_gets_what_it_alone_gets(link):
    for world, judged in JUDGED:
        assert judged(link) == at_length(world, link, AT), link


def test_every_slip_in_a_name_gets_what_it_alone_gets():
    """Whatever is left aside without a comparison: exhaustively for one edit of some names."""
    world, judged = JUDGED[0]
    for name in ("vantelle", "olaplex", "brushandbay", "marenoak"):
        for at in range(len(name) + 1):
            for kind in ("change", "add", "drop", "swap"):
                for letter in "aeqz1-" if kind in {"change", "add"} else "a":
                    link = f"https://www.{slipped(name, [(kind, at, letter)])}.net/p/1"
                    assert judged(link) == at_length(world, link, AT), link
