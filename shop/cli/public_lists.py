"""`flask sellers lists`: public lists of harmful sites."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from shop.cli import manners
from shop.plumbing.clock import today
from shop.plumbing.db import transaction
from shop.sellers import listings

lists = AppGroup("lists", help="Public lists of harmful sites.")


@lists.command("import")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), help="Of the list: today.")
def import_list(name: str, file: Path, dated: datetime | None) -> None:
    """Take over FILE as the public list NAME, whole or not at all.

    One host on each line, or a hosts file ("0.0.0.0 host"); what follows # is left out. It takes
    the place of what was on record under this name. Offers that lead to what changed are
    inspected again.
    """
    manners.need_tables()
    day = dated.replace(tzinfo=UTC).date() if dated is not None else today()
    with manners.told(), file.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
        hosts = listings.read(lines)
        with transaction():
            done = listings.take_over(name, hosts, dated=day)
    click.echo(f"{name}: {done.hosts} hosts, {done.added} new, {done.removed} no longer listed.")


@lists.command("show")
def show() -> None:
    """Name the lists on record, with how many hosts and the day of the newest."""
    manners.need_tables()
    for name, count, newest in listings.lists():
        click.echo(f"{name}\t{count}\t{newest}")
