"""Statements in one journey to PostgreSQL: in order, in a transaction, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from flask import Flask
from psycopg import Connection, Error, OperationalError
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.database import db
from app.core.prepared import Prepared, at_commit, together
from app.core.wire import Call, Wire

pytestmark = pytest.mark.only_on("postgresql")
WORDS = Call(b"SELECT word FROM wired ORDER BY id", (), tuple)
NUMBERS = Table(
    "wired", MetaData(), Column("id", Integer, primary_key=True), Column("word", String(2_000_000))
)
FIND = Prepared(lambda _dialect: select(NUMBERS.c.word).where(NUMBERS.c.id == bindparam("id")))
ADD = Prepared(lambda _dialect: insert(NUMBERS).values(id=bindparam("id"), word=bindparam("word")))
LOCK = Prepared(
    lambda _dialect: select(NUMBERS.c.id).where(NUMBERS.c.id == bindparam("id")).with_for_update()
)


def adding(number: int, word: str = "et ord") -> Call:
    """One row more."""
    return Call(b"INSERT INTO wired VALUES ($1, $2) RETURNING id", (number, word), tuple)


@pytest.fixture
def made(app: Flask) -> Iterator[None]:
    """A table of our own."""
    with db.engine.begin() as connection:
        NUMBERS.create(connection)
    yield
    db.session.remove()
    with db.engine.begin() as connection:
        NUMBERS.drop(connection)
    # After a DROP the driver has the server forget all names of that connection.
    db.engine.dispose()


@pytest.fixture
def connect(app: Flask, made: None) -> Iterator[Callable[[], Connection[tuple[object, ...]]]]:
    """Connections of the driver's own."""
    opened: list[Connection[tuple[object, ...]]] = []

    def connected() -> Connection[tuple[object, ...]]:
        address = db.engine.url.set(drivername="postgresql")
        opened.append(Connection.connect(address.render_as_string(hide_password=False)))
        return opened[-1]

    yield connected
    for one in opened:
        one.close()


Connect = Callable[[], Connection[tuple[object, ...]]]


def test_each_statement_is_answered_in_its_place(connect: Connect) -> None:
    wire = Wire(connect(), psycopg)
    assert wire.ask([adding(1), adding(2, "to"), WORDS], begin=True) == [
        [(1,)],
        [(2,)],
        [("et ord",), ("to",)],
    ]


def test_what_began_is_the_drivers_to_end(connect: Connect) -> None:
    first, second = connect(), connect()
    Wire(first, psycopg).ask([adding(1)], begin=True)
    Wire(second, psycopg).ask([adding(2)], begin=True)
    first.rollback()
    second.commit()
    assert Wire(first, psycopg).ask([WORDS], begin=False) == [[("et ord",)]]
    assert first.info.transaction_status.name == "IDLE"


def test_the_first_error_is_raised_and_the_rest_was_not_done(connect: Connect) -> None:
    driver = connect()
    wire = Wire(driver, psycopg)
    wire.ask([adding(1)], begin=True)
    driver.commit()
    with pytest.raises(Error) as wrong:
        wire.ask([adding(2), adding(1), adding(3)], begin=True)
    assert wrong.value.sqlstate == "23505"
    wire.doubt()
    driver.rollback()
    assert wire.ask([WORDS], begin=False) == [[("et ord",)]]


@pytest.mark.parametrize("begin", [True, False])
def test_names_the_driver_had_forgotten_are_given_anew(connect: Connect, begin: bool) -> None:
    driver = connect()
    wire = Wire(driver, psycopg)
    wire.ask([WORDS], begin=False)
    driver.execute("SELECT 1", prepare=True)
    wire.doubt()
    driver.rollback()
    # The control: the server knows none of them any more.
    assert driver.execute("SELECT name FROM pg_prepared_statements").fetchall() == []
    driver.rollback()
    # A statement without a name yet says nothing of the names that there were.
    wire.ask([Call(b"SELECT 1", (), tuple)], begin=False)
    assert wire.ask([WORDS], begin=begin) == [[]]


