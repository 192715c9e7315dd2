"""What holds all letters, what one letter is refused for, and which servers took whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STAGE = sa.String(12)
TAKEN = "accepted_at IS NOT NULL"
# Until now every permanent answer, at whatever step, was taken for a mailbox that is not there.
# These codes never say that; the others may have, and stay as they are.
OF_MAILBOXES = ("550", "551", "553")
COLUMNS = (
    ("failing_since", MOMENT),
    ("failed_stage", STAGE),
    ("failed_code", sa.Integer()),
    ("accepted_by", sa.String(400)),
    ("accepted_at", MOMENT),
    ("sent_again_at", MOMENT),
)


def upgrade() -> None:
    """Make the table and the columns; set right what a badly set up server did to letters."""
    op.create_table(
        "mail_faults",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("server", sa.String(400), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("paused_until", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("stage", STAGE, nullable=False),
        sa.Column("code", sa.Integer()),
        sa.Column("said", sa.String(200), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_faults_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_faults")),
    )
    for name, kind in COLUMNS:
        op.add_column("letters", sa.Column(name, kind))
    op.create_index(
        "ix_letters_accepted_at",
        "letters",
        ["accepted_at"],
        postgresql_where=sa.text(TAKEN),
        sqlite_where=sa.text(TAKEN),
    )
    _set_right()


def downgrade() -> None:
    """Drop them; what was set right stays."""
    op.drop_index("ix_letters_accepted_at", "letters")
    for name, _kind in reversed(COLUMNS):
        op.drop_column("letters", name)
    op.drop_table("mail_faults")


def _set_right() -> None:
    letters = sa.table(
        "letters", *(sa.column(name) for name in ("id", "state", "last_error"))
    )
    invitations = sa.table("invitations", sa.column("letter_id"), sa.column("disposition"))
    run = op.get_bind().execute
    run(
        sa.update(letters)
        .where(letters.c.state == "bounced", letters.c.last_error.not_in(OF_MAILBOXES))
        .values(state="dead")
    )
    # A survey's letter that the machinery lost is no mail that came back.
    run(
        sa.update(invitations)
        .where(
            invitations.c.disposition == "bounced",
            invitations.c.letter_id.in_(
                sa.select(letters.c.id).where(letters.c.state == "dead")
            ),
        )
        .values(disposition="sent")
    )
