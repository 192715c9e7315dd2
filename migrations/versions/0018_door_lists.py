"""Names found at the door by any of their words, and tickets that a door must refuse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NOT_LIVE = sa.text("state <> 'live'")


def upgrade() -> None:
    """Add the columns and indexes, and fill them for who is enrolled already."""
    for name in ("later_names", "last_name"):
        op.add_column("enrolments", sa.Column(name, _text(), server_default="", nullable=False))
        op.create_index(f"ix_enrolments_{name}", "enrolments", ["event_id", name])
    op.create_index(
        "ix_tickets_revoked",
        "tickets",
        ["event_id"],
        sqlite_where=NOT_LIVE,
        postgresql_where=NOT_LIVE,
    )
    _fill(op.get_bind())


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_tickets_revoked", "tickets")
    with op.batch_alter_table("enrolments") as enrolments:
        for name in ("later_names", "last_name"):
            enrolments.drop_index(f"ix_enrolments_{name}")
            enrolments.drop_column(name)


def _fill(connection: sa.Connection) -> None:
    enrolments = sa.table(
        "enrolments",
        *(sa.column(name) for name in ("id", "search_text", "later_names", "last_name")),
    )
    kept = connection.execute(sa.select(enrolments.c.id, enrolments.c.search_text)).all()
    new = [{"number": number, **_names(text)} for number, text in kept if text]
    if new:
        values = {name: sa.bindparam(f"new_{name}") for name in ("later_names", "last_name")}
        same = enrolments.c.id == sa.bindparam("number")
        connection.execute(sa.update(enrolments).where(same).values(values), new)


def _names(search_text: str) -> dict[str, str]:
    """The search text is the folded name and, as its last word, the mailbox."""
    words = search_text.split()
    if "@" in words[-1]:
        words.pop()
    last = words[-1] if len(words) > 2 else ""
    return {"new_later_names": " ".join(words[1:])[:200], "new_last_name": last[:200]}


def _text() -> sa.types.TypeEngine[str]:
    return sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
