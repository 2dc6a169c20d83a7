import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from shop.assay import policy
from shop.assay.log.entries import EntryKind
from shop.assay.policy import Mark
from shop.assay.vocabulary import Decision, Outcome, Subject, SubjectKind
from shop.ledger import audit
from shop.ledger import service as ledger
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import NotFound
from shop.verdicts import models, service
from tests.verdicts.factories import (
    AT,
    BAD,
    DOUBT,
    EVIDENCE,
    GOOD,
    OFFER,
    OTHER,
    make_verdict,
    publish,
    withdraw,
)

SECONDED = Decision(
    Outcome.PASSED, "staff-one", AT, frozenset({"staff.refused"}), "Both fit.", "staff-two"
)


def test_publish_puts_the_verdict_on_the_ledger_and_lets_it_stand(app):
    published = publish(GOOD)

    entry = ledger.entry(published.entry_index)
    record = json.loads(entry.record)
    assert (entry.kind, record["verdict"]) == ("published", published.public_id)
    assert published.sha256 == entry.verdict_sha256
    assert published.mark is Mark.OK
    assert service.current(OFFER) == published
    assert not audit.check().problems
    assert not service.replay()


@pytest.mark.parametrize(
    "verdict",
    [
        make_verdict(GOOD),
        make_verdict(GOOD, DOUBT),
        make_verdict(BAD, decision=SECONDED),
        make_verdict(DOUBT._replace(asserter="staff-one")),
    ],
)
def test_verdict_comes_back_as_it_was_published(app, verdict):
    with transaction():
        published = service.publish(verdict)
    db.session.expunge_all()

    found = service.current(OFFER)
    assert found == published
    assert found.verdict == verdict
    assert not policy.has_changed(found.verdict, verdict)  # or each inspection would publish again


def test_a_later_verdict_supersedes_and_both_stay_readable(app):
    first, second = publish(GOOD), publish(DOUBT, at=AT + timedelta(hours=1))

    assert second.supersedes == first.public_id
    assert (second.kind, second.mark) == (EntryKind.SUPERSEDED, Mark.REVIEW)
    assert json.loads(ledger.entry(1).record)["supersedes"] == first.sha256
    assert service.current(OFFER) == second
    assert service.history(OFFER) == [second, first]
    assert service.by_public_id(first.public_id) == first
    assert not service.replay()


def test_current_for_many_subjects_is_one_query(app, statements):
    subjects = [Subject(kind, f"s{number}") for kind in SubjectKind for number in range(5)]
    published = {subject: publish(GOOD, subject=subject) for subject in subjects[:9]}
    db.session.rollback()
    statements.clear()

    assert service.current_for(subjects) == published
    assert len([statement for statement in statements if statement != "BEGIN"]) == 1
    assert service.current_for([]) == {}


def test_ids_of_different_kinds_are_not_mixed_up(app):
    publish(GOOD, subject=Subject(SubjectKind.OFFER, "same"))
    assert service.current(Subject(SubjectKind.CERTIFICATE, "same")) is None


def test_what_was_never_judged_has_nothing(app):
    assert service.current(OFFER) is None
    assert service.history(OFFER) == []
    with pytest.raises(NotFound):
        service.by_public_id("nothing")
    with pytest.raises(NotFound):
        withdraw()


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [((), Outcome.PASSED), ((DOUBT,), Outcome.PASSED), ((GOOD,), Outcome.FAILED)],
)
def test_outcome_that_the_findings_do_not_add_up_to_is_refused(app, findings, outcome):
    verdict = replace(make_verdict(GOOD), findings=findings, outcome=outcome)
    with pytest.raises(ValueError, match="do not add up"):
        service.publish(verdict)


def test_publish_that_fails_leaves_neither_entry_nor_verdict(app):
    with pytest.raises(RuntimeError):
        _publish_and_fail()
    assert ledger.size() == 0
    assert service.current(OFFER) is None


