"""Pictures of events, in two sizes, with what they show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """No event has one yet."""
    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("picture", JSON))
        table.add_column(sa.Column("picture_text", JSON, nullable=False, server_default="{}"))
    op.create_table(
        "event_pictures",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("desk", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_event_pictures_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_pictures")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("event_pictures")
    with op.batch_alter_table("events") as table:
        table.drop_column("picture_text")
        table.drop_column("picture")
