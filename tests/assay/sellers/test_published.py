"""A brand's list as it may come: every mistake with its path, and bad input in bounded time."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shop.assay.sellers.facts import Host
from shop.assay.sellers.published import (
    LARGEST,
    SCHEMA,
    ListedSeller,
    RefusedHost,
    fit,
    read,
)
from shop.assay.sellers.published_text import MOST_PROBLEMS

TODAY = date(2026, 10, 3)
ADDRESS = "https://hairiz.com/.well-known/authorized-sellers.json"
SELLER = {"name": "Brush & Bay", "domains": ["brushandbay.com"]}
LIST = {
    "version": 1,
    "brand": "HAIRIZ",
    "canonical": ADDRESS,
    "expires": "2027-01-31",
    "sellers": [SELLER],
}


def told(document, **more):
    """(path, is a warning) of every problem of a document, or of bytes."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    reading = read(data, today=TODAY, **more)
    assert (reading.list is None) == any(not each.is_warning for each in reading.problems)
    return [(each.path, each.is_warning) for each in reading.problems]


def with_seller(**more):
    return LIST | {"sellers": [SELLER | more]}


def test_whole_list_is_read():
    document = LIST | {
        "sellers": [
            {
                "name": " Brush & Bay ",
                "domains": ["BrushAndBay.com.", "bürste.example", "\uff42\uff41\uff59.example"],
                "paths": ["/stores/hairiz/"],
                "regions": ["us", "UK", "001"],
                "products": ["3D Exosome", "00012345600012"],
                "relation": "direct",
                "from": "2026-01-01",
                "until": "2026-12-31",
            },
            {"name": "Pell", "domains": ["pell.example"]},
        ],
        "not_authorized": [
            {"domain": "hairiz-outlet.com", "since": "2026-09-01"},
            {"domain": "xn--brste-kva.com"},
        ],
    }
    reading = read(json.dumps(document).encode(), today=TODAY)

    assert reading.problems == ()
    assert reading.list.brand == "HAIRIZ"
    assert reading.list.canonical == ADDRESS
    assert reading.list.expires_on == date(2027, 1, 31)
    assert reading.list.sellers == (
        ListedSeller(
            "Brush & Bay",
            ("brushandbay.com", "xn--brste-kva.example", "bay.example"),
            ("/stores/hairiz",),
            ("US", "GB", "001"),
            ("3D Exosome", "00012345600012"),
            "direct",
            date(2026, 1, 1),
            date(2026, 12, 31),
        ),
        ListedSeller("Pell", ("pell.example",)),
    )
    assert reading.list.not_authorized == (
        RefusedHost("hairiz-outlet.com", date(2026, 9, 1)),
        RefusedHost("xn--brste-kva.com"),
    )


def test_british_spelling_of_the_key_is_read():
    document = LIST | {"not_authorised": [{"domain": "hairiz-outlet.com"}]}

    reading = read(json.dumps(document).encode(), today=TODAY)

    assert reading.list.not_authorized == (RefusedHost("hairiz-outlet.com"),)


