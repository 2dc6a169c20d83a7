"""Which protected names might a link's host be taken for? An index that is asked once per link.

It finds too many rather than too few: whatever a test of `lookalikes` could say about a host and a
name, `near` names that name, and the judge then compares the two exactly. Asking takes the same
time for ten names and for a hundred thousand. Built once, never changed, swapped whole.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain, combinations

import ahocorasick
from rapidfuzz.distance import OSA

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import squashed
from shop.assay.sellers.sight import Sight, sight_of
from shop.assay.sellers.targets import Target, targets_of
from shop.assay.sellers.typos import LONG, SHORTEST, farthest

_SHORTEST_INSIDE = 4  # shorter names are found as whole labels only
_GENERIC_IN = 4  # a name that stands in so many others is a word of the trade: "apteka"
_Table = dict[str, int | tuple[int, ...]]  # mostly one place under a key, held as itself


class Index:
    """Names of others, arranged so that the few near one host are found without a scan."""

    __slots__ = ("_automaton", "_exact", "_misspelled", "_names", "_typed", "stamp")

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.stamp = hashlib.sha256("\n".join(names).encode()).hexdigest()
        self._exact: _Table = {}
        self._typed: _Table = {}  # what can be mistyped, and whose it is
        self._misspelled: dict[int, str | tuple[str, ...]] = {}
        inside: _Table = {}
        for place, name in enumerate(names):
            for target in targets_of.__wrapped__(name):
                self._add(place, target, inside)
        for typed in self._typed:
            self._add_misspelled(typed)
        self._automaton = _searching(inside)

    @classmethod
    def build(cls, names: Iterable[str]) -> "Index":
        """An index of hosts ("olaplex.com") and names ("Olaplex"); the order does not matter."""
        return cls(tuple(sorted(set(names))))

    def __len__(self) -> int:
        return len(self._names)

    def near(self, link: Link) -> tuple[str, ...]:
        """The names, as they were given, that the host might be taken for; usually none."""
        if not self._names or link.is_ip:
            return ()
        registrable = link.registrable
        if not registrable:
            return ()
        sight = sight_of(link)
        found: set[int] = set()
        wholes = _wholes(sight, registrable)
        if not self._exact.keys().isdisjoint(wholes):  # one question in C: most hosts have none
            found.update(_places(self._exact, wholes))
        if sight.native.isascii():
            for name in (sight.joined, *sight.parts):
                found.update(self._mistyped(name))
        if len(self._automaton):
            for _, places in self._automaton.iter(link.unicode_host.replace("-", "")):
                found.update(places)
        return tuple([self._names[place] for place in sorted(found)]) if found else ()

    def _add(self, place: int, target: Target, inside: _Table) -> None:
        joined = target.joined
        for key in {joined, target.drawn, target.whole}:
            if key:
                _put(self._exact, key, place)
        if len(target.typed) >= SHORTEST:
            _put(self._typed, target.typed, place)
        found_inside = joined if len(joined) >= _SHORTEST_INSIDE else target.registrable
        if found_inside:
            _put(inside, found_inside, place)

    def _add_misspelled(self, typed: str) -> None:
        put = self._misspelled.setdefault
        for key in map(hash, _shortened(typed)):
            held = put(key, typed)
            if held is not typed:
                more = held if isinstance(held, tuple) else (held,)
                if more[-1] is not typed:  # the same letters come of leaving out either twin
                    self._misspelled[key] = (*more, typed)

    def _mistyped(self, name: str) -> Iterable[int]:
        """Those whose typing slip the name might be."""
        near: set[str] = set()
        keys = map(hash, _shortened(name, is_asked=True))
        for held in filter(None, map(self._misspelled.get, keys)):  # C does all but what is found
            near.update((held,) if isinstance(held, str) else held)
        if not near:
            return ()
        close = [typed for typed in near if _is_close(name, typed)]
        return _places(self._typed, close)


def _is_close(name: str, typed: str) -> bool:
    limit = farthest(typed)
    return OSA.distance(name, typed, score_cutoff=limit) <= limit


def _put(table: _Table, key: str, place: int) -> None:
    held = table.setdefault(key, place)
    if held != place:
        table[key] = (*held, place) if isinstance(held, tuple) else (held, place)


def _several(held: int | tuple[int, ...]) -> tuple[int, ...]:
    return (held,) if isinstance(held, int) else held


def _places(table: _Table, keys: Iterable[str]) -> Iterator[int]:
    for key in keys:
        held = table.get(key)
        if isinstance(held, int):
            yield held
        elif held is not None:
            yield from held


def _wholes(sight: Sight, registrable: str) -> tuple[str, ...]:
    """What may be a whole name or address, as written and as drawn."""
    joined = sight.joined if sight.label == sight.native else squashed(sight.label)
    whole = squashed(registrable)
    host = sight.link.name
    name = whole if host == registrable else squashed(host)
    return (joined, joined.removeprefix("www"), name, whole, *sight.drawn)


def _shortened(name: str, *, is_asked: bool = False) -> Iterable[tuple[str, ...]]:
    """The name without some of its letters, in letters: names close to each other share one.

    Each edit costs either name one letter of what they share (the symmetric deletes of SymSpell):
    a short name may lose one, and of a long one the beginning, which is nine letters, two. The
    tables hold the hashes of these: a clash only costs a comparison.
    """
    length = len(name)
    if length < LONG:
        return (tuple(name), *combinations(name, length - 1))
    twice = combinations(name[:LONG], LONG - 2)
    if is_asked and length == LONG:  # a letter too many for a short name
        return chain(twice, combinations(name, length - 1))
    return twice


def _searching(inside: _Table) -> ahocorasick.Automaton:
    """What finds names inside a host, but for words of a trade: those say nothing there."""
    automaton = ahocorasick.Automaton()
    for key, held in inside.items():
        automaton.add_word(key, _several(held))
    automaton.make_automaton()
    counted: dict[int, int] = {}
    for key in inside:
        standing = {place for _, places in automaton.iter(key) for place in places}
        for place in standing.difference(automaton.get(key)):
            counted[place] = counted.get(place, 0) + 1
    generic = {place for place, count in counted.items() if count >= _GENERIC_IN}
    for key in [key for key, held in inside.items() if not generic.isdisjoint(_several(held))]:
        kept = tuple(place for place in _several(inside[key]) if place not in generic)
        if kept:
            automaton.add_word(key, kept)
        else:
            automaton.remove_word(key)
    automaton.make_automaton()
    return automaton
