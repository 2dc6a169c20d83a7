"""The first tables of every room."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shop.plumbing.db import Document, Moment

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("name", name=op.f("uq_brand_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_brand_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_brand_slug")),
    )
    op.create_table(
        "cart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_cart_token_hash")),
    )
    op.create_index(op.f("ix_cart_expires_at"), "cart", ["expires_at"], unique=False)

    op.create_table(
        "demo_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("order_public_id", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("payment_id", sa.String(length=64), nullable=False),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_demo_session_amount_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_session")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_demo_session_idempotency_key")),
    )
    op.create_index(
        op.f("ix_demo_session_order_public_id"), "demo_session", ["order_public_id"], unique=False
    )
    op.create_index(
        op.f("ix_demo_session_payment_id"), "demo_session", ["payment_id"], unique=False
    )

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("doi", sa.String(length=200), nullable=True),
        sa.Column("pmid", sa.String(length=10), nullable=True),
        sa.Column("registry_id", sa.String(length=40), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("journal", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("study_type", sa.String(length=40), nullable=False),
        sa.Column("design", sa.Text(), nullable=False),
        sa.Column("n_enrolled", sa.Integer(), nullable=True),
        sa.Column("n_analysed", sa.Integer(), nullable=True),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("route", sa.String(length=80), nullable=False),
        sa.Column("duration_weeks", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("retraction_status", sa.String(length=20), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("identifier_checked_at", Moment(), nullable=True),
        sa.Column("identifier_checked_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "n_enrolled IS NULL OR n_enrolled >= 0", name=op.f("ck_evidence_n_counts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("doi", name=op.f("uq_evidence_doi")),
        sa.UniqueConstraint("pmid", name=op.f("uq_evidence_pmid")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("run_at", Moment(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_job_kind_key")),
    )
    op.create_index(op.f("ix_job_run_at"), "job", ["run_at"], unique=False)

    op.create_table(
        "laboratory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("legal_name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("aliases", Document(), nullable=False),
        sa.Column("domains", Document(), nullable=False),
        sa.Column("verify_hosts", Document(), nullable=False),
        sa.Column("signing_certs", Document(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory")),
        sa.UniqueConstraint("name_key", name=op.f("uq_laboratory_name_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_laboratory_public_id")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_public_id", sa.String(length=40), nullable=False),
        sa.Column("verdict_sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_ledger_entry")),
    )
    op.create_index(
        "ix_ledger_entry_subject",
        "ledger_entry",
        ["subject_kind", "subject_public_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ledger_entry_verdict_sha256"), "ledger_entry", ["verdict_sha256"], unique=False
    )

    op.create_table(
        "ledger_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_ledger_node")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    op.create_index(op.f("ix_letter_due_at"), "letter", ["due_at"], unique=False)

    op.create_table(
        "payment_event",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("processed_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_event")),
    )
    op.create_index(
        op.f("ix_payment_event_processed_at"), "payment_event", ["processed_at"], unique=False
    )
    op.create_index(
        op.f("ix_payment_event_received_at"), "payment_event", ["received_at"], unique=False
    )

    op.create_table(
        "retailer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("is_marketplace", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retailer")),
        sa.UniqueConstraint("name_key", name=op.f("uq_retailer_name_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_retailer_public_id")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("codes", Document(), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_public_id")),
    )
    op.create_index("ix_review_queue", "review", ["status", "rank", "opened_at"], unique=False)
    op.create_index(
        "uq_review_open",
        "review",
        ["subject_kind", "subject_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )

    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("initial", sa.String(length=1), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_index("ix_search_word_near", "search_word", ["initial", "length"], unique=False)

    op.create_table(
        "shop_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("form_hash", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("letter_hash", sa.String(length=64), nullable=True),
        sa.Column("cart_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("attention", sa.Text(), nullable=False),
        sa.Column("holds_stock", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", Document(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_method", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=True),
        sa.Column("session_url", sa.Text(), nullable=True),
        sa.Column("livemode", sa.Boolean(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("paid_at", Moment(), nullable=True),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_shop_order_attempt_counts_from_one")),
        sa.CheckConstraint(
            "subtotal_minor >= 0 AND shipping_minor >= 0 AND tax_minor >= 0 AND discount_minor >= 0 AND total_minor >= 0",
            name=op.f("ck_shop_order_money_not_negative"),
        ),
        sa.CheckConstraint(
            "total_minor = subtotal_minor + shipping_minor + tax_minor - discount_minor",
            name=op.f("ck_shop_order_total_adds_up"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("form_hash", name=op.f("uq_shop_order_form_hash")),
        sa.UniqueConstraint("letter_hash", name=op.f("uq_shop_order_letter_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shop_order_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_shop_order_session_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shop_order_token_hash")),
    )
    op.create_index(op.f("ix_shop_order_cart_hash"), "shop_order", ["cart_hash"], unique=False)
    op.create_index(op.f("ix_shop_order_expires_at"), "shop_order", ["expires_at"], unique=False)
    op.create_index(op.f("ix_shop_order_state"), "shop_order", ["state"], unique=False)

    op.create_table(
        "sign_in_tries",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_tries")),
    )
    op.create_index(op.f("ix_sign_in_tries_began_at"), "sign_in_tries", ["began_at"], unique=False)

    op.create_table(
        "staff_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "viewer", "editor", "reviewer", "admin", name="role", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_user")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_user_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_user_public_id")),
    )
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("scope", Document(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("checked_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["laboratory_id"],
            ["laboratory.id"],
            name=op.f("fk_accreditation_laboratory_id_laboratory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
        sa.UniqueConstraint(
            "laboratory_id",
            "body",
            "number",
            name=op.f("uq_accreditation_laboratory_id_body_number"),
        ),
    )
    op.create_index(
        op.f("ix_accreditation_laboratory_id"), "accreditation", ["laboratory_id"], unique=False
    )

    op.create_table(
        "demo_refund",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("session_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["demo_session.id"], name=op.f("fk_demo_refund_session_id_demo_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_refund")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_demo_refund_idempotency_key")),
    )
    op.create_index(op.f("ix_demo_refund_session_id"), "demo_refund", ["session_id"], unique=False)

    op.create_table(
        "domain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("retailer_id", sa.Integer(), nullable=True),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("is_exact", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(brand_id IS NULL) <> (retailer_id IS NULL)", name=op.f("ck_domain_one_owner")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_domain_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_domain_retailer_id_retailer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain")),
        sa.UniqueConstraint("host", "brand_id", name=op.f("uq_domain_host_brand_id")),
        sa.UniqueConstraint("host", "retailer_id", name=op.f("uq_domain_host_retailer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_domain_public_id")),
    )
    op.create_index(op.f("ix_domain_brand_id"), "domain", ["brand_id"], unique=False)
    op.create_index(op.f("ix_domain_retailer_id"), "domain", ["retailer_id"], unique=False)

    op.create_table(
        "known_origin",
        sa.Column("staff_user_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_user_id"],
            ["staff_user.id"],
            name=op.f("fk_known_origin_staff_user_id_staff_user"),
        ),
        sa.PrimaryKeyConstraint("staff_user_id", "origin", name=op.f("pk_known_origin")),
    )
    op.create_table(
        "not_authorized",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_not_authorized_brand_id_brand")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_authorized")),
        sa.UniqueConstraint("brand_id", "host", name=op.f("uq_not_authorized_brand_id_host")),
    )
    op.create_index(
        op.f("ix_not_authorized_brand_id"), "not_authorized", ["brand_id"], unique=False
    )

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=False),
        sa.Column("provider_payment_id", sa.String(length=255), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_payment_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_payment_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payment_session_id")),
    )
    op.create_index(op.f("ix_payment_order_id"), "payment", ["order_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("concerns", Document(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("ingredients", Document(), nullable=False),
        sa.Column("usage", Document(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("is_for_sale", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("source_id", sa.String(length=300), nullable=True),
        sa.Column("source_digest", sa.String(length=64), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_product_brand_id_brand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("public_id", name=op.f("uq_product_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_product_slug")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_product_source_source_id")),
    )
    op.create_index(op.f("ix_product_brand_id"), "product", ["brand_id"], unique=False)
    op.create_index("ix_product_listing", "product", ["is_published", "category"], unique=False)

    op.create_table(
        "seller_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("read_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_seller_list_brand_id_brand")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_list")),
        sa.UniqueConstraint("brand_id", "dated", name=op.f("uq_seller_list_brand_id_dated")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seller_list_public_id")),
    )
    op.create_index(op.f("ix_seller_list_brand_id"), "seller_list", ["brand_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_user_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("acted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_user_id"], ["staff_user.id"], name=op.f("fk_sign_in_staff_user_id_staff_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_staff_user_id"), "sign_in", ["staff_user_id"], unique=False)

    op.create_table(
        "staff_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settles", Document(), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entry_index", sa.BigInteger(), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("seconded_by", sa.String(length=16), nullable=True),
        sa.Column("seconded_at", Moment(), nullable=True),
        sa.Column("second_entry_index", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_index"],
            ["ledger_entry.index"],
            name=op.f("fk_staff_decision_entry_index_ledger_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["second_entry_index"],
            ["ledger_entry.index"],
            name=op.f("fk_staff_decision_second_entry_index_ledger_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_decision")),
        sa.UniqueConstraint("entry_index", name=op.f("uq_staff_decision_entry_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_decision_public_id")),
        sa.UniqueConstraint(
            "second_entry_index", name=op.f("uq_staff_decision_second_entry_index")
        ),
    )
    op.create_index(
        "ix_staff_decision_subject",
        "staff_decision",
        ["subject_kind", "subject_id", "evidence_sha256"],
        unique=False,
    )

    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("findings", Document(), nullable=False),
        sa.Column("decision", Document(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.String(length=20), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.Column("judged_at", Moment(), nullable=False),
        sa.Column("valid_until", Moment(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("entry_index", sa.BigInteger(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_index"],
            ["ledger_entry.index"],
            name=op.f("fk_verdict_entry_index_ledger_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["verdict.id"], name=op.f("fk_verdict_supersedes_id_verdict")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("entry_index", name=op.f("uq_verdict_entry_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_verdict_public_id")),
    )
    op.create_index("ix_verdict_subject", "verdict", ["subject_kind", "subject_id"], unique=False)
    op.create_index(op.f("ix_verdict_supersedes_id"), "verdict", ["supersedes_id"], unique=False)
    op.create_index(op.f("ix_verdict_valid_until"), "verdict", ["valid_until"], unique=False)

    op.create_table(
        "authorization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("seller_list_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("paths", Document(), nullable=False),
        sa.Column("regions", Document(), nullable=False),
        sa.Column("products", Document(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_authorization_brand_id_brand")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_authorization_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["seller_list_id"],
            ["seller_list.id"],
            name=op.f("fk_authorization_seller_list_id_seller_list"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorization")),
        sa.UniqueConstraint("public_id", name=op.f("uq_authorization_public_id")),
    )
    op.create_index(op.f("ix_authorization_brand_id"), "authorization", ["brand_id"], unique=False)
    op.create_index(
        op.f("ix_authorization_retailer_id"), "authorization", ["retailer_id"], unique=False
    )
    op.create_index(
        op.f("ix_authorization_seller_list_id"), "authorization", ["seller_list_id"], unique=False
    )

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("is_verbatim", sa.Boolean(), nullable=False),
        sa.Column("said_where", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("jurisdictions", Document(), nullable=False),
        sa.Column("product_kind", sa.String(length=20), nullable=False),
        sa.Column("claim_class", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("approved_wording", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(length=16), nullable=False),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_claim_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("product_id", "code", name=op.f("uq_claim_product_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_public_id")),
    )
    op.create_index(op.f("ix_claim_product_id"), "claim", ["product_id"], unique=False)
    op.create_index(op.f("ix_claim_status"), "claim", ["status"], unique=False)
    op.create_index(op.f("ix_claim_text_sha256"), "claim", ["text_sha256"], unique=False)

    op.create_table(
        "current_verdict",
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verdict_id"], ["verdict.id"], name=op.f("fk_current_verdict_verdict_id_verdict")
        ),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", name=op.f("pk_current_verdict")),
        sa.UniqueConstraint("verdict_id", name=op.f("uq_current_verdict_verdict_id")),
    )
    op.create_table(
        "domain_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("verified_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("lost_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["domain_id"], ["domain.id"], name=op.f("fk_domain_proof_domain_id_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_proof")),
    )
    op.create_index(op.f("ix_domain_proof_domain_id"), "domain_proof", ["domain_id"], unique=False)

    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_media_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_blob"), "media", ["blob"], unique=False)
    op.create_index(op.f("ix_media_product_id"), "media", ["product_id"], unique=False)

    op.create_table(
        "old_slug",
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_old_slug_product_id_product")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_old_slug")),
    )
    op.create_index(op.f("ix_old_slug_product_id"), "old_slug", ["product_id"], unique=False)

    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("provider_refund_id", sa.String(length=255), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refund_amount_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_refund_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_refund_order_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refund_public_id")),
    )
    op.create_index(op.f("ix_refund_order_id"), "refund", ["order_id"], unique=False)
    op.create_index(op.f("ix_refund_payment_id"), "refund", ["payment_id"], unique=False)
    op.create_index(op.f("ix_refund_state"), "refund", ["state"], unique=False)

    op.create_table(
        "search_row",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("verification", sa.String(length=10), nullable=False),
        sa.Column("concern_mask", sa.Integer(), nullable=False),
        sa.Column("price_band", sa.String(length=10), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=True),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("placing", sa.Integer(), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_search_row_brand_id_brand")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_search_row_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_row")),
    )
    op.create_index(op.f("ix_search_row_brand_id"), "search_row", ["brand_id"], unique=False)
    op.create_index(
        "ix_search_row_documented",
        "search_row",
        ["placing", "name_key", "product_id"],
        unique=False,
    )
    op.create_index(
        "ix_search_row_facets",
        "search_row",
        ["category", "verification", "price_band", "concern_mask", "brand_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_search_row_verification"), "search_row", ["verification"], unique=False
    )

    op.create_table(
        "standing",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("verification", sa.String(length=10), nullable=False),
        sa.Column("headline", sa.String(length=40), nullable=False),
        sa.Column("details", Document(), nullable=False),
        sa.Column("certificate", sa.String(length=10), nullable=False),
        sa.Column("lot", sa.String(length=10), nullable=False),
        sa.Column("sellers", sa.String(length=10), nullable=False),
        sa.Column("claims_grade", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_standing_product_id_product")
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_rank"), "standing", ["rank"], unique=False)
    op.create_index(op.f("ix_standing_verification"), "standing", ["verification"], unique=False)

    op.create_table(
        "variant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("gtin", sa.String(length=14), nullable=True),
        sa.Column("size", sa.String(length=60), nullable=False),
        sa.Column("size_ml_or_g", sa.Double(), nullable=True),
        sa.Column("price_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(price_minor IS NULL) = (currency IS NULL)",
            name=op.f("ck_variant_price_with_currency"),
        ),
        sa.CheckConstraint(
            "price_minor IS NULL OR price_minor >= 0", name=op.f("ck_variant_price_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_variant_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
        sa.UniqueConstraint("gtin", name=op.f("uq_variant_gtin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_variant_public_id")),
        sa.UniqueConstraint("sku", name=op.f("uq_variant_sku")),
    )
    op.create_index(op.f("ix_variant_product_id"), "variant", ["product_id"], unique=False)

    op.create_table(
        "cart_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cart_id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 10", name=op.f("ck_cart_line_quantity_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["cart.id"], name=op.f("fk_cart_line_cart_id_cart"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_cart_line_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_line")),
        sa.UniqueConstraint("cart_id", "variant_id", name=op.f("uq_cart_line_cart_id_variant_id")),
    )
    op.create_index(op.f("ix_cart_line_cart_id"), "cart_line", ["cart_id"], unique=False)
    op.create_index(op.f("ix_cart_line_variant_id"), "cart_line", ["variant_id"], unique=False)

    op.create_table(
        "claim_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=20), nullable=False),
        sa.Column("product_match", sa.String(length=20), nullable=False),
        sa.Column("population_match", sa.String(length=80), nullable=False),
        sa.Column("route_match", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_evidence_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_claim_evidence_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_evidence")),
        sa.UniqueConstraint(
            "claim_id", "evidence_id", name=op.f("uq_claim_evidence_claim_id_evidence_id")
        ),
    )
    op.create_index(
        op.f("ix_claim_evidence_claim_id"), "claim_evidence", ["claim_id"], unique=False
    )
    op.create_index(
        op.f("ix_claim_evidence_evidence_id"), "claim_evidence", ["evidence_id"], unique=False
    )

    op.create_table(
        "claim_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("product_match", sa.String(length=20), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("cebm_level", sa.Integer(), nullable=True),
        sa.Column("downgrades", Document(), nullable=False),
        sa.Column("graded_by", sa.String(length=16), nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_grade_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_grade")),
    )
    op.create_index(op.f("ix_claim_grade_claim_id"), "claim_grade", ["claim_id"], unique=False)

    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("code_key", sa.String(length=40), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "0 <= reserved AND reserved <= on_hand", name=op.f("ck_lot_never_oversold")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_lot_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lot_public_id")),
        sa.UniqueConstraint("variant_id", "code_key", name=op.f("uq_lot_variant_id_code_key")),
    )
    op.create_index(op.f("ix_lot_code_key"), "lot", ["code_key"], unique=False)
    op.create_index(op.f("ix_lot_variant_id"), "lot", ["variant_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=True),
        sa.Column("retailer_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("declared_seller", sa.String(length=200), nullable=False),
        sa.Column("statement", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("next_check_at", Moment(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(price_minor IS NULL) = (currency IS NULL)", name=op.f("ck_offer_price_with_currency")
        ),
        sa.CheckConstraint(
            "price_minor IS NULL OR price_minor >= 0", name=op.f("ck_offer_price_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_offer_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_offer_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_offer_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_offer_public_id")),
    )
    op.create_index(op.f("ix_offer_next_check_at"), "offer", ["next_check_at"], unique=False)
    op.create_index(
        "ix_offer_product_id_position", "offer", ["product_id", "position"], unique=False
    )
    op.create_index(op.f("ix_offer_retailer_id"), "offer", ["retailer_id"], unique=False)
    op.create_index(op.f("ix_offer_variant_id"), "offer", ["variant_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=16), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_at", Moment(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("variant_id", sa.Integer(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("laboratory_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("problems", Document(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("pages_read", sa.Integer(), nullable=False),
        sa.Column("unreadable_pages", Document(), nullable=False),
        sa.Column("text_source", sa.String(length=10), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("is_ocr_missing", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("specimen_phrase", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("codes", Document(), nullable=False),
        sa.Column("report_key", sa.String(length=100), nullable=False),
        sa.Column("evidence_level", sa.Integer(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["laboratory_id"],
            ["laboratory.id"],
            name=op.f("fk_certificate_laboratory_id_laboratory"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_certificate_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_certificate_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_superseded_by_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_certificate_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("file_sha256", name=op.f("uq_certificate_file_sha256")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
    )
    op.create_index(
        op.f("ix_certificate_laboratory_id"), "certificate", ["laboratory_id"], unique=False
    )
    op.create_index(op.f("ix_certificate_lot_id"), "certificate", ["lot_id"], unique=False)
    op.create_index(op.f("ix_certificate_product_id"), "certificate", ["product_id"], unique=False)
    op.create_index(
        "ix_certificate_report", "certificate", ["report_key", "laboratory_id"], unique=False
    )
    op.create_index(op.f("ix_certificate_status"), "certificate", ["status"], unique=False)
    op.create_index(
        op.f("ix_certificate_superseded_by_id"), "certificate", ["superseded_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_certificate_uploaded_at"), "certificate", ["uploaded_at"], unique=False
    )
    op.create_index(op.f("ix_certificate_variant_id"), "certificate", ["variant_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("names", Document(), nullable=False),
        sa.Column("certificate", Document(), nullable=True),
        sa.Column("verdict", Document(), nullable=True),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 10", name=op.f("ck_order_line_quantity_sensible")
        ),
        sa.CheckConstraint("unit_minor >= 0", name=op.f("ck_order_line_price_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_order_line_lot_id_lot")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_line_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_order_line_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "lot_id", name=op.f("uq_order_line_order_id_lot_id")),
    )
    op.create_index(op.f("ix_order_line_lot_id"), "order_line", ["lot_id"], unique=False)
    op.create_index(op.f("ix_order_line_order_id"), "order_line", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_line_variant_id"), "order_line", ["variant_id"], unique=False)

    op.create_table(
        "certificate_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("raw", sa.String(length=300), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("box", Document(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_field_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_field")),
    )
    op.create_index(
        op.f("ix_certificate_field_certificate_id"),
        "certificate_field",
        ["certificate_id"],
        unique=False,
    )

    op.create_table(
        "certificate_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_page_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_page")),
        sa.UniqueConstraint(
            "certificate_id", "number", name=op.f("uq_certificate_page_certificate_id_number")
        ),
    )
    op.create_index(
        op.f("ix_certificate_page_certificate_id"),
        "certificate_page",
        ["certificate_id"],
        unique=False,
    )

    op.create_table(
        "certificate_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result_group", sa.String(length=200), nullable=False),
        sa.Column("analyte", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("lod", sa.String(length=60), nullable=False),
        sa.Column("loq", sa.String(length=60), nullable=False),
        sa.Column("spec", sa.String(length=200), nullable=False),
        sa.Column("spec_op", sa.String(length=10), nullable=False),
        sa.Column("spec_low", sa.String(length=40), nullable=False),
        sa.Column("spec_high", sa.String(length=40), nullable=False),
        sa.Column("spec_unit", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("value_op", sa.String(length=10), nullable=False),
        sa.Column("value_number", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=60), nullable=False),
        sa.Column("verdict_computed", sa.String(length=20), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("box", Document(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_result_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_result")),
    )
    op.create_index(
        op.f("ix_certificate_result_certificate_id"),
        "certificate_result",
        ["certificate_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_certificate_result_certificate_id"), table_name="certificate_result")

    op.drop_table("certificate_result")
    op.drop_index(op.f("ix_certificate_page_certificate_id"), table_name="certificate_page")

    op.drop_table("certificate_page")
    op.drop_index(op.f("ix_certificate_field_certificate_id"), table_name="certificate_field")

    op.drop_table("certificate_field")
    op.drop_index(op.f("ix_order_line_variant_id"), table_name="order_line")
    op.drop_index(op.f("ix_order_line_order_id"), table_name="order_line")
    op.drop_index(op.f("ix_order_line_lot_id"), table_name="order_line")

    op.drop_table("order_line")
    op.drop_index(op.f("ix_certificate_variant_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_uploaded_at"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_superseded_by_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_status"), table_name="certificate")
    op.drop_index("ix_certificate_report", table_name="certificate")
    op.drop_index(op.f("ix_certificate_product_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_lot_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_laboratory_id"), table_name="certificate")

    op.drop_table("certificate")
    op.drop_index(op.f("ix_offer_variant_id"), table_name="offer")
    op.drop_index(op.f("ix_offer_retailer_id"), table_name="offer")
    op.drop_index("ix_offer_product_id_position", table_name="offer")
    op.drop_index(op.f("ix_offer_next_check_at"), table_name="offer")

    op.drop_table("offer")
    op.drop_index(op.f("ix_lot_variant_id"), table_name="lot")
    op.drop_index(op.f("ix_lot_code_key"), table_name="lot")

    op.drop_table("lot")
    op.drop_index(op.f("ix_claim_grade_claim_id"), table_name="claim_grade")

    op.drop_table("claim_grade")
    op.drop_index(op.f("ix_claim_evidence_evidence_id"), table_name="claim_evidence")
    op.drop_index(op.f("ix_claim_evidence_claim_id"), table_name="claim_evidence")

    op.drop_table("claim_evidence")
    op.drop_index(op.f("ix_cart_line_variant_id"), table_name="cart_line")
    op.drop_index(op.f("ix_cart_line_cart_id"), table_name="cart_line")

    op.drop_table("cart_line")
    op.drop_index(op.f("ix_variant_product_id"), table_name="variant")

    op.drop_table("variant")
    op.drop_index(op.f("ix_standing_verification"), table_name="standing")
    op.drop_index(op.f("ix_standing_rank"), table_name="standing")

    op.drop_table("standing")
    op.drop_index(op.f("ix_search_row_verification"), table_name="search_row")
    op.drop_index("ix_search_row_facets", table_name="search_row")
    op.drop_index("ix_search_row_documented", table_name="search_row")
    op.drop_index(op.f("ix_search_row_brand_id"), table_name="search_row")

    op.drop_table("search_row")
    op.drop_index(op.f("ix_refund_state"), table_name="refund")
    op.drop_index(op.f("ix_refund_payment_id"), table_name="refund")
    op.drop_index(op.f("ix_refund_order_id"), table_name="refund")

    op.drop_table("refund")
    op.drop_index(op.f("ix_old_slug_product_id"), table_name="old_slug")

    op.drop_table("old_slug")
    op.drop_index(op.f("ix_media_product_id"), table_name="media")
    op.drop_index(op.f("ix_media_blob"), table_name="media")

    op.drop_table("media")
    op.drop_index(op.f("ix_domain_proof_domain_id"), table_name="domain_proof")

    op.drop_table("domain_proof")
    op.drop_table("current_verdict")
    op.drop_index(op.f("ix_claim_text_sha256"), table_name="claim")
    op.drop_index(op.f("ix_claim_status"), table_name="claim")
    op.drop_index(op.f("ix_claim_product_id"), table_name="claim")

    op.drop_table("claim")
    op.drop_index(op.f("ix_authorization_seller_list_id"), table_name="authorization")
    op.drop_index(op.f("ix_authorization_retailer_id"), table_name="authorization")
    op.drop_index(op.f("ix_authorization_brand_id"), table_name="authorization")

    op.drop_table("authorization")
    op.drop_index(op.f("ix_verdict_valid_until"), table_name="verdict")
    op.drop_index(op.f("ix_verdict_supersedes_id"), table_name="verdict")
    op.drop_index("ix_verdict_subject", table_name="verdict")

    op.drop_table("verdict")
    op.drop_index("ix_staff_decision_subject", table_name="staff_decision")

    op.drop_table("staff_decision")
    op.drop_index(op.f("ix_sign_in_staff_user_id"), table_name="sign_in")

    op.drop_table("sign_in")
    op.drop_index(op.f("ix_seller_list_brand_id"), table_name="seller_list")

    op.drop_table("seller_list")
    op.drop_index("ix_product_listing", table_name="product")
    op.drop_index(op.f("ix_product_brand_id"), table_name="product")

    op.drop_table("product")
    op.drop_index(op.f("ix_payment_order_id"), table_name="payment")

    op.drop_table("payment")
    op.drop_index(op.f("ix_not_authorized_brand_id"), table_name="not_authorized")

    op.drop_table("not_authorized")
    op.drop_table("known_origin")
    op.drop_index(op.f("ix_domain_retailer_id"), table_name="domain")
    op.drop_index(op.f("ix_domain_brand_id"), table_name="domain")

    op.drop_table("domain")
    op.drop_index(op.f("ix_demo_refund_session_id"), table_name="demo_refund")

    op.drop_table("demo_refund")
    op.drop_index(op.f("ix_accreditation_laboratory_id"), table_name="accreditation")

    op.drop_table("accreditation")
    op.drop_table("staff_user")
    op.drop_index(op.f("ix_sign_in_tries_began_at"), table_name="sign_in_tries")

    op.drop_table("sign_in_tries")
    op.drop_index(op.f("ix_shop_order_state"), table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_expires_at"), table_name="shop_order")
    op.drop_index(op.f("ix_shop_order_cart_hash"), table_name="shop_order")

    op.drop_table("shop_order")
    op.drop_index("ix_search_word_near", table_name="search_word")

    op.drop_table("search_word")
    op.drop_index(
        "uq_review_open",
        table_name="review",
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_index("ix_review_queue", table_name="review")

    op.drop_table("review")
    op.drop_table("retailer")
    op.drop_index(op.f("ix_payment_event_received_at"), table_name="payment_event")
    op.drop_index(op.f("ix_payment_event_processed_at"), table_name="payment_event")

    op.drop_table("payment_event")
    op.drop_index(op.f("ix_letter_due_at"), table_name="letter")

    op.drop_table("letter")
    op.drop_table("ledger_node")
    op.drop_index(op.f("ix_ledger_entry_verdict_sha256"), table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_subject", table_name="ledger_entry")

    op.drop_table("ledger_entry")
    op.drop_table("ledger_checkpoint")
    op.drop_table("laboratory")
    op.drop_index(op.f("ix_job_run_at"), table_name="job")

    op.drop_table("job")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_demo_session_payment_id"), table_name="demo_session")
    op.drop_index(op.f("ix_demo_session_order_public_id"), table_name="demo_session")

    op.drop_table("demo_session")
    op.drop_index(op.f("ix_cart_expires_at"), table_name="cart")

    op.drop_table("cart")
    op.drop_table("brand")
