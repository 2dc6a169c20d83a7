"""Slips of the hand against names of people, places and other shops that are as close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from shop.assay.sellers.english import is_common, is_word, surprise
from shop.assay.sellers.typos import typo_of


@pytest.mark.parametrize(
    ("label", "target", "edits", "difference"),
    [
        ("vantellle", "vantelle", 1, '"l" is added'),
        ("vantele", "vantelle", 1, '"l" is missing'),
        ("vnatelle", "vantelle", 1, '"na" for "an"'),
        ("vabtelle", "vantelle", 1, '"b" for "n"'),
        ("vant3lle", "vantelle", 1, '"3" for "e"'),
        ("vahtelle", "vantelle", 1, '"h" for "n"'),
        ("vantfelle", "vantelle", 1, '"f" is added'),
        ("quilfeatehr", "quillfeather", 2, '"l" is missing, "e" is added, "e" is missing'),
        ("scwharzkopf", "schwarzkopf", 1, '"wh" for "hw"'),
        ("v\xe1ntellle", "vantelle", 2, '"\xe1" for "a", "l" is added'),
        ("oaui", "ouai", 1, '"au" for "ua"'),
        ("lushh", "lush", 1, '"h" is added'),
        ("thegildenrosf", "thegildenrose", 1, '"f" for "e"'),
    ],
)
def test_slip_is_seen_and_told_in_words(label, target, edits, difference):
    typo = typo_of(label, target)
    assert typo is not None
    assert (typo.edits, typo.difference) == (edits, difference)


@pytest.mark.parametrize(
    ("label", "target"),
    [
        ("vantelle", "vantelle"),
        ("roots", "boots"),  # a word
        ("lorina", "lorena"),  # reads like one
        ("stella", "wella"),
        ("milani", "mizani"),  # two companies
        ("beautybio", "beautybay"),  # one short word for another
        ("cakebeauty", "rarebeauty"),
        ("aveo", "aveda"),  # too short to tell
        ("cvx", "cvs"),
        ("olay", "olaz"),
        ("ventello", "vantelle"),  # two edits in eight letters
        ("vantelleuk", "vantelle"),  # contains it
        ("quillfeatherhq", "quillfeather"),
        ("xqzvantelle", "vantelle"),
        ("vant\xe9lle", "vantelle"),  # only an accent: another test's business
        ("\u7f8e\u5bb9", "vantelle"),
    ],
)
def test_independent_name_is_left_alone(label, target):
    assert typo_of(label, target) is None


def test_more_is_asked_of_a_part_of_a_label():
    assert typo_of("olaplix", "olaplex", is_part=True) is not None
    assert typo_of("davinez", "davines") is not None
    assert typo_of("davinez", "davines", is_part=True) is not None
    assert typo_of("solvinne", "solvanne") is not None
    assert typo_of("solvinne", "solvanne", is_part=True) is None


@given(st.text("abcdeilnorstv", min_size=3, max_size=14), st.data())
def test_whatever_is_called_a_slip_is_close(target, data):
    label = data.draw(st.text("abcdeilnorstv0", min_size=1, max_size=16))
    typo = typo_of(label, target)
    if typo is not None:
        assert len(target) >= 4
        assert 1 <= OSA.distance(label, target) == typo.edits <= (2 if len(target) >= 9 else 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tableware", True),
        ("douglas", True),
        ("abacus", True),
        ("ferrer", True),
        ("pantone", True),
        ("olaplex", False),
        ("", False),
    ],
)
def test_dictionary_knows_words_and_names(text, expected):
    assert is_word(text) is expected


def test_a_name_of_people_is_a_word_but_not_a_common_one():
    assert is_common("prose")
    assert not is_common("douglas")


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("stella", "stlela"), ("wella", "welal"), ("harmony", "hramony"), ("olaplex", "olxapel")],
)
def test_what_can_be_spoken_surprises_less(likely, unlikely):
    assert surprise(likely) + 4 < surprise(unlikely)
