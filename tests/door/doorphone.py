"""A phone at the door in a real Chromium: its profile on disk, its camera a canvas we paint."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from app.tickets.drawing import matrix
from app.tickets.rules.codes import ticket_url
from deploy import chromium
from tests.browser.switches import QUIET
from tests.door.phone_scripts import (
    COUNT,
    ENDED,
    HASHED,
    KEPT,
    LISTED,
    META,
    NAMED,
    NAMES,
    NOTHING_WAITS,
    SHOWN,
)

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "da-DK"}
PATIENCE = 60_000
A_MONTH = 30 * 86_400
# The camera's picture is a canvas; it is painted anew all the time, else no frame comes. It is
# small, for the phone looks for a code in it all the time too.
CAMERA = """
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 320; canvas.height = 240;
  const pen = canvas.getContext("2d");
  let rows = [];
  const paint = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 320, 240);
    const side = rows.length ? Math.floor(220 / rows.length) : 0;
    pen.fillStyle = "#000";
    rows.forEach((row, y) => [...row].forEach((dark, x) => {
      if (dark === "1") pen.fillRect(50 + x * side, 10 + y * side, side, side);
    }));
  };
  setInterval(paint, 50);
  globalThis.holdUp = (shown) => { rows = shown; paint(); };
  MediaDevices.prototype.getUserMedia = async () => canvas.captureStream(15);
})();
"""
# A green answer goes by itself after a moment; here it stays until it was read.
STAYS = """
try { localStorage.setItem("door-advance", "off"); } catch { /* no page of ours yet */ }
"""


def on_disk(playwright: Playwright, profile: Path) -> Callable[[], BrowserContext]:
    """Begins a browser of its own that keeps everything in this folder."""
    return lambda: playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium.find(), args=QUIET, **PHONE
    )


def in_window(browser: Browser) -> Callable[[], BrowserContext]:
    """Begins a window that shares nothing with the others."""
    return lambda: browser.new_context(**PHONE)


def close_windows(browser: Browser) -> None:
    """Close what is open in the browser, before its server goes."""
    for context in browser.contexts:
        context.close()


@dataclass(frozen=True)
class Shown:
    """What stood on the screen."""

    look: str
    verdict: str
    name: str
    reason: str
    offline: bool


@dataclass
class DoorPhone:
    """One phone; `close` and `start` are what happens when its browser is ended and begun.

    With a profile it has a browser of its own on disk, else it is one window among others.
    """

    begin: Callable[[], BrowserContext]
    address: str
    token: str
    camera: str = CAMERA
    stays: str = STAYS
    faults: list[str] = field(default_factory=list)
    context: BrowserContext | None = None

    def start(self, *, paired: bool = True) -> Page:
        """Begin the browser cold and open the scanner."""
        self.context = self.begin()
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(self.camera + self.stays)
        if not paired:
            until = time.time() + A_MONTH
            cookie = {"name": "door", "value": self.token, "url": self.address, "expires": until}
            self.context.add_cookies([cookie])  # type: ignore[list-item]
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{self.address}/door/")
        self._open()
        return page

    def _open(self) -> None:
        self._until("() => !document.getElementById('status').hidden")

    @property
    def page(self) -> Page:
        """The page of the scanner."""
        assert self.context is not None
        return self.context.pages[0]

    def close(self) -> None:
        """End the browser, as a phone does when its battery is taken out."""
        assert self.context is not None
        self.context.close()
        self.context = None

    def reload(self) -> None:
        """Open the page anew, with or without network."""
        self.page.reload()
        self._open()

    def ready(self, tickets: int) -> None:
        """Wait until the list is here and the page is kept for work without network."""
        self._until("() => navigator.serviceWorker.controller !== null")
        self._until(KEPT)
        self._until(LISTED, tickets)

    def scan(self, code: str, then: str = "") -> Shown:
        """Hold a ticket before the camera, read the screen, and press something of it."""
        if not self.page.is_visible("#view-scan"):
            self.page.click("a[href='#scan']")
        self.hold_up(code)
        return self._seen(then)

    def hold_up(self, code: str) -> None:
        """Hold a ticket before the camera, whatever stands on the screen."""
        rows = [
            "".join("01"[dark] for dark in row) for row in matrix(ticket_url("https://t.dk", code))
        ]
        self.page.evaluate("rows => holdUp(rows)", rows)

    def type(self, code: str, then: str = "") -> Shown:
        """Type a short code into the form, and press something of the answer."""
        self.page.evaluate("holdUp([])")
        if not self.page.is_visible("#code"):
            self.page.click("#by-hand summary")
        self.page.fill("#code", code)
        self.page.click("#page-form button")
        return self._seen(then)

    def find(self, text: str, word: str = "") -> list[str]:
        """Search by name, opening the names with the lead's word where one is given."""
        self.page.click("a[href='#search']")
        self.page.fill("#search-text", text)
        self.page.press("#search-text", "Enter")
        if word:
            self.page.fill("#unlock-word", word)
            self.page.press("#unlock-word", "Enter")
        self.page.wait_for_selector("#people li")
        return self.page.locator(".person-name").all_inner_texts()

    def let_in_found(self) -> Shown:
        """Let the first of the found people in."""
        self.page.click("#people li .person-let")
        return self._seen()

    def walk_in(self, name: str, then: str = "") -> Shown:
        """Let somebody in without a ticket, and press something of the answer."""
        self.page.click("a[href='#walk-in']")
        self.page.fill("#walk-in-name", name)
        self.page.press("#walk-in-name", "Enter")
        return self._seen(then)

    def answered(self, then: str = "") -> Shown:
        """Read the answer that comes up by itself, and press something of it."""
        return self._seen(then)

    def turn(self, way: str) -> None:
        """Scan for this way from now on: entry or exit."""
        self.page.click(f"#way-{way}")

    def hashed(self) -> None:
        """Wait until the list can look up every typed code."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self._until(HASHED)

    def unlocked(self) -> None:
        """Wait until the sealed names are here."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self._until(NAMES)

    def _seen(self, then: str = "") -> Shown:
        self.page.wait_for_selector("#verdict[open]")
        told = Shown(**self.page.evaluate(SHOWN))
        self.page.evaluate("holdUp([])")
        if then:
            self.page.click(then)
            return told
        self.page.evaluate("document.getElementById('verdict-next').click()")
        self.page.wait_for_selector("#verdict", state="hidden")
        return told

    def delivered(self) -> None:
        """Wait until nothing waits any more."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self._until(NOTHING_WAITS)

    def _until(self, condition: str, argument: object = None) -> None:
        """Ask again and again; the page's own policy lets nothing be evaluated inside it."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(condition, argument):
            assert time.monotonic() < deadline, (condition, self.faults)
            time.sleep(0.05)

    def end_event(self) -> None:
        """Let the event have ended a second ago, as far as this phone knows."""
        self.page.evaluate(ENDED)

    def leave(self) -> None:
        """Unpair the phone on its own page."""
        self.page.goto(f"{self.address}/door/#unpair")
        self.page.click("#unpair-form form button")
        self._until(f"async () => (await ({META})('list')) === undefined")

    def reopen(self) -> None:
        """Open the scanner's address: the scanner, or that the phone is not paired."""
        self.page.goto(f"{self.address}/door/")
        self.page.wait_for_selector("#leftovers, #status:not([hidden])", state="attached")

    def emptied(self) -> None:
        """Wait until neither list nor moves are here any more."""
        self._until(f"async () => await ({COUNT})('roster') + await ({COUNT})('moves') === 0")

    def corrected(self) -> bool:
        """Whether the phone tells that the server says something else."""
        return self.page.is_visible("#correction")

    def waiting(self) -> int:
        """How many scans wait on disk."""
        return self.count("waiting")

    def count(self, store: str) -> int:
        """How many rows a store of the phone holds."""
        count: int = self.page.evaluate(COUNT, store)
        return count

    def kept(self) -> list[str]:
        """What single things the phone keeps, by name."""
        names: list[str] = self.page.evaluate(NAMED)
        return names

    def caught_up(self, moves: int) -> None:
        """Wait until this phone knows this many scans of all doors."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self._until(f"async (moves) => await ({COUNT})('moves') >= moves", moves)
