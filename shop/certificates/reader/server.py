"""Who pays for the imports? This process, once; for every document it forks a child.

`python -m shop.certificates.reader.server DESCRIPTOR`, started by client.py. It imports what
reading needs and opens no document itself. On the socket DESCRIPTOR come requests, each with
four descriptors: a connection for this document, the document, the answer, the errors. On the
connection go two messages, when the child has been forked and when it has ended; when the other
side closes its end, the child is ended. When the socket itself is closed, whoever started this is
gone, and everything ends. No thread is ever made here: a fork takes none along.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import PngImagePlugin, WebPImagePlugin

from shop.assay.certificates import hosts
from shop.certificates.reader import child, digits, ending, sandbox, signature_check
from shop.certificates.reader.limits import Limits

LONGEST_REQUEST = 64 * 1024
_DESCRIPTORS = 4
# What libraries would else import in every child anew, when first needed.
NEEDED_LATER = (PngImagePlugin, WebPImagePlugin, signature_check)


@dataclass(frozen=True, slots=True)
class _Running:
    """A child and its document's connection; `pidfd` is readable once it has ended."""

    pid: int
    pidfd: int
    connection: socket.socket


class Server:
    """Forks, watches, ends. It holds a child's id until the child's whole group is ended."""

    def __init__(self, control: socket.socket, network: str) -> None:
        self._control = control
        self._network = network
        self._running: dict[int, _Running] = {}  # by descriptor, two for each
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the other side is gone, then end every child."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor == self._control.fileno():
                    if not self._take():
                        return self._end_all()
                elif running := self._running.get(descriptor):
                    self._attend(running, descriptor)

    def _take(self) -> bool:
        """Fork for one request. False when there will be none."""
        request, descriptors, _, _ = socket.recv_fds(
            self._control, LONGEST_REQUEST, _DESCRIPTORS, socket.MSG_CMSG_CLOEXEC
        )
        if not request or len(descriptors) != _DESCRIPTORS:
            return False
        connection, *files = descriptors
        self._start(json.loads(request), socket.socket(fileno=connection), files)
        return True

    def _start(self, request: dict[str, Any], connection: socket.socket, files: list[int]) -> None:
        server = os.getpid()
        try:
            pid = os.fork()
        except OSError as problem:
            _say(connection, failed=problem.errno or 0)
            connection.close()
        else:
            if pid == 0:
                self._become_child(server, connection, request, files)
            running = _Running(pid, os.pidfd_open(pid), connection)
            for descriptor in (running.pidfd, connection.fileno()):
                self._running[descriptor] = running
                self._poll.register(descriptor, select.POLLIN)
            _say(connection, started=pid)
        finally:
            for file in files:
                os.close(file)

    def _become_child(
        self,
        server: int,
        connection: socket.socket,
        request: dict[str, Any],
        files: list[int],
    ) -> None:
        """In the child: hold nothing of the server's or of other documents, read, and end."""
        try:
            os.setsid()
            sandbox.end_with(server)
            for descriptor in self._running:
                os.close(descriptor)
            self._control.close()
            connection.close()
            status = _read(request, files, self._network)
        except BaseException:  # noqa: BLE001 - a child never goes back into the server's loop
            sys.excepthook(*sys.exc_info())
            status = ending.OUR_FAULT
        os._exit(status)

    def _attend(self, running: _Running, descriptor: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        if descriptor != running.pidfd:
            self._poll.unregister(descriptor)  # the other side has said all it had to say
            return
        _, status, usage = os.wait4(running.pid, 0)
        _say(
            running.connection,
            ended=os.waitstatus_to_exitcode(status),
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_bytes=usage.ru_maxrss * 1024,
        )
        self._forget(running)

    def _forget(self, running: _Running) -> None:
        for descriptor in (running.pidfd, running.connection.fileno()):
            del self._running[descriptor]
            with contextlib.suppress(KeyError):
                self._poll.unregister(descriptor)
        os.close(running.pidfd)
        running.connection.close()

    def _end_all(self) -> None:
        for running in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    network = sandbox.cut_network()
    hosts.endings()
    digits.references()
    gc.collect()
    gc.freeze()  # a child's collector does not touch, and so copy, what all of them share
    Server(control, network).run()


def _read(request: dict[str, Any], files: list[int], network: str) -> int:
    document, answer, errors = files
    limits, folder = Limits(**request["limits"]), Path(request["folder"])
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor, standard in ((nothing, 0), (nothing, 1), (errors, 2)):
        os.dup2(descriptor, standard)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(folder)
    with os.fdopen(document, "rb") as source, os.fdopen(answer, "wb") as out:
        return child.serve(source, out, folder, limits, network=network)


def _say(connection: socket.socket, **message: float) -> None:
    with contextlib.suppress(OSError):
        connection.send(json.dumps(message).encode())


if __name__ == "__main__":
    main()
