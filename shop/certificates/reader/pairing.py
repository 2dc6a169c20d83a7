"""Which page of an earlier revision is which page now? Pages come, go and change places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Id = tuple[int, int]  # number and generation of a page's object: appending keeps it


@dataclass(frozen=True, slots=True)
class Pair:
    """Places from 0 in either revision; None where the other one has no such page."""

    before: int | None
    after: int | None
    is_moved: bool = False


def pairs(before: Sequence[Id], after: Sequence[Id]) -> list[Pair]:
    """Every page of both revisions once.

    Pages that are another object in the same place are the same page written anew.
    """
    found: list[Pair] = []
    gone: dict[Id, int] = {}
    come: dict[Id, int] = {}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, low, high, start, end in matcher.get_opcodes():
        if what == "equal":
            found += map(Pair, range(low, high), range(start, end))
        elif what == "replace" and not _is_shuffled(before[low:high], after):
            found += _replaced(range(low, high), range(start, end))
        else:
            gone |= {before[place]: place for place in range(low, high)}
            come |= {after[place]: place for place in range(start, end)}
    moved = gone.keys() & come.keys()
    found += [Pair(gone[page], come[page], is_moved=True) for page in moved]
    found += [Pair(gone[page], None) for page in gone.keys() - moved]
    found += [Pair(None, come[page]) for page in come.keys() - moved]
    return sorted(found, key=lambda pair: (pair.after is None, pair.after or 0, pair.before or 0))


def _is_shuffled(some: Sequence[Id], after: Sequence[Id]) -> bool:
    return any(page in after for page in some)


def _replaced(before: range, after: range) -> Iterator[Pair]:
    shared = min(len(before), len(after))
    yield from map(Pair, before[:shared], after[:shared])
    yield from (Pair(place, None) for place in before[shared:])
    yield from (Pair(None, place) for place in after[shared:])
