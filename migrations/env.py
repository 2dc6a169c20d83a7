"""How migrations run: on the application's own engine, one transaction each."""

from typing import Any

from alembic import context

from shop.plumbing.db import db


def _is_modelled(
    thing: Any,  # noqa: ANN401 - Alembic's own signature
    name: str | None,
    type_: str,
    reflected: bool,  # noqa: FBT001
    _compare_to: Any,  # noqa: ANN401
) -> bool:
    """The full-text index is no model: FTS5 even makes tables of its own for it."""
    table = name if type_ == "table" else getattr(getattr(thing, "table", None), "name", "")
    return not (reflected and (table or "").startswith("search_text"))


def run() -> None:
    """Bring the database to the wanted revision (Flask-Migrate says which)."""
    engine = db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            transaction_per_migration=True,
            include_object=_is_modelled,
            user_module_prefix="shop.plumbing.db.",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
