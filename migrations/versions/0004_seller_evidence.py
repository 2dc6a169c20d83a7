"""What workers saw of sellers: challenges, lists, followed links, registrations, disputes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shop.plumbing.db import Document, Moment

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("verdict_id", sa.String(length=16), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=16), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dispute_public_id")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dispute_answered_at_opened_at", ["answered_at", "opened_at"], unique=False
        )
        batch_op.create_index("ix_dispute_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "domain_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("next_read_at", Moment(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_registration")),
        sa.UniqueConstraint("name", name=op.f("uq_domain_registration_name")),
    )
    with op.batch_alter_table("domain_registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_domain_registration_next_read_at"), ["next_read_at"], unique=False
        )

    op.create_table(
        "list_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("report", Document(), nullable=True),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_check")),
        sa.UniqueConstraint("public_id", name=op.f("uq_list_check_public_id")),
    )
    with op.batch_alter_table("list_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_check_created_at"), ["created_at"], unique=False)

    op.create_table(
        "protected_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_name")),
        sa.UniqueConstraint("name", name=op.f("uq_protected_name_name")),
    )
    op.create_table(
        "public_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_listing")),
        sa.UniqueConstraint("host", "source", name=op.f("uq_public_listing_host_source")),
    )
    op.create_table(
        "unrelated_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("other", sa.String(length=253), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("marked_at", Moment(), nullable=False),
        sa.Column("lifted_at", Moment(), nullable=True),
        sa.Column("lifted_by", sa.String(length=16), nullable=False),
        sa.Column("lifted_for", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unrelated_names")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unrelated_names_public_id")),
    )
    with op.batch_alter_table("unrelated_names", schema=None) as batch_op:
        batch_op.create_index("ix_unrelated_names_other", ["other"], unique=False)
        batch_op.create_index(
            "uq_unrelated_names_standing",
            ["name", "other"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "visit_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("free_at", Moment(), nullable=False),
        sa.Column("line_until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_turn")),
        sa.UniqueConstraint("name", name=op.f("uq_visit_turn_name")),
    )
    op.create_table(
        "seller_list_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("next_fetch_at", Moment(), nullable=False),
        sa.Column("fetched_at", Moment(), nullable=True),
        sa.Column("tried_at", Moment(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Moment(), nullable=True),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("problems", Document(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_seller_list_source_brand_id_brand")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_list_source")),
        sa.UniqueConstraint("brand_id", name=op.f("uq_seller_list_source_brand_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seller_list_source_public_id")),
    )
    with op.batch_alter_table("seller_list_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seller_list_source_next_fetch_at"), ["next_fetch_at"], unique=False
        )

    op.create_table(
        "proof_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("next_look_at", Moment(), nullable=True),
        sa.Column("looked_at", Moment(), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Moment(), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("looks", Document(), nullable=False),
        sa.ForeignKeyConstraint(
            ["domain_id"], ["domain.id"], name=op.f("fk_proof_challenge_domain_id_domain")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_challenge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proof_challenge_public_id")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_proof_challenge_token_sha256")),
    )
    with op.batch_alter_table("proof_challenge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proof_challenge_domain_id"), ["domain_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proof_challenge_next_look_at"), ["next_look_at"], unique=False
        )

    op.create_table(
        "link_following",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("hops", Document(), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("end_name", sa.String(length=253), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_link_following_offer_id_offer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_following")),
    )
    with op.batch_alter_table("link_following", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_following_end_name"), ["end_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_following_name"), ["name"], unique=False)
        batch_op.create_index("ix_link_following_offer_id_id", ["offer_id", "id"], unique=False)

    with op.batch_alter_table("authorization", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hosts", Document(), nullable=True))
        batch_op.add_column(sa.Column("source_url", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("entered_by", sa.String(length=16), nullable=False, server_default="")
        )

    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_domain_named_by_id"), ["named_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_domain_named_by_id_brand"), "brand", ["named_by_id"], ["id"]
        )

    with op.batch_alter_table("not_authorized", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seller_list_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("document", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("entered_by", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.create_index(
            batch_op.f("ix_not_authorized_seller_list_id"), ["seller_list_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_not_authorized_seller_list_id_seller_list"),
            "seller_list",
            ["seller_list_id"],
            ["id"],
        )

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("followed_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("next_follow_at", Moment(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_offer_next_follow_at"), ["next_follow_at"], unique=False
        )

    with op.batch_alter_table("retailer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("seller_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seller_list_brand_id"))
        batch_op.drop_constraint(batch_op.f("uq_seller_list_brand_id_dated"), type_="unique")
        batch_op.create_index("ix_seller_list_brand_id_dated", ["brand_id", "dated"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("seller_list", schema=None) as batch_op:
        batch_op.drop_index("ix_seller_list_brand_id_dated")
        batch_op.create_unique_constraint(
            batch_op.f("uq_seller_list_brand_id_dated"), ["brand_id", "dated"]
        )
        batch_op.create_index(batch_op.f("ix_seller_list_brand_id"), ["brand_id"], unique=False)

    with op.batch_alter_table("retailer", schema=None) as batch_op:
        batch_op.drop_column("revision")

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_next_follow_at"))
        batch_op.drop_column("next_follow_at")
        batch_op.drop_column("followed_at")

    with op.batch_alter_table("not_authorized", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_not_authorized_seller_list_id_seller_list"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_not_authorized_seller_list_id"))
        batch_op.drop_column("entered_by")
        batch_op.drop_column("document")
        batch_op.drop_column("seller_list_id")

    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_domain_named_by_id_brand"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_domain_named_by_id"))
        batch_op.drop_column("named_by_id")

    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_column("revision")

    with op.batch_alter_table("authorization", schema=None) as batch_op:
        batch_op.drop_column("entered_by")
        batch_op.drop_column("source_url")
        batch_op.drop_column("hosts")

    with op.batch_alter_table("link_following", schema=None) as batch_op:
        batch_op.drop_index("ix_link_following_offer_id_id")
        batch_op.drop_index(batch_op.f("ix_link_following_name"))
        batch_op.drop_index(batch_op.f("ix_link_following_end_name"))

    op.drop_table("link_following")
    with op.batch_alter_table("proof_challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proof_challenge_next_look_at"))
        batch_op.drop_index(batch_op.f("ix_proof_challenge_domain_id"))

    op.drop_table("proof_challenge")
    with op.batch_alter_table("seller_list_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seller_list_source_next_fetch_at"))

    op.drop_table("seller_list_source")
    op.drop_table("visit_turn")
    with op.batch_alter_table("unrelated_names", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_unrelated_names_standing",
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )
        batch_op.drop_index("ix_unrelated_names_other")

    op.drop_table("unrelated_names")
    op.drop_table("public_listing")
    op.drop_table("protected_name")
    with op.batch_alter_table("list_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_check_created_at"))

    op.drop_table("list_check")
    with op.batch_alter_table("domain_registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_domain_registration_next_read_at"))

    op.drop_table("domain_registration")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index("ix_dispute_subject")
        batch_op.drop_index("ix_dispute_answered_at_opened_at")

    op.drop_table("dispute")
