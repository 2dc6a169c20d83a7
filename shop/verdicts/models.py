"""What was published about each subject, and what waits for a person."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.ledger.ddl import attach
from shop.plumbing.db import Document, Model, Moment, new_public_id
from shop.verdicts import ddl


class Verdict(Model):
    """One published verdict, written once. It cannot be without its entry on the ledger."""

    __tablename__ = "verdict"
    __table_args__ = (Index("ix_verdict_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    kind: Mapped[str] = mapped_column(
        String(20)
    )  # as its entry's: published, superseded, withdrawn
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(40))  # the subject's public id
    outcome: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(10))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    decision: Mapped[dict[str, Any] | None] = mapped_column(Document)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was withdrawn
    rule_set: Mapped[str] = mapped_column(String(20))
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    judged_at: Mapped[datetime] = mapped_column(Moment)
    valid_until: Mapped[datetime] = mapped_column(Moment, index=True)
    sha256: Mapped[str] = mapped_column(String(64))  # of its record
    entry_index: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_entry.index"), unique=True
    )
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("verdict.id"), index=True)


class CurrentVerdict(Model):
    """Which verdict stands. Derived: replaying the ledger gives the same."""

    __tablename__ = "current_verdict"

    subject_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"), unique=True)


class ReviewStatus(StrEnum):
    """Whether a person still has to look."""

    OPEN = "open"
    SETTLED = "settled"


class Review(Model):
    """One thing that waits, or waited, for a person. A subject has at most one open review."""

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_queue", "status", "rank", "opened_at"),
        Index(
            "uq_review_open",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(40))
    codes: Mapped[list[str]] = mapped_column(Document)
    severity: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column()  # of the severity; the most harm first
    status: Mapped[str] = mapped_column(String(10), default=ReviewStatus.OPEN)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")


class Dispute(Model):
    """Somebody says that a published finding is wrong, and where to answer them."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index("ix_dispute_subject", "subject_kind", "subject_id"),
        Index("ix_dispute_answered_at_opened_at", "answered_at", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(80), default="")  # of the finding; empty: all
    verdict_id: Mapped[str] = mapped_column(String(16), default="")  # public: what they had read
    message: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(String(254))  # never shown to the public
    opened_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(String(16))  # a public id of accounts
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class StaffDecision(Model):
    """What a person settled, about exactly the evidence that they saw."""

    __tablename__ = "staff_decision"
    __table_args__ = (
        Index("ix_staff_decision_subject", "subject_kind", "subject_id", "evidence_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(20))
    staff_id: Mapped[str] = mapped_column(String(16))  # a public id of accounts
    reason: Mapped[str] = mapped_column(Text)  # public, never on the ledger
    settles: Mapped[list[str]] = mapped_column(Document)
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    entry_index: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_entry.index"), unique=True
    )
    needs_second: Mapped[bool] = mapped_column()
    seconded_by: Mapped[str | None] = mapped_column(String(16))
    seconded_at: Mapped[datetime | None] = mapped_column(Moment)
    second_entry_index: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("ledger_entry.index"), unique=True
    )


attach(Verdict.__table__, ddl.STATEMENTS)
