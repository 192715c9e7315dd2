"""The logo on what leaves the house: letters, tickets, badges, door lists and the report."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from app.core.owner import let_go
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.installation.drawing import drawn_anew
from app.installation.services import remove_logo, show_logo
from app.post.office import Folder
from app.post.worker import parts_of, work_once
from app.printing.papers import badges, door_list, tickets
from app.reports import papers as reports
from app.reports.rules.forms import ReportFormat
from app.workshops.services import enrolling
from app.workshops.services.enrolling import Wish
from tests.workshops.making import SLUG, workshop

COLOUR = (176, 56, 42)


@pytest.fixture
def city(app: Flask) -> None:
    """An installation with a logo four times as wide as high."""
    file = BytesIO()
    Image.new("RGB", (600, 150), COLOUR).save(file, "PNG")
    with unit_of_work():
        show_logo(drawn_anew(BytesIO(file.getvalue()), "by.png"))


def pictures(paper: bytes, page: int = 0) -> list[Image.Image]:
    """The drawn pictures of a page; the code of a ticket is made of lines."""
    return [one.image.convert("RGB") for one in PdfReader(BytesIO(paper)).pages[page].images]


def assert_is_logo(picture: Image.Image) -> None:
    assert picture.width == 4 * picture.height
    assert picture.getpixel((picture.width // 2, picture.height // 2)) == COLOUR


def enrolled() -> int:
    """Somebody has a place; the ticket's number."""
    workshop()
    with unit_of_work():
        ticket = enrolling.enrol(SLUG, Wish("Şirin Åse", "s@post.example")).place.ticket
        return ticket.id


def letter_sent(app: Flask) -> EmailMessage:
    """The one letter that the worker has laid into its folder, which other tests use too."""
    parts = parts_of(app)
    assert isinstance(parts.office, Folder)
    folder = parts.office.folder
    before = set(folder.iterdir()) if folder.exists() else set()
    work_once(parts)
    (file,) = set(folder.iterdir()) - before
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def test_a_letter_shows_it_within_itself_and_none_without(app: Flask, city: None) -> None:
    enrolled()
    letter = letter_sent(app)
    page = letter.get_body(("html",))
    assert page
    assert 'src="cid:inline-logo"' in page.get_content()
    (part,) = [one for one in letter.walk() if one["Content-ID"] == "<inline-logo>"]
    assert part.get_content_disposition() == "inline"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert_is_logo(Image.open(BytesIO(content)).convert("RGB"))


def test_every_paper_shows_it_and_none_without(app: Flask, city: None) -> None:
    number = enrolled()
    event = events.event_by_slug(SLUG)

    def papers() -> list[bytes]:
        let_go()
        cards = (
            badges.badge_sheets(event, [], [], large=large, blanks=1, language="da")
            for large in (True, False)
        )
        return [
            tickets.ticket(str(number), "ar").content,
            door_list.door_list(event).content,
            *cards,
        ]

    with app.test_request_context():
        for paper in papers():
            (picture,) = pictures(paper)
            assert_is_logo(picture)
        with unit_of_work():
            remove_logo()
        assert [pictures(paper) for paper in papers()] == [[]] * 4


def test_the_report_that_leaves_holds_it(app: Flask, city: None) -> None:
    paper = reports.today(2026, "da").paper
    page = reports.printed(paper, ReportFormat.HTML, "da")
    assert page.count('src="data:image/png;base64,') == 1
    with unit_of_work():
        remove_logo()
    assert "data:image" not in reports.printed(paper, ReportFormat.HTML, "da")
