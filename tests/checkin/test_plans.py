"""How PostgreSQL finds what one scan needs: by index from the first ticket of an event on.

A plan is made when the tables are still empty and kept while they fill: one that reads a whole
table then costs more with every scan.
"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.checkin.queries.devices import _BY_TOKEN
from app.checkin.queries.scans import _OF_MANY, _OF_ONE, scans_to_read
from app.checkin.queries.tickets import _LOCKED_ONE, ticket_to_lock
from app.core.database import db
from app.core.prepared import Asked, Prepared, together

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.only_on("postgresql")]


def kept_plan(statement: Prepared) -> str:
    """The plan made for any values, as a named statement keeps it."""
    connection = db.session.connection()
    form = statement.form(connection.dialect)
    nothing = ", ".join("NULL" for _ in form.names)
    for step in (
        # As empty as on the first day, whatever the tests before have left: until the rollback.
        "TRUNCATE devices, door_rules, sessions, tickets, enrolments, people, scans CASCADE",
        "SET LOCAL plan_cache_mode = force_generic_plan",
        f"PREPARE looked AS {form.sql}",
    ):
        connection.exec_driver_sql(step)
    plan = connection.execute(text(f"EXPLAIN EXECUTE looked ({nothing})")).scalars().all()
    connection.exec_driver_sql("DEALLOCATE looked")
    db.session.rollback()
    return "\n".join(plan)


@pytest.mark.parametrize("statement", [_BY_TOKEN, _LOCKED_ONE, _OF_ONE])
def test_one_scan_reads_no_table_whole(statement: Prepared) -> None:
    assert "Seq Scan" not in kept_plan(statement)
    assert not statement.grows


@pytest.mark.parametrize("asked", [ticket_to_lock(1), scans_to_read(1, "s1")])
def test_a_table_known_to_be_empty_is_not_read_whole_for_ever(asked: Asked) -> None:
    """As after a night's VACUUM ANALYZE before the first guest."""
    db.session.remove()
    # A connection on which the driver has named nothing: else it would forget ours with its own.
    db.engine.dispose()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as night:
        night.exec_driver_sql("VACUUM ANALYZE scans, tickets, enrolments, people")
    with db.engine.connect() as connection:
        # From the sixth time on the plan is kept.
        for _ in range(8):
            together(connection, asked)
            connection.commit()
        form = asked.statement.form(connection.dialect)
        name, kept = connection.execute(
            text("SELECT name, generic_plans FROM pg_prepared_statements WHERE statement = :sql"),
            {"sql": form.sql},
        ).one()
        nothing = ", ".join("NULL" for _ in form.names)
        plan = connection.exec_driver_sql(f"EXPLAIN EXECUTE {name}({nothing})").scalars().all()
    assert kept >= 1
    assert "Seq Scan" not in "\n".join(plan)


def test_a_batch_is_planned_for_its_moment() -> None:
    assert _OF_MANY.grows
