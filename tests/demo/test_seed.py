"""Small worlds from a file: what is printed drives the machine interface, faults are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.outbox import Letter
from app.demo.cli import seed
from app.events.models import Event
from tests.factories import bearer
from tests.pages import InspectingClient

WORLD: dict[str, Any] = {
    "events": [
        {
            "slug": "fest",
            "kind": "festival",
            "stalls": [
                {"code": "1", "power_amp": 16, "cabinet": "B"},
                {"code": "2", "power_amp": 58, "cabinet": "B"},
            ],
            "cabinets": [{"code": "B", "amp": 63}],
        },
        {"slug": "hold", "capacity": 2, "gates": ["A"], "enrolments": 3},
    ],
    "organisations": [
        {"name": "Forening", "kind": "association", "mail": "f@x.example"},
        {"name": "Køkken", "kind": "restaurant", "mail": "k@x.example"},
    ],
    "api_tokens": [{"name": "t", "scopes": ["enrol", "scan", "holdings", "read"]}],
}


def run(app: Flask, folder: Path, world: object) -> Result:
    file = folder / "world.json"
    file.write_text(json.dumps(world))
    return app.test_cli_runner().invoke(seed, [str(file)])


def made(app: Flask, folder: Path) -> dict[str, Any]:
    done = run(app, folder, WORLD)
    assert done.exit_code == 0, done.output
    world: dict[str, Any] = json.loads(done.stdout)
    return world


def test_what_is_seeded_can_be_scanned_at_once(
    app: Flask, client: InspectingClient, tmp_path: Path
) -> None:
    event = made(app, tmp_path)["events"]["hold"]
    ticket, waiting = event["tickets"][0], event["tickets"][2]
    scans = [
        {
            "id": f"{n:032x}",
            "code": code,
            "kind": "entry",
            "gate": "A",
            "seq": n,
            "offline": False,
            "at": "2026-01-01T10:00:00.000Z",
        }
        for n, code in enumerate((ticket["code"], ticket["short"], waiting["code"]))
    ]
    answer = client.post(
        "/api/v1/checkin/scans", json={"scans": scans}, headers=bearer(event["devices"]["A"])
    )
    verdicts = [(one["verdict"], one.get("reason")) for one in json.loads(answer.text)["results"]]
    assert verdicts == [("admitted", None), ("already", None), ("refused", "waitlisted")]


def test_stalls_can_be_held_until_the_cabinet_is_full(
    app: Flask, client: InspectingClient, tmp_path: Path
) -> None:
    world = made(app, tmp_path)
    headers = bearer(world["api_tokens"]["t"])
    statuses = [
        client.post(
            "/api/v1/events/fest/holdings",
            json={
                "stall": stall,
                "application": world["organisations"][name]["application_ids"][0],
            },
            headers=headers,
        ).status_code
        for stall, name in (("1", "Forening"), ("2", "Køkken"))
    ]
    assert statuses == [201, 409]


def test_seeding_writes_no_letters(app: Flask, tmp_path: Path) -> None:
    made(app, tmp_path)
    assert db.session.scalar(select(func.count(Letter.id))) == 0
    db.session.rollback()


def test_the_same_slug_again_is_refused_and_leaves_nothing(app: Flask, tmp_path: Path) -> None:
    made(app, tmp_path)
    again = run(app, tmp_path, {"events": [{"slug": "new"}, {"slug": "hold"}]})
    assert again.exit_code == 1
    assert "hold" in again.output
    assert db.session.scalar(select(func.count(Event.id))) == 2
    db.session.rollback()


@pytest.mark.parametrize(
    "world",
    [
        {"events": [{"slug": "x", "colour": "red"}]},
        {"events": [{"slug": "A b"}]},
        {"events": [{"slug": "x", "kind": "party"}]},
        {"events": [{"slug": "x", "stalls": [{"code": "1", "cabinet": "none"}]}]},
        {"api_tokens": [{"name": "t", "scopes": ["everything"]}]},
        [],
    ],
)
def test_a_faulty_file_is_told_in_words(app: Flask, tmp_path: Path, world: object) -> None:
    done = run(app, tmp_path, world)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
