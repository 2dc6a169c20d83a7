"""Certificate, Laboratory, Accreditation: documents, what was read from them, and their issuers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models import Lot, Product, Variant
from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id


class Status(StrEnum):
    """Where a document stands. Its verdict stands in the verdicts room."""

    QUARANTINED = "quarantined"  # stored, never opened
    PROCESSING = "processing"
    NEEDS_REVIEW = "needs_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"  # by an amendment from the same laboratory
    REVOKED = "revoked"


class Laboratory(Model):
    """An issuer of certificates. Which hosts and certificates are its own is staff's word."""

    __tablename__ = "laboratory"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    legal_name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)  # assay...keys.name_key
    aliases: Mapped[list[str]] = mapped_column(Document, default=list)
    domains: Mapped[list[str]] = mapped_column(Document, default=list)
    verify_hosts: Mapped[list[str]] = mapped_column(Document, default=list)
    signing_certs: Mapped[list[str]] = mapped_column(Document, default=list)  # SHA-256 each
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    revision: Mapped[int] = mapped_column(default=0)  # counts changes of the record
    # Off record: its documents are of an unknown laboratory. Nothing is ever deleted.
    retired_at: Mapped[datetime | None] = mapped_column(Moment)


class Accreditation(Model):
    """That a body found the laboratory competent for a scope, as a person saw it there."""

    __tablename__ = "accreditation"
    __table_args__ = (UniqueConstraint("laboratory_id", "body", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"), index=True)
    body: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(80))
    scope: Mapped[list[str]] = mapped_column(Document, default=list)  # methods, as listed
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20), default="active")
    evidence: Mapped[str] = mapped_column(Text, default="")  # where it was seen
    document: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of what was kept of it
    # Since when it was seen as it stands; to see it again changes no document's facts.
    first_checked_at: Mapped[datetime | None] = mapped_column(Moment)
    checked_at: Mapped[datetime | None] = mapped_column(Moment)  # last
    checked_by: Mapped[str] = mapped_column(String(16), default="")  # staff public id


class Certificate(Model):
    """One document by one laboratory. The same bytes are the same certificate."""

    __tablename__ = "certificate"
    __table_args__ = (Index("ix_certificate_report", "report_key", "laboratory_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    file_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    filename: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column()
    uploaded_by: Mapped[str] = mapped_column(String(16))  # staff public id
    uploaded_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    status: Mapped[str] = mapped_column(String(20), default=Status.QUARANTINED, index=True)
    status_at: Mapped[datetime] = mapped_column(Moment, default=now)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variant.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    laboratory_id: Mapped[int | None] = mapped_column(ForeignKey("laboratory.id"), index=True)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    # What the reader said about the file; printed values are rows of their own.
    problems: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)
    page_count: Mapped[int] = mapped_column(default=0)
    pages_read: Mapped[int] = mapped_column(default=0)
    unreadable_pages: Mapped[list[int]] = mapped_column(Document, default=list)
    text_source: Mapped[str] = mapped_column(String(10), default="pdf")
    text_sha256: Mapped[str] = mapped_column(String(64), default="")
    is_restricted: Mapped[bool] = mapped_column(default=False)
    is_ocr_missing: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(20), default="unknown")
    title: Mapped[str] = mapped_column(String(200), default="")
    specimen_phrase: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    codes: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)
    inside: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)  # reader.wire_inside
    report_key: Mapped[str] = mapped_column(String(100), default="")  # keys.code_key
    evidence_level: Mapped[int] = mapped_column(default=0)  # assay...evidence.Level
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    product: Mapped[Product | None] = relationship(lazy="raise")
    variant: Mapped[Variant | None] = relationship(lazy="raise")
    lot: Mapped[Lot | None] = relationship(lazy="raise")
    laboratory: Mapped[Laboratory | None] = relationship(lazy="raise")


class CertificateField(Model):
    """A printed value: what was read, and what staff wrote beside it, each dated.

    A correction is a row of its own; the newest by staff counts, and what was read stays.
    """

    __tablename__ = "certificate_field"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))  # assay...facts.FieldName
    value: Mapped[str] = mapped_column(String(300))
    raw: Mapped[str] = mapped_column(String(300))
    page: Mapped[int] = mapped_column(default=0)
    box: Mapped[list[int] | None] = mapped_column(Document)
    confidence: Mapped[int] = mapped_column()
    source: Mapped[str] = mapped_column(String(10))
    written_by: Mapped[str] = mapped_column(String(16), default="")  # staff public id, else empty
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)


