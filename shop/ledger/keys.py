"""Which keys sign the record, and where do they live?

Two keys outside the database: P-256 for verdicts, Ed25519 for the log. Each is a PEM file that only
its owner can read, made once however many processes start at the same time.
"""

import contextlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from shop.assay.log.notes import LogKey

VERDICT_FILE = "verdict-p256.pem"
LOG_FILE = "log-ed25519.pem"
_PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey


class KeyFileError(ValueError):
    """A key file that cannot be used. Its text names the file and says what to do."""


@dataclass(frozen=True)
class Keys:
    """Both private keys."""

    verdict: ec.EllipticCurvePrivateKey
    log: Ed25519PrivateKey

    @cached_property
    def verdict_public(self) -> bytes:
        """PEM, as it stands in every entry."""
        return self.verdict.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )

    def sign_record(self, record: bytes) -> bytes:
        return self.verdict.sign(record, ec.ECDSA(hashes.SHA256()))

    def log_key(self, origin: str) -> LogKey:
        """The public half of the log's key, under the log's name."""
        return LogKey(origin, self.log.public_key().public_bytes_raw())


def load_or_create(folder: Path) -> Keys:
    """The keys in `folder`; what is missing is made. Raises KeyFileError."""
    verdict = _load_or_create(
        folder / VERDICT_FILE, lambda: ec.generate_private_key(ec.SECP256R1())
    )
    log = _load_or_create(folder / LOG_FILE, Ed25519PrivateKey.generate)
    if not isinstance(verdict, ec.EllipticCurvePrivateKey) or verdict.curve.name != "secp256r1":
        raise _wrong(folder / VERDICT_FILE, "P-256")
    if not isinstance(log, Ed25519PrivateKey):
        raise _wrong(folder / LOG_FILE, "Ed25519")
    return Keys(verdict, log)


def _load_or_create(path: Path, make: Callable[[], _PrivateKey]) -> object:
    if not path.exists():
        _keep(path, make())
    try:
        return load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, TypeError, ValueError, UnsupportedAlgorithm) as problem:
        message = f"{path} is no private key that can be read; put the shop's own key back"
        raise KeyFileError(message) from problem


def _keep(path: Path, key: _PrivateKey) -> None:
    """Write the file whole or not at all; of several writers the first one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        Path(temporary).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _wrong(path: Path, kind: str) -> KeyFileError:
    return KeyFileError(f"{path} holds a key of another kind than {kind}")