def test_list_of_nobody_is_a_list():
    assert told(LIST | {"sellers": []}) == []


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ([], ["$"]),
        ("text", ["$"]),
        (3, ["$"]),
        (None, ["$"]),
        ({}, ["$"] * 5),
        (LIST | {"version": 2}, ["$.version"]),
        (LIST | {"version": True}, ["$.version"]),
        (LIST | {"brand": ""}, ["$.brand"]),
        (LIST | {"sellers": {}}, ["$.sellers"]),
        (LIST | {"sellers": ["Brush & Bay"]}, ["$.sellers[0]"]),
        (LIST | {"sellers": [SELLER] * 10_001}, ["$.sellers"]),
        (LIST | {"not_authorized": [], "not_authorised": []}, ["$.not_authorised"]),
        (LIST | {"canonical": "http://hairiz.com/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": "hairiz.com/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": "https://me@hairiz.com/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": "https://10.0.0.1/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": "https://localhost/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": "https://co.uk/list.json"}, ["$.canonical"]),
        (LIST | {"canonical": f"{ADDRESS}#x"}, ["$.canonical"]),
        (LIST | {"expires": "soon"}, ["$.expires"]),
        (LIST | {"expires": "2026-02-30"}, ["$.expires"]),
        (LIST | {"expires": "2026-12-31\n"}, ["$.expires"]),
        (LIST | {"expires": "\uff12\uff10\uff12\uff16-12-31"}, ["$.expires"]),
        (LIST | {"expires": "2026-10-02"}, ["$.expires"]),
        (LIST | {"expires": "2026-10-03"}, []),
        (LIST | {"expires": "2027-11-07"}, []),
        (LIST | {"expires": "2027-11-08"}, ["$.expires"]),
        (with_seller(name=5), ["$.sellers[0].name"]),
        (with_seller(name="?!"), ["$.sellers[0].name"]),
        (with_seller(name="x" * 201), ["$.sellers[0].name"]),
        (with_seller(name="\ufdfa" * 200), ["$.sellers[0].name"]),
        (with_seller(domains=[]), ["$.sellers[0].domains"]),
        (with_seller(domains="brushandbay.com"), ["$.sellers[0].domains"]),
        (with_seller(domains=[7]), ["$.sellers[0].domains[0]"]),
        (with_seller(relation="friend"), ["$.sellers[0].relation"]),
        (with_seller(regions=["US", "USA", "EU"]), [f"$.sellers[0].regions[{n}]" for n in (1, 2)]),
        (with_seller(until="2026-13-01"), ["$.sellers[0].until"]),
        ({**LIST, "sellers": [SELLER | {"from": "2026-02-02", "until": "2026-02-01"}]},
         ["$.sellers[0].until"]),
        (with_seller(relation="marketplace-store"), ["$.sellers[0].paths"]),
        (with_seller(relation="marketplace-store", domains=["bay.myshopify.com"]), []),
        (with_seller(relation="marketplace-store", paths=["/stores/bay"]), []),
        (LIST | {"not_authorized": [{}]}, ["$.not_authorized[0]"]),
        (LIST | {"not_authorized": [{"domain": "com"}]}, ["$.not_authorized[0].domain"]),
        (LIST | {"not_authorised": [{"domain": "a.com", "since": "2026-10-04"}]},
         ["$.not_authorised[0].since"]),
    ],
)  # fmt: skip
def test_mistake_is_told_at_its_path(document, paths):
    assert told(document) == [(path, False) for path in paths]


@pytest.mark.parametrize(
    "domain",
    [
        "", " ", "https://brushandbay.com", "brushandbay.com/", "brushandbay.com:443", "a@b.com",
        "com", "co.uk", "myshopify.com", "github.io", "localhost", "shop", "router.local",
        "10.0.0.1", "0x7f.1", "[::1]", "*.brushandbay.com", "a_b.com", "-a.com", "a..com",
        "brush bay.com", "xn--a.com\u2028", " a.com", "a.com\t", "*", ".", "a" * 64 + ".com",
        ".".join(["a" * 60] * 5) + ".com",
    ],
)  # fmt: skip
def test_text_that_is_no_seller_s_host_is_told(domain):
    assert told(with_seller(domains=["brushandbay.com", domain])) == [
        ("$.sellers[0].domains[1]", False)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "", "stores", "/", "//", "/..", "/a/../b", "/./a", "/a?b", "/a#b", "/a%2fb", "/a%5Cb",
        "/a\\b", "/..;/a", " /a", "https://a.com/b",
    ],
)  # fmt: skip
def test_text_that_is_no_path_is_told(path):
    assert told(with_seller(paths=["/stores", path])) == [("$.sellers[0].paths[1]", False)]


