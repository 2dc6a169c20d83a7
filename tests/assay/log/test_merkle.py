import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.log import merkle


def tree(count):
    """The leaves of a log and its Node, built by the definition of RFC 6962 alone."""
    leaves = [merkle.leaf_hash(b"entry %d" % index) for index in range(count)]

    def node(level, index):
        covered = leaves[index << level : (index + 1) << level]
        assert len(covered) == 1 << level, "asked for a subtree that is not complete"
        return slow_root(covered)

    return leaves, node


def slow_root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(slow_root(leaves[:split]), slow_root(leaves[split:]))


def flipped(value, bit):
    changed = bytearray(value)
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize(
    ("count", "root"),
    [  # the eight leaves that RFC 6962's reference implementation tests with
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_root_agrees_with_the_reference_implementation(count, root):
    contents = [
        "", "00", "10", "2021", "3031", "40414243",
        "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]  # fmt: skip
    leaves = [merkle.leaf_hash(bytes.fromhex(text)) for text in contents]

    def node(level, index):
        return slow_root(leaves[index << level : (index + 1) << level])

    assert merkle.root(count, node).hex() == root


def test_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root(0, lambda _level, _index: b"") == hashlib.sha256().digest()


@given(st.integers(1, 70))
def test_appending_one_by_one_completes_the_nodes_of_the_whole_tree(count):
    leaves, expected = tree(count)
    kept = {(0, index): leaf for index, leaf in enumerate(leaves)}
    for index, leaf in enumerate(leaves):
        for level, position, value in merkle.completed(index, leaf, lambda *at: kept[at]):
            kept[level, position] = value

    assert len(kept) == sum(count >> level for level in range(8))
    assert all(value == expected(*at) for at, value in kept.items())
    assert merkle.root(count, lambda *at: kept[at]) == slow_root(leaves)


@given(st.data(), st.integers(1, 130))
def test_every_inclusion_proof_verifies_and_stays_short(data, size):
    leaves, node = tree(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)

    assert merkle.is_included(leaves[index], index, size, proof, slow_root(leaves))
    assert len(proof) <= (size - 1).bit_length()


@given(st.data(), st.integers(2, 130), st.integers(0, 10_000))
def test_inclusion_proof_with_one_flipped_bit_fails(data, size, bit):
    leaves, node = tree(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)
    root = slow_root(leaves)
    piece = data.draw(st.integers(0, len(proof) - 1))
    altered = [*proof[:piece], flipped(proof[piece], bit), *proof[piece + 1 :]]

    assert not merkle.is_included(leaves[index], index, size, altered, root)
    assert not merkle.is_included(flipped(leaves[index], bit), index, size, proof, root)
    assert not merkle.is_included(leaves[index], index, size, proof, flipped(root, bit))


@given(st.data(), st.integers(2, 130))
def test_inclusion_proof_holds_for_no_other_place_and_no_other_length(data, size):
    leaves, node = tree(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-2, size + 2).filter(lambda value: value != index))
    proof = merkle.inclusion_proof(index, size, node)
    root = slow_root(leaves)

    assert not merkle.is_included(leaves[index], other, size, proof, root)
    assert not merkle.is_included(leaves[index], index, size, proof[:-1], root)
    assert not merkle.is_included(leaves[index], index, size, [*proof, root], root)


@given(st.data(), st.integers(0, 130))
def test_every_consistency_proof_verifies(data, new):
    leaves, node = tree(new)
    old = data.draw(st.integers(0, new))
    proof = merkle.consistency_proof(old, new, node)

    assert merkle.has_grown(old, new, proof, merkle.root(old, node), merkle.root(new, node))
    assert len(proof) <= new.bit_length() + 1
    assert merkle.root(old, node) == (slow_root(leaves[:old]) if old else merkle.EMPTY_ROOT)


@given(st.data(), st.integers(2, 130), st.integers(0, 10_000))
def test_consistency_proof_with_one_flipped_bit_fails(data, new, bit):
    _, node = tree(new)
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency_proof(old, new, node)
    roots = merkle.root(old, node), merkle.root(new, node)
    piece = data.draw(st.integers(0, len(proof) - 1))
    altered = [*proof[:piece], flipped(proof[piece], bit), *proof[piece + 1 :]]

    assert not merkle.has_grown(old, new, altered, *roots)
    assert not merkle.has_grown(old, new, proof, flipped(roots[0], bit), roots[1])
    assert not merkle.has_grown(old, new, proof, roots[0], flipped(roots[1], bit))
    assert not merkle.has_grown(old, new, proof[:-1], *roots)
    assert not merkle.has_grown(old, new, [*proof, roots[0]], *roots)


def test_a_rewritten_log_has_no_consistency_proof():
    _, node = tree(9)
    _, other = tree(5)
    forked = merkle.node_hash(merkle.root(4, other), merkle.leaf_hash(b"another story"))
    for proof in (merkle.consistency_proof(5, 9, node), []):
        assert not merkle.has_grown(5, 9, proof, forked, merkle.root(9, node))


def test_a_proof_asks_for_few_nodes_of_a_great_tree():
    size = 3_000_017
    wanted = merkle.coordinates(lambda node: merkle.inclusion_proof(1_234_567, size, node))
    assert len(wanted) < 2 * size.bit_length()


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_inclusion_proof_of_a_leaf_that_is_not_there_is_refused(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion_proof(index, size, tree(3)[1])


def test_consistency_proof_of_a_shrunken_log_is_refused():
    with pytest.raises(ValueError, match="did not grow"):
        merkle.consistency_proof(3, 2, tree(3)[1])
    assert not merkle.has_grown(3, 2, [], b"", b"")


def test_pieces_that_are_no_hashes_are_refused():
    leaves, node = tree(4)
    proof = merkle.inclusion_proof(0, 4, node)
    joined = [proof[0] + proof[1]]
    assert not merkle.is_included(leaves[0], 0, 4, joined, slow_root(leaves))
    assert not merkle.has_grown(2, 4, joined, slow_root(leaves[:2]), slow_root(leaves))
    assert not merkle.has_grown(3, 4, [], slow_root(leaves[:3]), slow_root(leaves))
