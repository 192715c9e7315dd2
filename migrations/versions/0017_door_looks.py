"""What the lead did about quarantine and conflicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("quarantined_scans", sa.Column("settled", sa.String(8)))
    op.add_column("quarantined_scans", sa.Column("settled_at", sa.DateTime(timezone=True)))
    op.create_table(
        "conflict_looks",
        sa.Column("scan_id", sa.String(64), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scans.id"], name=op.f("fk_conflict_looks_scan_id_scans")
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_conflict_looks")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("conflict_looks")
    with op.batch_alter_table("quarantined_scans") as aside:
        aside.drop_column("settled_at")
        aside.drop_column("settled")
