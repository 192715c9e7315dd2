"""Who works at the desk: let in, given duties, let go."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import queries, services
from app.people.models import Staff
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient

LIST = "/desk/staff/"
SARA = {"email": "Sara@kommune.example", "name": "Sara Holm", "roles": ["door", "reviewer"]}


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An administrator's browser."""
    return sign_in_staff(client, StaffRole.ADMIN)


def member(email: str) -> Staff:
    """The member of staff as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Staff).where(Staff.email == email)).one()


def test_somebody_is_let_in_with_roles(desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    assert queries.roles_of(made.id) == [StaffRole.DOOR, StaffRole.REVIEWER]
    assert "Sara Holm" in desk.page(LIST).text
    desk.page(f"{LIST}{made.id}")


def test_staff_stand_in_the_danish_order(app: Flask) -> None:
    names = ["Łukasz Bo", "Lund", "Zita", "Æbelø", "Ørsted", "Aagaard"]
    with unit_of_work():
        for number, name in enumerate(reversed(names)):
            services.add_staff(f"s{number}@kommune.example", StaffRole.DOOR, name=name)
    assert [staff.name for staff, _roles in queries.all_staff()] == names


def test_a_duty_taken_away_counts_from_the_next_request(app: Flask, desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    sign_in(other, "sara@kommune.example")
    other.page("/desk/applications/")
    desk.send(f"{LIST}{made.id}", {"roles": ["door"]})
    other.page("/desk/applications/", status=403)
    other.page("/desk/door/")
    desk.send(f"{LIST}{made.id}", {"roles": []})
    other.page("/desk/door/", status=403)
    assert "Ingen adgang mere" in desk.page(LIST).text
    assert "mistede opgaven: Bedømmer" in desk.page(f"{LIST}{made.id}").text


def test_whoever_comes_back_gets_in_again(desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    desk.send(f"{LIST}{made.id}", {"roles": []})
    assert member("sara@kommune.example").ended_at is not None
    desk.send(LIST, SARA)
    assert member("sara@kommune.example").ended_at is None


def test_the_last_administrator_stays_one(desk: InspectingClient) -> None:
    own = member("admin@desk.example")
    desk.send(f"{LIST}{own.id}", {"roles": ["organiser"]}, status=409)
    with unit_of_work():
        services.add_staff("chef@kommune.example", StaffRole.ADMIN, "Chef")
    desk.send(f"{LIST}{own.id}", {"roles": ["organiser"]})
    desk.page(LIST, status=403)


@pytest.mark.parametrize(
    "wrong", [{"email": "sara"}, {"name": ""}, {"roles": []}, {"roles": ["king"]}]
)
def test_what_is_missing_is_said_at_its_field(
    desk: InspectingClient, wrong: dict[str, object]
) -> None:
    answer = desk.send(LIST, {**SARA, **wrong}, status=422)
    assert "error-summary" in answer.text
    assert len(queries.all_staff()) == 1


def test_an_unknown_duty_changes_nothing(desk: InspectingClient) -> None:
    own = member("admin@desk.example")
    desk.send(f"{LIST}{own.id}", {"roles": ["king"]}, status=422)
    desk.page(f"{LIST}999", status=404)
    desk.send(f"{LIST}999", {"roles": ["door"]}, status=404)
    assert queries.roles_of(own.id) == [StaffRole.ADMIN]


def test_staff_are_renamed_and_trails_name_them(desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    address = f"{LIST}{made.id}/name"
    page = desk.page(f"{LIST}{made.id}")
    assert page.form(address)["name"] == "Sara Holm"
    desk.send(address, {"name": ""}, status=422)
    desk.send(address, {"name": "Sara Holm Yusuf"})
    told = desk.page(f"{LIST}{made.id}").text
    assert "Sara Holm Yusuf" in told
    assert "fik et andet navn" in told


def test_who_works_here_lands_at_the_desk_and_others_on_their_page(
    app: Flask, client: InspectingClient
) -> None:
    with unit_of_work():
        services.add_staff("sara@kommune.example", StaffRole.DOOR, "Sara")
        ways = {
            services.make_link("sara@kommune.example")[0]: "/desk/",
            services.make_link("sara@kommune.example", "/my")[0]: "/my",
            services.make_link("amal@forening.example")[0]: "/my",
        }
    for token, leads_to in ways.items():
        assert client.send(f"/sign-in/{token}", {}).location == leads_to


def test_a_mail_address_is_corrected_with_a_trace_and_the_earlier_opens_nothing(
    app: Flask, desk: InspectingClient
) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    sign_in(other, "sara@kommune.example")
    page = f"{LIST}{made.id}/mail"
    assert page in desk.page(f"{LIST}{made.id}").links()
    desk.send(page, {"email": "sara"}, status=422)
    desk.send(page, {"email": "Sara.Holm@kommune.example"})
    assert queries.roles_of(member("sara.holm@kommune.example").id) == queries.roles_of(made.id)
    assert other.get("/desk/applications/").status_code != 200
    told = desk.page(f"{LIST}{made.id}?language=da").text
    assert "fik en anden mailadresse" in told
    desk.send(LIST, {**SARA, "email": "bo@kommune.example"})
    clash = desk.send(f"{page}?language=da", {"email": "bo@kommune.example"}, status=409)
    assert "arbejder her allerede" in clash.text
