"""Corrections of the count of people without tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "tally_corrections",
        sa.Column("id", number, nullable=False),
        sa.Column("event_id", number, nullable=False),
        sa.Column("gate", sa.String(80), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_tally_corrections_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_corrections")),
    )
    op.create_index(op.f("ix_tally_corrections_event_id"), "tally_corrections", ["event_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("tally_corrections")
