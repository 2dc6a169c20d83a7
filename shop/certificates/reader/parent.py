"""Read one document without ever opening it here: start a process, watch it, check its answer."""

import contextlib
import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import structlog

import shop
from shop.assay.certificates.facts import FileFacts, Problem
from shop.certificates.reader.limits import DEFAULT, Limits
from shop.certificates.reader.wire import Malformed, Reading, decode

_log = structlog.get_logger()
_LOGGED = 2_000
_ROOT = Path(shop.__file__).parents[1]
CHILD = "shop.certificates.reader.child"
_OUT_OF_MEMORY = 3  # child.OUT_OF_MEMORY; importing the child here would load what it opens with
_OUR_FAULT = 1  # an exception of Python's: a person looks, and the file is not blamed
# What ends a process for using too much; any other end is a crash on the file.
_ENDS = {
    _OUR_FAULT: "reading_failed",
    -signal.SIGXCPU: "limit_time",
    -signal.SIGKILL: "limit_time",
    -signal.SIGXFSZ: "limit_output",
    _OUT_OF_MEMORY: "limit_memory",
}


def read(source: bytes | Path, *, limits: Limits = DEFAULT) -> Reading:
    """What the document says, or the problem that kept it from being read. Never raises for one."""
    content = source.read_bytes() if isinstance(source, Path) else source
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > limits.file_bytes:
        most = {"limit": str(limits.file_bytes // 1024**2)}
        return _failed(sha256, len(content), "limit_size", most)
    with tempfile.TemporaryDirectory(prefix="assay-reader-") as name:
        folder = Path(name)
        answer = _answer(content, folder, limits)
        if isinstance(answer, str):
            return _failed(sha256, len(content), answer, _values(answer, limits))
        try:
            return decode(
                answer,
                sha256=sha256,
                size=len(content),
                picture=lambda name: picture(folder / name, limits),
            )
        except Malformed:
            return _failed(sha256, len(content), "limit_crashed")


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
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        raise ValueError(path.name) from None
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limits.preview_bytes + 1)
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if len(content) > limits.preview_bytes or not is_webp:
        raise ValueError(path.name)
    return content


def _answer(content: bytes, folder: Path, limits: Limits) -> bytes | str:
    """The process's line, or the code of what ended it."""
    output = folder / "answer.json"
    errors = folder / "errors.txt"
    with output.open("xb") as out, errors.open("xb") as err:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, and no shell
            [sys.executable, "-B", "-m", CHILD, json.dumps(dataclasses.asdict(limits)), folder],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            cwd=_ROOT,
            env=environment(folder),
            start_new_session=True,
        )
    try:
        process.communicate(content, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return "limit_time"
    finally:
        _end(process)
    if process.returncode != 0:
        last = errors.read_bytes()[-_LOGGED:].decode("utf-8", "replace")
        _log.warning("reader.ended", code=process.returncode, errors=last)
        return _ENDS.get(process.returncode, "limit_crashed")
    if output.stat().st_size > limits.answer_bytes:
        return "limit_output"
    return output.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the process's session running."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    process.wait()


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
