"""What leaves as a file, read back by a reader of its own."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from app.core.addresses import base_url
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.events.models import Event
from app.printing.papers import door_list, tickets
from app.printing.papers.words import breakable
from app.tickets.models import Ticket
from app.tickets.rules.codes import shown_short, ticket_url
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.tickets.reading import read
from tests.workshops.making import SLUG, enrolled, workshop

LONG_NAME = "Maria Fatima Abdirahman Mohamud Hassan-Christoffersen af Rosenkrantz Bülow-Lund"
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"

# Left, bottom, right, top, in points from the lower left corner of the page.
Box = tuple[float, float, float, float]


@pytest.mark.parametrize(
    ("language", "word"), [("da", "Billet"), ("en", "Ticket"), ("ar", "تذكرة")]
)
def test_the_paper_ticket_holds_name_code_and_qr(app: Flask, language: str, word: str) -> None:
    workshop()
    with unit_of_work():
        place = enrolling.enrol(SLUG, Wish("Şirin أمينة Åse", "s@post.example")).place
    paper = tickets.ticket(str(place.ticket.id), language)
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert shown_short(place.ticket.short_code) in text
    assert "Şirin" in text
    assert word in text or word[::-1] in text
    page = pypdfium2.PdfDocument(paper.content)[0].render(scale=2).to_pil()
    assert read(page) == ticket_url(base_url(), place.ticket.code)


def test_a_long_name_leaves_the_code_of_the_paper_ticket_clear_of_the_line_below(
    app: Flask,
) -> None:
    event_id = workshop()
    with unit_of_work():
        db.session.get_one(Event, event_id).title = {"da": "Værkstedsmesse i byens foreninger " * 4}
        place = enrolling.enrol(SLUG, Wish(f"{LONG_NAME} {LONG_WORD}", "m@a.example", 4))
    held = place.place.ticket
    document = pypdfium2.PdfDocument(tickets.ticket(str(held.id), "da").content)
    [page] = document
    code = letters(page, shown_short(held.short_code))
    line = max(bounds[3] for bounds in thin_lines(page))
    assert min(bottom for _left, bottom, _right, _top in code) > line + 3
    assert page.get_width() - max(right for _left, _bottom, right, _top in letters(page)) > 30
    assert read(page.render(scale=1).to_pil()) == ticket_url(base_url(), held.code)


def test_the_door_list_names_all_with_a_place_and_their_code(app: Flask) -> None:
    event_id = workshop(capacity=2)
    first, second, waiting = enrolled(1), enrolled(2), enrolled(3)
    paper = door_list.door_list(event_queries.event(event_id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    for outcome in (first, second):
        assert outcome.place.person.name in text
        assert shown_short(outcome.place.ticket.short_code) in text
    assert waiting.place.person.name not in text


def test_a_code_of_wide_letters_stands_on_one_line_of_the_door_list(app: Flask) -> None:
    event_id = workshop()
    ticket_id = enrolled(1).place.ticket.id
    with unit_of_work():
        db.session.get_one(Ticket, ticket_id).short_code = "mwmwmmwmwm"
    paper = door_list.door_list(event_queries.event(event_id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "MWMWM-MWMWM" in text


def test_a_long_word_stays_in_its_column_of_the_door_list(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        enrolling.enrol(SLUG, Wish("Ø" * 60, "w@post.example", access="Æ" * 60))
    with force_locale("da"):
        paper = door_list.door_list(event_queries.event(event_id))
    [page] = pypdfium2.PdfDocument(paper.content)
    assert max(box[2] for box in letters(page, "Ø")) < letters(page, "Pladser")[0][0]
    assert max(box[2] for box in letters(page, "Æ")) < letters(page, "Kode")[0][0]


def test_an_arabic_door_list_has_no_latin_comma(app: Flask) -> None:
    event_id = workshop()
    with unit_of_work():
        wish = Wish("Amina", "a@post.example", interpreter="arabisk", access="Kørestol")
        enrolling.enrol(SLUG, wish)
    with force_locale("ar"):
        paper = door_list.door_list(event_queries.event(event_id))
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "Kørestol" in text
    assert "،" in text
    assert "," not in text


def test_only_a_word_that_is_no_name_is_broken() -> None:
    assert breakable(LONG_NAME) == LONG_NAME
    pieces = breakable(f"Amina {LONG_WORD}").split("\u200b")
    assert "".join(pieces) == f"Amina {LONG_WORD}"
    assert [len(piece) for piece in pieces] == [18, 12, 12, 12, 12]


def letters(page: pypdfium2.PdfPage, text: str = "") -> list[Box]:
    """Where each letter of this text stands, wherever it is found; of all text by default."""
    told = page.get_textpage()
    if not text:
        return [told.get_charbox(number) for number in range(told.count_chars())]
    search, found = told.search(text, match_case=True), []
    while (hit := search.get_next()) is not None:
        found += [told.get_charbox(number) for number in range(hit[0], sum(hit))]
    return found


def thin_lines(page: pypdfium2.PdfPage) -> list[Box]:
    """The page's strokes from side to side."""
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=1)
    bounds = [one.get_bounds() for one in paths]
    return [one for one in bounds if one[3] - one[1] < 2 and one[2] - one[0] > 200]
