"""How many came through the door is a fact of its own, filled in from the scans of the past."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEY = ["ticket_id", "event_id", "session_id", "epoch"]
# Until now a ticket came in with all its seats, and they can only be told as they are today.
SEATS = """
    (SELECT enrolments.seats FROM tickets JOIN enrolments ON enrolments.id = tickets.enrolment_id
     WHERE tickets.id = {table}.ticket_id)
"""
GROUPS = """
    ticket_id IN (SELECT tickets.id FROM tickets
                  JOIN enrolments ON enrolments.id = tickets.enrolment_id
                  WHERE enrolments.seats > 1)
"""


def upgrade() -> None:
    """Add the columns, and what can be told of the past: all of a group came at once."""
    op.add_column("scans", sa.Column("admits", sa.Integer()))
    _add("scans", "seats")
    _add("double_admissions", "excess")
    for name, default in (("number", "0"), ("admits", "1"), ("seats", "1")):
        _add("admissions", name, default)
    _key_of_admissions([*KEY, "number"])
    _fill("scans", "seats")
    _fill("double_admissions", "excess")
    _fill("admissions", "seats")
    op.execute(f"UPDATE admissions SET admits = seats WHERE {GROUPS}")  # noqa: S608
    op.execute(f"UPDATE admissions SET admits = 0 WHERE {_returned()}")  # noqa: S608


def downgrade() -> None:
    """Drop them; of several entries of one epoch the first stays."""
    op.execute("DELETE FROM admissions WHERE number > 0")
    _key_of_admissions(KEY)
    for table, names in (
        ("admissions", ("seats", "admits", "number")),
        ("double_admissions", ("excess",)),
        ("scans", ("seats", "admits")),
    ):
        for name in names:
            op.drop_column(table, name)


def _add(table: str, name: str, default: str = "1") -> None:
    column = sa.Column(name, sa.Integer(), nullable=False, server_default=default)
    op.add_column(table, column)


def _fill(table: str, name: str) -> None:
    op.execute(f"UPDATE {table} SET {name} = {SEATS.format(table=table)} WHERE {GROUPS}")  # noqa: S608


def _returned() -> str:
    """Whoever came in before on the same list, and on the same day where each begins anew."""
    return """
        EXISTS (SELECT 1 FROM admissions AS earlier
                WHERE earlier.ticket_id = admissions.ticket_id
                  AND earlier.event_id = admissions.event_id
                  AND earlier.session_id = admissions.session_id
                  AND earlier.epoch / 1000 = admissions.epoch / 1000
                  AND earlier.epoch < admissions.epoch)
    """


def _key_of_admissions(columns: list[str]) -> None:
    name = op.f("pk_admissions")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(name, "admissions", type_="primary")
        op.create_primary_key(name, "admissions", columns)
        return
    # SQLite changes no key: the table is made anew, with the same columns.
    before = sa.Table("admissions", sa.MetaData(), autoload_with=op.get_bind())
    told = [column for column in before.columns if column.name not in KEY or column.name in columns]
    same = [sa.Column(one.name, one.type, nullable=one.nullable, server_default=one.server_default)
            for one in told]
    ticket = sa.ForeignKeyConstraint(
        ["ticket_id"], ["tickets.id"], name=op.f("fk_admissions_ticket_id_tickets")
    )
    op.create_table("admissions_anew", *same, ticket, sa.PrimaryKeyConstraint(*columns, name=name))
    names = ", ".join(column.name for column in told)
    op.execute(f"INSERT INTO admissions_anew ({names}) SELECT {names} FROM admissions")  # noqa: S608
    op.drop_table("admissions")
    op.rename_table("admissions_anew", "admissions")
    op.create_index(op.f("ix_admissions_event"), "admissions", ["event_id", "ticket_id"])
    op.create_index(op.f("ix_admissions_at"), "admissions", ["at"])
