"""The page that says whose installation this is."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.access import StaffRole
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page

ADDRESS = "/desk/installation"


@pytest.fixture
def admin(client: InspectingClient) -> InspectingClient:
    return sign_in_staff(client, StaffRole.ADMIN)


def filled_in(client: InspectingClient, **words: str) -> dict[str, str]:
    return client.page(ADDRESS).form() | words


def test_what_is_written_stands_on_every_page_with_who_wrote_it(admin: InspectingClient) -> None:
    words = {"team_da": "Verdensholdet", "mail": "hold@storby.example", "phone": "33 66 12 34"}
    admin.send(ADDRESS, filled_in(admin, **words, hours_da="Mandag 9–15"))
    footer = admin.page("/was?language=da")
    assert {"mailto:hold@storby.example", "tel:+4533661234"} <= set(footer.links())
    assert "Mandag 9–15" in footer.text
    assert "Verdensholdet" in footer.text
    page = admin.page(f"{ADDRESS}?language=da")
    assert "Bo Hansen · Rettet: team, mailadresse, telefon, tider" in page.text
    assert page.form()["team_da"] == "Verdensholdet"


def test_a_mistake_stands_at_its_field_and_what_was_typed_stays(admin: InspectingClient) -> None:
    form = filled_in(admin, mail="hold", team_da="Verdensholdet")
    answer = admin.send(ADDRESS, form, 422)
    assert 'value="Verdensholdet"' in answer.text
    assert "mail" in admin.page(ADDRESS).form()
    assert "Verdensholdet" not in admin.page("/was?language=da").text


def test_two_at_once_see_each_other_and_the_second_press_decides(admin: InspectingClient) -> None:
    older = filled_in(admin, team_da="Mit hold")
    admin.send(ADDRESS, filled_in(admin, team_da="Verdensholdet", hours_da="Mandag 9–15"))
    page = Page(admin.send(f"{ADDRESS}?language=da", older, 409).text)
    assert "Verdensholdet" in page.errors()["team_da"]
    assert page.form()["team_da"] == "Mit hold"
    assert "Verdensholdet" in admin.page("/was?language=da").text
    admin.send(ADDRESS, page.form())
    form = admin.page(ADDRESS).form()
    assert (form["team_da"], form["hours_da"]) == ("Mit hold", "Mandag 9–15")


@pytest.mark.usefixtures("app")
def test_nobody_but_an_administrator_changes_it(app: Flask, client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    client.page(ADDRESS, 403)
    assert ADDRESS not in client.page("/desk/").links()
