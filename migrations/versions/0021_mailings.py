"""Letters to many: the text, the recipients, and the letters of the outbox it became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "mailings",
        sa.Column("id", _number(), nullable=False),
        sa.Column("event_id", _number(), nullable=False),
        sa.Column("about", sa.String(12), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("staff_id", _number(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state = 'draft' OR leaves_at IS NOT NULL", name=op.f("ck_mailings_leaves")
        ),
        _key("mailings", "event_id", "events"),
        _key("mailings", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index("ix_mailings_event", "mailings", ["event_id"])
    _create_whom()


def downgrade() -> None:
    """Drop them."""
    for table in ("mailing_letters", "mailing_recipients", "mailings"):
        op.drop_table(table)


def _create_whom() -> None:
    op.create_table(
        "mailing_recipients",
        sa.Column("mailing_id", _number(), autoincrement=False, nullable=False),
        sa.Column("subject_id", _number(), autoincrement=False, nullable=False),
        _key("mailing_recipients", "mailing_id", "mailings"),
        sa.PrimaryKeyConstraint("mailing_id", "subject_id", name=op.f("pk_mailing_recipients")),
    )
    op.create_table(
        "mailing_letters",
        sa.Column("mailing_id", _number(), autoincrement=False, nullable=False),
        sa.Column("subject_id", _number(), autoincrement=False, nullable=False),
        sa.Column("letter_id", _number(), autoincrement=False, nullable=False),
        _key("mailing_letters", "mailing_id", "mailings"),
        _key("mailing_letters", "letter_id", "letters", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "mailing_id", "subject_id", "letter_id", name=op.f("pk_mailing_letters")
        ),
    )
    op.create_index("ix_mailing_letters_subject", "mailing_letters", ["subject_id"])
    op.create_index("ix_mailing_letters_letter", "mailing_letters", ["letter_id"])


def _key(table: str, column: str, target: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, **more)


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
