"""How is a document read without the server? By a process of its own, that imports everything.

For systems without what the server needs, and for a document whose reading ended with the server:
what happens now is that document's doing.
"""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import shop
from shop.certificates.reader.ending import LOGGED, Ending
from shop.certificates.reader.limits import Limits

_ROOT = Path(shop.__file__).parents[1]
CHILD = "shop.certificates.reader.child"


def ask(content: bytes, folder: Path, limits: Limits, environment: Mapping[str, str]) -> Ending:
    """Have the document read. Raises OSError where no process can be started."""
    output, errors = folder / "answer.json", folder / "errors.txt"
    with output.open("xb") as out, errors.open("xb") as err:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, and no shell
            [sys.executable, "-B", "-m", CHILD, json.dumps(dataclasses.asdict(limits)), folder],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            cwd=_ROOT,
            env=environment,
            start_new_session=True,
        )
    is_overrun = False
    try:
        process.communicate(content, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        is_overrun = True
    finally:
        _end(process)
    with output.open("rb") as said:
        answer = said.read(limits.answer_bytes + 1)
    return Ending(
        status=process.returncode,
        is_overrun=is_overrun,
        answer=answer,
        errors=errors.read_bytes()[-LOGGED:].decode("utf-8", "replace"),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the process's session running."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    process.wait()
