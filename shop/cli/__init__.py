"""The commands: each a few lines onto a service."""

from flask import Flask

from shop.cli import catalog, certificates, demo, operating, rules, sellers, staff

COMMANDS = (
    catalog.catalog,
    certificates.certificates,
    demo.demo,
    operating.prepare,
    operating.run_worker,
    operating.ledger,
    operating.rebuild_standings,
    rules.rules,
    sellers.sellers,
    staff.staff,
)


def install(app: Flask) -> None:
    """Make the commands known to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
