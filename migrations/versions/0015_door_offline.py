"""Offline work at the door: lists with versions, what phones tell of themselves, tallies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UNHASHED = sa.text("short_hash IS NULL")


def upgrade() -> None:
    """Add the columns and tables."""
    _widen_tickets()
    _widen_doors()
    _create_tallies()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("tally_readings")
    op.drop_table("tallies")
    op.drop_index("ix_scans_received", "scans")
    with op.batch_alter_table("door_rules") as rules:
        for name in ("most_inside", "warn_at"):
            rules.drop_column(name)
    with op.batch_alter_table("devices") as devices:
        for column in _told():
            devices.drop_column(column.name)
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_index("ix_tickets_unhashed")
        tickets.drop_index("ix_tickets_list")
        tickets.drop_column("short_hash")
        tickets.drop_column("list_version")


def _widen_tickets() -> None:
    zero = sa.Column("list_version", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("tickets", zero)
    op.add_column("tickets", sa.Column("short_hash", sa.LargeBinary(16)))
    op.create_index("ix_tickets_list", "tickets", ["event_id", "list_version"])
    op.create_index(
        "ix_tickets_unhashed",
        "tickets",
        ["event_id"],
        sqlite_where=UNHASHED,
        postgresql_where=UNHASHED,
    )


def _widen_doors() -> None:
    for column in _told():
        op.add_column("devices", column)
    op.add_column("door_rules", sa.Column("most_inside", sa.Integer()))
    warn_at = sa.Column("warn_at", sa.Integer(), server_default="90", nullable=False)
    op.add_column("door_rules", warn_at)
    op.create_index("ix_scans_received", "scans", ["event_id", "received_ms"])


def _told() -> list[sa.Column[object]]:
    kinds = {
        "seen_at": sa.DateTime(timezone=True),
        "list_version": sa.BigInteger(),
        "listed_at": sa.DateTime(timezone=True),
        "unsent": sa.Integer(),
        "camera": sa.Boolean(),
        "tested_at": sa.DateTime(timezone=True),
        "offset_ms": sa.BigInteger(),
        "unlock_nonce": sa.String(40),
        "unlocked_until": sa.DateTime(timezone=True),
    }
    return [sa.Column(name, kind) for name, kind in kinds.items()]


def _create_tallies() -> None:
    for table, extra in (("tallies", "at"), ("tally_readings", "quarter_at")):
        keys = ["event_id", "device", "gate", *(["quarter_at"] if extra == "quarter_at" else [])]
        op.create_table(
            table,
            sa.Column("event_id", _number(), nullable=False),
            sa.Column("device", sa.String(80), nullable=False),
            sa.Column("gate", sa.String(80), nullable=False),
            sa.Column("entered", sa.BigInteger(), nullable=False),
            sa.Column("left", sa.BigInteger(), nullable=False),
            sa.Column(extra, sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(
                ["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id_events")
            ),
            sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        )


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
