"""One transaction per request, per letter, per item of a job: all of it or nothing."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Response, request
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.core.database import db, writing
from app.core.refusals import Unavailable

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ATTEMPTS = 5
# PostgreSQL's serialization_failure and deadlock_detected: the same work may succeed anew.
RETRIED = frozenset({"40001", "40P01"})


class _Overtaken(Exception):
    """Another request wrote the same in the same moment."""


@contextmanager
def unit_of_work() -> Iterator[None]:
    """A writing transaction for the worker and for commands; commits at the end of the block."""
    db.session.rollback()
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def answer_in_one_transaction(view: Callable[[], Response]) -> Response:
    """Call the handler; commit an unsafe method's answer below 400, roll back everything else.

    The transaction ends before the answer leaves. A deadlock is tried again up to five times, and
    so is what clashes at the COMMIT: the handler then sees what was quicker. A COMMIT that fails
    otherwise raises Unavailable (503), for then nobody knows whether it held.
    """
    unsafe = request.method not in SAFE_METHODS
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _answered_once(view, unsafe)
        except _Overtaken:
            pass
        except DBAPIError as error:
            if attempt == ATTEMPTS or not _worth_retrying(error):
                raise
        time.sleep(random.uniform(0, 0.02 * attempt))  # noqa: S311 jitter, not a secret
    raise Unavailable


def is_busy(error: DBAPIError) -> bool:
    """Whether the database was too busy, so that the same request may succeed later."""
    if isinstance(error, OperationalError):
        # SQLite says as much of a mistake in a statement, which no waiting mends.
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code is None or code & 0xFF != sqlite3.SQLITE_ERROR
    return _worth_retrying(error)


def _answered_once(view: Callable[[], Response], unsafe: bool) -> Response:
    with writing(unsafe):
        try:
            response = view()
        except BaseException:
            db.session.rollback()
            raise
        if unsafe and response.status_code < 400:
            _commit()
        elif db.session.registry.has():
            # Where nobody asked for a session there is nothing to end.
            db.session.rollback()
    return response


def _commit() -> None:
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise _Overtaken from error
    except DBAPIError as error:
        db.session.rollback()
        if _worth_retrying(error):
            raise
        raise Unavailable from error


def _worth_retrying(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in RETRIED
