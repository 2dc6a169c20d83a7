"""Which names are a typing slip away from another? A table that is asked without a scan.

Two names close to each other become the same when some letters of either are left out (the
symmetric deletes of SymSpell). Each edit costs either name one letter of what they share: a short
name may lose one, and of a long one the beginning, which is nine letters, two.
"""

from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.distance import OSA

from shop.assay.sellers.typos import LONG, farthest


class Slips:
    """Names as a keyboard has them, by the hashes of what is left of them.

    A clash of hashes only costs a comparison.
    """

    __slots__ = ("_names",)

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[int, str | tuple[str, ...]] = {}
        put = self._names.setdefault
        for name in names:
            for key in map(hash, _shortened(name)):
                held = put(key, name)
                if held is name:
                    continue
                more = held if isinstance(held, tuple) else (held,)
                if more[-1] is not name:  # the same letters come of leaving out either twin
                    self._names[key] = (*more, name)

    def near(self, name: str) -> list[str]:
        """Those that the name might be a slip for."""
        keys = _asked_keys(name)
        if self._names.keys().isdisjoint(keys):  # C does all but what is found
            return []
        near: set[str] = set()
        for held in {*filter(None, map(self._names.get, keys))}:
            near.update((held,) if isinstance(held, str) else held)
        return [each for each in near if _is_close(name, each)]


def _asked_keys(name: str) -> list[int]:
    keys = [*map(hash, _shortened(name))]
    if len(name) == LONG:  # a letter too many for a short name
        keys += map(hash, combinations(name, LONG - 1))
    return keys


def _shortened(name: str) -> Iterable[tuple[str, ...]]:
    """The name without some of its letters, in letters."""
    length = len(name)
    if length < LONG:
        return (tuple(name), *combinations(name, length - 1))
    return combinations(name[:LONG], LONG - 2)


def _is_close(name: str, typed: str) -> bool:
    limit = farthest(typed)
    return OSA.distance(name, typed, score_cutoff=limit) <= limit
