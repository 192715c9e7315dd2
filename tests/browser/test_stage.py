"""A planner gives acts their time by keys and by mouse; a visitor keeps one on their own list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.core.database import db
from tests.browser.accessible import assert_accessible_at
from tests.browser.test_desk_pages import sign_in
from tests.door.serving import Served
from tests.stage.making import act, announced, festival, stage, times

DESK = "/desk/stage/international-dag"
SCREEN = {"width": 1280, "height": 1200}
WIDTHS = (320, 1280)
MINUTE = 2.4


@pytest.mark.only_on("sqlite")
def test_acts_are_placed_by_keys_and_by_mouse_and_one_is_starred(
    server: Served, phone: Page
) -> None:
    event = festival()
    main, other = stage(event), stage(event, "Lille scene")
    band, dancers = act(event, "Orkester Deniz"), act(event, "Dansegruppen")
    db.session.remove()
    phone.set_viewport_size(SCREEN)
    sign_in(phone)
    phone.goto(DESK)
    by_keys(phone)
    # A quarter after the first free time, on the second stage.
    assert [(one.application_id, one.stage_id) for one in times(event)] == [(band.id, other.id)]
    (first,) = times(event)
    assert (first.starts_at - other.opens_at).total_seconds() == 15 * 60
    db.session.remove()
    by_mouse(phone, main.id)
    second = next(one for one in times(event) if one.application_id == dancers.id)
    assert second.stage_id == main.id
    assert (second.starts_at - main.opens_at).total_seconds() == 60 * 60
    announced(event)
    db.session.remove()
    phone.goto(DESK)
    assert_accessible_at(phone, WIDTHS)
    as_a_visitor(phone, first.id)


def by_keys(page: Page) -> None:
    """Lift, three steps down, one stage on, put down; another is lifted and left."""
    handle = page.get_by_role("button", name="Flyt Orkester Deniz")
    handle.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#board-said")).to_have_text("Lille scene, 11.15")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("section .board-slot")).to_have_count(1)


def by_mouse(page: Page, stage_id: int) -> None:
    """From the list below to an hour after the stage opens."""
    item = page.locator("li[data-act]").filter(has_text="Dansegruppen")
    item.scroll_into_view_if_needed()
    target = page.locator(f"section[data-stage='{stage_id}'] .board-slots")
    grip, box = item.locator(".muted").bounding_box(), target.bounding_box()
    assert grip and box
    page.mouse.move(grip["x"] + 2, grip["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 200, steps=5)
    page.mouse.move(box["x"] + 40, box["y"] + 60 * MINUTE, steps=5)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator("section .board-slot")).to_have_count(2)


def as_a_visitor(page: Page, slot_id: int) -> None:
    """A star outlives the visit, narrows the page and stands in the calendar's address."""
    page.goto("/stage/international-dag?language=da")
    assert_accessible_at(page, WIDTHS)
    page.get_by_role("button", name="Stjerne: Orkester Deniz").click()
    page.reload()
    star = page.get_by_role("button", name="Stjerne: Orkester Deniz")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Kun mine stjerner").click()
    expect(page.locator(".programme-slot:visible")).to_have_count(1)
    calendar = page.locator("#stars-calendar")
    expect(calendar).to_have_attribute("href", f"/stage/international-dag.ics?slots={slot_id}")
    star.click()
    expect(page.locator("#no-stars")).to_be_visible()
    page.goto("/stage/international-dag?language=ar")
    assert_accessible_at(page, WIDTHS)
