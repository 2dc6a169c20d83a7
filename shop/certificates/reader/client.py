"""How is the server asked? It is started when first needed, and anew when it is gone.

One server for each process that reads; its threads share it. The web process reads nothing and so
has none.
"""

import atexit
import contextlib
import dataclasses
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import structlog

import shop
from shop.certificates.reader.ending import LOGGED, Ending
from shop.certificates.reader.limits import Limits

SERVER = "shop.certificates.reader.server"
_ROOT = Path(shop.__file__).parents[1]
START_SECONDS = 60.0  # imports on a busy machine take their time
_GRACE_SECONDS = 10.0  # for ending what overran
_LONGEST_MESSAGE = 4096
_CRASHES = (
    signal.SIGSEGV,
    signal.SIGABRT,
    signal.SIGBUS,
    signal.SIGILL,
    signal.SIGFPE,
    signal.SIGSYS,
)
_log = structlog.get_logger()


class Gone(Exception):  # noqa: N818 - a state of the server, and nobody's error yet
    """The server ended, or does not answer; what it was asked may or may not be the reason."""


class _Server:
    """A running server, and how many documents are in its hands."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, and no shell
                [sys.executable, "-B", "-m", SERVER, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self.control = ours
        self.users = 0
        self.is_retired = False

    def end(self) -> None:
        """End it and every child of its; a server ends its children as its socket closes."""
        self.control.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


class _Holder:
    """Which server is asked now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: _Server | None = None

    @contextlib.contextmanager
    def server(self) -> Iterator[_Server]:
        """A running server; it is not ended before its last user lets go of it."""
        with self._lock:
            if self._server is not None and self._server.process.poll() is not None:
                self._drop(self._server)
            server = self._server = self._server or _Server()
            server.users += 1
        try:
            yield server
        finally:
            with self._lock:
                server.users -= 1
                if server.is_retired:
                    self._drop(server)

    def retire(self, server: _Server) -> None:
        """Ask another one from now on."""
        with self._lock:
            self._drop(server)

    def server_id(self) -> int | None:
        with self._lock:
            return self._server.process.pid if self._server is not None else None

    def end(self) -> None:
        """End the server: nothing is read any more."""
        with self._lock:
            if self._server is not None:
                self._server.end()
                self._server = None

    def forget(self) -> None:
        """In a forked process: the server is the other process's, and so may be the lock."""
        self._lock = threading.Lock()
        if self._server is not None:
            self._server.control.close()
            self._server = None

    def _drop(self, server: _Server) -> None:
        server.is_retired = True
        if self._server is server:
            self._server = None
        if server.users == 0:
            server.end()


_holder = _Holder()
atexit.register(_holder.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_holder.forget)


def is_possible() -> bool:
    """Whether this system has what the server needs."""
    needed = ((os, "memfd_create"), (os, "pidfd_open"), (socket, "recv_fds"))
    return sys.platform == "linux" and all(hasattr(module, name) for module, name in needed)


def restart() -> None:
    """End the server; the next document starts another."""
    _holder.end()


def server_id() -> int | None:
    """The process id of the server that is asked now, if there is one."""
    return _holder.server_id()


def ask(content: bytes, folder: Path, limits: Limits, environment: Mapping[str, str]) -> Ending:
    """Have a child of the server read the document. Raises Gone; OSError where nothing starts."""
    with _holder.server() as server:
        try:
            ending = _ask(server, content, folder, limits, environment)
        except (Gone, TimeoutError) as problem:
            _holder.retire(server)
            raise Gone from problem
        if -ending.status in _CRASHES:
            # All children of one server have their memory laid out alike. Whoever crashed one
            # learns nothing of use for the next.
            _holder.retire(server)
        return ending


def _ask(
    server: _Server,
    content: bytes,
    folder: Path,
    limits: Limits,
    environment: Mapping[str, str],
) -> Ending:
    with ExitStack() as held:
        document = held.enter_context(memory("document", content))
        answer, errors = (held.enter_context(memory(name)) for name in ("answer", "errors"))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        held.enter_context(ours)
        request = {
            "limits": dataclasses.asdict(limits),
            "folder": str(folder),
            "environment": dict(environment),
        }
        with theirs:
            handed = [theirs.fileno(), document, answer, errors]
            try:
                socket.send_fds(server.control, [json.dumps(request).encode()], handed)
            except OSError as problem:
                raise Gone from problem
        _begun(ours)
        message, is_overrun = _ended(ours, limits.wall_seconds)
        return Ending(
            status=message["ended"],
            is_overrun=is_overrun,
            answer=os.pread(answer, limits.answer_bytes + 1, 0),
            errors=_last(errors),
            cpu_seconds=message["cpu_seconds"],
            peak_bytes=message["peak_bytes"],
        )


def _begun(connection: socket.socket) -> None:
    connection.settimeout(START_SECONDS)
    message = _received(connection)
    if "failed" in message:
        raise OSError(message["failed"], os.strerror(message["failed"]))


def _ended(connection: socket.socket, seconds: float) -> tuple[dict[str, Any], bool]:
    """The server's word on how the child ended, and whether that was because of its time."""
    connection.settimeout(seconds)
    try:
        return _received(connection), False
    except TimeoutError:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(_GRACE_SECONDS)
        return _received(connection), True


def _received(connection: socket.socket) -> dict[str, Any]:
    try:
        message = connection.recv(_LONGEST_MESSAGE)
    except TimeoutError:
        raise
    except OSError as problem:
        raise Gone from problem
    if not message:
        raise Gone
    said: dict[str, Any] = json.loads(message)
    return said


@contextlib.contextmanager
def memory(name: str, content: bytes | None = None) -> Iterator[int]:
    """A file in memory that only who is handed it can open; with content it is sealed."""
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        if content is not None:
            written = 0
            while written < len(content):
                written += os.pwrite(descriptor, content[written:], written)
            seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        yield descriptor
    finally:
        os.close(descriptor)


def _last(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, LOGGED, max(0, size - LOGGED)).decode("utf-8", "replace")
