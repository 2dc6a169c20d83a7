"""Who signed this checkpoint, and what does it say?

Signed notes and checkpoints as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint),
so that tools which we did not write can read ours. Ed25519 only.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shop.assay.log.merkle import HASH_SIZE

_ED25519 = b"\x01"
_PUBLIC_KEY_SIZE = 32
_KEY_ID_SIZE = 4
_DASH = "\N{EM DASH} "
_LONGEST_SIZE = 19  # digits of the largest signed 64-bit number


class NoteError(ValueError):
    """A note, checkpoint or key that cannot be read, or a signature that does not hold."""


@dataclass(frozen=True, slots=True)
class LogKey:
    """The public half of a log's key. `text` is the form that other tools call a vkey."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        is_plain = self.name.isprintable() and not any(map(str.isspace, self.name))
        if not self.name or "+" in self.name or not is_plain:
            message = f"a key's name is text without spaces or '+', not {self.name!r}"
            raise NoteError(message)
        if len(self.public) != _PUBLIC_KEY_SIZE:
            message = "an Ed25519 public key has 32 bytes"
            raise NoteError(message)

    @property
    def key_id(self) -> bytes:
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:_KEY_ID_SIZE]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "LogKey":
        """Read `name+id+key`. Raises NoteError."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:  # noqa: PLR2004 - name, id, key
            message = "a log key reads name+id+key"
            raise NoteError(message)
        name, key_id, encoded = parts
        typed = _from_base64(encoded)
        if typed[:1] != _ED25519:
            message = "the log key is of a kind that this program does not know"
            raise NoteError(message)
        key = cls(name, typed[1:])
        if key.key_id.hex() != key_id:
            message = "the log key's id does not belong to its name and key"
            raise NoteError(message)
        return key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log claims to be: its name, how many entries it holds, and their root hash."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a checkpoint's text; lines after the third are extensions. Raises NoteError."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004 - three, and the end
            message = "a checkpoint has three lines: origin, size, root hash"
            raise NoteError(message)
        origin, size, encoded = lines[:3]
        is_number = size.isascii() and size.isdigit() and (size == "0" or size[0] != "0")
        if not is_number or len(size) > _LONGEST_SIZE:
            message = f"a checkpoint's size is a whole number, not {size[:30]!r}"
            raise NoteError(message)
        root = _from_base64(encoded)
        if len(root) != HASH_SIZE:
            message = "a checkpoint's root hash has 32 bytes"
            raise NoteError(message)
        return cls(origin, int(size), root)


def sign(text: str, key: LogKey, signer: Callable[[bytes], bytes]) -> str:
    """The note: `text`, and under it the signature that the other half of `key` makes."""
    if not text.endswith("\n"):
        message = "the text of a note ends with a line break"
        raise NoteError(message)
    signature = key.key_id + signer(text.encode())
    return f"{text}\n{_DASH}{key.name} {_base64(signature)}\n"


def opened(note: str, key: LogKey) -> str:
    """The text of a note that `key` signed. Raises NoteError.

    Signatures of other keys are passed over; one that claims to be of this key has to hold.
    """
    text, break_, lines = note.rpartition("\n\n")
    if not break_ or not lines.endswith("\n"):
        message = "this is not a signed note"
        raise NoteError(message)
    text += "\n"
    signed = _as_utf8(text)
    is_signed = False
    for name, signature in _signatures(lines):
        if (name, signature[:_KEY_ID_SIZE]) != (key.name, key.key_id):
            continue
        try:
            public = Ed25519PublicKey.from_public_bytes(key.public)
            public.verify(signature[_KEY_ID_SIZE:], signed)
        except InvalidSignature as problem:
            message = f"the signature of {key.name} does not hold"
            raise NoteError(message) from problem
        is_signed = True
    if not is_signed:
        message = f"{key.name} did not sign this note with this key"
        raise NoteError(message)
    return text


def _signatures(lines: str) -> Iterator[tuple[str, bytes]]:
    for line in lines[:-1].split("\n"):
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space or not name:
            message = "this is not a signature line"
            raise NoteError(message)
        yield name, _from_base64(encoded)


def _as_utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as problem:  # half a character, which JSON can spell
        message = "a note is UTF-8"
        raise NoteError(message) from problem


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str) -> bytes:
    try:
        content = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, UnicodeEncodeError) as problem:
        message = "this is not base64"
        raise NoteError(message) from problem
    if _base64(content) != text:  # other spellings of the same bytes are not the same note
        message = "this is not base64 as it is written"
        raise NoteError(message)
    return content
