"""Sign-ins are kept as long as they can be gone on with, and staff see who signed in last when."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.numbers import moment_text
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import jobs, queries, services
from app.people.models import BrowserSession, SignInLink
from tests.factories import sign_in_staff
from tests.pages import InspectingClient

BO = "bo@kommune.example"


def rows(model: type[SignInLink] | type[BrowserSession]) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_links_and_visits_that_are_too_old_are_dropped(app: Flask) -> None:
    now = clock.now()
    with at(now - timedelta(days=60)), unit_of_work():
        services.sign_in(BO)
    with at(now - timedelta(days=59)), unit_of_work():
        services.sign_in(BO)
        services.make_link(BO)
    with unit_of_work():
        services.make_link(BO)
    assert jobs.drop_old_sign_ins(now) == 2
    assert (rows(SignInLink), rows(BrowserSession)) == (1, 1)


def test_the_desk_says_when_a_colleague_signed_in_last(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ADMIN)
    with unit_of_work():
        staff = services.add_staff(BO, StaffRole.ORGANISER, "Bo Holm")
        services.add_staff("ny@kommune.example", StaffRole.ORGANISER, "Ny Kollega")
    earlier = clock.now() - timedelta(days=3)
    for moment in (earlier, earlier - timedelta(days=1)):
        with at(moment), unit_of_work():
            services.sign_in(BO)
    assert queries.last_sign_ins([BO])[BO] == earlier
    said = moment_text(earlier)
    assert said in client.page("/desk/staff/").text
    assert said in client.page(f"/desk/staff/{staff.id}").text
    assert "Ikke i de sidste 60 dage" in client.page("/desk/staff/").text
