"""Advice is logged on one page; a requisition is followed on its own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.advisory import queries, services
from app.advisory.rules import RequisitionState, TaskKind
from app.advisory.services import Request
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.programme import services as programme
from tests.pages import InspectingClient, Page
from tests.statements import Statements

REQUEST = {"asked_by": "Nørrebro Bibliotek", "subject": "Forældredialog", "minutes": "20"}
WORKSHOP = {
    "title_da": "Dialog med forældre",
    "slug": "dialog-med-foraeldre",
    "place": "Blågården",
    "day": "2030-05-04",
    "starts": "16:00",
    "ends": "19:00",
    "capacity": "20",
}


@pytest.fixture
def organiser(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in organiser, with a main area to choose."""
    with unit_of_work():
        people.add_staff("ida@torvet.example", StaffRole.ORGANISER, "Ida")
        token = people.sign_in("ida@torvet.example")
        programme.add_main_area(2011, 3, {"da": "Rekvireringer og rådgivninger"}, 100)
    with client.session_transaction() as own:
        own["sid"] = token
    return client


def test_advice_is_logged_with_its_main_area(organiser: InspectingClient) -> None:
    page = organiser.page("/desk/advice")
    area = page.all("input", type="radio")[0].get("value")
    organiser.send("/desk/advice", {**REQUEST, "main_area": area})
    table = organiser.page("/desk/advice").text
    assert "Nørrebro Bibliotek" in table


def test_advice_that_is_still_owed_is_closed_with_a_button(organiser: InspectingClient) -> None:
    organiser.send("/desk/advice", {**REQUEST, "still_open": "y"})
    page = organiser.page("/desk/advice")
    close = next(
        f.get("action") or "" for f in page.all("form") if "close" in (f.get("action") or "")
    )
    organiser.send(close, {})
    assert organiser.post(close).status_code == 409


@pytest.mark.parametrize("path", ["/desk/advice", "/desk/requisitions"])
def test_what_is_missing_is_named_at_the_field(organiser: InspectingClient, path: str) -> None:
    organiser.send(path, {}, status=422)
    organiser.send(path, {**REQUEST, "minutes": "-5"}, status=422)
    organiser.send(path, {**REQUEST, "main_area": "999"}, status=422)
    organiser.send(path, {**REQUEST, "email": "ingen"}, status=422)


def test_a_requisition_is_followed_to_the_workshop_it_becomes(organiser: InspectingClient) -> None:
    organiser.page("/desk/requisitions")
    made = organiser.send("/desk/requisitions", REQUEST)
    case = made.location
    assert "Forældredialog" in organiser.page(case).heading
    organiser.send(f"{case}/agreed", {})
    organiser.page(f"{case}/workshop")
    organiser.send(f"{case}/workshop", {**WORKSHOP, "ends": "15:00"}, status=422)
    organiser.send(f"{case}/workshop", {**WORKSHOP, "slug": "Å Æ"}, status=422)
    organiser.send(f"{case}/workshop", WORKSHOP)
    assert "Dialog med forældre" in organiser.page(case).text
    assert "Dialog med forældre" in organiser.page("/desk/requisitions").text
    organiser.send(f"{case}/held", {})
    organiser.send(f"{case}/closed", {})
    organiser.page(case)
    organiser.send(f"{case}/agreed", {}, status=409)


def test_a_requisition_that_is_not_there_is_not_found(organiser: InspectingClient) -> None:
    organiser.page("/desk/requisitions/404", status=404)
    organiser.page("/desk/requisitions/404/workshop", status=404)


