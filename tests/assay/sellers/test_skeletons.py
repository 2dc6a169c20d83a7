"""What looks alike, by Unicode's table; and that the generated modules are what was generated."""

import hashlib
import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.sellers import confusables, dictionary, scripts
from shop.assay.sellers.skeletons import is_mixed, loosened, plain, skeleton

SCRIPTS = Path(__file__).parents[3] / "scripts"


def load(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("olaplex", "olaplex"),
        ("\u043elapl\u0435\u0445", "olaplex"),  # three letters are Cyrillic
        ("\u0455\u0441\u043e\u0440\u0435", "scope"),  # all of them are
        ("\u03b1\u03c1\u03c1le", "apple"),  # Greek
        ("paypaI", "paypal"),
        ("modern", "rnodern"),  # as Unicode draws an m
        ("k\xe9rastase", "ke\u0301rastase"),
        ("ke\u0301rastase", "ke\u0301rastase"),  # however it is composed
        ("\xf8re", "o\u0338re"),
        ("", ""),
    ],
)
def test_skeleton_is_unicodes(text, drawn):
    assert skeleton(text) == drawn


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0lap1ex", "olaplex"),
        ("oIaplex", "olaplex"),
        ("k\xe9rastase", "kerastase"),
        ("k\u0117rasta\u015fe", "kerastase"),
        ("arnika", "amika"),
        ("vvella", "wella"),
        ("clavines", "davines"),
        ("\u0430\u043cika", "amika"),
        ("h4ir|z", "h4iriz"),
    ],
)
def test_loosened_texts_are_the_same_to_a_hurried_reader(one, other):
    assert loosened(one) == loosened(other)


@pytest.mark.parametrize(("one", "other"), [("olaplex", "olapex"), ("amika", "anika")])
def test_loosened_texts_differ_where_letters_do(one, other):
    assert loosened(one) != loosened(other)


@given(st.text(max_size=30))
def test_skeleton_of_a_skeleton_is_itself(text):
    assert skeleton(skeleton(text)) == skeleton(text)
    assert loosened(loosened(text)) == loosened(text) or not text.isascii()


@given(st.text("abcilmnorvw019-", max_size=20))
def test_plain_texts_are_drawn_as_unicode_draws_them(text):
    drawn = skeleton(text).lower().translate(str.maketrans("01i", "oll"))
    for pair, letter in (("rn", "m"), ("vv", "w"), ("cl", "d")):
        drawn = drawn.replace(pair, letter)
    assert loosened(text) == drawn


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("\u0430pple", True),  # a Cyrillic letter among Latin ones
        ("\u03b1pple", True),
        ("\u0e44\u0e17\u0e22abc", True),  # Thai: highly restrictive allows no Latin beside it
        ("\ud55c\u3072", True),  # Korean and Japanese
        ("\u30a2\u30de\u30be\u30f3store", False),  # katakana and Latin, as in Japan
        ("\u6f22\u5b57\u304b\u306aabc", False),
        ("\ud55c\uae00abc", False),
        ("\u043f\u0440\u0438\u0432\u0435\u0442-24", False),  # digits go with every alphabet
        ("l\xf6ckchen", False),
        ("hair-24", False),
        ("", False),
    ],
)
def test_mixed_alphabets_are_told_from_those_written_together(label, expected):
    assert is_mixed(label) is expected


@pytest.mark.parametrize(
    ("module", "checksum"),
    [
        (confusables, "f7e23cc2e6841e40fb794c2f0eebb12319fc87aec248388017dd955ca7093ec6"),
        (scripts, "fb19c80843ce19ede051ec4ac130fa6b2a7477f2c1d96cc3c8ca9fd8b38a8c13"),
        (dictionary, "8bbae4c599521e4b2a70f9fd92cdde9f99a3aab0c1b3b3b482fc38b868579db7"),
    ],
)
def test_table_is_as_it_was_generated(module, checksum):
    assert hashlib.sha256(module.TABLE.encode()).hexdigest() == checksum


def test_tables_say_what_they_come_from():
    assert (confusables.VERSION, scripts.VERSION) == ("15.0.0", "15.0.0")
    assert confusables.SHA256 == "2b10130885c3370b101c52d7baedc452ab7f0e257b86c1e52ee657ecfc29ce64"
    assert scripts.SCRIPTS_SHA256.startswith("cca85d830f46aece")
    assert scripts.EXTENSIONS_SHA256.startswith("7e07313d9d0bee42")
    assert dictionary.SHA256.startswith("c0bccae4a4c0dddc")


def test_generator_keeps_what_a_host_can_hold():
    rows = "\ufeff# Version: 1.2.3\n0430 ;\t0061 ;\tMA\t# a\n0031 ; 006C ; MA\nFF41 ; 0061 ; MA\n"
    # A full-width letter never stands in a host: browsers map it first.
    assert load("build_confusables").prototypes(rows) == {"\u0430": "a", "1": "l"}


def test_generator_joins_ranges_and_prefers_extensions():
    ranges = load("build_confusables").script_ranges(
        "0041..0042 ; Latin # L\n0043 ; Latin\n0030 ; Common\n",
        "0030 ; Deva Arab # N\n",
        "sc ; Latn ; Latin\nsc ; Zyyy ; Common\n",
    )
    assert ranges == [(0x30, 0x30, "Arab Deva"), (0x41, 0x43, "Latn")]


def test_dictionary_is_written_by_beginnings():
    words, common = ["able", "ablest", "zebra"], {"able", "ablest", "Zebra"}
    assert load("build_dictionary").entries(words, common) == ["able: - st", "zebr: a'"]


def test_dictionary_takes_names_without_their_genitive(tmp_path):
    generator = load("build_dictionary")
    for name, lines in {
        "english-proper-names.95": "Maren\nMaren's\nO'Hara\nOak\n",
        "english-upper.50": "Venezia\nZ\xfcrich\n",
        "english-words.50": "oven\n",
    }.items():
        (tmp_path / name).write_text(lines, "latin-1")
    assert generator.names_of(generator.lists_of_names(tmp_path)) == {"maren", "venezia"}


def test_dictionary_knows_letters_after_three_where_these_tell_more():
    three, after_three = load("build_dictionary").surprises(["anna", "annals", "banner", "bana"])
    assert len(three) == 27**3
    told = {entry[:3]: entry[4::2] for entry in after_three}
    assert told["ann"] == "ae"
    assert "q" not in told["^^a"]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("olapl\xe9xx", "olaplexx"),
        ("\u0440\u0430yp\u0430l", "paypal"),
        ("\u0131mage", "image"),
        ("Mo1rn", "Mo1rn"),
        ("\u7f8e\u5bb9", "\u7f8e\u5bb9"),
    ],
)
def test_plain_text_is_in_english_letters_and_otherwise_as_it_was(text, letters):
    assert plain(text) == letters