def test_verdict_without_its_entry_is_refused(app):
    publish(GOOD)
    row = db.session.query(models.Verdict).one()
    values = {column.name: getattr(row, column.name) for column in models.Verdict.__table__.columns}
    for entry_index in (None, 7):
        changed = {**values, "id": 99, "public_id": "another", "entry_index": entry_index}
        with pytest.raises(IntegrityError):
            _insert(changed)


@pytest.mark.parametrize(
    "statement",
    [
        models.Verdict.__table__.update().values(mark="ok"),
        models.Verdict.__table__.delete(),
    ],
)
def test_change_of_a_verdict_is_refused(app, statement):
    publish(BAD)
    with pytest.raises(IntegrityError, match="append-only"):
        _execute(statement)


def test_withdrawing_is_an_entry_that_stands(app):
    first = publish(GOOD)
    withdrawn = withdraw()

    assert service.current(OFFER) == withdrawn
    assert (withdrawn.is_withdrawn, withdrawn.mark) == (True, Mark.STOP)
    assert withdrawn.verdict.outcome is Outcome.FAILED
    assert withdrawn.supersedes == first.public_id
    assert withdrawn.reason == "The laboratory asked us to."
    assert "laboratory" not in ledger.entry(1).record
    assert withdrawn.verdict.findings[0].sentence == (
        "What we published about this was withdrawn on 3 Nov 2026."
    )
    assert not service.replay()


def test_withdrawing_twice_is_withdrawing_once(app):
    publish(GOOD)
    assert withdraw() == withdraw()
    assert ledger.size() == 2


def test_withdrawn_stays_withdrawn_for_the_same_evidence(app):
    publish(GOOD)
    withdrawn = withdraw()
    old = replace(SECONDED, at=AT - timedelta(days=1))

    assert publish(GOOD, at=AT + timedelta(days=1)) == withdrawn
    assert publish(BAD, decision=old, at=AT + timedelta(days=1)) == withdrawn
    assert ledger.size() == 2


@pytest.mark.parametrize(
    "verdict",
    [
        make_verdict(GOOD, evidence="cd" * 32),
        make_verdict(BAD, decision=replace(SECONDED, at=AT + timedelta(days=1))),
    ],
)
def test_new_evidence_or_a_new_decision_ends_a_withdrawal(app, verdict):
    publish(GOOD)
    withdraw()
    with transaction():
        published = service.publish(verdict)
    assert service.current(OFFER) == published
    assert published.kind is EntryKind.SUPERSEDED
    assert not service.replay()


def test_what_has_run_out_is_due_but_not_what_was_withdrawn(app):
    publish(GOOD)
    publish(GOOD, subject=OTHER, at=AT - timedelta(days=1))
    until = make_verdict().valid_until
    assert service.due(until - timedelta(days=2)) == []
    assert service.due(until) == [OTHER, OFFER]
    assert service.due(until, limit=1) == [OTHER]

    withdraw(OTHER)
    assert service.due(until + timedelta(days=365)) == [OFFER]


def test_decision_reads_as_a_line_with_its_asserter(app):
    published = publish(BAD, decision=SECONDED)
    assert published.said_by_staff.rule.code == "staff.approved"
    assert published.said_by_staff.asserter == "staff-one"
    assert publish(GOOD, subject=OTHER).said_by_staff is None


def test_entry_names_no_person(app):
    published = publish(BAD, decision=SECONDED)
    record = ledger.entry(published.entry_index).record
    assert "staff-one" not in record
    assert "staff-two" not in record
    assert "Both fit" not in record
    assert json.loads(record)["decision"]["persons"] == 2
    assert json.loads(record)["evidence_sha256"] == EVIDENCE


def _publish_and_fail():
    with transaction():
        service.publish(make_verdict(GOOD))
        raise RuntimeError


def _insert(values):
    _execute(models.Verdict.__table__.insert().values(values))


def _execute(statement):
    with transaction():
        db.session.execute(statement)
