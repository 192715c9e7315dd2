"""Statements compiled once and run on the driver itself, where each tenth of a ms counts.

With plain SQLAlchemy three scans are taken where this takes four (bench/results.md).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from app.core.database import db

POSTGRESQL = "postgresql"
# What psycopg says of a connection without a transaction (pq.TransactionStatus).
IDLE = 0

Rows = list[Any]


class Prepared:
    """A statement without lists, for both databases; its rows are named tuples.

    SQLAlchemy writes it, its types convert what goes in and comes out, and its events and errors
    are those of any other statement. Saved is the work that SQLAlchemy does at each call.
    """

    def __init__(
        self,
        write: Callable[[str], Executable],
        keys: tuple[str, ...] | None = None,
        *,
        grows: bool = False,
    ):
        """`write` makes the statement for "postgresql" or "sqlite"; `keys`: columns to insert.

        `grows`: reads much of a table that grows while we look. PostgreSQL then plans it at each
        call: a plan made when the table was empty would go on reading all of it.
        """
        self._write = write
        self._keys = keys
        self.grows = grows
        self._forms: dict[str, _Form] = {}
        STATEMENTS.append(self)

    def asked(self, **values: object) -> Asked:
        """The statement with its values, to be run `together` with others."""
        return Asked(self, values)

    def rows(self, connection: Connection, **values: object) -> Rows:
        """Run it in the connection's transaction."""
        return together(connection, self.asked(**values))[0]

    def rows_before(self, **values: object) -> Rows:
        """Run it by itself, outside the request's transaction, which has not begun yet."""
        asked = self.asked(**values)
        if db.engine.dialect.name == POSTGRESQL:
            # On the connection that the request will have: the driver begins nothing there.
            return _alone(db.session.connection(), asked)
        with db.engine.connect() as connection:
            return _alone(connection, asked)

    def rows_alone(self, **values: object) -> Rows:
        """Run it by itself for a request that mostly asks nothing else: without a session, and on a
        connection that goes back at once."""
        # Whoever is signed in was looked up: their connection is at hand.
        if db.session.registry.has():
            return self.rows_before(**values)
        with db.engine.connect() as connection:
            return _alone(connection, self.asked(**values))

    def many(self, connection: Connection, several: Sequence[Mapping[str, object]]) -> int:
        """SQLite: run it for each in the connection's transaction; how many rows that changed."""
        form = self.form(connection.dialect)
        taken = [form.parameters(values) for values in several]
        _tell(connection, form, several, many=True)
        try:
            cursor = connection.connection.cursor()
            cursor.executemany(form.sql, taken)
        except _wrong(connection) as error:
            raise _error(connection, self, error) from error
        return int(cursor.rowcount)

    def form(self, dialect: Dialect) -> _Form:
        """The statement as this database takes it; made when the application was."""
        return self._forms[dialect.name]

    def make_form(self, dialect: Dialect) -> _Form:
        """Write it for this database: in one thread, before the others come."""
        how = {"prepare": False} if self.grows and dialect.name == POSTGRESQL else {}
        form = _Form(self._write(dialect.name), dialect, self._keys, how)
        self._forms[dialect.name] = form
        return form


STATEMENTS: list[Prepared] = []


def prepare_statements(app: Flask) -> None:
    """Make all statements for the application's database, before the first request."""
    configure_mappers()
    with app.app_context():
        for statement in STATEMENTS:
            statement.make_form(db.engine.dialect)


class Asked(NamedTuple):
    """A statement and its values by name."""

    statement: Prepared
    values: Mapping[str, object]


def together(connection: Connection, *asked: Asked) -> list[Rows]:
    """Run several in the connection's transaction, one after the other; the rows of each.

    Each sees what was committed when it began. The driver's pipeline would send them in one round
    trip, but costs the processor more than the trips do (bench/results.md).
    """
    if not connection.in_transaction():
        connection.begin()
    return [_read(connection, one, _executed(connection, one)) for one in asked]


