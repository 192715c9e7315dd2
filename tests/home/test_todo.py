"""What /my asks for, what it calls by its name, and the ways back it offers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.applications.rules.states import Role, State
from app.applications.services import deciding, writing
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.home.queries import mine
from app.home.queries.todo import Todo
from app.home.rules import Near, Task
from app.lifecycle.services import telling
from app.organisations.rules import Actor
from app.vendors.queries import holdings
from app.vendors.rules.specs import PlanSpec, StallSpec, ZoneSpec
from app.vendors.services import laying, reserving
from app.workshops.queries.lists import places_of
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.applications import making
from tests.applications.making import MAIL, NOW
from tests.catalogue import making as events
from tests.factories import sign_in
from tests.pages import InspectingClient

pytestmark = pytest.mark.usefixtures("app")
AMINA = "amina@post.example"


def todos(email: str = MAIL) -> list[Todo]:
    with at(NOW):
        return [*mine.of_email(email).todos]


def test_who_has_asked_for_nothing_is_asked_to_apply_until_the_deadline() -> None:
    making.organisation(email=MAIL)
    event = making.festival()
    (todo,) = todos()
    assert (todo.task, todo.event) == (Task.APPLY, event)
    assert todo.due == making.DEADLINE
    with at(NOW):
        assert (todo.near, todo.late) == (Near.LATER, False)


def test_a_draft_is_to_be_written_to_its_end_and_is_not_applied_for_twice() -> None:
    making.drafted(making.festival(), making.organisation())
    assert [todo.task for todo in todos()] == [Task.FINISH]


def test_a_question_says_until_when_it_wants_its_answer() -> None:
    asked = making.submitted(making.festival(), making.organisation())
    with at(NOW), unit_of_work():
        deciding.ask(asked.id, "Hvor mange kommer I?", NOW + timedelta(days=3))
        deciding.ask(asked.id, "Og hvornår?", NOW + timedelta(days=1))
    (todo,) = todos()
    assert (todo.task, todo.due) == (Task.ANSWER, NOW + timedelta(days=1))
    with at(NOW):
        assert (todo.near, todo.days_left) == (Near.TOMORROW, 1)


def test_a_place_is_to_be_confirmed_and_corrections_are_to_be_sent() -> None:
    event, made = making.festival(), making.organisation()
    accepted = making.released(making.submitted(event, made))
    with at(NOW), unit_of_work():
        writing.save_draft(Actor(MAIL), accepted.id, {"sign": ["Nyt skilt"]})
    assert [todo.task for todo in todos()] == [Task.CONFIRM, Task.SEND]
    assert todos()[0].due == accepted.confirm_by


def test_a_stall_says_when_one_drives_in_and_whom_one_calls() -> None:
    event = making.festival()
    accepted = making.released(making.submitted(event, making.organisation()))
    arrives = event.starts_at - timedelta(hours=3)
    plan = PlanSpec(
        [StallSpec("12", zone="mad")],
        zones=[ZoneSpec("mad", {"da": "Madgaden"}, arrives, "Ali 20 12 34 56")],
        street_name={"da": "Nørrebrogade"},
    )
    with at(NOW), unit_of_work():
        laying.lay_out(event.id, plan)
        stall = holdings.stall_by_code(event.id, "12")
        reserving.reserve_stall(event.id, stall.id, accepted.id)
    (todo,) = [todo for todo in todos() if todo.task is Task.ARRIVE]
    assert todo.due == arrives
    assert todo.arrival is not None
    assert (todo.arrival.stall_code, todo.arrival.call) == ("12", "Ali 20 12 34 56")


@pytest.mark.parametrize("decision", [State.DECLINED, State.WAITLISTED])
def test_nothing_is_asked_of_who_is_answered(decision: State) -> None:
    making.released(making.submitted(making.festival(), making.organisation()), decision)
    assert todos() == []


def enrolled(name: str = "Amina Yusuf") -> None:
    with unit_of_work():
        enrolling.enrol("foraeldredialog", Wish(name=name, mail=AMINA))


def test_a_place_given_up_is_named_so_with_the_way_back(client: InspectingClient) -> None:
    events.event(capacity=3)
    enrolled()
    with unit_of_work():
        leaving.cancel(places_of(AMINA)[0].enrolment.id)
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Afmeldt" in page.text
    assert "/events/foraeldredialog/enrol" in page.links()
    enrolled()
    assert "/events/foraeldredialog/enrol" not in client.page("/my").links()


def test_an_event_that_is_called_off_says_so_and_why(client: InspectingClient) -> None:
    number = events.event(capacity=3)
    enrolled()
    with unit_of_work():
        telling.call_off(number, "Læreren er syg.")
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Aflyst" in page.text
    assert "Læreren er syg." in page.text
    assert "Du har en plads" not in page.text


def test_an_application_withdrawn_can_be_made_again(client: InspectingClient) -> None:
    event_id = events.event("fest", EventKind.FESTIVAL)
    organisation = making.organisation(email=AMINA)
    with unit_of_work():
        made = writing.grant_place(event_id, organisation.id, Role.ASSOCIATION_STALL)
        deciding.cancel(made.id, "Slettet.")
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Ansøg igen" in page.text
    assert "/events/fest/apply" in page.links()


def test_deadlines_stand_in_words(client: InspectingClient) -> None:
    making.organisation(email=AMINA)
    number = events.event("fest", EventKind.FESTIVAL, days=1)
    page = sign_in(client, AMINA).page("/my?language=da")
    assert number
    assert "Senest i morgen" in page.text
    assert "Det skal du gøre" in page.text


def test_who_is_signed_in_is_not_asked_for_an_address(client: InspectingClient) -> None:
    events.event(capacity=3)
    page = sign_in(client, AMINA).page("/events/foraeldredialog/enrol?language=da")
    assert AMINA in page.text
    assert not page.all("input", type="email")
    client.send("/events/foraeldredialog/enrol", {"name": "Amina Yusuf", "seats": "1"})
    assert [place.person.email for place in places_of(AMINA)] == [AMINA]


def test_a_form_with_another_address_than_the_one_signed_in_asks_first(
    client: InspectingClient,
) -> None:
    events.event(capacity=3)
    typed = {"name": "Amina Yusuf", "seats": "1", "mail": "bo@post.example"}
    answer = sign_in(client, AMINA).send("/events/foraeldredialog/enrol", typed, status=422)
    assert AMINA in answer.text
    assert places_of(AMINA) == places_of("bo@post.example") == []


@pytest.mark.parametrize("path", ["/sign-in", "/links"])
def test_who_is_signed_in_is_led_to_the_own_page(client: InspectingClient, path: str) -> None:
    assert sign_in(client, AMINA).get(path).headers["Location"] == "/my"


def test_the_page_that_was_asked_for_is_kept(client: InspectingClient) -> None:
    answer = sign_in(client, AMINA).get("/sign-in?next=/my/data")
    assert answer.headers["Location"] == "/my/data"
