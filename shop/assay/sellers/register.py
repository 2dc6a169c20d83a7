"""Whose is a host, among all that are known for a product? One dictionary, walked by suffix.

Built once for a product's facts; a look takes the same time for ten known names and a million.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from shop.assay.sellers.facts import Host, NotAuthorized, ProductFacts, Seller
from shop.assay.sellers.hostnames import Link, parse, suffixes


@dataclass(frozen=True, slots=True)
class Known:
    """A host on record, and whose it is (None: the brand's own)."""

    host: Host
    seller: Seller | None = None


class Register:
    """A product's facts, arranged for looking hosts up."""

    def __init__(self, product: ProductFacts) -> None:
        self.product = product
        self._known: dict[str, list[Known]] = {}
        for host in product.official:
            self._known.setdefault(host.name, []).append(Known(host))
        for seller in product.sellers:
            for host in seller.hosts:
                self._known.setdefault(host.name, []).append(Known(host, seller))
        self._refused: dict[str, NotAuthorized] = {}
        for entry in product.not_authorized:
            held = self._refused.get(entry.host)
            if held is None or held.named_on < entry.named_on:
                self._refused[entry.host] = entry

    def covering(self, name: str) -> list[Known]:
        """Everybody on record whose host this is, or stands above it."""
        return [
            known
            for above in suffixes(name)
            for known in self._known.get(above, ())
            if above == name or not known.host.is_exact
        ]

    def refusing(self, name: str) -> NotAuthorized | None:
        """The nearest address at or above this one that the brand names as not authorized."""
        return next((self._refused[each] for each in suffixes(name) if each in self._refused), None)

    def names(self) -> Iterator[str]:
        """Every host on record."""
        return iter(self._known)

    @cached_property
    def targets(self) -> tuple[Link, ...]:
        """What a name may be taken for: the brand's own addresses, then its named sellers'."""
        hosts = list(self.product.official)
        for seller in self.product.sellers:
            if seller.authorization is not None:
                hosts += seller.hosts
        links = [parse(f"https://{host.name}") for host in hosts]
        return tuple(link for link in links if link.registrable)
