"""The public's pages: what they show, what they keep to themselves, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from unittest.mock import Mock

import pytest
from flask import Flask
from icalendar import Calendar

from app.applications.rules.states import Role
from app.catalogue import papers
from app.core.database import db
from app.core.kept_pages import render_kept
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventKind, EventState, Purpose
from tests.catalogue import making
from tests.pages import InspectingClient
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
DANISH = {"Accept-Language": "da"}


def test_the_front_page_says_what_to_do_when_nothing_is_on(client: InspectingClient) -> None:
    assert "Der er ikke noget på programmet lige nu" in client.page("/?language=da").text


def test_the_front_page_lists_what_is_coming_soonest_first(client: InspectingClient) -> None:
    making.event("senere", days=20)
    making.event("snart", days=2)
    making.event("kladde", published=False)
    page = client.page("/?language=da")
    events = [link for link in page.links() if link.startswith("/events/")]
    assert [link for link in events if link.count("/") == 2] == ["/events/snart", "/events/senere"]


def test_the_front_page_leads_straight_into_what_stands_open(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL, days=9)
    making.event("kursus", EventKind.COURSE, days=3, capacity=4)
    page = client.page("/?language=da")
    assert "/events/fest/apply" in page.links()
    assert "Søg til Dansk fest" in page.text
    assert "Se Dansk kursus" in page.text


def test_the_front_page_points_to_what_is_coming_when_nothing_stands_open(
    client: InspectingClient,
) -> None:
    assert "#coming" in client.page("/?language=da").links()


def test_the_front_page_costs_the_same_for_one_event_and_for_forty(
    client: InspectingClient, statements: Counter
) -> None:
    making.event("en", capacity=3)
    with statements() as one:
        client.page("/")
    for number in range(39):
        making.event(f"nummer-{number}", capacity=3)
    with statements() as forty:
        client.page("/")
    assert len(one) == len(forty) == 2, str(forty)


@pytest.mark.parametrize("kind, cost", [(EventKind.WORKSHOP, 1), (EventKind.COURSE, 2)])
def test_an_event_page_that_was_shown_before_costs_one_statement(
    client: InspectingClient, statements: Counter, kind: EventKind, cost: int
) -> None:
    making.event(kind=kind, capacity=3, sessions=2 if kind is EventKind.COURSE else 0)
    client.page("/events/foraeldredialog")
    with statements() as seen:
        client.page("/events/foraeldredialog")
    assert len(seen) == cost, str(seen)


def test_an_event_page_tells_the_seats_and_leads_to_enrolment(client: InspectingClient) -> None:
    making.event(capacity=7)
    making.enrolled("foraeldredialog", 1)
    page = client.page("/events/foraeldredialog?language=da")
    assert page.heading == "Dansk foraeldredialog"
    assert "6 af 7 er ledige" in page.text
    assert "/events/foraeldredialog/enrol" in page.links()


def test_a_kept_page_is_never_an_old_one(client: InspectingClient) -> None:
    number = making.event(capacity=7)
    assert "7 af 7" in client.page("/events/foraeldredialog?language=da").text
    making.enrolled("foraeldredialog", 1)
    assert "6 af 7" in client.page("/events/foraeldredialog?language=da").text
    assert "6 من 7" in client.page("/events/foraeldredialog?language=ar").text
    with unit_of_work():
        found = db.session.get(Event, number)
        assert found is not None
        found.title = {"da": "Et nyt navn"}
    assert client.page("/events/foraeldredialog?language=da").heading == "Et nyt navn"


def test_a_kept_page_of_a_course_tells_its_days_as_they_are(client: InspectingClient) -> None:
    number = making.event("kursus", EventKind.COURSE, capacity=5, sessions=2)
    assert "Den sidste dag" not in client.page("/events/kursus?language=da").text
    with unit_of_work():
        events.sessions(number)[-1].title = {"da": "Den sidste dag"}
    assert "Den sidste dag" in client.page("/events/kursus?language=da").text


def test_a_kept_page_tells_that_enrolment_has_ended_since(client: InspectingClient) -> None:
    number = making.event(capacity=5)
    assert "/events/foraeldredialog/enrol" in client.page("/events/foraeldredialog").links()
    window = events.window(number, Purpose.ENROLMENTS)
    assert window is not None
    with at(window.shutdown_at + timedelta(seconds=1)):
        assert "/events/foraeldredialog/enrol" not in client.page("/events/foraeldredialog").links()


def test_a_page_shown_before_is_answered_as_it_was_the_first_time(client: InspectingClient) -> None:
    making.event(capacity=7)
    asked = {**DANISH, "X-Request-ID": "asked-before-1"}
    first, second = (client.get("/events/foraeldredialog", headers=asked) for _ in range(2))
    assert second.data == first.data
    assert sorted(second.headers) == sorted(first.headers)
    assert second.headers["X-Request-ID"] == "asked-before-1"
    other = client.get("/events/foraeldredialog", headers={"Accept-Language": "ar"})
    assert 'lang="ar"' in other.text


def test_a_page_shown_before_is_gone_with_its_event(client: InspectingClient) -> None:
    number = making.event(capacity=7)
    for _visit in range(2):
        assert client.get("/events/foraeldredialog").status_code == 200
    with unit_of_work():
        event = db.session.get(Event, number)
        assert event is not None
        event.state = EventState.DRAFT
    assert client.get("/events/foraeldredialog").status_code == 404


def test_who_chose_a_language_is_not_answered_in_the_browsers(client: InspectingClient) -> None:
    making.event(capacity=7)
    for _visit in range(2):
        client.get("/events/foraeldredialog", headers=DANISH)
    client.get("/?language=ar")
    assert 'lang="ar"' in client.get("/events/foraeldredialog", headers=DANISH).text


def test_a_page_that_changed_while_it_was_made_is_not_kept(app: Flask) -> None:
    read = Mock(return_value={})
    before, after = object(), object()
    keys = iter([before, after, before, before, before])
    for _visit in range(3):
        with app.test_request_context("/was"):
            render_kept(lambda: next(keys), read)
    assert read.call_count == 2


def test_a_word_to_one_visitor_is_not_kept_for_others(client: InspectingClient) -> None:
    making.event(capacity=7)
    with client.session_transaction() as session:
        session["_flashes"] = [("success", "Kun til dig")]
    assert "Kun til dig" in client.page("/events/foraeldredialog").text
    assert "Kun til dig" not in client.page("/events/foraeldredialog").text


def test_a_full_workshop_offers_its_waiting_list(client: InspectingClient) -> None:
    making.event(capacity=1)
    making.enrolled("foraeldredialog", 1)
    page = client.page("/events/foraeldredialog?language=da")
    assert "Fuldt hold – venteliste åben" in page.text
    assert "/events/foraeldredialog/enrol" in page.links()


def test_a_festival_offers_applications_and_its_catalogue(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL)
    page = client.page("/events/fest")
    assert {"/events/fest/apply", "/catalogue/fest"} <= set(page.links())


def test_a_course_lists_its_days(client: InspectingClient) -> None:
    making.event("kursus", EventKind.COURSE, capacity=5, sessions=3)
    assert len(client.page("/events/kursus").one("ol", class_="sessions").findall("li")) == 3


def test_what_staff_wrote_is_shown_without_scripts(client: InspectingClient) -> None:
    making.event()
    page = client.page("/events/foraeldredialog")
    assert "Kom og vær med." in page.text
    assert not [one for one in page.all("script") if not one.get("src")]


def test_a_page_in_arabic_reads_from_the_right(client: InspectingClient) -> None:
    making.event()
    page = client.page("/events/foraeldredialog?language=ar")
    assert page.one("html").get("dir") == "rtl"
    assert page.heading == "الحوار"


def test_a_cancelled_event_says_so_and_offers_nothing(client: InspectingClient) -> None:
    making.cancelled(making.event(capacity=3))
    page = client.page("/events/foraeldredialog?language=da")
    assert "Arrangementet er aflyst." in page.text
    assert "/events/foraeldredialog/enrol" not in page.links()


def test_an_event_that_was_held_stands_among_the_past(client: InspectingClient) -> None:
    making.held(making.event(days=-3, capacity=3))
    assert "/events/foraeldredialog" in client.page("/").links()
    assert "Tak til alle, der kom" in client.page("/events/foraeldredialog?language=da").text


@pytest.mark.parametrize("address", ["/events/kladde", "/events/kladde.ics", "/catalogue/kladde"])
def test_a_draft_is_seen_by_nobody(client: InspectingClient, address: str) -> None:
    making.event("kladde", published=False)
    assert client.get(address, headers=DANISH).status_code == 404


def test_the_catalogue_shows_only_what_was_allowed(client: InspectingClient) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    making.confirmed(number, "Somalisk Kvindeforening", Role.ASSOCIATION_STALL, "name", "activity")
    making.confirmed(number, "Stille Forening", Role.ASSOCIATION_STALL, "activity", "website")
    making.confirmed(number, "Trio Anatolia", Role.ACT, "name", "website", "public_mail")
    page = client.page("/catalogue/fest?language=da")
    assert "Somalisk Kvindeforening" in page.text
    assert "Vi laver mad sammen" in page.text
    assert "Stille Forening" not in page.text
    assert "84" not in page.text
    assert "hej@kvinder.example" in page.text
    assert "+4533333333" not in page.text


def test_the_catalogue_costs_the_same_for_one_and_for_many(
    client: InspectingClient, statements: Counter
) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    making.confirmed(number, "Den første", Role.FOOD_STALL, "name", "district", "languages")
    with statements() as one:
        client.page("/catalogue/fest")
    for other in range(20):
        making.confirmed(number, f"Forening {other}", Role.ASSOCIATION_STALL, "name", "members")
    with statements() as many:
        client.page("/catalogue/fest")
    assert len(one) == len(many) == 4, str(many)


def test_an_empty_catalogue_says_why(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL)
    assert "Her står ingen endnu" in client.page("/catalogue/fest?language=da").text


def test_the_calendar_keeps_its_uid_and_counts_changes(client: InspectingClient) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    before = Calendar.from_ical(client.get("/events/fest.ics").data).walk("VEVENT")[0]
    making.cancelled(number)
    after = Calendar.from_ical(client.get("/events/fest.ics").data).walk("VEVENT")[0]
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")


def test_the_calendar_of_all_events_holds_each_once(client: InspectingClient) -> None:
    making.event("en")
    making.event("to", days=20)
    making.event("kladde", published=False)
    answer = client.get("/events.ics", headers=DANISH)
    assert answer.mimetype == "text/calendar"
    titles = [str(one["summary"]) for one in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert titles == ["Dansk en", "Dansk to"]


@pytest.mark.parametrize("language", ["da", "en", "ar"])
@pytest.mark.parametrize("address", ["/was", "/privacy"])
def test_what_the_law_asks_us_to_say_stands_in_each_language(
    client: InspectingClient, address: str, language: str
) -> None:
    assert client.page(f"{address}?language={language}").heading


def test_the_atlas_says_that_it_comes_later(client: InspectingClient) -> None:
    assert "kommer senere" in client.page("/atlas?language=da", status=501).text


def test_a_letter_brings_the_event_for_the_calendar_in_its_language(
    client: InspectingClient,
) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    file = papers.event_calendar(str(number), "ar")
    [entry] = Calendar.from_ical(file.content.decode()).walk("VEVENT")
    assert (file.filename, str(entry["summary"])) == ("fest.ics", "الحوار")
    assert file.parameters == {"charset": "utf-8", "method": "PUBLISH"}
