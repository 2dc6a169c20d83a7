"""Of what does an address speak? Words of a label, and whether they name another trade."""

from collections.abc import Iterator
from functools import cache, lru_cache

import ahocorasick

from shop.assay.sellers.facts import OfferFacts
from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.words import OWN_TRADE, TRADES, WORDS
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

OTHER_TRADE = Rule(
    "seller.other_trade",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "The name of {h} speaks of {trade}; this product is {category}."},
    "our own list of trade words, shop/assay/sellers/words.py",
)

RULES = (OTHER_TRADE,)

_LONGEST_LABEL = 63  # DNS
_LONGEST_WORD = max(map(len, WORDS))
# What a reading costs, less being better: few words, none of them short, and hardly anything that
# is no word. So "hairiz" stays whole, though "hair" is a word and "iz" would be left over.
_PER_WORD = 2
_PER_SHORT_WORD = 6
_PER_PIECE = 7
_PER_LETTER = 3
_PER_SCRAP = 12
_SHORT = 2


def judge_trade(facts: OfferFacts, link: Link) -> Iterator[Finding]:
    """That the name speaks of another trade: a fact beside others, never a verdict."""
    if next(_trade_words().iter(link.label), None) is None:
        return  # most names hold no such word, and to read them as words takes long
    trade = trade_of(words_in(link.label))
    if trade is not None:
        yield OTHER_TRADE.found(h=link.shown, trade=trade, category=facts.product.category)


def trade_of(words: tuple[str, ...]) -> str | None:
    """The trade that a name speaks of, unless one of its words is at home in ours."""
    if any(word in OWN_TRADE for word in words):
        return None
    return next((trade for word in words for trade in TRADES if word in TRADES[trade]), None)


def is_common_word(name: str) -> bool:
    return name in WORDS


@lru_cache(maxsize=4096)
def words_in(label: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A label of a host split into its words; joined again they are the label without hyphens.

    Pieces that are no words of ours stay whole: americandiscounttableware is american, discount,
    tableware; hairizshop is hairiz, shop. `names` count as words besides.
    """
    if label.startswith("xn--"):
        return (label,)
    chunks = [chunk for chunk in label[:_LONGEST_LABEL].lower().split("-") if chunk]
    return tuple(word for chunk in chunks for word in _split(chunk, names))


@cache
def _trade_words() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in frozenset[str]().union(*TRADES.values()):
        automaton.add_word(word.replace("-", ""), word)
    automaton.make_automaton()
    return automaton


def _split(chunk: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The cheapest reading; of equal ones one that ends in a word, and in the longer one."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(chunk) + 1):
        readings = [
            (best[start][0] + _cost(chunk[start:end], names), (*best[start][1], chunk[start:end]))
            for start in range(end)
        ]
        best.append(min(readings, key=lambda reading: (reading[0], reading[1][-1] not in WORDS)))
    return best[-1][1]


def _cost(piece: str, names: tuple[str, ...]) -> int:
    is_short = len(piece) <= _SHORT
    if piece in names or (len(piece) <= _LONGEST_WORD and piece in WORDS):
        return _PER_SHORT_WORD if is_short else _PER_WORD
    return _PER_PIECE + _PER_LETTER * len(piece) + _PER_SCRAP * is_short
