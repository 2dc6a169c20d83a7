"""`flask catalog`: products in and out."""

from pathlib import Path

import click
from flask.cli import AppGroup

from shop.catalog import importing
from shop.cli import manners
from shop.plumbing.db import transaction
from shop.web.context import current_shop

_SHOWN = 10  # problems printed; the file has them all

catalog = AppGroup("catalog", help="The products.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
def import_catalog(file: Path, *, dry_run: bool) -> None:
    """Take products over from a CSV FILE; running it again changes nothing.

    All of the file is imported or none of it. Rows that cannot be are left out and written,
    with the reason, to imports/<name>.errors.csv in the data folder; a summary stands beside.
    Ends with 1 if any row was left out.
    """
    manners.need_tables()
    folder = current_shop().config.data_dir / "imports"
    with manners.told(), manners.progress() as progress:
        summary = importing.run(
            file, folder=folder, transaction=transaction, dry_run=dry_run, progress=progress
        )
    for line in summary.lines(shown=_SHOWN):
        click.echo(line)
    if summary.refused:
        raise SystemExit(1)
