"""A phone that asks for differences while the desk is at work ends with the whole list."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask

from app.checkin.services import roster
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops.services import changing, enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.checkin.making import workshop

CLERKS = 4
TURNS = 30


class Copy:
    """The list as a phone keeps it from differences alone."""

    def __init__(self, event_id: int) -> None:
        self.event_id, self.version, self.asked = event_id, 0, 0
        self.entries: dict[str, Any] = {}

    def renew(self) -> None:
        found = roster.roster(self.event_id, self.version, clock.now())
        db.session.rollback()
        assert (found["since"] is None) == (self.version == 0)
        self.entries |= {one["key"]: one for one in found["entries"]}
        self.version, self.asked = found["version"], self.asked + 1


def clerk(app: Flask, number: int) -> Callable[[], None]:
    """Somebody who enrols, cancels and reissues by turns."""

    def work() -> None:
        chance, own = Random(number), list[int]()
        for turn in range(TURNS):
            with app.app_context(), unit_of_work():
                if len(own) < 2 or chance.random() < 0.5:
                    wish = Wish(f"Guest {number} {turn}", f"{number}.{turn}@mail.example")
                    place = enrolling.enrol("dialog", wish, letters=False).place
                    own.append(place.enrolment.id)
                elif chance.random() < 0.5:
                    leaving.cancel(own.pop(chance.randrange(len(own))), letters=False)
                else:
                    changing.reissue(chance.choice(own))

    return work


@pytest.mark.slow
def test_differences_asked_for_while_the_list_changes_miss_nothing(app: Flask) -> None:
    made = workshop(capacity=40)
    phone = Copy(made.event.id)
    phone.renew()
    clerks = [threading.Thread(target=clerk(app, number)) for number in range(CLERKS)]
    for one in clerks:
        one.start()
    while any(one.is_alive() for one in clerks):
        phone.renew()
    for one in clerks:
        one.join()
    phone.renew()
    whole = roster.roster(made.event.id, None, clock.now())
    assert phone.version == whole["version"]
    assert phone.entries == {one["key"]: one for one in whole["entries"]}
    assert len(phone.entries) > CLERKS * TURNS / 2
    assert phone.asked > TURNS
