"""Many in the same moment for one time on a stage, and for one act on two: exactly one wins."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from app.core.access import StaffRole
from app.core.database import db
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.patient import PatientClient
from tests.stage.making import act, festival, stage, times
from tests.stage.test_routes import DESK, moment, written
from tests.workshops.test_races import Answer, released_at_once

CROWD = 40


def placing(client: InspectingClient, form: dict[str, str], key: int) -> Callable[[Flask], Answer]:
    """One of many desks puts something at its time."""
    cookies = dict(client._cookies or {})

    def call(app: Flask) -> Answer:
        own = PatientClient(app)
        own._cookies = dict(cookies)
        answer = own.post(f"{DESK}/place", data={**form, "form_key": f"wettlauf{key:04}"})
        return answer.status_code, {}

    return call


def test_one_of_many_gets_the_time(app: Flask, client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    crowd = [act(event, f"Nr. {number}") for number in range(CROWD)]
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {**client.page(DESK).form(f"{DESK}/place"), "stage": str(main.id)}
    # Each at another minute, and all of them overlap.
    calls = [
        placing(client, {**form, "act": str(one.id), "starts": written(moment(main, n % 20))}, n)
        for n, one in enumerate(crowd)
    ]
    db.session.rollback()
    answers = [status for status, _ in released_at_once(app, calls)]
    assert sorted(answers) == [303] + [409] * (CROWD - 1)
    assert len(times(event)) == 1


def test_an_act_is_on_one_of_two_stages(app: Flask, client: InspectingClient) -> None:
    event = festival()
    stages = [stage(event), stage(event, "Lille scene")]
    band = act(event, "Orkester Deniz")
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {**client.page(DESK).form(f"{DESK}/place"), "act": str(band.id)}
    calls = [
        placing(
            client,
            {**form, "stage": str(stages[n % 2].id), "starts": written(moment(stages[0], n % 20))},
            n,
        )
        for n in range(CROWD)
    ]
    db.session.rollback()
    answers = [status for status, _ in released_at_once(app, calls)]
    assert sorted(answers) == [303] + [409] * (CROWD - 1)
    assert len(times(event)) == 1
