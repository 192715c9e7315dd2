"""Head counts that merge by maximum, what the crowd may be, and the phones' pulse."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask import Flask

from app.checkin.services import terms
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.crowd.queries import tallies
from app.crowd.rules.estimates import (
    CounterReading,
    Passages,
    by_quarter,
    crowd,
    most_inside,
    visits,
)
from app.crowd.services.tallies import Counter, count
from app.devices.queries.devices import device
from app.devices.rules.limits import Limit
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.devices.services.stamps import rfc3339
from tests.checkin.making import Made, deliver, scan, workshop
from tests.factories import api_token, bearer
from tests.pages import InspectingClient
from tests.statements import Statements

TALLIES = "/api/v1/checkin/tallies"
PULSE = "/api/v1/checkin/pulse"
Counting = Callable[[], AbstractContextManager[Statements]]


def send(client: InspectingClient, token: str, **body: Any) -> Any:
    plain = {"device": "p", "gate": "A", "in": 0, "out": 0}
    return client.post(TALLIES, json={**plain, **body}, headers=bearer(token))


def beat(client: InspectingClient, made: Made, gate: str = "A", **body: Any) -> Any:
    return client.post(PULSE, json={"unsent": 0, **body}, headers=bearer(made.tokens[gate]))


def kept(made: Made, gate: str = "A") -> Any:
    return device(made.event.id, int(made.scanner(gate).name))


def test_the_crowd_is_given_with_what_the_counting_allows() -> None:
    found = crowd(Passages(1000, 600), Limit(500))
    assert (found.inside, found.low, found.high) == (400, 382, 418)
    assert not found.alarm
    assert crowd(Passages(1000, 567), Limit(500)).alarm
    assert crowd(Passages(3, 5)).inside == 0
    assert crowd(Passages(0, 0), Limit(0)).alarm


def test_at_least_as_many_came_as_were_counted_out() -> None:
    assert visits(Passages(90, 100)).number == 100
    assert visits(Passages(20_000, 19_000)).low == 19_938


def test_quarters_add_up_to_the_totals_whatever_a_wrong_clock_did() -> None:
    readings = [
        CounterReading("a@A", 5, Passages(10, 0)),
        CounterReading("a@A", 7, Passages(30, 5)),
        CounterReading("a@A", 6, Passages(50, 9)),
        CounterReading("b@B", 6, Passages(4, 0)),
    ]
    passed = by_quarter(readings)
    assert passed == {5: Passages(10, 0), 6: Passages(44, 9), 7: Passages(0, 0)}
    assert most_inside(passed) == 45


@pytest.mark.parametrize("order", list(permutations([(3, 0), (5, 2), (4, 1)]))[:4])
def test_totals_merge_by_maximum_in_any_order(
    client: InspectingClient, order: tuple[tuple[int, int], ...]
) -> None:
    made = workshop(names=())
    for entered, left in (*order, order[0]):
        answer = send(client, made.tokens["A"], **{"in": entered, "out": left})
    assert (answer.json["in"], answer.json["out"], answer.json["inside"]) == (5, 2, 3)
    other = send(client, made.tokens["B"], gate="B", **{"in": 7})
    assert other.json["inside"] == 10


def test_a_phone_moves_its_own_counters_alone(client: InspectingClient) -> None:
    made = workshop(names=())
    for gate in ("A", "B"):
        answer = send(client, made.tokens[gate], device="same", **{"in": 5})
    assert answer.json["inside"] == 10
    own = made.scanner("A").name
    assert send(client, made.tokens["A"], device=own, **{"in": 2}).json["inside"] == 12
    assert send(client, made.tokens["B"], device=own, **{"in": 1}).json["inside"] == 13


def test_a_machine_counts_where_it_says_and_a_revoked_phone_not_at_all(
    client: InspectingClient,
) -> None:
    made, token = workshop(names=()), api_token("scan")
    assert send(client, token, **{"in": 5}).status_code == 422
    assert send(client, token, event="nowhere").status_code == 404
    assert send(client, token, event="dialog", **{"in": 5}).json["inside"] == 5
    with unit_of_work():
        devices.revoke(kept(made))
    for answer in (send(client, made.tokens["A"]), beat(client, made)):
        assert answer.status_code == 403
        assert answer.json["status"] == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"in": -1},
        {"in": 1.5},
        {"in": "3"},
        {"in": 10**30},
        {"in": None},
        {"out": True},
        {"device": ""},
        {"device": "x" * 41},
        {"gate": "A\u0000"},
        {"at": "yesterday"},
        {"at": "2026-03-28T12:00:00"},
    ],
)
def test_what_is_no_count_is_refused(client: InspectingClient, wrong: dict[str, Any]) -> None:
    made = workshop(names=())
    answer = send(client, made.tokens["A"], **wrong)
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"


def test_readings_stand_in_the_quarter_they_were_counted_in(app: Flask) -> None:
    made, now = workshop(names=()), datetime(2026, 3, 28, 12, 20, tzinfo=UTC)
    counter = Counter(made.event.id, "p", "A")
    with unit_of_work():
        count(counter, Passages(10, 0), now - timedelta(minutes=20), now)
        count(counter, Passages(15, 4), None, now)
        count(counter, Passages(16, 4), now + timedelta(days=400), now)
        terms.set_terms(made.event.id, DoorTerms(most_inside=12))
    found = tallies.counted(made.event.id)
    assert found is not None
    assert list(found.by_quarter.values()) == [Passages(10, 0), Passages(6, 4)]
    assert found.by_gate == {"A": Passages(16, 4)}
    assert (found.crowd.inside, found.crowd.limit, found.crowd.alarm) == (12, 12, True)
    assert (found.visits.number, found.most_inside, found.counters) == (16, 12, 1)


def test_a_limit_looks_at_ticket_holders_too_where_the_lead_says_so(
    client: InspectingClient,
) -> None:
    made = workshop(seats=2)
    deliver(made, "A", scan("s1", made.codes[0]), scan("s2", made.codes[1], seq=2))
    send(client, made.tokens["A"], **{"in": 3})
    for of, inside, alarm in (("counted", 3, False), ("tickets", 4, False), ("both", 7, True)):
        with unit_of_work():
            terms.set_terms(made.event.id, DoorTerms(most_inside=8, limit_of=of))
        told = beat(client, made).json["crowd"]
        assert (told["of"], told["inside"], told["alarm"]) == (of, inside, alarm)
        found = tallies.counted(made.event.id)
        assert found is not None
        assert found.crowd == tallies.crowd(made.event.id)
        assert (found.visits.number, found.most_inside) == (3, 3)
        db.session.rollback()
    deliver(made, "A", scan("s3", made.codes[0], "exit", seq=3))
    assert beat(client, made).json["crowd"]["inside"] == 5


def test_where_nobody_counts_there_is_no_crowd(client: InspectingClient) -> None:
    made = workshop(names=())
    assert tallies.counted(made.event.id) is None
    assert "crowd" not in beat(client, made).json
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(most_inside=3))
    assert beat(client, made).json["crowd"]["limit"] == 3


def test_a_pulse_is_noted_and_answered_with_few_statements(
    client: InspectingClient, statements: Counting
) -> None:
    made = workshop()
    told = {
        "unsent": 4,
        "version": 3,
        "listed_at": rfc3339(clock.now()),
        "camera": True,
        "tested_at": rfc3339(clock.now()),
        "offset_ms": -1500,
    }
    with statements() as seen:
        answer = beat(client, made, **told)
    assert len(seen) <= 4, str(seen)
    assert answer.json["version"] == 3
    assert (answer.json["gate"], answer.json["names"]) == ("A", False)
    assert answer.json["rights"] == ["admit", "scan", "search", "undo"]
    found = kept(made)
    assert (found.unsent, found.list_version, found.camera, found.offset_ms) == (4, 3, True, -1500)
    assert found.seen_at is not None


def test_what_a_pulse_leaves_out_stands_as_it_was(client: InspectingClient) -> None:
    made = workshop()
    beat(client, made, camera=True, version=3)
    beat(client, made, unsent=2, camera=None)
    found = kept(made)
    assert (found.unsent, found.camera, found.list_version) == (2, True, 3)


def test_a_pulse_tells_that_names_are_unlocked(client: InspectingClient) -> None:
    made = workshop()
    with unit_of_work():
        devices.unlock_names(kept(made), made.event)
    answer = beat(client, made).json
    assert answer["names"]
    assert answer["names_until"] == rfc3339(made.event.ends_at)
    assert not beat(client, made, "B").json["names"]


def test_tallies_take_few_statements(client: InspectingClient, statements: Counting) -> None:
    made = workshop(names=())
    with statements() as seen:
        send(client, made.tokens["A"], **{"in": 1})
    assert len(seen) <= 4, str(seen)
