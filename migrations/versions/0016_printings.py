"""Badges and tickets printed in bulk, and the organisation that stands on a badge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the tables."""
    organisation = sa.Column("organisation", sa.String(120), server_default="", nullable=False)
    op.add_column("enrolments", organisation)
    _create_printings()
    op.create_table(
        "printed_files",
        sa.Column("printing_id", _number(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("printed_files", "printing_id", "printings"),
        sa.PrimaryKeyConstraint("printing_id", name=op.f("pk_printed_files")),
    )
    op.create_table(
        "printed_tickets",
        sa.Column("printing_id", _number(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", _number(), autoincrement=False, nullable=False),
        sa.Column("person_id", _number(), nullable=False),
        _key("printed_tickets", "printing_id", "printings"),
        _key("printed_tickets", "ticket_id", "tickets"),
        _key("printed_tickets", "person_id", "people"),
        sa.PrimaryKeyConstraint("printing_id", "ticket_id", name=op.f("pk_printed_tickets")),
    )
    op.create_index("ix_printed_tickets_person_id", "printed_tickets", ["person_id"])
    op.create_index("ix_printed_tickets_ticket", "printed_tickets", ["ticket_id", "person_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("printed_tickets", "printed_files", "printings"):
        op.drop_table(table)
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.drop_column("organisation")


def _create_printings() -> None:
    op.create_table(
        "printings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("event_id", _number(), nullable=False),
        sa.Column("paper", sa.String(12), nullable=False),
        sa.Column("choice", sa.String(8), nullable=False),
        sa.Column("enrolment_id", _number()),
        sa.Column("blanks", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.BigInteger()),
        sa.Column("leased_until", sa.DateTime(timezone=True)),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        _key("printings", "event_id", "events"),
        _key("printings", "enrolment_id", "enrolments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printings")),
    )
    op.create_index("ix_printings_event", "printings", ["event_id", "id"])
    op.create_index("ix_printings_state", "printings", ["state", "id"])


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
