"""The judge of many links against the judge of one, over worlds and links."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
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


def at_length(world, link, at):
    """An empty observation that is not *the* empty observation makes the judge go the long way."""
    read = parse(link)
    near = INDEX.near(read) if read.is_valid else ()
    return judge(offer(world, link, protected=near, observed=Observed()), at=at)


def many(world, at=AT):
    return Judge(Register(world), INDEX, at=at).judge


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
