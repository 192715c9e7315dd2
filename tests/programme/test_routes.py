"""The team adds to the plan and its registers and sees them listed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask

from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.programme import services
from app.programme.rules import EngagementKind
from tests.pages import InspectingClient
from tests.statements import Statements

BASE = "/desk/programme"


@pytest.fixture
def organiser(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in organiser."""
    with unit_of_work():
        people.add_staff("ida@torvet.example", StaffRole.ORGANISER, "Ida")
        token = people.sign_in("ida@torvet.example")
    with client.session_transaction() as own:
        own["sid"] = token
    return client


AREA = {"year": "2011", "number": "1", "name_da": "Inklusion", "person_years": "2"}
ENGAGEMENT = {"kind": "helhedsplan", "name": "Mjølnerparken", "starts_on": "2010-01-01"}
PUBLICATION = {"year": "2010", "title_da": "Atlas over aktører", "note_da": "på vej"}
PROJECT = {"name": "Fra Sport til Job", "starts_on": "2010-01-01"}
PAGES = [("/", AREA), ("/engagements", ENGAGEMENT), ("/publications", PUBLICATION),
         ("/projects", PROJECT)]  # fmt: skip


@pytest.mark.parametrize(("path", "form"), PAGES)
def test_what_is_added_stands_on_the_page(
    organiser: InspectingClient, path: str, form: dict[str, str]
) -> None:
    organiser.page(f"{BASE}{path}")
    organiser.send(f"{BASE}{path}", form)
    wanted = form.get("name") or form.get("title_da") or form["name_da"]
    assert wanted in organiser.page(f"{BASE}{path}").text


@pytest.mark.parametrize(("path", "form"), PAGES)
def test_what_is_missing_is_named_at_the_field(
    organiser: InspectingClient, path: str, form: dict[str, str]
) -> None:
    answer = organiser.send(f"{BASE}{path}", {}, status=422)
    assert "error-summary" in answer.text


@pytest.mark.parametrize("years", ["to", "NaN", "0", "9999999999999999999999"])
def test_person_years_must_be_a_number(organiser: InspectingClient, years: str) -> None:
    organiser.send(f"{BASE}/", {**AREA, "person_years": years}, status=422)


def test_the_same_number_twice_is_refused_with_a_sentence(organiser: InspectingClient) -> None:
    organiser.send(f"{BASE}/", AREA)
    answer = organiser.send(f"{BASE}/", AREA, status=409)
    assert "2011" in answer.text


def test_an_engagement_is_ended_on_its_own_page(organiser: InspectingClient) -> None:
    organiser.send(f"{BASE}/engagements", ENGAGEMENT)
    links = organiser.page(f"{BASE}/engagements").links()
    end = next(link for link in links if link.endswith("/end"))
    assert "Mjølnerparken" in organiser.page(end).heading
    organiser.send(end, {}, status=422)
    organiser.send(end, {"ends_on": "2010-12-31"})
    assert end not in organiser.page(f"{BASE}/engagements").links()


def test_a_project_is_handed_over_on_its_own_page(organiser: InspectingClient) -> None:
    organiser.send(f"{BASE}/projects", PROJECT)
    links = organiser.page(f"{BASE}/projects").links()
    over = next(link for link in links if link.endswith("/hand-over"))
    organiser.page(over)
    organiser.send(over, {"handed_to": "Jobcenter Skelbækgade", "last_day": "2010-05-31"})
    assert "Jobcenter Skelbækgade" in organiser.page(f"{BASE}/projects").text


def test_strangers_are_sent_to_sign_in(client: InspectingClient) -> None:
    assert client.get(f"{BASE}/").status_code == 303


def test_the_lists_ask_as_little_for_many_rows_as_for_one(
    organiser: InspectingClient,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    asked = []
    for year in (2011, 2012):
        with unit_of_work():
            for number in range(1, 2 + 10 * (year - 2011)):
                services.add_main_area(year, number, {"da": "Område"}, 100)
                services.add_engagement(EngagementKind.HELHEDSPLAN, "Plan", date(year, 1, 1))
                services.add_publication(year, {"da": "Katalog"})
                services.add_project("Projekt", date(year, 1, 1))
        with statements() as seen:
            for path, _form in PAGES:
                organiser.page(f"{BASE}{path}")
        asked.append(len(seen))
    assert asked == [8, 8]
