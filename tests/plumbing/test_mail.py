"""Letters: written once per reason, sent afterwards, retried, never sent twice by us."""

import smtplib
from datetime import timedelta

import pytest
import time_machine

from shop.plumbing import jobs, mail
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.mail import Letter


class Post:
    """Stands in for smtplib.SMTP: remembers what was sent, and can be out of order."""

    def __init__(self):
        self.sent = []
        self.is_down = False
        self.started_tls = False
        self.login_as = None

    def __call__(self, host, port, timeout):
        assert (host, port, timeout) == ("mail.example", 587, 20)
        if self.is_down:
            raise smtplib.SMTPServerDisconnected
        return self

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def starttls(self):
        self.started_tls = True

    def login(self, user, password):
        self.login_as = (user, password)

    def send_message(self, message):
        self.sent.append(message)


@pytest.fixture
def post(monkeypatch):
    post = Post()
    monkeypatch.setattr(mail.smtplib, "SMTP", post)
    return post


@pytest.fixture
def handlers():
    address = "smtp+starttls://us%40er:p%2Fw@mail.example:587"
    return {mail.JOB: mail.handler(address, "Assay <orders@assay.example>")}


def test_letter_is_sent_once(app, post, handlers):
    _write("paid:1")
    _write("paid:1")
    assert jobs.run_due(handlers) == 1
    _ring_again("paid:1")
    jobs.run_due(handlers)

    assert [message["To"] for message in post.sent] == ["ada@buyer.example"]
    assert post.started_tls
    assert post.login_as == ("us@er", "p/w")


def test_letter_waits_out_a_broken_server(app, post, handlers):
    post.is_down = True
    _write("paid:1")
    with time_machine.travel(now(), tick=False) as clock:
        jobs.run_due(handlers)
        assert db.session.query(Letter).one().last_error
        assert jobs.run_due(handlers) == 0  # not before its time
        post.is_down = False
        clock.shift(mail.RETRIES[0])
        assert jobs.run_due(handlers) == 1
    assert len(post.sent) == 1


def test_letter_is_tried_as_often_as_the_schedule_says(app, post, handlers):
    post.is_down = True
    _write("paid:1")
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(len(mail.RETRIES) + 1):
            assert jobs.run_due(handlers) == 1
            clock.shift(timedelta(days=2))
        assert jobs.run_due(handlers) == 0
    letter = db.session.query(Letter).one()
    assert letter.due_at is None
    assert letter.sent_at is None


def test_sweep_rings_for_a_letter_whose_job_was_lost(app, post, handlers):
    _write("paid:1")
    with transaction():
        db.session.query(jobs.Job).delete()
        mail.ring_for_due()
    jobs.run_due(handlers)
    assert len(post.sent) == 1


def test_without_a_server_letters_are_kept_and_not_retried(app):
    _write("paid:1")
    assert jobs.run_due({mail.JOB: mail.handler("", "Assay <orders@assay.example>")}) == 1
    assert db.session.query(Letter).one().sent_at is not None


def _write(key):
    with transaction():
        mail.write(key, to="ada@buyer.example", subject="Your order", text="Thank you.")


def _ring_again(key):
    letter = db.session.query(Letter).filter_by(key=key).one()
    with transaction():
        jobs.enqueue(mail.JOB, letter.public_id)
