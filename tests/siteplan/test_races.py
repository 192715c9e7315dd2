"""Many change a plan, and place on it, in the same moment: no limit is passed, no code is twice."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from app.applications.rules.answers import Needs
from app.core.database import db
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.siteplan.queries import things
from app.siteplan.rules.kinds import Kind
from app.siteplan.services import editing
from app.vendors.queries.plan import plan_of
from app.vendors.rules.specs import StallSpec
from app.vendors.services import reserving
from tests.vendors.making import accepted, festival, plan
from tests.workshops.test_races import Answer, released_at_once

DONE = 303
STALLS = 6


def told(verb: Callable[[], object]) -> Callable[[Flask], Answer]:
    """The verb in a transaction of its own; its refusal's status, or that it was done."""

    def call(app: Flask) -> Answer:
        with app.app_context():
            try:
                with unit_of_work():
                    verb()
            except Refusal as refusal:
                return refusal.status, {"detail": type(refusal).__name__}
            return DONE, {}

    return call


def test_a_cabinet_is_lowered_while_its_stalls_are_given(app: Flask) -> None:
    """Whoever comes second is refused: six of 16 A want 96, the cabinet has 63 or 32."""
    event = festival()
    rows = plan(event, [StallSpec(str(one), 16, "B") for one in range(STALLS)])
    ids = [(row.id, accepted(event, f"Café {row.code}", Needs(power_amp=16)).id) for row in rows]
    event_id, cabinet_id = event.id, rows[0].cabinet_id or 0

    def give(stall_id: int, application_id: int) -> Callable[[], object]:
        return lambda: reserving.reserve_stall(event_id, stall_id, application_id)

    def lower() -> object:
        return editing.change(event_id, Kind.CABINET, cabinet_id, {"amp": 32})

    calls = [told(give(*one)) for one in ids] + [told(lower)] * 3
    answers = [status for status, _body in released_at_once(app, calls)]
    db.session.remove()
    load = plan_of(event_id).cabinets[0].load
    given = answers[:STALLS].count(DONE)
    assert load.used == (16 * given,) and load.used[0] <= load.limit
    lowered = answers[STALLS:].count(DONE)
    assert (load.limit == 32) == (lowered > 0)
    assert set(answers) <= {DONE, 409}


def test_one_code_is_given_once(app: Flask) -> None:
    event_id = festival().id
    facts = {"code": "V1", "hoses": 2, "x": 0, "y": 0}
    calls = [told(lambda: editing.add(event_id, Kind.TAP, facts)) for _time in range(STALLS)]
    answers = released_at_once(app, calls)
    assert [status for status, _body in answers].count(DONE) == 1
    assert {body["detail"] for status, body in answers if status != DONE} == {"CodeTaken"}
    db.session.remove()
    assert len(things.things(event_id, Kind.TAP)) == 1
