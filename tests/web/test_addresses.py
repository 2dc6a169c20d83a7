import pytest

from shop.assay import registry
from shop.assay.sellers.hostnames import parse
from shop.web.addresses import breakable, clipped, compare, read_host, spelled

CYRILLIC = (
    "Dashed: Cyrillic small letter a, where the other has the letter a. "
    "In plain letters: xn--mrenoak-2fg.com."
)
LOOKALIKE = registry.rule("name.lookalike_characters")


def shown(pieces):
    return [(piece.text, piece.kind) for piece in pieces]


@pytest.mark.parametrize(
    "url",
    [
        "https://americandiscounttableware.com/x",
        "https://pell-outlet.example/",
        "https://shop.pell.co.uk/",
        "https://xqzvwk.com/",
        "https://b\u00fccher.example/",
        "https://192.168.0.1/",
        "https://[::1]:8080/",
        "https://localhost/",
        "https://a-.-b.example/",
    ],
)
def test_pieces_put_together_are_the_host(url):
    comparison = compare(url, "Pell", [])

    assert "".join(piece.text for piece in comparison.pieces) == parse(url).unicode_host


def test_words_are_named_when_all_of_them_are_words():
    comparison = compare("https://american-discount-tableware.com/", "HAIRIZ", [])

    assert shown(comparison.pieces) == [
        ("american", "word"),
        ("-", "rest"),
        ("discount", "word"),
        ("-", "rest"),
        ("tableware", "off"),
        (".com", "rest"),
    ]
    assert comparison.legend.startswith("Words in the address: “american”")
    assert comparison.legend.endswith("Dashed: a word from another trade.")


def test_letters_that_make_no_words_stay_together():
    comparison = compare("https://xqzvwk.com/", "HAIRIZ", [])

    assert shown(comparison.pieces) == [("xqzvwk", "word"), (".com", "rest")]
    assert comparison.legend == ""


def test_name_of_the_brand_is_marked_in_an_address_that_holds_it():
    assert ("pell", "hit") in shown(compare("https://pell-outlet.example/", "Pell", []).pieces)


@pytest.mark.parametrize(
    ("host", "target", "legend"),
    [
        ("maren0ak.com", "marenoak.com", "Dashed: the digit 0, where the other has the letter o."),
        (
            parse("https://m\u0430renoak.com").shown,
            "marenoak.com",
            CYRILLIC,
        ),
        ("marennoak.com", "marenoak.com", "Dashed: where it differs."),
        ("qxzyzqvk.net", "marenoak.com", "Dashed: where it differs."),
        ("maren.oak.com", "maren-oak.com", "Dashed: “.”, where the other has “-”."),
        ("marenoak.test", "marenoak.com", "Dashed: the ending, where the other has .com."),
    ],
)
def test_difference_is_said_letter_by_letter_where_it_can_be(host, target, legend):
    comparison = compare("https://x.com/", "Maren", [LOOKALIKE.found(h=host, target=target)])

    assert comparison.legend == legend
    assert comparison.twin == target
    assert "".join(piece.text for piece in comparison.twin_pieces) == target


def test_endings_are_compared_whole():
    found = LOOKALIKE.found(h="maren0ak.co.uk", target="marenoak.example")
    comparison = compare("https://maren0ak.co.uk/", "Maren", [found])

    assert shown(comparison.pieces) == [
        ("maren", "rest"),
        ("0", "off"),
        ("ak", "rest"),
        (".co.uk", "off"),
    ]
    assert shown(comparison.twin_pieces)[-1] == (".example", "hit")


def test_host_of_a_finding_is_read_without_its_punycode():
    comparison = read_host("b\u00fccher.example (xn--bcher-kva.example)", "Pell")

    assert comparison.host == "b\u00fccher.example (xn--bcher-kva.example)"
    assert comparison.legend == "In plain letters: xn--bcher-kva.example."


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://marenoak.com@evil.example/x?y#z", "https://evil.example/x?y#z"),
        ("HTTPS://m\u0430renoak.com:8443", "https://xn--mrenoak-2fg.com:8443/"),
        ("http://shop.example:80/", "http://shop.example/"),
    ],
)
def test_link_is_spelled_as_the_browser_sends_it(url, text):
    assert spelled(parse(url)) == text


def test_long_link_is_clipped_after_its_host():
    text = spelled(parse("https://shop.example/" + "a" * 8_000))

    assert len(text) == 160
    assert text.startswith("https://shop.example/aaa")
    assert text.endswith("…")


def test_what_nobody_sees_is_spelled_out():
    assert clipped("https://a.net/\u202emoc\u200b") == "https://a.net/[U+202E]moc[U+200B]"


def test_host_breaks_between_its_words_alone():
    assert breakable("shop.pelloutlet.example", "Pell") == ["shop.", "pell", "outlet", ".example"]
    assert breakable("b\u00fccher.example (xn--bcher-kva.example)", "Pell") == [
        "b\u00fccher.example (xn--bcher-kva.example)"
    ]
