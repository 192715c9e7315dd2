"""The first requests of a fresh server, many at the same instant: none meets a fault."""

from __future__ import annotations

import http.client
import json
import select
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.checkin import making
from tests.factories import api_token
from tests.house import visitors
from tests.running import serving

CONNECTIONS = 16
SECONDS = 240
DOOR = "/api/v1/checkin"
SLUG = "first"
# What a call that comes later answers.
NOT_YET = 501
QUERIES = {f"{DOOR}/roster": f"?event={SLUG}", f"{DOOR}/people": "?q=bo"}
SCOPES = ("enrol", "scan", "holdings", "read")


@dataclass(frozen=True)
class Call:
    """One request; `body` is made anew for each connection."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[int], object] | None = None

    def send(self, connection: http.client.HTTPConnection, number: int) -> int:
        """Ask, read the answer, and return its status."""
        headers, body = dict(self.headers), None
        if self.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(self.body(number))
        if is_closed(connection):
            connection.connect()
        connection.request(self.method, self.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


@pytest.mark.slow
def test_sixteen_connections_begin_with_each_call_at_once(app: Flask) -> None:
    calls = [*machine_calls(app), *pages(app)]
    assert len(calls) > 60
    with serving(app) as server, ExitStack() as closing:
        connections = [connected(server.address) for _ in range(CONNECTIONS)]
        for connection in connections:
            closing.callback(connection.close)
        deadline = time.monotonic() + SECONDS
        faults = []
        for call in calls:
            assert time.monotonic() < deadline, f"too slow, at {call.method} {call.path}"
            statuses = sent_at_once(connections, call)
            if any(status >= 500 and status != NOT_YET for status in statuses):
                faults.append(f"{call.method} {call.path}: {statuses}")
        assert not faults, "\n".join(faults) + server.log.read_text()[-4000:]


def sent_at_once(connections: list[http.client.HTTPConnection], call: Call) -> list[int]:
    """The statuses when every connection sends the call at the same instant."""
    start = threading.Barrier(len(connections))
    statuses = []

    def send(number: int) -> None:
        start.wait()
        statuses.append(call.send(connections[number], number))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == len(connections), f"{call.method} {call.path} was not answered"
    return statuses


def is_closed(connection: http.client.HTTPConnection) -> bool:
    """Whether the server has ended it with the last answer or since, as it does with one unused."""
    if connection.sock is None:
        return True
    readable, _, _ = select.select([connection.sock], [], [], 0)
    if readable:
        connection.close()
    return bool(readable)


def connected(address: str) -> http.client.HTTPConnection:
    """A kept connection to the server."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    connection.connect()
    return connection


def machine_calls(app: Flask) -> list[Call]:
    """Every call of the machine interface, those of phones with a phone's token."""
    made = making.workshop(slug=SLUG)
    phone, machine = (
        {"Authorization": f"Bearer {token}"} for token in (made.tokens["A"], api_token(*SCOPES))
    )
    bodies: dict[str, Callable[[int], object]] = {
        f"{DOOR}/scans": lambda n: {"scans": [making.scan(f"first-{n}", made.codes[0])]},
        f"/api/v1/events/{SLUG}/enrolments": lambda n: {
            "name": f"Person {n}",
            "mail": f"person{n}@first.example",
        },
        f"{DOOR}/pulse": lambda _number: {"unsent": 0},
        f"{DOOR}/tallies": lambda n: {"device": "p", "gate": "A", "in": n, "out": 0},
    }
    calls = []
    for rule, method, openings in visitors.endpoints(app, api=True):
        path = visitors.address(app, rule, SLUG)
        path += QUERIES.get(path, "")
        body = None if method == "GET" else bodies.get(path, lambda _number: {})
        headers = phone if visitors.is_for_devices_alone(openings) else machine
        calls.append(Call(method, path, headers, body))
    several = [making.scan(f"several-{place}", code) for place, code in enumerate(made.codes)]
    batch = Call("POST", f"{DOOR}/scans", phone, lambda _number: {"scans": several})
    # As phones do after a restart: what they kept comes first.
    return sorted([*calls, batch], key=lambda call: call.path != batch.path)


def pages(app: Flask) -> list[Call]:
    """Every page, opened by somebody who may see all."""
    with unit_of_work():
        people.add_staff("first@desk.example", StaffRole.ADMIN, name="Bo Hansen")
        signed_in = people.sign_in("first@desk.example")
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = {"Cookie": f"torvet={signer.dumps({'sid': signed_in})}"}
    return [
        Call("GET", visitors.address(app, rule, SLUG), cookie)
        for rule, method, _openings in visitors.endpoints(app, api=False)
        if method == "GET"
    ]
