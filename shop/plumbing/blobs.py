"""Files by their SHA-256: written once, synced before anyone is told, read by digest.

An S3-compatible store takes the place of the folder when one machine is outgrown (docs/adr).
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from shop.plumbing.errors import NotFound

_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class BlobStore:
    """A folder of files named by digest, in 256 subfolders."""

    root: Path

    def put(self, content: bytes) -> str:
        """Keep the bytes for good and return their SHA-256 in hex.

        Returns only when file and folder are synced, so that a row may name the digest. Raises
        OSError, a full disk's among them, and then leaves nothing of it behind.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{digest}.{secrets.token_hex(4)}")
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        for folder in (path.parent, self.root):
            _sync_folder(folder)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes. Raises NotFound when there are none under this digest."""
        path = self.path(digest)
        if not path.is_file():
            code = "blob.missing"
            raise NotFound(code, "This file is no longer in the store.", digest=digest)
        return path.read_bytes()

    def path(self, digest: str) -> Path:
        """Where the bytes are, or would be. Raises ValueError for what is no digest."""
        if len(digest) != _DIGEST_LENGTH or not set(digest) <= set("0123456789abcdef"):
            message = "not a SHA-256 in hex"
            raise ValueError(message)
        return self.root / digest[:2] / digest

    def is_ready(self) -> bool:
        """Whether a file can be written at this moment."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".probe.{secrets.token_hex(4)}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError:
            return False
        return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
