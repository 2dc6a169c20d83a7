import json
from datetime import timedelta

import pytest

from shop.assay import policy
from shop.assay.vocabulary import Outcome, Severity, Subject, SubjectKind
from shop.ledger import service as ledger
from shop.plumbing.db import transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.verdicts import reviews, service
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

LATER = AT + timedelta(hours=1)
NAMES = Subject(SubjectKind.NAMES, "pair")


def open_review(*findings, subject=OFFER, at=AT):
    with transaction():
        return reviews.open_review(subject, findings, at).public_id


def decide(subject=OFFER, **changes):
    given = {
        "outcome": Outcome.PASSED,
        "staff": "staff-one",
        "reason": "The list of 3 Nov names this shop.",
        "settles": ["inspection.unavailable"],
        "evidence_sha256": EVIDENCE,
        "at": AT,
    }
    with transaction():
        return reviews.decide(subject, **{**given, **changes}).public_id


def second(public_id, staff="staff-two", at=LATER):
    with transaction():
        return reviews.second(public_id, staff=staff, at=at).public_id


def queued(**paging):
    return [review.subject_id for review in reviews.queue(**paging)]


def test_queue_is_ordered_by_harm_then_by_age(app):
    subjects = [Subject(SubjectKind.OFFER, name) for name in "abcde"]
    finding = [DOUBT, BAD, DOUBT, BAD, BAD._replace(severity=Severity.REFUSED)]
    for days, (subject, found) in enumerate(zip(subjects, finding, strict=True)):
        open_review(found, GOOD, subject=subject, at=AT - timedelta(days=days))

    assert queued() == ["e", "d", "b", "c", "a"]
    assert reviews.count_open() == 5


def test_queue_pages_after_the_last_one_shown(app):
    ids = [open_review(DOUBT, subject=Subject(SubjectKind.OFFER, name)) for name in "abc"]
    open_review(BAD, subject=Subject(SubjectKind.OFFER, "d"))

    assert queued(limit=2) == ["d", "a"]
    assert queued(limit=2, after=ids[0]) == ["b", "c"]
    assert queued(after=ids[2]) == []
    with pytest.raises(NotFound):
        queued(after="nothing")


def test_a_subject_waits_once_with_its_newest_findings(app):
    first = open_review(DOUBT)
    again = open_review(BAD, GOOD, at=LATER)

    (review,) = reviews.queue()
    assert first == again == review.public_id
    assert (review.codes, review.severity) == (["staff.refused"], "warning")
    assert review.opened_at == AT  # it has waited since then


def test_settled_review_leaves_the_queue_and_can_come_back(app):
    first = open_review(DOUBT)
    with transaction():
        reviews.settle(OFFER, "Looked at it.", at=LATER)
    assert queued() == []
    assert reviews.review_by_id(first).settled_at == LATER

    assert open_review(DOUBT, at=LATER) != first
    assert reviews.count_open() == 1


def test_settling_what_does_not_wait_does_nothing(app):
    with transaction():
        assert reviews.settle(OFFER, at=AT) is None


def test_decision_settles_doubt_and_is_on_the_ledger(app):
    publish(DOUBT)
    open_review(DOUBT)
    public_id = decide()

    entry = ledger.entry(1)
    record = json.loads(entry.record)
    assert (entry.kind, record["decision"]["id"]) == ("decided", public_id)
    assert record["decision"]["persons"] == 1
    assert "staff-one" not in entry.record
    assert queued() == []
    assert not reviews.awaiting_second()

    decision = reviews.decision_for(OFFER, EVIDENCE)
    assert publish(DOUBT, decision=decision).verdict.outcome is Outcome.PASSED
    assert service.replay() == []


def test_decision_counts_for_exactly_the_evidence_that_was_seen(app):
    publish(DOUBT)
    decide()
    assert reviews.decision_for(OFFER, EVIDENCE).asserter == "staff-one"
    assert reviews.decision_for(OFFER, "cd" * 32) is None
    assert reviews.decision_for(OTHER, EVIDENCE) is None


def test_the_latest_decision_counts(app):
    publish(DOUBT)
    decide()
    decide(outcome=Outcome.FAILED, staff="staff-two", settles=[], at=LATER)
    assert reviews.decision_for(OFFER, EVIDENCE).outcome is Outcome.FAILED
    assert [row.staff_id for row in reviews.decisions_about(OFFER)] == ["staff-two", "staff-one"]


def test_approving_what_failed_waits_for_a_second_person(app):
    publish(BAD)
    open_review(BAD)
    public_id = decide(settles=["staff.refused"])

    assert queued() == [OFFER.public_id]
    assert [row.public_id for row in reviews.awaiting_second()] == [public_id]
    alone = reviews.decision_for(OFFER, EVIDENCE)
    assert policy.overall([BAD], alone) is Outcome.FAILED

    second(public_id)
    together = reviews.decision_for(OFFER, EVIDENCE)
    assert (together.seconded_by, policy.overall([BAD], together)) == ("staff-two", Outcome.PASSED)
    assert queued() == []
    assert not reviews.awaiting_second()
    assert json.loads(ledger.entry(2).record)["decision"]["persons"] == 2
    publish(BAD, decision=together)
    assert service.replay() == []


