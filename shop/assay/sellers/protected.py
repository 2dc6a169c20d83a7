"""Which protected names might a link's host be taken for? An index that is asked once per link.

It finds too many rather than too few: whatever a test of `lookalikes` could say about a host and a
name, `near` names that name, and the judge then compares the two exactly. Asking takes the same
time for ten names and for a hundred thousand. Built once, never changed, swapped whole.
"""

import hashlib
from collections.abc import Iterable, Iterator

import ahocorasick
from rapidfuzz.distance import OSA

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import squashed
from shop.assay.sellers.sight import Sight, sight_of
from shop.assay.sellers.targets import Target, targets_of
from shop.assay.sellers.typos import FARTHEST

_SHORTEST_INSIDE = 4  # shorter names are found as whole labels only
_SHORTEST_TYPO = 5
_LONG = 9  # from here on two edits are still close
_KEPT = 7  # letters of a name's beginning of which some are left out to find it mistyped
_GENERIC_IN = 4  # a name that stands in so many others is a word of the trade: "apteka"


class Index:
    """Names of others, arranged so that the few near one host are found without a scan."""

    __slots__ = ("_automaton", "_exact", "_generic", "_misspelled", "_names", "_typed", "stamp")

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.stamp = hashlib.sha256("\n".join(names).encode()).hexdigest()
        # A table that mostly has one thing under a key holds it as itself, several as a tuple.
        self._exact: dict[str, int | tuple[int, ...]] = {}
        self._typed: dict[str, tuple[int, ...]] = {}  # what can be mistyped, and whose it is
        self._misspelled: dict[str, str | tuple[str, ...]] = {}
        self._automaton = ahocorasick.Automaton()
        for place, name in enumerate(names):
            for target in targets_of.__wrapped__(name):
                self._add(place, target)
        self._automaton.make_automaton()
        self._generic = self._standing_in_many()

    @classmethod
    def build(cls, names: Iterable[str]) -> "Index":
        """An index of hosts ("olaplex.com") and names ("Olaplex"); the order does not matter."""
        return cls(tuple(sorted(set(names))))

    def __len__(self) -> int:
        return len(self._names)

    def near(self, link: Link) -> tuple[str, ...]:
        """The names, as they were given, that the host might be taken for; usually none."""
        if link.is_ip or not link.registrable or not self._names:
            return ()
        sight = sight_of(link)
        found = set(_places(self._exact, _wholes(sight)))
        found.update(self._mistyped(sight))
        host = link.unicode_host.replace("-", "")
        if len(self._automaton):
            inside = {place for _, places in self._automaton.iter(host) for place in places}
            found |= inside - self._generic
        return tuple(self._names[place] for place in sorted(found))

    def _add(self, place: int, target: Target) -> None:
        joined, typed = target.joined, target.typed
        for key in {joined, target.drawn, target.whole} - {""}:
            _put(self._exact, key, place)
        if len(typed) >= _SHORTEST_TYPO:
            if typed not in self._typed:
                self._add_misspelled(typed)
            self._typed[typed] = (*self._typed.get(typed, ()), place)
        inside = joined if len(joined) >= _SHORTEST_INSIDE else target.registrable
        if inside:
            held = self._automaton.get(inside, ())
            self._automaton.add_word(inside, (*held, place))

    def _add_misspelled(self, typed: str) -> None:
        put = self._misspelled.setdefault
        for key in _shortened(typed[:_KEPT], twice=len(typed) >= _LONG):
            held = put(key, typed)
            if held is not typed:
                more = held if isinstance(held, tuple) else (held,)
                self._misspelled[key] = (*more, typed)

    def _mistyped(self, sight: Sight) -> Iterator[int]:
        """Those within two edits of the label or a part of it."""
        if not sight.native.isascii():
            return
        table = self._misspelled
        for name in (sight.joined, *sight.parts):
            near: set[str] = set()
            # The keys that are in the table, found by C: most names have none.
            for key in _shortened(name[:_KEPT]) & table.keys():
                held = table[key]
                near.update((held,) if isinstance(held, str) else held)
            shortest, longest = len(name) - FARTHEST, len(name) + FARTHEST
            for label in near:
                is_near = shortest <= len(label) <= longest
                if is_near and OSA.distance(name, label, score_cutoff=FARTHEST) <= FARTHEST:
                    yield from self._typed[label]

    def _standing_in_many(self) -> frozenset[int]:
        """The names that are words of a trade: inside a longer name they say nothing."""
        counted: dict[int, int] = {}
        for key in self._automaton:
            inside = {place for _, places in self._automaton.iter(key) for place in places}
            for place in inside.difference(self._automaton.get(key)):
                counted[place] = counted.get(place, 0) + 1
        return frozenset(place for place, count in counted.items() if count >= _GENERIC_IN)


def _put(table: dict[str, int | tuple[int, ...]], key: str, place: int) -> None:
    held = table.setdefault(key, place)
    if held != place:
        table[key] = (*held, place) if isinstance(held, tuple) else (held, place)


def _places(table: dict[str, int | tuple[int, ...]], keys: Iterable[str]) -> Iterator[int]:
    for key in keys:
        held = table.get(key)
        if isinstance(held, int):
            yield held
        elif held is not None:
            yield from held


def _wholes(sight: Sight) -> set[str]:
    """What may be a whole name or address, as written and as drawn."""
    joined = squashed(sight.label)
    whole = squashed(sight.link.registrable)
    return {joined, joined.removeprefix("www"), squashed(sight.link.name), whole, *sight.drawn}


def _shortened(start: str, *, twice: bool = True) -> set[str]:
    """The beginning of a name without one or two of its letters.

    Names within that many edits of each other share one of these (the symmetric deletes of
    SymSpell, on a beginning only), so a look-up for each finds all of them.
    """
    found = [start]
    for at in range(len(start)):
        once = start[:at] + start[at + 1 :]
        found.append(once)
        if twice:
            found += [once[:to] + once[to + 1 :] for to in range(at, len(once))]
    return set(found)
