"""A real Chromium on a phone-sized screen, and the application on a port of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from app.core.database import db
from tests.browser.camera import film
from tests.browser.switches import CAMERA, launched
from tests.door.serving import Served, served

PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def server(app: Flask) -> Iterator[Served]:
    """The application on the test's database; end your own transactions before use.

    Not the whole installation: that takes a second of both processors to start.
    """
    db.session.remove()
    with served(app) as address:
        yield Served(address)


@pytest.fixture
def phone(chromium: Browser, server: Served) -> Iterator[Page]:
    """A Danish visitor's phone at the server's address; a script error fails the test."""
    context = chromium.new_context(viewport=PHONE, locale="da-DK", base_url=server.address)
    yield from opened(context)


def with_camera(playwright: Playwright, code: str, folder: Path) -> Browser:
    """Chromium whose camera sees this QR code."""
    seen = film(code, folder / "camera.y4m")
    return launched(playwright, *CAMERA, f"--use-file-for-fake-video-capture={seen}")


def is_fault(said: ConsoleMessage) -> bool:
    """What the console complains of; that a form is shown again with its faults is an answer."""
    return said.type == "error" and "status of 422" not in said.text


def opened(context: BrowserContext) -> Iterator[Page]:
    """A page of the context whose script errors are collected and told at the end."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if is_fault(said) else None)
    yield page
    context.close()
    assert not errors, errors
