"""Is this entry in the log, and has the log only grown?

The tree of RFC 6962, the proofs of RFC 9162. Nothing here holds a tree: whatever needs one asks a
`Node` for the hash of a complete subtree, so that a proof costs as many hashes as the tree is high.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

# The hash over leaves [index * 2**level, (index + 1) * 2**level); level 0 is a leaf.
Node = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(index: int, leaf: bytes, node: Node) -> Iterator[tuple[int, int, bytes]]:
    """The subtrees, as (level, index, hash), that the leaf at `index` is the last one of."""
    level, position, value = 0, index, leaf
    while position & 1:
        value = node_hash(node(level, position - 1), value)
        level, position = level + 1, position >> 1
        yield level, position, value


def root(size: int, node: Node) -> bytes:
    """The hash of the tree when it held its first `size` leaves."""
    return _subtree(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """What must be hashed to leaf `index` to arrive at the root of `size` leaves."""
    if not 0 <= index < size:
        message = f"a tree of {size} leaves has no leaf {index}"
        raise ValueError(message)
    return _path(index, 0, size, node)


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """What shows that the first `old` of `new` leaves are the same leaves."""
    if not 0 <= old <= new:
        message = f"a tree of {new} leaves did not grow from {old}"
        raise ValueError(message)
    return _growth(old, 0, new, node) if old else []


def coordinates(ask: Callable[[Node], object]) -> list[tuple[int, int]]:
    """Every (level, index) that `ask` wants of its Node, so that they can be fetched at once."""
    wanted: dict[tuple[int, int], None] = {}

    def note(level: int, index: int) -> bytes:
        wanted[level, index] = None
        return EMPTY_ROOT

    ask(note)
    return list(wanted)


def is_included(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size or any(len(piece) != HASH_SIZE for piece in proof):
        return False
    position, last, value = index, size - 1, leaf
    for piece in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(piece, value)
            position, last = _skip_missing(position, last)
        else:
            value = node_hash(value, piece)
        position, last = position >> 1, last >> 1
    return last == 0 and value == expected_root


def has_grown(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or any(len(piece) != HASH_SIZE for piece in proof):
        return False
    if old in {0, new}:
        expected = EMPTY_ROOT if old == 0 else new_root
        return not proof and old_root == expected
    pieces = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not pieces:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = pieces[0]
    for piece in pieces[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node_hash(piece, before), node_hash(piece, after)
            position, last = _skip_missing(position, last)
        else:
            after = node_hash(after, piece)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _skip_missing(position: int, last: int) -> tuple[int, int]:
    """Climb past the levels on the right edge at which a node has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _path(index: int, start: int, end: int, node: Node) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, node), _subtree(middle, end, node)]
    return [*_path(index, middle, end, node), _subtree(start, middle, node)]


def _growth(old: int, start: int, end: int, node: Node) -> list[bytes]:
    if old == end:
        # On the left edge this is the old root, which whoever verifies holds already.
        return [] if start == 0 else [_subtree(start, end, node)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_growth(old, start, middle, node), _subtree(middle, end, node)]
    return [*_growth(old, middle, end, node), _subtree(start, middle, node)]


def _subtree(start: int, end: int, node: Node) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(width)
    return node_hash(_subtree(start, middle, node), _subtree(middle, end, node))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
