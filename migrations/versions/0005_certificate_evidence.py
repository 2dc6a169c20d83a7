"""What was seen inside documents and of laboratories: earlier pages, hosts, confirmations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shop.plumbing.db import Document, Moment

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "laboratory_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("details", Document(), nullable=False),
        sa.Column("staff_id", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["laboratory_id"],
            ["laboratory.id"],
            name=op.f("fk_laboratory_change_laboratory_id_laboratory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_change")),
    )
    with op.batch_alter_table("laboratory_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_change_laboratory_id"), ["laboratory_id"], unique=False
        )

    op.create_table(
        "certificate_number_band",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_number_band_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_number_band")),
    )
    with op.batch_alter_table("certificate_number_band", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_number_band_certificate_id"),
            ["certificate_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_number_band_value"), ["value"], unique=False
        )

    op.create_table(
        "laboratory_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("is_by_laboratory", sa.Boolean(), nullable=False),
        sa.Column("seen_where", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("kept_at", Moment(), nullable=True),
        sa.Column("has_report_no", sa.Boolean(), nullable=True),
        sa.Column("has_lot", sa.Boolean(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("seen_by", sa.String(length=16), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=16), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_laboratory_confirmation_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_confirmation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_laboratory_confirmation_public_id")),
    )
    with op.batch_alter_table("laboratory_confirmation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_confirmation_certificate_id"),
            ["certificate_id"],
            unique=False,
        )

    op.create_table(
        "laboratory_seen_host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=16), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_laboratory_seen_host_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["laboratory_id"],
            ["laboratory.id"],
            name=op.f("fk_laboratory_seen_host_laboratory_id_laboratory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_seen_host")),
        sa.UniqueConstraint(
            "laboratory_id", "host", name=op.f("uq_laboratory_seen_host_laboratory_id_host")
        ),
    )
    with op.batch_alter_table("laboratory_seen_host", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_seen_host_laboratory_id"), ["laboratory_id"], unique=False
        )

    op.create_table(
        "laboratory_signing_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=300), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("valid_from", Moment(), nullable=True),
        sa.Column("valid_to", Moment(), nullable=True),
        sa.Column("is_authority", sa.Boolean(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("pinned_by", sa.String(length=16), nullable=False),
        sa.Column("pinned_at", Moment(), nullable=False),
        sa.Column("agreed_by", sa.String(length=16), nullable=False),
        sa.Column("agreed_at", Moment(), nullable=True),
        sa.Column("removed_by", sa.String(length=16), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_laboratory_signing_pin_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["laboratory_id"],
            ["laboratory.id"],
            name=op.f("fk_laboratory_signing_pin_laboratory_id_laboratory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory_signing_pin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_laboratory_signing_pin_public_id")),
    )
    with op.batch_alter_table("laboratory_signing_pin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_signing_pin_laboratory_id"), ["laboratory_id"], unique=False
        )

    op.create_table(
        "laboratory_host_sighting",
        sa.Column("seen_host_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_laboratory_host_sighting_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["seen_host_id"],
            ["laboratory_seen_host.id"],
            name=op.f("fk_laboratory_host_sighting_seen_host_id_laboratory_seen_host"),
        ),
        sa.PrimaryKeyConstraint(
            "seen_host_id", "certificate_id", name=op.f("pk_laboratory_host_sighting")
        ),
    )
    with op.batch_alter_table("laboratory_host_sighting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_laboratory_host_sighting_certificate_id"),
            ["certificate_id"],
            unique=False,
        )

    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("public_id", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("document", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("first_checked_at", Moment(), nullable=True))

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inside", Document(), nullable=False, server_default="{}"))

    with op.batch_alter_table("certificate_page", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_page_certificate_id_number"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_page_certificate_id_revision_number"),
            ["certificate_id", "revision", "number"],
        )

    with op.batch_alter_table("laboratory", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("retired_at", Moment(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM certificate_page WHERE revision > 0")
    with op.batch_alter_table("laboratory", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
        batch_op.drop_column("revision")

    with op.batch_alter_table("certificate_page", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_certificate_page_certificate_id_revision_number"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_page_certificate_id_number"), ["certificate_id", "number"]
        )
        batch_op.drop_column("revision")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_column("inside")

    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.drop_column("first_checked_at")
        batch_op.drop_column("document")
        batch_op.drop_column("public_id")

    with op.batch_alter_table("laboratory_host_sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_host_sighting_certificate_id"))

    op.drop_table("laboratory_host_sighting")
    with op.batch_alter_table("laboratory_signing_pin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_signing_pin_laboratory_id"))

    op.drop_table("laboratory_signing_pin")
    with op.batch_alter_table("laboratory_seen_host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_seen_host_laboratory_id"))

    op.drop_table("laboratory_seen_host")
    with op.batch_alter_table("laboratory_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_confirmation_certificate_id"))

    op.drop_table("laboratory_confirmation")
    with op.batch_alter_table("certificate_number_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_number_band_value"))
        batch_op.drop_index(batch_op.f("ix_certificate_number_band_certificate_id"))

    op.drop_table("certificate_number_band")
    with op.batch_alter_table("laboratory_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_change_laboratory_id"))

    op.drop_table("laboratory_change")
