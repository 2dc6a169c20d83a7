"""`flask demo load`: the invented brands, for a look around."""

import click
from flask import Flask
from flask.cli import AppGroup

from shop.cli import manners
from shop.demo import loading
from shop.plumbing import clock
from shop.plumbing.db import transaction
from shop.web.context import current_shop

MARKER = "demo-loaded"  # the file that says so: pages then name the sample data

demo = AppGroup("demo", help="Invented products to look around with.")


@demo.command("load")
@click.argument("slugs", nargs=-1)
def load(slugs: tuple[str, ...]) -> None:
    """Load the demo catalog, or the products of these SLUGS; running it again changes nothing.

    A load that was broken off is completed by the next.
    """
    manners.need_tables()
    with manners.told(), manners.progress() as advance:
        summary = load_into(manners.this_app(), advance, slugs)
    click.echo(
        f"{summary.products} products, {summary.added} of them new; "
        f"{summary.certificates} certificates and {summary.offers} offers, each judged."
    )


def load_into(app: Flask, advance: manners.Advance, slugs: tuple[str, ...] = ()) -> loading.Summary:
    """Load it as this shop is configured."""
    shop = current_shop()
    summary = loading.load(
        clock.today(),
        store=shop.blobs,
        transaction=transaction,
        context=app.app_context,
        progress=advance,
        readers=shop.config.reader_processes,
        only=slugs,
    )
    (shop.config.data_dir / MARKER).touch()  # not before: a load broken off is completed later
    return summary
