"""Which files may the reader's process still open? Those of its libraries, and its own folder.

Asked of the kernel by its own means (Landlock, Linux 5.13 and later), which need no privilege.
Where it has them, a document that takes the process over reads none of our settings, keys,
database or other documents, and sends no signal to any other process.
"""

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ASK_VERSION, _PATH_BENEATH = 1, 1
_PR_SET_NO_NEW_PRIVS = 38
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
# Everything that a version of the kernel's interface knows of files, by version.
_HANDLED = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_NETWORK_FROM, _BIND_AND_CONNECT = 4, 0b11
_SCOPE_FROM, _SIGNALS_AND_ABSTRACT_SOCKETS = 6, 0b11

READ, WRITE, EXECUTE = "read", "write", "execute"


def confine(allowed: Mapping[Path, Iterable[str]]) -> bool:
    """Leave this process only these paths and what is beneath them; the rest is refused for good.

    Paths that are not there are passed over. False where the kernel cannot do it.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    handled = _HANDLED[max(known for known in _HANDLED if known <= version)]
    attributes = struct.pack(
        "QQQ",
        handled,
        _BIND_AND_CONNECT if version >= _NETWORK_FROM else 0,
        _SIGNALS_AND_ABSTRACT_SOCKETS if version >= _SCOPE_FROM else 0,
    )[: _size(version)]
    ruleset = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path, ways in allowed.items():
            _add(libc, ruleset, path, set(ways), handled)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _size(version: int) -> int:
    """How much of the attributes that version of the interface knows."""
    if version >= _SCOPE_FROM:
        return 24
    return 16 if version >= _NETWORK_FROM else 8


def _add(libc: ctypes.CDLL, ruleset: int, path: Path, ways: set[str], handled: int) -> None:
    with contextlib.suppress(OSError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            access = _access(ways, is_folder=path.is_dir()) & handled
            rule = struct.pack("=Qi", access, opened)
            libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
        finally:
            os.close(opened)


def _access(ways: set[str], *, is_folder: bool) -> int:
    if WRITE in ways and is_folder:
        return ~_EXECUTE
    access = _READ_FILE if READ in ways else 0
    access |= _READ_FOLDER if READ in ways and is_folder else 0
    access |= _EXECUTE if EXECUTE in ways else 0
    return access | (_WRITE_FILE | _TRUNCATE if WRITE in ways else 0)
