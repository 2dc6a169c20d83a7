"""Which protected names might a link's host be taken for? An index that is asked once per link.

It finds too many rather than too few: whatever a test of `lookalikes` could say about a host and a
name, `near` names that name, and the judge then compares the two exactly. Asking takes the same
time for ten names and for a hundred thousand. Built once, never changed, swapped whole.
"""

import hashlib
from collections.abc import Iterable, Iterator

import ahocorasick

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import squashed
from shop.assay.sellers.sight import Sight, sight_of
from shop.assay.sellers.slips import Slips
from shop.assay.sellers.targets import Target, targets_of
from shop.assay.sellers.typos import SHORTEST

_SHORTEST_INSIDE = 4  # shorter names are found as whole labels only
_GENERIC_IN = 4  # a name that stands in so many others is a word of the trade: "apteka"
_Table = dict[str, int | tuple[int, ...]]  # mostly one place under a key, held as itself


class Index:
    """Names of others, arranged so that the few near one host are found without a scan."""

    __slots__ = ("_automaton", "_exact", "_names", "_slips", "_targets", "_typed", "stamp")

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.stamp = hashlib.sha256("\n".join(names).encode()).hexdigest()
        self._exact: _Table = {}
        self._typed: _Table = {}  # what can be mistyped, and whose it is
        inside: _Table = {}
        self._targets = [targets_of.__wrapped__(name) for name in names]
        for place, targets in enumerate(self._targets):
            for target in targets:
                self._add(place, target, inside)
        self._slips = Slips(self._typed)
        self._automaton = _searching(inside)

    @classmethod
    def build(cls, names: Iterable[str]) -> "Index":
        """An index of hosts ("olaplex.com") and names ("Olaplex"); the order does not matter."""
        return cls(tuple(sorted(set(names))))

    def __len__(self) -> int:
        return len(self._names)

    def near(self, link: Link) -> tuple[str, ...]:
        """The names, as they were given, that the host might be taken for; usually none."""
        if not self._names or link.is_ip or not link.registrable:
            return ()
        return self.around(sight_of(link))

    def around(self, sight: Sight) -> tuple[str, ...]:
        """As `near`, of a host that was looked at before."""
        return tuple([self._names[place] for place in self._places_around(sight)])

    def targets_around(self, sight: Sight) -> list[Target]:
        """What those names come to: the targets of each, as `targets_of` has them."""
        return [each for place in self._places_around(sight) for each in self._targets[place]]

    def _places_around(self, sight: Sight) -> list[int]:
        found: list[int] = []
        wholes = _wholes(sight)
        if not self._exact.keys().isdisjoint(wholes):  # one question in C: most hosts have none
            found.extend(_places(self._exact, wholes))
        for name in sight.spelled:
            close = self._slips.near(name)
            if close:
                found.extend(_places(self._typed, close))
        if len(self._automaton):
            for _, places in self._automaton.iter(sight.unhyphened):
                found.extend(places)
        return sorted(set(found)) if found else found

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


def _wholes(sight: Sight) -> tuple[str, ...]:
    """What may be a whole name or address, as written and as drawn."""
    joined = sight.joined if sight.label == sight.native else squashed(sight.label)
    name = sight.squashed if sight.name == sight.unicode_host else squashed(sight.name)
    whole = name if sight.name == sight.registrable else squashed(sight.registrable)
    return (joined, joined.removeprefix("www"), name, whole, *sight.drawn)


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
