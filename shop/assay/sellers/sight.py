"""How does an address read, in every way in which it may be taken for another?"""

from functools import lru_cache

from shop.assay.sellers.hostnames import Link, shown_as
from shop.assay.sellers.skeletons import loosened, plain
from shop.assay.sellers.words import SELLING

_SHORTEST_PART = 5
_SHORTEST_NAME = 3
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
    place = link.place
    return Sight(link.host, link.unicode_host, place.registrable, place.platform)


class Sight:
    """A host that can be registered, in the parts that are compared."""

    __slots__ = (
        "before",
        "drawn",
        "host",
        "joined",
        "label",
        "name",
        "native",
        "parts",
        "platform",
        "registrable",
        "squashed",
        "unhyphened",
        "unicode_host",
    )

    def __init__(self, host: str, unicode_host: str, registrable: str, platform: str = "") -> None:
        self.host = host
        self.unicode_host = unicode_host
        self.name = host.removesuffix(".")
        self.registrable = registrable
        self.platform = platform
        labels = unicode_host.removesuffix(".").split(".")
        at = len(labels) - 1 - registrable.count(".")
        self.label = registrable.partition(".")[0]
        self.native = native = labels[at]  # the label in its own letters
        joined, inside, parts = _divided(native)
        self.joined = joined  # without its hyphens
        self.parts = parts  # what may be a name in a longer label
        # The labels before the site: all of a tenant's name where anybody may take one.
        if platform:
            at = len(labels) - 1 - platform.count(".")
        self.before = before = labels[:at]
        # Every part as it is drawn.
        self.drawn = [loosened.__wrapped__(joined)]  # seldom met again, unlike what stands by it
        if inside or before:
            others = (*inside, *before)
            self.drawn += [loosened(text.replace("-", "")) for text in others]
        # The whole host without its hyphens, and without its dots as well.
        self.unhyphened = unicode_host.replace("-", "")
        self.squashed = self.unhyphened.replace(".", "")

    @property
    def suffix(self) -> str:
        return self.registrable[len(self.label) + 1 :]

    @property
    def spelled(self) -> tuple[str, ...]:
        """The label and its parts in English letters, where a slip may stand beside an accent."""
        parts = (self.joined, *self.parts)
        return parts if self.native.isascii() else tuple(map(plain, parts))

    @property
    def shown(self) -> str:
        """The host as the browser shows it."""
        return shown_as(self.host, self.unicode_host)


def _divided(native: str) -> tuple[str, list[str], tuple[str, ...]]:
    """A label without hyphens; what stands in it; and what of that is long enough for a slip."""
    if "-" in native:
        joined, tokens = native.replace("-", ""), native.split("-")
    else:
        joined, tokens = native, []
    found = tokens + _trimmed(joined)
    return joined, found, _long_enough(found) if found else ()


def _long_enough(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if len(text) >= _SHORTEST_PART))


def _trimmed(label: str) -> list[str]:
    """The label without a word that sells at its beginning or end: olaplexoutlet, buyolaplex."""
    found: list[str] = []
    if label[-_SHORTEST_WORD:] in _ENDS or label[-2:] in _ENDS:
        found += [label[:-at] for at in _lengths(label) if label[-at:] in _AT_THE_END]
    if label[:_SHORTEST_WORD] in _STARTS or label[:2] in _STARTS:
        found += [label[at:] for at in _lengths(label) if label[:at] in _AT_THE_START]
    return found


def _lengths(label: str) -> range:
    """Of words that sell, so that enough is left of the label for a name."""
    return range(2, min(_LONGEST_SELLING, len(label) - _SHORTEST_NAME) + 1)
