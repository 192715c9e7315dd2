"""Why an event is called off, and how it stood before the last move or calling off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Nothing that was told before can be taken back."""
    reason = sa.Column("called_off_because", sa.String(500), nullable=False, server_default="")
    with op.batch_alter_table("events") as table:
        table.add_column(reason)
    op.create_table(
        "event_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("letters", JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_changes_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_changes")),
    )
    op.create_index(op.f("ix_event_changes_event_id"), "event_changes", ["event_id"])


def downgrade() -> None:
    """Without them."""
    op.drop_table("event_changes")
    with op.batch_alter_table("events") as table:
        table.drop_column("called_off_because")
