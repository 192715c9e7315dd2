"""Advice, requisitions, the festival and the registers of 2010 and the plan for 2011."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from app.advisory import services as advisory
from app.advisory.rules import RequisitionState
from app.advisory.services import Request
from app.applications.rules.states import Role
from app.applications.services import telling
from app.core.clock import COPENHAGEN
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules import workshop_texts as texts
from app.demo.rules import year2010
from app.demo.rules.names import Invented
from app.demo.services import applicants, staging
from app.demo.services.applicants import Applicant
from app.events import queries as event_queries
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.events.services.scheduling import Plan
from app.outcomes import services as outcomes
from app.outcomes.services import Judgement
from app.programme import services as programme
from app.programme.rules import EngagementKind

STEPS = (
    RequisitionState.AGREED,
    RequisitionState.SCHEDULED,
    RequisitionState.HELD,
    RequisitionState.CLOSED,
)
OVER = {
    "da": "som en del af centrets ungeindsats",
    "en": "as part of its work with young people",
}


def log_tasks(people: Iterator[Invented]) -> None:
    """Four years of advice; in 2010 fifty-two recipients can be written to, callers cannot."""
    for year, number in year2010.ADVICE_BY_YEAR.items():
        recipients = list(islice(people, year2010.RECIPIENTS)) if year == 2010 else []
        for place in range(number):
            who = recipients[place] if place < len(recipients) else None
            with at(_moment(year, place, number)), unit_of_work():
                advisory.log_advice(_request(place, who))
    for place in range(year2010.REQUISITIONS):
        _requisition(place, recipients[place % len(recipients)] if place % 2 else None)


def hold_festival(people: Iterator[Invented], staff_id: int) -> Event:
    """International Day 2010: a hundred associations and artists, twenty restaurants."""
    starts = datetime.combine(year2010.FESTIVAL_DAY, time(12), COPENHAGEN)
    with at(starts - timedelta(days=150)), unit_of_work():
        event = events.create(_festival(starts))
        deadline = starts - timedelta(days=60)
        events.open_window(event, Purpose.APPLICATIONS, starts - timedelta(days=140), deadline)
        events.publish(event)
    with at(starts - timedelta(days=100)):
        acts = _take_part(event, people, staff_id)
    with at(starts - timedelta(days=30)):
        staging.make_programme(event, acts)
    with at(starts + timedelta(days=1)), unit_of_work():
        held = event_queries.event(event.id)
        events.mark_held(held)
        value, low, high = year2010.VISITORS
        method = "Optælling i tre kvarter ved fire indgange, ganget op til hele dagen"
        outcomes.record_estimate(held, Judgement(value, low, high, method, "Holdets tællesedler"))
    return event


def keep_registers() -> None:
    """Engagements, publications, the project, and the plan with its person-years."""
    with at(datetime(2010, 1, 4, 9, tzinfo=UTC)), unit_of_work():
        for name in year2010.AREA_PLANS:
            programme.add_engagement(EngagementKind.HELHEDSPLAN, name, date(2009, 9, 1))
        for name in year2010.AREA_LIFTS:
            programme.add_engagement(EngagementKind.OMRAADELOEFT, name, date(2010, 2, 1))
        project = programme.add_project("Fra Sport til Job", date(2010, 1, 1), note=OVER)
    with at(datetime(2010, 6, 1, 9, tzinfo=UTC)), unit_of_work():
        programme.hand_over(project, "Jobcenter Skelbækgade", date(2010, 5, 31))
    with at(datetime(2010, 12, 20, 9, tzinfo=UTC)), unit_of_work():
        _publish()
        _plan_next_year()


def _moment(year: int, place: int, number: int) -> datetime:
    """Spread over the year's first eleven months, so that everyone can be asked within it."""
    return datetime(year, 1, 5, 10, tzinfo=UTC) + timedelta(days=325 * place // number)


def _request(place: int, who: Invented | None) -> Request:
    return Request(
        asked_by=texts.UNITS[place % len(texts.UNITS)],
        subject=texts.TASKS[place % len(texts.TASKS)],
        email=who.email if who else "",
        name=who.name if who else "",
        minutes=15 + 10 * (place % 9),
    )


def _requisition(place: int, who: Invented | None) -> None:
    asked = datetime(2010, 1, 12, 10, tzinfo=UTC) + timedelta(days=11 * place)
    with at(asked), unit_of_work():
        task_id = advisory.take_requisition(_request(place + 3, who)).id
    with at(asked + timedelta(days=20)), unit_of_work():
        for state in STEPS:
            advisory.advance(task_id, state)


def _festival(starts: datetime) -> Plan:
    return Plan(
        slug="international-dag-2010",
        kind=EventKind.FESTIVAL,
        title={
            "da": "International Dag – Taste the World",
            "en": "International Day – Taste the World",
            "ar": "اليوم العالمي – تذوّق العالم",
        },
        summary={"da": "Byens foreninger, køkkener og scener på Nørrebrogade."},
        place="Nørrebrogade",
        starts_at=starts,
        ends_at=starts + timedelta(hours=8),
    )


def _take_part(event: Event, people: Iterator[Invented], staff_id: int) -> list[int]:
    """All of them, confirmed; the numbers of the acts."""
    with unit_of_work():
        everyone = [
            *applicants.associations(people, year2010.ASSOCIATIONS),
            *applicants.artists(people, 10),
            *applicants.restaurants(people, 20),
        ]
    acts: list[int] = []
    for applicant in everyone:
        with unit_of_work():
            sent = applicants.send_in(event.id, applicant)
            applicants.decide(staff_id, [sent], "accepted")
            _confirm(applicant, sent)
            if applicant.role is Role.ACT:
                acts.append(sent)
    return acts


def _confirm(applicant: Applicant, application_id: int) -> None:
    telling.confirm(applicant.actor, application_id)


def _publish() -> None:
    underway = {
        "da": "Under færdiggørelse – præsenteres i sammenhæng med fremlæggelsen af "
        "»Kommunikationsstrategi for etniske minoriteter«."
    }
    programme.add_publication(2010, {"da": "TaskForce Integration atlas – Oversigt over aktører"})
    programme.add_publication(2010, {"da": "International dag 2010 – Film om eventen"})
    programme.add_publication(
        2010,
        {
            "da": "International dag 2010 – Katalog med præsentation af de medvirkende "
            "foreninger og kunstnere"
        },
    )
    programme.add_publication(
        2010,
        {"da": "BorgerDialog: Katalog over gode metoder og redskaber til styrket dialog"},
        underway,
    )


def _plan_next_year() -> None:
    programme.add_main_area(
        2011,
        1,
        {"da": "Inklusion og medborgerskab", "en": "Inclusion and citizenship"},
        200,
        (
            {
                "da": "Mobilisering af etniske minoritetsforeninger via International Dag "
                "og fejring af religiøs begivenhed"
            },
            {"da": "Uddannelse af dialogkonsulenter"},
            {"da": "Mobilisering af unge via Byens Stemmer"},
        ),
    )
    programme.add_main_area(
        2011, 2, {"da": "Indsats i udsatte boligområder", "en": "Work in exposed areas"}, 100
    )
    programme.add_main_area(
        2011, 3, {"da": "Rekvireringer og rådgivninger", "en": "Requisitions and advice"}, 100
    )
