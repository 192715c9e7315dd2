"""Advice and requisitions found by what was asked and by whom, and sorted as Danish does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# The keys that stand in a row must be those that the running code looks for, so it makes them.
from app.core.folding import search_text, sort_key

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

SORTED = {"sort_text": "subject", "asked_by_sort_text": "asked_by"}
LONGEST_KEY = 240


def upgrade() -> None:
    """Add the keys and write them for all that was logged."""
    op.add_column(
        "advisory_tasks", sa.Column("search_text", sa.Text(), server_default="", nullable=False)
    )
    for name in SORTED:
        op.add_column(
            "advisory_tasks", sa.Column(name, _bytewise(), server_default="", nullable=False)
        )
    _write(op.get_bind())


def downgrade() -> None:
    """Take the keys away: what they were made of stands beside them."""
    with op.batch_alter_table("advisory_tasks") as tasks:
        for name in ("search_text", *SORTED):
            tasks.drop_column(name)


def _write(connection: sa.Connection) -> None:
    tasks = sa.table(
        "advisory_tasks", *map(sa.column, ("id", "asked_by", "subject", "search_text", *SORTED))
    )
    rows = connection.execute(sa.select(tasks.c.id, tasks.c.asked_by, tasks.c.subject)).all()
    keys = [
        {
            "number": row.id,
            "found": search_text(row.subject, row.asked_by),
            **{name: sort_key(getattr(row, of))[:LONGEST_KEY] for name, of in SORTED.items()},
        }
        for row in rows
    ]
    if keys:
        values = {name: sa.bindparam(name) for name in SORTED}
        connection.execute(
            sa.update(tasks)
            .where(tasks.c.id == sa.bindparam("number"))
            .values(search_text=sa.bindparam("found"), **values),
            keys,
        )


def _bytewise() -> sa.types.TypeEngine[str]:
    text = sa.String(LONGEST_KEY)
    return text.with_variant(sa.String(LONGEST_KEY, collation="C"), "postgresql")
