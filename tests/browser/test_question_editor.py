"""Staff put questions in order by mouse and by keys; an applicant meets them on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.demo.services import own_questions
from tests.applications import making
from tests.applications.roles import ASSOCIATION
from tests.browser import test_applying
from tests.browser.accessible import assert_accessible_at
from tests.browser.test_desk_pages import sign_in
from tests.door.serving import Served

SCREEN = {"width": 1280, "height": 1200}
WIDTHS = (320, 1280)


@pytest.mark.only_on("sqlite")
def test_questions_are_put_in_order_and_asked_on_a_phone(server: Served, phone: Page) -> None:
    event, made = making.festival_now(), making.organisation()
    with unit_of_work():
        own_questions.ask(event.id)
    key, event_id, organisation_id = f"apply_{event.id}_association_stall", event.id, made.id
    db.session.remove()
    sign_in(phone)
    phone.set_viewport_size(SCREEN)
    phone.goto(f"/desk/questions/{key}/")
    put_in_order(phone)
    write_one_more(phone)
    frame = phone.frame_locator("iframe")
    expect(frame.locator("[data-ask-if]")).to_be_hidden()
    frame.get_by_label("Ja, vi har noget for børn").check()
    expect(frame.locator("[data-ask-if]")).to_be_visible()
    for page in ("", "q2", "in/ar"):
        phone.goto(f"/desk/questions/{key}/{page}")
        assert_accessible_at(phone, WIDTHS)
    phone.context.clear_cookies()
    on_the_phone(phone, event_id, organisation_id)


def write_one_more(page: Page) -> None:
    """First with too few choices, then right."""
    page.get_by_role("link", name="Stil et spørgsmål mere").click()
    page.get_by_label("Spørgsmålet på dansk").fill("Har I egen pavillon?")
    page.get_by_label("Ét svar vælges blandt flere").check()
    page.get_by_label("Svarmuligheder").fill("Ja")
    page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.locator("#error-summary")).to_contain_text("2 til 30")
    page.get_by_label("Svarmuligheder").fill("Ja\nNej")
    page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.locator(".question-card")).to_have_count(4)


def put_in_order(page: Page) -> None:
    """The last is dragged above the second, and put back with a key."""
    handles = page.locator(".question-handle")
    with page.expect_response("**/q3/move"):
        drag(page, handles.nth(2), handles.nth(1))
    expect(page.locator("#order-said")).to_have_text("Nummer 2 af 3")
    with page.expect_response("**/q3/move"):
        handles.nth(1).press("ArrowDown")
    page.reload()
    expect(page.locator(".question-card").nth(2)).to_have_id("question-q3")


def drag(page: Page, handle: Locator, target: Locator) -> None:
    """Take one by its handle to the upper half of another."""
    box, there = handle.bounding_box(), target.bounding_box()
    assert box and there
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(there["x"] + 9, there["y"] + 4, steps=5)
    page.mouse.up()


def on_the_phone(page: Page, event_id: int, organisation_id: int) -> None:
    """A question that waits for an answer comes when that is given, and goes with it."""
    application = making.begun_now(event_id, organisation_id)
    test_applying.sign_in(page)
    page.goto(f"{ASSOCIATION.form}/{application}/questions")
    hidden = page.locator("[data-ask-if]")
    expect(hidden).to_be_hidden()
    with page.expect_response("**/autosave"):
        page.get_by_label("Ja, vi har noget for børn").check()
    expect(hidden).to_be_visible()
    changes_mind_while_it_is_saved(page)
    with page.expect_response("**/autosave"):
        page.get_by_label("Nej").check()
    expect(hidden).to_be_hidden()
    expect(page.locator("#saved")).to_have_text("Gemt")
    assert_accessible_at(page, (320,))
    page.goto(f"{ASSOCIATION.form}/{application}/questions?language=ar")
    assert_accessible_at(page, (390,))


def changes_mind_while_it_is_saved(page: Page) -> None:
    """The second answer waits for the first, and is not taken for somebody else's."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            return route.continue_()
        held.append(route)
        return None

    page.route("**/autosave", hold)
    with page.expect_request("**/autosave"):
        page.get_by_label("Nej").check()
    page.get_by_label("Ja, vi har noget for børn").check()
    while not held:
        page.wait_for_timeout(10)
    [first] = held
    with page.expect_response(
        lambda one: one.request.post_data not in (None, first.request.post_data)
    ) as last:
        first.continue_()
    assert last.value.status == 200
    page.unroute("**/autosave")
    page.reload()
    expect(page.get_by_label("Ja, vi har noget for børn")).to_be_checked()
