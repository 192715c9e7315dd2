"""Private links end with the address they were sent to: their numbers, and which were replaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBERED = ("people", "enrolments", "answer_links")


def upgrade() -> None:
    """Every link that is out opens what it did: number 0."""
    for table in NUMBERED:
        number = sa.Column("link_number", sa.Integer(), nullable=False, server_default="0")
        with op.batch_alter_table(table) as batch:
            batch.add_column(number)
    op.create_table(
        "replaced_links",
        sa.Column("link_hash", sa.LargeBinary(32), nullable=False),
        sa.Column(
            "enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_replaced_links_enrolment_id_enrolments"),
        ),
        sa.PrimaryKeyConstraint("link_hash", name=op.f("pk_replaced_links")),
    )
    op.create_index("ix_replaced_links_enrolment_id", "replaced_links", ["enrolment_id"])


def downgrade() -> None:
    """A link that was replaced opens nothing all the same; the newer ones neither."""
    op.drop_table("replaced_links")
    for table in NUMBERED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("link_number")
