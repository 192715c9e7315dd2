"""No wait for PostgreSQL is without a limit."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.core import postgres
from app.core.database import db
from app.core.unit_of_work import is_busy
from deploy.serve import THREADS

pytestmark = pytest.mark.only_on("postgresql")


def test_a_late_answer_ends_the_connection(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        monkeypatch.setattr(postgres, "ANSWER_SECONDS", 0.3)
        with pytest.raises(OperationalError) as late:
            connection.exec_driver_sql("SELECT pg_sleep(20)")
    assert is_busy(late.value)
    assert driver is not None and driver.closed
    monkeypatch.undo()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1


def test_every_connection_bears_its_limits(app: Flask) -> None:
    with db.engine.connect() as connection:
        limits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("lock_timeout", "statement_timeout")
        ]
    assert limits == ["10s", "1min"]


def test_a_process_has_connections_for_two_a_thread() -> None:
    # A try is counted on a second one, beside the request's: were all of them held by threads that
    # want one more, none would go on before the pool's limit.
    assert postgres.engine_options(1)["max_overflow"] >= 2 * THREADS  # type: ignore[operator]
