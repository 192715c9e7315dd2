"""Short codes that a phone without network can look up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin import jobs
from app.checkin.rules import entries
from app.checkin.services import hashing
from app.checkin.services.roster import roster
from app.core import clock
from app.core.database import db
from app.tickets.models import Ticket
from tests.checkin.making import Made, workshop
from tests.door import phone


def unhashed_of(made: Made) -> int:
    db.session.rollback()
    wanted = (Ticket.event_id == made.event.id, Ticket.short_hash.is_(None))
    return int(db.session.scalar(select(func.count()).where(*wanted)) or 0)


def test_a_typed_code_is_found_by_its_slow_hash_once_the_worker_was_round(app: Flask) -> None:
    made, now = workshop(), clock.now()
    before = roster(made.event.id, None, now)
    assert all("short" not in one for one in before["entries"])
    assert jobs.hash_short_codes(now) == 3
    assert jobs.hash_short_codes(now) == 0
    changed = roster(made.event.id, before["version"], now)
    assert changed["version"] == before["version"] + 1
    shorts = {one["key"]: one["short"] for one in changed["entries"]}
    assert shorts[phone.key_of(made.codes[0])] == phone.short_of(made.shorts[0], made.event.id)


def test_each_pass_is_short_and_the_next_goes_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "SLOW_ITERATIONS", 1)
    monkeypatch.setattr(hashing, "AT_ONCE", 2)
    made, now = workshop(), clock.now()
    assert [jobs.hash_short_codes(now) for _ in range(3)] == [2, 1, 0]
    assert unhashed_of(made) == 0


def test_only_events_with_phones_that_are_near_are_prepared(app: Flask) -> None:
    made, now = workshop("phoneless", gates=()), clock.now()
    assert jobs.hash_short_codes(now) == 0
    near = workshop("near")
    assert jobs.hash_short_codes(now - timedelta(days=8)) == 0
    assert jobs.hash_short_codes(now + timedelta(days=1)) == 0
    assert unhashed_of(made) == unhashed_of(near) == 3
