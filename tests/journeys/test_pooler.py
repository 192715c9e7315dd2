"""Behind PgBouncer in transaction mode every scan and enrolment comes right."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import URL, make_url

from app.core.database import db
from app.core.postgres import Postgres
from app.workshops.models import Admission, Enrolment
from tests.checkin import making
from tests.factories import api_token
from tests.running import free_port, serving

CLIENTS = 12
TURNS = 15
POOL = 3
SECONDS = 60
PROGRAM = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
# The verb `make test-pooler` is for 1.21 and later, which can keep the names of statements apart.
NAMING = ("max_prepared_statements = 0", "max_prepared_statements = 200")
SETTINGS = NAMING if os.environ.get("PGBOUNCER") else ("",)
CONFIGURATION = """
[databases]
* = host={host} port={port} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
{more}
"""

pytestmark = [pytest.mark.slow, pytest.mark.only_on("postgresql")]


@contextmanager
def pooler(database: URL, more: str = "") -> Iterator[URL]:
    """The address of a database behind a pooler that holds three connections to it."""
    if PROGRAM is None:
        assert not os.environ.get("TORVET_TEST_SKIPS_NOTHING"), (
            "pgbouncer is missing: .ci/run installs it"
        )
        pytest.skip("no pgbouncer here: apt-get install pgbouncer")
    listen = free_port()
    host = str(database.query.get("host") or database.host)
    settings = {"host": host, "port": database.port or 5432, "listen": listen, "pool": POOL}
    settings |= {"user": database.username, "password": database.password or "none"}
    file = Path("/tmp") / f"torvet-pgbouncer-{listen}.ini"  # noqa: S108 read by another user
    file.write_text(CONFIGURATION.format(**settings, more=more))
    # As root it refuses to run; whoever runs the database may reach its socket.
    user = Path(host).stat().st_uid if os.getuid() == 0 and Path(host).is_dir() else None
    with subprocess.Popen([PROGRAM, "--quiet", str(file)], user=user) as process:
        try:
            address = database.set(host="127.0.0.1", port=listen, query={})
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
    file.unlink()


def wait_for(address: URL, process: subprocess.Popen[bytes]) -> None:
    """Return once it takes connections."""
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(plain, connect_timeout=5).close()
        except psycopg.OperationalError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def address_of(app: Flask) -> URL:
    """The database of the application under test."""
    return make_url(app.config["SQLALCHEMY_DATABASE_URI"])


@pytest.mark.parametrize("more", [*SETTINGS, "server_round_robin = 1"])
def test_a_pooler_is_recognised(app: Flask, more: str) -> None:
    with pooler(address_of(app), more) as address:
        assert is_pooled(address)


def test_the_database_itself_is_not_taken_for_one(app: Flask) -> None:
    assert not is_pooled(address_of(app))


def is_pooled(address: URL) -> bool:
    """What an engine says of its database once it is connected."""
    engine = create_engine(address.set(drivername="postgresql+psycopg"))
    guard = Postgres(engine)
    with engine.connect() as connection:
        limit = connection.exec_driver_sql("SHOW lock_timeout").scalar_one()
        assert limit == "10s"
    engine.dispose()
    return guard.pooled


@pytest.mark.parametrize("more", SETTINGS)
def test_every_scan_and_enrolment_comes_right(app: Flask, more: str) -> None:
    names = tuple(f"Guest{number} Hansen" for number in range(CLIENTS * TURNS))
    made = making.workshop(names=names, capacity=10_000)
    tokens = made.tokens["A"], api_token("enrol")
    answers: Counter[object] = Counter()
    with pooler(address_of(app), more) as database:
        url = database.render_as_string(hide_password=False)
        with serving(app, TORVET_DATABASE_URL=url) as server:
            clients = [
                threading.Thread(target=work, args=(server.address, number, made, tokens, answers))
                for number in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
    right = CLIENTS * TURNS
    assert answers == {("scan", 200, True): right, ("enrolment", 201, True): right}
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Admission)) == right
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 2 * right


def work(
    address: str, number: int, made: making.Made, tokens: tuple[str, str], answers: Counter[object]
) -> None:
    """One client: its own tickets, and its own people, in turn."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=SECONDS)
    with closing(connection):
        for turn in range(TURNS):
            place = number * TURNS + turn
            scan = making.scan(f"scan-{place}", made.codes[place])
            status, body = asked(connection, "checkin/scans", tokens[0], {"scans": [scan]})
            (answer,) = body.get("results", [{}])
            name = f"Guest{place} Hansen"
            right = (answer.get("verdict"), answer.get("name")) == ("admitted", name)
            answers["scan", status, right] += 1
            person = {"name": f"Person {place}", "mail": f"person{place}@pool.example"}
            path = f"events/{made.event.slug}/enrolments"
            status, body = asked(connection, path, tokens[1], person)
            answers["enrolment", status, body.get("state") == "confirmed"] += 1


def asked(
    connection: http.client.HTTPConnection, path: str, token: str, body: object
) -> tuple[int, dict[str, Any]]:
    """The status and the body of an answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
    answer = connection.getresponse()
    found: dict[str, Any] = json.loads(answer.read())
    return answer.status, found
