"""`flask sellers check`, `flask sellers host`: judging links in a pipe, without a database."""

import codecs
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NoReturn

from flask.cli import AppGroup

from shop.assay.sellers import browsers, programs
from shop.assay.sellers.case_reading import CaseError, Node
from shop.cli import protected_names, public_lists
from shop.plumbing import clock

# A line that is longer is answered with an error and never held in memory.
LONGEST_LINE = 64 * 1024 * 1024

sellers = AppGroup("sellers", help="Who is behind a link.")
sellers.add_command(protected_names.protect)
sellers.add_command(public_lists.lists)


@sellers.command("check")
def check() -> None:
    """Judge cases: one JSON object per line in, one per line out, in the same order.

    Needs no database and no setting. The fields are described in docs/sellers-programs.md. A line
    that cannot be read is answered with {"error": {"path": ..., "message": ...}}; the rest goes
    on, and the exit status is 1.
    """
    kept = programs.Kept()
    moment = clock.now()
    _answer_lines(lambda data: programs.answer(programs.read_case(data, at=moment, kept=kept)))


@sellers.command("host")
def host() -> None:
    """Say what a browser opens: lines of {"input": ..., "base": ...} in, {"valid", ...} out."""
    _answer_lines(host_of_line)


def host_of_line(data: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is anything
    """The answer to one line of `flask sellers host`. Raises CaseError."""
    node = Node(data).object("a line")
    text, base = node.get("input"), node.get("base")
    if text is None:
        path, message = "$.input", "this is needed"
        raise CaseError(path, message)
    found = browsers.opened(text.text(), base.text() if base is not None else None)
    if found is None:
        return {"valid": False, "host": None, "port": None, "registrable": None}
    return {
        "valid": True,
        "host": found.host,
        "port": found.port,
        "registrable": found.registrable or None,
    }


def _answer_lines(answer: Callable[[Any], dict[str, Any]]) -> None:
    """Streams: each answer is out before the next line is read, unless more lines wait already."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    has_failed = False
    for line in _lines(stdin):
        said = answered(line, answer)
        has_failed = has_failed or "error" in said
        stdout.write(json.dumps(said).encode("ascii") + b"\n")
        stdout.flush()
    if has_failed:
        raise SystemExit(1)


def answered(line: bytes, answer: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The answer to a line, or what is wrong with it."""
    try:
        return answer(_parsed(line))
    except CaseError as problem:
        return {"error": {"path": problem.path, "message": problem.message}}
    except RecursionError:
        return {"error": {"path": "$", "message": "the JSON is nested too deeply"}}


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines that hold anything; of one that is too long only its beginning."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(LONGEST_LINE)
        if line.strip():
            yield line


def _parsed(line: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    if len(line) > LONGEST_LINE:
        _refuse(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        return json.loads(
            line.removeprefix(codecs.BOM_UTF8).decode(), parse_constant=_refuse_number
        )
    except UnicodeDecodeError:
        _refuse("the line is not UTF-8")
    except json.JSONDecodeError as problem:
        _refuse(f"this is not JSON: {problem.msg} at character {problem.pos + 1}")
    except CaseError:
        raise
    except ValueError:
        _refuse("a number has too many digits")


def _refuse_number(name: str) -> NoReturn:
    _refuse(f"{name} is not a number of JSON")


def _refuse(message: str) -> NoReturn:
    path = "$"
    raise CaseError(path, message)
