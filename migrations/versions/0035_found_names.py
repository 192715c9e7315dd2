"""Names found by each of their parts in any spelling, and sorted by a key of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# The keys that stand in a row must be those that the running code looks for, so it makes them.
from app.core.folding import leading_words, search_text, sort_key

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

PARTS = tuple(f"name_part_{number}" for number in range(1, 7))
OLD = ("later_names", "last_name")
AT_ONCE = 5_000


def upgrade() -> None:
    """Add the keys and write them anew for everyone and every organisation."""
    op.add_column("organisations", _sorting(240))
    op.add_column("enrolments", _sorting(120))
    for part in PARTS:
        op.add_column("enrolments", sa.Column(part, _bytewise(40), nullable=True))
    op.drop_index("ix_enrolments_search", "enrolments")
    _drop(OLD)
    _write_people(op.get_bind())
    _write_organisations(op.get_bind())
    op.create_index(
        "ix_enrolments_search", "enrolments", ["event_id", "sort_text", "search_text", "id"]
    )
    for part in PARTS:
        there = sa.text(f"{part} IS NOT NULL")
        op.create_index(
            f"ix_enrolments_{part}",
            "enrolments",
            ["event_id", part],
            sqlite_where=there,
            postgresql_where=there,
        )


def downgrade() -> None:
    """Bring back the columns of before: the sorted key stands in for the search text."""
    op.drop_index("ix_enrolments_search", "enrolments")
    op.execute("UPDATE enrolments SET search_text = sort_text")
    _drop((*PARTS, "sort_text"))
    op.create_index("ix_enrolments_search", "enrolments", ["event_id", "search_text", "id"])
    for name in OLD:
        op.add_column(
            "enrolments", sa.Column(name, _bytewise(200), server_default="", nullable=False)
        )
        op.create_index(f"ix_enrolments_{name}", "enrolments", ["event_id", name])
    with op.batch_alter_table("organisations") as organisations:
        organisations.drop_column("sort_text")


def _drop(columns: tuple[str, ...]) -> None:
    with op.batch_alter_table("enrolments") as enrolments:
        for name in columns:
            if name != "sort_text":
                enrolments.drop_index(f"ix_enrolments_{name}")
            enrolments.drop_column(name)


def _write_people(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text(
            "SELECT enrolments.id, people.name, people.email FROM enrolments"
            " JOIN people ON people.id = enrolments.person_id WHERE enrolments.search_text <> ''"
        )
    ).all()
    _write(connection, "enrolments", [{"number": row.id, **_person(row)} for row in rows])


def _person(row: sa.Row) -> dict[str, str | None]:
    words = [word[:40] for word in leading_words(row.name, len(PARTS))]
    parts = dict(zip(PARTS, words, strict=False))
    return {
        "new_search_text": search_text(row.name, row.email or "")[:460],
        "new_sort_text": sort_key(row.name)[:120],
        **{f"new_{part}": parts.get(part) for part in PARTS},
    }


def _write_organisations(connection: sa.Connection) -> None:
    organisations = sa.table(
        "organisations",
        *(sa.column(name) for name in ("id", "name", "cvr")),
        sa.column("activity", sa.JSON()),
    )
    rows = connection.execute(sa.select(organisations)).all()
    _write(
        connection,
        "organisations",
        [
            {
                "number": row.id,
                "new_search_text": search_text(
                    row.name, row.cvr or "", *(row.activity or {}).values()
                ),
                "new_sort_text": sort_key(row.name)[:240],
            }
            for row in rows
        ],
    )


def _write(connection: sa.Connection, table: str, rows: list[dict[str, str | None]]) -> None:
    if not rows:
        return
    names = [name.removeprefix("new_") for name in rows[0] if name != "number"]
    target = sa.table(table, *map(sa.column, ("id", *names)))
    statement = (
        sa.update(target)
        .where(target.c.id == sa.bindparam("number"))
        .values({name: sa.bindparam(f"new_{name}") for name in names})
    )
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(statement, rows[start : start + AT_ONCE])


def _sorting(length: int) -> sa.Column[str]:
    return sa.Column("sort_text", _bytewise(length), server_default="", nullable=False)


def _bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
