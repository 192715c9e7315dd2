"""What an event tells of itself: access, price, languages, contact; and the team's own topics."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)
WORDS = (("contact_name", 120), ("contact_mail", 254), ("contact_phone", 32))


def upgrade() -> None:
    """Nothing is said yet."""
    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("access", JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("price", sa.Integer()))
        table.add_column(sa.Column("spoken", JSON, nullable=False, server_default="[]"))
        for name, length in WORDS:
            table.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_table(
        "topics",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("name", JSON, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_topics")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("topics")
    with op.batch_alter_table("events") as table:
        for name in ("access", "price", "spoken", *(word for word, _length in WORDS)):
            table.drop_column(name)
