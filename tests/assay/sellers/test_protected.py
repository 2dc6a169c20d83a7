"""The index of protected names finds every name that the judge could say something about."""

import dataclasses
import random

import pytest
from rapidfuzz.distance import OSA

from shop.assay.sellers.checks import judge
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.protected import Index
from shop.assay.sellers.typos import farthest, typo_of
from tests.accuracy.imitations import Imitator
from tests.assay.sellers.worlds import AT, HAIRIZ, offer

NAMES = (
    "vantelle.com",
    "Quillfeather",
    "l\xf6ckchen.de",
    "maren-oak.co.uk",
    "shop.brushandbay.com",
    "dm.de",
    "Kopari Beauty",
    "quorvix.example",
    "x.myshopify.com",
    "oqv.com",
)
INDEX = Index.build(NAMES)


def near(host):
    return INDEX.near(parse(f"https://{host}/"))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("vantelle.com", "vantelle.com"),
        ("www.vantelle.com", "vantelle.com"),
        ("vantelle.net", "vantelle.com"),
        ("vantellle.com", "vantelle.com"),
        ("vnatelle-outlet.com", "vantelle.com"),
        ("buyvantele.com", "vantelle.com"),
        ("vante11e.com", "vantelle.com"),
        ("v\u0430ntelle.com", "vantelle.com"),
        ("v\u0430ntelle-sale.com", "vantelle.com"),
        ("vantelle.deals.net", "vantelle.com"),
        ("vant\u0435lle.deals.net", "vantelle.com"),
        ("vantelle.com.deals.net", "vantelle.com"),
        ("cheap-vantelle-outlet.com", "vantelle.com"),
        ("van.telle.com", "vantelle.com"),
        ("vantelle-com.net", "vantelle.com"),
        ("wwwvantelle.com", "vantelle.com"),
        ("quil-feather.com", "Quillfeather"),
        ("qiullfeahter.com", "Quillfeather"),
        ("locckchen.com", "l\xf6ckchen.de"),
        ("marenoak.com", "maren-oak.co.uk"),
        ("brushandbay.net", "shop.brushandbay.com"),
        ("dm.de.deals.net", "dm.de"),
        ("vant\xe9llle.com", "vantelle.com"),
        ("oqvdirect.com", "oqv.com"),
        ("buyoqv.com", "oqv.com"),
        ("kopari-outlet.com", "Kopari Beauty"),
        ("koparibeauty.net", "Kopari Beauty"),
    ],
)
def test_near_finds_the_name(host, found):
    assert found in near(host)


@pytest.mark.parametrize(
    "host", ["nobody.net", "192.0.2.7", "localhost", "deals.net", "vent.com", "dmx.com"]
)
def test_near_finds_nothing_where_nothing_is(host):
    assert near(host) == ()


def test_index_is_the_same_for_the_same_names_in_any_order():
    again = Index.build([*reversed(NAMES), NAMES[0]])
    assert again.stamp == INDEX.stamp
    assert len(again) == len(NAMES)
    assert Index.build(NAMES[1:]).stamp != INDEX.stamp


def test_empty_index_finds_nothing():
    empty = Index.build([])
    assert len(empty) == 0
    assert empty.near(parse("https://vantelle.com/")) == ()


def test_word_of_a_trade_is_not_looked_for_inside_other_names():
    shops = [f"apteka{name}.ru" for name in ("nevis", "mir", "puls", "antey", "april")]
    index = Index.build(["Apteka", *shops])
    assert index.near(parse("https://aptekadoma.ru/")) == ()
    assert "Apteka" in index.near(parse("https://apteka.net/"))


def test_index_keeps_what_comparing_with_every_name_would_find():
    """Against the judge without an index, which compares with all names."""
    made = random.Random(7)  # noqa: S311 - the same names in every run
    names = [
        "".join(made.choices("aeiou", k=1) + made.choices("bdklmnprstvx", k=1)) for _ in "x" * 99
    ]
    hosts = [f"{''.join(made.sample(names, 3))}{made.choice('aeo')}.com" for _ in range(60)]
    index = Index.build(hosts)
    compared = 0
    for host in hosts:
        imitator = Imitator(host.removesuffix(".com"), "com", "index")
        links = [
            *imitator.with_words(),
            *(f"{label}.net" for _, label in imitator.slips()),
            *imitator.as_subdomain(),
            *imitator.embedded(),
            *imitator.moved(),
            *imitator.redrawn(),
        ]
        for link in (f"https://{each}/" for each in links):
            facts = offer(HAIRIZ, link)
            by_index = dataclasses.replace(facts, protected=index.near(parse(link)))
            by_all = dataclasses.replace(facts, protected=tuple(sorted(hosts)))
            assert judge(by_index, at=AT) == judge(by_all, at=AT), link
            compared += 1
    assert compared > 1000


@pytest.mark.parametrize("length", range(5, 15))
def test_names_within_their_edits_are_found_whatever_the_edits(length):
    """Against the definition: the distance to every name, as rapidfuzz has it."""
    made = random.Random(length)  # noqa: S311 - the same names in every run
    labels = {"".join(made.choices("abcde", k=length)) for _ in range(40)}
    index = Index.build(f"{label}.com" for label in labels)
    found = 0
    for label in sorted(labels):
        for _ in range(50):
            text = edited(made, edited(made, label))
            limits = {each: farthest(each) for each in labels}
            close = {each for each in labels if OSA.distance(text, each) <= limits[each]}
            near_by = set(index.near(parse(f"https://{text}.net/")))
            assert {f"{each}.com" for each in close} <= near_by, text
            found += len(close)
    assert found > 400


def edited(made, text):
    """One edit, or none."""
    at = made.randrange(len(text))
    letter = made.choice("abcdez")
    return made.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        )
    )


def test_two_slips_in_a_long_name_are_found():
    made = random.Random(3)  # noqa: S311 - the same slips in every run
    found = 0
    for _ in range(300):
        label = list("quillfeather")
        for _ in range(2):
            at = made.randrange(len(label))
            match made.randrange(4):
                case 0:
                    del label[at]
                case 1:
                    label.insert(at, made.choice("aeioxz"))
                case 2:
                    label[at] = made.choice("aeioxz")
                case _ if at:
                    label[at - 1], label[at] = label[at], label[at - 1]
        text = "".join(label)
        if typo_of(text, "quillfeather") is not None:
            found += 1
            assert "Quillfeather" in near(f"{text}.com"), text
    assert found > 100
