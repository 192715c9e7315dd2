"""Codes that waited on a phone, sealed to the server: the same scans as in the open."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.models import QuarantinedScan, Scan
from app.core.database import db
from app.devices.services.seals import opened, seal_point
from tests.checkin.making import deliver, offline, scan, verdicts, workshop
from tests.door import phone
from tests.factories import bearer
from tests.pages import InspectingClient


def sealed(event_id: int, item: dict[str, Any]) -> dict[str, Any]:
    """The item as it lies on the phone."""
    rest = {name: value for name, value in item.items() if name != "code"}
    return rest | {"sealed": phone.sealed(phone.encoded(seal_point(event_id)), item["code"])}


def test_a_sealed_scan_admits_like_an_open_one_and_is_the_same_scan(app: Flask) -> None:
    made = workshop()
    item = offline("s1", made.codes[0], "12:00")
    first = deliver(made, "A", sealed(made.event.id, item))
    assert verdicts(first) == ["admitted"]
    again = deliver(made, "A", item, sealed(made.event.id, item))
    assert verdicts(again) == ["admitted", "admitted"]
    assert db.session.scalars(select(Scan.code)).all() == [made.codes[0]]


def test_a_sealed_short_code_is_found_and_tells_no_name(app: Flask) -> None:
    made = workshop()
    item = sealed(made.event.id, offline("s1", made.shorts[0], "12:00"))
    (answer,) = deliver(made, "A", item)
    assert answer["verdict"] == "admitted"
    assert "name" not in answer


def test_what_was_sealed_to_another_event_is_kept_as_it_came(app: Flask) -> None:
    made, other = workshop(), workshop("other", ())
    item = sealed(other.event.id, offline("s1", made.codes[0], "12:00"))
    assert verdicts(deliver(made, "A", item)) == ["quarantined"]
    kept = db.session.scalars(select(QuarantinedScan)).one()
    assert kept.reason == "sealed"
    assert made.codes[0] not in kept.content


@pytest.mark.parametrize("text", ["", "A", "é", "A" * 500, "_" * 5000, 7, None, ["A"]])
def test_what_is_no_seal_is_quarantined_and_stops_nothing(app: Flask, text: object) -> None:
    made = workshop()
    broken = {**scan("s1", ""), "sealed": text}
    del broken["code"]
    answers = deliver(made, "A", broken, scan("s2", made.codes[0]))
    assert verdicts(answers) == ["quarantined", "admitted"]


def test_a_point_off_the_curve_opens_nothing(app: Flask) -> None:
    made = workshop()
    good = phone.decoded(phone.sealed(phone.encoded(seal_point(made.event.id)), "x"))
    assert opened(made.event.id, phone.encoded(good)) == "x"
    for wrong in (b"\x04" + b"\x01" * 64 + good[65:], b"\x02" + good[1:], good[:-1], good[:70]):
        item = {**offline("s1", "", "12:00"), "sealed": phone.encoded(wrong)}
        del item["code"]
        assert verdicts(deliver(made, "A", item)) == ["quarantined"]


def test_short_codes_cannot_be_guessed_under_seal(client: InspectingClient) -> None:
    made = workshop()
    headers = bearer(made.tokens["A"])
    items = [sealed(made.event.id, scan(f"s{n}", "abcde-fghj2")) for n in range(21)]
    answer = client.post("/api/v1/checkin/scans", json={"scans": items}, headers=headers)
    assert verdicts(answer.json["results"]) == ["unknown"] * 20 + ["quarantined"]
    again = client.post("/api/v1/checkin/scans", json={"scans": items[:3]}, headers=headers)
    assert again.status_code == 429
