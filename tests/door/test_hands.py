"""A phone in other hands: what it hears and may do once revoked, left, or after the event."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import QuarantinedScan, Scan, WalkInEntry
from app.checkin.services import reviewing, terms, unsent, walk_ins
from app.checkin.services.walk_ins import WalkIn
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device, device_by_token
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.devices.services.seals import seal_point
from app.devices.services.stamps import rfc3339, stamp
from app.events.queries import event as event_of
from app.lifecycle.services import telling
from app.workshops.models import Admission, Enrolment
from app.workshops.services import changing, planning
from tests.checkin.making import Made, deliver, offline, scan, verdicts, workshop
from tests.checkin.test_walk_ins import count_of, send
from tests.door import phone
from tests.factories import bearer
from tests.pages import InspectingClient

API = "/api/v1/checkin"


def change(made: Made, gate: str, *rights: str) -> None:
    """Give the phone at a gate these rights."""
    with unit_of_work():
        found = device(made.event.id, int(made.scanner(gate).name))
        devices.change_device(found, gate, rights)
    db.session.remove()


def revoke(made: Made, gate: str) -> None:
    """End the phone at a gate."""
    with unit_of_work():
        devices.revoke(device(made.event.id, int(made.scanner(gate).name)))
    db.session.remove()


def test_whoever_may_let_nobody_in_hears_no_name_of_what_waits_sealed(
    client: InspectingClient,
) -> None:
    made = workshop()
    point = phone.encoded(seal_point(made.event.id))
    box = phone.sealed(point, json.dumps({"name": "Dina Ek", "mail": "", "seats": 1}))
    revoke(made, "A")
    change(made, "B", "scan")
    for gate in "AB":
        answer = send(client, made, gate, offline=True, name=None, sealed=box)
        assert (answer.json["verdict"], answer.json["name"]) == ("quarantined", "")


def test_a_scan_does_not_become_a_walk_in_that_tells_a_name(client: InspectingClient) -> None:
    made = workshop()
    typed = {**offline("s1", made.shorts[0], "12:00"), "shown": "red"}
    assert "name" not in deliver(made, "A", typed)[0]
    # Nor where the same report comes again.
    assert "name" not in deliver(made, "A", typed)[0]
    answer = send(client, made, id="s1", offline=True, name="x")
    assert (answer.json["verdict"], answer.json["reason"]) == ("quarantined", "other content")
    assert "Amina" not in answer.text
    assert (count_of(Enrolment), count_of(WalkInEntry)) == (3, 0)


def test_nobody_is_enrolled_under_the_number_of_another_scan_until_the_lead_takes_them_in(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=5)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    assert [send(client, made, "B", id="s1").status_code for _ in range(3)] == [409] * 3
    for _ in range(3):
        late = send(client, made, "B", id="s1", offline=True)
        assert late.json["reason"] == "other content"
    assert (count_of(Enrolment), count_of(Admission)) == (3, 1)
    rows = db.session.scalars(select(QuarantinedScan.id)).all()
    db.session.rollback()
    with unit_of_work():
        assert reviewing.take_in(made.event.id, rows, clock.now()) == 1
    assert (count_of(Enrolment), count_of(Admission), count_of(Scan)) == (4, 2, 2)


def test_the_place_of_an_enrolled_guest_is_not_given_up_by_taking_back_a_walk_in(
    client: InspectingClient,
) -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[0]))
    back = {"id": "u1", "at": rfc3339(clock.now())}
    send(client, made, id="s1", name="x", offline=True, undone=back)
    db.session.rollback()
    assert db.session.scalars(select(Enrolment.state)).all() == ["confirmed"] * 3
    assert count_of(Admission) == 1


def test_a_phone_without_undo_does_not_settle_what_waits_for_the_lead(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=3)
    back = {"id": "u1", "at": rfc3339(clock.now())}
    plain: dict[str, Any] = {"at": rfc3339(clock.now()), "offline": True}
    assert send(client, made, **plain).json["reason"] == "full"
    revoke(made, "A")
    answer = send(client, made, **plain, undone=back)
    assert (answer.json["verdict"], answer.json["name"]) == ("quarantined", "")
    db.session.rollback()
    outcomes = db.session.scalars(select(QuarantinedScan.outcome)).all()
    assert outcomes == [None, None]


def test_one_mailbox_is_not_flooded_from_the_door(client: InspectingClient) -> None:
    made = workshop()
    for number in range(25):
        mail = {"mail": "victim@mail.example", "name": f"Guest {number}"}
        assert send(client, made, id=f"w{number}", **mail).json["verdict"] == "admitted"
    assert count_of(Letter) == 20
    with at_moment(clock.now() + timedelta(hours=7)):
        late = {"mail": "other@mail.example", "name": "Late Guest", "offline": True}
        assert send(client, made, id="late", **late).json["verdict"] == "admitted"
    assert count_of(Letter) == 20, "no ticket is mailed for an event that is over"


@pytest.mark.parametrize("hours", [5, 17, 19])
def test_names_are_told_and_people_let_in_until_the_evening_is_over(
    client: InspectingClient, hours: int
) -> None:
    made, over = workshop(), hours == 19
    headers = bearer(made.tokens["A"])
    with unit_of_work():
        word = devices.unlock_names(device(made.event.id, int(made.scanner("A").name)), made.event)
    assert word
    with at_moment(clock.now() + timedelta(hours=hours)):
        found = client.get(f"{API}/people?q=amina", headers=headers)
        assert found.status_code == (403 if over else 200)
        assert send(client, made).status_code == (403 if over else 200)
        assert send(client, made, id="w2", offline=True).json["verdict"] == "admitted"
        names = client.get(f"{API}/names", headers=headers)
        assert names.status_code == (200 if hours < 6 else 403)


def test_an_event_that_is_moved_to_end_earlier_takes_its_names_along(
    client: InspectingClient,
) -> None:
    made, headers = workshop(), {}
    headers = bearer(made.tokens["A"])
    with unit_of_work():
        devices.unlock_names(device(made.event.id, int(made.scanner("A").name)), made.event)
        starts = event_of(made.event.id).starts_at
        telling.move(made.event.id, starts, starts + timedelta(hours=1), "Salen", "Gade 1")
    with at_moment(clock.now() + timedelta(hours=2)):
        beat = client.post(f"{API}/pulse", json={"unsent": 0}, headers=headers)
        assert (beat.json["names"], beat.json.get("names_until")) == (False, None)
        assert client.get(f"{API}/names", headers=headers).status_code == 403


def test_a_phone_that_was_left_only_delivers_and_hears_no_names(
    app: Flask, client: InspectingClient
) -> None:
    made = workshop()
    cookie = "door" if app.config["OVER_LOOPBACK"] else "__Host-door"
    client.set_cookie(cookie, made.tokens["A"], domain="localhost")
    assert made.tokens["A"] in client.get("/door/").text
    client.send("/door/leave", {})
    headers = bearer(made.tokens["A"])
    client.set_cookie(cookie, made.tokens["A"], domain="localhost")
    assert made.tokens["A"] not in client.get("/door/").text
    for path in ("roster", "moves", "people?q=a", "names"):
        answer = client.get(f"{API}/{path}", headers=headers)
        assert (answer.status_code, answer.json["type"]) == (403, "urn:torvet:phone-left"), path
    assert client.post(f"{API}/pulse", json={"unsent": 0}, headers=headers).status_code == 403
    assert send(client, made).status_code == 403
    (told,) = deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    assert (told["verdict"], "name" in told) == ("admitted", False)
    late = send(client, made, offline=True)
    assert (late.json["verdict"], late.json["name"]) == ("admitted", "")
    with unit_of_work():
        code = devices.offer_pairing(device(made.event.id, int(made.scanner("A").name)))
        _, token = devices.pair(code)
    found = device_by_token(token)
    assert found is not None
    assert not found.only_delivers


def test_another_doors_guests_and_replaced_tickets_tell_no_name(app: Flask) -> None:
    here = workshop()
    there = workshop("other", ("Dina Ek",))
    with unit_of_work():
        changing.change(here.enrolments[1], changing.Change("Bo Lund", 1, access="kørestol"))
        new = changing.reissue(here.enrolments[1]).ticket.code
    for item in (scan("s1", here.codes[0]), offline("s2", here.codes[0], "12:00", "exit")):
        (told,) = deliver(there, "A", item)
        assert "name" not in told
    (old,) = deliver(here, "A", scan("s3", here.codes[1]))
    assert (old["reason"], "name" in old, "notes" in old) == ("revoked", False, False)
    (told,) = deliver(here, "A", scan("s4", new))
    assert (told["name"], "kørestol" in told["notes"]) == ("Bo Lund", True)


def test_what_a_phone_scanned_at_a_gate_it_has_no_more_stays_on_that_gates_list(
    app: Flask,
) -> None:
    now = clock.now()
    hour = timedelta(hours=1)
    sessions = ((now - hour, now + hour), (now - hour / 2, now + 2 * hour))
    made = workshop(gates=("A", "B"), sessions=sessions)
    second = max(one.id for one in made.scanner("A").all_doors.sessions)  # type: ignore[union-attr]
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(session_id=second), "A")
        terms.set_terms(made.event.id, DoorTerms(opens_at=now + 3 * hour), "B")
        moved = device(made.event.id, int(made.scanner("A").name))
        devices.change_device(moved, "C", ("scan", "admit"))
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    with unit_of_work():
        came = WalkIn("w1", "A", now, True, {"name": "Dina Ek"})
        phone_now = device_by_token(made.tokens["A"])
        assert phone_now is not None
        walk_ins.walk_in(phone_now, came, now)
    db.session.rollback()
    assert db.session.scalars(select(Admission.session_id)).all() == [second] * 2
    (told,) = deliver(made, "A", scan("s2", made.codes[1], gate="B"))
    assert (told["verdict"], told["reason"]) == ("refused", "not_yet")


def test_a_walk_in_without_network_happened_between_two_contacts(client: InspectingClient) -> None:
    made, now = workshop(), clock.now()
    bounds = {"offset_ms": 0, "before": stamp(now - timedelta(minutes=9)), "after": stamp(now)}
    ahead = rfc3339(now + timedelta(hours=24))
    assert send(client, made, at=ahead, offline=True, clock=bounds).json["verdict"] == "admitted"
    db.session.rollback()
    assert abs(db.session.scalars(select(Admission.at)).one() - now) < timedelta(seconds=1)


def test_a_walk_in_that_waited_for_the_lead_happened_before_it_arrived(
    client: InspectingClient,
) -> None:
    made, now = workshop(capacity=3), clock.now()
    ahead = rfc3339(now + timedelta(hours=24))
    assert send(client, made, at=ahead, offline=True).json["reason"] == "full"
    with unit_of_work():
        planning.set_capacity(made.event.id, 9)
        (row,) = db.session.scalars(select(QuarantinedScan)).all()
        received = row.received_at
        assert reviewing.take_in(made.event.id, [row.id], clock.now()) == 1
    admitted = db.session.scalar(select(func.max(Admission.at)))
    db.session.rollback()
    assert admitted is not None
    assert admitted <= received


def test_one_item_of_a_file_that_nobody_can_read_stops_no_other(app: Flask) -> None:
    made = workshop()
    deep: Any = "x"
    for _ in range(880):
        deep = [deep]
    odd = [{"id": "a\u0000b"}, {"id": "\ud800"}, {"id": "d", "x": deep}, {"code": deep}]
    file = {
        "torvet": "unsent scans",
        "event": str(made.event.id),
        "device": made.scanner("A").name,
        "scans": [*odd, offline("s1", made.codes[0], "12:00")],
        "walkins": odd,
    }
    with unit_of_work():
        found = unsent.import_unsent(
            made.event.id, json.dumps(file).encode(), clock.now(), keep=True
        )
    assert sorted(one.verdict for one in found.answers).count("admitted") == 1
    assert verdicts([{"verdict": one.verdict} for one in found.answers]).count("quarantined") == 8
