"""The page of the door in all three engines: the rules' case file, and an outage's journey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from sqlalchemy import select

from app.checkin.models import Scan
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.services import devices
from app.tickets.drawing import matrix
from app.tickets.rules.codes import ticket_url
from app.workshops.models import Admission
from tests.checkin.casebook import cases
from tests.checkin.making import Made, workshop
from tests.checkin.test_twin import SCRIPTS, TWIN
from tests.door.doorphone import CAMERA, STAYS
from tests.door.phone_scripts import COUNT, KEPT, LISTED, NOTHING_WAITS, SHOWN
from tests.door.serving import served
from tests.engines.chromium import chromium_window
from tests.engines.firefox import firefox
from tests.engines.webkit import webkit
from tests.engines.windows import Window
from tests.running import free_port

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = ("Amina Yusuf", "Bo Lund", "Çelik Öz")
MAIN = "/js/door/main.js"
ANSWERS = "/twin_answers.mjs"
# What no driver of all three can put into a page before its own scripts, the server puts there.
OPENING = """
globalThis.faults = [];
addEventListener("error", ({ message }) => faults.push(message));
addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
globalThis.bring = (address) => import(address);
"""
ANSWERED = f"""async (scripts, cases) => {{
  const {{ answersOf }} = await bring("{ANSWERS}");
  return answersOf((name) => bring(scripts + name), cases);
}}"""


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """An empty window of each engine."""
    if request.param == "chromium":
        with chromium_window(request.getfixturevalue("chromium")) as opened:
            yield opened
        return
    with {"firefox": firefox, "webkit": webkit}[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop of three."""
    made = workshop(names=NAMES)
    db.session.remove()
    yield made
    db.session.remove()


def opening(app: WSGIApplication) -> WSGIApplication:
    """The application with our opening in its scanner's script, and the case file's answers."""
    texts = {
        MAIN: OPENING + CAMERA + STAYS + (SCRIPTS / MAIN.removeprefix("/js/")).read_text(),
        ANSWERS: TWIN.with_name(ANSWERS.removeprefix("/")).read_text(),
    }

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        text = next((text for end, text in texts.items() if path.endswith(end)), None)
        if text is None:
            return app(environ, start_response)
        content = text.encode()
        headers = {"Content-Type": "text/javascript", "Content-Length": str(len(content))}
        start_response("200 OK", list(headers.items()))
        return [content]

    return answered


@contextmanager
def door(app: Flask, port: int) -> Iterator[str]:
    """The server until the block ends."""
    with served(opening(app), port) as address:
        yield address


def pair(window: Window, address: str, made: Made) -> None:
    """Open the address of the desk's picture and press the button; the scanner follows."""
    with unit_of_work():
        code = devices.offer_pairing(devices.add_device(made.event.id, "A", paired=False)[0])
    db.session.remove()
    window.open(f"{address}/door/pair/{code}")
    window.call("() => document.querySelector('.pairing-yes button').click()")
    window.until("() => location.pathname === '/door/'")
    wait_until_open(window)


def wait_until_open(window: Window) -> None:
    """The scanner runs."""
    window.until("() => !document.getElementById('status').hidden && globalThis.faults")


def scan(window: Window, code: str) -> tuple[str, str, bool]:
    """Hold a ticket before the camera: the colour, the name, and whether it was judged offline."""
    url = ticket_url("https://t.dk", code)
    rows = ["".join("01"[dark] for dark in row) for row in matrix(url)]
    window.call("(rows) => holdUp(rows)", rows)
    window.until("() => document.getElementById('verdict').open")
    shown = window.call(SHOWN)
    window.call("() => holdUp([])")
    window.call("() => document.getElementById('verdict-next').click()")
    window.until("() => !document.getElementById('verdict').open")
    return shown["look"], shown["name"], shown["offline"]


def assert_well(window: Window) -> None:
    """No script of the page failed since it was loaded."""
    assert window.call("() => faults") == []


def test_the_phone_s_rules_answer_every_case_alike_in_every_engine(
    app: Flask, made: Made, window: Window
) -> None:
    with door(app, free_port()) as address:
        pair(window, address, made)
        scripts = f"{app.extensions['static']}js/"
        book = cases()
        answers = window.call(ANSWERED, scripts, book)
        for case, answer in zip(book, answers, strict=True):
            assert answer == case["expect"], case["name"]
        assert_well(window)
        window.open("about:blank")


def test_scans_outlive_an_outage_and_arrive_once_in_every_engine(
    app: Flask, made: Made, window: Window
) -> None:
    port = free_port()
    with door(app, port) as address:
        pair(window, address, made)
        window.until("() => navigator.serviceWorker.controller !== null")
        window.until(KEPT)
        window.until(LISTED, len(NAMES))
        assert scan(window, made.codes[0])[:2] == ("green", NAMES[0])
        window.until(NOTHING_WAITS)
        assert_well(window)

    assert scan(window, made.codes[1]) == ("green", NAMES[1], True)
    assert scan(window, made.codes[0]) == ("amber", NAMES[0], True)
    assert_well(window)
    window.reload()
    wait_until_open(window)
    assert window.call(COUNT, "waiting") == 2
    assert scan(window, made.codes[1]) == ("amber", NAMES[1], True)

    with door(app, port):
        window.until(NOTHING_WAITS)
        assert_well(window)
        window.open("about:blank")
    assert len(db.session.scalars(select(Scan)).all()) == 4
    assert len(db.session.scalars(select(Admission)).all()) == 2
