"""The figures followed as they change are those of a fresh count, whatever happened in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

import pytest

from app.checkin.queries import board as boards
from app.checkin.queries.counts import counts
from app.core.database import db
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.workshops.services import changing, enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, deliver, scan, workshop
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")

Counting = Callable[[], AbstractContextManager[Statements]]
STEPS = 40


def counted_afresh(event_id: int) -> object:
    """The same figures by a board that has just begun."""
    kept = boards._boards.pop(db.engine)
    fresh = counts(event_id)
    boards._boards[db.engine] = kept
    return fresh


def something_happens(made: Made, chance: random.Random, step: int) -> None:
    """One scan, or one change of the list."""
    place = chance.randrange(len(made.codes))
    gate = chance.choice("ABC")
    kind = chance.choice(["entry", "entry", "exit", "cancel", "reissue", "enrol", "annul"])
    if kind in ("entry", "exit"):
        deliver(made, gate, scan(f"s{step}", made.codes[place], kind, gate=gate))
    elif kind == "annul":
        undone = {"annuls": f"s{chance.randrange(step + 1)}"}
        deliver(made, gate, scan(f"s{step}", made.codes[place], kind, gate=gate, **undone))
    elif kind == "enrol":
        with unit_of_work():
            wish = Wish(f"Guest {step}", f"guest{step}@mail.example", seats=chance.randint(1, 3))
            new = enrolling.enrol(made.event.slug, wish, letters=False).place
            made.codes.append(new.ticket.code)
            made.enrolments.append(new.enrolment.id)
    else:
        change(made, place, kind)


def change(made: Made, place: int, kind: str) -> None:
    """Cancel or reissue, where that is still possible."""
    with suppress(Refusal), unit_of_work():
        if kind == "cancel":
            leaving.cancel(made.enrolments[place], letters=False)
        else:
            made.codes[place] = changing.reissue(made.enrolments[place]).ticket.code


def test_figures_followed_equal_figures_counted_anew() -> None:
    made, chance = workshop(), random.Random(7)
    for step in range(STEPS):
        something_happens(made, chance, step)
        assert counts(made.event.id) == counted_afresh(made.event.id)
    assert counts(made.event.id).arrived > 0


def test_a_scan_that_was_received_earlier_and_committed_later_is_not_missed() -> None:
    made = workshop()
    counts(made.event.id)
    deliver(made, "A", scan("s1", made.codes[0]))
    assert counts(made.event.id).arrived == 1
    with unit_of_work():
        db.session.execute(
            boards.Scan.__table__.update().values(received_ms=boards.Scan.received_ms - 5_000)  # type: ignore[attr-defined]
        )
    deliver(made, "B", scan("s2", made.codes[1]))
    assert counts(made.event.id).arrived == 2


def test_figures_that_did_not_change_take_three_statements(statements: Counting) -> None:
    made = workshop()
    deliver(made, "A", *[scan(f"s{n}", code) for n, code in enumerate(made.codes)])
    counts(made.event.id)
    with statements() as seen:
        assert counts(made.event.id).arrived == 3
    assert len(seen) == 3, seen
