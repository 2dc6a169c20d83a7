"""What commands share: one sentence for what is turned down, a bar for what takes time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from shop.plumbing import schema
from shop.plumbing.errors import ShopError
from shop.plumbing.schema import SchemaState
from shop.web import logs

Advance = Callable[[str, int, int], None]  # stage, done, total


def this_app() -> Flask:
    """The application itself, for threads of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's documented way to hand an app to threads
    return app


def need_tables() -> None:
    """Stop unless the database is the one that this code knows."""
    found = schema.state()
    if found is not SchemaState.CURRENT:
        raise click.ClickException(_WHAT_TO_DO[found])


@contextmanager
def told() -> Iterator[None]:
    """What a service turns down is one sentence and exit status 1, no traceback."""
    try:
        yield
    except ShopError as error:
        message = f"{error.message} ({error.code})"
        raise click.ClickException(message) from error


@contextmanager
def progress() -> Iterator[Advance]:
    """A bar for each stage on standard error, so that the output stays clean in a pipe."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), TaskProgressColumn())
    bars = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True))
    with logs.quiet(), bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done)

        yield advance


_WHAT_TO_DO = {
    SchemaState.EMPTY: "The database is empty. Run `flask prepare` first.",
    SchemaState.BEHIND: "The database is of an earlier version. Run `flask prepare` first.",
    SchemaState.NEWER: (
        "The database was made by a newer version of Assay, so this one does not touch it. "
        "Update Assay, or set ASSAY_DATABASE_URL to another database."
    ),
    SchemaState.FOREIGN: (
        "The database holds tables that Assay did not make, so it does not touch them. "
        "Set ASSAY_DATABASE_URL to a database of its own."
    ),
}
