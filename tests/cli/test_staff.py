import pytest

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.cli import staff
from shop.plumbing.db import db
from shop.plumbing.errors import Refused

PASSWORD = "correct horse battery"  # noqa: S105 - of an account that a test makes


@pytest.fixture
def run(app, monkeypatch):
    """Runs a command of the group, with text on its standard input."""
    monkeypatch.setattr("shop.cli.manners.need_tables", lambda: None)  # made without migrations
    runner = app.test_cli_runner()

    def run(*args, stdin=""):
        return runner.invoke(staff.staff, args, input=stdin)

    return run


def test_add_reads_the_password_from_standard_input(run):
    answer = run(
        "add", "Sato@assay.example", "--name", "L. Sato", "--role", "reviewer",
        stdin=f"{PASSWORD}\n",
    )  # fmt: skip

    assert answer.exit_code == 0, answer.output
    assert answer.output == "L. Sato <sato@assay.example> can sign in as reviewer.\n"
    proven = accounts.authenticate("sato@assay.example", PASSWORD)
    assert accounts.staff_user(proven.staff_id).role is Role.REVIEWER


@pytest.mark.parametrize(
    ("args", "stdin", "said"),
    [
        (("sato@assay.example", "--name", "L. Sato"), "too short\n", "at least 12 characters"),
        (("sato@assay.example", "--name", "L. Sato"), "", "at least 12 characters"),
        (("no address", "--name", "L. Sato"), PASSWORD, "name@example.com"),
        (("sato@assay.example",), PASSWORD, "Missing option '--name'"),
        (("sato@assay.example", "--name", "S", "--role", "owner"), PASSWORD, "is not one of"),
        (
            ("sato@assay.example", "--name", "S", "--password", PASSWORD),
            "",
            "No such option",  # the command line is for everybody on the machine to read
        ),
    ],
)
def test_add_says_what_is_wrong_and_adds_nobody(run, args, stdin, said):
    answer = run("add", *args, stdin=stdin)

    assert answer.exit_code != 0
    assert said in answer.output
    assert accounts.staff() == []


def test_password_replaces_the_old_one(run):
    run("add", "sato@assay.example", "--name", "L. Sato", stdin=PASSWORD)
    answer = run("password", "sato@assay.example", stdin="another long password")

    assert answer.exit_code == 0, answer.output
    db.session.expire_all()
    assert accounts.authenticate("sato@assay.example", "another long password")
    with pytest.raises(Refused):
        accounts.authenticate("sato@assay.example", PASSWORD)
    assert run("password", "nobody@assay.example", stdin=PASSWORD).exit_code == 1


def test_list_names_everybody(run):
    run("add", "sato@assay.example", "--name", "L. Sato", stdin=PASSWORD)

    assert run("list").output == "sato@assay.example\tviewer\topen\tL. Sato\n"
