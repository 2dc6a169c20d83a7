"""How does a page that writes nothing leave word for a worker? A line at the end of a file.

A hint, not a record: what is lost is looked after at its usual time. One write of a short line to
a file opened for appending is whole, however many processes leave word at once.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import structlog

_MOST_BYTES = 1024 * 1024  # when nobody takes them away, further words are dropped
_WORD = re.compile(r"[a-z0-9]{1,40}")
_log = structlog.get_logger()


class Spool:
    """Words left in a file, each once however often it was left."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken = path.with_name(f"{path.name}.taken")

    def leave(self, word: str) -> bool:
        """Leave a word of letters and digits. False when there is no room; never raises OSError."""
        if not _WORD.fullmatch(word):
            message = f"no word for a spool: {word!r:.60}"
            raise ValueError(message)
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with contextlib.closing(os.fdopen(descriptor, "ab", buffering=0)) as file:
                if os.fstat(descriptor).st_size >= _MOST_BYTES:
                    return False
                file.write(f"{word}\n".encode())
        except OSError:
            _log.exception("spool.not_written", path=str(self._path))
            return False
        return True

    @contextlib.contextmanager
    def taken(self) -> Iterator[frozenset[str]]:
        """What was left. It is forgotten when the block ends well, else taken again next time."""
        if not self._taken.exists():
            with contextlib.suppress(FileNotFoundError):
                self._path.rename(self._taken)
        try:
            lines = self._taken.read_bytes().decode("ascii", "replace").splitlines()
        except FileNotFoundError:
            lines = []
        yield frozenset(line for line in lines if _WORD.fullmatch(line))
        self._taken.unlink(missing_ok=True)
