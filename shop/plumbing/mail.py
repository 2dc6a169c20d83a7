"""Letters leave through a row: written with their reason, sent afterwards, retried for a day."""

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import Model, Moment, db, new_public_id

JOB = "mail.send"
# Waits between tries.
RETRIES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
_TIMEOUT_S = 20
_log = structlog.get_logger()


class Letter(Model):
    """One e-mail to send. `key` is unique, so that the same event never writes twice."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    due_at: Mapped[datetime | None] = mapped_column(Moment, default=now, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


def write(key: str, *, to: str, subject: str, text: str) -> None:
    """Put a letter in the outbox, in the caller's transaction; the same key is written once."""
    if db.session.scalar(select(Letter.id).where(Letter.key == key)) is not None:
        return
    letter = Letter(key=key, to=to, subject=subject, text=text)
    db.session.add(letter)
    db.session.flush()
    jobs.enqueue(JOB, letter.public_id)


def ring_for_due() -> None:
    """Ring again for every letter that is due (the sweep)."""
    due = select(Letter.public_id).where(Letter.due_at <= now(), Letter.sent_at.is_(None))
    for public_id in db.session.scalars(due.limit(500)):
        jobs.enqueue(JOB, public_id)


def handler(smtp_url: str, sender: str) -> jobs.Handler:
    """The job that sends one letter. Without an SMTP address it is logged and kept as sent."""

    def run(public_id: str, transaction: jobs.Transaction) -> None:
        letter = db.session.scalar(select(Letter).where(Letter.public_id == public_id))
        if letter is None or letter.sent_at is not None:
            return
        message, letter_id, tries = _message(letter, sender), letter.id, letter.tries
        db.session.rollback()  # give the connection back: the mail server may take its time
        problem = _send(smtp_url, message)
        with transaction():
            again = db.session.get_one(Letter, letter_id)
            again.tries = tries + 1
            if problem is None:
                again.sent_at, again.due_at = now(), None
                return
            again.last_error = problem
            again.due_at = now() + RETRIES[tries] if tries < len(RETRIES) else None
            if again.due_at is not None:
                jobs.enqueue(JOB, public_id, at=again.due_at)

    return jobs.Handler(run)


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.public_id}@assay>"
    message.set_content(letter.text)
    return message


def _send(smtp_url: str, message: EmailMessage) -> str | None:
    """Send it; returns what went wrong, or None."""
    if not smtp_url:
        _log.info("mail.not_configured", subject=message["Subject"])
        return None
    parts = urlsplit(smtp_url)
    try:
        with smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=_TIMEOUT_S) as server:
            if parts.scheme == "smtp+starttls":
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as problem:
        return repr(problem)[:2000]
    return None
