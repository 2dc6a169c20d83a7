"""How does an address read, in every way in which it may be taken for another?"""

from functools import lru_cache

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import squashed
from shop.assay.sellers.skeletons import loosened
from shop.assay.sellers.words import SELLING

_SHORTEST_PART = 5
_SHORTEST_WORD = 3
_LONGEST_SELLING = max(map(len, SELLING))
# Of words of two letters only those that stand there on purpose and not as the rest of a word.
_TELLING = frozenset(word for word in SELLING if len(word) >= _SHORTEST_WORD)
_AT_THE_START = _TELLING | {"my"}
_AT_THE_END = _TELLING | {"eu", "hq", "uk", "us"}
# What these begin and end with: two or three letters tell of most names that they hold none.
_STARTS = frozenset(word[:_SHORTEST_WORD] for word in _AT_THE_START)
_ENDS = frozenset(word[-_SHORTEST_WORD:] for word in _AT_THE_END)


@lru_cache(maxsize=1024)
def sight_of(link: Link) -> "Sight":
    """The same for the index and for the judge, who ask one after the other."""
    return Sight(link)


class Sight:
    """A host that can be registered, in the parts that are compared."""

    __slots__ = ("before", "drawn", "joined", "label", "link", "native", "parts", "squashed")

    def __init__(self, link: Link) -> None:
        place = link.place
        registrable = place.registrable
        labels = link.unicode_host.removesuffix(".").split(".")
        at = len(labels) - 1 - registrable.count(".")
        self.link = link
        self.label = registrable.partition(".")[0]
        self.native = labels[at]  # the label in its own letters
        self.joined = self.native.replace("-", "")
        # What may be a name in a longer label: its tokens, and it without a word that sells.
        tokens = self.native.split("-") if len(self.joined) < len(self.native) else []
        found = tokens + _trimmed(self.joined)
        self.parts = tuple(dict.fromkeys(part for part in found if len(part) >= _SHORTEST_PART))
        # The labels before the site: all of a tenant's name where anybody may take one.
        if place.platform:
            at = len(labels) - 1 - place.platform.count(".")
        self.before = tuple(labels[:at])
        # Every part as it is drawn, and the whole host without its dots and hyphens.
        tokens += [label.replace("-", "") for label in self.before]
        self.drawn = frozenset([loosened(text) for text in (self.joined, *self.parts, *tokens)])
        self.squashed = squashed(link.unicode_host)


def _trimmed(label: str) -> list[str]:
    """The label without a word that sells at its beginning or end: olaplexoutlet, buyolaplex."""
    lengths = range(2, min(_LONGEST_SELLING, len(label) - _SHORTEST_PART) + 1)
    found: list[str] = []
    if label[-_SHORTEST_WORD:] in _ENDS or label[-2:] in _ENDS:
        found += [label[:-length] for length in lengths if label[-length:] in _AT_THE_END]
    if label[:_SHORTEST_WORD] in _STARTS or label[:2] in _STARTS:
        found += [label[length:] for length in lengths if label[:length] in _AT_THE_START]
    return found
