"""Statements run on the driver itself: in order, in a transaction, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from psycopg import OperationalError
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from app.core.database import db
from app.core.prepared import IDLE, Prepared, together

pytestmark = pytest.mark.only_on("postgresql")
NUMBERS = Table(
    "numbers",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("word", String(2_000_000)),
)
FIND = Prepared(lambda _dialect: select(NUMBERS.c.word).where(NUMBERS.c.id == bindparam("id")))
ADD = Prepared(lambda _dialect: insert(NUMBERS).values(id=bindparam("id"), word=bindparam("word")))
LOCK = Prepared(
    lambda _dialect: select(NUMBERS.c.id).where(NUMBERS.c.id == bindparam("id")).with_for_update()
)
WORDS = Prepared(lambda _dialect: select(NUMBERS.c.word).order_by(NUMBERS.c.id))
# Longer than a driver needs to give a statement a name.
OFTEN = 8


@pytest.fixture
def made(app: Flask) -> Iterator[None]:
    """A table of our own."""
    with db.engine.begin() as connection:
        NUMBERS.create(connection)
    yield
    db.session.remove()
    with db.engine.begin() as connection:
        NUMBERS.drop(connection)


@pytest.mark.usefixtures("made")
def test_several_run_in_their_order_in_one_transaction(app: Flask) -> None:
    for turn in range(OFTEN):
        connection = db.session.connection()
        adding = [ADD.asked(id=number, word=f"{turn}") for number in (1, 2)]
        assert together(connection, *adding, WORDS.asked()) == [[], [], [(f"{turn}",)] * 2]
        with db.engine.connect() as other:
            assert WORDS.rows(other) == []
        db.session.rollback()
    assert WORDS.rows(db.session.connection()) == []


@pytest.mark.usefixtures("made")
def test_where_one_of_several_fails_none_holds(app: Flask) -> None:
    for _turn in range(OFTEN):
        connection = db.session.connection()
        adding = [ADD.asked(id=number, word="et ord") for number in (1, 1, 2)]
        with pytest.raises(IntegrityError):
            together(connection, *adding)
        db.session.rollback()
        assert WORDS.rows(db.session.connection()) == []
        db.session.rollback()


@pytest.mark.usefixtures("made")
def test_what_is_asked_before_the_transaction_begins_none(app: Flask) -> None:
    for _turn in range(OFTEN):
        assert FIND.rows_before(id=1) == []
        driver = db.session.connection().connection.driver_connection
        assert driver is not None
        assert (driver.pgconn.transaction_status, driver.autocommit) == (IDLE, False)


@pytest.mark.usefixtures("made")
def test_within_a_transaction_it_belongs_to_it(app: Flask) -> None:
    ADD.rows(db.session.connection(), id=1, word="et ord")
    assert FIND.rows_before(id=1) == [("et ord",)]
    db.session.rollback()
    assert FIND.rows_before(id=1) == []


def test_a_connection_on_which_that_failed_begins_transactions_again(app: Flask) -> None:
    with pytest.raises(ProgrammingError):
        FIND.rows_before(id=1)
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    assert not driver.autocommit


@pytest.mark.usefixtures("made")
def test_more_than_the_sockets_hold_goes_out_and_comes_back(app: Flask) -> None:
    word = "ø" * 900_000
    adding = [ADD.asked(id=number, word=word) for number in range(4)]
    assert together(db.session.connection(), *adding, WORDS.asked())[-1] == [(word,)] * 4


def test_a_rollback_of_the_session_is_heard(app: Flask, made: None) -> None:
    connection = db.session.connection()
    FIND.rows(connection, id=1)
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("SELECT 1", prepare=True)
    nested = db.session.begin_nested()
    nested.rollback()
    assert FIND.rows(connection, id=1) == []
    db.session.rollback()
    assert FIND.rows(db.session.connection(), id=1) == []


def test_who_waits_for_a_lock_sees_what_was_done_behind_it(app: Flask, made: None) -> None:
    with db.engine.begin() as first:
        ADD.rows(first, id=1, word="før")
    seen: list[list[object]] = []

    def wait() -> None:
        with app.app_context(), db.engine.begin() as second:
            seen.extend(together(second, LOCK.asked(id=1), FIND.asked(id=2)))

    with db.engine.begin() as holder:
        LOCK.rows(holder, id=1)
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        ADD.rows(holder, id=2, word="imens")
    waiting.join(5)
    assert seen == [[(1,)], [("imens",)]]


def test_a_broken_connection_is_told_and_not_used_again(app: Flask, made: None) -> None:
    connection = db.session.connection()
    FIND.rows(connection, id=1)
    driver = connection.connection.driver_connection
    assert driver is not None
    with db.engine.begin() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({driver.info.backend_pid})")
    with pytest.raises(DBAPIError) as wrong:
        FIND.rows(connection, id=1)
    assert isinstance(wrong.value.orig, OperationalError)
    assert driver.closed
    db.session.remove()
    assert FIND.rows(db.session.connection(), id=1) == []


def test_names_forgotten_by_whoever_had_the_connection_before_are_given_anew(
    app: Flask, made: None
) -> None:
    db.session.remove()
    db.engine.dispose()
    with db.engine.begin() as first:
        FIND.rows(first, id=1)
        driver = first.connection.driver_connection
    with db.engine.begin() as other:
        assert other.connection.driver_connection is driver and driver is not None
        driver.execute("SELECT 1", prepare=True)
        other.exec_driver_sql("CREATE TABLE brief (id integer)")
        other.exec_driver_sql("DROP TABLE brief")
        known = other.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar()
        assert known == 0
    with db.engine.begin() as third:
        third.exec_driver_sql("SELECT 1")
        assert FIND.rows(third, id=1) == []


def test_what_a_connection_comes_back_with_is_undone(app: Flask, made: None) -> None:
    db.engine.dispose()
    raw = db.engine.raw_connection()
    raw.cursor().execute("INSERT INTO numbers VALUES (1, 'halvt')")
    driver = raw.driver_connection
    raw.close()
    with db.engine.begin() as other:
        assert other.connection.driver_connection is driver
        assert FIND.rows(other, id=1) == []
