"""A reminder before the day: when it leaves, what it says besides, and who has had theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A day before at ten, for all that lies ahead; nobody has had one."""
    with op.batch_alter_table("workshops") as table:
        table.add_column(sa.Column("reminder_days", sa.Integer(), server_default="1"))
        table.add_column(
            sa.Column("reminder_hour", sa.Integer(), nullable=False, server_default="10")
        )
        table.add_column(
            sa.Column(
                "reminder_text", sa.JSON(none_as_null=True), nullable=False, server_default="{}"
            )
        )
    op.create_table(
        "day_reminders",
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolments.id"],
            name=op.f("fk_day_reminders_enrolment_id_enrolments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_day_reminders")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("day_reminders")
    with op.batch_alter_table("workshops") as table:
        for name in ("reminder_days", "reminder_hour", "reminder_text"):
            table.drop_column(name)
