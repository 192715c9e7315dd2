"""Many phones at once: one ticket comes in once, whoever is first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import DoubleAdmission, Scan
from app.core.database import db
from app.workshops.models import Admission
from tests.checkin.making import scan, workshop
from tests.factories import bearer
from tests.patient import PatientClient

AT_ONCE = 60


def send_all(app: Flask, requests: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Send each (token, body) from its own thread, released together."""
    gate = Barrier(len(requests))

    def send(token: str, body: dict[str, Any]) -> dict[str, Any]:
        client = PatientClient(app)
        gate.wait()
        answer = client.post("/api/v1/checkin/scans", json=body, headers=bearer(token))
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json["results"]  # type: ignore[index]
        return results[0]

    with ThreadPoolExecutor(len(requests)) as pool:
        return [one.result() for one in [pool.submit(send, *request) for request in requests]]


def count_of(model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


@pytest.mark.slow
def test_sixty_phones_scan_one_ticket_and_one_admits(app: Flask) -> None:
    made = workshop()
    db.session.rollback()
    tokens = [made.tokens["ABC"[n % 3]] for n in range(AT_ONCE)]
    bodies = [{"scans": [scan(f"s{n}", made.codes[0], gate="ABC"[n % 3])]} for n in range(AT_ONCE)]
    answers = send_all(app, list(zip(tokens, bodies, strict=True)))
    told = [answer["verdict"] for answer in answers]
    assert told.count("admitted") == 1
    assert told.count("already") == AT_ONCE - 1
    winner = next(one for one in answers if one["verdict"] == "admitted")
    firsts = {one["first"]["at"] for one in answers if one["verdict"] == "already"}
    assert len(firsts) == 1
    assert winner["id"] == db.session.scalars(select(Admission.scan_id)).one()
    assert (count_of(Scan), count_of(DoubleAdmission)) == (AT_ONCE, 0)


@pytest.mark.slow
def test_one_scan_sent_by_many_threads_is_one_row_with_one_answer(app: Flask) -> None:
    made = workshop()
    db.session.rollback()
    for code in (made.codes[0], "not-a-code"):
        body = {"scans": [scan(f"same-{code[:3]}", code)]}
        answers = send_all(app, [(made.tokens["A"], body)] * 30)
        assert all(answer == answers[0] for answer in answers)
    assert (count_of(Scan), count_of(Admission)) == (2, 1)
