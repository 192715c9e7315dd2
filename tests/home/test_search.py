"""One box over people, organisations, events and applications: who finds what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.applications.rules.states import Role
from app.applications.services import writing
from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.catalogue import making
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")


def applied(event_id: int, name: str, mail: str) -> None:
    with unit_of_work():
        made = organisations.register("association", name, Contact(mail, "Zeynep Çelik"))
        writing.grant_place(event_id, made.id, Role.ASSOCIATION_STALL)


def a_city() -> None:
    festival = making.event("torvedag", EventKind.FESTIVAL)
    making.event("celik-kursus", capacity=100)
    applied(festival, "Çelik Forening", "z@forening.example")
    with unit_of_work():
        enrolling.enrol("celik-kursus", Wish("Amina Çelik", "amina@post.example"))


@pytest.mark.parametrize(
    ("role", "found", "hidden"),
    [
        (
            StaffRole.ORGANISER,
            [
                "Amina Çelik",
                "Zeynep Çelik",
                "Çelik Forening",
                "Dansk celik-kursus",
                "Foreningsstade",
            ],
            [],
        ),
        (
            StaffRole.REVIEWER,
            ["Çelik Forening", "Dansk celik-kursus", "Foreningsstade"],
            ["Amina", "Zeynep"],
        ),
        (StaffRole.DOOR, ["Dansk celik-kursus"], ["Amina", "Zeynep", "Çelik Forening"]),
        (StaffRole.ANALYST, ["Dansk celik-kursus"], ["Amina", "Zeynep", "Çelik Forening"]),
    ],
)
def test_each_role_finds_what_its_pages_open(
    client: InspectingClient, role: StaffRole, found: list[str], hidden: list[str]
) -> None:
    a_city()
    sign_in_staff(client, role)
    page = client.page("/desk/search?q=celik")
    assert [one for one in found if one not in page.text] == []
    assert [one for one in hidden if one in page.text] == []
    for link in page.links():
        if "/desk/" in link:
            client.page(link)


def test_words_are_found_in_any_order_and_spelling(client: InspectingClient) -> None:
    a_city()
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "Dansk torvedag" in client.page("/desk/search?q=torvedåg%20dan").text
    assert "Amina" in client.page("/desk/search?q=celik%20amina").text
    assert "Intet fundet" in client.page("/desk/search?q=findes-ikke").text
    assert "Intet fundet" in client.page("/desk/search?q=y").text
    client.page("/desk/search")
    client.page("/desk/search?q=%00%25" + "x" * 5_000)


def test_nobody_from_outside_finds_anything(client: InspectingClient) -> None:
    a_city()
    sign_in(client, "amina@post.example")
    client.page("/desk/search?q=celik", status=403)


def test_a_search_asks_as_little_for_many_as_for_few(
    client: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    a_city()
    sign_in_staff(client, StaffRole.ORGANISER)
    asked = []
    for more in (0, 40):
        with unit_of_work():
            for number in range(more):
                wish = Wish(f"Bo Çelik {number}", f"bo{number}@post.example")
                enrolling.enrol("celik-kursus", wish)
        with statements() as seen:
            client.page("/desk/search?q=celik")
        asked.append(len(seen))
    assert asked == [6, 6]
