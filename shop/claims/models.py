"""Claim, Evidence, Grade: what is said of a product, what bears on it, and how much that weighs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.assay.claims.facts import ClaimClass, ClaimStatus, Direction, Match, ProductKind
from shop.catalog.models import Product
from shop.claims import ddl
from shop.ledger.ddl import attach
from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id

_STAFF = 16  # a staff member's public id


class Claim(Model):
    """A statement about what a product does, by whoever made it."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("product_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(40))  # its number in a register
    text: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    is_verbatim: Mapped[bool] = mapped_column(default=True)  # else `text` is our summary of it
    said_where: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(12), default="en-US")
    jurisdictions: Mapped[list[str]] = mapped_column(Document, default=list)
    product_kind: Mapped[str] = mapped_column(String(20), default=ProductKind.COSMETIC)
    claim_class: Mapped[str] = mapped_column(String(20), default=ClaimClass.COSMETIC)
    status: Mapped[str] = mapped_column(String(30), default=ClaimStatus.DRAFT, index=True)
    approved_wording: Mapped[str] = mapped_column(Text, default="")
    reviewer: Mapped[str] = mapped_column(String(_STAFF), default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    product: Mapped[Product] = relationship(lazy="raise")


class Evidence(Model):
    """A study, test or other document that bears on claims."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("n_enrolled IS NULL OR n_enrolled >= 0", name="n_counts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[str] = mapped_column(String(20), default="publication")
    title: Mapped[str] = mapped_column(Text)
    doi: Mapped[str | None] = mapped_column(String(200), unique=True)  # lower case, without prefix
    pmid: Mapped[str | None] = mapped_column(String(10), unique=True)
    registry_id: Mapped[str | None] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(Text, default="")
    journal: Mapped[str] = mapped_column(String(200), default="")
    year: Mapped[int | None] = mapped_column()
    study_type: Mapped[str] = mapped_column(String(40), default="")  # facts.StudyType, or unknown
    design: Mapped[str] = mapped_column(Text, default="")  # in the source's words
    n_enrolled: Mapped[int | None] = mapped_column()
    n_analysed: Mapped[int | None] = mapped_column()
    population: Mapped[str] = mapped_column(Text, default="")
    route: Mapped[str] = mapped_column(String(80), default="")
    duration_weeks: Mapped[int | None] = mapped_column()
    outcome: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[str] = mapped_column(Text, default="")
    funding: Mapped[str] = mapped_column(Text, default="")
    retraction_status: Mapped[str] = mapped_column(String(20), default="")
    document: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 in the blob store
    # A DOI has a shape, but shape is not existence: empty until a person opened it.
    identifier_checked_at: Mapped[datetime | None] = mapped_column(Moment)
    identifier_checked_by: Mapped[str] = mapped_column(String(_STAFF), default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class ClaimEvidence(Model):
    """How a piece of evidence bears on a claim."""

    __tablename__ = "claim_evidence"
    __table_args__ = (UniqueConstraint("claim_id", "evidence_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    direction: Mapped[str] = mapped_column(String(20), default=Direction.SUPPORTS)
    product_match: Mapped[str] = mapped_column(String(20), default=Match.OTHER)
    population_match: Mapped[str] = mapped_column(String(80), default="")
    route_match: Mapped[str] = mapped_column(String(80), default="")

    evidence: Mapped[Evidence] = relationship(lazy="raise")


class Grade(Model):
    """How much the evidence for a claim weighed, on a day. The newest counts; none is changed."""

    __tablename__ = "claim_grade"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    letter: Mapped[str] = mapped_column(String(1))  # facts.Letter
    sentence: Mapped[str] = mapped_column(Text)
    n: Mapped[int | None] = mapped_column()
    product_match: Mapped[str] = mapped_column(String(20), default="")  # facts.Match, or no study
    funding: Mapped[str] = mapped_column(Text, default="")
    cebm_level: Mapped[int | None] = mapped_column()
    downgrades: Mapped[list[str]] = mapped_column(Document, default=list)  # "indirectness:-2"
    graded_by: Mapped[str] = mapped_column(String(_STAFF), default="")  # empty: from a register
    graded_on: Mapped[date] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


attach(Grade.__table__, ddl.STATEMENTS)