class CertificateResult(Model):
    """One line of the results table: as printed, and its numbers where they were understood."""

    __tablename__ = "certificate_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    position: Mapped[int] = mapped_column()
    group: Mapped[str] = mapped_column("result_group", String(200), default="")
    analyte: Mapped[str] = mapped_column(String(200))
    method: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(60), default="")
    lod: Mapped[str] = mapped_column(String(60), default="")
    loq: Mapped[str] = mapped_column(String(60), default="")
    spec: Mapped[str] = mapped_column(String(200), default="")
    spec_op: Mapped[str] = mapped_column(String(10), default="")
    spec_low: Mapped[str] = mapped_column(String(40), default="")  # decimals as text, exact
    spec_high: Mapped[str] = mapped_column(String(40), default="")
    spec_unit: Mapped[str] = mapped_column(String(60), default="")
    value: Mapped[str] = mapped_column(String(200), default="")
    value_op: Mapped[str] = mapped_column(String(10), default="")
    value_number: Mapped[str] = mapped_column(String(40), default="")
    verdict: Mapped[str] = mapped_column(String(60), default="")  # as printed
    verdict_computed: Mapped[str] = mapped_column(String(20), default="")  # empty: could not tell
    page: Mapped[int] = mapped_column(default=0)
    box: Mapped[list[int] | None] = mapped_column(Document)


class CertificatePage(Model):
    """A page as shoppers see it, or as an earlier revision in the same file shows it.

    `blob` is the SHA-256 of its WebP preview.
    """

    __tablename__ = "certificate_page"
    __table_args__ = (UniqueConstraint("certificate_id", "revision", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    number: Mapped[int] = mapped_column()
    revision: Mapped[int] = mapped_column(default=0)  # 0: as the file is
    width: Mapped[int] = mapped_column()  # of the preview, in pixels
    height: Mapped[int] = mapped_column()
    blob: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text, default="")


class SeenHost(Model):
    """A host to which a laboratory's documents led, proposed to staff as its own look-up page."""

    __tablename__ = "laboratory_seen_host"
    __table_args__ = (UniqueConstraint("laboratory_id", "host"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"), index=True)
    host: Mapped[str] = mapped_column(String(300))  # or a bucket on a shared one, hosts.keeper
    kind: Mapped[str] = mapped_column(String(10))  # assay...inside.LinkKind, where first seen
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))  # where first seen
    documents: Mapped[int] = mapped_column(default=0)  # rejected ones do not count
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    state: Mapped[str] = mapped_column(String(10), default="proposed")  # approved, refused
    decided_by: Mapped[str] = mapped_column(String(16), default="")  # staff public id
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class HostSighting(Model):
    """That a document leads to a host: each counts once, however often it is read."""

    __tablename__ = "laboratory_host_sighting"

    seen_host_id: Mapped[int] = mapped_column(
        ForeignKey("laboratory_seen_host.id"), primary_key=True
    )
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), primary_key=True, index=True
    )


class LaboratoryConfirmation(Model):
    """That staff saw a report's result at the laboratory itself, and what was kept of it."""

    __tablename__ = "laboratory_confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    is_by_laboratory: Mapped[bool] = mapped_column(default=False)  # it wrote to us
    where: Mapped[str] = mapped_column("seen_where", Text)  # the page's address, or who wrote
    state: Mapped[str] = mapped_column(String(10))  # confirming.State
    asked_by: Mapped[str] = mapped_column(String(16))  # staff public id
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    problem: Mapped[str] = mapped_column(String(40), default="")  # why the page was not kept
    blob: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of what was kept
    kept_at: Mapped[datetime | None] = mapped_column(Moment)
    # Whether its text has the report's number and lot; None: not printed, or no text to look in.
    has_report_no: Mapped[bool | None] = mapped_column()
    has_lot: Mapped[bool | None] = mapped_column()
    dated: Mapped[date | None] = mapped_column(Date)  # when the laboratory wrote
    seen_by: Mapped[str] = mapped_column(String(16), default="")  # staff public id
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str] = mapped_column(String(16), default="")  # staff public id
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text, default="")  # of the withdrawal


class NumberBand(Model):
    """A run of numbers that a document prints, by which its copies are found (assay...alike).

    Looked up by value, so that a search touches what is alike and not all that is on file.
    """

    __tablename__ = "certificate_number_band"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    value: Mapped[str] = mapped_column(String(16), index=True)  # hex