def _alone(connection: Connection, asked: Asked) -> Rows:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != POSTGRESQL:
        # Begun it would wait for its turn to write.
        return _read(connection, asked, _executed(connection, asked))
    if driver.pgconn.transaction_status != IDLE:
        return together(connection, asked)[0]
    driver.autocommit = True
    try:
        return _read(connection, asked, _executed(connection, asked))
    finally:
        if not driver.closed:
            driver.autocommit = False


def _executed(connection: Connection, asked: Asked) -> Any:
    """The cursor of a statement that was sent."""
    form = asked.statement.form(connection.dialect)
    _tell(connection, form, asked.values)
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(form.sql, form.parameters(asked.values), **form.how)
    except _wrong(connection) as error:
        raise _error(connection, asked.statement, error) from error
    return cursor


def _read(connection: Connection, asked: Asked, cursor: Any) -> Rows:
    form = asked.statement.form(connection.dialect)
    return [form.read(raw) for raw in cursor.fetchall()] if form.row else []


def _tell(connection: Connection, form: _Form, values: object, *, many: bool = False) -> None:
    """Tell whoever follows the statements."""
    listeners = connection.dispatch.before_cursor_execute
    if listeners:
        listeners(connection, None, form.sql, values, None, many)


def _wrong(connection: Connection) -> Any:
    """The driver's errors."""
    return connection.dialect.loaded_dbapi.Error


def _error(connection: Connection, statement: Prepared, error: Any) -> Exception:
    """SQLAlchemy's error for the driver's, without the values: they may tell of a person."""
    dialect = connection.dialect
    form = statement.form(dialect)
    if dialect.is_disconnect(error, connection.connection, None):
        connection.invalidate(error)
    wrong = _wrong(connection)
    told: Exception = DBAPIError.instance(form.sql, None, error, wrong, dialect=dialect)
    return told


@dataclass
class _Form:
    """A statement as one database takes it: its values are told by their places."""

    statement: Any
    dialect: Dialect
    keys: tuple[str, ...] | None
    # How the driver is to run it, besides with its values.
    how: Mapping[str, object]

    def __post_init__(self) -> None:
        compiled = self.statement.compile(dialect=_writer(self.dialect), column_keys=self.keys)
        self.sql = str(compiled)
        self.fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self.names = list(compiled.positiontup)
        self.take = _taking(self.names)
        kinds = [self._type(compiled.binds[name].type) for name in self.names]
        converts = [kind.bind_processor(self.dialect) for kind in kinds]
        self.going_in = [(place, one) for place, one in enumerate(converts) if one]
        columns = list(getattr(self.statement, "exported_columns", ()))
        # None where nothing comes back.
        self.row: Any = namedtuple("Row", [one.key for one in columns]) if columns else None
        converts = [self._type(one.type).result_processor(self.dialect, None) for one in columns]
        self.coming_out = [(place, one) for place, one in enumerate(converts) if one]

    def parameters(self, values: Mapping[str, object]) -> list[Any]:
        """The values as the driver takes them."""
        given = {**self.fixed, **values} if self.fixed else values
        taken = list(self.take(given))
        for place, convert in self.going_in:
            taken[place] = convert(taken[place])
        return taken

    def read(self, raw: Sequence[Any]) -> Any:
        """A row as its types read it."""
        if not self.coming_out:
            return self.row._make(raw)
        values = list(raw)
        for place, convert in self.coming_out:
            values[place] = convert(values[place])
        return self.row._make(values)

    def _type(self, kind: TypeEngine[Any]) -> TypeEngine[Any]:
        return kind.dialect_impl(self.dialect)


def _taking(names: Sequence[str]) -> Callable[[Mapping[str, object]], Iterable[Any]]:
    """What takes these values out of those given, in this order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


def _writer(dialect: Dialect) -> Dialect:
    """Values are told by their places, which PostgreSQL's driver marks with %s."""
    kind: Any = type(dialect)
    by_place: Dialect = kind(paramstyle="format") if dialect.name == POSTGRESQL else dialect
    return by_place
