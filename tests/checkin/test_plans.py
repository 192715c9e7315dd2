"""How PostgreSQL finds what one scan needs: by index, whatever else is in the tables.

Plans are asked of tables with rows and with statistics of them. Of a nearly empty table reading
all of it is the best plan, or is not: that depends on when the tables were last looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, String, Table, cast, func, insert, null, select, text, true

from app.checkin.models import Scan
from app.checkin.queries.scans import _OF_MANY, _OF_ONE, scans_to_read
from app.checkin.queries.tickets import _LOCKED_ONE, ticket_to_lock
from app.core import clock
from app.core.database import db, insert_once
from app.core.prepared import Asked, Prepared, together
from app.devices.models import Device, DoorRule
from app.devices.queries.devices import _BY_TOKEN
from app.events.models import Event, Session
from app.people.models import Person
from app.tickets.models import Ticket
from app.workshops.models import Enrolment
from tests.checkin import making

pytestmark = [
    pytest.mark.internal,
    pytest.mark.usefixtures("app"),
    pytest.mark.only_on("postgresql"),
]

ROWS = 2_000
FIRST = 1_000_000


@pytest.fixture
def filled(app: Flask) -> Iterator[Connection]:
    """A transaction that sees thousands of doors, each with its device, guest, ticket and scan."""
    first_guest()
    with db.engine.connect() as connection:
        fill(connection)
        yield connection
        connection.rollback()


def first_guest() -> None:
    """One row in each table that a scan looks at."""
    now = clock.now()
    course = ((now, now + timedelta(hours=2)),)
    made = making.workshop(names=("Amina Yusuf",), gates=("A",), sessions=course)
    making.deliver(made, "A", making.scan("s", made.codes[0]))
    insert_once(DoorRule, event_id=made.event.id, gate="A", entries="once", reentry=True)
    db.session.commit()


def fill(connection: Connection) -> None:
    """Copy the one row of each table, each copy for an event of its own."""
    numbers = select((func.generate_series(1, ROWS) + FIRST).label("number")).subquery()
    number = numbers.c.number
    digits = cast(number, String)
    copied: dict[Any, dict[str, Any]] = {
        Event: {"id": number, "slug": digits},
        Session: {"id": number},
        Device: {"id": number, "token_hash": cast(digits, Device.token_hash.type)},
        DoorRule: {"id": number, "session_id": null()},
        Person: {"id": number, "email": digits.concat("@mail.example")},
        Enrolment: {"id": number, "person_id": number, "link_hash": null()},
        Ticket: {"id": number, "enrolment_id": number, "code": digits, "short_code": digits},
        Scan: {"id": digits, "ticket_id": number},
    }
    for model, changed in copied.items():
        table: Table = model.__table__
        row = select(table).limit(1).subquery()
        values = {column.name: column for column in row.columns}
        if "event_id" in values:
            changed["event_id"] = number
        copies = select(*(values | changed).values()).join_from(row, numbers, true())
        connection.execute(insert(table).from_select(list(values), copies))
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def kept_plan(connection: Connection, statement: Prepared) -> str:
    """The plan made for any values, as a named statement keeps it."""
    form = statement.form(connection.dialect)
    nothing = ", ".join("NULL" for _ in form.names)
    numbered = form.sql % tuple(f"${place}" for place, _ in enumerate(form.names, start=1))
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    connection.exec_driver_sql(f"PREPARE looked AS {numbered}")
    plan = connection.execute(text(f"EXPLAIN EXECUTE looked ({nothing})")).scalars().all()
    connection.exec_driver_sql("DEALLOCATE looked")
    return "\n".join(plan)


@pytest.mark.parametrize("statement", [_BY_TOKEN, _LOCKED_ONE, _OF_ONE])
def test_one_scan_reads_no_table_whole(filled: Connection, statement: Prepared) -> None:
    plan = kept_plan(filled, statement)
    assert "Index" in plan
    assert "Seq Scan" not in plan
    assert not statement.grows


@pytest.mark.parametrize("asked", [ticket_to_lock(1), scans_to_read(1, "s1")])
def test_a_table_known_to_be_empty_is_not_read_whole_for_ever(app: Flask, asked: Asked) -> None:
    """As after a night's VACUUM ANALYZE before the first guest: the first ANALYZE after him, which
    PostgreSQL does by itself within a minute, ends the plan that was kept."""
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as night:
        night.exec_driver_sql("VACUUM ANALYZE scans, tickets, enrolments, people")
    with db.engine.connect() as connection:
        # From the sixth time on the driver names it, and after five more the plan is kept.
        for _ in range(12):
            together(connection, asked)
            connection.commit()
        first_guest()
        fill(connection)
        names = "SELECT name FROM pg_prepared_statements WHERE generic_plans > 0"
        (name,) = connection.execute(text(names)).scalars()
        connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        nothing = ", ".join("NULL" for _ in asked.statement.form(connection.dialect).names)
        plan = connection.exec_driver_sql(f"EXPLAIN EXECUTE {name}({nothing})").scalars().all()
        connection.rollback()
    assert "Index" in "\n".join(plan)
    assert "Seq Scan" not in "\n".join(plan)


def test_a_batch_is_planned_for_its_moment() -> None:
    assert _OF_MANY.grows
