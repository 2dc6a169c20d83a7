"""Whose is a host, among all that are known for a product? One dictionary, walked by suffix.

Built once for a product's facts; a look takes the same time for ten known names and a million.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shop.assay.sellers.endings import LONGEST_HOST, is_suffix
from shop.assay.sellers.facts import (
    Host,
    NotAuthorized,
    ProductFacts,
    Proof,
    ProofMethod,
    Seller,
)
from shop.assay.sellers.hostnames import is_internal_name, suffixes
from shop.assay.sellers.protected import Index
from shop.assay.sellers.resemblance import is_close_to_any
from shop.assay.sellers.sight import Sight
from shop.assay.sellers.targets import Role, Target, targets_of

# Begun at the head of a run only and never taken back, so that no text is read twice.
_LIKE_A_HOST = re.compile(r"(?<![a-z0-9-])-*+([a-z0-9][a-z0-9-]*+(?:[.][a-z0-9-]++)+)")
_BETWEEN = re.compile(r"([.-])")
_ESCAPED = re.compile(r"%[0-9a-f]{2}")
# Bounds for texts that somebody made to be slow.
_LONGEST_READ = 8192
_MOST_PIECES = 31
_FEW = 24
# The names of more sellers than a brand can know by heart are left to the index of protected names.
_MOST_SELLERS = 500


class Terms:
    """What the brand says of a host's owner and how the host is proven: one object for all alike.

    Compared by identity. Two hosts on the same terms get the same answer, but for their names.
    """

    __slots__ = ("is_deep", "is_the_brands")

    def __init__(self, proof: Proof, *, is_the_brands: bool = False) -> None:
        self.is_the_brands = is_the_brands
        self.is_deep = proof.method is ProofMethod.DNS  # the proof speaks for the names below


@dataclass(frozen=True, slots=True)
class Known:
    """A host on record, and whose it is (None: the brand's own)."""

    host: Host
    seller: Seller | None
    is_named: bool  # the brand's own, or a seller's that the brand or our staff names
    terms: Terms
    owner: str  # the seller's name, or the brand's


class Register:
    """A product's facts, arranged for looking hosts up."""

    def __init__(self, product: ProductFacts) -> None:
        self.product = product
        # One alone, at its name and above, is held as itself: there is no choice to make below.
        self._known: dict[str, Known | tuple[Known, ...]] = {}
        self._narrow: set[str] = set()  # hosts with entries that say nothing of the names below
        self._refused: dict[str, NotAuthorized] = {}
        for entry in product.not_authorized:
            held = self._refused.get(entry.host)
            if held is None or held.named_on < entry.named_on:
                self._refused[entry.host] = entry
        for known in _everybody(product):
            self._add(known)
        self._set_apart()

    def _add(self, known: Known) -> None:
        name = known.host.name
        held = self._known.setdefault(name, known)
        if held is not known:
            self._known[name] = (*_several(held), known)
        if known.host.is_exact or is_suffix(name):
            self._narrow.add(name)

    def _set_apart(self) -> None:
        """Hold as one of several whoever is not alone at and above his name, or not public."""
        known = self._known
        for name in self._narrow.union(*map(suffixes, self._refused)):
            if name in known:
                known[name] = _several(known[name])
        for name, held in known.items():
            if isinstance(held, Known) and (self._stands_below(name) or is_internal_name(name)):
                known[name] = (held,)

    def _stands_below(self, name: str) -> bool:
        """Whether a name above is on record, or refused at or above this one."""
        if self._refused and self.refusing(name) is not None:
            return True
        dot = name.find(".")
        while dot >= 0:
            if name[dot + 1 :] in self._known:
                return True
            dot = name.find(".", dot + 1)
        return False

    def nearest(self, name: str) -> Known | tuple[Known, ...] | None:
        """Whoever is on record for this name, or else for the nearest one above it.

        A single `Known` is all that the facts say of the name; of several, ask `covering`.
        `name` is not longer than DNS allows.
        """
        known = self._known
        found = known.get(name)
        dot = 0
        while found is None:
            dot = name.find(".", dot) + 1
            if not dot:
                return None
            found = known.get(name[dot:])  # one label less each time
        return found

    def covering(self, name: str) -> tuple[Known, ...]:
        """Everybody on record whose host this is, or stands above it; the nearest first."""
        known = self._known
        found = _several(known.get(name, ()))
        dot = name.find(".") if len(name) <= LONGEST_HOST else -1
        while dot >= 0:  # the names above, one label less each time
            above = name[dot + 1 :]
            if above in known:
                found += _several(known[above]) if above not in self._narrow else self._wide(above)
            dot = name.find(".", dot + 1)
        return found

    def refusing(self, name: str) -> NotAuthorized | None:
        """The nearest address at or above this one that the brand names as not authorized."""
        if not self._refused:
            return None
        return next((self._refused[each] for each in suffixes(name) if each in self._refused), None)

    def names(self) -> Iterator[str]:
        """Every host on record."""
        return iter(self._known)

    def within(self, text: str) -> Iterator[str]:
        """The hosts on record that stand in a text in lower case, as whole names."""
        for run in _LIKE_A_HOST.findall(_ESCAPED.sub("/", text[:_LONGEST_READ])):
            pieces = _BETWEEN.split(run)[:_MOST_PIECES]
            # Pieces alternate with what stands between them: a name begins and ends with a piece.
            for start in range(0, len(pieces), 2):
                for end in range(start + 3, len(pieces) + 1, 2):
                    name = "".join(pieces[start:end])
                    if name in self._known:
                        yield name

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What a name may be taken for: the brand's addresses and name, then its named sellers'."""
        brand = self.product.brand
        found = [*targets_of(brand, brand, Role.BRAND)]
        for host in self.product.official:
            found += targets_of(host.name, role=Role.BRAND)
        named = [each for each in self.product.sellers if each.authorization is not None]
        for seller in named if len(named) <= _MOST_SELLERS else ():
            found += targets_of(seller.name, seller.name, Role.SELLER)
            for host in seller.hosts:
                found += targets_of(host.name, role=Role.SELLER)
        # Who writes a name with accents may also have the address with them.
        natives = {each.label: each.native for each in found if not each.registrable}
        found = [replace(each, native=natives.get(each.label, each.native)) for each in found]
        # Addresses first: a sentence that names one says more than one that names a brand.
        return tuple(sorted(dict.fromkeys(found), key=lambda target: not target.registrable))

    def near(self, sight: Sight) -> Sequence[Target]:
        """The targets that this host might be taken for."""
        if len(self.targets) <= _FEW:
            return self.targets  # comparing with each is quicker than asking for the near ones
        index, by_text = self._nearby
        return [target for text in index.around(sight) for target in by_text[text]]

    def is_far(self, sight: Sight) -> bool:
        """Whether none of `near` can be meant: worth asking by whoever asks for many hosts."""
        return self._few.is_far(sight) if len(self.targets) <= _FEW else not self.near(sight)

    def _wide(self, name: str) -> tuple[Known, ...]:
        """Of the entries of a host those that speak for the names below: of co.uk none."""
        if is_suffix(name):
            return ()
        return tuple(each for each in _several(self._known[name]) if not each.host.is_exact)

    @cached_property
    def _few(self) -> "_Few":
        return _Few(self.targets)

    @cached_property
    def _nearby(self) -> tuple[Index, dict[str, list[Target]]]:
        by_text: dict[str, list[Target]] = {}
        for target in self.targets:
            by_text.setdefault(target.registrable or target.name, []).append(target)
        return Index.build(by_text), by_text


class _Few:
    """What could be found with a few targets, each of which is compared with every host."""

    def __init__(self, targets: tuple[Target, ...]) -> None:
        self._drawn = frozenset(target.drawn for target in targets)
        self._joined = tuple({target.joined for target in targets})
        self._typed = tuple({target.typed for target in targets})

    def is_far(self, sight: Sight) -> bool:
        """Whether the host holds none of them and is close to none."""
        if not (sight.native.isascii() and self._drawn.isdisjoint(sight.drawn)):
            return False
        squashed = sight.squashed
        for joined in self._joined:
            if joined in squashed:
                return False
        return not is_close_to_any(sight, self._typed)


def _everybody(product: ProductFacts) -> Iterator[Known]:
    terms: dict[tuple[int, int, bool], Terms] = {}  # by the identity of what the facts hold
    for host in product.official:
        own = Terms(host.proof, is_the_brands=True)
        yield Known(host, None, is_named=True, terms=own, owner=product.brand)
    named = {seller.name for seller in product.sellers if seller.authorization is not None}
    for seller in product.sellers:
        said, is_named = seller.authorization, seller.name in named
        for host in seller.hosts:
            key = (id(said), id(host.proof), seller.is_marketplace)
            shared = terms.get(key) or terms.setdefault(key, Terms(host.proof))
            yield Known(host, seller, is_named=is_named, terms=shared, owner=seller.name)


def _several(held: Known | tuple[Known, ...]) -> tuple[Known, ...]:
    return (held,) if isinstance(held, Known) else held
