"""Statements to PostgreSQL in one journey: sent together, answered together.

The driver asks one statement at a time, and a journey to the database and back costs more than
what most statements do there. The protocol's own pipeline takes several, and its named statements
are parsed once in a connection's life. Each statement still sees what was committed when it
began: one that reads behind a lock sees what the lock waited for.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.pq.abc import PGresult

BEGIN, COMMIT, ROLLBACK = b"BEGIN", b"COMMIT", b"ROLLBACK"
# A named statement's plan is kept: one made while a table is known to be empty would go on reading
# all of it when it is not any more. What is planned for its moment may read as it likes.
BY_INDEX = b"SET LOCAL enable_seqscan TO off"
NAME_MISSING = b"26000"
# Under what a connection keeps its wire.
WIRE = "torvet wire"


class Call(NamedTuple):
    """One statement with $1 … $n, its values in order, and what a row becomes.

    A `named` one is parsed and planned once; else it is planned for these values and this moment.
    """

    sql: bytes
    values: Sequence[object]
    row: Callable[[Sequence[Any]], Any]
    named: bool = True


class Sent(NamedTuple):
    """A statement as it goes out: its values as text."""

    sql: bytes
    values: Sequence[Any] | None
    named: bool


_BEGIN, _BY_INDEX, _COMMIT = (Sent(sql, None, named=True) for sql in (BEGIN, BY_INDEX, COMMIT))


class Wire:
    """What we say to PostgreSQL ourselves over a connection of the driver's, kept as long as it."""

    def __init__(self, driver: Connection[Any], psycopg: Any) -> None:
        """`psycopg` is handed over: who uses SQLite alone does not have it."""
        self._driver, self._server = driver, driver.pgconn
        self._transformer = psycopg.adapt.Transformer.from_context(driver)
        self._text = psycopg.adapt.PyFormat.TEXT
        self._error_of = psycopg.errors.error_from_result
        self._idle = psycopg.pq.TransactionStatus.IDLE
        self._failed = psycopg.pq.TransactionStatus.INERROR
        status = psycopg.pq.ExecStatus
        self._sqlstate = psycopg.pq.DiagnosticField.SQLSTATE
        self._good = frozenset((status.COMMAND_OK, status.TUPLES_OK))
        # The names given to statements; those that the server was told; whether it still knows.
        self._names: dict[bytes, bytes] = {}
        self._known: set[bytes] = set()
        self._sure = True

    def doubt(self) -> None:
        """The driver may have the server forget all names, ours among them, as at a rollback."""
        self._sure = False

    def ask(self, calls: Sequence[Call], *, begin: bool) -> list[list[Any]]:
        """The rows of each statement; raises the driver's error of the first that failed.

        They belong to the transaction under way; where there is none, one begins and stays open
        with `begin`, and without it they are one of their own.
        """
        answers = self._good_answers([self._sent(one) for one in calls], begin=begin)
        told = zip(answers[-len(calls) :], calls, strict=True)
        return [self._rows(answer, one.row) for answer, one in told]

    def commit(self, calls: Sequence[Call]) -> None:
        """Run them and end the transaction under way; raises the error of the first that failed.

        Nothing holds then: the server leaves out all that follows an error, the COMMIT too. The
        transaction has ended all the same, as with any COMMIT.
        """
        sent = [*(self._sent(one) for one in calls), _COMMIT]
        try:
            self._good_answers(sent, begin=True)
        finally:
            if self._server.transaction_status == self._failed:
                self._server.exec_(ROLLBACK)

    def _sent(self, call: Call) -> Sent:
        return Sent(call.sql, self._dumped(call.values), call.named)

    def _good_answers(self, sent: Sequence[Sent], *, begin: bool) -> list[PGresult]:
        idle = self._server.transaction_status == self._idle
        if begin and idle:
            kept = all(one.named for one in sent)
            sent = [_BEGIN, _BY_INDEX, *sent] if kept else [_BEGIN, *sent]
        answers = self._asked(sent, idle=idle)
        for answer in answers:
            if answer.status not in self._good:
                raise self._error_of(answer)
        return answers

    def _asked(self, sent: Sequence[Sent], *, idle: bool) -> list[PGresult]:
        """The answers to all, those to new names before them."""
        tells = any(one.sql in self._known for one in sent)
        if not self._sure and not (idle and tells):
            # A name that is missing would cost what the transaction has done, now or later.
            self._forget()
        answers = self._exchanged(sent)
        if idle and any(self._misses_name(one) for one in answers):
            self._forget()
            self._server.exec_(ROLLBACK)
            answers = self._exchanged(sent)
        # The server forgets all names or none.
        self._sure = True
        return answers

    def _forget(self) -> None:
        self._known.clear()

    def _misses_name(self, answer: PGresult) -> bool:
        return answer.error_field(self._sqlstate) == NAME_MISSING

    def _dumped(self, values: Sequence[object]) -> Sequence[Any] | None:
        if not values:
            return None
        dumped: Sequence[Any] = self._transformer.dump_sequence(values, [self._text] * len(values))
        return dumped

    def _rows(self, answer: PGresult, row: Callable[[Sequence[Any]], Any]) -> list[Any]:
        self._transformer.set_pgresult(answer)
        rows: list[Any] = self._transformer.load_rows(0, answer.ntuples, row)
        return rows

    def _exchanged(self, sent: Sequence[Sent]) -> list[PGresult]:
        try:
            return self._communicated(sent)
        except BaseException:
            # Nobody knows which answers are still to come.
            self._driver.close()
            raise

    def _communicated(self, sent: Sequence[Sent]) -> list[PGresult]:
        server = self._server
        server.enter_pipeline_mode()
        new = {one.sql for one in sent if one.named} - self._known
        for sql in new:
            self._name(sql)
        for one in sent:
            if one.named:
                server.send_query_prepared(self._names[one.sql], one.values)
            else:
                server.send_query_params(one.sql, one.values)
        server.pipeline_sync()
        while server.flush():
            self._wait(select.POLLIN | select.POLLOUT)
            server.consume_input()
        naming = [self._answer() for _ in new for _step in range(2)]
        answers = [self._answer() for _ in sent]
        self._next()
        server.exit_pipeline_mode()
        if all(one.status in self._good for one in naming):
            self._known |= new
        return [*naming, *answers]

    def _name(self, sql: bytes) -> None:
        """Send a name for the statement; the server may have it by that name already."""
        name = self._names.setdefault(sql, b"torvet_%d" % len(self._names))
        self._server.send_close_prepared(name)
        self._server.send_prepare(name, sql)

    def _answer(self) -> PGresult:
        """A statement's answer, and the mark after it that it was the last."""
        answer = self._next()
        self._next()
        if answer is None:
            raise ConnectionError("an answer is missing")
        return answer

    def _next(self) -> PGresult | None:
        while self._server.is_busy():
            self._wait(select.POLLIN)
            self._server.consume_input()
        return self._server.get_result()

    def _wait(self, events: int) -> None:
        """Let other threads work until there is something to read, or room to write."""
        poll = select.poll()
        poll.register(self._server.socket, events)
        poll.poll()
