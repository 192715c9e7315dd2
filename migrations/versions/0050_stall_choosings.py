"""Festivals whose stallholders choose their own stall, how many each, and until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody chooses yet."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "stall_choosings",
        sa.Column("event_id", number, autoincrement=False, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("most BETWEEN 1 AND 10", name=op.f("ck_stall_choosings_most")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_stall_choosings_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_stall_choosings")),
    )


def downgrade() -> None:
    """The team places everybody."""
    op.drop_table("stall_choosings")
