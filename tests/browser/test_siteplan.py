"""The plan is edited on its drawing: by keys, by mouse, without a network, by two at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from app.applications.rules.answers import Needs
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.siteplan.rules.kinds import Kind
from app.siteplan.services import editing
from app.vendors.models import Stall
from tests.browser.accessible import assert_accessible_at
from tests.browser.test_desk_pages import WIDTHS, sign_in
from tests.running import Server
from tests.vendors.making import accepted, festival, stalls

EDIT = "/desk/siteplan/international-dag"
SAVED = "Gemt."
# In one moment, however busy the machine is.
THREE_STEPS = """(piece) => {
  const step = { key: "ArrowDown", bubbles: true, cancelable: true };
  for (let time = 0; time < 3; time += 1) piece.dispatchEvent(new KeyboardEvent("keydown", step));
}"""


@pytest.fixture
def editor(chromium: Browser, server: Server) -> Iterator[Page]:
    """A large screen on which what fails on purpose may be noted; a script's error fails."""
    screen = {"width": 1280, "height": 900}
    context = chromium.new_context(viewport=screen, locale="da-DK", base_url=server.address)
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors


def corner(stall_id: int) -> tuple[int, int]:
    """Where the stall stands by the rows."""
    db.session.remove()
    stall = db.session.get_one(Stall, stall_id)
    db.session.remove()
    return stall.x, stall.y


def piece(page: Page, code: str) -> Locator:
    return page.locator(f".piece[aria-label='Stade {code}']")


def said(page: Page) -> Locator:
    return page.locator(".canvas-note")


def drag(page: Page, start: tuple[float, float], right: float) -> None:
    """Press, pull to the right, and let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + right, start[1] + 2, steps=4)
    page.mouse.up()


def moves_by_keys(page: Page, stall_id: int) -> None:
    """Three steps are one move: told, saved, taken back and done again."""
    x, y = corner(stall_id)
    with page.expect_response("**/place"):
        piece(page, "1").evaluate(THREE_STEPS)
        expect(said(page)).to_contain_text("Stade 1:")
    expect(said(page)).to_have_text(SAVED)
    assert corner(stall_id) == (x, y + 150)
    with page.expect_response("**/place"):
        page.keyboard.press("Control+z")
    expect(said(page)).to_have_text(SAVED)
    assert corner(stall_id) == (x, y)
    with page.expect_response("**/place"):
        page.locator("[data-do=redo]").click()
    expect(said(page)).to_have_text(SAVED)
    assert corner(stall_id) == (x, y + 150)


def rests_beside_its_neighbours(page: Page, stall_id: int) -> None:
    """A stall that is dragged stays in line, and its form does not open."""
    x, y = corner(stall_id)
    piece(page, "2").scroll_into_view_if_needed()
    box = piece(page, "2").bounding_box()
    assert box
    with page.expect_response("**/place"):
        drag(page, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), 80)
    expect(said(page)).to_have_text(SAVED)
    there = corner(stall_id)
    assert there[0] > x and there[1] == y
    assert page.url.endswith(EDIT)


def saves_when_the_network_is_back(page: Page, stall_id: int) -> None:
    x, y = corner(stall_id)
    page.route("**/place", lambda route: route.abort())
    piece(page, "3").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(said(page)).to_contain_text("Ikke gemt: ingen forbindelse")
    page.unroute("**/place")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(said(page)).to_have_text(SAVED)
    assert corner(stall_id) == (x + 10, y)


def shows_where_another_put_it(page: Page, event_id: int, stall_id: int) -> None:
    x, y = corner(stall_id)
    with unit_of_work():
        editing.move(event_id, Kind.STALL, stall_id, (9000, 0), (x, y))
    db.session.remove()
    piece(page, "3").focus()
    page.keyboard.press("ArrowLeft")
    expect(said(page)).to_contain_text("En anden har flyttet det imens")
    # It was drawn ten centimetres before it was moved by the keys.
    there = f"translate({9000 - x + 10} {-y})"
    expect(piece(page, "3")).to_have_attribute("transform", there)


def draws_a_row(page: Page) -> None:
    """Its form knows where and how many; on a page from right to left too."""
    page.goto(f"{EDIT}?language=ar")
    page.locator("[data-do=row]").click()
    page.locator("svg.canvas").scroll_into_view_if_needed()
    sheet = page.locator("svg.canvas").bounding_box()
    assert sheet
    with page.expect_navigation():
        drag(page, (sheet["x"] + 20, sheet["y"] + 12), sheet["width"] / 3)
    assert int(page.locator("#count").input_value()) > 2


def bars_move_with_the_applicant(page: Page, stall_id: int) -> None:
    """What the plug and the cabinet would carry is seen before anybody is placed."""
    page.goto(f"/desk/vendors/international-dag/plan?stall={stall_id}&language=da")
    figures = page.locator(".stall-loads .load-figure")
    expect(figures.first).to_have_text("0 af 16 A")
    page.locator("#stall-panel input[type=radio]").first.check()
    expect(figures.first).to_have_text("10 af 16 A")
    page.locator("#amp").fill("17")
    expect(figures.nth(1)).to_have_text("17 af 63 A")
    expect(page.locator(".stall-loads .load-over")).to_have_count(1)


@pytest.mark.only_on("sqlite")
@pytest.mark.slow
def test_a_plan_is_edited_on_its_drawing(app: Flask, server: Server, editor: Page) -> None:
    event = festival()
    event_id, made = event.id, [stall.id for stall in stalls(event, 3)]
    accepted(event, "Café Damaskus", Needs(power_amp=10))
    sign_in(editor)
    editor.goto(EDIT)
    moves_by_keys(editor, made[0])
    rests_beside_its_neighbours(editor, made[1])
    saves_when_the_network_is_back(editor, made[2])
    shows_where_another_put_it(editor, event_id, made[2])
    draws_a_row(editor)
    bars_move_with_the_applicant(editor, made[1])
    for path in ("", "/stalls/new", f"/stalls/{made[0]}", "/row", "/renumber", "/landmarks/new"):
        editor.goto(EDIT + path)
        assert_accessible_at(editor, WIDTHS)
