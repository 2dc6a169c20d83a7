"""`flask sellers protect`: names that shops imitate, beside those on record."""

from pathlib import Path

import click

from shop.cli import manners
from shop.plumbing.db import transaction
from shop.sellers import protecting


@click.command("protect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def protect(file: Path) -> None:
    """Take over FILE, whole or not at all: one website address or name on each line.

    What follows # is left out, and what is on record already stays. Links are held against new
    names with their next inspection, within a week.
    """
    manners.need_tables()
    with manners.told(), file.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
        names = protecting.read(lines)
        with transaction():
            done = protecting.protect(names)
    click.echo(f"{done.added} names added, {done.known} known already.")
