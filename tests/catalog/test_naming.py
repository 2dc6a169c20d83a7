import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalog import naming
from shop.plumbing.errors import Refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Crème & Co's", ["creme", "cos"]),
        ("L'Oréal", ["loreal"]),
        ("Brushes berries curls gloss", ["brush", "berry", "curl", "gloss"]),
        ("Straße Æther Ørsted", ["strasse", "aether", "orsted"]),
        ("50ml_pack", ["50ml", "pack"]),
        ("\uff33\uff25\uff32\uff35\uff2d", ["serum"]),
        ("🧴 !?", []),
        ("", []),
    ],
)
def test_words_are_folded(text, words):
    assert naming.words(text) == words


@given(st.text())
def test_words_of_words_are_themselves_and_hold_no_operator(text):
    words = naming.words(text)

    assert all(word.isalnum() for word in words)
    assert "".join(words) == "".join(naming.words("".join(words))) or len(words) != 1


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Maren & Oak Rosemary Scalp Serum", "maren-oak-rosemary-scalp-serum"),
        ("Crème — “brûlée”", "creme-brulee"),
        ("L'Oréal's 3-in-1", "loreals-3-in-1"),
        ("シャンプー", ""),
        ("--", ""),
    ],
)
def test_slug_is_plain(text, slug):
    assert naming.slug(text) == slug


def test_slug_of_a_long_name_is_cut_between_words():
    slug = naming.slug("abcdefgh " * 40)

    assert len(slug) <= naming.MAX_SLUG
    assert set(slug.split("-")) == {"abcdefgh"}
    assert len(naming.slug("a" * 500)) == naming.MAX_SLUG


@given(st.text())
def test_slug_is_an_address_and_stays_one(text):
    slug = naming.slug(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert naming.slug(slug) == slug


@pytest.mark.parametrize(
    ("printed", "key"),
    [("mo-2609 b", "MO2609B"), ("MO2609B", "MO2609B"), ("\uff2d\uff2f-1", "MO1"), ("—", "")],
)
def test_lot_key_is_what_two_prints_share(printed, key):
    assert naming.lot_key(printed) == key


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4006381333931", "04006381333931"),  # EAN-13
        ("012345678905", "00012345678905"),  # UPC-A
        ("96385074", "00000096385074"),  # EAN-8
        ("1 23 45678 90123 1", "12345678901231"),  # ITF-14 with spaces
    ],
)
def test_gtin_with_a_right_check_digit_becomes_14_digits(text, number):
    assert naming.gtin14(text) == number


@pytest.mark.parametrize(
    "text",
    ["4006381333932", "123", "", "400638133393x", "٤٠٠٦٣٨١٣٣٣٩٣١", "9" * 5000, "12345678901"],
)
def test_gtin_that_cannot_be_one_is_refused(text):
    with pytest.raises(Refused) as refusal:
        naming.gtin14(text)

    assert refusal.value.code == "catalog.gtin_invalid"
    assert refusal.value.message.endswith(".")


def test_printable_drops_what_turns_the_reading_direction():
    assert naming.printable("a\u202eb\x00c\u200bd\te") == "abcd e"
