"""A server killed in the middle of writing has lost nothing it said was done."""

from __future__ import annotations

import itertools
import json
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.outbox import Letter
from app.workshops.models import Enrolment, Workshop
from app.workshops.rules.places import EnrolmentState
from tests.factories import api_token, bearer
from tests.running import Server, serving
from tests.workshops import making

CLIENTS = 6
ACKNOWLEDGED_WHEN_KILLED = 120
# Where SQLite's one writer kept somebody waiting too long; nothing is done then.
BUSY = 503
PLACES = 100_000


class Enroller(threading.Thread):
    """Enrols person after person and keeps what the server acknowledged."""

    def __init__(self, server: Server, token: str, number: int) -> None:
        super().__init__()
        self.server, self.token, self.number = server, token, number
        self.acknowledged: dict[str, str] = {}
        self.unknown: dict[str, str] = {}

    def run(self) -> None:
        with closing(connected(self.server)) as connection, suppress(OSError, HTTPException):
            for turn in itertools.count():
                key, mail = f"{self.number}-{turn}", f"{self.number}-{turn}@crash.example"
                self.unknown = {key: mail}
                status, body = enrol(connection, self.token, key, mail)
                while status == BUSY:
                    status, body = enrol(connection, self.token, key, mail)
                assert status == 201, body
                self.acknowledged[key] = body["id"]
                self.unknown = {}


def connected(server: Server) -> HTTPConnection:
    """A connection of one's own to the server."""
    return HTTPConnection(urlsplit(server.address).netloc, timeout=60)


def enrol(
    connection: HTTPConnection, token: str, key: str, mail: str
) -> tuple[int, dict[str, str]]:
    """One call of the machine interface."""
    headers = {**bearer(token), "Content-Type": "application/json", "Idempotency-Key": key}
    body = json.dumps({"name": f"Person {key}", "mail": mail})
    connection.request("POST", f"/api/v1/events/{making.SLUG}/enrolments", body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


@pytest.mark.slow
def test_a_killed_server_has_lost_nothing_it_acknowledged(app: Flask) -> None:
    making.workshop(capacity=PLACES)
    token = api_token("enrol")
    db.session.remove()
    with serving(app) as server:
        enrollers = [Enroller(server, token, number) for number in range(CLIENTS)]
        for one in enrollers:
            one.start()
        while sum(len(one.acknowledged) for one in enrollers) < ACKNOWLEDGED_WHEN_KILLED:
            assert all(one.is_alive() for one in enrollers)
            time.sleep(0.01)
        server.kill()
        for one in enrollers:
            one.join()
    with serving(app) as server:
        again(server, token, enrollers)
    assert_every_acknowledged_place_stands(enrollers)


def again(server: Server, token: str, enrollers: list[Enroller]) -> None:
    """Each client repeats what it got no answer to, under the same key."""
    with closing(connected(server)) as connection:
        for one in enrollers:
            for key, mail in one.unknown.items():
                first = enrol(connection, token, key, mail)
                assert first[0] in {200, 201}
                assert enrol(connection, token, key, mail) == first
                one.acknowledged[key] = first[1]["id"]


def assert_every_acknowledged_place_stands(enrollers: list[Enroller]) -> None:
    """The rows are exactly the acknowledged ones; the counter and the letters agree."""
    acknowledged = {ident for one in enrollers for ident in one.acknowledged.values()}
    assert len(acknowledged) > CLIENTS
    confirmed = select(Enrolment.id).where(Enrolment.state == EnrolmentState.CONFIRMED)
    stored = {str(ident) for ident in db.session.scalars(confirmed)}
    assert stored == acknowledged
    assert db.session.scalar(select(Workshop.taken)) == len(stored)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == len(stored)
    db.session.rollback()
