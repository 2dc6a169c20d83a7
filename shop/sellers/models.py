"""Retailer, Domain, proofs, the brand's lists, Authorization, Offer: who sells, and who says so."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    Exists,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.facts import AuthorizationStatus, ProofState
from shop.assay.sellers.hostnames import parse
from shop.catalog.models import Brand, Product, Variant
from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id


class Retailer(Model):
    """An organization that sells. Its addresses are its domains."""

    __tablename__ = "retailer"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)  # assay...names.folded
    is_marketplace: Mapped[bool] = mapped_column(default=False)  # many sellers at one address
    note: Mapped[str] = mapped_column(Text, default="")  # for staff
    # Counts changes of the row: a new name is noticed by whoever keeps the old one.
    revision: Mapped[int] = mapped_column(
        default=0, server_default="0", onupdate=text("revision + 1")
    )
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Domain(Model):
    """An address of a brand or of a retailer, with all names below it."""

    __tablename__ = "domain"
    __table_args__ = (
        CheckConstraint("(brand_id IS NULL) <> (retailer_id IS NULL)", name="one_owner"),
        UniqueConstraint("host", "brand_id"),
        UniqueConstraint("host", "retailer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"), index=True)
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailer.id"), index=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST))  # as hostnames.host_of gives it
    is_exact: Mapped[bool] = mapped_column(default=False)  # this host alone
    # The brand that first named a retailer's address; None: our staff did. Until it is proven,
    # an address that only brands name counts for those brands alone (Authorization.hosts).
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    brand: Mapped[Brand | None] = relationship(lazy="raise", foreign_keys=brand_id)
    retailer: Mapped[Retailer | None] = relationship(lazy="raise")
    # Of each method the newest; `proof_standing` says which of them count.
    proofs: Mapped[list["DomainProof"]] = relationship(
        lazy="raise",
        order_by="DomainProof.id",
        viewonly=True,
        primaryjoin=lambda: and_(DomainProof.domain_id == Domain.id, ~superseded()),
    )


class DomainProof(Model):
    """What a look for proof of control found, on a date. Of each method the newest row counts."""

    __tablename__ = "domain_proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    domain_id: Mapped[int] = mapped_column(ForeignKey("domain.id"), index=True)
    method: Mapped[str] = mapped_column(String(10))  # assay.sellers.facts.ProofMethod
    state: Mapped[str] = mapped_column(String(10), default=ProofState.OK)
    verified_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    lost_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


def superseded() -> Exists:
    """Whether a later row of the method counts: proofs are confirmed weekly, and rows stay."""
    later = aliased(DomainProof)
    query = select(later.id).where(
        later.domain_id == DomainProof.domain_id,
        later.method == DomainProof.method,
        later.id > DomainProof.id,
    )
    return query.correlate(DomainProof).exists()


class SellerList(Model):
    """A list of sellers that a brand published, as we read it. The newest counts."""

    __tablename__ = "seller_list"
    __table_args__ = (Index("ix_seller_list_brand_id_dated", "brand_id", "dated"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    dated: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    source_url: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 in the blob store
    read_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Authorization(Model):
    """That a brand names a seller, how far that reaches, and who says so."""

    __tablename__ = "authorization"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), index=True)
    seller_list_id: Mapped[int | None] = mapped_column(ForeignKey("seller_list.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))  # assay.sellers.facts.Source
    status: Mapped[str] = mapped_column(String(20), default=AuthorizationStatus.ACTIVE)
    relation: Mapped[str] = mapped_column(String(20), default="reseller")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    revoked_on: Mapped[date | None] = mapped_column(Date)
    hosts: Mapped[list[str] | None] = mapped_column(Document)  # None: all that staff entered
    paths: Mapped[list[str]] = mapped_column(Document, default=list)  # "/stores/hairiz"
    regions: Mapped[list[str]] = mapped_column(Document, default=list)  # ISO 3166; "001" = world
    products: Mapped[list[str]] = mapped_column(Document, default=list)
    document: Mapped[str] = mapped_column(String(64), default="")  # the page or letter, kept
    source_url: Mapped[str] = mapped_column(Text, default="")  # where staff saw it
    note: Mapped[str] = mapped_column(Text, default="")
    entered_by: Mapped[str] = mapped_column(String(16), default="")  # a public id of accounts
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    retailer: Mapped[Retailer] = relationship(lazy="raise")
    seller_list: Mapped[SellerList | None] = relationship(lazy="raise")


class NotAuthorized(Model):
    """An address that a brand's own page names as not authorized."""

    __tablename__ = "not_authorized"
    __table_args__ = (UniqueConstraint("brand_id", "host"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST))
    named_on: Mapped[date] = mapped_column(Date)
    seller_list_id: Mapped[int | None] = mapped_column(ForeignKey("seller_list.id"), index=True)
    source_url: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(String(64), default="")  # the page or letter, kept
    entered_by: Mapped[str] = mapped_column(String(16), default="")  # a public id of accounts


class Unrelated(Model):
    """That staff looked at two names and found two companies. Labels, without their endings.

    Lifted, the row stays; who marks the names again writes another.
    """

    __tablename__ = "unrelated_names"
    __table_args__ = (
        Index(
            "uq_unrelated_names_standing",
            "name",
            "other",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("ix_unrelated_names_other", "other"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(String(LONGEST_HOST))  # the lesser of the two, as text
    other: Mapped[str] = mapped_column(String(LONGEST_HOST))
    reason: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[str] = mapped_column(String(16))  # a public id of accounts
    marked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_by: Mapped[str] = mapped_column(String(16), default="")  # a public id of accounts
    lifted_for: Mapped[str] = mapped_column(Text, default="")  # the reason


class Offer(Model):
    """A link where a product is said to be for sale, and what is said with it."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
        CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="price_with_currency"),
        Index("ix_offer_product_id_position", "product_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variant.id"), index=True)
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailer.id"), index=True)
    url: Mapped[str] = mapped_column(Text)  # as it was given: how it is written is evidence
    label: Mapped[str] = mapped_column(String(200), default="")  # a heading without a retailer
    declared_seller: Mapped[str] = mapped_column(String(200), default="")  # as the link says
    statement: Mapped[str] = mapped_column(String(20), default="")  # facts.Statement, or empty
    source: Mapped[str] = mapped_column(Text, default="")  # where we saw the link
    price_minor: Mapped[int | None] = mapped_column()
    currency: Mapped[str | None] = mapped_column(String(3))
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    is_hidden: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    next_check_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    followed_at: Mapped[datetime | None] = mapped_column(Moment)  # the last look
    next_follow_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # None: now
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    product: Mapped[Product] = relationship(lazy="raise")
    variant: Mapped[Variant | None] = relationship(lazy="raise")
    retailer: Mapped[Retailer | None] = relationship(lazy="raise")

    @property
    def href(self) -> str:
        """Where the link leads, as a browser opens it; empty when it is never to be a link."""
        return parse(self.url).href

    @property
    def host(self) -> str:
        """The site that opens, as the browser shows it; empty when there is none."""
        return parse(self.url).shown
