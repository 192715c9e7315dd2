"""The tables of `questions`: what one person answered is a set of answers, on paper or not."""

from __future__ import annotations

from migrations.renames import rename

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

HOLDERS = ("answers", "responses", "enrolments")


def upgrade() -> None:
    """Rename; no row changes."""
    rename("answer_sheets", "answer_sets")
    for table in HOLDERS:
        rename(table, columns={"sheet_id": "answer_set_id"})


def downgrade() -> None:
    """Rename back."""
    for table in HOLDERS:
        rename(table, columns={"answer_set_id": "sheet_id"})
    rename("answer_sets", "answer_sheets")
