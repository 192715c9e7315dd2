"""Taking back somebody who was let in without a ticket: a scan more, never one less."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.models import QuarantinedScan, Scan
from app.checkin.rules.moves import QuarantineOutcome
from app.checkin.services import reviewing, unsent
from app.core import clock
from app.core.database import db
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.services import devices
from app.devices.services.stamps import rfc3339
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.services import planning
from tests.checkin.making import Made, deliver, scan, workshop
from tests.checkin.test_walk_ins import count_of, send
from tests.pages import InspectingClient


def undone(id: str = "u1") -> dict[str, str]:
    return {"id": id, "at": rfc3339(clock.now())}


def taken(made: Made) -> int:
    db.session.rollback()
    return int(db.session.get_one(Workshop, made.event.id).taken)


def places(made: Made) -> list[str]:
    db.session.rollback()
    wanted = select(Enrolment.state).where(Enrolment.event_id == made.event.id)
    return sorted(db.session.scalars(wanted).all())


def test_the_scan_stays_the_entry_counts_no_more_and_the_place_is_free_again(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=4)
    at = rfc3339(clock.now())
    assert send(client, made, at=at).json["verdict"] == "admitted"
    assert send(client, made, id="w2").status_code == 409
    back = undone()
    first, again = (send(client, made, at=at, undone=back) for _ in range(2))
    assert first.json == again.json
    expected = {"id": "w1", "stored": True, "verdict": "annulled", "name": "Dina Ek"}
    assert first.json == expected
    assert (count_of(Scan), count_of(Admission), taken(made)) == (2, 0, 3)
    assert send(client, made, id="w2", name="Dina Eg").json["verdict"] == "admitted"
    assert places(made) == ["cancelled", "confirmed", "confirmed", "confirmed", "confirmed"]


@pytest.mark.parametrize("before", [True, False])
def test_without_network_both_come_later_in_either_order_and_any_number_of_times(
    client: InspectingClient, before: bool
) -> None:
    made, at, back = workshop(), rfc3339(clock.now()), undone()
    plain: dict[str, Any] = {"at": at, "offline": True}
    if before:
        send(client, made, **plain)
    assert send(client, made, **plain, undone=back).json["verdict"] == "annulled"
    assert send(client, made, **plain).json["verdict"] == "admitted"
    assert (count_of(Scan), count_of(Admission), taken(made)) == (2, 0, 3)


def test_who_was_enrolled_already_keeps_the_place(client: InspectingClient) -> None:
    made, later = workshop(), clock.now() + timedelta(minutes=5)
    known = {"name": "Amina Yusuf", "mail": "amina@mail.example", "at": rfc3339(later)}
    with at_moment(later):
        assert send(client, made, **known).json["verdict"] == "admitted"
        assert send(client, made, **known, undone=undone()).json["verdict"] == "annulled"
    assert (count_of(Admission), places(made)) == (0, ["confirmed"] * 3)


def test_a_place_that_was_used_since_is_not_given_up(client: InspectingClient) -> None:
    made, at = workshop(), rfc3339(clock.now())
    send(client, made, at=at)
    code = db.session.scalars(select(Scan.code).where(Scan.id == "w1")).one()
    db.session.rollback()
    deliver(made, "B", scan("s1", code, "exit", gate="B"))
    assert send(client, made, at=at, undone=undone()).json["verdict"] == "annulled"
    assert places(made) == ["confirmed"] * 4


def test_who_waits_in_quarantine_is_dismissed_and_not_let_in_later(
    client: InspectingClient,
) -> None:
    made, at = workshop(capacity=3), rfc3339(clock.now())
    plain: dict[str, Any] = {"at": at, "offline": True}
    assert send(client, made, **plain).json["verdict"] == "quarantined"
    assert send(client, made, **plain, undone=undone()).json["verdict"] == "annulled"
    with unit_of_work():
        planning.set_capacity(made.event.id, 9)
        row = db.session.scalars(select(QuarantinedScan)).one()
        assert row.outcome == QuarantineOutcome.SEEN
        assert reviewing.take_in(made.event.id, [row.id], clock.now()) == 0
    assert (count_of(Scan), count_of(Enrolment)) == (0, 3)


def test_without_the_right_the_taking_back_waits_for_the_lead(client: InspectingClient) -> None:
    made, at = workshop(), rfc3339(clock.now())
    with unit_of_work():
        phone = device(made.event.id, int(made.scanner("A").name))
        devices.change_device(phone, "A", ["scan", "admit"])
    send(client, made, at=at)
    assert send(client, made, at=at, undone=undone()).json["verdict"] == "quarantined"
    assert (count_of(Admission), count_of(QuarantinedScan)) == (1, 1)


@pytest.mark.parametrize("wrong", ["u1", {"id": "u1"}, {"id": "a b", "at": "today"}, []])
def test_a_taking_back_that_is_none_is_refused_and_in_a_file_kept_aside(
    app: Flask, client: InspectingClient, wrong: object
) -> None:
    made = workshop()
    assert send(client, made, undone=wrong).status_code == 422
    came = {"id": "w1", "gate": "A", "at": rfc3339(clock.now()), "name": "Dina Ek"}
    with unit_of_work():
        found = take(made, {**came, "undone": wrong})
    assert [one.verdict for one in found.answers] == ["quarantined"]
    assert count_of(Enrolment) == 3


def test_the_file_of_a_phone_carries_walk_ins_that_were_taken_back(app: Flask) -> None:
    made = workshop()
    came = {"id": "w1", "gate": "A", "at": rfc3339(clock.now()), "name": "Dina Ek"}
    with unit_of_work():
        found = take(made, came, {**came, "undone": undone()})
    assert sorted(one.verdict for one in found.answers) == ["admitted", "annulled"]
    assert (count_of(Scan), count_of(Admission)) == (2, 0)


def take(made: Made, *walkins: object) -> Any:
    """Take in a file with these walk-ins."""
    file = {
        "torvet": "unsent scans",
        "event": str(made.event.id),
        "device": made.scanner("A").name,
        "walkins": walkins,
    }
    return unsent.import_unsent(made.event.id, json.dumps(file).encode(), clock.now(), keep=True)
