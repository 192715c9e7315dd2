"""A letter keeps its words; the page around them is made when it is sent."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep the words where the page stood; of letters still waiting their plain text is left."""
    op.execute("ALTER TABLE letters RENAME COLUMN html TO source")
    op.execute("UPDATE letters SET source = text")


def downgrade() -> None:
    """Keep the plain text in the page's place."""
    op.execute("ALTER TABLE letters RENAME COLUMN source TO html")
