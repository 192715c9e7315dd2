"""What we ask of PostgreSQL on every connection: that no wait is without a limit, and that nothing
rests on the connection being the same one behind a pooler that hands it out by transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS = 10
# For a connection of ours to become free.
POOL_SECONDS = 30
# As long as a writer waits in SQLite's line.
LOCK_SECONDS = 10
STATEMENT_SECONDS = 60
# The server ends a statement before that: if it does not, it hangs, or what stands before it does.
ANSWER_SECONDS = 90
LIMITS = f"statement_timeout = '{STATEMENT_SECONDS}s'", f"lock_timeout = '{LOCK_SECONDS}s'"
FOR_CONNECTION = "; ".join(f"SET {limit}" for limit in LIMITS)
FOR_TRANSACTION = "; ".join(f"SET LOCAL {limit}" for limit in LIMITS)
# How often two connections are compared.
LOOKS = 4
# What psycopg says of a connection whose statement is still under way (pq.TransactionStatus).
ACTIVE = 1


class Postgres:
    """The connections of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Whether each transaction may meet another server connection; known once connected.
        self.pooled = False
        self._kind = _patient(engine.dialect)
        event.listen(engine, "do_connect", self._connect)
        event.listen(engine, "first_connect", self._look)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", self._begin)

    def _connect(
        self, _dialect: Dialect, _entry: ConnectionPoolEntry, cargs: Any, cparams: Any
    ) -> DBAPIConnection:
        connected: DBAPIConnection = self._kind.connect(*cargs, **cparams)
        return connected

    def _look(self, connection: Any, _entry: ConnectionPoolEntry) -> None:
        cargs, cparams = self._engine.dialect.create_connect_args(self._engine.url)
        with self._kind.connect(*cargs, **cparams, connect_timeout=CONNECT_SECONDS) as second:
            self.pooled = changes_hands(connection, second)

    def _prepare(self, connection: Any, _entry: ConnectionPoolEntry) -> None:
        if self.pooled:
            # A statement that is named on one server connection is unknown on the next, or
            # somebody else's of the same name.
            connection.prepare_threshold = None
            return
        _at_once(connection, FOR_CONNECTION)

    def _begin(self, connection: Connection) -> None:
        if self.pooled and connection.get_isolation_level() != "AUTOCOMMIT":
            connection.exec_driver_sql(FOR_TRANSACTION)


def engine_options(pool_size: int) -> dict[str, object]:
    """How many connections are kept, and how long one waits for one of them."""
    return {
        "pool_size": pool_size,
        "max_overflow": 16,
        "pool_timeout": POOL_SECONDS,
        "connect_args": {"connect_timeout": CONNECT_SECONDS},
    }


def changes_hands(first: Any, second: Any) -> bool:
    """Whether short transactions on one connection meet different servers, or two the same one.

    A pooler at rest hands the server that was free last to whoever comes next: two who take turns
    meet the same one.
    """
    pids = [(_server_of(first), _server_of(second)) for _ in range(LOOKS)]
    of_first, of_second = (set(seen) for seen in zip(*pids, strict=True))
    return len(of_first) > 1 or len(of_second) > 1 or bool(of_first & of_second)


def _server_of(connection: Any) -> int:
    (pid,) = _at_once(connection, "SELECT pg_backend_pid()").fetchone()
    return int(pid)


def _at_once(connection: Any, statement: str) -> Any:
    """Run it as a transaction of its own."""
    connection.autocommit = True
    try:
        return connection.execute(statement, prepare=False)
    finally:
        connection.autocommit = False


def _patient(dialect: Dialect) -> Any:
    """The driver's connection, but not for ever patient: it closes when an answer is late.

    Made of the driver at hand, for who uses SQLite alone has none.
    """
    driver: Any = dialect.loaded_dbapi

    class Patient(driver.Connection):  # type: ignore[misc]
        def wait(self, steps: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(steps, interval, timeout or ANSWER_SECONDS)
            except driver.OperationalError:
                if self.pgconn.transaction_status == ACTIVE:
                    # The answer may still come: nobody can use this connection any more.
                    self.close()
                raise

    return Patient