@pytest.mark.parametrize(
    ("sellers", "path"),
    [
        ([SELLER | {"domains": ["a.com", "A.com."]}], "$.sellers[0].domains[1]"),
        ([SELLER | {"domains": ["bücher.com", "xn--bcher-kva.com"]}], "$.sellers[0].domains[1]"),
        ([SELLER | {"paths": ["/a", "/a/"]}], "$.sellers[0].paths[1]"),
        ([SELLER, SELLER], "$.sellers[1]"),
        ([SELLER, SELLER | {"name": "Brush and Co"}], "$.sellers[1].domains[0]"),
        (
            [SELLER | {"paths": ["/a"]}, SELLER | {"name": "Pell", "paths": ["/b", "/a"]}],
            "$.sellers[1].domains[0]",
        ),
        ([SELLER, SELLER | {"regions": ["FR"]}], None),
        ([SELLER | {"paths": ["/a"]}, SELLER | {"name": "Pell", "paths": ["/b"]}], None),
        ([SELLER, SELLER | {"name": "Pell", "paths": ["/b"]}], None),
    ],
)
def test_what_stands_twice_is_told(sellers, path):
    assert told(LIST | {"sellers": sellers}) == ([(path, False)] if path else [])


@pytest.mark.parametrize(
    ("refused", "path"),
    [
        ([{"domain": "a.com"}, {"domain": "A.COM"}], "$.not_authorized[1].domain"),
        ([{"domain": "BRUSHANDBAY.com"}], "$.not_authorized[0].domain"),
        ([{"domain": "cheap.brushandbay.com"}], None),
    ],
)
def test_address_named_both_ways_is_told(refused, path):
    assert told(LIST | {"not_authorized": refused}) == ([(path, False)] if path else [])


@pytest.mark.parametrize(
    ("document", "path", "is_warning"),
    [
        (LIST | {"comment": "hello"}, "$.comment", True),
        (with_seller(city="Oslo"), "$.sellers[0].city", True),
        (with_seller(**{"odd key'": 1}), "$.sellers[0]['odd key'']", True),
        (LIST | {"canonical": "https://hairiz.com:8443/list.json"}, "$.canonical", True),
        # Nearly a key of ours: what it was to limit would be without limit.
        (with_seller(region=["FR"]), "$.sellers[0].region", False),
        (with_seller(Paths=["/a"]), "$.sellers[0].Paths", False),
        (with_seller(product="Serum"), "$.sellers[0].product", False),
        (LIST | {"not-authorized": []}, "$['not-authorized']", False),
    ],
)
def test_unknown_key_is_forgiven_unless_it_is_nearly_known(document, path, is_warning):
    assert told(document) == [(path, is_warning)]


TEXT = json.dumps(LIST)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"", "$"),
        (b" \n", "$"),
        (b"{", "$"),
        (b"<!doctype html><title>Not found</title>", "$"),
        (TEXT.encode("utf-16"), "$"),
        (TEXT.encode("utf-16-be"), "$"),
        (TEXT.encode("utf-32"), "$"),
        (TEXT.replace("Brush", "Br\u00fcsh").encode("latin-1"), "$"),
        (TEXT.replace('"HAIRIZ"', "NaN").encode(), "$.brand"),
        (TEXT.replace('"HAIRIZ"', "-Infinity").encode(), "$.brand"),
        (TEXT.replace('"HAIRIZ"', "1e999").encode(), "$.brand"),
        (TEXT.replace(": 1,", f": {'9' * 5000},").encode(), "$.version"),
        (TEXT.replace('"HAIRIZ"', '"\\ud800"').encode(), "$.brand"),
        (TEXT.replace('"HAIRIZ"', '"\\u202eZIRIAH"').encode(), "$.brand"),
        (TEXT.replace('"HAIRIZ"', '"\\u0000"').encode(), "$.brand"),
        (TEXT.replace('"brand"', '"brand": "Pell", "brand"').encode(), "$.brand"),
        (TEXT.replace('"name"', '"name": "Pell", "name"').encode(), "$.sellers[0].name"),
        (b"[" * 100_000, "$"),
        (b'{"a":' * 100_000, "$"),
        (b" " * (LARGEST + 1), "$"),
        (b"x" * 50_000_000, "$"),
        (TEXT.encode() * 2, "$"),
    ],
    ids=range(22),
)
def test_text_with_no_one_meaning_is_told(data, path):
    assert told(data) == [(path, False)]


