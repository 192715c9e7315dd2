"""The follow-ups of 2010: invitations, reminders and answers, each at its own moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle, islice
from pathlib import Path

from sqlalchemy import select

from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules import workshop_texts as texts
from app.demo.rules import year2010
from app.demo.rules.year2010 import Fate
from app.surveys.models import Invitation, Wave
from app.surveys.queries import respondents, waves
from app.surveys.services import answering, inviting, setting_up

SETS = Path(__file__).resolve().parents[2] / "surveys" / "sets"
REMINDERS = (timedelta(days=7, hours=1), timedelta(days=14, hours=2))
# A state is sent with a hyphen, so that it cannot be mistaken for a value.
SENT_AS = {"dont_know": "-dont_know"}
_numbers = count(1)


def load_sets() -> None:
    """Every questionnaire that Torvet ships with."""
    for file in sorted(SETS.glob("*.json")):
        with unit_of_work():
            setting_up.load(json.loads(file.read_text("utf-8")))


def follow_up_workshops(fates: Mapping[int, Fate]) -> None:
    """Ask everyone who came, half a year after, and let each answer as their fate says."""
    wave_id = start("fd_followup", year2010.WORKSHOPS[-1].day + timedelta(days=1))
    for workshop in year2010.WORKSHOPS:
        half_a_year_on = datetime.combine(workshop.day, time(16), COPENHAGEN) + timedelta(days=180)
        follow(wave_id, half_a_year_on, fates)
    with at(datetime(2011, 1, 10, 9, tzinfo=UTC)), unit_of_work():
        setting_up.close(waves.wave(wave_id))


def follow_up_advice() -> None:
    """Ask the recipients of advice and requisitions, of whom thirty-six answer."""
    wave_id = start("advice_followup", date(2010, 12, 1))
    moment = datetime(2010, 12, 31, 9, tzinfo=UTC)
    send_due(moment)
    invited = _of(wave_id)
    with at(moment + timedelta(days=2)):
        for number, invitation_id in enumerate(invited):
            _answer_advice(number, invitation_id)
    remind_due(moment)
    with at(datetime(2011, 3, 1, 9, tzinfo=UTC)), unit_of_work():
        setting_up.close(waves.wave(wave_id))


def fill_panel() -> None:
    """Enter the inclusion panel's answers."""
    with at(datetime(2010, 10, 1, 9, tzinfo=UTC)):
        with unit_of_work():
            wave = setting_up.start_wave(
                waves.survey("inclusion_panel"), "2010", date(2010, 10, 1), date(2010, 12, 31)
            )
        for seed, (group, number, mean, spread) in enumerate(year2010.PANEL):
            with unit_of_work():
                for answers in year2010.panel_answers(number, mean, spread, seed):
                    sent = {
                        item: [str(value)]
                        for item, value in zip(year2010.ITEMS, answers, strict=True)
                    }
                    answering.enter(wave, {**sent, "background": [group]})
    with at(datetime(2011, 1, 2, 9, tzinfo=UTC)), unit_of_work():
        setting_up.close(waves.wave(wave.id))


def start(key: str, planned_on: date) -> int:
    """A wave over everyone of 2010, planned once they are all known."""
    with at(datetime.combine(planned_on, time(8), UTC)), unit_of_work():
        wave: Wave = setting_up.start_wave(
            waves.survey(key), "2010", date(2010, 1, 1), date(2010, 12, 31), date(2011, 12, 31)
        )
        inviting.plan(wave)
    return wave.id


def follow(wave_id: int, moment: datetime, fates: Mapping[int, Fate]) -> None:
    """Send what is due, let each answer three days later, and remind the silent twice."""
    sent = send_due(moment)
    with at(moment + timedelta(days=3)):
        for invitation_id in sent:
            with unit_of_work():
                invitation = db.session.get_one(Invitation, invitation_id)
                _meet(invitation, fates[invitation.person_id or 0])
    remind_due(moment)


def send_due(moment: datetime) -> list[int]:
    """Send the invitations that are due; their numbers."""
    with at(moment):
        due = list(waves.due_invitations(clock.now()))
        for invitation_id in due:
            with unit_of_work():
                inviting.send(invitation_id)
    return due


def remind_due(moment: datetime) -> None:
    """Both reminders, to those still silent."""
    for later in REMINDERS:
        with at(moment + later):
            for invitation_id in waves.due_reminders(clock.now()):
                with unit_of_work():
                    inviting.remind(invitation_id)


def _meet(invitation: Invitation, fate: Fate) -> None:
    if fate.disposition == "complete":
        answering.answer_all(invitation.id, _answers(fate))
    elif fate.disposition == "partial":
        answering.answer_all(invitation.id, {"still_working": ["yes"]}, whole=False)
    elif fate.disposition == "refused":
        answering.refuse(respondents.respondent_of(invitation.id))
    elif fate.disposition == "bounced":
        inviting.bounce(invitation.id)


def _answers(fate: Fate) -> dict[str, list[str]]:
    number = next(_numbers)
    if fate.working == "no":
        return {"still_working": ["no"], "left_reason": [("new_job", "moved", "ended")[number % 3]]}
    goals, reached = fate.goals
    reaching, short = cycle("234"), cycle("10")
    attained = [
        *islice(reaching, number % 3, number % 3 + reached),
        *islice(short, goals - reached),
    ]
    return {
        "still_working": [SENT_AS.get(fate.working, fate.working)],
        **{f"attain-{n}": [value] for n, value in enumerate(attained, start=1)},
        "hinder": [texts.HINDRANCES[number % len(texts.HINDRANCES)]],
        "methods": [("parent_cafe", "home_visit", "bridge_builder")[number % 3]],
        "new_method": ["no" if number % 5 == 0 else "yes"],
        "coop": [str(1 + number % 4)],
        "tools": ["yes"],
        "improve": [str(1 + number % 4)],
        "recommend": ["yes"],
        "comment": [texts.COMMENTS[number % len(texts.COMMENTS)]],
    }


def _of(wave_id: int) -> list[int]:
    statement = select(Invitation.id).where(Invitation.wave_id == wave_id)
    return list(
        db.session.scalars(statement.order_by(Invitation.due_at, Invitation.person_id)).all()
    )


def _answer_advice(number: int, invitation_id: int) -> None:
    with unit_of_work():
        if number < len(year2010.RECIPIENT_ANSWERS):
            new_method, coop = year2010.RECIPIENT_ANSWERS[number]
            answering.answer_all(
                invitation_id,
                {
                    "new_method": [new_method],
                    "coop": [str(coop)],
                    "tools": ["yes"],
                    "improve": [str(1 + number % 4)],
                    "recommend": ["yes"],
                    "comment": [""],
                },
            )
        elif number == len(year2010.RECIPIENT_ANSWERS):
            answering.refuse(respondents.respondent_of(invitation_id))
