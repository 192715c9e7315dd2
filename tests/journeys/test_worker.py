"""An installation as it is served: its own worker sends what its pages write."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.running import serving

# Only a fault reaches it.
SECONDS = 60


@pytest.mark.slow
def test_a_letter_leaves_by_the_worker_of_the_installation(app: Flask) -> None:
    with unit_of_work():
        people.send_link("amina@mail.example", "da", None)
    folder = app.config["DATA_DIR"] / "letters"
    before = set(folder.glob("*.eml"))
    with serving(app, TORVET_MAIL_URL=f"file://{folder}") as server:
        deadline = time.monotonic() + SECONDS
        while not (left := set(folder.glob("*.eml")) - before):
            assert time.monotonic() < deadline, server.log.read_text()[-2000:]
            time.sleep(0.1)
    (letter,) = left
    assert "amina@mail.example" in letter.read_text()
