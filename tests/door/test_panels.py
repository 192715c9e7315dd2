"""What door staff see on the phone, held against axe-core panel by panel, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from app.core.database import db
from tests.browser.accessible import assert_accessible
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

Opened = Callable[[str, int], Page]
# What stands in a field before the browser has told anybody that the answer was closed.
NEXT = """async (field) => {
  document.getElementById("verdict-next").click();
  for (let turn = 0; turn < 20; turn += 1) await null;
  return document.getElementById(field).value;
}"""
NO_ROUNDS = """() => {
  const plain = setTimeout;
  for (let id = plain(() => {}); id > 0; id -= 1) clearTimeout(id);
  globalThis.setTimeout = (call, wait) => (wait >= 8000 ? 0 : plain(call, wait));
}"""


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop with room for one more."""
    made = workshop(capacity=4)
    db.session.rollback()
    yield made
    db.session.rollback()


@pytest.fixture
def opened(app: Flask, chromium: Browser, made: Made) -> Iterator[Opened]:
    """Opens the scanner of gate A in a language, at a width."""
    with served(app) as address:
        phone = DoorPhone(in_window(chromium), address, made.tokens["A"])

        def opening(language: str, width: int) -> Page:
            page = phone.start(paired=False)
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(f"{address}/door/?language={language}")
            page.wait_for_selector("body[data-ready]")
            return page

        yield opening
        close_windows(chromium)
    assert phone.faults == []


def choose(page: Page, panel: str) -> None:
    page.click(f'#tabs a[href="#{panel}"]')
    page.wait_for_selector(f"#view-{panel}", state="visible")
    expect(page.locator(f"#{panel}-heading")).to_be_focused()


def answered(page: Page, look: str) -> str:
    """The answer on the screen, looked at and seen."""
    page.wait_for_selector(f"#verdict[open][data-look={look}]")
    assert_accessible(page)
    word = page.inner_text("#verdict-word")
    page.click("#verdict-next")
    page.wait_for_selector("#verdict", state="hidden")
    return word


def typed(page: Page, code: str, look: str) -> str:
    if not page.is_visible("#code"):
        page.click("#by-hand summary")
    page.fill("#code", code)
    page.press("#code", "Enter")
    return answered(page, look)


def test_the_scanner_tells_by_colour_shape_and_word(opened: Opened, made: Made) -> None:
    page = opened("da", 390)
    assert_accessible(page)
    told = [typed(page, made.codes[0], "green"), typed(page, made.codes[0], "amber")]
    told.append(typed(page, "2" * 10, "red"))
    assert told == ["Kom ind", "Er allerede inde", "Ukendt kode"]
    page.fill("#code", "abc")
    page.press("#code", "Enter")
    expect(page.locator("#code-wrong")).to_contain_text("Det er ikke en hel kode")
    page.click("#way-exit")
    assert typed(page, made.shorts[0], "green") == "Farvel"
    page.fill("#code", made.codes[1])
    page.press("#code", "Enter")
    page.click("#verdict-undo")
    assert answered(page, "grey") == "Fortrudt"
    assert typed(page, made.codes[1], "green") == "Farvel"
    page.click("#undo")
    assert answered(page, "grey") == "Fortrudt"
    expect(page.locator("#undo")).to_be_disabled()


@pytest.mark.parametrize(("language", "width"), [("da", 390), ("ar", 320)])
def test_every_panel_is_accessible_and_keeps_no_name(
    opened: Opened, language: str, width: int
) -> None:
    page = opened(language, width)
    choose(page, "search")
    page.fill("#search-text", "am")
    page.wait_for_selector(".person .badge-success")
    page.click(".person-let")
    answered(page, "green")
    page.wait_for_selector(".person .badge-warning")
    assert_accessible(page)
    page.click(".person-let")
    expect(page.locator("#verdict-then")).to_be_in_viewport(ratio=1)
    answered(page, "amber")
    page.fill("#search-text", "a")
    expect(page.locator("#people li")).to_have_count(0)
    expect(page.locator("#search-said")).not_to_be_empty()
    choose(page, "walk-in")
    assert "Amina" not in page.content(), "a name stays in the page"
    page.fill("#walk-in-mail", "per@")
    page.click("#walk-in-form .button")
    expect(page.locator("#walk-in-name")).to_be_focused()
    assert_accessible(page)
    choose(page, "count")
    for _ in range(3):
        page.click("#count-in")
    page.click("#count-out")
    expect(page.locator("#inside")).to_have_text("2")
    assert_accessible(page)
    choose(page, "more")
    assert_accessible(page)
    for panel in ("preflight", "unpair"):
        page.click(f'.door-row[href="#{panel}"]')
        page.wait_for_selector(f"#view-{panel}", state="visible")
        assert_accessible(page)
        page.go_back()


