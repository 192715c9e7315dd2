"""Many taps in the same moment: one answer set, one complete response, nobody sees an error."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.surveys.models import Response
from app.surveys.queries import waves
from app.surveys.rules import Disposition
from app.surveys.services import answering
from tests.pages import InspectingClient
from tests.surveys import making
from tests.surveys.making import AMINA

TAPS = 12


def tapped_at_once(app: Flask, path: str, **answers: str) -> set[int]:
    """Send the same page from many phones at once; the statuses they got."""
    gate = Barrier(TAPS)

    def tap(_number: int) -> int:
        client = app.test_client()
        assert isinstance(client, InspectingClient)
        client.csrf_token()
        gate.wait()
        return client.post(path, data=dict(answers)).status_code

    with ThreadPoolExecutor(TAPS) as pool:
        return set(pool.map(_apart(tap), range(TAPS)))


def _apart(call: Callable[[int], int]) -> Callable[[int], int]:
    return lambda number: contextvars.Context().run(call, number)


def test_many_taps_on_begin_make_one_answer_set(app: Flask) -> None:
    made = making.sent(AMINA)
    link = f"/s/{made.token('Amina Yusuf')}"
    assert tapped_at_once(app, link) == {303}
    assert tapped_at_once(app, f"{link}/q/still_working", still_working="no") == {303}
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


def test_many_taps_on_the_last_page_hand_in_once(app: Flask) -> None:
    made = making.sent(AMINA)
    number, link = made.ids["Amina Yusuf"], f"/s/{made.token('Amina Yusuf')}"
    with unit_of_work():
        answering.answer_all(number, {"still_working": ["no"]}, whole=False)
    assert tapped_at_once(app, f"{link}/q/left_reason", left_reason="moved") == {303}
    assert making.disposition(number) == Disposition.COMPLETE
    assert len(waves.responses(made.wave_id)) == 1
