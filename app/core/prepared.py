"""Statements compiled once and run on the driver's own cursor, where each tenth of a ms counts."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
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
        if not connection.in_transaction():
            connection.begin()
        return self._run(connection, values)

    def rows_before(self, **values: object) -> Rows:
        """Run it by itself, outside the request's transaction, which has not begun yet."""
        with db.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            if connection.dialect.name != "postgresql":
                return self._run(connection, values)
            driver.autocommit = True
            try:
                return self._run(connection, values)
            finally:
                if not driver.closed:
                    driver.autocommit = False

    def many(self, connection: Connection, several: Sequence[Mapping[str, object]]) -> int:
        """Run it for each in the connection's transaction; how many rows that changed."""
        form = self._forms.get(connection.dialect.name) or self._form(connection.dialect)
        taken = [form.parameters(values) for values in several]
        with self._cursor(connection, form, several, many=True) as cursor:
            cursor.executemany(form.sql, taken)
        return int(cursor.rowcount)

    def _run(self, connection: Connection, values: Mapping[str, object]) -> Rows:
        form = self._forms.get(connection.dialect.name) or self._form(connection.dialect)
        with self._cursor(connection, form, values) as cursor:
            cursor.execute(form.sql, form.parameters(values))
            return [form.read(raw) for raw in cursor.fetchall()] if form.row else []

    @contextmanager
    def _cursor(
        self, connection: Connection, form: _Form, values: object, *, many: bool = False
    ) -> Iterator[Any]:
        cursor = connection.connection.cursor()
        listeners = connection.dispatch.before_cursor_execute
        if listeners:
            listeners(connection, cursor, form.sql, values, None, many)
        wrong = form.dialect.loaded_dbapi.Error
        try:
            yield cursor
        except wrong as error:
            # Without the values: they may tell of a person.
            raise DBAPIError.instance(form.sql, None, error, wrong, dialect=form.dialect) from error

    def _form(self, dialect: Dialect) -> _Form:
        form = _Form(self._write(dialect.name), dialect, self._keys)
        return self._forms.setdefault(dialect.name, form)


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
        self.fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self.going_in = {
            name: convert
            for name, bound in compiled.binds.items()
            if (convert := self._type(bound.type).bind_processor(self.dialect))
        }

        columns = list(getattr(self.statement, "exported_columns", ()))
        # None where nothing comes back.
        self.row: Any = namedtuple("Row", [one.key for one in columns]) if columns else None
        converts = [self._type(one.type).result_processor(self.dialect, None) for one in columns]
        self.coming_out = [(place, one) for place, one in enumerate(converts) if one]

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them."""
        given = {**self.fixed, **values} if self.fixed else dict(values)
        for name, convert in self.going_in.items():
            given[name] = convert(given[name])
        return given if self.places is None else [given[name] for name in self.places]

    def read(self, raw: Any) -> Any:
        """A row as its types read it."""
        if not self.coming_out:
            return self.row._make(raw)
        values = list(raw)
        for place, convert in self.coming_out:
            values[place] = convert(values[place])
        return self.row._make(values)

    def _type(self, kind: TypeEngine[Any]) -> TypeEngine[Any]:
        return kind.dialect_impl(self.dialect)
