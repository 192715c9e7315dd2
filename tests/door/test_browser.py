"""The scanner in a real browser: a camera that sees a ticket, and a code typed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright

from app.core.database import db
from app.tickets.rules.codes import ticket_url
from deploy import chromium
from tests.browser.switches import CAMERA, QUIET
from tests.checkin.making import Made, workshop
from tests.checkin.pictures import write_film
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

PATIENCE = 60_000


@contextmanager
def phone(
    app: Flask, playwright: Playwright, made: Made, film: Path, language: str
) -> Iterator[Page]:
    """A paired phone whose camera shows the film."""
    with served(app) as address:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(),
            args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"],
        )
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale=language)
        page.context.add_cookies([{"name": "door", "value": made.tokens["A"], "url": address}])
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/door/?language={language}")
        yield page
        browser.close()
        assert faults == []


def test_a_ticket_before_the_camera_in_dim_light_is_admitted(
    app: Flask, playwright: Playwright, tmp_path: Path
) -> None:
    made = workshop()
    db.session.rollback()
    film = tmp_path / "ticket.y4m"
    write_film(film, ticket_url("https://torvet.example", made.codes[0]), brightness=0.25)
    with phone(app, playwright, made, film, "da") as page:
        page.wait_for_selector("#verdict[open][data-look=green]")
        assert page.inner_text("#verdict-name") == "Amina Yusuf"
        page.wait_for_selector("#verdict", state="hidden")
        assert page.is_enabled("#undo")


def test_a_typed_code_is_answered_in_arabic_and_a_second_time_amber(
    app: Flask, playwright: Playwright, tmp_path: Path
) -> None:
    made = workshop()
    db.session.rollback()
    film = tmp_path / "nothing.y4m"
    write_film(film, "HTTPS://TORVET.EXAMPLE/NOTHING")
    with phone(app, playwright, made, film, "ar") as page:
        page.wait_for_selector("#verdict[open][data-look=red]")
        page.click("#verdict-next")
        page.evaluate("document.getElementById('camera').srcObject.getTracks()[0].stop()")
        page.click("#by-hand summary")
        for look in ("green", "amber"):
            page.fill("#code", made.shorts[1].upper())
            page.click("#page-form button")
            page.wait_for_selector(f"#verdict[open][data-look={look}]")
            assert page.inner_text("#verdict-name") == "Bo Lund"
            if look == "amber":
                assert "A" in page.inner_text("#verdict-reason")
            page.click("#verdict-next")
        page.click("#way-exit")
        assert page.get_attribute("#way-exit", "aria-pressed") == "true"