def test_nobody_seconds_their_own_decision(app):
    publish(BAD)
    public_id = decide(settles=["staff.refused"])
    with pytest.raises(Refused) as problem:
        second(public_id, staff="staff-one")
    assert problem.value.code == "verdicts.second_is_first"
    assert ledger.size() == 2


def test_agreeing_twice_is_agreeing_once(app):
    publish(BAD)
    public_id = decide(settles=["staff.refused"])
    second(public_id)
    second(public_id)
    assert ledger.size() == 3
    with pytest.raises(Conflict):
        second(public_id, staff="staff-three")


def test_decision_that_does_not_wait_cannot_be_seconded(app):
    publish(DOUBT)
    with pytest.raises(Conflict):
        second(decide())
    with pytest.raises(NotFound):
        second("nothing")


def test_overtaken_decision_cannot_be_seconded(app):
    publish(BAD)
    public_id = decide(settles=["staff.refused"])
    decide(outcome=Outcome.FAILED, settles=[], staff="staff-two", at=LATER)
    assert not reviews.awaiting_second()
    with pytest.raises(Conflict):
        second(public_id, staff="staff-three")


def test_decision_about_changed_evidence_is_a_conflict(app):
    publish(BAD)
    public_id = decide(settles=["staff.refused"])
    publish(DOUBT, evidence="cd" * 32, at=LATER)

    for attempt in (decide, lambda: second(public_id)):
        with pytest.raises(Conflict) as problem:
            attempt()
        assert problem.value.code == "verdicts.evidence_changed"
    assert not reviews.awaiting_second()


def test_decision_about_what_was_never_judged_is_a_conflict(app):
    with pytest.raises(Conflict):
        decide()


def test_the_same_form_sent_twice_decides_once(app):
    publish(DOUBT)
    assert decide() == decide(at=LATER)
    assert ledger.size() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " \n"}, "verdicts.reason_missing"),
        ({"reason": "x" * 2001}, "verdicts.reason_too_long"),
        ({"settles": ["seller.not_listed"]}, "verdicts.unknown_finding"),
        ({"outcome": Outcome.NOT_APPLICABLE}, "verdicts.no_outcome"),
    ],
)
def test_decision_that_does_not_hold_together_is_refused(app, changes, code):
    publish(DOUBT)
    with pytest.raises(Refused) as problem:
        decide(**changes)
    assert problem.value.code == code
    assert problem.value.message
    assert ledger.size() == 1


def test_withdrawn_verdict_can_be_decided_again(app):
    publish(DOUBT)
    withdraw()
    decide(at=LATER)  # settles what was found, not the withdrawal

    decision = reviews.decision_for(OFFER, EVIDENCE)
    with transaction():
        published = service.publish(make_verdict(DOUBT, decision=decision))
    assert published.verdict.outcome is Outcome.PASSED
    assert service.replay() == []


def record(subject=NAMES, **changes):
    given = {
        "outcome": Outcome.PASSED,
        "staff": "staff-one",
        "reason": "Two companies: the registers of Ohio and of Maine name both.",
        "evidence_sha256": EVIDENCE,
        "at": AT,
    }
    with transaction():
        return reviews.record(subject, **{**given, **changes}).public_id


def test_decision_that_no_judge_asks_for_is_on_the_ledger_too(app):
    kept = reviews.decision_by_id(record())

    told = json.loads(ledger.entry(kept.entry_index).record)
    assert told["subject"] == {"kind": "names", "id": "pair"}
    assert told["decision"]["outcome"] == "passed"
    assert "Ohio" not in ledger.entry(kept.entry_index).record  # no prose
    assert kept.needs_second is False
    assert list(service.replay()) == []


def test_recorded_twice_is_recorded_once_and_taken_back_is_another(app):
    marked = record()
    assert record() == marked
    taken_back = record(outcome=Outcome.FAILED, reason="They have merged.", at=LATER)

    assert [row.public_id for row in reviews.decisions_about(NAMES)] == [taken_back, marked]
    assert ledger.size() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "verdicts.reason_missing"),
        ({"reason": "x" * 2001}, "verdicts.reason_too_long"),
        ({"outcome": Outcome.NOT_APPLICABLE}, "verdicts.no_outcome"),
    ],
)
def test_record_without_a_sound_decision_is_refused(app, changes, code):
    with pytest.raises(Refused) as refused:
        record(**changes)
    assert refused.value.code == code
    assert ledger.size() == 0
