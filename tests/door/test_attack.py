"""What nobody's phone sends: every call of the door refuses it in words and stays up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.unit_of_work import unit_of_work
from app.crowd.queries.tallies import crowd
from app.devices.queries.devices import device
from app.devices.services import devices
from tests.checkin.making import deliver, scan, workshop
from tests.factories import api_token, bearer

API = "/api/v1/checkin"
TIME = '"2026-03-28T12:00:00Z"'
# For each call, its fields as JSON in the order of the contract.
CALLS: dict[str, dict[str, str]] = {
    "pulse": {
        "unsent": "0",
        "version": "1",
        "listed_at": TIME,
        "camera": "true",
        "tested_at": TIME,
        "offset_ms": "5",
    },
    "walkins": {
        "id": '"w1"',
        "name": '"Guest X"',
        "mail": '"g@mail.example"',
        "seats": "1",
        "gate": '"A"',
        "at": TIME,
        "offline": "false",
        "sealed": "null",
    },
    "tallies": {"device": '"d"', "gate": '"A"', "in": "1", "out": "0", "at": TIME},
}
GOOD = {name: json.dumps(value) for name, value in scan("odd", "x").items()}
ODD = (
    "NaN",
    "Infinity",
    "1e400",
    "-1",
    "1.5",
    "9" * 400,
    "9" * 5000,
    str(2**63),
    "[]",
    '{"a": 1}',
    "[" * 400 + "]" * 400,
    '"\\ud800"',
    '"a\\u0000b"',
    '"' + "x" * 1_000_000 + '"',
    '"0001-01-01T00:00:00+14:00"',
    '"9999-12-31T23:59:59-14:00"',
    '"10000-01-01T00:00:00Z"',
)
BODIES = ("", "null", "[]", "1", '"x"', "{}", "{", "[" * 100_000, '{"a":' * 5000)
QUERIES = (
    "",
    "-1",
    "1e3",
    "9" * 30,
    str(2**63),
    "%00",
    "%ED%A0%80",
    "%FF",
    "x" * 5000,
    "%25",
    "_",
    "%27",
    "%5C",
    "%F4%8F%BF%BF",
)


def body_of(fields: dict[str, str], **others: str) -> str:
    """A body with some fields in another way."""
    return "{" + ",".join(f'"{name}":{value}' for name, value in {**fields, **others}.items()) + "}"


class Attacker:
    """Calls with whatever it likes; an answer of 500 is a hole."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        self.client = FlaskClient(app, app.response_class)

    def post(self, call: str, token: str, body: str, kind: str = "application/json") -> int:
        answer = self.client.post(
            f"{API}/{call}", data=body.encode(), content_type=kind, headers=bearer(token)
        )
        return self._judged(answer, f"{call} {body[:200]}")

    def get(self, address: str, token: str) -> int:
        return self._judged(self.client.get(address, headers=bearer(token)), address[:200])

    def _judged(self, answer: Any, what: str) -> int:
        assert answer.status_code < 500, what
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json", what
        return int(answer.status_code)


@pytest.fixture
def attacker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Attacker:
    return Attacker(app, monkeypatch)


@pytest.mark.parametrize("call", CALLS)
def test_odd_bodies_are_refused_and_never_break_a_call(call: str, attacker: Attacker) -> None:
    token, fields = workshop().tokens["A"], CALLS[call]
    assert attacker.post(call, token, body_of(fields)) == 200
    for name in fields:
        for number, odd in enumerate(ODD):
            attacker.post(call, token, body_of(fields, **{name: odd}))
            if call == "walkins" and name not in ("id", "offline"):
                own = {"id": f'"{name}{number}"', "offline": "true"}
                attacker.post(call, token, body_of(fields, **own, **{name: odd}))
    for body in BODIES:
        assert attacker.post(call, token, body) == 422
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert attacker.post(call, token, body_of(fields), kind) in (415, 422)


