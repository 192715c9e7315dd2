"""The door over HTTP: who may call, what is answered, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.services import devices
from tests.checkin.making import Made, scan, workshop
from tests.factories import api_token, bearer
from tests.pages import InspectingClient
from tests.statements import Statements

SCANS = "/api/v1/checkin/scans"


def send(client: InspectingClient, token: str, *scans: Any) -> Any:
    return client.post(SCANS, json={"scans": list(scans)}, headers=bearer(token))


def revoke(made: Made, gate: str) -> None:
    number = int(made.scanner(gate).name)
    with unit_of_work():
        devices.revoke(device(made.event.id, number))


def test_a_device_scans_with_five_statements(
    client: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    made = workshop()
    with statements() as seen:
        answer = send(client, made.tokens["A"], scan("s1", made.codes[0]))
    assert answer.status_code == 200
    assert answer.json["results"][0]["verdict"] == "admitted"
    assert answer.json["stamp"].count(".") == 2
    assert len(seen) <= 5, str(seen)


def test_a_machine_with_the_scope_scans_and_one_without_does_not(client: InspectingClient) -> None:
    made = workshop()
    assert send(client, api_token("scan"), scan("s1", made.codes[0])).status_code == 200
    assert send(client, api_token("read", name="r"), scan("s2", made.codes[0])).status_code == 403
    assert send(client, "door_nobody", scan("s3", made.codes[0])).status_code == 401
    assert client.post(SCANS, json={"scans": []}).status_code == 401


def test_nobody_at_the_door_sees_a_mail_address(client: InspectingClient) -> None:
    made = workshop()
    assert "@" not in send(client, made.tokens["A"], scan("s1", made.codes[0])).text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"scans": []}',
        b'{"scans": {}}',
        b'{"scans": "x"}',
        b"[" * 100_000,
    ],
)
def test_a_body_without_a_list_of_scans_is_refused(client: InspectingClient, body: bytes) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    answer = client.post(SCANS, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_more_than_a_thousand_items_are_refused_and_a_thousand_are_not(
    client: InspectingClient,
) -> None:
    made = workshop()
    assert send(client, made.tokens["A"], *[None] * 1001).status_code == 422
    answer = send(client, made.tokens["A"], *[{"n": n} for n in range(1000)])
    assert answer.status_code == 200
    assert len(answer.json["results"]) == 1000


@pytest.mark.parametrize(
    "odd", [b'"\\ud800"', b"NaN", b"1e999", b'"' + b"x" * 100_000 + b'"', b'{"id": "\\ud800"}']
)
def test_odd_items_are_quarantined(client: InspectingClient, odd: bytes) -> None:
    made = workshop()
    body = b'{"scans": [' + odd + b"]}"
    headers = bearer(made.tokens["A"])
    answer = client.post(SCANS, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json["results"][0]["verdict"] == "quarantined"  # type: ignore[index]


def test_codes_typed_by_hand_are_limited_per_device(client: InspectingClient) -> None:
    made = workshop()
    for n in range(20):
        answer = send(client, made.tokens["A"], scan(f"s{n}", "abcde-fghj2"))
        assert answer.json["results"][0]["verdict"] == "unknown"
    assert send(client, made.tokens["A"], scan("s20", made.shorts[0])).status_code == 429
    assert send(client, made.tokens["A"], scan("s21", made.codes[0])).status_code == 200
    assert send(client, made.tokens["B"], scan("s22", made.shorts[0])).status_code == 200


def test_a_revoked_device_delivers_but_gets_nothing_else(client: InspectingClient) -> None:
    made = workshop()
    revoke(made, "A")
    answer = send(client, made.tokens["A"], scan("s1", made.codes[0]))
    assert answer.json["results"][0]["verdict"] == "quarantined"
    counts = client.get("/api/v1/events/dialog/counts", headers=bearer(made.tokens["A"]))
    assert counts.status_code == 403


def test_counts_are_read_with_the_scope_or_by_a_device_of_the_event(
    client: InspectingClient,
) -> None:
    made, other = workshop(), workshop("other", ())
    send(client, made.tokens["B"], scan("s1", made.codes[0], gate="B"))
    reader = api_token("read")
    address = "/api/v1/events/dialog/counts"
    expected = {
        "expected": 3,
        "arrived": 1,
        "inside": 1,
        "conflicts": 0,
        "by_gate": {"A": 0, "B": 1, "C": 0},
    }
    for token in (reader, made.tokens["A"]):
        assert client.get(address, headers=bearer(token)).json == expected
    assert client.get(address, headers=bearer(other.tokens["A"])).status_code == 403
    nowhere = client.get("/api/v1/events/nowhere/counts", headers=bearer(reader))
    assert nowhere.status_code == 404
