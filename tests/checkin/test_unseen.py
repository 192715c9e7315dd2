"""What waits for a look of the lead is counted where the team begins its day, until looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.checkin.services import reviewing
from app.core import clock
from app.core.access import StaffRole
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.workshops.services import leaving
from tests.checkin.making import NOON, Made, deliver, offline, workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, text_of

UNSETTLED = "Uafklaret ved døren"


@pytest.fixture
def team(client: InspectingClient) -> InspectingClient:
    """A browser of somebody who leads both the door and the team."""
    return sign_in_staff(client, StaffRole.ADMIN)


def trouble(made: Made) -> None:
    """A ticket at two gates, somebody let in against the rules, and a scan that was none."""
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    deliver(made, "B", offline("s2", made.codes[0], "12:05"))
    with unit_of_work():
        leaving.cancel(made.enrolments[1], letters=False)
    deliver(made, "A", offline("s3", made.codes[1], "12:06"))
    deliver(made, "A", {"id": "s4", "kind": "no kind"})


def at_the_door(team: InspectingClient) -> str:
    """What the list of doors says of the event."""
    (row,) = team.page("/desk/door/?language=da").all("tr")[1:]
    return text_of(row[-1]).strip()


def today(team: InspectingClient) -> str:
    """The words of the start page."""
    return team.page("/desk/?language=da").text


def test_the_doors_of_today_stand_first_then_the_coming_then_the_past(
    team: InspectingClient,
) -> None:
    days = {"longago": -90, "yesterday": -1, "today": 0, "tomorrow": 1, "nextyear": 365}
    for slug, number in days.items():
        with moment(NOON + timedelta(days=number)):
            workshop(slug, (), gates=())
    course = tuple((NOON + timedelta(days=n), NOON + timedelta(days=n, hours=2)) for n in (-7, 7))
    with moment(NOON - timedelta(days=7)):
        workshop("course", (), gates=(), sessions=course)
    # The course's first session was a week ago, its next is in a week: it is not of today.
    with moment(NOON + timedelta(hours=10)):
        rows = team.page("/desk/door/").all("tr")[1:]
    listed = [one.get("href", "").split("/")[-1] for row in rows for one in row.iter("a")]
    wanted = ["today", "tomorrow", "course", "nextyear", "yesterday", "longago"]
    assert listed == wanted
    assert ["I dag" in text_of(row) for row in rows] == [True, *[False] * 5]


def test_an_event_without_trouble_is_not_told_of(team: InspectingClient) -> None:
    workshop()
    assert at_the_door(team) == "–"
    assert UNSETTLED not in today(team)


def test_each_thing_counts_until_it_was_looked_at(team: InspectingClient) -> None:
    made = workshop()
    with moment(NOON):
        trouble(made)
        assert at_the_door(team) == "3"
        assert f"3 {UNSETTLED}" in today(team)
        with unit_of_work():
            reviewing.look_at(made.event.id, ["s2"], clock.now())
            reviewing.look_at_overrides(made.event.id, ["s3"], clock.now())
        assert at_the_door(team) == "1"


def test_two_days_after_the_event_the_start_page_leaves_it_to_the_door(
    team: InspectingClient,
) -> None:
    made = workshop()
    with moment(NOON):
        trouble(made)
    with moment(made.event.ends_at + timedelta(days=2, minutes=1)):
        again = sign_in_staff(team, StaffRole.ADMIN)
        assert UNSETTLED not in today(again)
        assert at_the_door(again) == "3"
