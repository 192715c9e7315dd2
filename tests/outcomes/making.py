"""A small year with workshops held, people asked half a year later, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.advisory import services as advisory
from app.advisory.services import Request
from app.checkin.services import paper
from app.core import clock
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries as events_read
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.people.models import Person
from app.questions.models import AnswerSet
from app.surveys import services as surveys
from app.surveys.models import Invitation, Response, Survey, Wave
from app.surveys.services import answering, inviting, setting_up
from app.workshops.services import changing, many, planning
from app.workshops.services.drafting import Wish

SETS = Path(surveys.__file__).resolve().parent.parent / "sets"
YEAR = 2020
SPRING = datetime(YEAR, 3, 2, 15, tzinfo=UTC)
AUTUMN = datetime(YEAR, 10, 1, 9, tzinfo=UTC)

PANEL = {
    "trust": ("people", "city"),
    "community": ("belong", "mixed"),
    "influence": ("heard", "know"),
}

Reply = tuple[str, ...]
"""Still working (yes, no, ?) and then how far each goal was reached."""

REACHED: Reply = ("yes", "3")
NOT_REACHED: Reply = ("yes", "1")
LEFT: Reply = ("no",)
UNSURE: Reply = ("?",)
SILENT: Reply = ()


@dataclass(frozen=True)
class Workshop:
    """A workshop to make: its address, who came with the reply given later, and who stayed away."""

    slug: str
    came: Mapping[str, Reply]
    absent: Sequence[str] = ()
    topic: str = "foraeldredialog"

    @property
    def wishes(self) -> list[Wish]:
        """Everyone who enrols, those who come first."""
        names = [*self.came, *self.absent]
        return [Wish(name, f"{name.replace(' ', '.')}@post.example") for name in names]


def crowd(slug: str, *replies: Reply) -> Workshop:
    """A workshop of people who are told apart by numbers."""
    return Workshop(slug, {f"{slug} {place}": reply for place, reply in enumerate(replies)})


def load(key: str) -> None:
    """Publish one of the questionnaires that come with Torvet."""
    with unit_of_work():
        setting_up.load(json.loads((SETS / f"{key}.json").read_text("utf-8")))


def year(*made: Workshop) -> Wave:
    """Hold the workshops, a week apart, and ask everyone who came."""
    load("fd_followup")
    for number, one in enumerate(made):
        hold(one, SPRING + timedelta(weeks=number))
    return ask({name: reply for one in made for name, reply in one.came.items()})


def hold(one: Workshop, starts: datetime) -> Event:
    """A workshop from plan to door; those who came are let in."""
    with at(starts - timedelta(days=20)), unit_of_work():
        plan = events.Plan(
            slug=one.slug,
            kind=EventKind.WORKSHOP,
            topic=one.topic,
            title={"da": f"Workshop {one.slug}"},
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
        )
        event = events.create(plan)
        now = clock.now()
        events.open_window(event, Purpose.ENROLMENTS, now, starts - timedelta(days=1))
        planning.open_workshop(event, 100)
        events.publish(event)
        issued = many.enrol_many(one.slug, one.wishes)
        for ticket in issued:
            changing.set_goals(ticket.enrolment_id, ["Holde flere møder"], True)
    came = [ticket.ticket_id for ticket in issued[: len(one.came)]]
    with at(starts + timedelta(minutes=5)), unit_of_work():
        paper.admit_ticked(event.id, came, clock.now(), clock.now())
    with at(starts + timedelta(days=1)), unit_of_work():
        events.mark_held(events_read.event(event.id))
    return event


def ask(replies: Mapping[str, Reply], key: str = "fd_followup") -> Wave:
    """Invite everyone of the audience and let them answer, by their names."""
    with at(AUTUMN), unit_of_work():
        survey = db.session.scalars(select(Survey).where(Survey.key == key)).one()
        wave = setting_up.start_wave(survey, "Runde", date(YEAR, 1, 1), date(YEAR, 12, 31))
        inviting.plan(wave)
    found = invitations(wave)
    with at(AUTUMN + timedelta(days=1)), unit_of_work():
        for one, _name in found:
            inviting.send(one.id)
    with at(AUTUMN + timedelta(days=2)), unit_of_work():
        for one, name in found:
            answer(one, replies.get(name, SILENT))
    return wave


def invitations(wave: Wave) -> list[tuple[Invitation, str]]:
    """Everyone asked in a wave, with their name."""
    rows = db.session.execute(
        select(Invitation, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave.id)
    )
    return [(invitation, name) for invitation, name in rows]


def answer(one: Invitation, reply: Reply) -> None:
    """Answer the follow-up, or stay silent."""
    if not reply:
        return
    sent = {"still_working": [reply[0]], "new_method": ["yes"], "coop": ["3"]}
    if reply[0] == "?":
        sent["still_working"] = ["-dont_know"]
    for number, reached in enumerate(reply[1:], start=1):
        sent[f"attain-{number}"] = [reached]
    answering.answer_all(one.id, sent)


def panel(groups: Mapping[str, Sequence[int]]) -> None:
    """People of two backgrounds who give every item the same points."""
    codes = [f"{dimension}_{item}" for dimension, items in PANEL.items() for item in items]
    with at(AUTUMN), unit_of_work():
        survey = db.session.scalars(select(Survey).where(Survey.key == "inclusion_panel")).one()
        wave = setting_up.start_wave(survey, "Panel", date(YEAR, 1, 1), date(YEAR, 12, 31))
        for background, scores in groups.items():
            for points in scores:
                same = {code: [str(points)] for code in codes}
                answering.enter(wave, {**same, "background": [background]})


def advice(*names: str) -> None:
    """Advice given in spring to people with a mailbox, and to one caller without."""
    load("advice_followup")
    with at(SPRING), unit_of_work():
        for name in names:
            email = f"{name.lower()}@post.example"
            advisory.log_advice(Request("Biblioteket", "Dialog", email=email, name=name))
        advisory.log_advice(Request("En borger", "Et spørgsmål"))


def uncompleted(invitation_id: int) -> None:
    """An answer that was never sent off."""
    statement = select(AnswerSet).join(Response, Response.answer_set_id == AnswerSet.id)
    chosen = statement.where(Response.invitation_id == invitation_id)
    db.session.scalars(chosen).one().completed_at = None
