"""Whom the limit of a place looks at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: so far limits looked at those counted by hand."""
    column = sa.Column("limit_of", sa.String(8), nullable=False, server_default="counted")
    op.add_column("door_rules", column)


def downgrade() -> None:
    """Drop it."""
    op.drop_column("door_rules", "limit_of")
