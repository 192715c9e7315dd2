"""What came back about letters: which mails were read, and when the box is looked into next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

OUTCOMES = ("bounced", "undelivered", "old", "unknown", "other", "unreadable")


def upgrade() -> None:
    """Nothing has been read yet."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "read_mail",
        sa.Column("id", number, nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, native_enum=False, create_constraint=False, length=12),
            nullable=False,
        ),
        sa.Column("letter_id", number, nullable=True),
        sa.Column("note", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mail")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_read_mail_key_hash")),
    )
    op.create_index(op.f("ix_read_mail_read_at"), "read_mail", ["read_at"])
    op.create_table(
        "return_box",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(200), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_return_box_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_box")),
    )


def downgrade() -> None:
    """Without them; what was marked stays."""
    op.drop_table("return_box")
    op.drop_table("read_mail")
