"""International Day in its season, the day itself, and what stands where its link is shared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from PIL import Image

from app.catalogue import papers, rules
from app.catalogue.rules import Soon, Way
from app.core import clock
from app.core.outbox import newest_letters
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import drawing
from app.events import papers as event_papers
from app.events import queries as events
from app.events.rules import EventKind
from app.events.services import editing, picturing
from app.printing.papers import tickets
from app.workshops.papers import calendars
from app.workshops.queries.lists import places_of
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.catalogue import making
from tests.pages import InspectingClient

EVENING = datetime(2026, 6, 12, 20, tzinfo=clock.COPENHAGEN)
NIGHT = datetime(2026, 6, 13, 2, tzinfo=clock.COPENHAGEN)
FACTS = {
    "price": 40,
    "spoken": ["da", "so"],
    "access": {"da": "Bus 5C til døren.", "ar": "الحافلة 5C."},
    "contact_name": "Anna",
    "contact_mail": "anna@torvet.example",
    "contact_phone": "+4520990011",
}


@pytest.mark.parametrize(
    ("now", "how"),
    [
        (datetime(2026, 6, 10, 23, 59, tzinfo=clock.COPENHAGEN), None),
        (datetime(2026, 6, 11, 0, 0, tzinfo=clock.COPENHAGEN), Soon.TOMORROW),
        # Half an hour past midnight in Copenhagen is still the day before in UTC.
        (datetime(2026, 6, 11, 22, 30, tzinfo=UTC), Soon.TODAY),
        (EVENING + timedelta(hours=1), Soon.TODAY),
        (NIGHT - timedelta(minutes=1), Soon.TODAY),
        (NIGHT + timedelta(minutes=1), None),
    ],
)
def test_today_and_tomorrow_go_by_the_clocks_of_copenhagen(now: datetime, how: Soon | None) -> None:
    assert rules.soon(EVENING, NIGHT, now) is how


@pytest.mark.parametrize(
    ("festival", "days", "way", "first"),
    [
        (True, 119, Way.CLOSED, True),
        (True, 121, Way.BEFORE, False),
        (True, 300, Way.APPLY, True),
        (True, 10, Way.CANCELLED, False),
        (False, 10, Way.ENROL, False),
    ],
)
def test_a_festival_stands_first_when_it_is_near_or_can_be_applied_for(
    festival: bool, days: int, way: Way, first: bool
) -> None:
    starts = EVENING + timedelta(days=days)
    assert rules.in_season(festival, starts, way, EVENING) is first


def test_the_front_page_begins_with_the_festival_and_lists_it_once(
    client: InspectingClient,
) -> None:
    making.event("snart", days=2)
    making.event("fest", EventKind.FESTIVAL, days=40)
    page = client.page("/?language=da")
    assert page.heading == "Dansk fest"
    assert page.links().count("/events/fest") == 2  # the heading and the button
    assert "/events/snart" in page.links()


def test_out_of_its_season_the_front_page_begins_as_ever(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL, days=200, window=False)
    page = client.page("/?language=da")
    assert page.heading != "Dansk fest"
    assert "/events/fest" in page.links()


def test_the_kept_page_says_today_on_the_day(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL, days=9)
    starts = events.event_by_slug("fest").starts_at
    for days, words in ((3, ""), (1, "I morgen"), (0, "I dag")):
        with at(starts - timedelta(days=days)):
            for path in ("/events/fest?language=da", "/?language=da"):
                text = client.page(path).text
                assert (words in text) if words else ("I morgen" not in text)


def test_a_shared_link_shows_the_event_with_whole_addresses_of_ours(
    client: InspectingClient,
) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    file = BytesIO()
    Image.new("RGB", (900, 600), "red").save(file, "JPEG")
    with unit_of_work():
        drawn = drawing.drawn_anew(file, "x.jpg")
        picturing.show(events.event(number), drawn, {"da": "En gade."})
    page = client.page("/events/fest?language=da")
    told = {
        meta.get("property", ""): meta.get("content", "")
        for meta in page.all("meta")
        if meta.get("property", "").startswith("og:")
    }
    assert told["og:title"] == "Dansk fest"
    assert told["og:url"] == "http://localhost/events/fest"
    assert told["og:image"].startswith("http://localhost/events/fest/picture/")
    assert (told["og:image:width"], told["og:image:alt"]) == ("900", "En gade.")
    assert client.get(told["og:image"].removeprefix("http://localhost")).status_code == 200


def described(*, capacity: int | None = 3) -> int:
    number = making.event(capacity=capacity)
    with unit_of_work():
        editing.correct(events.event(number), FACTS)
    return number


def test_the_page_says_how_to_get_there_what_it_costs_and_whom_to_ask(
    client: InspectingClient,
) -> None:
    described()
    text = client.page("/events/foraeldredialog?language=da").text
    for told in ("Sådan kommer du derhen og ind", "Bus 5C til døren.", "40 kr.", "Anna"):
        assert told in text


def test_calendars_tickets_and_letters_say_it_too(client: InspectingClient) -> None:
    event = events.event(described())
    with unit_of_work():
        enrolling.enrol("foraeldredialog", Wish(name="Amina", mail="amina@post.example"))
    number = places_of("amina@post.example")[0].ticket.id
    own = Calendar.from_ical(calendars.calendar(str(number), "da").content)
    public = Calendar.from_ical(papers.event_calendar(str(event.id), "da").content)
    for file in (own, public):
        note = str(file.walk("VEVENT")[0]["description"])
        assert "Pris: 40 kr." in note
        assert "Bus 5C til døren." in note
        assert "anna@torvet.example" in note
    (letter,) = newest_letters()
    for told in ("40 kr.", "Bus 5C til døren.", "anna@torvet.example"):
        assert told in letter.text
    for access in ("Bus 5C til døren.", "Ring på hos portneren, der er en elevator. " * 9):
        with unit_of_work():
            editing.correct(event, {"access": {"da": access}})
        for language in ("da", "ar"):
            assert tickets.ticket(str(number), language).content.startswith(b"%PDF")
    assert client.get("/events/foraeldredialog.ics").status_code == 200


def test_open_data_tells_it_for_machines(client: InspectingClient) -> None:
    described()
    about = client.get("/api/v1/events/foraeldredialog").get_json()
    assert (about["event"], about["cancelled"]) == ("foraeldredialog", False)
    assert about["price"] == 40
    assert about["access"]["ar"] == "الحافلة 5C."
    assert about["contact_mail"] == "anna@torvet.example"
    assert "picture" not in about
    assert client.get("/api/v1/events/findes-ikke").status_code == 404


@pytest.mark.usefixtures("app")
def test_what_nobody_wrote_is_not_told() -> None:
    event = events.event(making.event())
    assert event_papers.asked_facts(event, "da") == []
    assert event_papers.told_in_calendar(event, "da", "Kom.") == "Kom."
    event.price = 0
    assert [text for _heading, text in event_papers.asked_facts(event, "da")] != ["0 kr."]
