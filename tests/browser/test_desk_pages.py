"""The desk's pages in a browser: clean for axe-core on a phone and on a large screen."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.browser.accessible import assert_accessible_at
from tests.door.serving import Served
from tests.printing import making as printings
from tests.surveys import making as surveys
from tests.vendors import making as vendors
from tests.workshops import making as workshops

WIDTHS = (320, 1280)
TEAM = "ane@desk.example"
# Pages of one thing; those of many are taken from the map of addresses.
OF_ONE = (
    "/desk/events/international-dag",
    "/desk/workshops/foraeldredialog",
    "/desk/workshops/foraeldredialog/waiting",
    "/desk/events/foraeldredialog/move",
    "/desk/workshops/foraeldredialog/printings",
    "/desk/workshops/foraeldredialog/colleagues",
    "/desk/door/foraeldredialog",
    "/desk/door/foraeldredialog/devices",
    "/desk/door/foraeldredialog/list",
    "/desk/door/foraeldredialog/from-paper",
    "/desk/vendors/international-dag/plan",
    "/desk/vendors/international-dag/plan?stall=1",
    "/desk/vendors/international-dag/electrician",
    "/desk/surveys/fd_followup",
    "/desk/reports/2010",
)


@pytest.mark.only_on("sqlite")
@pytest.mark.slow
def test_the_desk_is_accessible_on_a_phone_and_on_a_large_screen(
    app: Flask, server: Served, phone: Page
) -> None:
    event_id = workshops.workshop()
    workshops.enrolled(1)
    printings.printed(event_id)
    vendors.stalls(vendors.festival())
    surveys.sent()
    sign_in(phone)
    for path in (*lists(app), *OF_ONE):
        answer = phone.goto(path)
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        assert_accessible_at(phone, WIDTHS)


def lists(app: Flask) -> list[str]:
    """Every page of the desk that needs nothing in its address."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk/")
        and "GET" in (rule.methods or ())
        and not rule.arguments
        and "." not in rule.rule.rpartition("/")[2]
    )


def sign_in(phone: Page) -> None:
    """A member of staff with every duty, by a link as in the mail."""
    with unit_of_work():
        people.add_staff(TEAM, StaffRole.ADMIN, name="Ane Kjær")
        token, _ = people.make_link(TEAM)
    db.session.remove()
    phone.goto(f"/sign-in/{token}")
    with phone.expect_navigation():
        phone.locator("main .button-primary").click()
