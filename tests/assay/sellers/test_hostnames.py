"""A link opens what a browser opens. The expected hosts were read off Chromium's URL parser."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.sellers.hostnames import Problem, host_of, parse, path_of, suffixes
from shop.assay.sellers.paths import is_below


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://hairiz.com", "hairiz.com"),
        ("HTTPS://HAIRIZ.COM:443/a", "hairiz.com"),
        ("  https://hairiz.com\n", "hairiz.com"),
        ("https://hairiz.com.", "hairiz.com."),  # the root's dot is a part of what opens
        ("https:hairiz.com", "hairiz.com"),
        ("https:/hairiz.com", "hairiz.com"),
        ("https:////hairiz.com", "hairiz.com"),
        ("https://evil.net\\@hairiz.com/", "evil.net"),  # a backslash is a slash
        ("https://hairiz.com@evil.net/", "evil.net"),
        ("https://hairiz.com:pass@evil.net/", "evil.net"),
        ("https://h\tairi\nz.com", "hairiz.com"),
        ("https://h%61iriz.com", "hairiz.com"),
        ("https://ｈａｉｒｉｚ.com", "hairiz.com"),  # noqa: RUF001 - full width
        ("https://hairiz。com", "hairiz.com"),
        ("https://hai\u00adriz.com", "hairiz.com"),  # soft hyphen
        ("https://hairіz.com", "xn--hairz-q2e.com"),  # noqa: RUF001 - a Cyrillic i
        ("https://faß.de", "xn--fa-hia.de"),
        ("https://xn--hiriz-2of.com", "xn--hiriz-2of.com"),
        ("https://a..com", "a..com"),
        ("https://a_b.com", "a_b.com"),
        ("https://2130706433/", "127.0.0.1"),
        ("https://0x7f.1/", "127.0.0.1"),
        ("https://0177.0.0.1/", "127.0.0.1"),
        ("https://１２７.1", "127.0.0.1"),  # noqa: RUF001 - full-width digits
        ("https://[::1]:8443/", "[::1]"),
        ("https://[0:0:0:0:0:ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
        ("https://hairiz.com?@evil.net", "hairiz.com"),
        ("https://hairiz.com#@evil.net", "hairiz.com"),
        ("https://" + "a" * 10_000 + ".com", "a" * 10_000 + ".com"),
    ],
)
def test_host_is_what_a_browser_opens(text, host):
    assert parse(text).host == host


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.NOT_ABSOLUTE),
        ("hairiz.com/serum", Problem.NOT_ABSOLUTE),
        ("//hairiz.com", Problem.NOT_ABSOLUTE),
        ("/serum", Problem.NOT_ABSOLUTE),
        ("\x00", Problem.NOT_ABSOLUTE),
        ("mailto:a@hairiz.com", Problem.SCHEME_NOT_WEB),
        ("ftp://hairiz.com", Problem.SCHEME_NOT_WEB),
        ("hairiz.com:8080/x", Problem.SCHEME_NOT_WEB),  # to a browser hairiz.com is the scheme
        ("javascript:alert(1)", Problem.SCRIPT),
        (" java\nscript:alert(1)", Problem.SCRIPT),
        ("DATA:text/html,x", Problem.SCRIPT),
        ("https://", Problem.INVALID),
        ("https://hairiz.com:99999", Problem.INVALID),
        ("https://%00.com", Problem.INVALID),
        ("https://[::1", Problem.INVALID),
        ("https://a b.com", Problem.INVALID),
        ("https://1.2.3.4.5/", Problem.INVALID),
        ("https://\ud800.com", Problem.INVALID),  # half a character
        ("https://hai\u200driz.com", Problem.INVALID),
        ("https://" + "é" * 10_000 + ".com", Problem.INVALID),
    ],
)
def test_what_is_no_web_address_says_why(text, problem):
    link = parse(text)
    assert link.problem is problem
    assert not link.is_valid
    assert link.host == ""


@pytest.mark.parametrize(
    ("text", "registrable", "platform", "site"),
    [
        ("https://shop.hairiz.com", "hairiz.com", "", "hairiz.com"),
        ("https://www.hairiz.co.uk", "hairiz.co.uk", "", "hairiz.co.uk"),
        ("https://hairiz.com.", "hairiz.com", "", "hairiz.com"),
        (
            "https://a.hairiz.myshopify.com",
            "hairiz.myshopify.com",
            "myshopify.com",
            "myshopify.com",
        ),
        ("https://hairiz.github.io", "hairiz.github.io", "github.io", "github.io"),
        ("https://myshopify.com", "myshopify.com", "", "myshopify.com"),  # the platform itself
        ("https://hairiz.uk.com", "hairiz.uk.com", "", "hairiz.uk.com"),  # sold like an ending
        ("https://hairiz.com.ru", "hairiz.com.ru", "", "hairiz.com.ru"),
        ("https://shop.marenoak.example", "marenoak.example", "", "marenoak.example"),
        ("https://co.uk", "", "", ""),
        ("https://hairiz", "", "", ""),
        ("https://a..com", "", "", ""),
        ("https://192.0.2.7", "", "", ""),
    ],
)
def test_registrable_name_counts_private_suffixes(text, registrable, platform, site):
    link = parse(text)
    assert (link.registrable, link.platform, link.site) == (registrable, platform, site)


@pytest.mark.parametrize(
    ("text", "is_public", "is_internal"),
    [
        ("https://hairiz.com", True, False),
        ("https://marenoak.example", True, False),
        ("https://co.uk", False, False),
        ("https://hairiz", False, False),
        ("https://hairiz.notanending", False, False),
        ("https://localhost", False, True),
        ("https://printer.local", False, True),
        ("https://shop.home.arpa", True, True),
    ],
)
def test_ending_tells_public_from_internal_names(text, is_public, is_internal):
    link = parse(text)
    assert (link.is_public, link.is_internal) == (is_public, is_internal)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://hairiz.com/x", None),
        ("https://HAIRIZ.com:443/x", None),  # neither case nor port is a rewriting
        ("https://FAß.de", None),
        ("https://user@hairiz.com/", None),  # told apart by has_credentials
        ("https://hairiz。com", "hairiz。com"),
        ("https://evil.net\\@hairiz.com/", "hairiz.com"),
        ("https://hairiz.com\\.evil.net/", "hairiz.com\\.evil.net"),
        ("https:hairiz.com", "https:hairiz.com"),
        ("http://2130706433/", "2130706433"),
    ],
)
def test_rewriting_is_noticed(text, written):
    link = parse(text)
    assert link.is_rewritten is (written is not None)
    assert link.as_written == (written or "")


def test_idn_is_shown_with_its_punycode():
    assert parse("https://fa\u00df.de").shown == "fa\u00df.de (xn--fa-hia.de)"
    assert parse("https://hairiz.com").shown == "hairiz.com"


@pytest.mark.parametrize(
    ("path", "segments"),
    [
        ("/a/../b/./c/", ("b", "c")),
        ("/a/%2e%2e/b", ("b",)),
        ("/a//b", ("a", "", "b")),
        ("/..\\..\\b", ("b",)),
        ("", ()),
    ],
)
def test_path_is_resolved_before_it_is_compared(path, segments):
    assert parse(f"https://hairiz.com{path}").segments == segments


@pytest.mark.parametrize(
    ("path", "is_inside"),
    [
        ("/stores/hairiz", True),
        ("/stores/hairiz/serum?x=1", True),
        ("/stores/hairiz-deals", False),  # whole segments
        ("/stores/hairiz/../evil", False),
        ("/stores/hairiz/..%2fevil", False),  # some servers decode it and go up
        ("/stores/hairiz/..;/evil", False),  # some servers drop the parameter and go up
        # Decoded twice, after a ";" that is escaped, past a NUL or a space, written too long.
        ("/stores/hairiz/%252e%252e/evil", False),
        ("/stores/hairiz/..%252fevil", False),
        ("/stores/hairiz/..%3b/evil", False),
        ("/stores/hairiz/.%00./evil", False),
        ("/stores/hairiz/..%20/evil", False),
        ("/stores/hairiz/%c0%ae%c0%ae/evil", False),
        ("/stores/hairiz/50%25;size=50", True),
        ("/stores/hairiz/s%C3%A9rum%20..", True),
        ("/stores//hairiz", False),
        ("/Stores/hairiz", False),
        ("/", False),
    ],
)
def test_page_lies_below_a_prefix_by_whole_segments(path, is_inside):
    segments = parse(f"https://market.example{path}").segments
    assert is_below(segments, path_of("/stores/hairiz/")) is is_inside


def test_name_too_long_for_dns_stands_nowhere():
    link = parse("https://" + "a." * 60_000 + "com/")
    assert (link.registrable, link.suffix, link.is_public) == ("", "", False)
    assert parse("https://" + "a." * 120 + "com/").registrable == "a.com"


def test_no_path_lies_below_nothing():
    assert not is_below(("a",), ())


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("hairiz.com", "hairiz.com"),
        (" HAIRIZ.com. ", "hairiz.com"),
        ("https://www.hairiz.com/about", "www.hairiz.com"),
        ("//hairiz.com", "hairiz.com"),
        ("hairiz.com:8080", "hairiz.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("mailto:a@hairiz.com", ""),
        ("192.0.2.7", ""),
        ("two words", ""),
        ("", ""),
    ],
)
def test_host_of_takes_hosts_and_addresses(text, host):
    assert host_of(text) == host


def test_suffixes_walk_from_the_whole_name_to_its_ending():
    assert suffixes("a.b.com") == ("a.b.com", "b.com", "com")


# Texts near to links: random text alone almost never parses.
_near_links = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http:", "https:/\\", "//", "", "javascript:", "HTTPS://u:p@"]),
    st.text(alphabet="aäіⅰ0.。-%41@:\\\t\x00[]x", max_size=30),  # noqa: RUF001 - that is the point
    st.sampled_from([".com", ".co.uk", ".example", ".myshopify.com", "", ":8080", "."]),
    st.text(alphabet="/.%2eF;\\?#aä", max_size=20),
)


@given(_near_links | st.text(max_size=60))
def test_normalising_is_idempotent(text):
    link = parse(text)
    if not link.is_valid:
        return
    again = parse(link.href)
    assert (again.href, again.host, again.port) == (link.href, link.host, link.port)
    assert (again.registrable, again.segments) == (link.registrable, link.segments)
    assert not again.is_rewritten


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_read_without_an_error(text):
    assert parse(text).text == text
    assert host_of(text) == host_of(host_of(text)) or not host_of(text)


@pytest.mark.parametrize("piece", ["a", "é", "a.", "%61", "\\", "@", "\ud800", "\t", "[", "ａ"])  # noqa: RUF001
def test_a_link_of_a_megabyte_is_answered_at_once(piece):
    started = time.perf_counter()
    parse("https://" + piece * 1_000_000 + "com")
    assert time.perf_counter() - started < 2
