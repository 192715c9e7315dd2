"""The day before on the phone: what is known is shown while the browser's questions stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.accessible import assert_accessible
from tests.checkin.making import workshop
from tests.door.doorphone import CAMERA, DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

# The browser asks about the camera until the test answers, and about storing likewise.
ASKS = (
    CAMERA
    + """
(() => {
  const open = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = () => new Promise((resolve, refuse) => {
    globalThis.answerCamera = (yes) => yes ? open().then(resolve)
      : refuse(new DOMException("no", "NotAllowedError"));
  });
  let kept = false;
  navigator.storage.persisted = async () => kept;
  globalThis.asked = 0;
  navigator.storage.persist = () => new Promise((resolve) => {
    globalThis.asked += 1;
    globalThis.answerStoring = (yes) => { kept = yes; resolve(yes); };
  });
})();
"""
)
NEVER_PROMISES = CAMERA + "Object.defineProperty(navigator, 'storage', { value: undefined });"

Opened = Callable[..., Page]


@pytest.fixture
def opened(app: Flask, chromium: Browser) -> Iterator[Opened]:
    """A phone whose browser is like this, at the page of the day before."""
    made = workshop(gates=("A",))
    phones: list[DoorPhone] = []
    with served(app) as address:

        def start(browser: str, held: list[Route] | None = None) -> Page:
            begin = in_window(chromium) if held is None else holding(in_window(chromium), held)
            phone = DoorPhone(begin, address, made.tokens["A"], camera=browser)
            phones.append(phone)
            page = phone.start(paired=False)
            page.wait_for_selector("body[data-ready]")
            if held is None:
                phone.ready(3)
            page.click(".door-tab[href='#more']")
            page.click(".door-row[href='#preflight']")
            return page

        yield start
        close_windows(chromium)
    assert [phone.faults for phone in phones] == [[]] * len(phones)


def holding(begin: Callable[[], BrowserContext], held: list[Route]) -> Callable[[], BrowserContext]:
    """A window to which no list comes before these are let go."""

    def begun() -> BrowserContext:
        context = begin()
        context.route("**/checkin/roster*", lambda route: held.append(route))
        return context

    return begun


def names(page: Page) -> str:
    return " ".join(page.locator(".check-name").all_inner_texts())


def test_rows_stand_while_the_browser_asks_for_the_camera_and_storing_is_asked_by_a_button(
    opened: Opened,
) -> None:
    page = opened(ASKS)
    expect(page.locator("#preflight-said")).to_contain_text("kameraet")
    assert "Billetter hentet: 3" in names(page)
    expect(page.locator("#keep-stored")).to_be_hidden()
    assert page.evaluate("asked") == 0
    assert_accessible(page)
    page.evaluate("answerCamera(true)")
    expect(page.locator("#keep-stored")).to_be_visible()
    assert "Kameraet må bruges" in names(page)
    page.click("#keep-stored")
    expect(page.locator("#preflight-said")).to_contain_text("gemme")
    assert page.evaluate("asked") == 1
    page.evaluate("answerStoring(true)")
    expect(page.locator("#keep-stored")).to_be_hidden()
    expect(page.locator(".check[data-state=bad]")).to_have_count(0)


def test_a_browser_that_never_promises_to_keep_what_is_stored_is_told_so(opened: Opened) -> None:
    page = opened(NEVER_PROMISES)
    row = page.locator(".check", has_text="siger ikke, om den beholder")
    expect(row.locator(".check-fix")).to_contain_text("startskærm")
    expect(page.locator("#keep-stored")).to_be_hidden()


def test_a_list_that_comes_late_is_in_the_rows_at_once(opened: Opened) -> None:
    held: list[Route] = []
    page = opened(CAMERA, held)
    row = page.locator(".check", has_text="Billetter hentet")
    expect(row).to_have_attribute("data-state", "bad")
    while not held:
        page.wait_for_timeout(50)
    page.context.unroute_all()
    expect(row).to_have_attribute("data-state", "good")
    expect(row).to_contain_text("3")
