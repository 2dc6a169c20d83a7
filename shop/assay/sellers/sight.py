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
        host = link.unicode_host
        labels = host.removesuffix(".").split(".")
        at = len(labels) - 1 - registrable.count(".")
        native = labels[at]
        is_joined = "-" not in native
        joined = native if is_joined else native.replace("-", "")
        self.link = link
        self.label = registrable.partition(".")[0]
        self.native = native  # the label in its own letters
        self.joined = joined
        # What may be a name in a longer label: its tokens, and it without a word that sells.
        tokens = [] if is_joined else native.split("-")
        found = tokens + _trimmed(joined)
        self.parts = _long_enough(found) if found else ()
        # The labels before the site: all of a tenant's name where anybody may take one.
        if place.platform:
            at = len(labels) - 1 - place.platform.count(".")
        self.before = tuple(labels[:at])
        # Every part as it is drawn, and the whole host without its dots and hyphens.
        drawn = {loosened(joined)}
        for text in (*self.parts, *tokens, *self.before):
            drawn.add(loosened(text.replace("-", "")))
        self.drawn = frozenset(drawn)
        self.squashed = squashed(host)


def _long_enough(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if len(text) >= _SHORTEST_PART))


def _trimmed(label: str) -> list[str]:
    """The label without a word that sells at its beginning or end: olaplexoutlet, buyolaplex."""
    lengths = range(2, min(_LONGEST_SELLING, len(label) - _SHORTEST_PART) + 1)
    found: list[str] = []
    if label[-_SHORTEST_WORD:] in _ENDS or label[-2:] in _ENDS:
        found += [label[:-length] for length in lengths if label[-length:] in _AT_THE_END]
    if label[:_SHORTEST_WORD] in _STARTS or label[:2] in _STARTS:
        found += [label[length:] for length in lengths if label[:length] in _AT_THE_START]
    return found
