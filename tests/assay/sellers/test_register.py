"""Whose is a host, and what may it be taken for, among few known names and among many?"""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.sellers.checks import judge
from shop.assay.sellers.facts import Host, Seller
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.register import _LIKE_A_HOST, Register
from shop.assay.sellers.sight import sight_of
from tests.assay.sellers.worlds import AT, HAIRIZ, MAREN, listed, offer

# More named sellers than a host is compared with one by one.
MANY = dataclasses.replace(
    HAIRIZ,
    official=(Host("hairiz.com"),),
    sellers=tuple(
        Seller(f"Shop {name}", (Host(f"{name}.com"),), listed())
        for name in (
            *(f"quillfea{at:03}" for at in range(60)),
            "vantelle",
            "marenoak",
        )
    ),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/marenoak.com/serum", ["marenoak.com"]),
        ("/?to=https://brushandbay.com/", ["brushandbay.com"]),
        ("/?to=https%3a%2f%2fbrushandbay.com%2f", ["brushandbay.com"]),
        ("/marenoak.com-outlet/", ["marenoak.com"]),
        ("/www.marenoak.com.sale", ["marenoak.com"]),
        ("/press.marenoak.net", ["press.marenoak.net"]),
        ("/notmarenoak.com/", []),  # another name
        ("/marenoak.company/", []),
        ("/index.html", []),
        ("", []),
    ],
)
def test_known_hosts_are_found_in_a_text_as_whole_names(text, found):
    assert list(Register(MAREN).within(text)) == found


def test_text_made_to_be_slow_is_read_to_a_bound():
    assert list(Register(MAREN).within("a." * 500_000 + "/marenoak.com")) == []


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("vantellle.com", "name.typo"),
        ("vante11e.com", "name.lookalike_characters"),
        ("van-telle.com", "name.joined_or_split"),
        ("vantelle.com.deals.net", "name.brand_domain_embedded"),
        ("vantelle-outlet.com", "name.contains_brand"),
        ("marenoak.shop", "name.same_other_ending"),
        ("hairiz.deals.net", "name.brand_in_subdomain"),
    ],
)
def test_many_sellers_are_imitated_like_few(host, code):
    register = Register(MANY)
    assert len(register.targets) > 60
    assert len(register.near(sight_of(parse(f"https://{host}/")))) < 5
    findings = judge(offer(MANY, f"https://{host}/"), at=AT, register=register)
    assert code in [finding.rule.code for finding in findings]


def test_host_below_a_sellers_is_the_sellers():
    register = Register(MANY)
    assert [known.seller.name for known in register.covering("a.b.vantelle.com")] == [
        "Shop vantelle"
    ]
    assert register.covering("vantelle.com.deals.net") == ()


def test_host_that_dns_cannot_hold_is_below_nobody():
    assert Register(MAREN).covering("a." * 60_000 + "marenoak.com") == ()


@given(st.text(alphabet="a0-. /", max_size=40))
def test_hosts_in_a_text_are_those_of_the_plain_pattern(text):
    """The pattern that never goes back finds what the simple one does."""
    plain = re.compile(r"[a-z0-9][a-z0-9-]*(?:[.][a-z0-9-]+)+")
    assert _LIKE_A_HOST.findall(text) == plain.findall(text)
