"""What is written into the plan and its registers is set right, taken back and copied."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.advisory import services as advisory
from app.advisory.services import Request
from app.core import audit
from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.programme import queries, services
from app.programme.rules import EngagementKind
from tests.factories import sign_in_staff
from tests.pages import InspectingClient

DESK = "/desk/programme"


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An organiser's browser."""
    return sign_in_staff(client, StaffRole.ORGANISER)


def registered() -> dict[str, int]:
    """One of each register, by its part of the address."""
    with unit_of_work():
        area = services.add_main_area(2030, 1, {"da": "Vejledning"}, 150, [{"da": "Telefon"}])
        plan = services.add_engagement(EngagementKind.HELHEDSPLAN, "Mjølnerpark", date(2030, 1, 1))
        paper = services.add_publication(2030, {"da": "Guide"})
        project = services.add_project("Naboskab", date(2030, 2, 1))
        return {
            "areas": area.id,
            "engagements": plan.id,
            "publications": paper.id,
            "projects": project.id,
        }


CORRECTED = {
    "areas": {"name_da": "Vejledning og hjælp", "person_years": "2,25", "number": "3"},
    "engagements": {"name": "Mjølnerparken", "ends_on": "2030-12-31"},
    "publications": {"title_da": "Guide til Nørrebro", "year": "2031"},
    "projects": {"name": "Godt naboskab", "starts_on": "2030-03-01"},
}


@pytest.mark.parametrize("register", CORRECTED)
def test_an_entry_is_corrected_on_its_page_and_says_who_did_it(
    desk: InspectingClient, register: str
) -> None:
    address = f"{DESK}/{register}/{registered()[register]}"
    form = {**desk.page(address).form(address), **CORRECTED[register]}
    back = desk.send(address, form).location
    assert next(iter(CORRECTED[register].values())) in desk.page(back).text
    page = desk.page(address)
    sent = page.form(address)
    assert {name: sent[name] for name in CORRECTED[register]} == CORRECTED[register]
    assert "Bo Hansen" in page.text
    assert "rettet" in page.text


@pytest.mark.parametrize("register", CORRECTED)
def test_an_entry_is_taken_back(desk: InspectingClient, register: str) -> None:
    address = f"{DESK}/{register}/{registered()[register]}"
    page = desk.page(address)
    desk.send(f"{address}/take-back", {})
    desk.page(address, status=404)
    assert page.heading not in desk.page(f"{DESK}/{'' if register == 'areas' else register}").text


def test_wrong_dates_are_refused_with_what_was_typed(desk: InspectingClient) -> None:
    address = f"{DESK}/engagements/{registered()['engagements']}"
    form = {**desk.page(address).form(address), "ends_on": "2029-12-31", "name": "Andet"}
    answer = desk.send(address, form, status=409)
    assert "Andet" in answer.text
    assert queries.engagements()[0].name == "Mjølnerpark"


def test_an_area_with_advice_stays(desk: InspectingClient) -> None:
    number = registered()["areas"]
    with unit_of_work():
        advisory.log_advice(Request("Skolen", "Tolk", main_area_id=number))
    desk.send(f"{DESK}/areas/{number}/take-back", {}, status=409)
    desk.page(f"{DESK}/areas/{number}")


def test_a_number_is_given_once_a_year(desk: InspectingClient) -> None:
    number = registered()["areas"]
    with unit_of_work():
        services.add_main_area(2030, 2, {"da": "Netværk"})
    address = f"{DESK}/areas/{number}"
    desk.send(address, {**desk.page(address).form(address), "number": "2"}, status=409)


def test_a_years_plan_begins_as_a_copy(desk: InspectingClient) -> None:
    registered()
    with unit_of_work():
        services.add_main_area(2030, 2, {"da": "Netværk"}, 50)
        services.add_main_area(2031, 2, {"da": "Eget"}, 25)
    assert desk.page(f"{DESK}/").form(f"{DESK}/copy")["to"] == "2032"
    desk.send(f"{DESK}/copy", {"of_year": "2030", "to": "2031"})
    areas = queries.plan(2031).areas
    assert [planned.area.name["da"] for planned in areas] == ["Vejledning", "Eget"]
    assert [planned.hundredths for planned in areas] == [150, 25]
    assert areas[0].area.activities == [{"da": "Telefon"}]
    desk.send(f"{DESK}/copy", {"of_year": "2001", "to": "2031"}, status=409)
    desk.send(f"{DESK}/copy", {"of_year": "", "to": "2031"}, status=422)


def test_what_was_corrected_is_named_and_nothing_is_told_twice(app: Flask) -> None:
    with unit_of_work():
        paper = services.add_publication(2030, {"da": "Guide"})
        services.correct_publication(paper, 2031, {"da": "Guide"}, {})
    with unit_of_work():
        services.correct_publication(queries.publication(paper.id), 2031, {"da": "Guide"}, {})
    entries = audit.of("publication", paper.id)
    assert [entry.verb for entry in entries] == ["added", "corrected"]
    assert entries[1].facts["fields"] == ["year"]