def test_the_lists_ask_as_little_for_many_rows_as_for_one(
    organiser: InspectingClient,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    asked = []
    for more in (10, 490):
        with unit_of_work():
            for number in range(more):
                services.log_advice(Request("Skolen", f"Spørgsmål {number}"))
                services.take_requisition(Request("Skolen", f"Ønske {number}"))
        with statements() as seen:
            organiser.page("/desk/advice?search=skole&sort=-minutes")
            organiser.page("/desk/requisitions")
        asked.append(len(seen))
    assert asked == [14, 14]
    assert "500" in organiser.page("/desk/advice").one("caption").text


def test_advice_is_found_sorted_and_turned_page_by_page(organiser: InspectingClient) -> None:
    with unit_of_work():
        for number in range(60):
            services.log_advice(Request("Ældreklubben", f"Sag {number:02}", minutes=number))
        services.log_advice(Request("Å Ørsted", "Øl og æbler", "ole@skole.example", "Ole"))
    words = "/desk/advice?search=aebler%20orsted"
    assert "1 notat" in organiser.page(words).one("caption").text
    assert "Sag 59" not in organiser.page(words).text
    first = organiser.page("/desk/advice?sort=subject")
    assert "Sag 00" in first.text and "Sag 59" not in first.text
    (onward,) = [link for link in first.links() if "page=2" in link]
    assert "Sag 59" in organiser.page(onward).text
    assert "Øl og æbler" in organiser.page(onward).text
    assert "Intet på listen passer" in organiser.page("/desk/advice?search=findes-ikke").text
    assert "Vis hele listen" in organiser.page("/desk/advice?standing=open").text


def test_advice_leaves_as_a_file_with_days_and_mail(organiser: InspectingClient) -> None:
    organiser.send("/desk/advice", {**REQUEST, "email": "aase@skole.example", "name": "Aase"})
    answer = organiser.get("/desk/advice?file=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="raadgivning.csv"'
    heads, row, _end = answer.data.decode("utf-8-sig").split("\r\n")
    told = dict(zip(heads.split(";"), row.split(";"), strict=True))
    assert told["Skrevet ned"] == clock.today().isoformat()
    assert (told["Deres mail"], told["Minutter"]) == ("aase@skole.example", "20")


def test_advice_of_last_year_written_down_later_counts_last_year(
    organiser: InspectingClient,
) -> None:
    organiser.send("/desk/advice", {**REQUEST, "day": "2024-12-30"})
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = Page(organiser.send("/desk/advice", {**REQUEST, "day": tomorrow}, status=422).text)
    assert "day" in page.errors()
    assert queries.closed_in(2024)[TaskKind.ADVICE] == 1
    assert queries.closed_in(clock.today().year)[TaskKind.ADVICE] == 0


def test_advice_is_corrected_and_taken_back_with_a_trace(organiser: InspectingClient) -> None:
    organiser.send("/desk/advice", {**REQUEST, "email": "aase@skole.example", "name": "Aase"})
    number = queries.tasks(TaskKind.ADVICE)[0].task.id
    address = f"/desk/advisory/{number}"
    assert address in organiser.page("/desk/advice").links()
    form = organiser.page(address).form(address)
    assert (form["email"], form["minutes"]) == ("aase@skole.example", "20")
    organiser.send(address, {**form, "subject": "Tolkning", "day": "2024-12-30", "email": ""})
    db.session.rollback()
    db.session.expire_all()
    kept = queries.task(number).task
    assert (kept.subject, kept.person_id) == ("Tolkning", None)
    assert kept.closed_at == kept.logged_at
    assert queries.closed_in(2024)[TaskKind.ADVICE] == 1
    page = organiser.page(address)
    assert "Ida" in page.text
    assert "rettet" in page.text
    organiser.send(f"{address}/take-back", {})
    organiser.page(address, status=404)
    db.session.rollback()
    assert queries.closed_in(2024)[TaskKind.ADVICE] == 0


def test_a_requisition_is_corrected_and_stays_once_it_is_a_workshop(
    organiser: InspectingClient,
) -> None:
    case = organiser.send("/desk/requisitions", {**REQUEST, "day": "2024-12-30"}).location
    address = f"/desk/advisory/{case.rpartition('/')[2]}"
    form = organiser.page(address).form(address)
    assert form["day"] == "2024-12-30"
    organiser.send(address, {**form, "subject": "Andet emne"})
    assert "Andet emne" in organiser.page(case).heading
    organiser.send(f"{case}/workshop", WORKSHOP)
    organiser.send(f"{address}/take-back", {}, status=409)
    with at(datetime(2025, 2, 1, tzinfo=UTC)), unit_of_work():
        services.advance(int(case.rpartition("/")[2]), RequisitionState.CLOSED)
    page = Page(organiser.send(address, {**form, "day": "2025-03-01"}, status=409).text)
    assert "day" in page.errors()


def test_a_requisition_taken_back_is_open_no_more(organiser: InspectingClient) -> None:
    case = organiser.send("/desk/requisitions", REQUEST).location
    organiser.send(f"/desk/advisory/{case.rpartition('/')[2]}/take-back", {})
    organiser.page(case, status=404)
    assert queries.open_requisitions() == 0
