"""Eight doors at once over HTTP, and a server that is killed in the middle of it."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import DoubleAdmission, Scan
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.services.stamps import rfc3339
from app.workshops.models import Admission
from app.workshops.services import many
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, scan, workshop
from tests.factories import bearer
from tests.running import free_port, serving

DOORS = "ABCDEFGH"
TICKETS = 2000
SINGLE = 40
BATCH = 200
ANSWERED_WHEN_KILLED = 1500
SECONDS_TO_GIVE_UP = 240

Answers = dict[str, dict[str, Any]]


class Phone(threading.Thread):
    """Sends its scans batch by batch, each until the server has answered it."""

    def __init__(self, address: str, token: str, batches: list[list[dict[str, Any]]]) -> None:
        super().__init__()
        self.host, self.token, self.batches = urlsplit(address).netloc, token, batches
        self.answers: Answers = {}
        self.unanswered = 0

    def run(self) -> None:
        waiting, deadline = list(self.batches), time.monotonic() + SECONDS_TO_GIVE_UP
        while waiting and time.monotonic() < deadline:
            try:
                with closing(HTTPConnection(self.host, timeout=20)) as connection:
                    while waiting:
                        self._send(connection, waiting[0])
                        del waiting[0]
            except (OSError, HTTPException):
                self.unanswered += 1
                time.sleep(0.1)

    def _send(self, connection: HTTPConnection, batch: list[dict[str, Any]]) -> None:
        headers = {**bearer(self.token), "Content-Type": "application/json"}
        body = json.dumps({"scans": batch})
        connection.request("POST", "/api/v1/checkin/scans", body, headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status == 503:
            raise HTTPException
        assert answer.status == 200, told
        self.answers.update({one["id"]: one for one in json.loads(told)["results"]})


def fair() -> Made:
    """Two thousand tickets and eight doors."""
    made = workshop("fair", (), gates=tuple(DOORS), capacity=TICKETS)
    with unit_of_work():
        wishes = [Wish(f"Guest {n}", f"guest{n}@mail.example") for n in range(TICKETS)]
        made.codes = [one.code for one in many.enrol_many("fair", wishes)]
    return made


def batches(codes: list[str], gate: str) -> list[list[dict[str, Any]]]:
    """Every ticket once at this door, nearly in the order of the other doors."""
    order = list(enumerate(codes))
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        Random(f"{gate}{start}").shuffle(part)
        order[start : start + BATCH] = part
    scans = [scan(f"{gate}{n}", code, gate=gate, seq=n) for n, code in order]
    cuts = [*range(SINGLE), *range(SINGLE, len(scans), BATCH), len(scans)]
    return [scans[start:end] for start, end in pairwise(cuts)]


def answered(phones: list[Phone]) -> int:
    """How many scans the phones may delete."""
    return sum(len(phone.answers) for phone in phones)


@pytest.mark.slow
def test_two_thousand_tickets_at_eight_doors_come_in_once_though_the_server_is_killed(
    app: Flask,
) -> None:
    made = fair()
    db.session.remove()
    port = free_port()
    with serving(app, port) as server:
        phones = [
            Phone(server.address, made.tokens[gate], batches(made.codes, gate)) for gate in DOORS
        ]
        for phone in phones:
            phone.start()
        while answered(phones) < ANSWERED_WHEN_KILLED and all(one.is_alive() for one in phones):
            time.sleep(0.01)
        server.kill()
        assert answered(phones) < TICKETS * len(DOORS)
    with serving(app, port) as server:
        for phone in phones:
            phone.join()
        again = Phone(server.address, made.tokens["A"], batches(made.codes, "A")[::7])
        again.run()
    assert all(phone.unanswered for phone in phones)
    assert_one_admission_each([phone.answers for phone in phones])
    assert again.answers.items() <= phones[0].answers.items()


def assert_one_admission_each(answers: list[Answers]) -> None:
    """All is kept once; of eight doors one admitted, and seven were told when and where."""
    admitted = {one.scan_id: one for one in db.session.scalars(select(Admission))}
    stored = db.session.scalar(select(func.count()).select_from(Scan))
    assert stored == TICKETS * len(DOORS)
    assert len(admitted) == TICKETS
    assert db.session.scalar(select(func.count()).select_from(DoubleAdmission)) == 0
    by_ticket: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for answer in (answer for told in answers for answer in told.values()):
        by_ticket[answer["id"][1:]].append(answer)
    assert len(by_ticket) == TICKETS
    for told in by_ticket.values():
        winner = next(one for one in told if one["verdict"] == "admitted")
        losers = [one for one in told if one["verdict"] == "already"]
        assert len(losers) == len(DOORS) - 1
        first = admitted[winner["id"]]
        assert {(one["first"]["at"], one["first"]["gate"]) for one in losers} == {
            (rfc3339(first.at), first.gate)
        }
    db.session.rollback()
