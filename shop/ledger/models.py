"""Entry, Node, Checkpoint: rows that are written once (see ddl.py) and never again."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.ledger import ddl
from shop.plumbing.db import Model, Moment

_DIGEST = 64


class Entry(Model):
    """One leaf of the log. `index` counts from 0 without a gap.

    The leaf is `body`; `record` is what it is about. The other columns repeat the record for the
    sake of queries, and the audit compares them.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (Index("ix_ledger_entry_subject", "subject_kind", "subject_public_id"),)

    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))  # an assay.log.entries.EntryKind
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_public_id: Mapped[str] = mapped_column(String(40))
    verdict_sha256: Mapped[str] = mapped_column(String(_DIGEST), index=True)  # of `record`
    record: Mapped[str] = mapped_column(Text)  # canonical JSON
    body: Mapped[str] = mapped_column(Text)  # hashedrekord 0.0.1, canonical JSON
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Node(Model):
    """The hash of a complete subtree: 2**level leaves from position * 2**level; level 1 and up."""

    __tablename__ = "ledger_node"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Checkpoint(Model):
    """The log's root when it held `size` entries, signed (a C2SP note)."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(Moment)


for _model in (Entry, Node, Checkpoint):
    ddl.attach(_model.__table__, ddl.BY_TABLE[_model.__tablename__])
