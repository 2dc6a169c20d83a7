import random
from itertools import combinations, pairwise

import pytest

from shop.assay.sellers.names import folded, spellings, token_runs
from shop.assay.sellers.trades import trade_of, words_in
from shop.assay.sellers.words import OWN_TRADE, TRADES, WORDS


@pytest.mark.parametrize(
    ("label", "words", "trade"),
    [
        ("americandiscounttableware", "american discount tableware", "tableware"),
        ("american-discount-tableware", "american discount tableware", "tableware"),
        ("hairizshop", "hairiz shop", None),  # what is no word stays in one piece
        ("hairiz", "hairiz", None),
        ("sallybeauty", "sally beauty", None),
        ("tablewarehouse", "table warehouse", None),  # of two readings the one that says less
        ("womensclothing", "womens clothing", "clothing"),
        ("hairandfurniture", "hair and furniture", None),  # at home in our trade as well
        ("xn--lckchen-90a", "xn--lckchen-90a", None),
        ("", "", None),
    ],
)
def test_label_is_read_as_words(label, words, trade):
    assert words_in(label) == tuple(words.split())
    assert trade_of(words_in(label)) == trade


def test_names_count_as_words():
    assert words_in("getvesperlanenow", ("vesperlane",)) == ("get", "vesperlane", "now")


def test_no_word_speaks_of_two_trades_or_of_ours():
    words = [word for trade in TRADES.values() for word in trade]
    assert len(words) == len(set(words))
    assert not OWN_TRADE.intersection(words)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Maren & Oak", ("marenoak", "marenandoak")),
        ("Act+Acre", ("actacre", "actandacre")),
        ("Löckchen", ("lockchen",)),
        ("L'Oréal Paris", ("lorealparis",)),
        ("!!", ()),
    ],
)
def test_name_is_written_as_in_an_address(name, written):
    assert spellings(name) == written


def test_folding_drops_what_no_address_has():
    assert folded("Not Your Mother's") == "notyourmothers"


def test_token_runs_join_neighbours_only():
    assert token_runs("a-b-c") == {"a", "b", "c", "ab", "bc", "abc"}


def test_words_in_is_the_cheapest_of_all_readings():
    """Against every way to cut a label, each read as the module says what a reading costs."""
    made = random.Random(11)  # noqa: S311 - the same labels in every run
    words = sorted(word for word in WORDS if len(word) < 5)
    for _ in range(300):
        label = "".join(made.choices([*words, "x", "q", "7"], k=3))[:9]
        readings = [
            [label[start:end] for start, end in pairwise((0, *cuts, len(label)))]
            for count in range(len(label))
            for cuts in combinations(range(1, len(label)), count)
        ]
        words_found = list(words_in(label))
        assert words_found in readings
        assert cost(words_found) == min(map(cost, readings)), label


def cost(pieces):
    return sum(
        (6 if len(piece) <= 2 else 2)
        if piece in WORDS
        else 7 + 3 * len(piece) + 12 * (len(piece) <= 2)
        for piece in pieces
    )