def test_odd_queries_are_refused_and_never_break_a_call(attacker: Attacker) -> None:
    token = workshop().tokens["A"]
    for query in QUERIES:
        for call in ("roster?since=", "moves?since="):
            assert attacker.get(f"{API}/{call}{query}", token) == 422, query
        assert attacker.get(f"{API}/people?q={query}", token) == 200
        assert attacker.get(f"{API}/roster?event={query}", token) == 200


def test_an_odd_item_never_stops_the_good_scan_beside_it(attacker: Attacker) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    for number, odd in enumerate(ODD):
        good = json.dumps(scan(f"s{number}", made.codes[0], "exit"))
        items = ",".join((odd, body_of(GOOD, seq=odd), body_of(GOOD, at=odd), good))
        answer = attacker.client.post(
            f"{API}/scans",
            data=f'{{"scans": [{items}]}}'.encode(),
            content_type="application/json",
            headers=headers,
        )
        assert answer.status_code == 200, odd[:100]
        told = [one["verdict"] for one in answer.get_json()["results"]]
        assert told == ["quarantined"] * 3 + ["exit"], odd[:100]


def asked(attacker: Attacker, token: str) -> dict[str, int]:
    """Every call that a phone can make, and how it is answered."""
    posts = {call: attacker.post(call, token, body_of(fields)) for call, fields in CALLS.items()}
    gets = ("roster", "moves", "people?q=amina", "names")
    reads = {call: attacker.get(f"{API}/{call}", token) for call in gets}
    return posts | reads | {"counts": attacker.get("/api/v1/events/dialog/counts", token)}


def test_a_revoked_phone_is_told_nothing_any_more(attacker: Attacker) -> None:
    made = workshop()
    number = int(made.scanner("A").name)
    with unit_of_work():
        devices.unlock_names(device(made.event.id, number), made.event)
    assert set(asked(attacker, made.tokens["A"]).values()) == {200}
    with unit_of_work():
        devices.revoke(device(made.event.id, number))
    assert set(asked(attacker, made.tokens["A"]).values()) == {403}
    assert set(asked(attacker, "door_" + "x" * 43).values()) == {401}
    assert set(asked(attacker, api_token("enrol", "read")).values()) == {403, 200}


def test_each_right_opens_its_own_calls_alone(attacker: Attacker) -> None:
    made = workshop()
    with unit_of_work():
        phones = {
            right: devices.add_device(made.event.id, right.upper(), rights=(right,))
            for right in ("scan", "search", "undo")
        }
        devices.unlock_names(phones["search"][0], made.event)
    found = {right: asked(attacker, str(token)) for right, (_, token) in phones.items()}
    for right, answers in found.items():
        closed = {call for call, status in answers.items() if status == 403}
        names = set() if right == "search" else {"people?q=amina", "names"}
        assert closed == names | {"walkins"}, right


def test_a_phone_learns_nothing_of_another_event(attacker: Attacker) -> None:
    made, other = workshop(), workshop("other", ("Dana Hemmelig",), gates=("O",))
    with unit_of_work():
        for place, gate in ((made, "A"), (other, "O")):
            phone = device(place.event.id, int(place.scanner(gate).name))
            devices.unlock_names(phone, place.event)
    deliver(other, "O", scan("s1", other.codes[0]))
    deliver(made, "A", scan("s2", other.codes[0], "exit"))
    headers = bearer(made.tokens["A"])
    for call in ("roster?event=other", "moves", "people?q=dana", "people?q=hemmelig"):
        answer = attacker.client.get(f"{API}/{call}", headers=headers)
        assert answer.status_code == 200
        assert "Dana" not in answer.text
        assert str(other.tickets[0]) not in answer.text
        assert other.shorts[0] not in answer.text
    assert attacker.get("/api/v1/events/other/counts", made.tokens["A"]) == 403
    short = deliver(made, "A", scan("s3", other.shorts[0]), scan("s4", other.shorts[0], "exit"))
    assert [one["verdict"] for one in short] == ["unknown", "unknown"]
    assert attacker.post(
        "tallies", made.tokens["A"], body_of(CALLS["tallies"], event='"other"')
    ) in (200, 422)
    assert crowd(other.event.id) is None
