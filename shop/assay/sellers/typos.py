"""Is one name another one mistyped, or somebody's own name that happens to be close?

Closeness alone cannot tell: half of all names within an edit of a brand are names of people, places
and other shops. What can: whether a hand makes that slip (neighbouring keys, a letter doubled,
dropped or swapped), and how much the result reads like a word. A slip is believed when the result
is more surprising than an invented name would be.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from shop.assay.sellers.english import is_common, is_word, surprise
from shop.assay.sellers.skeletons import plain
from shop.assay.sellers.trades import words_in

SHORTEST = 4  # below, every few letters are somebody's name
FARTHEST = 2  # edits that any name may be away
LONG = 9  # from here on two edits are still close


class _Slip(Enum):
    """What a hand or a forger does to a name."""

    LOOKS_ALIKE = "5 for s, 3 for e"
    DOUBLED = "a letter twice"
    UNDOUBLED = "one of two equal letters"
    SWAPPED = "two neighbours swapped"
    KEY_BESIDE_ADDED = "a neighbouring key hit as well"
    KEY_BESIDE = "a neighbouring key hit instead"
    FLIPPED = "one bit of the letter changed, as squatters do who wait for faulty memory"
    VOWEL = "a vowel for a vowel"
    DROPPED = "a letter left out"
    ADDED = "any letter put in"
    OTHER = "any letter for any other"
    TWO = "two of these"


# From how many bits of surprise on a slip is believed. Set with slips made of real names of shops
# and with names that the dictionary had not been shown: of those one in nine within an edit of a
# shop is still taken for a slip, and of the slips 19 in 20 are seen (bench/README.md).
_BELIEVED_FROM = {
    _Slip.LOOKS_ALIKE: 0,
    _Slip.DOUBLED: 20,
    _Slip.UNDOUBLED: 23,
    _Slip.SWAPPED: 19,
    _Slip.FLIPPED: 25,
    _Slip.KEY_BESIDE_ADDED: 22,
    _Slip.KEY_BESIDE: 25,
    _Slip.VOWEL: 24,
    _Slip.DROPPED: 21,
    _Slip.ADDED: 25,
    _Slip.OTHER: 39,
    _Slip.TWO: 45,
}
_CHANGING_LENGTH = frozenset({_Slip.DROPPED, _Slip.ADDED, _Slip.KEY_BESIDE_ADDED})
_AT_ONE_PLACE = frozenset(_Slip) - {_Slip.LOOKS_ALIKE, _Slip.SWAPPED, _Slip.TWO}
_TARGET_IS_A_WORD = 1  # bits more: many play with a word, fewer with a name


@dataclass(frozen=True, slots=True)
class Typo:
    """That a label is a target's, mistyped."""

    edits: int
    difference: str  # in words


_IS_A_PART = 3  # bits more
_AT_THE_END = 2  # bits more for a letter more or less: names often differ so
_INFLECTED = 3  # bits more: from one language to the next, and from one man to his sons
_INFLECTING = frozenset("aeiouys")
_SHORT = 5  # letters; of fewer any few make a name, or are the initials of one
_IS_SHORT = 4  # bits more
_LETTERS_A_WORD = 4.5
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_OFFSETS = (0.0, 0.5, 0.75, 1.25)  # how far a row of keys is moved to the right, in keys
_VOWELS = frozenset("aeiouy")
_TWINS = frozenset(
    frozenset(pair) for pair in ("0o", "1l", "1i", "il", "5s", "3e", "4a", "7t", "8b", "9g", "2z")
)


@lru_cache(maxsize=65_536)
def typo_of(label: str, target: str, *, is_part: bool = False) -> Typo | None:
    """How `label` mistypes `target`; None when it does not, or may well be a name of its own.

    Both are labels without their ending and their hyphens, in lower case. `is_part`: the label is
    a part of a longer one, of which there are many, so more is asked of it.
    """
    drawn = plain(label)  # an accent hides a slip no better than it hides a name
    is_inside = target in drawn and len(drawn) - len(target) != 1  # it, or a word beside it
    if min(len(target), len(drawn)) < SHORTEST or is_inside or not drawn.isascii():
        return None
    limit = farthest(target)
    edits = OSA.distance(drawn, target, score_cutoff=limit)
    if not 0 < edits <= limit or is_word(drawn):
        return None
    slip = _slip(drawn, target) if edits == 1 else _Slip.TWO
    if surprise(drawn) < _believed_from(slip, drawn, target) + _IS_A_PART * is_part:
        return None
    if _is_a_name_of_words(slip, drawn, target):  # takes the longest to tell
        return None
    return Typo(OSA.distance(label, target), _difference(label, target))


