"""The migrations make exactly the tables of the models, and can be undone."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from shop.factory import create_app
from shop.plumbing import schema
from shop.plumbing.db import db
from shop.plumbing.schema import SchemaState
from tests.conftest import make_config

_INDEX = ("search_text",)  # the full-text index is no model


def test_migrations_have_one_head():
    assert len(ScriptDirectory(str(schema.MIGRATIONS)).get_heads()) == 1


def test_migrations_make_the_tables_of_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _is_modelled, "compare_type": True}
        )
        assert compare_metadata(context, db.metadata) == []


def test_migrations_make_the_triggers_of_the_rooms(app):
    migrated = _triggers()
    _drop_everything()
    db.create_all()
    assert _triggers() == migrated
    assert len(migrated) > 5


def test_migrations_can_be_undone_and_done_again(app):
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade()
    assert schema.state() is SchemaState.CURRENT


@pytest.mark.parametrize(
    ("revision", "state"),
    [
        ("0001", SchemaState.BEHIND),
        ("9999_from_the_future", SchemaState.NEWER),
        (None, SchemaState.FOREIGN),
    ],
)
def test_database_of_another_version_is_recognised(app, revision, state):
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision}
            )
    assert schema.state() is state


def test_empty_database_is_recognised(tmp_path):
    app = create_app(make_config(tmp_path))
    with app.app_context():
        assert schema.state() is SchemaState.EMPTY
        db.engine.dispose()


def test_newer_database_is_left_alone_with_a_sentence(app):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    result = app.test_cli_runner().invoke(args=["prepare", "--no-demo"])

    assert result.exit_code == 1
    assert "newer version of Assay" in result.output
    assert "Traceback" not in result.output
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def _is_modelled(thing, name, type_, reflected, _compare_to):
    table = name if type_ == "table" else thing.table.name
    return not (reflected and table.startswith(_INDEX))


def _triggers():
    if db.engine.dialect.name == "sqlite":
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = (
            "SELECT tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(tgfoid) "
            "FROM pg_trigger t WHERE NOT tgisinternal"
        )
    with db.engine.connect() as connection:
        return {name: " ".join(sql.split()) for name, sql in connection.execute(text(asked))}


def _drop_everything():
    downgrade(revision="base")
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