def test_nesting_is_told_where_it_becomes_too_deep():
    nested = json.dumps(LIST | {"x": json.loads("[" * 500 + "]" * 500)}).encode()

    assert told(nested) == [("$.x" + "[0]" * 19, False)]


def test_byte_order_mark_is_forgiven():
    assert told(b"\xef\xbb\xbf" + TEXT.encode()) == [("$", True)]


def test_a_million_sellers_are_refused_by_size():
    data = json.dumps(LIST | {"sellers": [{}] * 1_000_000}).encode()

    assert told(data) == [("$", False)]


def test_mistakes_of_shape_and_of_meaning_are_told_together():
    """Else a brand mends its list only to meet new mistakes."""
    document = LIST | {
        "version": 2,
        "expires": "2020-01-01",
        "sellers": [SELLER | {"domains": "x"}, SELLER | {"domains": ["co.uk"]}],
    }
    del document["brand"]

    assert told(document) == [
        ("$", False),
        ("$.version", False),
        ("$.sellers[0].domains", False),
        ("$.expires", False),
        ("$.sellers[1].domains[0]", False),
    ]


@pytest.mark.parametrize(
    "sellers",
    [
        [{}] * 10_000,
        [{"name": "x", "domains": [""] * 150}] * 100,
        [SELLER | {f"unknown key {number}": 1 for number in range(500)}],
        [SELLER | {"regions": ["XX"] * 200}] * 20,
    ],
)
def test_at_most_a_hundred_problems_are_told(sellers):
    assert len(told(LIST | {"sellers": sellers})) == MOST_PROBLEMS


def test_invisible_characters_are_not_repeated():
    reading = read(json.dumps(LIST | {"a\u202eb" * 50: 1}).encode(), today=TODAY)

    assert reading.problems[0].path == "$['" + ("a\ufffdb" * 50)[:40] + "…']"


@pytest.mark.parametrize(
    ("brand", "official", "address", "paths"),
    [
        ("HAIRIZ", [Host("hairiz.com")], ADDRESS, []),
        ("Hairiz", [Host("pell.example"), Host("hairiz.com")], f"{ADDRESS}#top", []),
        ("HAIRIZ", [Host("hairiz.com", is_exact=True)], ADDRESS, []),
        ("Pell", [Host("hairiz.com")], ADDRESS, ["$.brand"]),
        ("HAIRIZ", [], ADDRESS, ["$.canonical"]),
        ("HAIRIZ", [Host("riz.com")], ADDRESS, ["$.canonical"]),
        ("HAIRIZ", [Host("www.hairiz.com")], ADDRESS, ["$.canonical"]),
        ("HAIRIZ", [Host("hairiz.com")], "https://hairiz.com/copy.json", ["$.canonical"]),
        ("HAIRIZ", [Host("hairiz.com")], "https://pell.example/list.json", ["$.canonical"]),
    ],
)
def test_list_counts_for_its_brand_at_its_own_address_alone(brand, official, address, paths):
    published = read(TEXT.encode(), today=TODAY).list

    found = fit(published, brand=brand, official=official, address=address)

    assert [problem.path for problem in found] == paths


def test_brand_that_refuses_its_own_website_is_told():
    document = LIST | {"not_authorized": [{"domain": "hairiz.com"}]}
    published = read(json.dumps(document).encode(), today=TODAY).list

    found = fit(published, brand="HAIRIZ", official=[Host("hairiz.com")], address=ADDRESS)

    assert [problem.path for problem in found] == ["$.not_authorized[0].domain"]


def test_schema_is_one_and_says_what_to_write_everywhere():
    Draft202012Validator.check_schema(dict(SCHEMA))

    def members(part):
        if isinstance(part, dict):
            if "type" in part or "enum" in part or "const" in part:
                yield part
            for key in part.keys() - {"not"}:
                yield from members(part[key])

    assert all(part["description"].startswith("Write ") for part in members(dict(SCHEMA)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([*LIST, *SELLER, "x"]) | st.text(), inner)
    ),
)


@given(ANYTHING)
def test_no_document_breaks_the_reader(document):
    told(json.dumps(document).encode())


@given(st.binary())
def test_no_bytes_break_the_reader(data):
    told(data)
