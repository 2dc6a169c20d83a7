"""`flask certificates inspect`: reading and judging files, without a database."""

import dataclasses
import errno
import functools
import json
import os
import stat
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from shop.assay.certificates.facts import Expected, LaboratoryFacts
from shop.assay.sellers.case_reading import CaseError, Node
from shop.certificates import inspecting
from shop.certificates.reader import parent
from shop.certificates.reader.wire import Reading
from shop.cli import certificate_text, laboratories_file
from shop.plumbing import clock

certificates = AppGroup(
    "certificates", help="What laboratories' documents say, and whether it holds."
)
_LAST_YEAR = 9000  # what follows from a day must have a date too
_SEARCHED = 1024  # bytes: further in, no program takes a file for a PDF


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's reading, without pictures, and what it took."""

    reading: Reading
    seconds: float


@certificates.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@click.option("--lot", default="", help="The lot on the pack.")
@click.option("--product", default="", help='The product: "Brand Name 50 ml".')
@click.option(
    "--labs", type=click.Path(path_type=Path), help="A JSON file of laboratories on record."
)
@click.option(
    "--known",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of documents already on file.",
)
@click.option("--now", default="", metavar="DATE", help="Judge as on this day.")
def inspect(
    files: Sequence[Path],
    *,
    as_json: bool,
    lot: str,
    product: str,
    labs: Path | None,
    known: Path | None,
    now: str,
) -> None:
    """Read and judge FILES, in their order; needs no setting and no database.

    docs/certificates-programs.md describes the answers and the file of laboratories. A file that
    cannot be opened is answered with an error; the others go on, and the exit status is 1.
    """
    at, laboratories = _moment(now), _laboratories(labs)
    on_offer = inspecting.expected(product, lot)
    has_failed = False
    for said in _answers(files, known, laboratories, on_offer, at):
        has_failed = has_failed or "error" in said
        click.echo(json.dumps(said) if as_json else certificate_text.written(said))
    if has_failed:
        raise SystemExit(1)


def _answers(
    files: Sequence[Path],
    known: Path | None,
    laboratories: Sequence[LaboratoryFacts],
    on_offer: Expected | None,
    at: datetime,
) -> Iterator[dict[str, Any]]:
    """One for each file, as soon as it and all before it are ready."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as readers:
        read = functools.cache(lambda path: readers.submit(_read, path))
        on_file = [(name, read(_real(path))) for name, path in _documents(known)]
        asked = [(path, read(_real(path))) for path in files]
        folder = _folder(laboratories, on_file)
        for path, future in asked:
            try:
                yield {"file": _shown(path), **_answer(future.result(), folder, on_offer, at)}
            except Exception as problem:  # noqa: BLE001 - whatever it is, the others go on
                error = {"path": _shown(path), "message": _why(problem)}
                yield {"file": _shown(path), "error": error}


def _answer(
    read: _Read, folder: inspecting.Folder, on_offer: Expected | None, at: datetime
) -> dict[str, Any]:
    began = time.monotonic()
    said = inspecting.answer(folder.facts(read.reading, on_offer, at=at), at=at)
    return said | {"elapsed_ms": round(1000 * (read.seconds + time.monotonic() - began))}


def _folder(
    laboratories: Sequence[LaboratoryFacts], on_file: Iterable[tuple[str, Future[_Read]]]
) -> inspecting.Folder:
    folder = inspecting.Folder(laboratories)
    for name, future in on_file:
        try:
            folder.add(name, future.result().reading)
        except OSError as problem:
            click.echo(f"{name} is not compared with: {_why(problem)}", err=True)
    return folder


def _documents(known: Path | None) -> Iterator[tuple[str, Path]]:
    """The PDFs in the folder and its subfolders, each with its path from there, in their order."""
    if known is not None:
        for path in sorted(known.rglob("*")):
            if _is_pdf(path):
                yield str(path.relative_to(known)), path


def _is_pdf(path: Path) -> bool:
    """Whether it is a file that begins like one; what cannot be opened is named when it is read."""
    if not path.is_file():
        return False  # a pipe would be waited for
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(_SEARCHED)
    except OSError:
        return True


def _read(path: Path) -> _Read:
    began = time.monotonic()
    if stat.S_ISFIFO(path.stat().st_mode):  # which would be waited for
        raise OSError(errno.EINVAL, "it is no file")
    reading = parent.read(path)
    bare = dataclasses.replace(reading, previews=())
    return _Read(bare, time.monotonic() - began)


def _real(path: Path) -> Path:
    """One path for one file, however it is named; a loop of links keeps its own."""
    return Path(os.path.realpath(path))


def _shown(path: Path) -> str:
    """As text that any program takes, whatever bytes the name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _why(problem: Exception) -> str:
    """A sentence without the machine's own paths."""
    if isinstance(problem, OSError):
        return problem.strerror or "it cannot be read"
    traceback.print_exception(problem)
    return f"it could not be judged: {problem!r}"[:300]


def _moment(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        moment = Node(text, "--now").moment()
    except CaseError as problem:
        raise click.BadParameter(problem.message, param_hint="--now") from None
    if moment.year > _LAST_YEAR:
        message = f"a day of the year {_LAST_YEAR} or before"
        raise click.BadParameter(message, param_hint="--now")
    return moment


def _laboratories(path: Path | None) -> tuple[LaboratoryFacts, ...]:
    if path is None:
        return ()
    try:
        return laboratories_file.read(path)
    except CaseError as problem:
        message = f"{problem.path}: {problem.message}"
        raise click.BadParameter(message, param_hint="--labs") from None
    except OSError as problem:
        message = f"{path}: {problem.strerror}"
        raise click.BadParameter(message, param_hint="--labs") from None
