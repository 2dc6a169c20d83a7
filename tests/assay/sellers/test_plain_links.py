"""Links that are read without the parser are read as the parser reads them (docs/adr/0010)."""

import ada_url
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shop.assay.sellers import hostnames
from shop.assay.sellers.hostnames import parse
from tests.assay.sellers.cases import ROWS

PLAIN = hostnames._PLAIN  # noqa: SLF001 - it is what this file is about
ODD = [
    "https://shop.example/a/b?x=%2e%2e#y",
    "https://a.b--c.com/",
    "https://-a.com/",
    "https://a-.com/p",
    "https://a..com/",
    "https://" + "a" * 70 + ".com/",
    "https://" + "a." * 140 + "com/",
    "https://0x7f.com/a",
    "https://1.2.3.four/",
    "https://a.com//b//",
    "https://a.com/a/b...",
    "https://a.com/~x/;y=1/@me:2",
    "https://a.com/?a?b/#/c",
    "https://a.com/$&+,=!*()",
]
NOT_PLAIN = [
    "https://a.com?x",
    "https://a.com#x",
    "https://a.com/?",
    "https://a.com/#",
    "https://a.com/.",
    "https://a.com/../b",
    "https://a.com/%2e%2e/b",
    "https://a.com/'",
    "https://a.com/?'",
    "https://a.com/^|",
    "https://a.com:443/",
    "https://u@a.com/",
    "https://a.com./",
    "https://A.com/",
    "https://1.2.3.4/",
    "https://a.0x1/",
    "https://a/",
    "http://a.com/",
    "https:/a.com/",
    "https://a.com/\n",
    " https://a.com/",
]


def by_parser(text):
    return hostnames._describe(text, text, ada_url.URL(text))  # noqa: SLF001 - the slow way


@pytest.mark.parametrize("text", ODD)
def test_odd_plain_link_is_the_parsers(text):
    assert PLAIN.fullmatch(text)
    assert parse(text) == by_parser(text)


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_a_parser_might_change_is_not_plain(text):
    assert PLAIN.fullmatch(text) is None


@given(st.from_regex(PLAIN, fullmatch=True))
@example("https://a.aa")
def test_any_plain_link_is_the_parsers(text):
    if "xn--" not in text:
        assert parse(text) == by_parser(text)


@given(st.from_regex(PLAIN, fullmatch=True), st.data())
def test_link_with_a_change_is_the_parsers_or_not_plain(text, data):
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text("%./\\:@?#-_ \tAx1'\"<>^`{|}[]\u00e4\u3002\uff0e", max_size=3))
    changed = text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]
    if PLAIN.fullmatch(changed) and "xn--" not in changed:
        assert parse(changed) == by_parser(changed)


def test_links_of_the_table_are_the_parsers():
    plain = [link for _, link, *_ in ROWS if PLAIN.fullmatch(link) and "xn--" not in link]
    assert len(plain) > 100
    assert [parse(link) for link in plain] == [by_parser(link) for link in plain]
