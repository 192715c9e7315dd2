"""The links by which the offer of a place is answered without signing in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "answer_links"


def upgrade() -> None:
    """None for offers made before: their letters have none."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        TABLE,
        sa.Column("id", number, nullable=False),
        sa.Column("application_id", number, nullable=False),
        sa.Column("person_id", number, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_answer_links_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_answer_links_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_answer_links_token_hash")),
    )
    op.create_index("ix_answer_links_application", TABLE, ["application_id"])
    op.create_index(op.f("ix_answer_links_person_id"), TABLE, ["person_id"])
    op.create_index(op.f("ix_answer_links_made_at"), TABLE, ["made_at"])


def downgrade() -> None:
    """Without them the letters' buttons lead nowhere; one signs in to answer."""
    op.drop_table(TABLE)
