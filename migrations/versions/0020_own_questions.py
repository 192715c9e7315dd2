"""A workshop's own extra questions, and the answers of each enrolment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LINKS = (
    ("workshops", "questions_id", "questionnaire_versions"),
    ("enrolments", "sheet_id", "answer_sheets"),
)


def upgrade() -> None:
    """Add the two links."""
    for table, column, target in LINKS:
        name = op.f(f"fk_{table}_{column}_{target}")
        if op.get_bind().dialect.name == "sqlite":
            # SQLite takes a reference with the column itself, without making the table anew.
            number = "INTEGER CONSTRAINT"
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {column} {number} {name} REFERENCES {target} (id)"
            )
        else:
            op.add_column(table, sa.Column(column, sa.BigInteger()))
            op.create_foreign_key(name, table, target, [column], ["id"])


def downgrade() -> None:
    """Drop them."""
    for table, column, target in LINKS:
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"fk_{table}_{column}_{target}"), type_="foreignkey")
            changed.drop_column(column)
