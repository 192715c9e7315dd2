"""Where a place went that was handed over, and printings whose name was corrected since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was handed over or corrected yet."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("enrolments") as table:
        table.add_column(sa.Column("handed_to_id", number))
    with op.batch_alter_table("printed_tickets") as table:
        table.add_column(sa.Column("outdated", sa.Boolean(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("printed_tickets") as table:
        table.drop_column("outdated")
    with op.batch_alter_table("enrolments") as table:
        table.drop_column("handed_to_id")
