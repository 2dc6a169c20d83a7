"""How does a row come into being exactly once, however many ask for it at the same moment?"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from shop.plumbing.db import Model, db


def insert_once(
    model: type[Model], unique: InstrumentedAttribute[Any], values: Mapping[str, Any]
) -> bool:
    """Insert unless `unique` is taken; whether it was inserted. Waits for a rival to commit."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(model)
        .values(dict(values))
        .on_conflict_do_nothing(index_elements=[unique])
        .returning(unique)
    )
    return db.session.execute(statement).first() is not None