def test_names_forgotten_in_a_transaction_cost_nothing_of_it(connect: Connect) -> None:
    driver = connect()
    wire = Wire(driver, psycopg)
    wire.ask([adding(1)], begin=False)
    driver.execute("SELECT 1", prepare=True)
    wire.doubt()
    driver.rollback()
    # A statement that is new, and then known, says nothing of those named before it.
    for _ in range(2):
        wire.ask([Call(b"SELECT 1", (), tuple)], begin=False)
    driver.execute("INSERT INTO wired VALUES (2, 'to')")
    assert wire.ask([adding(3)], begin=True) == [[(3,)]]
    driver.commit()
    assert wire.ask([WORDS], begin=False) == [[("et ord",), ("to",), ("et ord",)]]


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


def test_what_goes_with_the_commit_is_done_and_the_transaction_ended(connect: Connect) -> None:
    driver = connect()
    wire = Wire(driver, psycopg)
    wire.ask([adding(1)], begin=True)
    wire.commit([adding(2, "to")])
    assert driver.info.transaction_status.name == "IDLE"
    # Where nothing had begun, it is a transaction all the same.
    with pytest.raises(Error):
        wire.commit([adding(3), adding(1)])
    driver.rollback()
    assert Wire(connect(), psycopg).ask([WORDS], begin=False) == [[("et ord",), ("to",)]]


def test_what_clashes_at_the_commit_ends_the_transaction_as_a_whole(connect: Connect) -> None:
    driver = connect()
    wire = Wire(driver, psycopg)
    wire.ask([adding(1)], begin=False)
    wire.ask([adding(2)], begin=True)
    with pytest.raises(Error) as wrong:
        wire.commit([adding(3), adding(1)])
    assert wrong.value.sqlstate == "23505"
    assert driver.info.transaction_status.name == "IDLE"
    assert wire.ask([WORDS], begin=False) == [[("et ord",)]]


def test_what_waits_for_the_commit_is_seen_after_it_alone(app: Flask, made: None) -> None:
    connection = db.session.connection()
    at_commit(connection, ADD.asked(id=1, word="til sidst"))
    assert FIND.rows(connection, id=1) == []
    db.session.commit()
    assert FIND.rows(db.session.connection(), id=1) == [("til sidst",)]


def test_what_waits_for_a_commit_that_does_not_come_is_forgotten(app: Flask, made: None) -> None:
    at_commit(db.session.connection(), ADD.asked(id=1, word="aldrig"))
    db.session.rollback()
    # The same connection, and a transaction that is none of its business.
    db.session.execute(insert(NUMBERS).values(id=2, word="to"))
    db.session.commit()
    assert db.session.scalars(select(NUMBERS.c.id)).all() == [2]


def test_a_savepoint_given_up_takes_with_it_what_was_to_go_with_the_commit(
    app: Flask, made: None
) -> None:
    nested = db.session.begin_nested()
    at_commit(db.session.connection(), ADD.asked(id=1, word="aldrig"))
    nested.rollback()
    db.session.commit()
    assert db.session.scalars(select(NUMBERS.c.id)).all() == []


def test_after_a_clash_at_the_commit_the_connection_serves_the_next(app: Flask, made: None) -> None:
    with db.engine.begin() as first:
        ADD.rows(first, id=1, word="før")
    at_commit(db.session.connection(), ADD.asked(id=1, word="igen"))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert FIND.rows(db.session.connection(), id=1) == [("før",)]


def test_more_than_the_sockets_hold_goes_out_and_comes_back(connect: Connect) -> None:
    word = "ø" * 900_000
    wire = Wire(connect(), psycopg)
    answers = wire.ask([adding(one, word) for one in range(4)] + [WORDS], begin=True)
    assert answers[-1] == [(word,)] * 4


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
    raw.cursor().execute("INSERT INTO wired VALUES (1, 'halvt')")
    driver = raw.driver_connection
    raw.close()
    with db.engine.begin() as other:
        assert other.connection.driver_connection is driver
        assert FIND.rows(other, id=1) == []