def farthest(target: str) -> int:
    """How many edits away a name may be and still be taken for this one."""
    return FARTHEST if len(target) >= LONG else 1


def _believed_from(slip: _Slip, label: str, target: str) -> int:
    """From how many bits of surprise on this slip is believed."""
    bits = _BELIEVED_FROM[slip]
    if bits and is_common(target):
        bits += _TARGET_IS_A_WORD
    if slip in _AT_ONE_PLACE and label[-1:] != target[-1:]:
        bits += _AT_THE_END if slip in _CHANGING_LENGTH else 0
        _, old, new = _changed(label, target)
        bits += _INFLECTED if _INFLECTING.issuperset(old + new) else 0
    if len(target) < _SHORT:
        bits += _IS_SHORT
    return bits


def _slip(label: str, target: str) -> _Slip:
    """What kind of edit, the only one, makes `label` of `target`."""
    start, old, new = _changed(label, target)
    if len(old) == len(new) == 1:
        return _replaced(old, new)
    if len(old) == len(new):
        return _Slip.SWAPPED
    if not new:
        beside = target[start - 1 : start] + target[start + 1 : start + 2]
        return _Slip.UNDOUBLED if old in beside else _Slip.DROPPED
    beside = label[start - 1 : start] + label[start + 1 : start + 2]
    if new in beside:
        return _Slip.DOUBLED
    is_near = any(new in _KEYS_BESIDE.get(key, ()) for key in beside)
    return _Slip.KEY_BESIDE_ADDED if is_near else _Slip.ADDED


def _replaced(old: str, new: str) -> _Slip:
    if frozenset(old + new) in _TWINS:
        return _Slip.LOOKS_ALIKE
    if new in _KEYS_BESIDE.get(old, ()) or new.isdecimal():
        return _Slip.KEY_BESIDE
    if {old, new} <= _VOWELS:
        return _Slip.VOWEL
    difference = ord(old) ^ ord(new)
    return _Slip.FLIPPED if difference & (difference - 1) == 0 else _Slip.OTHER


def _changed(label: str, target: str) -> tuple[int, str, str]:
    """Where the two part, and what stands between their common beginning and end in each."""
    shorter = min(len(label), len(target))
    start = next((at for at in range(shorter) if label[at] != target[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if label[-1 - at] != target[-1 - at]), rest)
    return start, target[start : len(target) - end], label[start : len(label) - end]


def _difference(label: str, target: str) -> str:
    """What was changed: '"x" is doubled', '"el" for "le"', '"p" is missing'."""
    _, old, new = _changed(label, target)
    if len(old) == len(new) == 2 and old == new[::-1]:  # noqa: PLR2004 - two letters swapped
        return f'"{new}" for "{old}"'
    said = []
    for edit in Levenshtein.opcodes(target, label):
        before = target[edit.src_start : edit.src_end]
        after = label[edit.dest_start : edit.dest_end]
        if edit.tag == "replace":
            said.append(f'"{after}" for "{before}"')
        elif edit.tag == "insert":
            said.append(f'"{after}" is added')
        elif edit.tag == "delete":
            said.append(f'"{before}" is missing')
    return ", ".join(said)


def _is_a_name_of_words(slip: _Slip, label: str, target: str) -> bool:
    if slip is _Slip.TWO:
        return _differs_in_a_short_word(label, target) or _is_made_of_words(label)
    if len(target) >= LONG and not is_word(target):
        return False  # who would choose all the other words too?
    return slip is not _Slip.DOUBLED and _is_made_of_words(label)


def _is_made_of_words(label: str) -> bool:
    """Whether somebody made this name of words. Short ones make any text: sister, as, roma."""
    words = words_in(label)
    is_natural = len(label) >= _LETTERS_A_WORD * len(words)
    return is_natural and all(is_word(word) for word in words)


def _differs_in_a_short_word(label: str, target: str) -> bool:
    """In beautybio and beautybay one word of theirs is the same, and the other says nothing."""
    ours, theirs = words_in(label), words_in(target)
    if len(ours) != len(theirs) or len(ours) == 1:
        return False
    parts = [target for part, target in zip(ours, theirs, strict=True) if part != target]
    return len(parts) == 1 and len(parts[0]) < SHORTEST


def _keys_beside() -> dict[str, frozenset[str]]:
    """For each key of an English keyboard the ones around it."""
    places = {
        key: (column + _OFFSETS[row], row)
        for row, keys in enumerate(_ROWS)
        for column, key in enumerate(keys)
    }
    return {
        key: frozenset(
            other
            for other, (there, below) in places.items()
            if other != key and abs(there - column) <= 1 and abs(below - row) <= 1
        )
        for key, (column, row) in places.items()
    }


_KEYS_BESIDE = _keys_beside()
