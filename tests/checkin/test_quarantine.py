"""What lies in quarantine: whatever a phone sends, the lead's page shows it and can settle it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.models import QuarantinedScan, Scan
from app.checkin.services import reviewing
from app.checkin.services.quarantining import LONGEST_QUARANTINED
from app.core import clock
from app.core.database import db
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.services import devices
from app.workshops.models import Admission
from tests.checkin.making import Made, deliver, offline, scan, verdicts, workshop
from tests.door.test_desk import DESK, lead
from tests.factories import api_token, bearer
from tests.pages import InspectingClient

__all__ = ["lead"]

SCANS = "/api/v1/checkin/scans"
MACHINES = "/desk/door/machines/quarantine"
PAGE = f"{DESK}/quarantine"
ODD: tuple[Any, ...] = (
    {"id": "a", "code": "\ud800"},
    {"id": "b", "kind": "\ud800"},
    {"id": "c", "code": "a\u0000b", "gate": "\u0000", "at": "\ud800"},
    {"id": "d", "code": ["x"], "kind": {}, "gate": 7},
    {"id": "e", "code": "\u202eabc", "kind": "<script>"},
    "\ud800",
    [[[]]],
    None,
)


def revoke(made: Made, gate: str) -> None:
    """End the phone at a gate."""
    with unit_of_work():
        devices.revoke(device(made.event.id, int(made.scanner(gate).name)))
    db.session.remove()


def quarantined(reason: str) -> list[QuarantinedScan]:
    """What lies there for a reason."""
    db.session.rollback()
    return list(
        db.session.scalars(select(QuarantinedScan).where(QuarantinedScan.reason == reason)).all()
    )


def test_no_item_of_a_phone_closes_the_leads_page(lead: InspectingClient) -> None:
    made = workshop()
    revoke(made, "A")
    headers = bearer(made.tokens["A"])
    for one in ODD:
        assert lead.post(SCANS, json={"scans": [one]}, headers=headers).status_code == 200
    page = lead.page(PAGE)
    assert len(page.one("tbody").findall("tr")) == len(ODD)
    rows = [str(one) for one in db.session.scalars(select(QuarantinedScan.id)).all()]
    db.session.rollback()
    lead.send(PAGE, {**page.form(), "chosen": rows, "verb": "aside"})
    assert not lead.page(PAGE).all("tbody")


def test_of_what_is_far_larger_than_a_scan_the_beginning_is_kept(lead: InspectingClient) -> None:
    made = workshop()
    answers = deliver(made, "A", {"id": "huge", "x": ["y" * 1_000_000] * 3})
    assert verdicts(answers) == ["quarantined"]
    (kept,) = quarantined("large")
    assert len(kept.content) == LONGEST_QUARANTINED
    assert lead.page(PAGE).one("tbody")
    with unit_of_work():
        assert reviewing.take_in(made.event.id, [kept.id], clock.now()) == 0


def test_a_revoked_phone_delivers_no_more_than_a_phone_can_hold(client: InspectingClient) -> None:
    made = workshop()
    revoke(made, "A")
    headers = bearer(made.tokens["A"])
    items = [scan(f"s{number}", "x") for number in range(1000)]
    told = [
        client.post(SCANS, json={"scans": items}, headers=headers).status_code for _ in range(6)
    ]
    assert told == [200] * 5 + [429]


def test_too_many_typed_codes_stop_nothing_else(app: Flask, client: InspectingClient) -> None:
    made = workshop()
    typed = [scan(f"t{number}", "abcde-fghj2", seq=number) for number in range(30)]
    items = [*typed, scan("good", made.codes[0], seq=31)]
    answer = client.post(SCANS, json={"scans": items}, headers=bearer(made.tokens["A"]))
    told = verdicts(answer.json["results"])
    assert told == ["unknown"] * 20 + ["quarantined"] * 10 + ["admitted"]
    assert len(quarantined("tries")) == 10


def test_a_machine_has_no_codes_to_guess_and_its_rows_are_the_events(
    lead: InspectingClient,
) -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[0]))
    items = [
        *(scan(f"t{number}", "abcde-fghj2") for number in range(30)),
        scan("s1", made.codes[1]),
    ]
    answer = lead.post(SCANS, json={"scans": items}, headers=bearer(api_token("scan")))
    assert verdicts(answer.json["results"]) == ["unknown"] * 30 + ["quarantined"]
    assert [one.event_id for one in quarantined("other content")] == [made.event.id]
    assert lead.page(PAGE).one("tbody")


def test_what_machines_sent_for_no_event_is_shown_on_the_page_of_doors(
    lead: InspectingClient,
) -> None:
    workshop()
    assert not lead.page("/desk/door/").all("a", href=MACHINES)
    headers = bearer(api_token("scan"))
    for one in ODD:
        answer = lead.post(SCANS, json={"scans": [one]}, headers=headers)
        assert verdicts(answer.json["results"]) == ["quarantined"]
    (link,) = lead.page("/desk/door/").all("a", href=MACHINES)
    assert str(len(ODD)) in str(link.text)
    page = lead.page(MACHINES)
    assert len(page.one("tbody").findall("tr")) == len(ODD)
    assert lead.post(MACHINES, data=page.form()).status_code == 422
    rows = [str(one) for one in db.session.scalars(select(QuarantinedScan.id)).all()]
    db.session.rollback()
    lead.send(MACHINES, {**page.form(), "chosen": rows})
    assert not lead.page(MACHINES).all("tbody")
    assert not lead.page("/desk/door/").all("a", href=MACHINES)


def test_what_a_revoked_phone_sent_under_a_number_that_stands_is_taken_in_beside_it(
    app: Flask,
) -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    revoke(made, "A")
    deliver(made, "A", offline("s1", made.codes[1], "12:00"))
    (row,) = quarantined("revoked")
    with unit_of_work():
        assert reviewing.take_in(made.event.id, [row.id], clock.now()) == 1
    db.session.rollback()
    admitted = db.session.scalars(select(Admission.ticket_id)).all()
    assert sorted(admitted) == sorted(made.tickets[:2])
    assert len(quarantined("other content")) == 0, "the try leaves nothing behind"


def test_what_is_taken_in_happened_before_it_arrived(app: Flask) -> None:
    made, now = workshop(), clock.now()
    revoke(made, "A")
    with at_moment(now):
        ahead = (now + timedelta(hours=26)).isoformat(timespec="milliseconds")
        deliver(made, "A", {**offline("s1", made.codes[0], "12:00"), "at": ahead})
    (row,) = quarantined("revoked")
    with unit_of_work():
        assert reviewing.take_in(made.event.id, [row.id], clock.now()) == 1
    received = row.received_at
    db.session.rollback()
    assert db.session.scalars(select(Admission.at)).one() <= received
    assert db.session.scalars(select(Scan.skewed)).one()


@pytest.mark.parametrize("gate", ["x" * 81, "a\u0000b", "\u202ea\n"])
def test_a_gate_has_a_name_that_can_be_printed(lead: InspectingClient, gate: str) -> None:
    workshop()
    answer = lead.get(f"{DESK}/terms/gate", query_string={"gate": gate})
    assert answer.status_code == 404
