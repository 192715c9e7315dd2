"""What phones at the door search by name: how often, by ten minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

NUMBERS = ("searches", "short", "spent", "refused")


def upgrade() -> None:
    """Nobody has searched yet, as far as is known."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "name_searches",
        sa.Column("device_id", number, nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_name_searches_device_id_devices"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("device_id", "begins", name=op.f("pk_name_searches")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("name_searches")
