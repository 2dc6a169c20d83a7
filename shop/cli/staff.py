"""`flask staff`: accounts of the people who work here, for whoever has the machine."""

import sys

import click
from flask.cli import AppGroup

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.cli import manners
from shop.plumbing.db import transaction

staff = AppGroup("staff", help="The people who work here.")
_ROLES = click.Choice([role.value for role in Role])


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Shown beside decisions.")
@click.option("--role", type=_ROLES, default=Role.VIEWER.value, show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Make an account. Asks for its password, or reads it from standard input."""
    manners.need_tables()
    password = _password()
    with manners.told(), transaction():
        user = accounts.add_staff(email, name, password, Role(role))
        said = f"{user.name} <{user.email}> can sign in as {role}."
    click.echo(said)


@staff.command("password")
@click.argument("email")
def set_password(email: str) -> None:
    """Give an account a new password and sign it out everywhere."""
    manners.need_tables()
    password = _password()
    with manners.told(), transaction():
        user = accounts.staff_by_email(email)
        accounts.change_password(user, password)
        said = f"{user.email} has a new password."
    click.echo(said)


@staff.command("list")
def show() -> None:
    """Everybody, with role and whether the account is open."""
    manners.need_tables()
    for user in accounts.staff():
        state = "open" if user.is_active else "closed"
        click.echo(f"{user.email}\t{user.role.value}\t{state}\t{user.name}")


def _password() -> str:
    """Never from the command line: other people on the machine can read that."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
