"""The page of a mailbox and the team's day: everything that is theirs, nothing that is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.applications.rules.states import Role
from app.applications.services import writing
from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.workshops.queries.lists import places_of
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.catalogue import making
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
AMINA = "amina@post.example"


def place(slug: str, name: str = "Amina Yusuf", mail: str = AMINA) -> None:
    with unit_of_work():
        enrolling.enrol(slug, Wish(name=name, mail=mail))


def application(event_id: int, name: str, mail: str = AMINA) -> None:
    with unit_of_work():
        made = organisations.register("association", name, Contact(mail, "Amina Yusuf"))
        writing.grant_place(event_id, made.id, Role.ASSOCIATION_STALL)


def test_a_stranger_is_asked_to_sign_in(client: InspectingClient) -> None:
    assert client.get("/my").headers["Location"].startswith("/sign-in")


def test_a_new_mailbox_is_asked_who_it_is(client: InspectingClient) -> None:
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Her står ikke noget endnu" in page.text
    assert "/who" in page.links()


def test_my_page_shows_places_applications_and_organisations(client: InspectingClient) -> None:
    making.event(capacity=1)
    place("foraeldredialog")
    place("foraeldredialog", "Yusuf Amin")
    application(making.event("fest", EventKind.FESTIVAL), "Somalisk Kvindeforening")
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Du har en plads" in page.text
    assert "Du står på ventelisten" in page.text
    assert "Somalisk Kvindeforening" in page.text
    assert any(link.startswith("/my/applications/") for link in page.links())


def test_a_ticket_on_my_page_opens_its_private_link(client: InspectingClient) -> None:
    making.event(capacity=1)
    place("foraeldredialog")
    page = sign_in(client, AMINA).page("/my")
    private = [link for link in page.links() if "/m/" in link]
    assert client.get(private[0]).status_code == 200


def test_my_page_shows_nothing_of_others(client: InspectingClient) -> None:
    making.event(capacity=5)
    place("foraeldredialog", "Bo Hansen", "bo@post.example")
    application(making.event("fest", EventKind.FESTIVAL), "Fremmed Forening", "bo@post.example")
    page = sign_in(client, AMINA).page("/my")
    assert "Fremmed Forening" not in page.text
    assert not [link for link in page.links() if "/m/" in link]


def test_what_is_over_stands_under_earlier(client: InspectingClient) -> None:
    making.event(capacity=5)
    place("foraeldredialog")
    with unit_of_work():
        leaving.cancel(places_of(AMINA)[0].enrolment.id)
    page = sign_in(client, AMINA).page("/my?language=da")
    assert "Tidligere" in page.text


def test_my_page_costs_the_same_for_one_place_and_for_twenty(
    client: InspectingClient, statements: Counter
) -> None:
    sign_in(client, AMINA)
    making.event(capacity=50)
    place("foraeldredialog")
    with statements() as one:
        client.page("/my")
    for number in range(20):
        place("foraeldredialog", f"Amina {number}")
    with statements() as many:
        client.page("/my")
    assert len(one) == len(many) == 7, str(many)


@pytest.mark.parametrize("role", list(StaffRole))
def test_the_team_meets_its_day(client: InspectingClient, role: StaffRole) -> None:
    assert (
        sign_in_staff(client, role).page("/desk/?language=da").text.count("Venter på teamet") == 1
    )


@pytest.mark.parametrize("role", list(StaffRole))
def test_no_link_of_the_day_is_refused_to_who_sees_it(
    client: InspectingClient, role: StaffRole
) -> None:
    sign_in_staff(client, role)
    started = client.page("/desk/").links()
    making.event(capacity=5)
    making.event("andet")
    application(making.event("fest", EventKind.FESTIVAL), "Somalisk Kvindeforening")
    links = {*started, *client.page("/desk/").links()}
    found = {link: client.get(link).status_code for link in links if link.startswith("/desk/")}
    assert found
    assert not {link for link, status in found.items() if status != 200}


def test_who_leads_the_door_comes_from_the_day_to_the_door(client: InspectingClient) -> None:
    making.event(capacity=5)
    making.event("fest", EventKind.FESTIVAL)
    links = sign_in_staff(client, StaffRole.DOOR).page("/desk/").links()
    assert {"/desk/door/foraeldredialog", "/desk/door/fest"} <= set(links)


def test_the_day_says_that_nothing_waits(client: InspectingClient) -> None:
    page = sign_in_staff(client, StaffRole.ORGANISER).page("/desk/?language=da")
    assert "Intet venter" in page.text


def test_the_day_counts_what_waits(client: InspectingClient) -> None:
    festival = making.event("fest", EventKind.FESTIVAL)
    application(festival, "Somalisk Kvindeforening")
    application(festival, "Dansk-Irakisk Venskab")
    page = sign_in_staff(client, StaffRole.ORGANISER).page("/desk/?language=da")
    assert "2 Har en plads, men intet stade" in page.text


def test_the_day_lists_the_next_weeks_with_seats_and_line(client: InspectingClient) -> None:
    making.event(capacity=1)
    place("foraeldredialog")
    place("foraeldredialog", "Yusuf Amin")
    making.event("langt-ude", days=60)
    page = sign_in_staff(client, StaffRole.ORGANISER).page("/desk/?language=da")
    assert "1 af 1" in page.text
    assert "Dansk langt-ude" not in page.text


def test_the_day_costs_the_same_whatever_happens(
    client: InspectingClient, statements: Counter
) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    with statements() as quiet:
        client.page("/desk/")
    for number in range(5):
        festival = making.event(f"fest-{number}", EventKind.FESTIVAL)
        application(festival, f"Forening {number}")
        making.event(f"hold-{number}", capacity=3)
        place(f"hold-{number}")
    with statements() as busy:
        client.page("/desk/")
    assert len(quiet) == len(busy) == 5, str(busy)


def test_the_first_page_says_that_the_team_cannot_be_reached(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    missing = "Brevene siger ikke, hvordan man får fat i teamet"
    page = client.page("/desk/?language=da")
    assert missing in page.text
    assert "En administrator skriver det under »Om os«." in page.text
    boss = sign_in_staff(client, StaffRole.ADMIN)
    assert "/desk/installation" in boss.page("/desk/?language=da").links()
    monkeypatch.setitem(app.config, "CONTACT_MAIL", "team@by.example")
    monkeypatch.setitem(app.config, "CONTACT_PHONE", "33 00 00 00")
    assert missing not in client.page("/desk/?language=da").text
