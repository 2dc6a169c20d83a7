"""What does a text look like, whatever characters it is written in? (Unicode UTS #39)

Two texts with one skeleton can be taken for each other. Beside it stands the question whether a
label mixes alphabets that no language writes together.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from shop.assay.sellers import confusables, scripts

# ASCII that resembles ASCII: what Unicode leaves out, since both sides are plain English letters.
_DIGITS = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# Letters that Unicode calls different at a second look, and that imitations use all the same.
_AT_A_GLANCE = str.maketrans(
    {
        "\u00df": "b",  # sharp s, as Unicode draws a beta
        "\u0138": "k",  # kra: Cyrillic and Greek ka
        "\u028d": "m",  # turned w: Cyrillic em
        "\u1d0e": "n",  # reversed N: Cyrillic i
        "\u03c0": "n",  # pi: Cyrillic pe
        "\u014b": "n",
        "\ua793": "e",  # epsilon
        "\u025b": "e",
        "\u025c": "e",
        "\u01dd": "e",
        "\u0259": "e",
        "\u0185": "b",  # Cyrillic soft sign
        "\u1e9f": "d",  # delta
        "\u00f0": "d",
        "\u03c9": "w",
        "\u0448": "w",
        "\u03c7": "x",
        "\u03bc": "u",
        "\u03b6": "z",
        "\u0292": "z",
        "\u00fe": "p",
        "\u028c": "v",
        "\u0254": "o",
    }
)
# A Latin letter with a stroke, a hook or drawn as a small capital is that letter at a glance.
_LATIN = re.compile(r"LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL) ([A-Z])(?: WITH .+)?")
_ANY = frozenset({"Zyyy", "Zinh"})  # Common and Inherited: digits, hyphens, marks
# Scripts that are written together, as UTS #39 (5.1) counts them for one.
_TOGETHER = {
    "Hani": frozenset({"Hanb", "Jpan", "Kore"}),
    "Hira": frozenset({"Jpan"}),
    "Kana": frozenset({"Jpan"}),
    "Hang": frozenset({"Kore"}),
    "Bopo": frozenset({"Hanb"}),
}
# With these Latin letters are written in everyday life (UTS #39, 5.2: highly restrictive).
_WITH_LATIN = frozenset({"Hanb", "Jpan", "Kore"})


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The text as UTS #39 draws it, marks and case kept: equal skeletons look alike."""
    if text.isascii() and not _has_prototype(text):
        return text
    table = _prototypes()
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFD", "".join(table.get(char, char) for char in decomposed))


@lru_cache(maxsize=4096)
def loosened(text: str) -> str:
    """The skeleton as a hurried reader sees it: no case, no marks, 0 and o, 1, i and l the same."""
    is_plain = text.isascii() and text.replace("-", "").isalnum()
    # Of letters and digits Unicode redraws only what is redrawn below, and m, which comes back.
    drawn = text.lower() if is_plain else skeleton(text.lower()).lower()
    if not drawn.isascii():
        drawn = "".join(map(_at_a_glance, drawn)).translate(_AT_A_GLANCE)
    drawn = drawn.translate(_DIGITS)
    for pair, letter in _PAIRS:
        drawn = drawn.replace(pair, letter)
    return drawn


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The English letters that others are drawn like put in their place: "Olaplé" is Olaple."""
    if text.isascii():
        return text
    drawn = "".join(char if char.isascii() else skeleton(char).lower() for char in text)
    return "".join(map(_at_a_glance, drawn)).translate(_AT_A_GLANCE)


def is_mixed(label: str) -> bool:
    """Whether a label mixes alphabets more than UTS #39 "highly restrictive" allows."""
    if label.isascii():
        return False
    common: frozenset[str] | None = None  # the scripts that could hold the whole label
    without_latin: frozenset[str] | None = None  # the same, Latin letters not counted
    for char in label:
        names = _scripts_of(char)
        if not names & _ANY:
            common = names if common is None else common & names
            if "Latn" not in names:
                without_latin = names if without_latin is None else without_latin & names
    return common == frozenset() and not (without_latin and without_latin & _WITH_LATIN)


def _at_a_glance(char: str) -> str:
    if unicodedata.combining(char):
        return ""
    latin = _LATIN.fullmatch(unicodedata.name(char, ""))
    return latin[1].lower() if latin else char


def _has_prototype(text: str) -> bool:
    return not _ascii_prototypes().isdisjoint(text)


@cache
def _ascii_prototypes() -> frozenset[str]:
    return frozenset(filter(str.isascii, _prototypes()))


@cache
def _prototypes() -> dict[str, str]:
    table = {}
    for line in confusables.TABLE.replace("\n ", " ").splitlines():
        prototype, _, points = line.partition(":")
        drawn = "".join(chr(int(point, 16)) for point in prototype.split())
        table.update({chr(int(point, 16)): drawn for point in points.split()})
    return table


@lru_cache(maxsize=4096)
def _scripts_of(char: str) -> frozenset[str]:
    starts, ranges = _ranges()
    last, names = ranges[bisect_right(starts, ord(char)) - 1]
    return names if ord(char) <= last else frozenset({"Zzzz"})


@cache
def _ranges() -> tuple[list[int], list[tuple[int, frozenset[str]]]]:
    """Where ranges start, in order; and for each its end and the scripts of its characters."""
    found = {}
    for line in scripts.TABLE.replace("\n ", " ").splitlines():
        written, _, spans = line.partition(":")
        names = frozenset(written.split())
        names |= frozenset[str]().union(*(_TOGETHER.get(name, frozenset()) for name in names))
        for span in spans.split():
            first, _, last = span.partition("-")
            found[int(first, 16)] = (int(last or first, 16), names)
    starts = sorted(found)
    return starts, [found[start] for start in starts]
