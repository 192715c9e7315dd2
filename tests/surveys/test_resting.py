"""A survey rests while what it asks about counts as not held, and goes on when it does again."""

from __future__ import annotations

from datetime import timedelta

from app.core import clock
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.services import scheduling
from app.reports import services as reports
from app.surveys.queries import resting, waves
from app.surveys.rules import Disposition
from app.surveys.services import answering, inviting
from tests.pages import InspectingClient
from tests.surveys import making

FULL = {"still_working": ["yes"], "attain-1": ["3"], "attain-2": ["-dont_know"], "coop": ["4"]}


def test_a_survey_rests_while_what_it_asks_about_counts_as_not_held(
    client: InspectingClient,
) -> None:
    asked = making.sent(making.AMINA, making.Guest("Bo Holm"))
    answered, silent = asked.ids["Amina Yusuf"], asked.ids["Bo Holm"]
    event_id = making.invitation(silent).event_id or 0
    with unit_of_work():
        answering.answer_all(answered, FULL)
    links = {name: f"/s/{asked.token(name)}" for name in asked.ids}
    week = clock.now() + timedelta(days=8)

    def invited() -> tuple[int, int, int]:
        db.session.rollback()
        counted = waves.wave_counts(asked.wave_id)
        return counted.invited, counted.complete, len(waves.responses(asked.wave_id))

    assert invited() == (2, 1, 1)
    with unit_of_work():
        reports.take_back_held(event_id)
    assert invited() == (0, 0, 0)
    assert resting.number_resting(asked.wave_id) == 2
    page = client.page(links["Bo Holm"])
    assert page.heading == "Spørgeskemaet holder pause"
    assert client.post(links["Bo Holm"]).status_code == 410
    assert making.disposition(silent) == Disposition.SENT
    assert client.page(links["Amina Yusuf"]).heading != page.heading
    with at(week):
        assert silent not in waves.due_reminders(week)
        with unit_of_work():
            assert not inviting.remind(silent)
    with unit_of_work():
        scheduling.mark_held(db.session.get_one(Event, event_id))
    assert invited() == (2, 1, 1)
    assert client.send(links["Bo Holm"], {}).status_code == 303
    with at(week), unit_of_work():
        assert inviting.remind(silent)
