"""The reminder before the day: whom it reaches, when, once, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.access import StaffRole
from app.core.clock import COPENHAGEN
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.lifecycle.services import telling
from app.reminding import services
from app.reminding.jobs import remind_participants
from app.reminding.queries import due_reminders
from app.reminding.rules import reminds_at
from app.workshops.queries.places import workshop as places_of
from app.workshops.services import leaving
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, enrolled, letters, workshop

WORDS = {"da": "Tag en *madpakke* med.", "ar": "أحضروا معكم طعامًا."}


def event_of(event_id: int) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event_id)


def remind_at_its_hour(event_id: int, after: timedelta = timedelta(0)) -> int:
    """What the job does at the hour of the event's reminder."""
    with at(reminds_at(event_of(event_id).starts_at, 1, 10) + after):
        return remind_participants(clock.now())


def reminders() -> list[str]:
    """The addresses that were reminded."""
    return sorted(letter.email for letter in letters("reminder"))


@pytest.mark.parametrize(
    ("starts", "days", "hour", "moment"),
    [
        ("2026-05-03 00:30", 1, 10, "2026-05-02 10:00"),
        ("2026-05-03 23:30", 1, 18, "2026-05-02 18:00"),
        ("2026-03-29 12:00", 1, 10, "2026-03-28 10:00"),
        ("2026-10-25 12:00", 7, 7, "2026-10-18 07:00"),
    ],
)
def test_the_hour_is_one_by_the_clock_on_the_wall(
    starts: str, days: int, hour: int, moment: str
) -> None:
    begins, expected = (
        datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN) for text in (starts, moment)
    )
    assert reminds_at(begins.astimezone(UTC), days, hour) == expected


def test_who_has_a_place_is_reminded_once(app: Flask) -> None:
    event_id = workshop(capacity=2)
    enrolled(1), enrolled(2), enrolled(3)
    assert remind_at_its_hour(event_id, -timedelta(minutes=1)) == 0
    assert remind_at_its_hour(event_id) == 2
    assert remind_at_its_hour(event_id) == remind_at_its_hour(event_id, timedelta(hours=5)) == 0
    assert reminders() == ["amina1@post.example", "amina2@post.example"]


def moved(event_id: int, by: timedelta, when: datetime) -> None:
    """The team moves the event, at that moment."""
    event = event_of(event_id)
    with at(when), unit_of_work():
        telling.move(event_id, event.starts_at + by, event.ends_at + by, event.place, event.address)


def test_who_was_reminded_of_another_day_is_reminded_of_the_new_one(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    assert remind_at_its_hour(event_id) == 1
    evening = reminds_at(event_of(event_id).starts_at, 1, 20)
    moved(event_id, timedelta(days=7), evening)
    with at(evening):
        assert remind_participants(clock.now()) == 0
    assert remind_at_its_hour(event_id) == 1
    assert remind_at_its_hour(event_id, timedelta(hours=3)) == 0
    assert len(reminders()) == 2


def test_move_that_is_taken_back_or_comes_after_the_hour_reminds_nobody_again(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    assert remind_at_its_hour(event_id) == 1
    starts_at = event_of(event_id).starts_at
    evening = reminds_at(starts_at, 1, 20)
    # An hour to or fro on the same day, whatever the hour is while the test runs.
    an_hour = timedelta(hours=1 if clock.local_time(starts_at).hour < 12 else -1)
    moved(event_id, an_hour, evening)
    assert remind_at_its_hour(event_id, timedelta(hours=11)) == 0
    moved(event_id, timedelta(days=7), evening)
    with at(evening), unit_of_work():
        telling.take_back(event_id)
    assert remind_at_its_hour(event_id, timedelta(hours=12)) == 0
    assert len(reminders()) == 1


def test_two_workers_write_one_reminder(app: Flask) -> None:
    event_id = workshop()
    number = enrolled(1).place.enrolment.id
    with at(reminds_at(event_of(event_id).starts_at, 1, 10)):
        # Both have read who is due before either writes.
        assert due_reminders(clock.now()) == [number]
        for expected in (1, 0):
            with unit_of_work():
                assert services.remind(number) == expected
    assert len(reminders()) == 1


def test_who_gives_up_the_place_meanwhile_is_not_reminded(app: Flask) -> None:
    event_id = workshop()
    number = enrolled(1).place.enrolment.id
    with unit_of_work():
        leaving.cancel(number)
    with unit_of_work():
        assert services.remind(number) == 0
    assert remind_at_its_hour(event_id) == 0


def test_who_enrols_after_the_hour_is_not_reminded(app: Flask) -> None:
    # At noon, so that the deadline, the day before at noon, lies after the hour of reminders.
    with at(datetime(2026, 5, 4, 12, tzinfo=COPENHAGEN)):
        event_id = workshop()
    with at(reminds_at(event_of(event_id).starts_at, 1, 10) + timedelta(minutes=5)):
        enrolled(1)
        assert remind_participants(clock.now()) == 0


def test_nobody_is_reminded_of_what_is_called_off_or_has_begun(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    assert remind_at_its_hour(event_id, timedelta(days=2)) == 0
    with unit_of_work():
        telling.call_off(event_id, "Lokalet er lukket.")
    assert remind_at_its_hour(event_id) == 0


def test_a_moved_event_is_reminded_of_before_its_new_day_alone(app: Flask) -> None:
    event_id = workshop()
    enrolled(1)
    first_hour = reminds_at(event_of(event_id).starts_at, 1, 10)
    start = event_of(event_id).starts_at + timedelta(days=3)
    with unit_of_work():
        telling.move(event_id, start, start + timedelta(hours=2), "Salen", "")
    with at(first_hour):
        assert remind_participants(clock.now()) == 0
    assert remind_at_its_hour(event_id) == 1
    assert "Salen" in letters()[-1].text


def test_the_reminder_says_the_way_and_what_to_bring_and_lets_one_cancel(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    with unit_of_work():
        event_of(event_id).access = {"da": "Ring på ved porten."}
        services.set_reminder(event_id, 1, 10, {**WORDS, "en": " "})
    remind_at_its_hour(event_id)
    letter = letters()[-1]
    assert letter.subject == "Husker du? Forældredialog (Amina 1)"
    for words in ("Ring på ved porten.", WORDS["da"], "#cannot-come", "Støberiet"):
        assert words in letter.text
    assert letter.attachments[1:] == [f"ticket:{place.ticket.id}", f"calendar:{place.ticket.id}"]


def test_the_team_sets_when_it_leaves_and_what_it_says(
    app: Flask, client: InspectingClient
) -> None:
    event_id = workshop()
    enrolled(1)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    page = desk.page(f"/desk/workshops/{SLUG}/reminder?language=da")
    assert page.heading == "Påmindelse til deltagerne"
    desk.send(
        f"/desk/workshops/{SLUG}/reminder", {"days": "2", "hour": "18", "words_da": WORDS["da"]}
    )
    db.session.rollback()
    stored = places_of(event_id)
    assert (stored.reminder_days, stored.reminder_hour) == (2, 18)
    assert stored.reminder_text == {"da": WORDS["da"]}
    desk.send(f"/desk/workshops/{SLUG}/reminder", {"days": "", "hour": "18"})
    assert remind_at_its_hour(event_id, timedelta(hours=9)) == 0
