"""Whoever erases oneself is told what is gone and what stays, and then forgotten."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app import JOBS
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter, newest_letters
from app.people import queries as people
from app.post.worker import parts_of, send_due_letters
from app.privacy.jobs import drop_receipts
from tests.catalogue import making
from tests.core.test_mime import read_back, words_of
from tests.factories import sign_in
from tests.home.test_routes import AMINA, place
from tests.pages import InspectingClient


def erased(client: InspectingClient) -> str:
    making.event(capacity=3)
    place("foraeldredialog")
    sign_in(client, AMINA)
    address: str | None = client.send("/my/data?language=da", {"sure": "y"}).location
    return address or ""


def test_the_page_says_what_is_gone_and_what_stays(client: InspectingClient) -> None:
    page = client.page(erased(client))
    assert page.heading == "Du er slettet"
    assert "Dine pladser, dine mål" in page.text
    assert "Årets rapport tæller, hvor mange der kom" in page.text
    assert "rådgivning" not in page.text
    assert client.get("/my").status_code == 303


def test_a_receipt_goes_to_the_address_and_leaves_no_trace(
    app: Flask, client: InspectingClient
) -> None:
    erased(client)
    assert not people.people_of(AMINA)
    [waiting] = newest_letters()
    assert (waiting.email, waiting.person_id) == (AMINA, None)
    assert drop_receipts(clock.now()) == 0
    send_due_letters(parts_of(app))
    folder = Path(app.config["DATA_DIR"]) / "letters"
    [sent] = [file for file in folder.iterdir() if AMINA.encode() in file.read_bytes()]
    words = words_of(read_back(sent.read_bytes()), "plain")
    sent.unlink()
    assert "Det er slettet" in words
    assert "Det bliver, og derfor" in words
    assert drop_receipts(clock.now()) == 1
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_the_page_opened_by_itself_tells_all_of_it(client: InspectingClient) -> None:
    assert "rådgivning" in client.page("/my/data/erased?language=da").text


def test_the_worker_forgets_the_receipts() -> None:
    assert drop_receipts in JOBS
