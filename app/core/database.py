"""The database: one metadata, one session, and settings that are read back before use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    event,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from app.core import postgres
from app.core.write_queue import WriteQueue

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# What SQLite must say of itself on every connection, and how it is told (5-trust).
SQLITE_SETTINGS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("10000", 10000),
    "trusted_schema": ("OFF", 0),
    "secure_delete": ("ON", 1),
}
# What makes it quicker: a batch of a thousand scans touches more pages than the two megabytes that
# a connection keeps by itself, and they need not be put in their places after each such batch.
SQLITE_PACE: dict[str, int] = {"cache_size": -16_000, "wal_autocheckpoint": 4_000}

# How a connection remembers that it stands in the line of writers.
IN_QUEUE = "in write queue"

Id = BigInteger().with_variant(Integer, "sqlite")
Json = JSON(none_as_null=True)
Texts = Json


def bytewise(length: int) -> String:
    """Text compared byte by byte on both databases, whatever the server's own collation."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def enum_column(kind: type[StrEnum], length: int) -> Enum:
    """The type of a column that holds one of these: text in the database, the member in Python."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

# Whether transactions begun now will write: SQLite then takes its one write lock at once.
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class DatabaseRefused(Exception):
    """The database does not say of itself what it must."""


@contextmanager
def writing(will_write: bool = True) -> Iterator[None]:
    """Transactions begun within the block are for writing (SQLite: BEGIN IMMEDIATE)."""
    token = _writing.set(will_write)
    try:
        yield
    finally:
        _writing.reset(token)


def connect_database(app: Flask) -> None:
    """Bind the session to the application's database and guard its connections."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        queue = WriteQueue(Path(str(engine.url.database)))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, queue))
        event.listen(engine, "checkin", partial(_leave_queue, queue))
    else:
        postgres.Postgres(engine)


def insert_once(model: type[Base], **values: Any) -> bool:
    """INSERT … ON CONFLICT DO NOTHING; False where a unique index already holds such a row."""
    if db.session.autoflush:
        db.session.flush()
    # The row count of such a statement is not told by every driver; the returned row is.
    statement = _insertion(model, db.engine.dialect.name)
    return db.session.connection().execute(statement, values).first() is not None


def _insertion(model: type[Base], dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        insert(cast(Table, model.__table__)).on_conflict_do_nothing().returning(literal_column("1"))
    )


def insert_many_once(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """insert_once for many rows of the same shape."""
    if not rows:
        return
    dialect = db.engine.dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    db.session.execute(insert(model).on_conflict_do_nothing(), list(rows))


def verify_settings() -> None:
    """Raise DatabaseRefused unless the database has the settings that durability rests on."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            version = connection.dialect.server_version_info or (0,)
            if version < (15,):
                raise DatabaseRefused("Torvet needs PostgreSQL 15 or newer.")


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions of its own: it would begin them deferred.
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
    cursor = connection.cursor()
    for name, (setting, _expected) in SQLITE_SETTINGS.items():
        cursor.execute(f"PRAGMA {name} = {setting}")
    for name, size in SQLITE_PACE.items():
        cursor.execute(f"PRAGMA {name} = {size}")
    for name, (_told, expected) in SQLITE_SETTINGS.items():
        cursor.execute(f"PRAGMA {name}")
        read = cursor.fetchone()
        if read is None or read[0] != expected:
            raise DatabaseRefused(f"SQLite reads {name} back as {read}, expected {expected}.")
    cursor.close()


def _begin_sqlite(queue: WriteQueue, connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    queue.enter()
    connection.connection.record_info[IN_QUEUE] = True  # type: ignore[index]
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _leave_queue(
    queue: WriteQueue, _connection: DBAPIConnection | None, entry: ConnectionPoolEntry
) -> None:
    # A connection comes back to the pool once its transaction has ended, however it ended.
    if entry.record_info is not None and entry.record_info.pop(IN_QUEUE, False):
        queue.leave()


def engine_options(url: str, pool_size: int) -> dict[str, object]:
    """How many connections are kept, and how long one waits for one of them."""
    if url.startswith("sqlite"):
        return {"pool_size": pool_size, "max_overflow": 64}
    return postgres.engine_options(pool_size)
