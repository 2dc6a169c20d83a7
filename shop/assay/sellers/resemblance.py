"""Does a label hold a name, or look like it? The comparisons behind the findings `name.*`."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from shop.assay.sellers.english import is_word
from shop.assay.sellers.names import token_runs
from shop.assay.sellers.sight import Sight
from shop.assay.sellers.skeletons import loosened
from shop.assay.sellers.targets import Target
from shop.assay.sellers.trades import is_common_word, words_in
from shop.assay.sellers.typos import FARTHEST
from shop.assay.sellers.words import SELLING

_SHORTEST_INSIDE = 6  # inside a longer label, a shorter name is as likely part of another word
_SHORTEST_NAME = 3
_SHORTEST_DRAWN = 4  # in plain letters; of other alphabets even three letters are drawn on purpose
_COUNTRY_LETTERS = 2
# Two-letter endings that are sold as general ones: they tell nothing about a country.
_GENERAL = "ac ai cc cm co fm gg io la me nu sc sh st to tv vc vg ws"
_GENERAL_ENDINGS = frozenset(_GENERAL.split())


def is_country(suffix: str) -> bool:
    ending = suffix.rpartition(".")[2]
    return len(ending) == _COUNTRY_LETTERS and ending not in _GENERAL_ENDINGS


def may_hold(sight: Sight, target: Target) -> bool:
    """Whether the host may hold the target's name, as written or as drawn.

    Where it does not, it can only be a slip: no other test finds anything.
    """
    if target.joined in sight.squashed or target.drawn in sight.drawn:
        return True
    return not sight.native.isascii() and target.joined in sight.name.replace("-", "")


def is_close_to_any(sight: Sight, names: Iterable[str]) -> bool:
    """Whether the label or a part of it is so close to one of these that it may be a slip."""
    for part in sight.spelled:
        length = len(part)
        for name in names:
            is_as_long = -FARTHEST <= length - len(name) <= FARTHEST  # a comparison costs more
            if is_as_long and OSA.distance(part, name, score_cutoff=FARTHEST) <= FARTHEST:
                return True
    return False


def contains(label: str, target: Target) -> bool:
    """Whether a label holds a name as a name: "chi" is in chi-shop and chishop, not in chicago.

    Beside a word that everybody uses (native, target) only words that sell may stand.
    """
    name = target.joined
    if len(name) < _SHORTEST_NAME or name not in label.replace("-", ""):
        return False
    if label == name:
        return not target.is_common
    words = words_in(label, (name,))
    if name not in words:  # a name may go over a hyphen, and words after it follow without one
        words = words_in(label.replace("-", ""), (name,))
    if name not in words or is_word(label):
        return name in token_runs(label) and not target.is_common
    rest = [word for word in words if word != name]
    is_longer = sum(map(len, rest)) == 1  # a letter more is another name, or a slip
    return not is_longer and _may_stand_beside(rest, label, target)


def _may_stand_beside(words: list[str], label: str, target: Target) -> bool:
    """Whether a name is the name among these words, and not part of what they say together."""
    if target.is_common or target.is_generic:
        return all(word in SELLING or word.isdigit() for word in words)
    if len(target.joined) >= _SHORTEST_INSIDE or target.joined in token_runs(label):
        return True
    return all(is_common_word(word) or word.isdigit() for word in words)


def is_redrawn(sight: Sight, target: Target) -> bool:
    """Whether the label, or a name in it, is the target's name in characters that look like it."""
    is_plain = sight.native.isascii()
    if len(target.drawn) < (_SHORTEST_DRAWN if is_plain else _SHORTEST_NAME):
        return False
    written = (target.joined, target.native.replace("-", ""))
    if loosened(sight.joined) == target.drawn:
        return sight.joined not in written and not (is_plain and is_word(sight.joined))
    if len(target.drawn) < _SHORTEST_INSIDE or target.joined in sight.joined:
        return False
    return any(
        loosened(part) == target.drawn and part not in written and not (is_plain and is_word(part))
        for part in sight.parts
    )
