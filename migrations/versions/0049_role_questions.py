"""Questions that staff write: a draft of each questionnaire, and what an event asks of a role."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

LINK = "fk_applications_questions_id_questionnaire_versions"
VERSIONS = "questionnaire_versions"


def upgrade() -> None:
    """No event asks anything of its own yet."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("questionnaires", sa.Column("draft", sa.JSON(), nullable=True))
    op.create_table(
        "role_questions",
        sa.Column("event_id", number, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("asked_id", number, nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_role_questions_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["asked_id"],
            [f"{VERSIONS}.id"],
            name=op.f("fk_role_questions_asked_id_questionnaire_versions"),
        ),
        sa.PrimaryKeyConstraint("event_id", "role", name=op.f("pk_role_questions")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # SQLite takes a reference with the column itself, without making the table anew.
        op.execute(
            "ALTER TABLE applications ADD COLUMN questions_id INTEGER "
            f"CONSTRAINT {LINK} REFERENCES {VERSIONS} (id)"
        )
    else:
        op.add_column("applications", sa.Column("questions_id", sa.BigInteger()))
        op.create_foreign_key(op.f(LINK), "applications", VERSIONS, ["questions_id"], ["id"])


def downgrade() -> None:
    """Without them."""
    with op.batch_alter_table("applications") as changed:
        if op.get_bind().dialect.name != "sqlite":
            # SQLite drops the reference with its column.
            changed.drop_constraint(op.f(LINK), type_="foreignkey")
        changed.drop_column("questions_id")
    op.drop_table("role_questions")
    with op.batch_alter_table("questionnaires") as changed:
        changed.drop_column("draft")
