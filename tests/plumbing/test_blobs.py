import hashlib

import pytest

from shop.plumbing.blobs import BlobStore
from shop.plumbing.errors import NotFound

CONTENT = b"%PDF-1.7 a certificate"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "blobs")


def test_put_gives_the_digest_and_get_the_bytes(store):
    assert store.put(CONTENT) == DIGEST
    assert store.get(DIGEST) == CONTENT


def test_same_bytes_are_kept_once(store):
    store.put(CONTENT)
    written = store.path(DIGEST).stat().st_mtime_ns
    store.put(CONTENT)
    assert store.path(DIGEST).stat().st_mtime_ns == written
    assert [path for path in store.root.rglob("*") if path.is_file()] == [store.path(DIGEST)]


def test_missing_blob_is_not_found(store):
    with pytest.raises(NotFound, match=r"blob\.missing"):
        store.get(DIGEST)


@pytest.mark.parametrize("text", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "0", "g" * 64])
def test_what_is_no_digest_never_becomes_a_path(store, text):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(text)


def test_store_without_a_writable_folder_is_not_ready(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert not BlobStore(tmp_path / "file" / "blobs").is_ready()
    assert BlobStore(tmp_path / "blobs").is_ready()
