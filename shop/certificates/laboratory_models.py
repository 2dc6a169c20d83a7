"""LaboratoryChange, SigningPin: a record's history, and whose key signs for a laboratory."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id


class LaboratoryChange(Model):
    """One change of a laboratory's record. Rows are only ever added."""

    __tablename__ = "laboratory_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"), index=True)
    what: Mapped[str] = mapped_column(String(30))  # laboratory_changes.Change
    details: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    staff_id: Mapped[str] = mapped_column(String(16), default="")  # public id; empty: software
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class SigningPin(Model):
    """A certificate with which a laboratory signs its reports, as two people say.

    What it vouches for counts as signed by the laboratory, without anybody looking again.
    """

    __tablename__ = "laboratory_signing_pin"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))  # of the certificate's DER form
    holder: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300), default="")
    valid_from: Mapped[datetime | None] = mapped_column(Moment)
    valid_to: Mapped[datetime | None] = mapped_column(Moment)
    is_authority: Mapped[bool] = mapped_column(default=False)  # it vouches for others' certificates
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))  # seen on it
    source: Mapped[str] = mapped_column(Text, default="")  # where it is from, in staff's words
    pinned_by: Mapped[str] = mapped_column(String(16))  # staff public id
    pinned_at: Mapped[datetime] = mapped_column(Moment, default=now)
    agreed_by: Mapped[str] = mapped_column(String(16), default="")  # another one's
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_by: Mapped[str] = mapped_column(String(16), default="")
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text, default="")  # of the removal
