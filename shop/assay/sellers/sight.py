"""How does an address read, in every way in which it may be taken for another?"""

from dataclasses import dataclass
from functools import cached_property

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import token_runs
from shop.assay.sellers.words import SELLING

_SHORTEST_PART = 5
_SHORTEST_WORD = 3
_LONGEST_SELLING = max(map(len, SELLING))
# Of words of two letters only those that stand there on purpose and not as the rest of a word.
_TELLING = frozenset(word for word in SELLING if len(word) >= _SHORTEST_WORD)
_AT_THE_START = _TELLING | {"my"}
_AT_THE_END = _TELLING | {"eu", "hq", "uk", "us"}


@dataclass(frozen=True)
class Sight:
    """A host that can be registered, in the parts that are compared."""

    link: Link

    @cached_property
    def label(self) -> str:
        return self.link.label

    @cached_property
    def native(self) -> str:
        """The label in its own letters."""
        labels = self.link.unicode_host.removesuffix(".").split(".")
        return labels[-1 - self.link.registrable.count(".")]

    @cached_property
    def joined(self) -> str:
        return self.native.replace("-", "")

    @cached_property
    def runs(self) -> frozenset[str]:
        return token_runs(self.native)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What may be a name in a longer label: its tokens, and it without a word that sells."""
        tokens = self.native.split("-") if "-" in self.native else []
        found = dict.fromkeys([*tokens, *_trimmed(self.joined)])
        return tuple(part for part in found if len(part) >= _SHORTEST_PART)

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The labels before the site: all of a tenant's name where anybody may take one."""
        link = self.link
        end = f".{link.platform or link.registrable}"
        host = link.unicode_host.removesuffix(".")
        count = host.count(".") - end.count(".") + 1
        return tuple(host.split(".")[:count])


def _trimmed(label: str) -> list[str]:
    """The label without a word that sells at its beginning or end: olaplexoutlet, buyolaplex."""
    found = []
    for length in range(2, min(_LONGEST_SELLING, len(label) - _SHORTEST_PART) + 1):
        if label[-length:] in _AT_THE_END:
            found.append(label[:-length])
        if label[:length] in _AT_THE_START:
            found.append(label[length:])
    return found
