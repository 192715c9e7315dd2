"""The desk's page for badges and tickets in print."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.printing import jobs, queries
from app.printing.models import Printing
from app.printing.rules import PaperKind, PrintChoice, PrintReason, PrintState
from app.printing.services import Order, fail_printing, note_progress, order_printing, take_turn
from app.privacy.services import erase
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.statements import Statements
from tests.workshops.making import SLUG, enrolled, workshop

PAGE = f"/desk/workshops/{SLUG}/printings"
BADGES = {"paper": "badges-card", "choice": "all", "blanks": "0"}


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An organiser's browser."""
    return sign_in_staff(client, StaffRole.ORGANISER)


def newest(event_id: int) -> Printing:
    db.session.rollback()
    found = queries.printings(event_id)[0]
    db.session.rollback()
    return found


def work() -> None:
    assert jobs.print_orders(clock.now()) == 1


def test_names_that_cannot_be_set_are_named_before_printing(desk: InspectingClient) -> None:
    workshop()
    enrolled(1)
    assert "ikke kan trykkes" not in desk.page(f"{PAGE}?language=da").text
    # A sign of the Egyptians: no font here will ever have it.
    with unit_of_work():
        enrolling.enrol(SLUG, Wish(name="Ra \U00013000", mail="ra@post.example"))
        enrolling.enrol(SLUG, Wish(name="ሰላም ተስፋይ", mail="selam@post.example"))
    text = desk.page(f"{PAGE}?language=da").text
    assert "1 navn har bogstaver, der ikke kan trykkes" in text
    assert "Ra \U00013000" in text
    assert "ሰላም" not in text


def test_a_file_is_ordered_watched_and_fetched(desk: InspectingClient) -> None:
    event_id = workshop()
    enrolled(1)
    assert PAGE in desk.page(f"/desk/workshops/{SLUG}").links()
    desk.send(PAGE, BADGES)
    waiting = desk.page(PAGE)
    assert waiting.one("div", id="printings").get("data-unfinished") is not None
    work()
    ready = desk.page(PAGE)
    assert ready.one("div", id="printings").get("data-unfinished") is None
    file = f"{PAGE}/{newest(event_id).id}/file.pdf"
    assert file in ready.links()
    answer = desk.get(file)
    assert answer.data.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_progress_is_shown_with_its_figures(desk: InspectingClient) -> None:
    event_id = workshop()
    enrolled(1), enrolled(2)
    desk.send(PAGE, BADGES)
    with unit_of_work():
        turn = take_turn(clock.now())
    assert turn is not None
    with unit_of_work():
        note_progress(turn, 1, 2)
    bar = desk.page(PAGE).one("progress")
    assert (bar.get("value"), bar.get("max")) == ("1", "2")
    desk.send(f"{PAGE}/{turn.printing_id}/cancel", {})
    assert newest(event_id).state == PrintState.CANCELLED
    desk.send(f"{PAGE}/{turn.printing_id}/again", {})
    assert newest(event_id).state == PrintState.WAITING


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "reason", [PrintReason.UNEXPECTED, PrintReason.STOPPED, PrintReason.NOBODY]
)
def test_a_failure_is_told_with_a_way_to_try_again(
    desk: InspectingClient, reason: PrintReason
) -> None:
    event_id = workshop()
    enrolled(1)
    desk.send(PAGE, BADGES)
    with unit_of_work():
        turn = take_turn(clock.now())
    assert turn is not None
    with unit_of_work():
        fail_printing(turn, reason)
    page = desk.page(PAGE)
    assert page.one("form", action=f"{PAGE}/{turn.printing_id}/again") is not None
    desk.send(f"{PAGE}/{turn.printing_id}/again", {})
    work()
    assert newest(event_id).state == PrintState.DONE


def test_one_person_is_printed_from_their_own_page(desk: InspectingClient) -> None:
    event_id = workshop()
    _other, place = enrolled(1), enrolled(2).place
    address = f"{PAGE}?enrolment={place.enrolment.id}"
    assert address in desk.page(f"/desk/workshops/{SLUG}/enrolments/{place.enrolment.id}").links()
    assert place.person.name in desk.page(address).text
    desk.send(address, {**BADGES, "choice": "one"})
    assert newest(event_id).enrolment_id == place.enrolment.id


def test_an_order_that_makes_no_sense_is_told(desk: InspectingClient) -> None:
    workshop()
    desk.send(PAGE, {**BADGES, "choice": "one"}, status=422)
    desk.send(PAGE, {**BADGES, "paper": "posters"}, status=422)
    desk.send(PAGE, {**BADGES, "blanks": "100000"}, status=422)
    desk.send(PAGE, BADGES, status=409)
    desk.page(f"{PAGE}?enrolment=1", status=404)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "role", [StaffRole.REVIEWER, StaffRole.ANALYST, StaffRole.PARTNER, StaffRole.DOOR]
)
def test_nobody_else_orders_or_fetches(
    app: Flask, client: InspectingClient, role: StaffRole
) -> None:
    event_id = workshop()
    enrolled(1)
    with unit_of_work():
        order = Order(PaperKind.TICKETS, PrintChoice.ALL)
        number = order_printing(event_id, order).id
    work()
    browser = sign_in_staff(client, role)
    browser.page(PAGE, status=403)
    browser.page(f"{PAGE}/{number}/file.pdf", status=403)
    browser.send(PAGE, BADGES, status=403)


def test_a_file_is_handed_out_at_its_own_event_only_and_not_once_it_is_gone(
    desk: InspectingClient,
) -> None:
    event_id = workshop()
    workshop("andet")
    place = enrolled(1).place
    desk.send(PAGE, BADGES)
    work()
    number = newest(event_id).id
    desk.page(f"/desk/workshops/andet/printings/{number}/file.pdf", status=404)
    with unit_of_work():
        erase(place.person.email or "")
    desk.page(f"{PAGE}/{number}/file.pdf", status=404)
    desk.page(PAGE)


def test_the_page_costs_the_same_for_many(
    desk: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    workshop(capacity=100)
    counts = []
    for start, end in ((0, 1), (1, 12)):
        for number in range(start, end):
            enrolled(number)
            desk.send(PAGE, {**BADGES, "blanks": str(number)})
        with statements() as seen:
            desk.page(PAGE)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6, counts
