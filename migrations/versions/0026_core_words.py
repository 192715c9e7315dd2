"""The tables of `core` say an address, a change and an access by their usual names."""

from __future__ import annotations

from migrations.renames import rename

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename; no row changes."""
    rename("letters", columns={"mailbox": "email"})
    rename("trail", "audit_entries")
    rename("access_notes", "access_log")


def downgrade() -> None:
    """Rename back."""
    rename("access_log", "access_notes")
    rename("audit_entries", "trail")
    rename("letters", columns={"email": "mailbox"})
