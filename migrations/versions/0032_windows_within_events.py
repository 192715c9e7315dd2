"""A window ends with its event at the latest: those that outlived theirs are cut off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MOMENTS = ("opens_at", "deadline_at", "shutdown_at")


def upgrade() -> None:
    """Cut them off; of an event that is over nothing changes, for it takes nobody in any case."""
    windows = sa.table(
        "windows", sa.column("event_id"), *(sa.column(name, MOMENT) for name in MOMENTS)
    )
    events = sa.table("events", sa.column("id"), sa.column("ends_at", MOMENT))
    ends = (
        sa.select(events.c.ends_at).where(events.c.id == windows.c.event_id).scalar_subquery()
    )
    op.get_bind().execute(
        sa.update(windows)
        .where(windows.c.shutdown_at > ends)
        .values({name: sa.case((windows.c[name] > ends, ends), else_=windows.c[name]) for name in MOMENTS})
    )


def downgrade() -> None:
    """What was cut off stays so."""
