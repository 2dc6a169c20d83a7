"""`flask prepare`, `worker`, `ledger`, `rules`, `standing`: keeping the shop running."""

import secrets
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_migrate import upgrade

from shop import worker
from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.catalog import service as catalog
from shop.cli import demo, manners
from shop.inspections import standing
from shop.ledger import audit
from shop.ledger import service as public_ledger
from shop.plumbing import schema
from shop.plumbing.db import transaction
from shop.plumbing.schema import SchemaState
from shop.verdicts import service as verdicts
from shop.web.context import current_shop

DEMO_EMAIL = "demo.staff@assay.example"

ledger = AppGroup("ledger", help="The public record.")


@click.command("prepare")
@click.option(
    "--demo/--no-demo", "with_demo", default=True, help="Load the demo catalog (not in production)."
)
def prepare(*, with_demo: bool) -> None:
    """Bring the database up to date; outside production, load the demo and a staff account.

    Safe to run at every start: what is there already is kept.
    """
    found = schema.state()
    if found in {SchemaState.EMPTY, SchemaState.BEHIND}:
        upgrade()
    manners.need_tables()
    shop = current_shop()
    if shop.config.is_production or not with_demo:
        return
    _load_demo(shop.config.data_dir / demo.MARKER)
    _keep_staff_account(shop.config.data_dir / "staff-account")


@click.command("worker")
def run_worker() -> None:
    """Run jobs until told to stop."""
    manners.need_tables()
    worker.run(manners.this_app())


@ledger.command("check")
def check() -> None:
    """Audit every entry and replay every badge; ends with 1 and names the first that differs."""
    manners.need_tables()
    report = audit.check()
    wrong = [str(problem) for problem in report.problems]
    wrong += [str(difference) for difference in verdicts.replay()]
    for line in wrong[:20]:
        click.echo(line)
    if wrong:
        message = f"{len(wrong)} differences; the first: {wrong[0]}"
        raise click.ClickException(message)
    click.echo(
        f"{report.entries} entries and {report.checkpoints} checkpoints are as they were "
        "written, and every badge follows from them."
    )


@ledger.command("checkpoint")
def checkpoint() -> None:
    """Sign the log as it stands and print the checkpoint."""
    manners.need_tables()
    with transaction():
        written = public_ledger.write_checkpoint()
    click.echo(written.note if written is not None else "The log has no entries yet.", nl=False)


@click.command("standings")
def rebuild_standings() -> None:
    """Write every product's line in the listing anew from its verdicts."""
    manners.need_tables()
    with transaction():
        count = standing.refresh_all()
    click.echo(f"{count} lines written.")


def _load_demo(marker: Path) -> None:
    """Load it once; a load that was broken off left no marker and is completed."""
    if marker.exists() and catalog.brands():
        return
    click.echo("Loading the demo catalog (a minute or two, once) ...")
    with manners.told(), manners.progress() as advance:
        demo.load_into(manners.this_app(), advance)


def _keep_staff_account(path: Path) -> None:
    """An administrator for trying out, with a password made once and kept beside the data."""
    if any(user.email == DEMO_EMAIL for user in accounts.staff()):
        return
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    path.touch(mode=0o600)
    path.write_text(f"{DEMO_EMAIL}\n{password}\n")  # first: an account needs its password known
    with transaction():
        accounts.add_staff(DEMO_EMAIL, "Demo staff", password, Role.ADMIN)
