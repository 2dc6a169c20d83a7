"""Which protected names might a link's host be taken for? An index that is asked once per link.

It finds too many rather than too few: whatever a test of `lookalikes` could say about a host and a
name, `near` names that name, and the judge then compares the two exactly. Asking takes the same
time for ten names and for a hundred thousand. Built once, never changed, swapped whole.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import ahocorasick
from rapidfuzz import process
from rapidfuzz.distance import OSA

from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.names import squashed
from shop.assay.sellers.sight import Sight, sight_of
from shop.assay.sellers.targets import Target, targets_of

_SHORTEST_INSIDE = 4  # shorter names are found as whole labels only
_SHORTEST_TYPO = 5
_LONG = 9  # from here on two edits are still close
_FARTHEST = 2
_KEPT = 6  # letters of a name's beginning of which some are left out to find it mistyped
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
        for key in {target.joined, target.drawn, target.whole} - {""}:
            _put(self._exact, key, place)
        if len(target.typed) >= _SHORTEST_TYPO:
            if target.typed not in self._typed:
                for key in _shortened(target.typed[:_KEPT], twice=len(target.typed) >= _LONG):
                    _put(self._misspelled, key, target.typed)
            self._typed[target.typed] = (*self._typed.get(target.typed, ()), place)
        inside = target.joined if len(target.joined) >= _SHORTEST_INSIDE else target.registrable
        if inside:
            held = self._automaton.get(inside, ())
            self._automaton.add_word(inside, (*held, place))

    def _mistyped(self, sight: Sight) -> Iterator[int]:
        """Those within two edits of the label or a part of it."""
        if not sight.native.isascii():
            return
        get = self._misspelled.get
        for name in (sight.joined, *sight.parts):
            near: list[str] = []
            for key in _shortened(name[:_KEPT]):
                held = get(key)
                if held is not None:
                    near += (held,) if isinstance(held, str) else held
            if near:  # compared in one call of C
                close = process.extract_iter(
                    name, near, scorer=OSA.distance, score_cutoff=_FARTHEST
                )
                for label, _, _ in close:
                    yield from self._typed[label]

    def _standing_in_many(self) -> frozenset[int]:
        """The names that are words of a trade: inside a longer name they say nothing."""
        counted: dict[int, int] = {}
        for key in self._automaton:
            inside = {place for _, places in self._automaton.iter(key) for place in places}
            for place in inside.difference(self._automaton.get(key)):
                counted[place] = counted.get(place, 0) + 1
        return frozenset(place for place, count in counted.items() if count >= _GENERIC_IN)


def _put(table: dict[str, Any], key: str, thing: int | str) -> None:
    held = table.setdefault(key, thing)
    if held != thing:
        table[key] = (*held, thing) if isinstance(held, tuple) else (held, thing)


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
    once = [start[:at] + start[at + 1 :] for at in range(len(start))]
    found = {start, *once}
    if twice:
        found.update(
            text[:at] + text[at + 1 :]
            for skip, text in enumerate(once)
            for at in range(skip, len(text))
        )
    return found
