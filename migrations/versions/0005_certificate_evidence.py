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
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("seen_by", sa.String(length=16), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
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


def downgrade() -> None:
    op.execute("DELETE FROM certificate_page WHERE revision > 0")
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

    with op.batch_alter_table("laboratory_host_sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_laboratory_host_sighting_certificate_id"))

    op.drop_table("laboratory_host_sighting")
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
