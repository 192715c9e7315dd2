"""Statements compiled once and run on the driver's own cursor, where each tenth of a ms counts."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeEngine

from app.core.database import db

Convert = Callable[[Any], Any] | None
Rows = list[Any]


class Prepared:
    """A statement without lists, for both databases; its rows are named tuples.

    SQLAlchemy writes it, its types convert what goes in and comes out, and its events and errors
    are those of any other statement. Saved is the work of building the statement at each call,
    which costs more than the database's own part; PostgreSQL prepares it after a few calls.
    """

    def __init__(self, write: Callable[[str], Executable], keys: tuple[str, ...] | None = None):
        """`write` makes the statement for "postgresql" or "sqlite"; `keys`: columns to insert."""
        self._write = write
        self._keys = keys
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, **values: object) -> Rows:
        """Run it in the connection's transaction."""
        (found,) = together(connection, (self, values))
        return found

    def rows_before(self, **values: object) -> Rows:
        """Run it by itself, outside the request's transaction, which has not begun yet."""
        with db.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            if connection.dialect.name != "postgresql":
                return _run(connection, (self, values))[0]
            driver.autocommit = True
            try:
                return _run(connection, (self, values))[0]
            finally:
                if not driver.closed:
                    driver.autocommit = False

    def form(self, dialect: Dialect) -> _Form:
        """The statement as this database takes it, written at the first call."""
        form = self._forms.get(dialect.name)
        if form is None:
            statement = self._write(dialect.name)
            form = self._forms[dialect.name] = _Form(statement, dialect, self._keys)
        return form


Call = tuple[Prepared, Mapping[str, object]]


def together(connection: Connection, *calls: Call) -> list[Rows]:
    """Run statements in order in the connection's transaction; their rows.

    PostgreSQL gets them in one message, so that they cost one wait instead of several. Each still
    sees what was committed when its own turn came.
    """
    if not connection.in_transaction():
        connection.begin()
    return _run(connection, *calls)


def _run(connection: Connection, *calls: Call) -> list[Rows]:
    driver: Any = connection.connection.driver_connection
    in_one = len(calls) > 1 and connection.dialect.name == "postgresql"
    with _errors_of_ours(connection.dialect), driver.pipeline() if in_one else nullcontext():
        begun = [_begun(connection, prepared, values) for prepared, values in calls]
        return [form.rows(cursor) for form, cursor in begun]


def _begun(
    connection: Connection, prepared: Prepared, values: Mapping[str, object]
) -> tuple[_Form, DBAPICursor]:
    form = prepared.form(connection.dialect)
    cursor = connection.connection.cursor()
    listeners = connection.dispatch.before_cursor_execute
    if listeners:
        listeners(connection, cursor, form.sql, values, None, False)
    cursor.execute(form.sql, form.parameters(values))
    return form, cursor


@contextmanager
def _errors_of_ours(dialect: Dialect) -> Iterator[None]:
    """The driver's errors as SQLAlchemy's, without statement and values."""
    driver = dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        raise DBAPIError.instance(None, None, error, driver.Error, dialect=dialect) from error


@dataclass
class _Form:
    """A statement as one database takes it."""

    statement: Any
    dialect: Dialect
    keys: tuple[str, ...] | None

    def __post_init__(self) -> None:
        compiled = self.statement.compile(dialect=self.dialect, column_keys=self.keys)
        self.sql = str(compiled)
        self.places: list[str] | None = compiled.positiontup
        self.fixed: dict[str, Any] = compiled.params
        self.going_in = {
            name: convert
            for name, bound in compiled.binds.items()
            if (convert := self._type(bound.type).bind_processor(self.dialect))
        }

        columns = list(self.statement.exported_columns)
        # None where nothing comes back.
        self.row: Any = namedtuple("Row", [one.key for one in columns]) if columns else None
        self.coming_out: list[Convert] = [
            self._type(one.type).result_processor(self.dialect, None) for one in columns
        ]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them."""
        given = {**self.fixed, **values}
        for name, convert in self.going_in.items():
            given[name] = convert(given[name])
        return given if self.places is None else [given[name] for name in self.places]

    def rows(self, cursor: DBAPICursor) -> Rows:
        """What the statement gave."""
        return [self._read(raw) for raw in cursor.fetchall()] if self.row else []

    def _read(self, raw: Any) -> Any:
        pairs = zip(raw, self.coming_out, strict=True)
        return self.row(*[convert(value) if convert else value for value, convert in pairs])

    def _type(self, kind: TypeEngine[Any]) -> TypeEngine[Any]:
        return kind.dialect_impl(self.dialect)
