"""Walk-ins from paper: written down afterwards as a phone writes them, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.checkin.models import DoubleAdmission, Scan
from app.checkin.queries.attendance import attendance
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.devices.rules.local import written
from app.events.models import Event
from app.events.queries import sessions as sessions_of
from app.events.services import scheduling as events
from app.people.models import Staff
from app.reports import services as reports
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.services import enrolling, planning
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, deliver, scan, workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page

PAGE = "/desk/door/dialog/from-paper"


@pytest.fixture
def lead(client: InspectingClient) -> InspectingClient:
    return sign_in_staff(client, StaffRole.DOOR)


def typed(made: Made, **words: str) -> dict[str, str]:
    came = written(made.event.starts_at).strftime("%Y-%m-%dT%H:%M")
    return {"name": "Dina Ek", "mail": "", "seats": "1", "gate": "B", "came": came, **words}


def send(lead: InspectingClient, made: Made, **words: str) -> TestResponse:
    form: dict[str, Any] = {**lead.page(PAGE).form(), **typed(made, **words)}
    return lead.post(PAGE, data=form)


def stands(made: Made) -> tuple[int, int, int]:
    """Places in all, places taken, and who counts as having come."""
    db.session.rollback()
    places = db.session.get_one(Workshop, made.event.id)
    came = sum(visit.admitted for visit in attendance([made.event.id]))
    numbers = (places.capacity, places.taken, came)
    db.session.rollback()
    return numbers


def count_of(model: type[Any]) -> int:
    db.session.rollback()
    number = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return number


def trace(made: Made, verb: str) -> list[str]:
    db.session.rollback()
    actors = [entry.actor for entry in audit.of("event", made.event.id) if entry.verb == verb]
    db.session.rollback()
    return actors


def test_who_is_on_the_paper_counts_long_after_the_event_with_a_trace_of_who_wrote_it(
    client: InspectingClient,
) -> None:
    made = workshop()
    with at_moment(clock.now() + timedelta(days=40)):
        lead = sign_in_staff(client, StaffRole.DOOR)
        assert send(lead, made, mail="dina@mail.example", seats="2").status_code == 303
        staff = db.session.scalars(select(Staff.id)).one()
        assert "Dina Ek" in lead.page(PAGE).text
    assert stands(made) == (100, 5, 2)
    (entry,) = db.session.scalars(select(Admission)).all()
    assert (entry.gate, entry.device) == ("B", f"paper:{made.event.id}")
    assert abs(entry.at - made.event.starts_at) < timedelta(minutes=1)
    assert trace(made, "walk_in_written_down") == [f"staff:{staff}"]
    # Nobody needs a ticket for what is over.
    assert count_of(Letter) == 0


def test_the_same_form_sent_twice_makes_one(lead: InspectingClient) -> None:
    made = workshop()
    form: dict[str, Any] = {**lead.page(PAGE).form(), **typed(made)}
    assert [lead.post(PAGE, data=form).status_code for _ in range(2)] == [303, 303]
    assert stands(made) == (100, 4, 1)


def test_it_is_taken_back_once_and_the_place_with_it(lead: InspectingClient) -> None:
    made = workshop(capacity=3)
    send(lead, made, more="y")
    assert stands(made) == (4, 4, 1)
    (number,) = db.session.scalars(select(Scan.id)).all()
    db.session.rollback()
    action = f"{PAGE}/{number}/take-back"
    form = lead.page(PAGE).form(action)
    for _ in range(2):
        assert lead.post(action, data=form).status_code == 303
    assert stands(made) == (3, 3, 0)
    assert count_of(Scan) == 2
    assert len(trace(made, "walk_in_taken_back")) == 1
    assert lead.post(f"{PAGE}/strange/take-back", data=form).status_code == 404


def test_who_came_beyond_the_places_is_asked_about(lead: InspectingClient) -> None:
    made = workshop(capacity=4)
    asked = send(lead, made, seats="3")
    assert asked.status_code == 409
    page = Page(asked.text)
    assert page.form()["name"] == "Dina Ek"
    assert stands(made) == (4, 3, 0)
    assert send(lead, made, seats="3", more="y").status_code == 303
    assert stands(made) == (6, 6, 3)


def test_who_waits_in_line_has_a_place_once_it_is_said_that_they_came(
    lead: InspectingClient,
) -> None:
    made = workshop(capacity=3)
    with unit_of_work():
        enrolling.enrol("dialog", Wish("Dina Ek", "dina@mail.example"), letters=False)
    assert send(lead, made, mail="dina@mail.example").status_code == 409
    assert send(lead, made, mail="dina@mail.example", more="y").status_code == 303
    assert stands(made) == (4, 4, 1)
    assert count_of(Enrolment) == 4


def test_a_closed_year_refuses_and_says_why(client: InspectingClient) -> None:
    made = workshop()
    year = clock.year_of(made.event.starts_at)
    with at_moment(clock.now() + timedelta(days=1)):
        lead = sign_in_staff(client, StaffRole.DOOR)
        assert send(lead, made).status_code == 303
        (number,) = db.session.scalars(select(Scan.id)).all()
        with unit_of_work():
            events.mark_held(db.session.get_one(Event, made.event.id))
            reports.lock(year)
        refused = send(lead, made, name="Erik Bo")
        assert refused.status_code == 409
        assert str(year) in Page(refused.text).text
        assert 'value="Erik Bo"' in refused.text
        action = f"{PAGE}/{number}/take-back"
        assert lead.post(action, data=lead.page(PAGE).form(action)).status_code == 409
    assert stands(made) == (100, 4, 1)


@pytest.mark.parametrize(
    ("name", "mail"),
    [("Amina Yusf", ""), ("Yusuf Amina", ""), ("Somebody Else", "AMINA@mail.example")],
)
def test_somebody_alike_on_the_list_is_asked_about(
    lead: InspectingClient, name: str, mail: str
) -> None:
    made = workshop()
    asked = send(lead, made, name=name, mail=mail)
    assert asked.status_code == 409
    assert "Amina Yusuf (amina@mail.example" in Page(asked.text).text
    assert send(lead, made, name=name, mail=mail, other="y").status_code == 303
    assert stands(made) == (100, 4, 1)


def test_who_has_a_place_gets_in_with_it_and_only_once(lead: InspectingClient) -> None:
    made = workshop(seats=3)
    known = {"name": "amina yusuf", "mail": "amina@mail.example"}
    assert send(lead, made, **known, seats="4").status_code == 409
    assert send(lead, made, **known, seats="2").status_code == 303
    assert stands(made) == (100, 9, 2)
    deliver(made, "A", scan("s1", made.codes[1]))
    scanned = {"name": "Bo Lund", "mail": "bo@mail.example"}
    assert send(lead, made, **scanned).status_code == 409
    assert stands(made) == (100, 9, 5)
    assert count_of(DoubleAdmission) == 0


def test_at_a_course_they_came_to_the_sitting_that_was_named(lead: InspectingClient) -> None:
    now = clock.now()
    days = tuple((now + timedelta(days=d), now + timedelta(days=d, hours=2)) for d in (0, 7))
    made = workshop(sessions=days)
    first, second = (sitting.id for sitting in sessions_of(made.event.id))
    db.session.rollback()
    wrong = send(lead, made, session=str(second))
    assert wrong.status_code == 422
    assert send(lead, made, session=str(first)).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Admission.session_id)).all() == [first]


@pytest.mark.parametrize(
    "words", [{"came": "2020-01-01T10:00"}, {"came": "2040-01-01T10:00"}, {"mail": "dina"}]
)
def test_what_cannot_be_is_said_at_the_field(lead: InspectingClient, words: dict[str, str]) -> None:
    made = workshop()
    answer = send(lead, made, **words)
    assert answer.status_code == 422
    assert stands(made) == (100, 3, 0)


def test_more_places_made_for_who_came_go_to_nobody_in_line(lead: InspectingClient) -> None:
    made = workshop(capacity=3)
    with unit_of_work():
        enrolling.enrol("dialog", Wish("Erik Bo", "erik@mail.example"), letters=False)
        planning.set_capacity(made.event.id, 3)
    assert send(lead, made, more="y").status_code == 303
    db.session.rollback()
    waiting = select(func.count()).where(Enrolment.state == "waitlisted")
    assert db.session.scalar(waiting) == 1
    assert stands(made) == (4, 4, 1)
