from collections.abc import Iterator

import pytest
from sqlalchemy import event

from shop.plumbing.db import db


@pytest.fixture
def statements(app) -> Iterator[list[str]]:
    """Every statement that reaches the database, as it comes."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
