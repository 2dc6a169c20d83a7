"""Replaying the ledger gives every badge, and every line of the listing follows from verdicts."""

import pytest

from shop.catalog.models import Standing
from shop.inspections import standing
from shop.ledger import audit
from shop.plumbing.db import db, transaction
from shop.verdicts import service as verdicts

pytestmark = pytest.mark.xdist_group("house")


def test_every_entry_is_as_it_was_written(house):
    with house.app.app_context():
        report = audit.check()
    assert report.is_sound, report.problems
    assert report.entries > 10


def test_replaying_the_ledger_gives_every_badge(house):
    with house.app.app_context():
        assert list(verdicts.replay()) == []


def test_every_line_of_the_listing_follows_from_its_verdicts(house):
    with house.app.app_context():
        before = _lines()
        with transaction():
            standing.refresh_all()
        assert _lines() == before
    assert len(before) == 2


def test_command_finds_the_record_sound(house):
    result = house.app.test_cli_runner().invoke(args=["ledger", "check"])
    assert result.exit_code == 0
    assert "every badge follows" in result.output


def _lines():
    db.session.expire_all()
    return {
        row.product_id: (row.verification, row.headline, dict(row.details), row.sellers, row.rank)
        for row in db.session.query(Standing)
    }
