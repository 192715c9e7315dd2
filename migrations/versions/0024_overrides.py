"""Why the rules say no to somebody who was let in all the same, where the lead can look for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OVERRULED = sa.text("override IS NOT NULL")


def upgrade() -> None:
    """Add the column, fill it from the answers that were given, and index those it is about."""
    op.add_column("scans", sa.Column("override", sa.String(12)))
    op.execute(
        "UPDATE scans SET override = answer ->> 'override' WHERE answer ->> 'override' IS NOT NULL"
    )
    op.create_index(
        "ix_scans_overruled",
        "scans",
        ["event_id", "override"],
        sqlite_where=OVERRULED,
        postgresql_where=OVERRULED,
    )


def downgrade() -> None:
    """Drop both; the answers still hold it."""
    op.drop_index("ix_scans_overruled", "scans")
    op.drop_column("scans", "override")
