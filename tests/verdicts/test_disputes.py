import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shop.assay.vocabulary import Outcome, Severity
from shop.ledger.models import Entry
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.mail import Letter
from shop.verdicts import disputes, reviews
from shop.verdicts.models import Dispute
from tests.verdicts.factories import AT, BAD, DOUBT, GOOD, OFFER, OTHER, publish

ROOT = Path(__file__).parents[2]
WRITER = "owner@shop.example"
STAFF = "staff23456789abc"


def open_one(message="We are on the list.", subject=OFFER, **more):
    with transaction():
        return disputes.open_dispute(subject, message, WRITER, at=AT, **more)


def answer_one(public_id, text="You are right; we corrected it."):
    with transaction():
        return disputes.answer(public_id, text, staff=STAFF, at=AT)


def letters():
    return db.session.scalars(select(Letter).order_by(Letter.id)).all()


def test_dispute_is_kept_with_what_was_read_and_stands_in_the_queue(app):
    standing = publish(BAD)

    kept = open_one(code="review.refused", about="brushandbay.com")

    assert (kept.message, kept.reply_to, kept.code) == (
        "We are on the list.",
        WRITER,
        "review.refused",
    )
    assert kept.verdict_id == standing.public_id
    assert [each.public_id for each in disputes.open_among([OFFER])[OFFER]] == [kept.public_id]
    (review,) = reviews.queue()
    assert (review.subject_id, review.rank) == (OFFER.public_id, BAD.severity.rank)


def test_dispute_of_what_passed_waits_for_a_person_too(app):
    publish(GOOD)

    open_one("This shop is not ours.")

    (review,) = reviews.queue()
    assert review.severity == Severity.NOTICE


def test_dispute_of_what_nobody_judged_yet_is_kept(app):
    kept = open_one()

    assert kept.verdict_id == ""
    assert reviews.count_open() == 1


def test_two_disputes_of_one_subject_are_both_kept_in_one_review(app):
    publish(BAD)

    first, second = open_one("First."), open_one("First.")

    assert first.public_id != second.public_id
    assert len(disputes.open_among([OFFER])[OFFER]) == disputes.count_open() == 2
    assert reviews.count_open() == 1


def test_writer_is_told_the_reference_and_nothing_that_was_typed(app):
    kept = open_one("Buy cheap pills at pills.example", about="brushandbay.com")

    (letter,) = letters()
    assert letter.to == WRITER
    assert kept.public_id in letter.subject
    assert "brushandbay.com" in letter.text
    assert "pills" not in letter.subject + letter.text


@pytest.mark.parametrize("message", ["", "  \n ", "x" * 5_001])
def test_message_that_says_nothing_or_too_much_is_refused(app, message):
    with pytest.raises(Refused, match=r"verdicts\.dispute_message"):
        open_one(message)
    assert letters() == []


def test_answer_goes_by_mail_and_the_subject_leaves_the_queue(app):
    publish(GOOD)
    kept = open_one()

    answer_one(kept.public_id, "  We looked again.\nYou are right.  ")

    assert disputes.open_among([OFFER]) == {}
    assert reviews.count_open() == 0
    letter = letters()[-1]
    assert letter.to == WRITER
    assert "We looked again.\nYou are right." in letter.text
    row = disputes.dispute(kept.public_id)
    assert (row.answered_by, row.answered_at) == (STAFF, AT)


def test_answer_leaves_in_the_queue_what_waits_for_other_reasons(app):
    publish(DOUBT)
    first, second = open_one(), open_one(subject=OTHER)

    answer_one(first.public_id)
    answer_one(second.public_id)

    (review,) = reviews.queue()
    assert review.subject_id == OFFER.public_id
    assert review.rank == DOUBT.severity.rank  # no longer lifted by the dispute


def test_second_dispute_keeps_the_subject_in_the_queue(app):
    publish(GOOD)
    first, _ = open_one(), open_one()

    answer_one(first.public_id)

    assert reviews.count_open() == 1


def test_neither_an_inspection_nor_a_decision_takes_a_disputed_subject_out(app):
    standing = publish(BAD)
    open_one()
    with transaction():
        assert reviews.settle(OFFER, "No open question is left.", at=AT) is None
        reviews.decide(
            OFFER,
            outcome=Outcome.FAILED,
            staff=STAFF,
            reason="The brand says so.",
            settles=[BAD.rule.code],
            evidence_sha256=standing.verdict.evidence_sha256,
            at=AT,
        )

    assert reviews.count_open() == 1


def test_answer_is_given_once(app):
    kept = open_one()
    answer_one(kept.public_id)

    with pytest.raises(Conflict, match=r"verdicts\.dispute_answered"):
        answer_one(kept.public_id, "Something else.")
    assert len(letters()) == 2
    assert disputes.dispute(kept.public_id).answer == "You are right; we corrected it."


@pytest.mark.parametrize("text", ["", " ", "x" * 5_001])
def test_answer_that_says_nothing_or_too_much_is_refused(app, text):
    kept = open_one()

    with pytest.raises(Refused, match=r"verdicts\.dispute_answer"):
        answer_one(kept.public_id, text)
    assert disputes.count_open() == 1


def test_unknown_dispute_is_not_found(app):
    for public_id in ("aaaaaaaaaaaaaaaa", "", "é" * 20):
        with pytest.raises(NotFound):
            disputes.dispute(public_id)


def test_waiting_disputes_stand_by_harm_and_then_by_age(app):
    publish(DOUBT, subject=OTHER)
    publish(BAD)
    with transaction():
        mild = disputes.open_dispute(OTHER, "One.", WRITER, at=AT)
        new = disputes.open_dispute(OFFER, "Three.", WRITER, at=AT + timedelta(hours=2))
        old = disputes.open_dispute(OFFER, "Two.", WRITER, at=AT + timedelta(hours=1))

    assert [each.public_id for each in disputes.waiting()] == [
        each.public_id for each in (old, new, mild)
    ]


def test_disputes_put_nothing_on_the_public_ledger(app):
    kept = open_one()
    answer_one(kept.public_id)

    assert db.session.scalars(select(Entry)).all() == []


def test_process_killed_after_it_said_so_has_kept_the_dispute(app, database_url, tmp_path):
    script = (
        "from config import from_environment\n"
        "from shop.factory import create_app\n"
        "from shop.plumbing.db import transaction\n"
        "from shop.verdicts import disputes\n"
        "from tests.verdicts.factories import AT, OFFER\n"
        "import os, signal\n"
        "app = create_app(from_environment(dict(os.environ)))\n"
        "with app.app_context():\n"
        "    with transaction():\n"
        "        kept = disputes.open_dispute(OFFER, 'Kept?', 'a@shop.example', at=AT)\n"
        "        name = kept.public_id\n"
        "    print(name, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environ = {
        "PATH": "/usr/bin",
        "PYTHONPATH": str(ROOT),
        "ASSAY_DATABASE_URL": database_url,
        "ASSAY_DATA_DIR": str(tmp_path),
        "ASSAY_LOG_LEVEL": "error",
    }
    ended = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False
    )

    assert ended.returncode == -9, ended.stderr
    row = db.session.scalars(select(Dispute)).one()
    assert row.public_id == ended.stdout.strip()
    assert len(letters()) == 1
    assert reviews.count_open() == 1
