"""The commands: each a few lines onto a service."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from shop.catalog import importing
from shop.plumbing import schema
from shop.plumbing.db import transaction
from shop.plumbing.errors import ShopError
from shop.plumbing.schema import SchemaState
from shop.web.context import current_shop

_SHOWN = 10  # problems printed; the file has them all

catalog = AppGroup("catalog", help="The products.")


def install(app: Flask) -> None:
    """Make the commands known to `flask`."""
    for group in (catalog,):
        app.cli.add_command(group)


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
def import_catalog(file: Path, *, dry_run: bool) -> None:
    """Take products over from a CSV FILE; running it again changes nothing.

    All of the file is imported or none of it. Rows that cannot be are left out and written,
    with the reason, to imports/<name>.errors.csv in the data folder; a summary stands beside.
    Ends with 1 if any row was left out.
    """
    _need_tables()
    folder = current_shop().config.data_dir / "imports"
    with _told(), _progress() as progress:
        summary = importing.run(
            file, folder=folder, transaction=transaction, dry_run=dry_run, progress=progress
        )
    for line in summary.lines(shown=_SHOWN):
        click.echo(line)
    if summary.refused:
        raise SystemExit(1)


def _need_tables() -> None:
    found = schema.state()
    if found in {SchemaState.EMPTY, SchemaState.BEHIND}:
        message = f"The database is {found}. Run `flask db upgrade` first."
        raise click.ClickException(message)


@contextmanager
def _told() -> Iterator[None]:
    """What a service turns down is one sentence and exit status 1, no traceback."""
    try:
        yield
    except ShopError as error:
        told = f"{error.message} ({error.code})"
        raise click.ClickException(told) from error


@contextmanager
def _progress() -> Iterator[importing.Progress]:
    """A bar for each stage on standard error, so that the output stays clean in a pipe."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done)

        yield advance
