"""Who works at the desk: let in, given duties, let go."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access import Duty
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import queries, services
from app.people.models import Staff
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient

LIST = "/desk/staff/"
SARA = {"mailbox": "Sara@kommune.example", "name": "Sara Holm", "duties": ["door", "reviewer"]}


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An administrator's browser."""
    return sign_in_staff(client, Duty.ADMIN)


def member(mailbox: str) -> Staff:
    """The member of staff as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Staff).where(Staff.mailbox == mailbox)).one()


def test_somebody_is_let_in_with_duties(desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    assert queries.duties_of(made.id) == [Duty.DOOR, Duty.REVIEWER]
    assert "Sara Holm" in desk.page(LIST).text
    desk.page(f"{LIST}{made.id}")


def test_a_duty_taken_away_counts_from_the_next_request(app: Flask, desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    sign_in(other, "sara@kommune.example")
    other.page("/desk/applications/")
    desk.send(f"{LIST}{made.id}", {"duties": ["door"]})
    other.page("/desk/applications/", status=403)
    other.page("/desk/door/")
    desk.send(f"{LIST}{made.id}", {"duties": []})
    other.page("/desk/door/", status=403)
    assert "Ingen adgang mere" in desk.page(LIST).text
    assert "mistede opgaven: Bedømmer" in desk.page(f"{LIST}{made.id}").text


def test_whoever_comes_back_gets_in_again(desk: InspectingClient) -> None:
    desk.send(LIST, SARA)
    made = member("sara@kommune.example")
    desk.send(f"{LIST}{made.id}", {"duties": []})
    assert member("sara@kommune.example").ended_at is not None
    desk.send(LIST, SARA)
    assert member("sara@kommune.example").ended_at is None


def test_the_last_administrator_stays_one(desk: InspectingClient) -> None:
    own = member("admin@desk.example")
    desk.send(f"{LIST}{own.id}", {"duties": ["organiser"]}, status=409)
    with unit_of_work():
        services.add_staff("chef@kommune.example", Duty.ADMIN, "Chef")
    desk.send(f"{LIST}{own.id}", {"duties": ["organiser"]})
    desk.page(LIST, status=403)


@pytest.mark.parametrize(
    "wrong", [{"mailbox": "sara"}, {"name": ""}, {"duties": []}, {"duties": ["king"]}]
)
def test_what_is_missing_is_said_at_its_field(
    desk: InspectingClient, wrong: dict[str, object]
) -> None:
    answer = desk.send(LIST, {**SARA, **wrong}, status=422)
    assert "error-summary" in answer.text
    assert len(queries.all_staff()) == 1


def test_an_unknown_duty_changes_nothing(desk: InspectingClient) -> None:
    own = member("admin@desk.example")
    desk.send(f"{LIST}{own.id}", {"duties": ["king"]}, status=422)
    desk.page(f"{LIST}999", status=404)
    desk.send(f"{LIST}999", {"duties": ["door"]}, status=404)
    assert queries.duties_of(own.id) == [Duty.ADMIN]
