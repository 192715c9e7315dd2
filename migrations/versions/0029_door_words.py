"""Verbs of the audit trail in one style, and what the lead did about something in quarantine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.renames import rename

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

VERBS = {
    "conflicts looked at": "conflicts_looked_at",
    "count corrected": "count_corrected",
    "door terms cleared": "door_terms_cleared",
    "door terms set": "door_terms_set",
    "names locked": "names_locked",
    "names unlocked": "names_unlocked",
    "overrides looked at": "overrides_looked_at",
    "pairing offered": "pairing_offered",
    "quarantine seen": "quarantine_seen",
    "quarantine taken": "quarantine_taken",
    "unsent scans taken in": "unsent_scans_taken_in",
    "walk-in taken back": "walk_in_taken_back",
}
COLUMNS = {"settled": "outcome", "settled_at": "outcome_at"}


def upgrade() -> None:
    """Rename the columns, and the verbs in the rows."""
    rename("quarantined_scans", columns=COLUMNS)
    _say(VERBS)


def downgrade() -> None:
    """Rename back."""
    _say({new: old for old, new in VERBS.items()})
    rename("quarantined_scans", columns={new: old for old, new in COLUMNS.items()})


def _say(verbs: dict[str, str]) -> None:
    update = sa.text("UPDATE audit_entries SET verb = :new WHERE verb = :old")
    for old, new in verbs.items():
        op.get_bind().execute(update, {"old": old, "new": new})
