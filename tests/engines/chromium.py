"""Chromium, driven by Playwright as in all other tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page

from tests.engines.windows import HEIGHT, SECONDS, WIDTH, NotCallable, Window


@contextmanager
def chromium_window(browser: Browser) -> Iterator[Window]:
    """A window that shares nothing with the others of this browser."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="da-DK")
    context.set_default_timeout(SECONDS * 1000)
    yield ChromiumWindow(context.new_page())
    context.close()


class ChromiumWindow(Window):
    """A page of Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def reload(self) -> None:
        self._page.reload()

    def picture(self) -> bytes:
        return self._page.screenshot()

    def _called(self, function: str, text: str) -> str:
        try:
            return str(self._page.evaluate(function, text))
        except Error as failed:
            raise NotCallable(failed.message) from failed
