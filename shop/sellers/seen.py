"""What did workers see, and when do they look again? Challenges, list sources, followed links.

Each row says itself when it is due; a job is only the bell.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.assay.sellers.endings import LONGEST_HOST
from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id
from shop.sellers.models import Domain, Offer


class Challenge(Model):
    """A token that the owner of a domain was asked to publish. Only its digest is kept."""

    __tablename__ = "proof_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domain.id"), index=True)
    method: Mapped[str] = mapped_column(String(10))  # assay.sellers.facts.ProofMethod
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[str] = mapped_column(String(16))  # who asked: a public id of accounts
    issued_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    next_look_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[str] = mapped_column(String(40), default="")  # of the last look
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)  # first found
    # The last looks, newest last: {at, problem, detail}.
    looks: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)

    domain: Mapped[Domain] = relationship(lazy="raise")


class ListSource(Model):
    """Where a brand publishes its list of sellers, and how the last look went."""

    __tablename__ = "seller_list_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), unique=True)
    url: Mapped[str] = mapped_column(Text)
    etag: Mapped[str] = mapped_column(String(200), default="")
    next_fetch_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    fetched_at: Mapped[datetime | None] = mapped_column(Moment)  # the last good answer
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[str] = mapped_column(String(60), default="")
    problems: Mapped[list[dict[str, Any]]] = mapped_column(Document, default=list)


class ListCheck(Model):
    """A list that somebody pointed the public validator to; a worker reads it."""

    __tablename__ = "list_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    url: Mapped[str] = mapped_column(Text)
    report: Mapped[dict[str, Any] | None] = mapped_column(Document)
    read_at: Mapped[datetime | None] = mapped_column(Moment)  # None: no report yet
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class Following(Model):
    """What following an offer's link led to, and from when until when that was seen.

    A look that sees the same again only moves `seen_at`; the newest row counts.
    """

    __tablename__ = "link_following"
    __table_args__ = (Index("ix_link_following_offer_id_id", "offer_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    followed_at: Mapped[datetime] = mapped_column(Moment, default=now)  # first seen so
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)  # last seen so
    hops: Mapped[list[dict[str, Any]]] = mapped_column(Document)  # {url, status, tls, address}
    trouble: Mapped[str] = mapped_column(String(20), default="")  # assay.sellers.observed.Trouble
    # The registrable names of the link and of its end, to find whom evidence about a name concerns.
    name: Mapped[str] = mapped_column(String(LONGEST_HOST), default="", index=True)
    end_name: Mapped[str] = mapped_column(String(LONGEST_HOST), default="", index=True)
    failures: Mapped[int] = mapped_column(default=0)  # looks since that got no answer, in a row
    failed_at: Mapped[datetime | None] = mapped_column(Moment)

    offer: Mapped[Offer] = relationship(lazy="raise")


class VisitTurn(Model):
    """When a site may be visited again: one visit at a time, and a pause between two."""

    __tablename__ = "visit_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    # A registrable name, or that of a service which is asked about many.
    name: Mapped[str] = mapped_column(String(LONGEST_HOST), unique=True)
    free_at: Mapped[datetime] = mapped_column(Moment, default=now)
    line_until: Mapped[datetime] = mapped_column(Moment, default=now)  # when the last in line comes


class DomainRegistration(Model):
    """Since when a registrable name belongs to whoever has it (RDAP), as last read."""

    __tablename__ = "domain_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_HOST), unique=True)
    created_on: Mapped[date | None] = mapped_column(Date)  # None: the registry did not say
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    next_read_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    problem: Mapped[str] = mapped_column(String(40), default="")


class PublicListing(Model):
    """That a public list of harmful sites names a host."""

    __tablename__ = "public_listing"
    __table_args__ = (UniqueConstraint("host", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST))
    source: Mapped[str] = mapped_column(String(100))
    listed_on: Mapped[date] = mapped_column(Date)


class ProtectedName(Model):
    """A name that shops imitate, beside those of the brands and retailers on record."""

    __tablename__ = "protected_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_HOST), unique=True)  # a host, or a name folded
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
