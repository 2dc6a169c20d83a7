"""Read one document without ever opening it here: have it read, watched, and check the answer."""

import errno
import hashlib
import os
import signal
import stat
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from shop.assay.certificates.facts import FileFacts, Problem
from shop.certificates.reader import alone, client, ending
from shop.certificates.reader.ending import Ending
from shop.certificates.reader.limits import DEFAULT, MEGABYTE, Limits
from shop.certificates.reader.wire import Malformed, Reading, decode

_log = structlog.get_logger()
# What ends a process for using too much; any other end is a crash on the file.
_ENDS = {
    ending.OUR_FAULT: "reading_failed",
    -signal.SIGXCPU: "limit_time",
    -signal.SIGXFSZ: "limit_output",
    ending.OUT_OF_MEMORY: "limit_memory",
}


Ask = Callable[[bytes, Path, Limits, Mapping[str, str]], Ending]


@dataclass(frozen=True, slots=True)
class Watched:
    """A reading and what it cost; 0 where that is not known."""

    reading: Reading
    cpu_seconds: float = 0.0
    peak_bytes: int = 0


def read(source: bytes | Path, *, limits: Limits = DEFAULT) -> Reading:
    """What the document says, or the problem that kept it from being read. Never raises for one.

    A path is read once, and what was read is what is judged. Raises OSError for what is no
    document's fault: an unreadable path, a full disk, a machine on which no process starts.
    """
    return watch(source, limits=limits).reading


def watch(source: bytes | Path, *, limits: Limits = DEFAULT) -> Watched:
    """The same, with what it cost."""
    content, sha256, size = _taken(source, limits)
    if size > limits.file_bytes:
        most = {"limit": str(limits.file_bytes // 1024**2)}
        return Watched(_failed(sha256, size, "limit_size", most))
    if client.is_possible():
        try:
            return _read_by(client.ask, content, sha256, limits)
        except client.Gone:
            # Several documents may have been in the server's hands. Read apart from each other,
            # each shows whether it was the one.
            _log.warning("reader.server_gone", sha256=sha256)
    return _read_by(alone.ask, content, sha256, limits)


def environment(folder: Path) -> dict[str, str]:
    """None of our settings or secrets; one thread, so that limits hold per process."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "OMP_THREAD_LIMIT": "1",
    }


def picture(path: Path, limits: Limits) -> bytes:
    """A preview: a plain file of sensible size that begins like a WebP."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise ValueError(path.name) from None
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limits.preview_bytes + 1) or b""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if len(content) > limits.preview_bytes or not is_webp:
        raise ValueError(path.name)
    return content


def _taken(source: bytes | Path, limits: Limits) -> tuple[bytes, str, int]:
    """Content, digest and size; of what is too large only a beginning is held."""
    if isinstance(source, bytes):
        return source, hashlib.sha256(source).hexdigest(), len(source)
    with source.open("rb") as file:
        if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is a device, and no file")
        content = file.read(limits.file_bytes + 1)
        digest, size = hashlib.sha256(content), len(content)
        while piece := file.read(MEGABYTE):
            digest.update(piece)
            size += len(piece)
    return content, digest.hexdigest(), size


def _read_by(ask: Ask, content: bytes, sha256: str, limits: Limits) -> Watched:
    with tempfile.TemporaryDirectory(prefix="assay-reader-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ended = ask(content, folder, limits, environment(folder))
        code = _fault(ended, limits)
        if code:
            reading = _failed(sha256, len(content), code, _values(code, limits))
        else:
            reading = _decoded(ended.answer, content, sha256, folder, limits)
        return Watched(reading, ended.cpu_seconds, ended.peak_bytes)


def _decoded(answer: bytes, content: bytes, sha256: str, folder: Path, limits: Limits) -> Reading:
    try:
        return decode(
            answer,
            sha256=sha256,
            size=len(content),
            picture=lambda name: picture(folder / name, limits),
        )
    except Malformed as problem:
        _log.warning("reader.malformed", problem=str(problem))
        return _failed(sha256, len(content), "limit_crashed")


def _fault(ended: Ending, limits: Limits) -> str:
    """The code of what ended the process; empty when it ended well."""
    if ended.is_overrun:
        return "limit_time"
    if ended.status == ending.OUT_OF_SPACE:
        raise OSError(errno.ENOSPC, "the reader had no space for its previews")
    if ended.status != 0:
        _log.warning("reader.ended", code=ended.status, errors=ended.errors)
        is_killed = ended.status == -signal.SIGKILL and ended.cpu_seconds >= limits.cpu_seconds
        return "limit_time" if is_killed else _ENDS.get(ended.status, "limit_crashed")
    return "limit_output" if len(ended.answer) > limits.answer_bytes else ""


def _values(code: str, limits: Limits) -> dict[str, str]:
    match code:
        case "limit_time":
            return {"limit": str(round(limits.wall_seconds))}
        case "limit_memory":
            return {"limit": str(limits.memory_bytes // 1024**2)}
        case _:
            return {}


def _failed(sha256: str, size: int, code: str, details: dict[str, str] | None = None) -> Reading:
    problem = Problem(f"certificate.{code}", details=details or None)
    return Reading(file=FileFacts(sha256=sha256, size=size, problems=(problem,)))
