"""Of what does an address speak? Words of a label, and whether they name another trade."""

from collections.abc import Iterator
from functools import cache, lru_cache

import ahocorasick

from shop.assay.sellers.facts import OfferFacts
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
# What a reading costs, less being better: few words, none of them short, and hardly anything that
# is no word. So "hairiz" stays whole, though "hair" is a word and "iz" would be left over.
_PER_WORD = 2
_PER_SHORT_WORD = 6
_PER_PIECE = 7
_PER_LETTER = 3
_PER_SCRAP = 12
_SHORT = 2
# What a piece of so many letters costs that is a word, and one that is none.
_LENGTHS = range(_LONGEST_LABEL + 1)
_WORD_COSTS = [_PER_SHORT_WORD if length <= _SHORT else _PER_WORD for length in _LENGTHS]
_SCRAP_COSTS = [
    _PER_PIECE + _PER_LETTER * length + _PER_SCRAP * (length <= _SHORT) for length in _LENGTHS
]


def judge_trade(facts: OfferFacts, label: str, shown: str) -> Iterator[Finding]:
    """That the name speaks of another trade: a fact beside others, never a verdict.

    Asked of a host's own label, without its ending; `shown` is the host as a sentence gives it.
    """
    if not holds_trade_word(label):
        return  # most names hold no such word, and to read them as words takes long
    trade = trade_of(words_in(label))
    if trade is not None:
        yield OTHER_TRADE.found(h=shown, trade=trade, category=facts.product.category)


def holds_trade_word(label: str) -> bool:
    """Whether the letters of a trade's word stand in it, be it by chance."""
    return next(_trade_words().iter(label), None) is not None


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
    costs = [0]  # of the best reading of the first so many letters
    last = [0]  # where the last piece of that reading begins
    for end in range(1, len(chunk) + 1):
        readings = []
        for start in range(end):
            piece = chunk[start:end]
            is_no_word = piece not in WORDS
            known = _WORD_COSTS if not is_no_word or piece in names else _SCRAP_COSTS
            readings.append((costs[start] + known[end - start], is_no_word, start))
        cost, _, start = min(readings)
        costs.append(cost)
        last.append(start)
    words = []
    end = len(chunk)
    while end:
        words.append(chunk[last[end] : end])
        end = last[end]
    return tuple(reversed(words))
