"""The tables of `people`: addresses, the roles of staff, signed-in browsers."""

from __future__ import annotations

from migrations.renames import rename

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ADDRESSES = ("people", "staff", "sign_in_links", "sign_ins")


def upgrade() -> None:
    """Rename; no row changes."""
    for table in ADDRESSES:
        rename(table, columns={"mailbox": "email"})
    rename("staff_duties", "staff_roles", {"duty": "role"})
    rename("sign_ins", "browser_sessions")


def downgrade() -> None:
    """Rename back."""
    rename("browser_sessions", "sign_ins")
    rename("staff_roles", "staff_duties", {"role": "duty"})
    for table in ADDRESSES:
        rename(table, columns={"email": "mailbox"})
