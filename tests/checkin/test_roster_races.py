"""A phone that follows the list by differences while others enrol and cancel misses nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag
from typing import Any

import pytest
from flask import Flask

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops.services import enrolling, leaving, planning
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, workshop
from tests.factories import bearer

WRITERS = 4
EACH = 6


@pytest.mark.slow
def test_differences_skip_no_change_however_writers_meet(app: Flask) -> None:
    made = workshop(names=(), capacity=WRITERS * EACH // 2)
    db.session.rollback()
    done = Flag()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        following = pool.submit(follow, app, made, done)
        writing = [pool.submit(write, app, number) for number in range(WRITERS)]
        for one in writing:
            one.result()
        done.set()
        held = following.result()
    full = fetched(app, made, None)
    assert held == {one["key"]: one["state"] for one in full["entries"]}
    assert len(held) == WRITERS * EACH
    assert set(held.values()) == {"valid", "cancelled"}


def write(app: Flask, writer: int) -> None:
    """Enrol some, and cancel every second one."""
    with app.app_context():
        for number in range(EACH):
            wish = Wish(f"Guest {writer} {number}", f"g{writer}-{number}@mail.example")
            with unit_of_work():
                place = enrolling.enrol("dialog", wish, letters=False).place
            if number % 2:
                with unit_of_work():
                    leaving.cancel(place.enrolment.id, letters=False)
                    planning.move_up(place.event.id)


def follow(app: Flask, made: Made, done: Flag) -> dict[str, str]:
    """What a phone holds that fetched nothing but differences, the last one after all was done."""
    held: dict[str, str] = {}
    version, last = 0, False
    while not last:
        last = done.wait(0.02)
        changed = fetched(app, made, version or None)
        held |= {one["key"]: one["state"] for one in changed["entries"]}
        version = changed["version"]
    return held


def fetched(app: Flask, made: Made, since: int | None) -> dict[str, Any]:
    """The list or a difference as the phone at gate A gets it."""
    address = "/api/v1/checkin/roster" + (f"?since={since}" if since else "")
    answer = app.test_client().get(address, headers=bearer(made.tokens["A"]))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json  # type: ignore[assignment]
    return body
