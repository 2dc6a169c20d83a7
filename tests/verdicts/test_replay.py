"""Whoever owns the database can switch the triggers off. Replaying then says what was changed."""

import pytest

from shop.assay.vocabulary import Outcome
from shop.plumbing.db import db, transaction
from shop.verdicts import models, replaying, reviews, service
from tests.ledger.factories import tamper
from tests.verdicts.factories import AT, BAD, DOUBT, EVIDENCE, GOOD, OFFER, OTHER, publish, withdraw

VERDICT = models.Verdict.__table__
CURRENT = models.CurrentVerdict.__table__
DECISION = models.StaffDecision.__table__


@pytest.fixture
def lived(app):
    """A ledger with every kind of entry."""
    publish(BAD)
    with transaction():
        decided = reviews.decide(
            OFFER,
            outcome=Outcome.PASSED,
            staff="staff-one",
            reason="Both fit.",
            settles=["staff.refused"],
            evidence_sha256=EVIDENCE,
            at=AT,
        )
        public_id = decided.public_id
    with transaction():
        reviews.second(public_id, staff="staff-two", at=AT)
    publish(BAD, decision=reviews.decision_for(OFFER, EVIDENCE))
    publish(DOUBT, subject=OTHER)
    withdraw(OTHER)


def test_every_badge_is_made_again(lived, monkeypatch):
    assert service.replay() == []
    monkeypatch.setattr(replaying, "_CHUNK", 2)
    assert service.replay() == []


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        (
            VERDICT.update().where(VERDICT.c.entry_index == 3).values(mark="ok"),
            "entry 3: its row says something else",
        ),
        (
            VERDICT.update().where(VERDICT.c.entry_index == 3).values(mark="gold"),
            "entry 3: its row says something else",
        ),
        (
            VERDICT.update().where(VERDICT.c.entry_index == 4).values(findings=[]),
            "entry 4: its row says something else",
        ),
        (
            VERDICT.update().where(VERDICT.c.entry_index == 4).values(findings=[{}]),
            "entry 4: its row says something else",
        ),
        (
            VERDICT.update().where(VERDICT.c.entry_index == 5).values(reason="None given."),
            "entry 5: its row says something else",
        ),
        (
            DECISION.update().values(reason="Nothing fits."),
            "entry 1: its row says something else",
        ),
        (DECISION.update().values(second_entry_index=None), "entry 2: there is no row for it"),
        (
            CURRENT.delete().where(CURRENT.c.subject_kind == "offer"),
            "entry 3: the badge of offer offer-one is not the one on record",
        ),
        (
            CURRENT.update().where(CURRENT.c.subject_kind == "offer").values(subject_id="another"),
            "the badge of offer another is not the one on record",
        ),
    ],
)
def test_what_differs_is_named_first(lived, statement, first):
    tamper(statement)
    assert str(service.replay()[0]) == first


def test_verdict_that_was_removed_is_missed(lived):
    tamper(
        CURRENT.delete().where(CURRENT.c.subject_kind == "offer"),
        VERDICT.delete().where(VERDICT.c.entry_index == 3),
    )
    said = [str(difference) for difference in service.replay()]
    assert said == [
        "entry 3: there is no row for it",
        "entry 3: the badge of offer offer-one is not the one on record",
    ]


def test_pointer_to_an_older_verdict_is_a_wrong_badge(app):
    publish(BAD)
    older = db.session.query(models.Verdict.id).scalar()
    publish(GOOD)
    tamper(CURRENT.update().values(verdict_id=older))
    assert [str(difference) for difference in service.replay()] == [
        "entry 1: the badge of offer offer-one is not the one on record"
    ]


def test_replay_stops_at_a_hundred(app, monkeypatch):
    monkeypatch.setattr(replaying, "_MOST", 2)
    for _ in range(4):
        publish(GOOD)
    tamper(VERDICT.update().values(rule_set="1"))
    assert len(service.replay()) == 2
