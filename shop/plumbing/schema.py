"""Does the database have the tables that this code expects?"""

from enum import StrEnum
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect

from shop.plumbing.db import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class SchemaState(StrEnum):
    """How the database stands to the migrations on disk."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"  # made by a later version of Assay: this one must not touch it
    FOREIGN = "foreign"  # tables that no migration of ours made


def state() -> SchemaState:
    """Compare the database's revision with the newest migration. Reads only."""
    with db.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            has_tables = bool(inspect(connection).get_table_names())
            return SchemaState.FOREIGN if has_tables else SchemaState.EMPTY
    scripts = _scripts()
    if revision == scripts.get_current_head():
        return SchemaState.CURRENT
    try:
        scripts.get_revision(revision)
    except CommandError:
        return SchemaState.NEWER
    return SchemaState.BEHIND


def _scripts() -> ScriptDirectory:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(settings)
