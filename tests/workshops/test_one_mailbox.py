"""Several tickets in one mailbox are told apart, by their letters and by their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.lifecycle.services import telling
from app.post.worker import parts_of, work_once
from app.workshops.papers.file_names import file_name
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from app.workshops.services.enrolling import Outcome
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, workshop

FAMILY = ("Amina Hassan", "Åse O'Brien", "أمينة")


@pytest.fixture
def family(app: Flask) -> list[Outcome]:
    """Three people with one mail address, each with a place."""
    workshop()
    with unit_of_work():
        return [enrolling.enrol(SLUG, Wish(name, "family@post.example")) for name in FAMILY]


def sent(app: Flask) -> Sequence[EmailMessage]:
    """What has left for their mailbox, in the order it was written."""
    work_once(parts_of(app))
    db.session.rollback()
    folder = parts_of(app).office.folder  # type: ignore[attr-defined]
    messages = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.iterdir()
    ]
    by_id = {str(message["Message-ID"]): message for message in messages}
    ids = db.session.scalars(select(Letter.message_id).order_by(Letter.id))
    return [by_id[message_id] for message_id in ids]  # type: ignore[misc]


def files_of(message: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def calendar_type(message: EmailMessage) -> dict[str, str]:
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return dict(part["Content-Type"].params)


def test_each_letter_says_whose_ticket_it_is(app: Flask, family: list[Outcome]) -> None:
    letters = sent(app)
    assert [letter["Subject"] for letter in letters] == [
        f"Din billet: Forældredialog ({name})" for name in FAMILY
    ]
    short = family[2].place.ticket.short_code[:4]
    assert [files_of(letter)[1:] for letter in letters] == [
        ["torvet-amina-hassan.pdf", "torvet-amina-hassan.ics"],
        ["torvet-aase-o-brien.pdf", "torvet-aase-o-brien.ics"],
        [f"torvet-{short}.pdf", f"torvet-{short}.ics"],
    ]


def test_a_calendar_part_names_its_charset_and_its_method(
    app: Flask, family: list[Outcome]
) -> None:
    assert [calendar_type(letter) for letter in sent(app)] == [
        {"charset": "utf-8", "method": "PUBLISH"}
    ] * 3
    with unit_of_work():
        telling.call_off(family[0].place.event.id, "Storm")
    with at(clock.now() + timedelta(minutes=5)):
        letters = sent(app)[3:]
    assert [calendar_type(letter) for letter in letters] == [
        {"charset": "utf-8", "method": "CANCEL"}
    ] * 3
    assert {letter["Subject"] for letter in letters} == {
        f"Aflyst: Forældredialog ({name})" for name in FAMILY
    }


def test_who_gives_up_one_of_several_places_reads_whose(app: Flask, family: list[Outcome]) -> None:
    with unit_of_work():
        leaving.cancel(family[1].place.enrolment.id)
    assert sent(app)[-1]["Subject"] == "Du har meldt afbud: Forældredialog (Åse O'Brien)"


def test_the_files_of_the_private_page_bear_the_name_too(
    client: InspectingClient, family: list[Outcome]
) -> None:
    with unit_of_work():
        text = db.session.scalars(select(Letter.text).order_by(Letter.id)).first() or ""
    token = text.partition("/m/")[2].split()[0]
    for tail, ending in (("ticket.pdf", "pdf"), ("calendar.ics", "ics")):
        answer = client.get(f"/m/{token}/{tail}")
        said = answer.headers["Content-Disposition"]
        assert said == f'attachment; filename="torvet-amina-hassan.{ending}"'
    assert answer.content_type == "text/calendar; charset=utf-8; method=PUBLISH"


def test_a_long_name_and_a_long_title_still_make_a_letter(app: Flask) -> None:
    number = workshop()
    with unit_of_work():
        db.session.get_one(Event, number).title = {"da": "Værksted " * 30}
        place = enrolling.enrol(SLUG, Wish("Ø" * 200, "o@post.example")).place
    [letter] = sent(app)
    assert len(letter["Subject"]) == 300 and letter["Subject"].endswith("…")
    assert len(file_name(place, "pdf")) < 60
