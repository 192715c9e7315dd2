"""Which entries let somebody in without a ticket, and phones that were unpaired by those who had them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Until now the place counted as made by a walk-in whose ticket was issued just before its entry.
AT_ONCE = timedelta(seconds=10)


def upgrade() -> None:
    """Create the table, fill it with what can be told of the past, and add the column."""
    op.add_column("devices", sa.Column("left_at", sa.DateTime(timezone=True)))
    walk_ins = op.create_table(
        "walk_ins",
        sa.Column("scan_id", sa.String(64), nullable=False),
        sa.Column("made_place", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scans.id"], name=op.f("fk_walk_ins_scan_id_scans")
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_walk_ins")),
    )
    past = [{"scan_id": scan_id, "made_place": True} for scan_id in _past()]
    if past:
        op.bulk_insert(walk_ins, past)


def downgrade() -> None:
    """Drop both."""
    op.drop_table("walk_ins")
    op.drop_column("devices", "left_at")


def _past() -> list[str]:
    """Entries at a phone's own number 0 whose ticket was issued in the same moment."""
    scans = sa.table(
        "scans", *(sa.column(name) for name in ("id", "ticket_id", "kind", "seq", "received_ms"))
    )
    tickets = sa.table(
        "tickets", sa.column("id"), sa.column("issued_at", sa.DateTime(timezone=True))
    )
    rows = op.get_bind().execute(
        sa.select(scans.c.id, scans.c.received_ms, tickets.c.issued_at)
        .join(tickets, tickets.c.id == scans.c.ticket_id)
        .where(scans.c.kind == "entry", scans.c.seq == 0)
    )
    return [scan_id for scan_id, received, issued in rows if _at_once(received, issued)]


def _at_once(received_ms: int, issued: datetime) -> bool:
    # SQLite gives moments back without their zone, which is UTC.
    aware = issued.replace(tzinfo=UTC) if issued.tzinfo is None else issued
    received = datetime.fromtimestamp(received_ms / 1000, UTC)
    return abs(received - aware) < AT_ONCE
