"""Correcting an event on one page, taking it off the public pages, deleting a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.events.models import Event
from app.events.refusals import PublishedMeanwhile
from app.events.rules import EventKind, EventState, Purpose
from app.events.services import editing, scheduling
from app.events.services.scheduling import Plan
from app.workshops.services import planning
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.workshops import making

DESK = "/desk/events/dialog"
WORDS = {
    "title_da": "Dialog med forældre",
    "title_en": "Talking with parents",
    "description_da": "Første afsnit.\n\n- et\n- to\n\n[Læs mere](https://example.dk) <b>x</b>",
    "access_da": "Elevator ved port 3.",
    "price": "0",
    "spoken": "da",
    "contact_name": "Mona",
    "contact_mail": "mona@kk.example",
    "contact_phone": "33 66 33 66",
}


def draft(kind: EventKind = EventKind.WORKSHOP, *, places: int | None = None) -> Event:
    starts = clock.now() + timedelta(days=30)
    with unit_of_work():
        ends = starts + timedelta(hours=3)
        plan = Plan("dialog", kind, {"da": "Diaolg"}, starts, ends, place="Huset")
        event = scheduling.create(plan)
        purpose = Purpose.ENROLMENTS if event.has.enrolments else Purpose.APPLICATIONS
        opens = clock.now() - timedelta(days=1)
        scheduling.open_window(event, purpose, opens, starts - timedelta(days=2))
        if places is not None:
            planning.open_workshop(event, places)
    return event


def published() -> Event:
    event = draft(places=2)
    with unit_of_work():
        scheduling.publish(events.event(event.id))
    return event


def stored(event_id: int) -> Event:
    db.session.rollback()
    db.session.expire_all()
    return events.event(event_id)


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    return sign_in_staff(client, StaffRole.ORGANISER)


@pytest.mark.parametrize("kind", EventKind)
def test_a_draft_of_any_kind_is_corrected_on_one_page(
    desk: InspectingClient, kind: EventKind
) -> None:
    event = draft(kind)
    assert f"{DESK}/edit" in desk.page(DESK).links()
    form = desk.page(f"{DESK}/edit").form()
    desk.send(f"{DESK}/edit", {**form, **WORDS, "slug": "dialog-2", "place": "Salen"})
    event = stored(event.id)
    assert (event.slug, event.place, event.price) == ("dialog-2", "Salen", 0)
    assert event.title == {"da": "Dialog med forældre", "en": "Talking with parents"}
    assert event.contact_phone == "+4533663366"
    told = desk.page("/desk/events/dialog-2").text
    assert "Rettet: adgang, kontakt" in told
    assert "Bo Hansen" in told


def test_an_older_page_shows_what_a_colleague_wrote_and_keeps_the_rest(
    desk: InspectingClient,
) -> None:
    event = draft()
    older = desk.page(f"{DESK}/edit").form()
    desk.send(f"{DESK}/edit", {**older, "title_da": "Dialog", "place": "Salen"})
    mine = {**older, "title_da": "Samtaler", "address": "Gade 1"}
    page = Page(desk.send(f"{DESK}/edit", mine, status=409).text)
    assert "Dialog" in page.errors()["title_da"]
    assert set(page.errors()) == {"title_da"}
    desk.send(f"{DESK}/edit", page.form())
    event = stored(event.id)
    assert (event.title["da"], event.place, event.address) == ("Samtaler", "Salen", "Gade 1")


def test_the_public_page_shows_the_facts_and_only_safe_markup(desk: InspectingClient) -> None:
    draft(places=2)
    desk.send(f"{DESK}/edit", {**desk.page(f"{DESK}/edit").form(), **WORDS})
    desk.page("/events/dialog", status=404)
    preview = desk.page(f"{DESK}/preview")
    assert "Sådan ser gæster det" in preview.text
    desk.send(f"{DESK}/publish", {})
    page = desk.page("/events/dialog")
    for told in ("Gratis", "Elevator ved port 3.", "Mona", "Første afsnit.", "Dansk"):
        assert told in page.text
        assert told in preview.text
    assert {"https://example.dk", "mailto:mona@kk.example"} <= {*page.links()}
    assert not [one for one in page.all("b")]


def test_a_published_event_keeps_time_place_and_address_until_it_is_moved(
    desk: InspectingClient,
) -> None:
    event = published()
    page = desk.page(f"{DESK}/edit")
    form = page.form()
    assert not {"slug", "place", "starts", "kind"} & {*form}
    later = clock.local_time(event.ends_at).strftime("%Y-%m-%dT%H:%M")
    desk.send(f"{DESK}/edit", {**form, **WORDS, "shutdown": later, "slug": "andet"})
    event = stored(event.id)
    assert (event.slug, event.title["da"]) == ("dialog", "Dialog med forældre")
    window = events.window(event.id, Purpose.ENROLMENTS)
    assert window is not None
    assert window.deadline_at < window.shutdown_at
    verbs = [entry.verb for entry in audit.of("event", event.id)]
    assert verbs[-2:] == ["edited", "window_set"]


def test_a_form_opened_while_it_was_a_draft_moves_nobody(app: Flask) -> None:
    event = published()
    with pytest.raises(PublishedMeanwhile), unit_of_work():
        editing.correct(events.event(event.id), {"place": "Et andet sted"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_da": ""}, "title_da"),
        ({"price": "gratis"}, "price"),
        ({"contact_mail": "mona"}, "contact_mail"),
        ({"contact_phone": "ring"}, "contact_phone"),
        ({"shutdown": "2020-01-01T10:00"}, "shutdown"),
        ({"slug": "topics"}, "slug"),
    ],
)
def test_what_cannot_be_stands_at_its_field_with_what_was_typed(
    desk: InspectingClient, wrong: dict[str, str], field: str
) -> None:
    draft()
    form = {**desk.page(f"{DESK}/edit").form(), **WORDS, **wrong}
    page = Page(desk.send(f"{DESK}/edit", form, status=422).text)
    assert set(page.errors()) == {field}
    assert page.form()["access_da"] == WORDS["access_da"]


def test_an_address_that_is_taken_is_refused_at_its_field(desk: InspectingClient) -> None:
    event = draft()
    making.workshop()
    form = {**desk.page(f"{DESK}/edit").form(), **WORDS, "slug": making.SLUG}
    page = Page(desk.send(f"{DESK}/edit", form, status=409).text)
    assert set(page.errors()) == {"slug"}
    assert page.form()["title_da"] == WORDS["title_da"]
    assert stored(event.id).slug == "dialog"


def test_the_kind_changes_until_something_hangs_on_it(desk: InspectingClient) -> None:
    event = draft()
    form = desk.page(f"{DESK}/edit").form()
    desk.send(f"{DESK}/edit", {**form, "kind": "festival"})
    assert stored(event.id).kind is EventKind.FESTIVAL
    assert set(events.windows(event.id)) == {Purpose.APPLICATIONS}
    desk.send(f"{DESK}/edit", {**form, "kind": "workshop"})
    with unit_of_work():
        planning.open_workshop(events.event(event.id), 12)
    assert "kind" not in desk.page(f"{DESK}/edit").form()


def test_an_event_with_people_stays_public_and_says_why(desk: InspectingClient) -> None:
    event_id = making.workshop()
    making.enrolled(1)
    page = f"/desk/events/{making.SLUG}"
    refused = desk.send(f"{page}/unpublish", {}, status=409).text
    assert "1 er tilmeldt eller venter" in refused
    assert stored(event_id).state is EventState.PUBLISHED


def test_an_event_nobody_knows_is_a_draft_again_and_deleted(desk: InspectingClient) -> None:
    event = published()
    refused = desk.send(f"{DESK}/delete", {}, status=409).text
    assert refused.count("Kun en kladde kan slettes.") == 1
    assert f'href="{DESK}/move"' in refused
    desk.send(f"{DESK}/unpublish", {})
    desk.page("/events/dialog", status=404)
    desk.send(f"{DESK}/delete", desk.page(f"{DESK}/delete").form())
    db.session.rollback()
    assert db.session.scalar(select(Event.id).where(Event.slug == "dialog")) is None
    assert [entry.verb for entry in audit.of("deleted_event", event.id)][-1] == "deleted"
    assert not audit.of("event", event.id)
    draft()


def test_a_draft_with_history_is_not_deleted_and_says_what_is_there(desk: InspectingClient) -> None:
    event_id = making.workshop()
    making.enrolled(1)
    with unit_of_work():
        events.event(event_id).state = EventState.DRAFT
    refused = desk.send(f"/desk/events/{making.SLUG}/delete", {}, status=409)
    assert "nogen har tilmeldt sig" in refused.text


def test_a_course_has_its_days(desk: InspectingClient) -> None:
    event = draft(EventKind.COURSE)
    page = f"{DESK}/sittings"
    hour = clock.local_time(event.starts_at)
    day = {
        "starts": hour.strftime("%Y-%m-%dT%H:%M"),
        "ends": (hour + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
    }
    with unit_of_work():
        whole = events.event(event.id)
        whole.starts_at = whole.starts_at.replace(second=0, microsecond=0)
    desk.send(page, day)
    assert len(events.sessions(event.id)) == 2
    outside = Page(desk.send(page, {**day, "ends": "2090-01-01T10:00"}, status=409).text)
    assert set(outside.errors()) == {"starts"}
    first, second = events.sessions(event.id)
    desk.send(f"{page}/{first.id}/remove", {})
    desk.send(f"{page}/{second.id}/remove", {}, status=409)
    db.session.rollback()
    assert len(events.sessions(event.id)) == 1


def test_the_team_keeps_its_topics(desk: InspectingClient) -> None:
    draft()
    desk.send("/desk/events/topics", {"name_da": "Børn og unges trivsel"})
    assert [topic.key for topic in events.topics()][:1] == ["boern_og_unges_trivsel"]
    again = Page(desk.send("/desk/events/topics", {"name_da": "Medborgerskab"}, status=409).text)
    assert "allerede et emne" in again.text
    desk.send("/desk/events/topics/medborgerskab", {"name_da": "Demokrati"})
    form = desk.page(f"{DESK}/edit").form()
    desk.send(f"{DESK}/edit", {**form, "topic": "medborgerskab"})
    assert "Demokrati" in desk.page(DESK).text
    desk.send("/desk/events/topics/medborgerskab/end", {})
    assert desk.page(f"{DESK}/edit").form()["topic"] == "medborgerskab"
    page = desk.page("/desk/events/new")
    assert "medborgerskab" not in {one.get("value") for one in page.all("option")}