def test_somebody_without_a_ticket_gets_the_last_place_and_the_next_none(opened: Opened) -> None:
    page = opened("da", 390)
    # The phone decides by itself where the server takes longer than 2.5 s; here it waits.
    page.evaluate("AbortSignal.timeout = () => new AbortController().signal")
    choose(page, "walk-in")
    for name, look, word in (("Dina Ek", "green", "Kom ind"), ("Eli Holm", "red", "Fuldt")):
        page.fill("#walk-in-name", name)
        page.click("#walk-in-form .button")
        assert answered(page, look) == word


def test_somebody_alike_on_the_list_is_named_before_the_walk_in_is_made(opened: Opened) -> None:
    page = opened("da", 390)
    page.evaluate("AbortSignal.timeout = () => new AbortController().signal")
    choose(page, "walk-in")
    page.fill("#walk-in-name", "Amina Yusf")
    page.click("#walk-in-form .button")
    expect(page.locator("#walk-in-alike")).to_contain_text("Amina Yusuf\u2069 (Har billet)")
    expect(page.locator("#verdict[open]")).to_have_count(0)
    assert_accessible(page)
    page.click("#walk-in-form .button")
    assert answered(page, "green") == "Kom ind"
    expect(page.locator("#walk-in-alike")).to_be_empty()


def test_who_comes_next_is_written_as_soon_as_the_answer_is_gone(opened: Opened) -> None:
    page = opened("da", 390)
    choose(page, "walk-in")
    page.fill("#walk-in-name", "Dina Ek")
    page.click("#walk-in-form .button")
    page.wait_for_selector("#verdict[open][data-look=green]")
    assert page.evaluate(NEXT, "walk-in-name") == ""
    choose(page, "scan")
    page.click("#by-hand summary")
    page.fill("#code", "2" * 10)
    page.press("#code", "Enter")
    page.wait_for_selector("#verdict[open][data-look=red]")
    assert page.evaluate(NEXT, "code") == ""


def test_who_comes_before_the_first_list_is_let_in_when_it_is_there(
    app: Flask, chromium: Browser, made: Made
) -> None:
    held: list[Route] = []

    def slow() -> BrowserContext:
        context = in_window(chromium)()
        context.route("**/checkin/roster*", lambda one: held.append(one))
        return context

    with served(app) as address:
        phone = DoorPhone(slow, address, made.tokens["A"])
        page = phone.start(paired=False)
        page.wait_for_selector("body[data-ready]")
        choose(page, "walk-in")
        page.fill("#walk-in-name", "Dina Ek")
        while not held:
            page.wait_for_timeout(50)
        # The phone waits so long for the list and no longer; on its clock no time goes by now.
        page.evaluate("(at => { Date.now = () => at; })(Date.now())")
        page.click("#walk-in-form .button")
        page.context.unroute_all()
        assert answered(page, "green") == "Kom ind"
        close_windows(chromium)
    assert phone.faults == []


def test_without_network_it_says_so_and_decides_by_itself(opened: Opened, made: Made) -> None:
    page = opened("da", 390)
    expect(page.locator("#list-age")).to_have_text("Liste: lige nu")
    # Not with the next round by itself, which comes every ten seconds: here none comes.
    page.evaluate(NO_ROUNDS)
    page.context.set_offline(True)
    expect(page.locator("#network")).to_have_text("Offline: intet net")
    assert typed(page, made.codes[1], "green") == "Kom ind"
    expect(page.locator("#unsent")).to_have_text("Ikke sendt: 1")
    assert_accessible(page)


def test_who_came_without_a_place_is_told_of_when_the_network_is_back(opened: Opened) -> None:
    page = opened("da", 320)
    page.set_viewport_size({"width": 320, "height": 568})
    expect(page.locator("#list-age")).to_have_text("Liste: lige nu")
    page.context.set_offline(True)
    choose(page, "walk-in")
    for name in ("Dina Ek", "Eli Holm"):
        page.fill("#walk-in-name", name)
        page.fill("#walk-in-seats", "\u0661")
        page.click("#walk-in-form .button")
        assert answered(page, "green") == "Kom ind"
    page.context.set_offline(False)
    expect(page.locator("#correction-word")).to_have_text("Serveren siger: Fuldt")
    expect(page.locator("#correction-name")).to_have_text("Eli Holm")
    then = "Personen er lukket ind. Den ansvarlige ser på det."
    expect(page.locator("#correction-then")).to_have_text(then)
    expect(page.locator("#correction-word")).to_be_in_viewport()
    assert_accessible(page)
