"""Is a printed laboratory's name easily taken for another one's, without being it?

Branches share the word that tells ("Eurofins Food Testing" and "Eurofins Consumer Product
Testing"), and are no imitations of one another. An imitation has that word drawn or spelt
a little otherwise.
"""

import unicodedata
from collections.abc import Iterable
from enum import IntEnum

from rapidfuzz.distance import OSA

from shop.assay.certificates.keys import name_key, words_of


class Closeness(IntEnum):
    """How near two names of different laboratories are."""

    NONE = 0
    NEAR = 1  # a short word spelt a little otherwise: other laboratories may be called so
    SPELT = 2  # a long word with a letter more, less, changed or moved
    DRAWN = 3  # another spelling that looks the same


_GENERIC_TEXT = """
    laboratory laboratories lab labs analytical analytics analysis analyses analytik analitica
    testing test tests assay bioanalytical microbiology micro labor labore laboratorium institut
    institute institutes laboratoire laboratoires laboratorio laboratori laboratorios science
    sciences scientific services service group international global north south east west america
    american europe european usa uk us de of for and und et y e consumer product products food
    feed pharma pharmaceutical cosmetics cosmetic personal care environmental environment agro
    quality control qc qa assurance research center centre central national technology technologies
    technical consulting solutions bio life health holding germany france spain italy iberia
    prufung pruflabor prufinstitut umwelt kosmetik gesellschaft fur mbh chemical chemistry chemie
    inspection certification verification materials industrial independent contract
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
# Letters of other alphabets that are drawn like these (Unicode UTS #39, those in trade names).
_DRAWN_LIKE = {
    "a": "\u0430\u03b1\u0251",
    "b": "\u0432\u03b2\u044c",
    "c": "\u0441\u03f2",
    "d": "\u0501",
    "e": "\u0435\u0454\u03b5",
    "g": "\u0261",
    "h": "\u04bb\u043d",
    "i": "\u0456\u03b9\u0131",
    "j": "\u0458",
    "k": "\u043a\u03ba",
    "l": "\u04cf",
    "m": "\u043c",
    "n": "\u03b7\u0578",
    "o": "\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "r": "\u0433",
    "s": "\u0455",
    "t": "\u0442\u03c4",
    "u": "\u03c5\u057d",
    "v": "\u03bd\u0475",
    "w": "\u0461\u051d",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
    "z": "\u0290",
}
_ONE_SHAPE = {"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "3": "e"}
_SHAPES = str.maketrans(
    {letter: plain for plain, letters in _DRAWN_LIKE.items() for letter in letters}
)
_AT_A_GLANCE = str.maketrans(_ONE_SHAPE)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORTEST, _LONG, _VERY_LONG = 5, 7, 10


def similar(printed: str, names: Iterable[str]) -> str:
    """The name on record that the printed one is most easily taken for; empty when it is none."""
    best, found = Closeness.NONE, ""
    for name in names:
        how = closeness(printed, name)
        if how > best:
            best, found = how, name
    return found


def closeness(printed: str, name: str) -> Closeness:
    """How easily the one name is taken for the other. The same name is near to none."""
    own, other = name_key(printed), name_key(name)
    if not own or not other or _joined(own) == _joined(other):
        return Closeness.NONE
    if _skeleton(own) == _skeleton(other):
        return Closeness.DRAWN
    return _of_words(distinctive(printed), distinctive(name))


def distinctive(name: str) -> list[str]:
    """The words of a name that tell it from other laboratories' names."""
    return [word for word in name_key(name).split() if word not in _GENERIC]


def is_generic(word: str) -> bool:
    """Whether a word says what a company does, not who it is."""
    return word in _GENERIC


def _of_words(own: list[str], other: list[str]) -> Closeness:
    """Every telling word of the name on record has its like, and one of them is changed."""
    changed = Closeness.NONE
    for word in other:
        if word in own:
            continue
        near = max((_near(each, word) for each in own if each not in other), default=Closeness.NONE)
        if near is Closeness.NONE:
            return Closeness.NONE
        changed = max(changed, near)
    return changed


def _near(word: str, other: str) -> Closeness:
    if min(len(word), len(other)) < _SHORTEST:
        return Closeness.NONE
    if _shape(word) == _shape(other) or _glanced(word) == _glanced(other):
        return Closeness.DRAWN if _shape(word) == _shape(other) else Closeness.SPELT
    most = 2 if len(other) >= _VERY_LONG else 1
    if OSA.distance(word, other, score_cutoff=most) > most:
        return Closeness.NONE
    return Closeness.SPELT if min(len(word), len(other)) >= _LONG else Closeness.NEAR


def _skeleton(key: str) -> str:
    return _shape(_joined(key))


def _joined(key: str) -> str:
    return key.replace(" ", "")


def _shape(word: str) -> str:
    """The word as it is drawn: alphabets, i and l, o and 0 are one."""
    plain = "".join(words_of(unicodedata.normalize("NFKC", word)))
    return plain.translate(_SHAPES).translate(_AT_A_GLANCE)


def _glanced(word: str) -> str:
    """As a hurried reader sees it: rn is m."""
    shape = _shape(word)
    for pair, letter in _PAIRS:
        shape = shape.replace(pair, letter)
    return shape
