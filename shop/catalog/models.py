"""Brand, Product, Variant, Lot, Media: what is for sale, down to the production run."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog import ddl
from shop.plumbing.clock import now
from shop.plumbing.db import Document, Model, Moment, new_public_id


class LotStatus(StrEnum):
    """Only a released lot may be sold."""

    RELEASED = "released"
    QUARANTINED = "quarantined"
    RECALLED = "recalled"


class Headline(StrEnum):
    """What a product's card says first. The words stand in web/words.py."""

    VERIFIED = "verified"  # certificate passed, for the lot that ships
    NOTES = "notes"  # the same, with {count} notes
    EARLIER_LOT = "earlier_lot"  # passed, for another lot than the one that ships
    IN_REVIEW = "in_review"
    DOES_NOT_MATCH = "does_not_match"  # the certificate fails a check
    REJECTED = "rejected"  # staff rejected the certificate
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"  # the lot that would ship
    SELLER_MISMATCH = "seller_mismatch"  # nothing on file but a seller that does not match
    NONE = "none"  # no certificate on file


class Brand(Model):
    """The name on the product; it names its own domains and sellers (sellers room)."""

    __tablename__ = "brand"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    # Counts changes of the row, so that whoever keeps its name elsewhere knows of a new one.
    revision: Mapped[int] = mapped_column(
        default=0, server_default="0", onupdate=text("revision + 1")
    )


class Product(Model):
    """A schema.org ProductGroup: one page in the shop, sold as one or more variants."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_product_listing", "is_published", "category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    category: Mapped[str] = mapped_column(String(40))  # a key of catalog.service.CATEGORIES
    concerns: Mapped[list[str]] = mapped_column(Document, default=list)
    summary: Mapped[str] = mapped_column(Text, default="")
    ingredients: Mapped[list[dict[str, str]]] = mapped_column(Document, default=list)
    # `ingredients`: [{"inci": "Aqua", "function": "Base"}] in the order of the label.
    usage: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    # `usage`: {"steps": [str], "frequency": str, "patch_test": str, "source": str}
    notice: Mapped[str] = mapped_column(Text, default="")  # shown beside the buy form
    is_published: Mapped[bool] = mapped_column(default=True)
    is_for_sale: Mapped[bool] = mapped_column(default=True)  # False: listed, never sold here
    source: Mapped[str | None] = mapped_column(String(40))  # where an import took it from
    source_id: Mapped[str | None] = mapped_column(String(300))
    source_digest: Mapped[str | None] = mapped_column(String(64))  # of the row it was made from
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    brand: Mapped[Brand] = relationship(lazy="raise")
    standing: Mapped["Standing | None"] = relationship(lazy="raise", viewonly=True)


class OldSlug(Model):
    """An address that a product had once; it leads to the product with a 301."""

    __tablename__ = "old_slug"

    slug: Mapped[str] = mapped_column(String(160), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)


class Variant(Model):
    """The sellable unit. `price_minor` is an integer of the currency's minor unit (ISO 4217)."""

    __tablename__ = "variant"
    __table_args__ = (
        CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
        CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="price_with_currency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    sku: Mapped[str] = mapped_column(String(64), unique=True)
    gtin: Mapped[str | None] = mapped_column(String(14), unique=True)  # 14 digits, zero-filled
    size: Mapped[str] = mapped_column(String(60), default="")  # as printed: "50 ml"
    size_ml_or_g: Mapped[float | None] = mapped_column()  # for the price per unit
    price_minor: Mapped[int | None] = mapped_column()
    currency: Mapped[str | None] = mapped_column(String(3))
    position: Mapped[int] = mapped_column(default=0)  # the first is offered first

    product: Mapped[Product] = relationship(lazy="raise")


class Lot(Model):
    """One production run with its printed number. What is promised is `reserved`."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("variant_id", "code_key"),
        CheckConstraint("0 <= reserved AND reserved <= on_hand", name="never_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))  # as printed
    code_key: Mapped[str] = mapped_column(String(40), index=True)  # catalog.service.lot_key(code)
    made_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20), default=LotStatus.RELEASED)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    variant: Mapped[Variant] = relationship(lazy="raise")


class Media(Model):
    """A picture of a product. `blob` is the SHA-256 of its bytes in the blob store."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    blob: Mapped[str] = mapped_column(String(64), index=True)
    content_type: Mapped[str] = mapped_column(String(40))
    alt: Mapped[str] = mapped_column(String(300))
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column(default=0)


class Standing(Model):
    """What a listing shows of a product's verdicts, kept here so that a listing is one query.

    Derived, and rebuilt by `inspections.standing.refresh` whenever a verdict is published;
    a test replays every verdict and compares.
    """

    __tablename__ = "standing"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    # Each mark is an assay.policy.Mark; `verification` is the facet, and the card's headline.
    verification: Mapped[str] = mapped_column(String(10), index=True)
    headline: Mapped[str] = mapped_column(String(40))  # a Headline
    details: Mapped[dict[str, str]] = mapped_column(Document, default=dict)  # its {values}
    certificate: Mapped[str] = mapped_column(String(10))
    lot: Mapped[str] = mapped_column(String(10))
    sellers: Mapped[str] = mapped_column(String(10))
    claims_grade: Mapped[int] = mapped_column(default=0)  # 0 none on file ... 4 strong
    rank: Mapped[int] = mapped_column(default=0, index=True)  # "best documented" first = highest


class SearchRow(Model):
    """What a listing filters, counts and sorts by: one narrow row per published product.

    Derived, and rebuilt by `catalog.indexing.index` in the transaction that changes the product.
    """

    __tablename__ = "search_row"
    __table_args__ = (
        # The order "best documented", so that its first page is read off the index.
        Index("ix_search_row_documented", "placing", "name_key", "product_id"),
        # All that facets count, so that counting reads the index alone.
        Index(
            "ix_search_row_facets",
            "category",
            "verification",
            "price_band",
            "concern_mask",
            "brand_id",
        ),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    verification: Mapped[str] = mapped_column(String(10), index=True)
    concern_mask: Mapped[int] = mapped_column()  # catalog.choices.concern_mask
    price_band: Mapped[str] = mapped_column(String(10))  # key of catalog.choices.PRICE_BANDS
    price_minor: Mapped[int | None] = mapped_column()  # in the shop's currency, else NULL
    is_flagged: Mapped[bool] = mapped_column()  # last in every order
    is_available: Mapped[bool] = mapped_column()  # when last indexed; settles order, never sale
    placing: Mapped[int] = mapped_column()  # rising: documented, then available; flagged last
    name_key: Mapped[str] = mapped_column(
        String(300).with_variant(String(300, collation="C"), "postgresql")  # same order on both
    )


class SearchWord(Model):
    """A word that titles or ingredients use, and in how many products: what typos are led to."""

    __tablename__ = "search_word"
    __table_args__ = (Index("ix_search_word_near", "initial", "length"),)

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    initial: Mapped[str] = mapped_column(String(1))
    length: Mapped[int] = mapped_column()
    count: Mapped[int] = mapped_column()


def _with_index(statements: Mapping[str, tuple[str, ...]], moment: str) -> None:
    for dialect, lines in statements.items():
        for line in lines:
            made = DDL(line)  # type: ignore[no-untyped-call] # SQLAlchemy left it untyped
            event.listen(SearchRow.__table__, moment, made.execute_if(dialect=dialect))


_with_index(ddl.STATEMENTS, "after_create")
_with_index(ddl.UNDO, "before_drop")
