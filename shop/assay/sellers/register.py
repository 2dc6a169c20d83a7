"""Whose is a host, among all that are known for a product? One dictionary, walked by suffix.

Built once for a product's facts; a look takes the same time for ten known names and a million.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from shop.assay.sellers.facts import Host, NotAuthorized, ProductFacts, Seller
from shop.assay.sellers.hostnames import Link, parse, suffixes
from shop.assay.sellers.targets import Role, Target, targets_of


@dataclass(frozen=True, slots=True)
class Known:
    """A host on record, and whose it is (None: the brand's own)."""

    host: Host
    seller: Seller | None = None
    is_named: bool = True  # the brand's own, or a seller's that the brand or our staff names


class Register:
    """A product's facts, arranged for looking hosts up."""

    def __init__(self, product: ProductFacts) -> None:
        self.product = product
        self._known: dict[str, list[Known]] = {}
        for host in product.official:
            self._known.setdefault(host.name, []).append(Known(host))
        named = {seller.name for seller in product.sellers if seller.authorization is not None}
        for seller in product.sellers:
            for host in seller.hosts:
                known = Known(host, seller, is_named=seller.name in named)
                self._known.setdefault(host.name, []).append(known)
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
            if above == name or not (known.host.is_exact or _is_everybodys(above))
        ]

    def refusing(self, name: str) -> NotAuthorized | None:
        """The nearest address at or above this one that the brand names as not authorized."""
        return next((self._refused[each] for each in suffixes(name) if each in self._refused), None)

    def names(self) -> Iterator[str]:
        """Every host on record."""
        return iter(self._known)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What a name may be taken for: the brand's addresses and name, then its named sellers'."""
        brand = self.product.brand
        found = [*targets_of(brand, brand, Role.BRAND)]
        for host in self.product.official:
            found += targets_of(host.name, role=Role.BRAND)
        for seller in self.product.sellers:
            if seller.authorization is not None:
                found += targets_of(seller.name, seller.name, Role.SELLER)
                for host in seller.hosts:
                    found += targets_of(host.name, role=Role.SELLER)
        # Who writes a name with accents may also have the address with them.
        natives = {each.label: each.native for each in found if not each.registrable}
        found = [replace(each, native=natives.get(each.label, each.native)) for each in found]
        # Addresses first: a sentence that names one says more than one that names a brand.
        return tuple(sorted(dict.fromkeys(found), key=lambda target: not target.registrable))

    def near(self, link: Link) -> tuple[Target, ...]:
        """The targets that this link's host might be taken for."""
        del link
        return self.targets


@lru_cache(maxsize=65_536)
def _is_everybodys(name: str) -> bool:
    """Whether the names below this one belong to whoever takes them (co.uk, myshopify.com)."""
    return parse(f"https://{name}").is_suffix
