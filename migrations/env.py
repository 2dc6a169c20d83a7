"""How migrations run: on the application's own engine, one transaction each."""

from typing import Any

from alembic import context
from flask import current_app

from shop.plumbing.db import db


def _keep_search_index_out(
    _object: Any,  # noqa: ANN401 - Alembic's own signature
    name: str | None,
    type_: str,
    reflected: bool,  # noqa: FBT001
    _compare_to: Any,  # noqa: ANN401
) -> bool:
    """FTS5 makes tables of its own on SQLite, which no model describes."""
    return not (type_ == "table" and reflected and (name or "").startswith("product_search"))


def run() -> None:
    """Bring the database to the wanted revision (Flask-Migrate says which)."""
    engine = db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            transaction_per_migration=True,
            include_object=_keep_search_index_out,
            user_module_prefix="shop.plumbing.db.",
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
