"""Several requests for the same application in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app.applications import refusals
from app.applications.models import Application
from app.applications.rules import answers
from app.applications.rules.states import Role, State
from app.applications.services import telling, writing
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.organisations.rules import Actor
from tests.applications.making import MAIL, NOW, again, drafted, festival, letters, organisation

CALLERS = 12


def at_once(app: Flask, verb: Callable[[], object]) -> list[str]:
    """Call the verb from many threads released together; what each met."""
    barrier = Barrier(CALLERS)

    def call(_number: int) -> str:
        with app.app_context(), at(NOW):
            barrier.wait()
            try:
                with unit_of_work():
                    verb()
            except refusals.NotPossible:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(call, range(CALLERS)))


def test_many_beginning_at_once_share_one_draft(app: Flask) -> None:
    event, made = festival(), organisation()
    event_id, organisation_id = event.id, made.id
    role = Role.ASSOCIATION_STALL
    met = at_once(app, lambda: writing.begin(Actor(MAIL), event_id, organisation_id, role))
    assert met == ["done"] * CALLERS
    assert db.session.scalar(select(func.count()).select_from(Application)) == 1


def test_many_submitting_at_once_write_one_letter(app: Flask) -> None:
    kept = drafted(festival(), organisation())
    number = kept.id
    details, needs = {"sign": "Skilt"}, answers.Needs()
    met = at_once(app, lambda: writing.submit(Actor(MAIL), number, details, needs))
    assert met == ["done"] * CALLERS
    assert again(kept).state == State.SUBMITTED
    assert len(letters("received")) == 1


def test_many_withdrawing_at_once_withdraw_once(app: Flask) -> None:
    kept = drafted(festival(), organisation())
    number = kept.id
    met = at_once(app, lambda: telling.withdraw(Actor(MAIL), number))
    assert sorted(met) == ["done"] + ["refused"] * (CALLERS - 1)
