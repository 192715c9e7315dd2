"""Statements compiled once and run on the driver itself, where each tenth of a ms counts."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import Connection, Dialect, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from app.core.database import db
from app.core.wire import WIRE, Call, Wire

POSTGRESQL = "postgresql"
# Under what a connection keeps the statements that go with its COMMIT.
AT_COMMIT = "torvet at commit"
# What psycopg says of a connection without a transaction (pq.TransactionStatus).
IDLE = 0

Convert = Callable[[Any], Any] | None
Rows = list[Any]


class Prepared:
    """A statement without lists, for both databases; its rows are named tuples.

    SQLAlchemy writes it, its types convert what goes in and comes out, and its events and errors
    are those of any other statement. Saved is the work of building the statement at each call,
    which costs more than the database's own part; PostgreSQL parses it once in a connection.
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
        if db.engine.dialect.name == POSTGRESQL:
            # On the connection that the request will have; it begins nothing there.
            return _journey(db.session.connection(), [Asked(self, values)], begin=False)[0]
        with db.engine.connect() as connection:
            return _run(connection, Asked(self, values))

    def many(self, connection: Connection, several: Sequence[Mapping[str, object]]) -> int:
        """SQLite: run it for each in the connection's transaction; how many rows that changed."""
        form = self.form(connection.dialect)
        taken = [form.parameters(values) for values in several]
        _tell(connection, form, several, many=True)
        try:
            cursor = connection.connection.cursor()
            cursor.executemany(form.sql, taken)
        except _wrong(connection) as error:
            raise _error(connection, Asked(self, {}), error) from error
        return int(cursor.rowcount)

    def form(self, dialect: Dialect) -> _Form:
        """The statement as this database takes it; made when the application was."""
        return self._forms[dialect.name]

    def make_form(self, dialect: Dialect) -> _Form:
        """Write it for this database: in one thread, before the others come."""
        made = self._forms[dialect.name] = _Form(self._write(dialect.name), dialect, self._keys)
        return made


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

    To PostgreSQL they go in one journey; each sees what was committed when it began.
    """
    if not connection.in_transaction():
        connection.begin()
    if connection.dialect.name == POSTGRESQL:
        return _journey(connection, asked, begin=True)
    return [_run(connection, one) for one in asked]


def at_commit(connection: Connection, asked: Asked) -> None:
    """Run it at the end of the connection's transaction: PostgreSQL takes it with the COMMIT.

    Nothing else in the transaction sees it, and where it fails, so does the COMMIT.
    """
    if connection.dialect.name != POSTGRESQL or connection.in_nested_transaction():
        together(connection, asked)
    else:
        connection.info.setdefault(AT_COMMIT, []).append(asked)


def follow_transactions(app: Flask) -> None:
    """Hear when they end, on PostgreSQL: what waits for that, and what a wire still knows then."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == POSTGRESQL:
        event.listen(engine, "commit", _committing)
        event.listen(engine, "rollback", _rolling_back)
        event.listen(engine, "rollback_savepoint", _doubt_names)
        event.listen(engine, "reset", _changing_hands)


def _committing(connection: Connection) -> None:
    waiting: list[Asked] | None = connection.info.pop(AT_COMMIT, None)
    if waiting:
        calls = _calls(connection, waiting)
        try:
            _wire(connection).commit(calls)
        except _wrong(connection) as error:
            raise _error(connection, waiting[0], error) from error


def _rolling_back(connection: Connection) -> None:
    if not connection.invalidated:
        connection.info.pop(AT_COMMIT, None)
        _doubt_names(connection)


def _doubt_names(connection: Connection, *_savepoint: object) -> None:
    _doubt(None if connection.invalidated else connection.info.get(WIRE))


def _changing_hands(connection: Any, entry: ConnectionPoolEntry, _state: Any) -> None:
    if connection.pgconn.transaction_status != IDLE:
        connection.rollback()
    entry.info.pop(AT_COMMIT, None)
    # Who had the connection may have done what makes the driver forget names: dropped a table.
    _doubt(entry.info.get(WIRE))


def _doubt(wire: Wire | None) -> None:
    if wire is not None:
        wire.doubt()


def _run(connection: Connection, asked: Asked) -> Rows:
    form = asked.statement.form(connection.dialect)
    _tell(connection, form, asked.values)
    try:
        cursor = connection.connection.cursor()
        cursor.execute(form.sql, form.parameters(asked.values))
        return [form.read(raw) for raw in cursor.fetchall()] if form.row else []
    except _wrong(connection) as error:
        raise _error(connection, asked, error) from error


def _journey(connection: Connection, asked: Sequence[Asked], *, begin: bool) -> list[Rows]:
    calls = _calls(connection, asked)
    try:
        return _wire(connection).ask(calls, begin=begin)
    except _wrong(connection) as error:
        raise _error(connection, asked[0], error) from error


def _calls(connection: Connection, asked: Sequence[Asked]) -> list[Call]:
    calls = []
    for statement, values in asked:
        form = statement.form(connection.dialect)
        _tell(connection, form, values)
        calls.append(Call(form.sent, form.parameters(values), form.read, not statement.grows))
    return calls


def _wire(connection: Connection) -> Wire:
    proxied = connection.connection
    wire: Wire | None = proxied.info.get(WIRE)
    if wire is None:
        driver: Any = proxied.driver_connection
        wire = proxied.info[WIRE] = Wire(driver, connection.dialect.loaded_dbapi)
    return wire


def _tell(connection: Connection, form: _Form, values: object, *, many: bool = False) -> None:
    """Tell whoever follows the statements."""
    listeners = connection.dispatch.before_cursor_execute
    if listeners:
        listeners(connection, None, form.sql, values, None, many)


def _wrong(connection: Connection) -> Any:
    """The driver's errors."""
    return connection.dialect.loaded_dbapi.Error


def _error(connection: Connection, asked: Asked, error: Any) -> Exception:
    """SQLAlchemy's error for the driver's, without the values: they may tell of a person."""
    dialect = connection.dialect
    form = asked.statement.form(dialect)
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

    def __post_init__(self) -> None:
        compiled = self.statement.compile(dialect=_writer(self.dialect), column_keys=self.keys)
        self.sql = str(compiled)
        # As it goes over the wire, once: it is also what the wire knows it by.
        self.sent = self.sql.encode()
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
    """PostgreSQL itself numbers the values, its driver names them."""
    kind: Any = type(dialect)
    numbering: Dialect = (
        kind(paramstyle="numeric_dollar") if dialect.name == POSTGRESQL else dialect
    )
    return numbering
