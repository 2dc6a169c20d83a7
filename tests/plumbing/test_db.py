from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from shop.catalog.models import Brand
from shop.plumbing.db import db, transaction
from shop.plumbing.mail import Letter


def test_transaction_commits_what_was_added(app):
    with transaction():
        db.session.add(Brand(slug="tolva", name="Tolva"))

    assert db.session.query(Brand).one().name == "Tolva"


def test_transaction_leaves_nothing_behind_when_it_fails(app):
    with pytest.raises(RuntimeError):
        _add_and_fail()

    assert db.session.query(Brand).count() == 0


def test_sqlite_is_opened_with_the_settings_that_lose_nothing(app):
    if db.engine.dialect.name != "sqlite":
        assert db.session.scalar(text("SHOW synchronous_commit")) == "on"
        return
    pragmas = {
        name: db.session.scalar(text(f"PRAGMA {name}"))
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_moment_comes_back_aware_and_exact(app):
    moment = datetime(2026, 11, 22, 15, 14, 13, 123456, tzinfo=timezone(timedelta(hours=-7)))
    with transaction():
        db.session.add(Letter(key="one", to="a@b.example", subject="", text="", created_at=moment))

    kept = db.session.query(Letter).one().created_at
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


def test_moment_without_a_zone_is_refused(app):
    db.session.add(
        Letter(key="one", to="a@b.example", subject="", text="", created_at=datetime(2026, 11, 22))  # noqa: DTZ001 - the fault under test
    )
    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def _add_and_fail():
    with transaction():
        db.session.add(Brand(slug="tolva", name="Tolva"))
        db.session.flush()
        raise RuntimeError
